"""A finished book of five chapters of ten paragraphs, in which a change of the story is followed by edits."""

from __future__ import annotations

import json

from finished import PLANNED
from in_process import Here
from scripted import Reply, Request, Scripted, prose, rest, write_book

YES = {"NOVELIST_YES": "1"}
LENGTH = 10  # paragraphs of each chapter


def text_of(number: int) -> str:
    """Return a chapter of ten paragraphs, each with words of its own."""
    return "\n\n".join(f"Paragraph {at} of {number}. {prose(9, 1000 * number + at)}" for at in range(1, LENGTH + 1))


def summary_of(number: int, more: str = "") -> str:
    """Return the summary of a chapter."""
    return f"On day {number} she waits for the boat.{more}"


def edit(
    number: int, text: str, action: str = "replace", was: str | None = None, chapter: int = 3
) -> dict[str, object]:
    """Return an edit as a model answers it."""
    first = f"Paragraph {number} of {chapter}" if was is None else was
    return {"p": number, "do": action, "was": first, "text": text, "why": 1}


def answer(*edits: dict[str, object]) -> str:
    """Return an answer with edits."""
    return json.dumps({"edits": list(edits)})


def write_story(book: Here, server: Scripted) -> None:
    """Have the book written, and adapted from then on; what nothing else is said of is answered with the usual."""
    usual = write_book()

    def script(request: Request) -> Reply:
        kind, _, number = request.task.partition(":")
        if kind == "chapter":
            return Reply(rest(text_of(int(number)), request.begun))
        if kind == "summary":
            return Reply("UNCHANGED" if "If every fact" in request.prompt else summary_of(int(number)))
        return usual(request)

    server.script = script
    server.on("outline", json.dumps(PLANNED))
    book.edit("premise.md", "stale: redraft\nwords: 40-60", "stale: ripple\nwords: 80-160")
    ran = book.doit()
    assert ran.status == 0, ran.out
    server.clear()


def change_the_story(book: Here, server: Scripted, more: str = " The lamp is red.") -> None:
    """Have an author change chapter 1, and the model sum it up otherwise."""
    book.edit(f"chapters/{book.chapter(1).name}", "Paragraph 10 of 1.", "Paragraph 10 of 1. The lamp is red.")
    server.on("summary:1", summary_of(1, more))

"""Alternatives to chapter 3 of a finished book, as tests have them drafted and look at them."""

from __future__ import annotations

import re
from pathlib import Path

from finished import lines
from in_process import Here, body
from scripted import Reply, Request, Scripted, prose, rest

WISH = "darker, in the first person"


def text_of(number: int) -> str:
    """Return the text of an alternative as the server writes it: each as a whole, and like no other."""
    return f"{prose(48, 4000 + number)} This is {number}."


def alternate(server: Scripted) -> None:
    """Have the server write each draft of chapter 3 otherwise, one of them to its end before the next."""
    usual, begun = server.script, 0

    def script(request: Request) -> Reply:
        nonlocal begun
        if request.task != "chapter:3":
            return usual(request)
        begun += not request.begun
        return Reply(rest(text_of(begun), request.begun), piece=10)

    server.script = script


def alternatives(book: Here, identity: str = "the-lamp") -> dict[str, str]:
    """Return the texts of the alternatives to a chapter, by the names of their files."""
    paths = sorted((book / ".novelist" / "alternatives" / identity).glob("*.md"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    return {name: body(text) if text.startswith("---\n") else text for name, text in texts.items()}


def chapter(book: Here) -> str:
    """Return the text of chapter 3."""
    return body(book.chapter(3).read_text(encoding="utf-8"))


def kept(book: Here) -> list[str]:
    """Return the texts in the history of chapter 3, the oldest first."""
    paths = sorted((book / ".novelist" / "history" / "the-lamp").glob("*.md"))
    return [body(path.read_text(encoding="utf-8")) for path in paths]


def unfinished(book: Here) -> list[Path]:
    """Return what stands in the folder of unfinished drafts."""
    return list((book / ".novelist" / "partial").glob("*"))


def without_figures(out: str) -> list[str]:
    """Return the lines that a command printed, without seconds and tokens."""
    return [re.sub(r"about [\d,]+ tokens", "about N tokens", line) for line in lines(out)]

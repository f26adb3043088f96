"""A name that is changed everywhere by hand, as by search and replace: nothing is drafted again for it, or kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace as replace_in

import pytest
from finished import C1, C2, C3, PLANNED, S1, S3, history, hold
from in_process import Here, body
from scripted import Reply, Request, Scripted

SOURCES = ("bible.md", "outline.md")
UP_TO_DATE = "Everything is up to date.\n"


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A book of five chapters, whose chapters and summaries tell of Mara, and one of them of Eskil."""
    server.on("outline", json.dumps(PLANNED))
    book = server.script

    def named(request: Request) -> Reply:
        reply, who = book(request), "Eskil saw Mara." if request.task.endswith(":4") else "Mara spoke; Mara's eyes."
        return replace_in(reply, text=f"{who} {reply.text}") if ":" in request.task else reply

    server.script = named
    assert here.doit().status == 0
    server.clear()
    return here


def replace(book: Here, old: str, new: str, *names: str) -> None:
    """Search and replace, in files of the book; without names in its bible, its outline and its chapters."""
    paths = [book / name for name in names] or [*(book / name for name in SOURCES), *(book / "chapters").iterdir()]
    for path in paths:
        path.write_text(path.read_text().replace(old, new))


def test_a_name_that_is_changed_everywhere_costs_nothing(novel: Here, server: Scripted) -> None:
    replace(novel, "Mara", "Nora")
    chapters = [body(path.read_text()) for path in sorted((novel / "chapters").iterdir())]
    assert novel.novelist("plan").out == "Nothing to draft.\n"
    assert "5 fresh" in novel.novelist("status").out
    ran = novel.doit()
    assert (ran.status, ran.err, server.requests) == (0, "", [])
    assert re.match(r"files +\d+ files went along with the names that you changed", ran.out)
    assert [body(path.read_text()) for path in sorted((novel / "chapters").iterdir())] == chapters
    assert novel.doit().out == UP_TO_DATE
    summaries = "".join(path.read_text() for path in (novel / "summaries").iterdir())
    assert "Mara" not in summaries
    assert "Mara" not in (novel / "book.md").read_text()
    assert any("Mara" in text for text in history(novel, "the-bottle"))


@pytest.mark.parametrize("also", ["premise.md", "summaries"])
def test_it_may_be_changed_in_more_than_that(novel: Here, server: Scripted, also: str) -> None:
    replace(novel, "Mara", "Nora")
    names = [str(path) for path in (novel / also).iterdir()] if also == "summaries" else [also]
    replace(novel, "Mara", "Nora", *names)
    assert novel.doit().status == 0
    assert (server.requests, novel.doit().out) == ([], UP_TO_DATE)


def test_two_names_at_once(novel: Here, server: Scripted) -> None:
    replace(novel, "Mara", "Nora")
    replace(novel, "Eskil", "Arne")
    assert novel.doit().status == 0
    assert (server.requests, novel.doit().out) == ([], UP_TO_DATE)


def test_what_else_was_edited_stays_an_edit_and_what_else_changed_is_drafted(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    novel.edit("outline.md", "Mara lights", "Mara slowly lights")
    (novel / C2).write_text((novel / C2).read_text() + "\nMara waits.\n")
    replace(novel, "Mara", "Nora")
    ran = novel.doit()
    assert ran.status == 0
    assert "chapter:03   drafted again (its part of the outline changed): The Lamp, " in ran.out
    assert set(server.tasks) == {"summary:2", "chapter:3", "summary:3"}
    assert "kept" not in ran.out
    assert "Nora waits." in (novel / C2).read_text()


def test_a_name_that_stands_elsewhere_still_was_not_changed_everywhere(novel: Here) -> None:
    replace(novel, "Mara", "Nora", "outline.md", C1)
    before = {name: (novel / name).read_text() for name in (C1, S1, S3, C3)}
    assert "kept: you edited it" in novel.novelist("plan").out
    novel.doit("files")
    assert {name: (novel / name).read_text() for name in before} == before


def test_a_word_that_was_changed_in_one_chapter_is_no_name(novel: Here) -> None:
    novel.edit("bible.md", "## Mara", "She is brave.\n\n## Mara")
    (novel / C1).write_text((novel / C1).read_text().replace("eyes", "brave"))
    before = {path: path.read_text() for path in (novel / "summaries").iterdir()}
    novel.doit("files")
    assert {path: path.read_text() for path in before} == before


def test_without_a_history_nothing_is_taken_for_proved(novel: Here) -> None:
    replace(novel, "Mara", "Nora")
    for path in (novel / ".novelist" / "history").rglob("*.md"):
        path.unlink()
    assert "kept: you edited it" in novel.novelist("plan").out

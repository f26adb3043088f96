"""Prose in chapters/ is in the book, or an error names its file before anything is paid for."""

from __future__ import annotations

import pytest
from finished import C2, C3, finish
from in_process import Here
from scripted import Scripted
from shelf import Shelf

SECTION = "\n## 6. The Pilot's Cellar {#the-pilots-cellar}\n\nMara goes down.\n"
NOT_IN = "it is not in the book"
OUT = "or move it out of chapters/."


def put(book: Shelf, name: str, text: str = "Mara went down to the cellar.\n") -> None:
    path = book / "chapters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    "name",
    [
        "the-pilots-cellar.md",
        "the-pilots-cellar.markdown",
        "The Pilots Cellar.md",
        "6 the-pilots-cellar.md",
        "06_the-pilots-cellar.md",
        "06-the-pilots-cellar.txt",
        "06-the-pilots-cellar.MD",
        "06-the-pilots-cellar.docx",
        "new/06-the-pilots-cellar.md",
    ],
)
def test_prose_that_is_in_no_chapter_is_an_error_before_anything_is_paid_for(
    here: Here, server: Scripted, name: str
) -> None:
    finish(here, server)
    calls = len(server.requests)
    outline = here / "outline.md"
    outline.write_text(outline.read_text() + SECTION)
    put(here, name)
    ran = here.doit()
    called = "chapters/06-the-pilots-cellar.md"
    told = f"chapters/{name}: {NOT_IN}. Call it `{called}`, {OUT}"
    assert (ran.status, ran.out, told in ran.err) == (3, "", True)
    assert len(server.requests) == calls
    assert here.novelist("plan").err.splitlines()[-1] == f"Error: {told}"
    assert here.novelist("status").out.splitlines()[-1] == f"The next build will stop: {told}"
    (here / "chapters" / name).rename(here / called)
    assert here.doit().status == 0
    assert "Mara went down to the cellar." in (here / "book.md").read_text()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("notes.md", f". Give outline.md a section `{{#notes}}` and call it `chapters/06-notes.md`, {OUT}"),
        ("7th-day.md", f". Give outline.md a section `{{#7th-day}}` and call it `chapters/06-7th-day.md`, {OUT}"),
        ("07.md", f". Give outline.md a section `{{#a-new-id}}` and call it `chapters/06-a-new-id.md`, {OUT}"),
        ("the-lamp.md", f", where `{C3}` is that chapter. Move it out of chapters/."),
        ("02-the-second-tide.md.moving", f", where `{C2}` is that chapter. Move it out of chapters/."),
    ],
)
def test_what_to_do_with_it_is_said(here: Here, server: Scripted, name: str, told: str) -> None:
    finish(here, server)
    put(here, name)
    assert here.novelist("plan").err.splitlines()[-1] == f"Error: chapters/{name}: {NOT_IN}{told}"


def test_prose_is_told_of_before_an_outline_is_paid_for(here: Here, server: Scripted) -> None:
    put(here, "the-pilots-cellar.md")
    ran = here.doit()
    assert f"chapters/the-pilots-cellar.md: {NOT_IN}." in ran.err
    assert (ran.status, server.requests) == (3, [])


def test_what_holds_no_prose_may_stand_there(here: Here, server: Scripted) -> None:
    finish(here, server)
    for name, text in {
        "empty.md": "\n",
        "begun.md": "---\ntitle: The Cellar\nwords: 900\n---\n\n",
        ".06-the-lamp.md.swp": "Mara.",
        "01-the-bottle.md~": "Mara.",
        "02-the-second-tide.md.orig": "Mara.",
        "map.svg": "<svg/>",
        "pictures/map.png": "",
    }.items():
        put(here, name, text)
    assert here.doit().out == "Everything is up to date.\n"

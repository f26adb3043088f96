"""On a terminal, a first build says what it reads an outline as that a person wrote; nowhere else, and never again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from scripted import Scripted
from shelf import Shelf
from terminal import Terminal

DOIT = str(Path(sys.executable).with_name("doit"))


def told(book: Shelf, outline: str) -> str:
    """Build a book on this outline on a terminal, and return the line that says what it is read as, empty for none."""
    (book / "outline.md").write_text(outline, encoding="utf-8")
    with Terminal(book, DOIT) as run:
        assert run.end() == 0
    lines = run.raw.decode().splitlines()
    return next((line.strip() for line in lines if " is read as " in line), "")


@pytest.mark.parametrize(
    ("outline", "more", "line"),
    [
        (
            "## Chapter 1: The Bottle\n\nA.\n\n## Themes\n\nB.\n",
            "\n## Chapter 2: The Tide\n",
            "outline.md is read as 1 chapter.",
        ),
        (
            "## Act I\n\n**Chapter 1: The Bottle**\n\nA.\n\n## Act II\n\n**Chapter 2: The Tide**\n",
            "\n**Chapter 3: The Lamp**\n",
            "outline.md is read as 2 chapters in 2 parts.",
        ),
    ],
)
def test_a_first_build_says_what_an_outline_is_read_as(
    book: Shelf, server: Scripted, outline: str, more: str, line: str
) -> None:
    assert told(book, outline) == line
    before = len(server.tasks)
    assert not told(book, outline + more)
    assert len(server.tasks) > before


def test_without_a_person_it_is_not_said(book: Shelf, server: Scripted) -> None:
    (book / "outline.md").write_text("## 1. The Bottle\n\nA.\n", encoding="utf-8")
    assert "is read as" not in book.doit().out
    assert server.tasks

"""Why an error came: below its line on a terminal, once a build for each kind; programs read the one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from finished import C1, finish, hold
from in_process import Here
from scripted import Scripted
from shelf import Shelf
from terminal import Terminal

DOIT, NOVELIST = (str(Path(sys.executable).with_name(name)) for name in ("doit", "novelist"))
LINKED = "premise.md: it is a symbolic link that leads out of the book. Put a file in its place."
ELSEWHERE = "What is elsewhere on the disk goes neither to a server nor into the book."


def linked(book: Shelf, tmp_path: Path) -> None:
    """Have the premise be a link to a file that is not the book's."""
    (book / "premise.md").rename(tmp_path / "elsewhere.md")
    (book / "premise.md").symlink_to(tmp_path / "elsewhere.md")


def test_a_command_says_why_below_its_error(book: Shelf, tmp_path: Path) -> None:
    linked(book, tmp_path)
    with Terminal(book, NOVELIST, "plan") as run:
        assert run.end() == 1
    assert run.shown == [f"Error: {LINKED}", f"       {ELSEWHERE}"]


def test_doit_says_why_below_a_book_that_it_cannot_use(book: Shelf, tmp_path: Path) -> None:
    linked(book, tmp_path)
    with Terminal(book, DOIT) as run:
        assert run.end() == 1
    assert run.shown == [f"ERROR: {LINKED}", f"       {ELSEWHERE}"]


def test_a_pipe_reads_the_line_alone(book: Shelf, tmp_path: Path) -> None:
    linked(book, tmp_path)
    assert book.run(NOVELIST, "plan").err == f"Error: {LINKED}\n"
    assert book.doit().err == f"ERROR: {LINKED}\n"


def test_a_build_says_it_once_for_each_kind(here: Here, server: Scripted) -> None:
    novel = finish(here, server)
    hold(server, "1")
    with (novel / C1).open("a", encoding="utf-8") as chapter:
        chapter.write("\nA note.[^a]\n\n[^a]: As before.[^a]\n")
    line = f"failed: {C1}: the footnote `[^a]` leads to itself. Take the mark out of its text."
    with Terminal(novel, DOIT, "--continue", "epub", "html", columns=200) as run:
        assert run.end() == 1
    assert run.shown[-3:] == [
        f"epub         {line}",
        "             It would be followed for ever.",
        f"html         {line}",
    ]


@pytest.mark.parametrize(
    ("term", "no_color", "begin"), [("xterm", "", "\x1b[2m"), ("xterm", "1", ""), ("dumb", "", "")]
)
def test_it_is_dim_where_there_are_colours(book: Shelf, tmp_path: Path, term: str, no_color: str, begin: str) -> None:
    linked(book, tmp_path)
    with Terminal(book, DOIT, TERM=term, NO_COLOR=no_color) as run:
        assert run.end() == 1
    assert f"\r\n       {begin}{ELSEWHERE}".encode() in run.raw


def test_a_narrow_terminal_has_it_in_lines_of_its_width(book: Shelf, tmp_path: Path) -> None:
    linked(book, tmp_path)
    with Terminal(book, NOVELIST, "plan", columns=40) as run:
        assert run.end() == 1
    below = run.shown[run.shown.index(next(line for line in run.shown if line.startswith("       "))) :]
    assert [line[:7] for line in below] == [" " * 7] * len(below)
    assert " ".join(line.strip() for line in below) == ELSEWHERE

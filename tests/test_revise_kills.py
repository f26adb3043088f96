"""A revision that is killed anywhere leaves the chapter whole, and is finished by the next command, paid for once."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from finished import entries
from in_process import Here, body
from mortal import mortal
from rippling import answer, edit, write_story
from scripted import Scripted

WISH = "Odile is angry, and says so"
FEW = (4, 12, 18)  # the file operations in which it is killed in every run; in all others by hand
MOST = 60
IDLE = "Everything is up to date.\n"


def by_command(book: Here) -> None:
    assert book.novelist("revise", "3", WISH, "--yes").status == 0


def by_note(book: Here) -> None:
    if not (book / "notes").exists():
        (book / "notes").mkdir()
        (book / "notes" / "03-the-lamp.md").write_text(f"- {WISH}\n")
    book.doit("revise:03")


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book, in chapter 3 of which its author has typed a paragraph."""
    write_story(here, server)
    here.edit(f"chapters/{here.chapter(3).name}", "Paragraph 5 of 3.", "Mine, and mine alone.")
    assert here.doit().status == 0
    server.clear()
    return here


def killed_in(book: Here, server: Scripted, revise: Callable[[Here], None], operation: int) -> bool:
    """Kill a revision in one file operation, finish it, and return whether it came so far."""
    before = book.chapter(3).read_text()
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    with mortal(lambda count: count == operation) as death:
        revise(book)
    assert body(book.chapter(3).read_text()) in (body(before), body(before).replace(fourth(before), "Odile shouted."))
    if body(book.chapter(3).read_text()) == body(before):
        server.on("revise:3", answer(edit(4, "Odile shouted.")))
        revise(book)
    text = body(book.chapter(3).read_text()).split("\n\n")
    assert (text[3], text[4][:21]) == ("Odile shouted.", "Mine, and mine alone.")
    assert server.tasks.count("revise:3") <= 2
    assert (book / "notes" / "03-the-lamp.md").read_text() == f"- {WISH}\n"
    assert before in {path.read_text() for path in entries(book, "the-lamp")}
    assert book.doit().status == 0
    server.clear()
    assert (book.doit().out, server.requests) == (IDLE, [])
    return death.came


def fourth(text: str) -> str:
    return body(text).split("\n\n")[3]


@pytest.mark.parametrize("operation", FEW)
@pytest.mark.parametrize("revise", [by_command, by_note])
def test_a_revision_that_is_killed_is_finished(
    book: Here, server: Scripted, revise: Callable[[Here], None], operation: int
) -> None:
    assert killed_in(book, server, revise, operation)


@pytest.mark.soak
@pytest.mark.parametrize("revise", [by_command, by_note])
def test_a_revision_is_killed_in_each_file_operation(
    book: Here, server: Scripted, revise: Callable[[Here], None]
) -> None:
    kept = shutil.copytree(book.root, book.root.with_name("kept"))
    killed = 0
    for operation in range(1, MOST):
        shutil.rmtree(book.root)
        shutil.copytree(kept, book.root)
        server.clear()
        killed += killed_in(book, server, revise, operation)
    assert 20 < killed < MOST - 1

"""A reading that is killed anywhere is paid for once; a proposal that was being applied is in the outline or is not."""

from __future__ import annotations

import shutil

import pytest
from finished import entries
from in_process import Here
from mortal import mortal
from reading import READING, SECTION, finding, judged
from rippling import summary_of, write_story
from scripted import Scripted

FEW = (6, 14)  # the file operations in which it is killed in every run; in all others by hand
MOST = 60
IDLE = "Everything is up to date.\n"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book."""
    write_story(here, server)
    return here


def killed_in_reading(book: Here, server: Scripted, operation: int) -> bool:
    """Kill a reading in one file operation, finish it, and return whether it came so far."""
    answer = judged(finding(summary_of(3), section=3, text=SECTION))
    server.on("read", answer, answer)
    with mortal(lambda count: count == operation) as death:
        book.doit("read")
    begun = [path.read_text() for path in (book / ".novelist" / "partial").glob("@read.part")]
    paid = any(answer in text for text in begun) or (book / ".novelist" / "partial" / "@read.md").exists()
    server.clear()
    assert book.doit("read").status == 0
    assert server.tasks == ([] if paid or not server.tasks else ["read"])
    assert (book / READING).read_text().count("> “On day 3") == 1
    assert not list((book / ".novelist" / "partial").glob("@*"))
    server.clear()
    assert (book.doit("read").out, book.doit().out, server.requests) == (IDLE, IDLE, [])
    return death.came


def killed_in_applying(book: Here, operation: int) -> bool:
    """Kill what applies a proposal in one file operation, finish it, and return whether it came so far."""
    before = (book / "outline.md").read_text()
    with mortal(lambda count: count == operation) as death:
        book.novelist("apply", "1", "--yes")
    after = (book / "outline.md").read_text()
    assert after == before or SECTION in after
    if after == before:
        assert book.novelist("apply", "1", "--yes").status == 0
    assert SECTION in (book / "outline.md").read_text()
    assert book.novelist("apply").out == f"No proposal is open in {READING}.\n"
    assert (book / READING).read_text().count("> “On day 3") == 1
    assert before in {path.read_text() for path in entries(book, "@outline")}
    return death.came


@pytest.mark.parametrize("operation", FEW)
def test_a_reading_that_is_killed_is_finished_and_then_applied(book: Here, server: Scripted, operation: int) -> None:
    assert killed_in_reading(book, server, operation)
    assert killed_in_applying(book, operation)


@pytest.mark.soak
def test_both_are_killed_in_each_file_operation(book: Here, server: Scripted) -> None:
    kept = shutil.copytree(book.root, book.root.with_name("kept"))
    came = [0, 0]
    for operation in range(1, MOST):
        shutil.rmtree(book.root)
        shutil.copytree(kept, book.root)
        came[0] += killed_in_reading(book, server, operation)
        came[1] += killed_in_applying(book, operation)
    assert min(came) > 10
    assert max(came) < MOST - 1

"""One build of a book at a time, and folders that cannot be written to."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from finished import C2, finish
from in_process import Here
from scripted import Reply, Request, Scripted
from shelf import Shelf

from novelist.book.lock import lock
from novelist.book.paths import Book

BIN = Path(sys.executable).parent
NOVELIST = str(BIN / "novelist")


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters whose second section has been edited."""
    finish(here, server)
    here.edit("outline.md", "Mara walks", "Mara runs")
    return here


@contextmanager
def building(book: Shelf, server: Scripted) -> Iterator[subprocess.Popen[bytes]]:
    """Hold a build of `book` where it waits for the model, until the context ends."""
    asked, go_on = threading.Event(), threading.Event()
    write = server.script

    def script(request: Request) -> Reply:
        reply = write(request)
        if asked.is_set():
            return reply
        asked.set()
        return Reply(reply.text, wait=go_on)

    server.script = script
    command = [str(BIN / "doit")]
    with subprocess.Popen(
        command, cwd=book.root, env=book.environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as run:
        try:
            assert asked.wait(60)
            yield run
        finally:
            go_on.set()
            assert run.stdout is not None
            run.stdout.read()
            run.wait(60)


def test_a_second_build_stops_and_names_the_first(novel: Here, server: Scripted) -> None:
    with building(novel, server) as first:
        before = novel.texts()
        ran = Shelf(novel.root, novel.environ).doit()
        assert (ran.status, ran.err) == (1, "")
        assert (
            ran.out
            == f".novelist/lock: another build (process {first.pid}) is writing this book. Wait for it, or stop it.\n"
        )
        assert novel.texts() == before
        assert server.tasks == ["chapter:2"]
    assert first.returncode == 0
    assert server.tasks == ["chapter:2", "summary:2"]


def test_a_book_that_is_built_can_be_looked_at(novel: Here, server: Scripted) -> None:
    with building(novel, server):
        assert novel.statuses()["chapter:02"] == "R"
        ran = novel.run(NOVELIST, "why", "2")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("chapter:02 is to be written again: its part of the outline changed.\n")
        assert novel.run(NOVELIST, "history", "2").status == 0


@pytest.mark.parametrize("verb", ["accept", "restore", "release"])
def test_no_decision_is_taken_during_a_build(novel: Here, server: Scripted, verb: str) -> None:
    with building(novel, server) as first:
        before = novel.texts()
        ran = novel.run(NOVELIST, verb, "2")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == (
            f"Error: .novelist/lock: another build (process {first.pid}) is writing this book. "
            "Wait for it, or stop it.\n"
        )
        assert novel.texts() == before
    assert first.returncode == 0


def test_a_lock_left_by_a_kill_never_blocks(novel: Here, server: Scripted) -> None:
    before = novel.texts()
    with building(novel, server) as first:
        first.send_signal(signal.SIGKILL)
        assert first.wait(60) == -signal.SIGKILL
        assert (novel / ".novelist" / "lock").exists()
        assert novel.texts() == before
        server.clear()
        ran = novel.doit()
        assert ran.status == 0, ran.out + ran.err
        assert server.tasks == ["chapter:2", "summary:2"]


def test_two_books_are_built_at_the_same_time(novel: Here, server: Scripted) -> None:
    novel.run("cp", "-r", ".", "../other")
    other = Here(novel.root.parent / "other", novel.environ, novel.capfd)
    with building(novel, server):
        assert other.doit().status == 0
        assert (other / C2).read_text() != (novel / C2).read_text()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_folder_that_cannot_be_written_to_is_one_line(here: Here, server: Scripted, *, fresh: bool) -> None:
    if not fresh:
        finish(here, server)
        here.edit("outline.md", "Mara walks", "Mara runs")
        here.run("rm", "-r", ".novelist")
    (here / ".novelist").write_text("")
    before = here.texts()
    ran = Shelf(here.root, here.environ).doit()
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == ".: nothing can be written here (File exists). Check the folder and its rights.\n"
    assert server.requests == []
    assert here.texts() == before


def test_no_decision_is_taken_where_nothing_can_be_written(novel: Here) -> None:
    novel.run("rm", "-r", ".novelist")
    (novel / ".novelist").write_text("")
    before = novel.texts()
    ran = novel.run(NOVELIST, "accept", "2")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "Error: .: nothing can be written here (File exists). Check the folder and its rights.\n"
    assert novel.texts() == before


def test_a_lock_whose_owner_cannot_be_read_is_told_all_the_same(book: Shelf, server: Scripted) -> None:
    held = Book(book.root)
    with lock(held):
        (held.hidden / "lock.pid").write_bytes(b"\xff")
        ran = book.doit()
    assert ran.status == 1
    assert "another build (process \ufffd) is writing this book. Wait for it, or stop it." in ran.out
    assert server.requests == []

"""`novelist redo` and `novelist take` that are killed: what was paid for is there, and the same command goes on."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from finished import finish, hold
from in_process import Here
from redoing import WISH, alternate, alternatives, chapter, kept, text_of, unfinished
from running import until, wait_for
from scripted import Reply, Request, Scripted, events

NOVELIST = str(Path(sys.executable).with_name("novelist"))
THREE = ("redo", "3", WISH, "--times", "3")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["novelist.cli.main", "novelist.cli.deciding"])
CHANGES = ("os.rename", "os.remove")


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book, of which one draft is made at a time."""
    finish(here, server)
    here.edit("premise.md", "chapters: 5", "chapters: 5\njobs: 1")
    alternate(server)
    hold(server, "1 2 3 4 5")
    return here


def killed_in(book: Here, server: Scripted, number: int, share: float) -> None:
    """Have `redo` killed when as much of the answer to its call with this number was sent, and some of it is kept."""
    usual = server.script

    def script(request: Request) -> Reply:
        reply = usual(request)
        return Reply(events=sent(request, reply)) if len(server.requests) == number else reply

    def sent(request: Request, reply: Reply) -> Iterator[str]:
        every = list(events(request, reply))
        for place, event in enumerate(every):
            if place == int(share * (len(every) - 1)):
                # The next call is made while what the last one has brought is put away.
                wait_for(lambda: len(alternatives(book)) == number - 1)
                if 0 < share < 1:
                    wait_for(lambda: text_of(number)[:20] in "".join(path.read_text() for path in unfinished(book)))
                os.kill(int((book / ".novelist" / "lock.pid").read_text(encoding="utf-8")), signal.SIGKILL)
            yield event

    server.script = script
    assert book.run(NOVELIST, *THREE).status == -signal.SIGKILL
    server.script = usual
    server.clear()


@pytest.mark.parametrize(("number", "share"), [pytest.param(1, 0.0, marks=pytest.mark.soak), (2, 0.5), (3, 1.0)])
def test_a_redo_that_was_killed_goes_on_with_what_is_missing(
    book: Here, server: Scripted, number: int, share: float
) -> None:
    killed_in(book, server, number, share)
    there = alternatives(book)
    assert list(there) == ["1.md", "2.md", "3.md"][: number - 1]
    assert book.novelist(*THREE).status == 0
    assert len(server.requests) <= 4 - number
    assert list(alternatives(book)) == ["1.md", "2.md", "3.md"]
    assert {**alternatives(book), **there} == alternatives(book)
    assert unfinished(book) == []
    assert [path.name for path in (book / ".novelist" / "alternatives" / "the-lamp").glob("*.json")] == []
    if share == 0.5:
        assert server.requests[0].begun
        assert text_of(2).startswith(server.requests[0].begun)
    server.clear()
    assert book.novelist(*THREE).status == 0
    assert len(server.requests) == 3


def test_another_wish_goes_on_with_nothing(book: Here, server: Scripted) -> None:
    killed_in(book, server, 2, 0.5)
    assert book.novelist("redo", "3", "lighter").status == 0
    assert [request.begun for request in server.requests] == [""]
    assert list(alternatives(book)) == ["1.md", "2.md"]
    rejected = list((book / ".novelist" / "history" / "the-lamp" / "rejected").iterdir())
    assert [text_of(2).startswith(path.read_text()) for path in rejected] == [True]


def take(root: str, environ: dict[str, str], change: int) -> None:
    """Be `novelist take 3 2` in a book's folder, and be killed right before its `change`-th change of a file."""
    from novelist.cli.main import main

    changes = count(1)

    def watch(event: str, _: object) -> None:
        if event in CHANGES and next(changes) == change:
            os.kill(os.getpid(), signal.SIGKILL)

    os.environ.clear()
    os.environ.update(environ)
    os.chdir(root)
    sys.addaudithook(watch)
    main(["take", "3", "2"])


@pytest.mark.parametrize("first", [1, *(pytest.param(first, marks=pytest.mark.soak) for first in (2, 3, 4))])
def test_a_take_that_was_killed_at_any_step_goes_on(book: Here, server: Scripted, tmp_path: Path, first: int) -> None:
    assert book.novelist(*THREE).status == 0
    before = chapter(book)
    for changes in count(first, 4):
        other = Here(tmp_path / f"killed-{changes}", book.environ, book.capfd)
        shutil.copytree(book.root, other.root)
        process = FORKS.Process(target=take, args=(str(other.root), other.environ, changes))
        process.start()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        # A build in between brings no alternative into the book but the one that was to be taken.
        assert other.doit().status == 0, changes
        assert chapter(other) in {before, text_of(2)}, changes
        if alternatives(other):
            assert other.novelist("take", "3", "2").status == 0, changes
        assert chapter(other) == text_of(2), changes
        assert set(kept(other)) == {before, text_of(1), text_of(2), text_of(3)}, changes
        assert kept(other)[-1] == text_of(2), changes
        assert list((other / ".novelist" / "alternatives" / "the-lamp").iterdir()) == []
        assert (other / "notes" / "03-the-lamp.md").read_text() == f"- {WISH}\n"
        assert other.doit().status == 0, changes
        assert (chapter(other), unfinished(other)) == (text_of(2), []), changes
    assert changes > 15
    assert {*server.tasks} == {"chapter:3", "summary:3"}


# What runs the tests may have been begun where nobody hears Ctrl-C, as by `nohup`; what it begins would not, either.
HEARING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"


def begun_texts(book: Here) -> list[str]:
    """Return what has come of unfinished drafts."""
    return [path.read_text(encoding="utf-8", errors="ignore").partition("\n")[2] for path in unfinished(book)]


def test_ctrl_c_ends_it_quietly_at_once_and_keeps_what_has_come(book: Here, server: Scripted) -> None:
    usual = server.script
    server.script = lambda request: replace(usual(request), cut=120, hang=True)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HEARING, NOVELIST, *THREE],
        cwd=book.root,
        env=book.environ,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as running:
        until(running, lambda: any(len(text) >= 100 for text in begun_texts(book)))
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, "")
    assert alternatives(book) == {}
    texts = begun_texts(book)
    server.script = usual
    server.clear()
    assert book.novelist(*THREE).status == 0
    begun = server.requests[0].begun
    assert len(begun) > 80
    assert any(text.startswith(begun) for text in texts)

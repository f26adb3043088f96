"""A real build, killed by real signals at points all over it: the next `doit` makes the book it would have been.

The scripted server knows where a build is, so it sends the signal: at the n-th request, before or in or after its
answer, or when what came of the answer is seen on the disk. Its texts depend on the task only, so that two builds of
one book can be compared; a request to go on is answered with the rest. Builds to be killed with SIGKILL are forked from
a server process that has imported openai once (multiprocessing's `forkserver`); those that are asked to stop are the
`doit` on PATH.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import scripted
from running import wait_for
from scripted import Reply, Request, Scripted, outline, prose, rest, sections
from shelf import Shelf

CHAPTERS = 10
PLANS = ["bible", "outline", "outline:1-8", "outline:9-10"]
CALLS = PLANS + [f"{kind}:{n}" for n in range(1, CHAPTERS + 1) for kind in ("chapter", "summary")]
STOPPED = "Stopped. Every finished file is safe; `doit` goes on from here.\n"

# When a build is killed: before the answer, after some of its events, or when its text is seen in one of its places.
HOWS = ("before", "event 1", "event 2", "event 3", "part", "event 5", "end", "partial", "history", "place", "next")
POINTS = list(product(range(1, len(CALLS) + 1), HOWS))
FEW = [*POINTS[3::131], *((CALLS.index(task) + 1, "part") for task in (*PLANS, "summary:2"))]
LONGEST = 20  # characters of the word that a text was cut in, which is told again
SENT = 4  # pieces of 40 characters before the kill that waits for them

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["openai.resources.chat.completions", "doit.doit_cmd", "tenacity", "novelist.tasks"])


def answer(request: Request) -> Reply:
    """Answer with a text that depends on the task only."""
    task = request.task
    if task == "bible":
        text = scripted.bible()
    elif task == "outline":
        text = outline(CHAPTERS)
    elif request.run:
        text = sections(request.run)
    else:
        words = 50 if task.startswith("chapter:") else 40
        text = f"{prose(words, zlib.crc32(task.encode()))} This is {task}."
    return Reply(rest(text, request.begun))


@dataclass
class Signal:
    """The signal to send: at which request from 1, and when. It is sent once."""

    number: int
    how: str
    send: Callable[[], None]
    book: Shelf
    sent: bool = False

    def fire(self) -> None:
        """Send it."""
        if not self.sent:
            self.sent = True
            self.send()

    def at(self, request: Request, server: Scripted) -> None:
        """Take notice of a request before it is answered."""
        number = len(server.requests)
        if (number, self.how) == (self.number, "before") or (number, self.how) == (self.number + 1, "next"):
            self.fire()
        if number == self.number and self.how in ("partial", "history", "place"):
            threading.Thread(target=self.watch, args=(request.task, server), daemon=True).start()

    def watch(self, task: str, server: Scripted) -> None:
        """Send it when the draft of `task` is seen in partial/, in history/ or in its place, or was there unseen."""
        kind, _, number = task.partition(":")
        name = {"chapter": f"*-{number}", "summary": f"*-{number}"}.get(kind, kind)
        folder = {"chapter": "chapters/", "summary": "summaries/"}.get(kind, "")
        summary = kind == "summary"
        pattern = {
            "partial": f".novelist/partial/{name}{'.summary' if summary else ''}.md",
            "history": f".novelist/history/{name}/{'summary/' if summary else ''}*.md",
            "place": f"{folder}{name}.md",
        }[self.how]
        ended = self.book / "book.md"
        while not any(self.book.root.glob(pattern)) and len(server.requests) == self.number and not ended.exists():
            pass
        self.fire()

    def wait_for_the_disk(self, request: Request) -> None:
        """Wait until all that was sent of a draft is in partial/."""
        wait_for(lambda: len(unfinished(self.book).get(request.task, "")) >= SENT * 40)


def events_with(signal_to_send: Signal, server: Scripted) -> Callable[[Request, Reply], Iterator[str]]:
    """Return the server's events, with the signal among them."""
    real = scripted.events

    def events(request: Request, reply: Reply) -> Iterator[str]:
        number = len(server.requests)
        ours = number == signal_to_send.number
        for count, event in enumerate(real(request, reply)):
            if ours and signal_to_send.how == f"event {count}":
                signal_to_send.fire()
            if ours and signal_to_send.how == "part" and count == SENT + 1:
                signal_to_send.wait_for_the_disk(request)
                signal_to_send.fire()
            yield event
        if ours and signal_to_send.how == "end":
            signal_to_send.fire()

    return events


def build(root: str, environ: dict[str, str]) -> None:
    """Be `doit` in the book's folder: what a forked process does."""
    from doit.doit_cmd import DoitMain

    out = os.open(os.devnull, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(root)
    sys.path.insert(0, root)
    sys.exit(DoitMain(config_filenames=()).run([]))


def forked(book: Shelf) -> multiprocessing.context.ForkServerProcess:
    """Return a build of `book`, begun."""
    process = FORKS.Process(target=build, args=(str(book.root), book.environ))
    process.start()
    return process


def settled(book: Shelf) -> dict[str, str]:
    """Return the book's texts without the times at which they were drafted."""
    return {name: re.sub(r"(?m)^  at: .*$", "  at:", text) for name, text in book.texts().items()}


def in_place(book: Shelf) -> list[str]:
    """Return the tasks of the chapters that are in chapters/."""
    return [f"chapter:{int(path.name[:2])}" for path in sorted((book / "chapters").glob("*.md"))]


def unfinished(book: Shelf, finish: str = "") -> dict[str, str]:
    """Return what had come of each draft that was interrupted, or of each that had come whole (finish `stop`)."""
    found = {}
    for path in (book / ".novelist" / "partial").glob("*.part"):
        head, _, text = path.read_text(encoding="utf-8").partition("\n")
        if json.loads(head)["finish"] == finish:
            name, _, summary = path.stem.partition(".")
            found[
                path.stem[1:].replace(".", ":")
                if name[0] == "@"
                else f"{summary or 'chapter'}:{name.rpartition('-')[2]}"
            ] = text
    return found


def halves(book: Shelf) -> list[str]:
    """Return the files that look like a part of a file, where a person or the build looks for whole ones."""
    seen = [path for name in (".", "chapters", "summaries") for path in (book / name).glob("[!.]*.tmp")]
    texts = [path for name in ("chapters", "summaries") for path in (book / name).glob("*.md")]
    cut = [path for path in texts if not re.search(r"This is \w+:\d+\.\n\Z", path.read_text(encoding="utf-8"))]
    return [path.name for path in seen + cut]


@pytest.fixture
def book(tmp_path: Path, bare_environ: dict[str, str], server: Scripted) -> Shelf:
    """A book of ten chapters, to be written by a server whose texts depend on the task only."""
    server.script = answer
    return shelve(tmp_path / "book", {**bare_environ, "KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-test"})


def shelve(root: Path, environ: dict[str, str]) -> Shelf:
    """Return a new book of ten chapters with nothing but its premise."""
    root.mkdir()
    front = f"title: The Salt Lamp\nlanguage: en\nchapters: {CHAPTERS}\nwords: 40-60"
    (root / "premise.md").write_text(f"---\n{front}\n---\nMara keeps a lighthouse.\n", encoding="utf-8")
    (root / "dodo.py").write_text("from novelist.tasks import *\n", encoding="utf-8")
    return Shelf(root, environ)


def check_kills(book: Shelf, server: Scripted, points: list[tuple[int, str]]) -> int:
    """Kill a build at each of the points, go on, and compare; return how many were killed before they ended."""
    whole = forked(book)
    whole.join()
    assert (whole.exitcode, server.tasks, halves(book)) == (0, CALLS, [])
    uninterrupted, killed = settled(book), 0
    for number, how in points:
        other = shelve(book.root.parent / f"{number}-{how.replace(' ', '-')}", book.environ)
        server.clear()
        process: list[multiprocessing.context.ForkServerProcess] = []
        started = threading.Event()

        def send(
            process: list[multiprocessing.context.ForkServerProcess] = process, started: threading.Event = started
        ) -> None:
            started.wait()
            process[0].kill()

        to_send = Signal(number, how, send, other)

        def script(request: Request, to_send: Signal = to_send) -> Reply:
            to_send.at(request, server)
            return answer(request)

        server.script = script
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scripted, "events", events_with(to_send, server))
            process.append(forked(other))
            started.set()
            process[0].join()
        killed += process[0].exitcode == -signal.SIGKILL
        there = in_place(other) + list(unfinished(other, "stop"))
        had = unfinished(other)
        assert halves(other) == [], (number, how)
        server.clear()
        server.script = answer
        again = forked(other)
        again.join()
        assert again.exitcode == 0, (number, how)
        assert [task for task in server.tasks if task in there] == [], (number, how)
        begun = {request.task: request.begun for request in server.requests}
        assert had or how != "part", (number, how)
        for task, text in had.items():
            # A plan may be whole although its end was not heard.
            assert text.startswith(begun.get(task, text)), (number, how)
            assert len(text) - len(begun.get(task, text)) < LONGEST, (number, how)
        assert settled(other) == uninterrupted, (number, how)
        assert list(other.root.glob(".*.tmp")) + list(other.root.glob("*/.*.tmp")) == [], (number, how)
    return killed


def test_a_build_killed_at_some_points_makes_the_same_book_and_asks_for_nothing_twice(
    book: Shelf, server: Scripted
) -> None:
    # A build whose last texts are awaited may have ended before the signal.
    assert check_kills(book, server, FEW) >= len(FEW) - 2


@pytest.mark.soak
def test_a_build_killed_at_two_hundred_points_makes_the_same_book_and_asks_for_nothing_twice(
    book: Shelf, server: Scripted
) -> None:
    assert len(POINTS) >= 200
    assert check_kills(book, server, POINTS) >= 200


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("SIGTERM", -signal.SIGTERM, ""),
        pytest.param("SIGHUP", -signal.SIGHUP, "", marks=pytest.mark.soak),
        ("SIGINT", 130, STOPPED),
    ],
)
@pytest.mark.parametrize("how", ["part", pytest.param("before", marks=pytest.mark.soak)])
def test_a_build_that_is_told_to_stop_says_what_is_safe_and_goes_on_later(  # noqa: PLR0913, PLR0917 - fixtures and a table
    book: Shelf, server: Scripted, monkeypatch: pytest.MonkeyPatch, name: str, status: int, said: str, how: str
) -> None:
    process: list[subprocess.Popen[str]] = []
    to_send = Signal(len(PLANS) + 3, how, lambda: process[0].send_signal(getattr(signal, name)), book)
    gone = threading.Event()

    def script(request: Request) -> Reply:
        to_send.at(request, server)
        return Reply(answer(request).text, wait=gone if to_send.sent else None, pause=0.01 if how != "before" else 0.0)

    server.script = script
    monkeypatch.setattr(scripted, "events", events_with(to_send, server))
    doit = str(Path(sys.executable).with_name("doit"))
    with subprocess.Popen(
        [doit], cwd=book.root, env=book.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        process.append(running)
        out, err = running.communicate(timeout=60)
        gone.set()
    assert (running.returncode, err) == (status, "")
    assert "Traceback" not in out
    assert out.endswith(said)
    there = in_place(book)
    assert there == ["chapter:1"]
    server.clear()
    server.script = answer
    monkeypatch.undo()
    ran = book.doit()
    assert (ran.status, ran.err) == (0, "")
    # The summary of chapter 1 may have been on its way beside chapter 2.
    assert server.tasks[0] in ("summary:1", "chapter:2")
    assert server.tasks == CALLS[CALLS.index(server.tasks[0]) :]
    begun = {request.task: request.begun for request in server.requests}
    assert bool(begun["chapter:2"]) == (how == "part")
    assert halves(book) == []

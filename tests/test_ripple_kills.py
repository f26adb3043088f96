"""A build that is killed while it adapts chapters makes the same book when it is begun again, and pays once."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from finished import entries
from in_process import Here, body
from rippling import YES, answer, change_the_story, edit, summary_of, write_story
from scripted import Reply, Request, Scripted, events

TASKS = ["summary:1", "triage", "ripple:3", "ripple:3 again", "summary:3"]
HOWS = ["before", "within", "end"]
FEW = [("triage", "within"), ("ripple:3", "end"), ("ripple:3 again", "within")]  # the others are tried by hand
PLACES = ["partial/the-lamp.md", "history/the-lamp"]
IDLE = "Everything is up to date.\n"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A book whose story has changed: chapter 3 is to follow, whose author has edited it."""
    write_story(here, server)
    here.edit(f"chapters/{here.chapter(3).name}", "Paragraph 5 of 3.", "Mine, and mine alone.")
    assert here.doit().status == 0
    server.clear()
    change_the_story(here, server)
    return here


def answers(server: Scripted) -> None:
    """Have the model adapt chapter 3, with an edit that is refused first."""
    usual = server.script

    def script(request: Request) -> Reply:
        if request.task == "summary:1":
            return Reply(summary_of(1, " The lamp is red."))
        if request.task == "triage":
            return Reply(json.dumps({"chapters": [3]}), piece=4)
        if request.task == "ripple:3":
            wrong = [] if "You answered this already" in request.prompt else [edit(5, "Theirs.", was="Mine, and mine")]
            return Reply(answer(*wrong, edit(7 if wrong == [] else 4, "It was red.")), piece=20)
        return usual(request)

    server.script = script


def name(request: Request) -> str:
    """Return the task of a request, and whether it asks for what was refused."""
    return f"{request.task} again" if "You answered this already" in request.prompt else request.task


class Killer:
    """What kills the build at one point, once."""

    def __init__(self, book: Here, server: Scripted, task: str, how: str) -> None:
        self._hidden = book / ".novelist"
        self._task, self._how = task, how
        self.done = False
        usual = server.script

        def script(request: Request) -> Reply:
            reply = usual(request)
            if name(request) != task or self.done:
                return reply
            return Reply(events=self._events(request, reply))

        server.script = script

    def _events(self, request: Request, reply: Reply) -> Iterator[str]:
        """Yield the events of an answer, and kill the build before, within or behind them."""
        every = list(events(request, reply))
        for place, event in enumerate(every):
            if place == {"before": 0, "within": len(every) // 2, "end": len(every) - 1}[self._how]:
                self.kill()
            yield event

    def kill(self) -> None:
        """Kill the build."""
        if not self.done:
            self.done = True
            os.kill(int((self._hidden / "lock.pid").read_text(encoding="utf-8")), signal.SIGKILL)


def go_on(book: Here, server: Scripted, before: Path) -> None:
    """Build the book to its end, and hold it against what it is to be."""
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    text = body(book.chapter(3).read_text()).split("\n\n")
    assert text[4].startswith("Mine, and mine alone.")
    assert (text[3], text[6]) == ("It was red.", "It was red.")
    assert book.doit(**YES).out == IDLE
    assert list((book / ".novelist" / "partial").glob("*")) == []
    assert before.read_text() in {path.read_text() for path in entries(book, "the-lamp")}
    asked = [name(request) for request in server.requests]
    assert {task: asked.count(task) <= 2 for task in asked} == dict.fromkeys(asked, True)
    assert sum(asked.count(task) - 1 for task in set(asked)) <= 1


@pytest.mark.parametrize(
    ("task", "how"),
    [pytest.param(*point, marks=[] if point in FEW else [pytest.mark.soak]) for point in product(TASKS, HOWS)],
)
def test_a_build_killed_in_any_answer_goes_on(
    book: Here, server: Scripted, tmp_path: Path, task: str, how: str
) -> None:
    before = tmp_path / "before.md"
    before.write_bytes(book.chapter(3).read_bytes())
    answers(server)
    killer = Killer(book, server, task, how)
    book.run("doit", **YES)
    assert killer.done
    go_on(book, server, before)


@pytest.mark.parametrize("place", PLACES)
def test_a_build_killed_while_edits_land_goes_on(book: Here, server: Scripted, tmp_path: Path, place: str) -> None:
    before = tmp_path / "before.md"
    before.write_bytes(book.chapter(3).read_bytes())
    answers(server)
    path, over = book / ".novelist" / place, threading.Event()
    count = len(list(path.glob("*"))) if path.is_dir() else 0

    def watch() -> None:
        while not over.wait(0.0005):
            if path.is_file() or (path.is_dir() and len(list(path.glob("*"))) > count):
                os.kill(int((book / ".novelist" / "lock.pid").read_text(encoding="utf-8")), signal.SIGKILL)
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    book.run("doit", **YES)
    over.set()
    watcher.join()
    go_on(book, server, before)

"""A command that another program begins, as a process of its own, whose lines and questions are kept.

It is what a terminal would begin, with the same lock, the same rules and the same exit status; it runs no code of the
book's folder. To stop it is what Ctrl-C is there, and loses nothing. What it asks, it asks of who begins it. It stops
where who began it has ended, also by a word that no program hears: nobody would see or stop it any more.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.drafting.confirm import YES
from novelist.interrupts import HOLDER, interrupts
from novelist.terminal.questions import ASK
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.model.budget import Cap

# Where the package is. Python looks first where it is begun for what is imported, and a book may have a `click.py`.
HOME = Path(__file__).parents[2]
QUESTIONS = count(1)
MOST_LINES = 5000
SECONDS_TO_STOP = 20.0  # after which it is ended as a machine that goes down would end it, which loses nothing either
# Not in the group of who begins it: Ctrl-C there is theirs, who then stops it once.
APART: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if os.name == "nt"
    else {"start_new_session": True}
)


@dataclass(frozen=True)
class Command:
    """What is begun: the arguments of `novelist`, what it is called while it runs and once it has, and whence it came.

    `chapter` is the number of the one that it is about; 0 is the book. `makes` is the format that it exports the
    book to, empty where it does something else. It is `planned` to take so many seconds, None where that is not known;
    `yes` says in advance that finished chapters may be replaced where it would ask; who begins it `answers` what it
    asks, or else nobody is asked; with a `cap` it keeps to that.
    """

    arguments: Sequence[str]
    doing: str = ""
    done: str = "Done"
    chapter: int = 0
    makes: str = ""
    planned: float | None = None
    yes: bool = False
    answers: bool = True
    cap: Cap | None = None

    def environ(self, word: str) -> dict[str, str]:
        """Return the environment that it runs in; by the `word` a question is known."""
        given = {name: value for name, value in os.environ.items() if name not in (YES, ASK)}
        own = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        if self.answers:
            own[ASK] = word
        if self.yes:
            own[YES] = "1"
        if self.cap is not None:
            own |= self.cap.environ()
        return {**given, **own}


class Run:
    """One command that runs, or has."""

    def __init__(self, root: Path, command: Command) -> None:
        self.command = command
        self.began = time.time()
        self.ended = math.inf
        self.lines: deque[str] = deque(maxlen=MOST_LINES)
        self.question: Mapping[str, Any] | None = None  # to which it waits for an answer
        self.asked = 0  # the number of the last question: no other run has one of the same
        self.stopped = False  # by who has begun it
        self._word = secrets.token_urlsafe(8)
        self._one_at_a_time = threading.Lock()
        held, self._holds = os.pipe()
        environ = command.environ(self._word)
        lent = () if os.name == "nt" else (held,)  # Windows lends none
        if lent:
            environ[HOLDER] = str(held)
        with _deaf():
            self._process = subprocess.Popen(  # noqa: S603 - our own command, in a folder that was opened
                [sys.executable, "-m", "novelist", "-C", str(root.absolute()), *command.arguments],
                cwd=HOME,
                env=environ,
                pass_fds=lent,
                stdin=subprocess.PIPE if command.answers else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                **APART,
            )
        os.close(held)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def status(self) -> int | None:
        """Its exit status, None while it runs."""
        return None if self._reader.is_alive() else self.wait()

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.status is None

    def wait(self) -> int:
        """Wait until it has ended, and return its exit status."""
        self._reader.join()
        return self._process.wait()

    def answer(self, asked: int, answer: object) -> None:
        """Answer the question of this number, if that is the one to which it waits for an answer."""
        with self._one_at_a_time:
            if self.question is None or asked != self.asked or self._process.stdin is None:
                return
            self.question = None
            try:
                self._process.stdin.write(json.dumps({"answer": answer}) + "\n")
                self._process.stdin.flush()
            except (OSError, ValueError):
                return  # it has ended

    def stop(self) -> None:
        """Have it stop, as Ctrl-C in a terminal does."""
        if self._process.poll() is None:
            self.stopped = True
            self._process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))

    def end(self) -> None:
        """Stop it, and wait for that."""
        self.stop()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join(SECONDS_TO_STOP)

    def _read(self) -> None:
        with self._process:
            for line in self._process.stdout or ():
                if (question := self._question_in(line)) is not None:
                    self.question, self.asked = question, next(QUESTIONS)
                else:
                    self.lines.append(printable(line.rstrip("\n")))
        os.close(self._holds)
        self.question, self.ended = None, time.time()

    def _question_in(self, line: str) -> Mapping[str, Any] | None:
        if not line.startswith("{"):
            return None
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return None
        return message if message.get("ask") == self._word else None


@contextmanager
def _deaf() -> Iterator[None]:
    """Have what is begun here wait with Ctrl-C until it can say how it ends by it, which `novelist` says at once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, interrupts())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)

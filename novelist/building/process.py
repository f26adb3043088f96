"""A command that another program gives, such as `novelist build`: a process of its own, whose lines are kept.

It is what a terminal would begin, with the same lock, the same rules and the same exit status; it runs no code of the
book's folder. To stop it is what Ctrl-C is there, and loses nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from novelist.model.budget import CAP
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_LINES = 5000
SECONDS_TO_STOP = 20.0  # after which it is ended as a machine that goes down would end it, which loses nothing either
YES = "NOVELIST_YES"
# Not in the group of who begins it: Ctrl-C there is theirs, who then stops it once.
APART: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if os.name == "nt"
    else {"start_new_session": True}
)


class Command:
    """One `novelist` command on the book in `root`.

    `yes` says in advance that finished chapters may be replaced where it would ask; with a `cap` it spends no more US
    dollars.
    """

    def __init__(self, root: Path, arguments: Sequence[str], *, yes: bool, cap: float | None = None) -> None:
        said = {**({YES: "1"} if yes else {}), **({CAP: f"{cap:f}"} if cap is not None else {})}
        environ = {name: value for name, value in os.environ.items() if name != YES}
        self.began = time.time()
        self.lines: deque[str] = deque(maxlen=MOST_LINES)
        self._process = subprocess.Popen(  # noqa: S603 - our own command, in a folder that was opened
            [sys.executable, "-m", "novelist", "-C", str(root), *arguments],
            env={**environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", **said},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            **APART,
        )
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

    def stop(self) -> None:
        """Have it stop, as Ctrl-C in a terminal does."""
        if self._process.poll() is None:
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
        for line in self._process.stdout or ():
            self.lines.append(printable(line.rstrip("\n")))
        self._process.wait()


class Build(Command):
    """A build of the whole book, `planned` to take so many seconds, None where that is not known."""

    def __init__(self, root: Path, planned: float | None, *, yes: bool) -> None:
        super().__init__(root, ["build"], yes=yes)
        self.planned = planned

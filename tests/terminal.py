"""A terminal of one's own: a command runs on it, and what a person sees there is read from an emulator of it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable

import pyte
from shelf import Shelf

PATIENCE = 60  # seconds


# Makes the terminal on its standard input the one whose Ctrl-C and size reach a command, and becomes that command.
LAUNCH = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
TASK = re.compile(r"(?:bible|outline|chapter|summary|arc|book|Stopped)\b")


class Terminal:
    """A command on a terminal, in a book's folder; used as a context, at whose end it is killed if it still runs."""

    def __init__(self, book: Shelf, *command: str, columns: int = 100, lines: int = 50, **environ: str) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._controller, terminal = pty.openpty()
        self._size(columns, lines)
        inherited = {name: value for name, value in book.environ.items() if name not in ("CI", "NO_COLOR")}
        self._run = subprocess.Popen(
            [sys.executable, "-IS", "-c", LAUNCH, *command],
            cwd=book.root,
            env={**inherited, "TERM": "xterm", **environ},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._run.kill()
        self._run.wait()
        os.close(self._controller)

    @property
    def shown(self) -> list[str]:
        """The lines on the screen, without empty ones below, what is to be drafted, and what an outline is read as."""
        lines = "\n".join(line.rstrip() for line in self.screen.display).rstrip().splitlines()
        lines = [line for line in lines if not line.startswith("outline.md is read as ")]
        start = next((at for at, line in enumerate(lines) if line.startswith("To draft: ")), None)
        if start is None:
            return lines
        if lines[start].endswith("."):
            return lines[:start] + lines[start + 1 :]
        # A narrow terminal wraps it, and one that was made narrower has lost its end.
        after = range(start + 1, len(lines) + 1)
        return lines[:start] + lines[next(at for at in after if at == len(lines) or TASK.match(lines[at])) :]

    def wait(self, seen: Callable[[list[str]], object]) -> list[str]:
        """Read until what is shown is as awaited, and return it."""
        end = time.monotonic() + PATIENCE
        while not seen(self.shown):
            assert time.monotonic() < end, self.shown
            assert self._read(), self.shown
        return self.shown

    def type(self, text: str) -> None:
        """Type `text`, as on a keyboard."""
        os.write(self._controller, text.encode())

    def resize(self, columns: int) -> None:
        """Make the terminal wider or narrower; the command is told by a signal."""
        self.screen.resize(columns=columns)
        self._size(columns, self.screen.lines)

    def end(self) -> int:
        """Read to the end, and return the command's exit status."""
        while self._read():
            pass
        return self._run.wait(PATIENCE)

    def _read(self) -> bool:
        if not select.select([self._controller], [], [], PATIENCE)[0]:
            return False
        try:
            data = os.read(self._controller, 65536)
        except OSError:  # the terminal is closed at its other end
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def _size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

"""What the benchmarks share: a book in a folder of its own, its build in this process, and a table.

Importing it puts tests/ on the path, where the scripted server is. Knows no figure and no bound.
"""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import struct
import sys
import termios
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

import pyte
from doit import cmd_run

from novelist.book.paths import Book
from novelist.cli.making import run_doit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from shelf import OURS  # noqa: E402 - it is in tests/

COLUMNS, LINES = 100, 50


@contextmanager
def sample_book(premise: str = "") -> Iterator[Book]:
    """Lend a copy of the sample book, with `premise` in place of its own where there is one.

    While it is lent, this process is in its folder, and nothing in its environment chooses a model or forbids to show
    what is being written.
    """
    bare = {name: value for name, value in os.environ.items() if not name.startswith((*OURS, "CI"))}
    before = Path.cwd()
    with TemporaryDirectory(prefix="novelist-") as folder, mock.patch.dict(os.environ, bare, clear=True):
        os.environ["TERM"] = "xterm"
        book = Book(Path(folder) / "book")
        shutil.copytree(REPOSITORY / "project_template", book.root)
        if premise:
            book.premise.write_text(premise, encoding="utf-8")
        os.chdir(book.root)
        try:
            yield book
        finally:
            os.chdir(before)


def build(book: Book) -> tuple[int, str]:
    """Build a book by `doit` in this process, on a terminal, and return its exit status, and what is seen if it failed.

    On a terminal, since what is being written is shown there as it comes, which has its cost.
    """
    status, printed = on_terminal(book)
    return status, "" if status == 0 else "\n".join(seen(printed))


def on_terminal(book: Book, *tasks: str) -> tuple[int, bytes]:
    """Build a book by `doit` in this process, and return its exit status, and all that it printed on a terminal."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    printed = bytearray()
    reader = threading.Thread(target=_read, args=(controller, printed))
    reader.start()
    with (
        os.fdopen(terminal, "w", encoding="utf-8") as out,
        redirect_stdout(out),
        redirect_stderr(out),
        # doit took the standard output of the time when it was imported.
        mock.patch.dict(cmd_run.opt_outfile, {"default": out}),
    ):
        status = run_doit(book, list(tasks))
    reader.join()
    return status, bytes(printed)


def _read(controller: int, printed: bytearray) -> None:
    """Read what a terminal shows until nobody has it any more."""
    with os.fdopen(controller, "rb", buffering=0) as screen:
        try:
            while piece := screen.read(4096):
                printed += piece
        except OSError:  # how Linux says that it is closed
            pass


def seen(printed: bytes) -> list[str]:
    """Return the lines that a terminal shows after what was printed on it."""
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.ByteStream(screen).feed(printed)
    return "\n".join(line.rstrip() for line in screen.display).rstrip().split("\n")


def show(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: its first column to the left, figures to the right."""
    lines = [head, ["-" * len(name) for name in head], *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        figures = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        print("  ".join([first.ljust(widths[0]), *figures]).rstrip())


def verdict(*, held: bool, bound: str) -> int:
    """Say whether a bound holds, and return the exit status for it."""
    print(f"\n{'holds' if held else 'FAILS'}: {bound}")
    return 0 if held else 1

"""Whatever is printed, and the one place through which it goes: as a terminal and an encoding can take it.

And a line that is typed or answered. Knows whether a person is at a stream, and that nobody may read on.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from novelist.commands import here
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

COLUMN = 12  # the width of a task's name, in what is shown as in what is printed
WIDEST_TEXT = 100  # columns of a text that is read, as `--help` is
SIGPIPE_STATUS = 128 + 13  # the status of a program that SIGPIPE ended
DUMB = ("dumb", "unknown")  # values of TERM
NOT_PRINTED = "What is done cannot be printed ({}). Run `doit` again, and print elsewhere."
COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
# What turns round the order in which a line is read: a name with one of them can look like any other.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def on_terminal(*streams: TextIO | None) -> bool:
    """Say whether a person is at each of some streams, any of which may be closed."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def explained(why: str, out: TextIO | None, indent: int) -> str:
    """Return why an error came, for below its line: indented lines, each after an end of line, dim where that can be.

    Empty where there is nothing to explain, or no person at `out`: what programs read is the error's one line.
    """
    if not why or out is None or not on_terminal(out):
        return ""
    import textwrap  # noqa: PLC0415 - an idle build explains nothing

    columns = min((os.get_terminal_size(out.fileno()).columns or 80) - 1, WIDEST_TEXT)
    environ = os.environ
    plain = bool(environ.get("NO_COLOR")) or environ.get("TERM", "").lower() in DUMB or os.name != "posix"
    dim, bright = ("", "") if plain else ("\x1b[2m", "\x1b[22m")
    indent = min(indent, columns // 4)
    lines = textwrap.wrap(why, max(columns - indent, 1))
    return "".join(f"\n{' ' * indent}{dim}{line}{bright}" for line in lines)


def write(text: str, out: TextIO | None) -> None:
    """Write what is safe of `text` at once; `out` is None where it is closed.

    Raises SystemExit where nobody reads any more, as in `doit | head`, or nothing more fits.
    """
    if out is None:
        return
    try:
        out.write(encodable(safe(text, out), out))
        out.flush()
    except OSError as error:
        abandon(out)
        if isinstance(error, BrokenPipeError):
            raise SystemExit(SIGPIPE_STATUS) from None
        raise SystemExit(here(NOT_PRINTED.format(error.strerror))) from error


def read_line(most: int = -1) -> str:
    """Return the next line of standard input, or as much of it; what is no text there is not understood, and no fault.

    Empty where there is no more to be read.
    """
    if isinstance(sys.stdin, TextIOWrapper) and sys.stdin.errors != "replace":
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin.readline(most)


def end(out: TextIO | None) -> None:
    """Write what is left to be written, if anybody reads it."""
    if out is None or out.closed:
        return
    try:
        out.flush()
    except BrokenPipeError:
        abandon(out)


def abandon(out: TextIO) -> None:
    """Have what is left to be written go nowhere: Python writes it when it ends, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


class Printed:
    """A stream to which only `write` writes; else it is as `out`."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, text: str) -> int:
        """Write `text`. Raises SystemExit, as the function does."""
        write(text, self.out)
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self.out, name)


@contextmanager
def printing(errors: type[Printed] = Printed) -> Iterator[None]:
    """Have all that is printed within go through `write`, whoever prints it."""
    with ExitStack() as redirected:
        # A stream that is closed is None, and whoever prints knows that.
        if sys.stdout is not None:
            redirected.enter_context(redirect_stdout(Printed(sys.stdout)))
        if sys.stderr is not None:
            redirected.enter_context(redirect_stderr(errors(sys.stderr)))
        yield


def drawn_on(out: TextIO) -> TextIO:
    """Return the stream on which a cursor may be moved: below what takes that out of a text."""
    return drawn_on(out.out) if isinstance(out, Printed) else out


def use_utf8() -> None:
    """Begin this program again in Python's UTF-8 mode where the locale has no letters for the names of files."""
    if sys.getfilesystemencoding().lower() != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - what it was


def safe(text: str, out: TextIO) -> str:
    """Return `text` without control characters; a terminal gets colours, and nothing that turns the order of a line."""
    if not on_terminal(out):
        return printable(text)
    parts = COLOUR.split(text) if "\x1b" in text else [text]
    bare = (part if place % 2 else printable(part) for place, part in enumerate(parts))
    return "".join(bare).translate(TURNS)


def encodable(text: str, out: TextIO) -> str:
    """Return `text` as `out` can take it."""
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)

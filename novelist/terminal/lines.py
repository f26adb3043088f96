"""Lines as they are printed: how wide their first column is, what stands below an error, what an encoding lacks.

Knows whether a person is at a stream, and that nobody may read on.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from novelist.commands import here

if TYPE_CHECKING:
    from typing import TextIO

COLUMN = 12  # the width of a task's name, in what is shown as in what is printed
WIDEST_TEXT = 100  # columns of a text that is read, as `--help` is
SIGPIPE_STATUS = 128 + 13  # the status of a program that SIGPIPE ended
DUMB = ("dumb", "unknown")  # values of TERM


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
    """Write `text` at once; raises SystemExit where nobody reads any more, as in `doit | head`, or nothing more fits.

    `out` is None where standard output is closed.
    """
    if out is None:
        return
    try:
        out.write(encodable(text, out))
        out.flush()
    except OSError as error:
        abandon(out)
        if isinstance(error, BrokenPipeError):
            raise SystemExit(SIGPIPE_STATUS) from None
        message = f"What is done cannot be printed ({error.strerror}). Run `doit` again, and print elsewhere."
        raise SystemExit(here(message)) from error


def abandon(out: TextIO) -> None:
    """Have what is left to be written go nowhere: Python writes it when it ends, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


class Printed:
    """A stream that ends the program where nobody reads any more, and takes what its encoding lacks; else as `out`."""

    def __init__(self, out: TextIO | None) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write `text`. Raises SystemExit, as the function does."""
        write(text, self._out)
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self._out, name)


def encodable(text: str, out: TextIO) -> str:
    """Return `text` as `out` can take it."""
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)

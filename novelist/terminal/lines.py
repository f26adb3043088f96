"""Lines as they are printed: how wide their first column is, what an encoding lacks, and that nobody may read on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

COLUMN = 12  # the width of a task's name, in what is shown as in what is printed
UNREAD = 128 + 13  # the status of a program that SIGPIPE ended


def on_terminal(*streams: TextIO | None) -> bool:
    """Say whether a person is at each of some streams, any of which may be closed."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)


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
        # Python writes what is left when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(UNREAD) from None
        message = f"What is done cannot be printed ({error.strerror}). Run `doit` again, and print elsewhere."
        raise SystemExit(message) from error


def encodable(text: str, out: TextIO) -> str:
    """Return `text` as `out` can take it."""
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)

"""Lines as they are printed: how wide their first column is, what an encoding lacks, and that nobody may read on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

COLUMN = 12  # the width of a task's name, in what is shown as in what is printed
UNREAD = 128 + 13  # the status of a program that SIGPIPE ended


def write(text: str, out: TextIO | None) -> None:
    """Write `text` at once; raises SystemExit where nobody reads any more, as in `doit | head`.

    `out` is None where standard output is closed.
    """
    if out is None:
        return
    try:
        out.write(encodable(text, out))
        out.flush()
    except BrokenPipeError:
        # Python writes what is left when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        raise SystemExit(UNREAD) from None


def encodable(text: str, out: TextIO) -> str:
    """Return `text` as `out` can take it."""
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)

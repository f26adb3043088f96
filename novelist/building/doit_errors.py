"""What doit prints of an exception that it did not foresee: one line for a person in place of its traceback.

Knows doit. An exception that comes from a person's own dodo.py is theirs, and stays as doit prints it.
"""

from __future__ import annotations

import errno
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import doit

from novelist.commands import command, here
from novelist.terminal.lines import NOT_PRINTED, SIGPIPE_STATUS, Printed, abandon

if TYPE_CHECKING:
    from collections.abc import Iterator

DOIT = Path(doit.__file__).parent
OURS = Path(__file__).parents[1]


class DoitErrors(Printed):
    """Standard error, on which doit prints tracebacks."""

    def write(self, text: str) -> int:
        """Write `text`, or what there is to say in its place."""
        error = sys.exc_info()[1]
        if isinstance(error, BrokenPipeError):
            if sys.stdout is not None:
                abandon(sys.stdout)
            raise SystemExit(SIGPIPE_STATUS)
        if isinstance(error, Exception) and text == traceback.format_exc():
            text = _in_a_line(error) or text
        return super().write(text)


def _in_a_line(error: Exception) -> str:
    """Return what is said of an exception that doit caught; nothing where it is for a person who writes tasks."""
    frames = list(_frames(error))
    if None in frames:
        return ""
    if frames and frames[-1] == OURS:
        from novelist.book.crash import crashed  # noqa: PLC0415 - only what goes wrong needs it

        folder = Path(".novelist") if Path("premise.md").is_file() else None
        return f"ERROR: {crashed(error, folder)}\n"
    doit_here = command("doit")
    if isinstance(error, KeyError):
        return f"ERROR: there is no `{error.args[0]}`. `{doit_here} list --all` says what there is.\n"
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"ERROR: {here(NOT_PRINTED.format(error.strerror))}\n"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"ERROR: doit cannot do this ({what}). `{doit_here} help` says what it can do.\n"


def _frames(error: Exception) -> Iterator[Path | None]:
    """Yield whose code an exception came through: doit's, novelist's, or None for a person's own."""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        file = Path(name)
        owner = next((folder for folder in (OURS, DOIT) if file.is_relative_to(folder)), None)
        installed = name.startswith("<") or any(map(file.is_relative_to, _installed()))
        if owner is not None or not installed:
            yield owner
        trace = trace.tb_next


@cache
def _installed() -> tuple[Path, ...]:
    """Return where Python keeps its own library, and what is installed."""
    import sysconfig  # noqa: PLC0415 - only what goes wrong needs it

    paths = sysconfig.get_paths()
    return tuple(Path(paths[name]) for name in ("stdlib", "purelib", "platlib"))

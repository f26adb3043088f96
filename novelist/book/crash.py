"""What nobody has foreseen: one line for a person, and a report of where it was, in which nothing of theirs stands.

Knows tracebacks. Knows no book but where it keeps what is novelist's own.
"""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.errors import BookError, Crash

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = 70  # EX_SOFTWARE of sysexits.h
PACKAGE = Path(__file__).parents[1]
REPORTS = True  # tests turn it off, which are to see what is unforeseen
reported: list[Exception] = []  # what was unforeseen in this process
MOST_LINKS = 8  # of exceptions, each the cause of the next


def crashed(error: Exception, folder: Path | None) -> Crash:
    """Return what a person is told of an error that nobody has foreseen; its report is put into `folder`, if any.

    Raises the error itself where `REPORTS` is off.
    """
    if not REPORTS:
        raise error
    reported.append(error)
    what = f"something went wrong that novelist did not foresee ({type(error).__name__})"
    if folder is None:
        return Crash(f"{what}. Run it in the folder of a book, where a report of it is kept.")
    now = datetime.now(timezone.utc)
    path = folder / f"crash-{now:%Y%m%dT%H%M%S}.txt"
    try:
        Files(folder.parent).replace(path, report(error, now))
    except (BookError, OSError):
        return Crash(f"{what}, and no report of it can be written. Check the disk, and run it again.")
    return Crash(f"{what}. Send {path}, in which none of your words are, to who makes novelist, and run it again.")


def report(error: BaseException, now: datetime) -> str:
    """Return where an error came from: types, files and lines, without messages, values and folders of a person."""
    from importlib.metadata import version  # noqa: PLC0415 - only a report needs it

    python = ".".join(map(str, sys.version_info[:3]))
    head = f"novelist {version('novelist')}, Python {python}, {sys.platform}, {now:%Y-%m-%d %H:%M} UTC\n"
    return head + "\n".join(_lines(error)) + "\n"


def _lines(error: BaseException) -> Iterator[str]:
    link: BaseException | None = error
    for _ in range(MOST_LINKS):
        if link is None:
            return
        yield ""
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        trace = link.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            yield f"  {_place(Path(code.co_filename))}:{trace.tb_lineno} {code.co_name}"
            trace = trace.tb_next
        link = link.__cause__ or link.__context__


def _place(file: Path) -> str:
    """Return a file of novelist's by its path in the package, and any other by its name and its folder's."""
    if file.is_relative_to(PACKAGE):
        return file.relative_to(PACKAGE.parent).as_posix()
    return "/".join(file.parts[-2:]) if "site-packages" in file.parts or "lib" in file.parts else file.name

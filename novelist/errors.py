"""Every error a user may see, as one tree. Knows no cause and prints nothing.

NovelistError                 what happened. what to do.
├── BookError                 a file of the book cannot be used as it is: `file:line: …`
│   └── FileError             it cannot be read or written at all: what stands there is no file, or the disk fails
├── Crash                     something that nobody has foreseen, of which there is a report
├── ExportError               a program that makes books of texts is missing, or failed
├── SettingsError             the environment or `.env` cannot be used as it is
├── Stopped                   a person answered that the build should stop
└── WriterError               the model did not give what was asked for; the book is as it was
    ├── Unusable              answers that stayed wrong after being asked again
    └── Refused               no further call can succeed: a wrong key, no quota, no such model
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.commands import here
from novelist.text import printable

if TYPE_CHECKING:
    from pathlib import Path


class NovelistError(Exception):
    """One line: what happened, and what to do about it.

    `why` is what a person would ask next, where the line does not answer it: a sentence or two that name no file of
    theirs, for all errors of a kind alike. A terminal shows it below the first of them. Commands in both are written
    `doit` and `novelist`, and told as they are given here; what comes from a file or a server is made safe to print.
    """

    def __init__(self, message: str, *, why: str = "") -> None:
        super().__init__(printable(here(message)))
        self.why = here(why)


class BookError(NovelistError):
    """A file of the book cannot be used as it is."""

    def __init__(self, path: Path, line: int | None, message: str, *, why: str = "") -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {message}", why=why)
        self.path = path
        self.line = line
        self.message = message


class FileError(BookError):
    """A file cannot be read or written at all: what stands there is no file, or the disk does not let it."""


def disk_error(path: Path, what: str, error: OSError) -> FileError:
    """Return the error for a file that the disk does not let us read, write, move or remove; it is as it was."""
    message = f"it cannot be {what} ({error.strerror}). Check the disk and its rights."
    why = "The file is as it was. What had come of a draft is kept, and the next build goes on there."
    return FileError(path, None, message, why=why)


class Crash(NovelistError):
    """Something that nobody has foreseen, of which there is a report."""


class ExportError(NovelistError):
    """A program that makes books of texts is missing, or failed."""


class SettingsError(NovelistError):
    """The environment or `.env` cannot be used as it is."""


class Stopped(NovelistError):
    """A person answered that the build should stop."""


class WriterError(NovelistError):
    """The model did not give what was asked for; the book is as it was."""


class Unusable(WriterError):
    """Answers that stayed wrong after being asked again."""


class Refused(WriterError):
    """No further call can succeed: a wrong key, no quota, no such model."""


class OverBudget(Refused):
    """A call that could pass the budget of a book."""

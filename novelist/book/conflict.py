"""The marks that git leaves in a file where two people have changed the same lines. Knows no kind of file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.text import BOM

if TYPE_CHECKING:
    from pathlib import Path

# A line of `=======` alone may underline a heading, and is no mark without the others.
MARK = re.compile(r"^(?:<{7}|\|{7}|>{7})(?!\S)", re.MULTILINE)


def line_of_mark(text: str) -> int:
    """Return the line (from 1) of the first mark of a conflict in `text`; 0 where there is none."""
    text = text.removeprefix(BOM)
    for mark in MARK.finditer(text):
        if not _goes_on(text, mark.start()):
            return text.count("\n", 0, mark.start()) + 1
    return 0


def _goes_on(text: str, start: int) -> bool:
    """Say whether the line at `start` belongs to the one before it: to a quote in quotes, or to a table."""
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    return text[start] != "<" and before.startswith(text[start])


def check(path: Path, line: int) -> None:
    """Raise BookError for the file at `path`, whose first mark of a conflict is on `line`; none where that is 0."""
    if line:
        raise BookError(path, line, "a merge conflict of git. Resolve it.")


def without_marks(text: str) -> str:
    """Return a text that no one has merged, so that no line of it reads as a mark; Markdown shows it the same."""
    return MARK.sub(r"\\\g<0>", text)

"""What a terminal is told, in the words of a page: no marks of commands, no columns, times as a clock has them.

Knows no book.
"""

from __future__ import annotations

import re
from datetime import datetime

TIME = "%Y%m%dT%H%M%S.%fZ"  # of an entry of history, whose name it is
ENTRY = re.compile(r"(?<![\w/\\])[0-9]{8}T[0-9]{6}\.[0-9]{6}Z(?!\.?\w)")
MARKED = re.compile("`([^`]*)`")
COLUMNS = re.compile(r"(?<=\S) {2,}")
KEPT = re.compile("`stale: keep`")
FIRST_WORD = re.compile(r"[^\W\d_]+(?=[ ,;]|$)")  # and neither a file nor a task


def plain(text: str) -> str:
    """Return a line for a terminal as a page shows it."""
    text = MARKED.sub(r"“\1”", KEPT.sub("you keep it, whatever changes", text))
    return COLUMNS.sub(" ", ENTRY.sub(lambda match: time_of(match[0]), text))


def sentence(text: str) -> str:
    """Return the same as a sentence: with a capital, unless a file or a task is what it begins with."""
    text = plain(text)
    return f"{text[0].upper()}{text[1:]}" if FIRST_WORD.match(text) else text


def time_of(stem: str) -> str:
    """Return when an entry was put into history, as the clock here has it; its name where that says no time."""
    try:
        at = datetime.strptime(f"{stem}+0000", f"{TIME}%z")
    except ValueError:
        return stem
    return f"{at.astimezone():%Y-%m-%d, %H:%M}"

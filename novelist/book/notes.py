"""What an author has asked of a chapter, as a file in notes/ has it. Pure. Knows no file, and not what was done."""

from __future__ import annotations

import re

from novelist.book.headings import HEADING
from novelist.text import normalise

POINT = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
COMMENT = re.compile(r"^[ \t]*<!--.*?(?:-->|\Z)", re.DOTALL | re.MULTILINE)


def read(text: str) -> list[str]:
    """Return the notes in a text, each once: the points of lists, with what is indented below one, and paragraphs.

    Headings and comments are none.
    """
    notes: list[str] = []
    open_note = in_list = False
    for line in normalise(COMMENT.sub("", text)).split("\n"):
        point = POINT.match(line)
        goes_on = open_note or (in_list and line[:1] in (" ", "\t"))
        if not line.strip():
            open_note = False
        elif HEADING.match(line):
            open_note = in_list = False
        elif goes_on and point is None and notes:
            notes[-1] += f"\n{line}"
            open_note = True
        else:
            notes.append(line[point.end() :] if point else line)
            open_note, in_list = True, point is not None
    return list(dict.fromkeys(" ".join(note.split()) for note in notes))


def added(text: str, wish: str) -> str:
    """Return the text of a file with one more note, the same where it has that already.

    It is the last one, or the first where what stands at the end is none, such as a comment without an end.
    """
    if wish in read(text):
        return text
    note, gap = f"- {wish}\n", "" if text.endswith("\n") or not text else "\n"
    now = f"{text}{gap}{note}"
    return now if wish in read(now) else f"{note}\n{text}"


def marks(notes: list[str]) -> list[str]:
    """Return the marks by which a record knows notes that a model was told of."""
    if not notes:
        return []
    from novelist.book import paragraphs  # noqa: PLC0415 - few chapters have notes

    return [paragraphs.mark(note) for note in notes]

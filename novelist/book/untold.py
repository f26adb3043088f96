"""What happens in a chapter, put below its heading in an outline that says nothing of it yet. Pure.

Every other line of the file stays as it is. Knows no file, and not what happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import outline_text, placeholder
from novelist.book.headings import HEADING
from novelist.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.outline import Outline


def told(text: str, path: Path, outline: Outline, happens: Mapping[int, str]) -> str | None:
    """Return the text of an outline with what `happens` in chapters, by their numbers from 1.

    None where it would then not be read as the same outline: its form has no place for it.
    """
    lines = text.split("\n")
    starts = [section.line - 1 for section in outline.sections]
    for number in sorted(happens, reverse=True):
        at, end = starts[number - 1], [*starts, len(lines)][number]
        below = "\n".join(lines[at + 1 : end])
        if placeholder.has_open(below):
            lines[at + 1 : end] = placeholder.filled(below, happens[number]).split("\n")
        elif HEADING.match(lines[at].rstrip("\r")):
            gap = [] if at + 1 == len(lines) or not lines[at + 1].strip() else [""]
            lines[at + 1 : at + 1] = ["", *happens[number].split("\n"), *gap]
        else:
            lines[at] = f"{lines[at].rstrip()} — {' '.join(happens[number].split())}"
    now = "\n".join(lines)
    return now if _is_told(text, now, path, happens) else None


def _is_told(text: str, now: str, path: Path, happens: Mapping[int, str]) -> bool:
    """Say whether an outline is read as it was, but that all of `happens` happens."""
    try:
        before, after = (outline_text.parse(placeholder.without(each), path) for each in (text, now))
    except BookError:
        return False
    if [(one.id, one.title, one.part) for one in before.sections] != [
        (one.id, one.title, one.part) for one in after.sections
    ]:
        return False
    pairs = enumerate(zip(before.sections, after.sections, strict=True), 1)
    return all(new.text.split() == happens.get(number, old.text).split() for number, (old, new) in pairs)

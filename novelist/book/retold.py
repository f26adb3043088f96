"""What happens in some chapters, put in place of what an outline says of them. Pure.

Every other line of the file stays as it is, and so do ids, attributes and the headings of parts. Knows no file, and not
what happens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.book.headings import HEADING, RULE, id_in, split_attributes, tidy_text
from novelist.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.book.outline import Outline, Section

BELOW_AN_ITEM = "   "  # before what belongs to an item of any list


def retold(text: str, outline: Outline, sections: Mapping[int, Section], read: Callable[[str], Outline]) -> str | None:
    """Return the text of an outline in which the chapters with these numbers (from 1) have the title and the text here.

    `outline` is what `read` makes of the text. None where it would then not be read as the same outline but for these:
    its form has no place for it.
    """
    for folded in (False, True):
        now = _put(text, outline, sections, folded=folded)
        if now is not None and _is_retold(now, outline, sections, read):
            return now
    return None


def _put(text: str, outline: Outline, sections: Mapping[int, Section], *, folded: bool) -> str | None:
    """Return the text of an outline with other sections; None where it has no place for one.

    A text in an item of a list has its lines below one another there, or is `folded` into one.
    """
    lines = text.split("\n")
    starts = [section.line - 1 for section in outline.sections]
    for number in sorted(sections, reverse=True):
        old, new = outline.sections[number - 1], sections[number]
        at, end = starts[number - 1], [*starts, len(lines)][number]
        below = _end(lines, at, end, old.text)
        if HEADING.match(lines[at].rstrip("\r")) and below is not None:
            first = next((place for place in range(at + 1, below) if _says(lines[place])), below)
            gap = [] if first > at + 1 else [""]
            after = [""] if below < end and _says(lines[below]) else []
            carriage = "\r" if lines[at].endswith("\r") else ""
            lines[first:below] = [f"{line}{carriage}" for line in (*gap, *new.text.split("\n"), *after)]
            lines[at] = _retitled(lines[at], old, new)
        else:
            rows = [each for each in new.text.split("\n") if each.strip()]
            item = _item(lines, at, end, old, [" ".join(new.text.split())] if folded else rows)
            if item is None:
                return None
            lines[at:end] = item
    return "\n".join(lines)


def _says(line: str) -> bool:
    return bool(line.strip()) and not RULE.match(line)


def _end(lines: list[str], at: int, end: int, text: str) -> int | None:
    """Return the line behind a chapter's text, which is below its heading; None where it stands otherwise."""
    # What stands between it and the next chapter may be the heading of a part, with a text of its own.
    return next(
        (place for place in range(at + 1, end + 1) if tidy_text("\n".join(lines[at + 1 : place])) == text), None
    )


def _item(lines: list[str], at: int, end: int, old: Section, new: list[str]) -> list[str] | None:
    """Return the lines of an item of a list with a new text behind its title; None where the old one is not there."""
    line, rest = lines[at].rstrip(), old.text.split("\n")[0].strip()
    if not rest or not line.endswith(rest):
        return None
    left = len(old.text.split("\n"))
    behind = at + 1
    while behind < end and left > 1:
        left -= bool(lines[behind].strip())
        behind += 1
    carriage = "\r" if lines[at].endswith("\r") else ""
    first, *others = new or [""]
    below = [f"{BELOW_AN_ITEM}{each}{carriage}" for each in others]
    return [f"{line.removesuffix(rest)}{first}{carriage}", *below, *lines[behind:end]]


def _retitled(heading: str, old: Section, new: Section) -> str:
    """Return a heading with another title, and with the id that its chapter had by the title before."""
    if new.title == old.title or old.title not in heading:
        return heading
    line = heading.rstrip("\r")
    bare, attributes = split_attributes(line)
    before, _, behind = bare.rpartition(old.title)
    more = attributes if id_in(attributes) else f"#{old.id} {attributes}".strip()
    return f"{before}{new.title}{behind} {{{more}}}{heading[len(line) :]}"


def _is_retold(now: str, outline: Outline, sections: Mapping[int, Section], read: Callable[[str], Outline]) -> bool:
    """Say whether an outline is read as it was, but that the sections are those here."""
    try:
        after = read(now)
    except BookError:
        return False
    wanted = [sections.get(number, one) for number, one in enumerate(outline.sections, 1)]
    pairs = list(zip(wanted, after.sections, strict=False))
    same = all(
        replace(want, text="") == replace(one, text="") and want.text.split() == one.text.split() for want, one in pairs
    )
    head = (outline.title, outline.about, outline.parts) == (after.title, after.about, after.parts)
    return same and head and len(wanted) == len(after.sections)

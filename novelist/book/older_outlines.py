"""How an outline's chapters were told from all else before bold lines, tables and notes were known.

Identities rest on it, as on `older_labels`: a heading that is no chapter now may have a finished one, and a finished
book has no other number of chapters for an upgrade. So nothing is ever added here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import outline_lines
from novelist.book.headings import id_in, split_attributes, tidy_title
from novelist.book.outline_lines import Layout, Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Reading(Protocol):
        """How labels are read."""

        def numbered(self, bare: str) -> bool:
            """Say whether a heading has a chapter's number."""

        def is_part(self, bare: str) -> bool:
            """Say whether a heading has a part's number."""


def layout(lines: list[str], reading: Reading, names_book: Callable[[Mark], bool]) -> Layout:
    """Return the layout of an outline; `names_book` says whether a heading is the book's title."""
    headings, items = outline_lines.headings(lines), outline_lines.items(lines)
    chapters = _chapters(headings, items, reading, names_book)
    if not chapters:
        return Layout([], [])
    level, opening = chapters[0].level, set(chapters)
    others = headings if level else sorted([*headings, *_bold(lines, reading)], key=lambda mark: mark.index)
    parts = [mark for mark in others if mark not in opening and (mark.level <= level or not level)]
    first = parts[0] if parts else None
    if first is None or first.index > chapters[0].index:
        return Layout(chapters, parts)
    again = len(parts) > 1 and parts[1].index < chapters[0].index
    return Layout(chapters, parts, first if again or names_book(first) else None)


def _bold(lines: list[str], reading: Reading) -> list[Mark]:
    return [
        Mark(index, 1, line)
        for index, line in enumerate(lines)
        if line.startswith("**") and line.rstrip().endswith("**") and reading.is_part(tidy_title(line))
    ]


def _chapters(
    headings: list[Mark], items: list[Mark], reading: Reading, names_book: Callable[[Mark], bool]
) -> list[Mark]:
    """Return the marks that open chapters, by the form that the file is in."""

    def numbered(mark: Mark) -> bool:
        return bool(id_in(split_attributes(mark.text)[1])) or reading.numbered(tidy_title(mark.text))

    for level in (2, 3, 1):
        of_level = [mark for mark in headings if mark.level == level]
        if any(numbered(mark) and not names_book(mark) for mark in of_level):
            return [mark for mark in of_level if numbered(mark) or not reading.is_part(tidy_title(mark.text))]
    if items:
        return items
    return [mark for mark in headings if mark.level == 2 and not reading.is_part(tidy_title(mark.text))]

"""Tables of chapters in an outline: a row each, with its number, its title and what happens.

Pure. Knows which table is one, by its header or by the numbers in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.book import outline_lines
from novelist.book.headings import tidy_title
from novelist.book.outline_titles import LONGEST_TITLE, MOST_TITLE_WORDS, SENTENCE, is_prologue
from novelist.language import labels, matter

if TYPE_CHECKING:
    from novelist.book.outline_lines import Mark

SIGNS = re.compile(r"#|№|n[ro°º]?\.?|no\.", re.IGNORECASE)
NUMBER = re.compile(r"([0-9]{1,4})[.)]?")


def rows(lines: list[str], language: str) -> list[Mark]:
    """Return the rows that are chapters: the text of each is its label or title, its one cell what happens."""
    found: list[Mark] = []
    for table in outline_lines.rows(lines):
        found += _chapters(table, language)
    return found


def _chapters(table: list[Mark], language: str) -> list[Mark]:
    """Return a table's rows as chapters, none where it is no table of chapters."""
    header = [tidy_title(cell) for cell in table[0].cells] if table else []
    named = next((place for place, cell in enumerate(header) if matter.lists_chapters(cell)), None)
    signed = next((place for place, cell in enumerate(header) if SIGNS.fullmatch(cell)), None)
    column = named if named is not None else signed or 0
    chapters = []
    for row in table:
        chapter = _chapter(row, column, language)
        if chapter is not None:
            chapters.append(chapter)
        elif named is not None and row is not table[0] and column < len(row.cells) and tidy_title(row.cells[column]):
            chapters.append(_told(row, tidy_title(row.cells[column]), {column}))
    return chapters if named is not None or len(chapters) > 1 else []


def _chapter(row: Mark, column: int, language: str) -> Mark | None:
    """Return a row as a chapter where it has a chapter's number or label in a column, and a title behind it."""
    says = tidy_title(row.cells[column]) if column < len(row.cells) else ""
    label = outline_lines.labelled(says)
    number = NUMBER.fullmatch(says)
    if label is None and number is None and not is_prologue(says):
        return None
    if label is not None and says[label.end :].strip():
        return _told(row, says, {column})
    place = next((at for at in range(column + 1, len(row.cells)) if row.cells[at]), None)
    title = tidy_title(row.cells[place]) if place is not None else ""
    alone = sum(map(bool, row.cells)) == 2
    if NUMBER.fullmatch(title) or len(title) > LONGEST_TITLE or _is_sentence(title, alone=alone):
        place, title = None, ""
    taken = {column} if place is None else {column, place}
    if number is not None:
        return _told(row, title or labels.called(number[1], language or "en"), taken)
    return _told(row, f"{says.rstrip(' .:—–-')}: {title}" if title else says, taken)


def _is_sentence(text: str, *, alone: bool) -> bool:
    return bool(SENTENCE.search(text)) and (alone or len(text.split()) > MOST_TITLE_WORDS)


def _told(row: Mark, title: str, taken: set[int]) -> Mark:
    happens = "\n".join(cell for place, cell in enumerate(row.cells) if cell and place not in taken)
    return replace(row, text=title, cells=(happens,))

"""What a person says to the order of chapters that was guessed: other numbers first, some left out. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.imports.imported import Imported, Leftover
from novelist.language.lengths import length
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = re.compile(r"[\s,]+")


class NoArrangement(ValueError):
    """An answer that names no chapters of the list; its text says which."""


def listing(imported: Imported) -> Iterator[str]:
    """Yield the chapters, a line each, with their parts and the files that they are from."""
    part = None
    wide = max(len(str(len(imported.chapters))), 2)
    for number, chapter in enumerate(imported.chapters, 1):
        if chapter.part != part and chapter.part is not None:
            part = chapter.part
            yield f"{'':{wide}}  {imported.parts[part].heading}"
        source = f"  ({chapter.source})" if chapter.source else ""
        yield f"{number:{wide}}  {chapter.title}, {length(count_words(chapter.prose), imported.language)}{source}"
    for page in imported.matter:
        words = length(count_words(page.prose), imported.language)
        yield f"{'':{wide}}  {page.title}, {words}  (matter/{page.name}.md)"


def arranged(imported: Imported, answer: str) -> Imported:
    """Return a book as a person wants it: numbers are chapters in their order, before those not named; `-3` is out.

    Raises NoArrangement for what is no number of a chapter, or all of them left out.
    """
    wanted: list[int] = []
    out: set[int] = set()
    for word in filter(None, ANSWER.split(answer)):
        number = int(word) if re.fullmatch(r"-?[0-9]{1,5}", word) else 0
        if not 1 <= abs(number) <= len(imported.chapters):
            message = f"`{word}` is no number of the list."
            raise NoArrangement(message)
        if number < 0:
            out.add(-number)
        elif number not in wanted:
            wanted.append(number)
    order = [*wanted, *(number for number in range(1, len(imported.chapters) + 1) if number not in wanted)]
    # Parts stay where they are: a chapter that moves is in the part of the place to which it moves.
    parts = [chapter.part for chapter in imported.chapters]
    placed = [replace(imported.chapters[number - 1], part=part) for number, part in zip(order, parts, strict=True)]
    chapters = [chapter for number, chapter in zip(order, placed, strict=True) if number not in out]
    if not any(chapter.prose for chapter in chapters):
        message = "That leaves no chapter."
        raise NoArrangement(message)
    left = [imported.chapters[number - 1] for number in sorted(out)]
    asides = [Leftover(chapter.title, chapter.prose, "left out as you said") for chapter in left if chapter.prose]
    return replace(imported, chapters=tuple(chapters), asides=(*imported.asides, *asides))

"""The numbers that are typed above the chapters of an outline, right again once these stand otherwise. Pure.

Numbers are nobody's but the author's: a book is numbered by the order of its outline. They are set right as they were
right before, counted through the book or anew in each part, with prologues or without, from whichever number; what was
wrong and stays where it was stays wrong. Knows no file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book import outline_lines
from novelist.book.headings import attributed, id_in, split_attributes, tidy_title
from novelist.book.outline_lines import bare
from novelist.book.outline_rows import NUMBER
from novelist.book.outline_text import label_of
from novelist.language import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from novelist.book.outline import Section
    from novelist.book.outline_blocks import Block
    from novelist.book.outline_lines import Mark

    Counting = Callable[[Sequence[Block], Mapping[int, Section]], dict[int, int]]


@dataclass(frozen=True)
class Numbering:
    """How the chapters of an outline are numbered by hand: by which of COUNTS, and how much higher than that."""

    count: Counting
    more: int

    def numbers(self, blocks: Sequence[Block], sections: Mapping[int, Section]) -> dict[int, int]:
        """Return what is right above each chapter that has a number, by what `blocks` call it."""
        return {number: right + self.more for number, right in self.count(blocks, sections).items()}


def typed(block: Block, language: str) -> int | None:
    """Return the number that is typed before a chapter's title, None where there is none."""
    mark = _mark(block.lines[0], block)
    return _typed(mark, block.number, language) if mark else None


def numbering(blocks: Sequence[Block], sections: Mapping[int, Section], language: str) -> Numbering | None:
    """Return how an outline is numbered, as far as most of its numbers say it; None where it has none."""
    there = {block.number: number for block in _chapters(blocks) if (number := typed(block, language)) is not None}
    best: tuple[int, bool] = (0, False)
    found: Numbering | None = None
    for count in COUNTS:
        right = count(blocks, sections)
        more = Counter(number - right[one] for one, number in there.items() if one in right)
        for shift, votes in more.items():
            if (votes, not shift) > best:
                best, found = (votes, not shift), Numbering(count, shift)
    return found


def renumbered(
    before: Sequence[Block],
    after: Sequence[Block],
    sections: Mapping[int, Section],
    changed: Mapping[int, Section],
    language: str,
) -> list[Block] | None:
    """Return the blocks `after` with the numbers that are right there, where they were numbered `before`.

    `sections` and `changed` are the sections then and now, by what the blocks call them. None where a number has no
    other form that is known.
    """
    how = numbering(before, sections, language)
    if how is None:
        return list(after)
    then, now = how.numbers(before, sections), how.numbers(after, changed)
    lines = {block.number: block.lines for block in before}
    blocks = []
    for block in after:
        right = now.get(block.number)
        as_it_was = right == then.get(block.number) and block.lines == lines.get(block.number)
        if block.kind == "chapter" and right is not None and not as_it_was:
            new = with_number(block, right, changed[block.number], language)
            if new is None:
                return None
            block = new  # noqa: PLW2901 - the same one, with its number
        blocks.append(block)
    return blocks


def with_number(block: Block, number: int, section: Section, language: str) -> Block | None:
    """Return a chapter with another number before its title, as it is where it has none; None where there is no form.

    A chapter that has no other title than its number is known by that: its id is then written behind it.
    """
    old = typed(block, language)
    if old is None or old == number:
        return block
    line, carriage = block.lines[0].removesuffix("\r"), "\r" * block.lines[0].endswith("\r")
    for candidate in numbers.rewritten(line, old, number, language):
        mark = _mark(candidate, block)
        if mark is not None and _typed(mark, number, language) == number:
            untitled = bare(mark) if _is_untitled(block, section) else ""
            named = attributed(candidate, untitled, lambda words: [f"#{section.id}", *words]) if untitled else candidate
            return replace(block, lines=(f"{named}{carriage}", *block.lines[1:]))
    return None


def without_number(block: Block, language: str) -> Block:
    """Return a chapter without the number before its title; as it is where it has none, or nothing else."""
    mark = block.mark
    if mark is None or mark.form != "heading":
        return block
    says = bare(mark)
    label = label_of(says, block.number, language, named=bool(id_in(split_attributes(mark.text)[1])))
    line = block.lines[0]
    at = line.find(says[: label.end]) if label is not None and says[label.end :].strip() else -1
    if label is None or at < 0:
        return block
    return replace(block, lines=(line[:at] + line[at + label.end :], *block.lines[1:]))


def _is_untitled(block: Block, section: Section) -> bool:
    mark = block.mark
    if mark is None or mark.form in {"item", "row"} or id_in(split_attributes(mark.text)[1]):
        return False
    return bare(mark) == section.title


def _typed(mark: Mark, place: int, language: str) -> int | None:
    if mark.form == "item":
        return mark.number
    if mark.form == "row":
        figures = (NUMBER.fullmatch(tidy_title(cell)) for cell in mark.cells)
        return next((int(figure[1]) for figure in figures if figure), None)
    named = bool(id_in(split_attributes(mark.text)[1]))
    label = label_of(bare(mark), place, language, named=named)
    return None if label is None else label.number


def _mark(line: str, block: Block) -> Mark | None:
    """Return what a line says where it opens what the block does."""
    line = line.removesuffix("\r")
    marks = outline_lines.headings([line]) or outline_lines.others([line])
    marks = marks or [row for table in outline_lines.rows([line]) for row in table]
    return marks[0] if marks and block.mark and marks[0].form == block.mark.form else None


def _chapters(blocks: Sequence[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.kind == "chapter")


def _counts(*, prologues: bool, anew: bool) -> Counting:
    def count(blocks: Sequence[Block], sections: Mapping[int, Section]) -> dict[int, int]:
        right: dict[int, int] = {}
        last = 0
        for block in blocks:
            if block.kind == "part" and anew:
                last = 0
            elif block.kind == "chapter" and (prologues or sections[block.number].numbered):
                last += 1
                right[block.number] = last
        return right

    return count


# In the order in which they are likely, where the numbers fit more than one.
COUNTS: Sequence[Counting] = tuple(
    _counts(prologues=prologues, anew=anew) for anew in (False, True) for prologues in (False, True)
)

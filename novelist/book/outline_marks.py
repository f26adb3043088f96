"""What each line of an outline that may open something says that it is, and what it stands below.

Pure. Knows chapters, parts, prologues and notes by what they are called; not which of the lines open the book's
chapters.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from novelist.book import outline_lines
from novelist.book.headings import id_in, split_attributes, tidy_title
from novelist.book.outline_lines import Mark, bare
from novelist.book.outline_titles import is_prologue, place
from novelist.language import labels, matter, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Kind = Literal["id", "chapter", "number", "part", "place", "notes", ""]

LONGEST_ALONE = 60  # characters of a plain line that is a label and a title, whatever stands above it


class Marks:
    """The marks in the lines of an outline; `language` is the book's, `names_book` knows the heading of its title."""

    def __init__(self, lines: list[str], language: str, names_book: Callable[[Mark], bool]) -> None:
        self.lines = lines
        self.language = language
        self.names_book = names_book
        self.headings = outline_lines.headings(lines)
        self._kinds: dict[Mark, Kind] = {}

    def of_level(self, level: int) -> list[Mark]:
        """Return the headings of a level."""
        return [mark for mark in self.headings if mark.level == level]

    @cached_property
    def others(self) -> list[Mark]:
        """All that may open something and is no heading."""
        return outline_lines.others(self.lines)

    @cached_property
    def labelled(self) -> list[Mark]:
        """The lines that are no headings and have a chapter's label."""
        return [mark for mark in self.others if self.opens(mark, "chapter")]

    @cached_property
    def part_lines(self) -> list[Mark]:
        """The lines that are no headings and have a part's label."""
        return [mark for mark in self.others if self.opens(mark, "part")]

    @cached_property
    def place_lines(self) -> list[Mark]:
        """The lines that are no headings and are called as a prologue, an interlude or an epilogue is."""
        return [
            mark
            for mark in self.others
            if is_prologue(says := bare(mark))
            and (
                mark.form != "plain"
                or (len(says) <= LONGEST_ALONE and outline_lines.stands_alone(self.lines, mark.index))
            )
        ]

    def opens(self, mark: Mark, kind: Literal["chapter", "part"]) -> bool:
        """Say whether a line that is no heading has such a label, and is no sentence that speaks of one."""
        says = bare(mark)
        label = labels.read(says)
        if label is None or label.bare or label.kind != kind or not label.closed or says[0].islower():
            return False
        if mark.form != "plain" or outline_lines.stands_alone(self.lines, mark.index):
            return True
        return says[: label.end].rstrip()[-1:] in ":：—–|" or label.end < len(says) <= LONGEST_ALONE

    def kind(self, mark: Mark) -> Kind:
        """Return what a mark says that it is."""
        known = self._kinds.get(mark)
        if known is None:
            known = self._kinds[mark] = self._kind(mark)
        return known

    def _kind(self, mark: Mark) -> Kind:
        if mark.form == "heading" and id_in(split_attributes(mark.text)[1]):
            return "id"
        says = bare(mark)
        label = labels.read(says)
        if label is not None and not label.bare:
            return label.kind
        if place(says) is not None:
            return "place"
        if matter.is_notes(says):
            return "notes"
        return "number" if label is not None or numbers.number(says, self.language) is not None else ""

    def says_else(self, mark: Mark) -> bool:
        """Say whether a number stands before what is no chapter's title: `2. Act One`, `1. Themes`."""
        label = labels.digits(says := bare(mark))
        behind = says[label.end :] if label is not None else ""
        return labels.labelled(behind, "part") or matter.is_notes(behind)

    def above(self, mark: Mark) -> list[Mark]:
        """Return the headings that a mark stands below, the nearest first."""
        if mark.form == "heading":
            return self._chains[mark.index]
        nearest = self.heading_above(mark.index)
        return [nearest, *self._chains[nearest.index]] if nearest else []

    def heading_above(self, index: int) -> Mark | None:
        """Return the last heading above a line."""
        count = bisect_left(self._indexes, index)
        return self.headings[count - 1] if count else None

    @cached_property
    def _indexes(self) -> list[int]:
        return [mark.index for mark in self.headings]

    @cached_property
    def _chains(self) -> dict[int, list[Mark]]:
        chains: dict[int, list[Mark]] = {}
        within: list[Mark] = []
        for mark in self.headings:
            within = [other for other in within if other.level < mark.level]
            chains[mark.index] = within[::-1]
            within.append(mark)
        return chains

    def is_below(self, mark: Mark, kind: Kind) -> bool:
        """Say whether a mark stands below a heading of a kind."""
        return any(self.kind(above) == kind for above in self.above(mark))

    def heads(self, mark: Mark, indexes: set[int]) -> bool:
        """Say whether the next line with text below a mark is one of those."""
        return self._texts_below[mark.index] in indexes

    @cached_property
    def _texts_below(self) -> list[int]:
        """The next line with text below each line, the number of all lines where there is none."""
        below = [len(self.lines)] * len(self.lines)
        for index in range(len(self.lines) - 2, -1, -1):
            below[index] = index + 1 if self.lines[index + 1].strip() else below[index + 1]
        return below


def rises(marks: Iterable[Mark]) -> bool:
    """Say whether the numbers in labels begin with the first chapter, and go on one by one or begin again."""
    values = [label.number for mark in marks if (label := labels.read(tidy_title(bare(mark)))) is not None]
    return bool(values) and values[0] <= 1 and all(after in {one, one + 1, 1} for one, after in pairwise(values))

"""The headings of a manuscript, as Markdown has them, or as lines that stand alone and say what they are.

Knows how people number parts and chapters. Knows not which of them make the chapters of a book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book.headings import HEADING, id_in, split_attributes, tidy_title
from novelist.imports.imported import UNNUMBERED, titled
from novelist.language import labels, matter, numbers
from novelist.language.matter import is_matter
from novelist.prose.sentences import SENTENCE_END
from novelist.text import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
UNDERLINE = re.compile(r" {0,3}(=+|-{3,})[ \t]*$")
ITALIC = re.compile(r"\s*(?:\*(?!\*)|_(?!_))")
FEWEST_LABELLED = 2  # lines that say that they are chapters', beside headings that do not
LONGEST_NUMBER = 30  # characters of a number in words that stands alone
LONGEST_HEADING = 80  # characters of a line that may be a heading without saying so


@dataclass(frozen=True)
class Heading:
    """A heading: its level, its words, and the lines (from 0) where it begins and where what is below it does.

    `language` is that of its manuscript, empty where that is not known.
    """

    level: int
    text: str
    index: int
    below: int
    language: str = ""

    @property
    def bare(self) -> str:
        """Its words as they stand, without attributes."""
        return tidy_title(UNNUMBERED.sub("", self.text))

    @property
    def title(self) -> str:
        """Its words as a title."""
        return titled(self.text, self.language)

    @property
    def unnumbered(self) -> bool:
        """Whether it says that it is to have no number, as pandoc has it."""
        return bool(UNNUMBERED.search(self.text)) or not {"-", ".unnumbered"}.isdisjoint(
            split_attributes(self.text)[1].split()
        )

    @property
    def number(self) -> int | None:
        """The chapter's number that it has, None where there is none."""
        bare = self.bare
        label = labels.read(bare)
        if label is not None:
            return label.number if label.kind == "chapter" else None
        return numbers.number(bare, self.language)

    @property
    def numbered(self) -> bool:
        """Whether it says by itself that it is a chapter's."""
        return self.number is not None or _is_prologue(self.bare)

    @property
    def part(self) -> bool:
        """Whether it says by itself that it is a part's."""
        return labels.labelled(self.bare, "part")

    @property
    def id(self) -> str:
        """The identity that it was given, empty where there is none."""
        return slug(id_in(split_attributes(self.text)[1]))


def headings(text: str, language: str = "") -> list[Heading]:
    """Return all headings of a text in Markdown; where it has none, the lines that stand alone and say so."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    fenced = _fenced(lines)
    marks: list[Heading] = []
    for index, line in enumerate(lines):
        if index in fenced:
            continue
        alone = not index or not lines[index - 1].strip()
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if atx := HEADING.match(line):
            marks.append(Heading(len(atx[1]), atx[2] or "", index, index + 1, language))
        elif alone and _short(line) and (level := _underlined(line, below)):
            marks.append(Heading(level, line, index, index + 2, language))
    # One without a letter or a digit parts two scenes.
    marks = [mark for mark in marks if slug(mark.title)]
    return marks if any(mark.number is not None for mark in marks) else _with_lines(marks, lines, language)


def _with_lines(marks: list[Heading], lines: Sequence[str], language: str) -> list[Heading]:
    """Return headings without numbers, or, where lines say that they are chapters', these below the book's title."""
    alone = _lines_alone(lines, language)
    labelled = [mark for mark in alone if mark.level > 1 and mark.number is not None]
    if marks and len(labelled) < FEWEST_LABELLED:
        return marks
    title = [mark for mark in marks[:1] if alone and mark.index < alone[0].index]
    return [*(replace(mark, level=0) for mark in title), *alone]


def _underlined(line: str, below: str) -> int:
    """Return the level of a heading by the line below it, 0 for none: a rule below a sentence parts two scenes."""
    under = UNDERLINE.match(below)
    if not under or (under[1].startswith("-") and SENTENCE_END.search(line[-3:])):
        return 0
    return 1 if under[1].startswith("=") else 2


def _fenced(lines: Sequence[str]) -> set[int]:
    """Return the lines of blocks of code; a fence that nothing closes opens none, nor do tildes that stand alone."""
    fenced: set[int] = set()
    start, mark = 0, ""
    for index, line in enumerate(lines):
        if not (fence := FENCE.match(line)) or _tildes_alone(lines, index):
            continue
        if not mark:
            start, mark = index, fence[1]
        elif line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            fenced.update(range(start, index + 1))
            mark = ""
    return fenced


def _tildes_alone(lines: Sequence[str], index: int) -> bool:
    """Say whether a line parts two scenes: tildes between two blank lines."""
    around = [*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]]
    return not lines[index].strip(" ~\t") and not any(line.strip() for line in around)


def _short(line: str) -> bool:
    return bool(line.strip()) and len(line) <= LONGEST_HEADING


def _lines_alone(lines: Sequence[str], language: str) -> list[Heading]:
    """Return the lines that say that they are a part's or a chapter's, with the line right below as their title."""
    marks = []
    for index, line in enumerate(lines):
        if not _short(line) or (index and lines[index - 1].strip()):
            continue
        bare = tidy_title(line)
        after = [*lines[index + 1 : index + 3], "", ""]
        two = _short(after[0]) and not after[1].strip()
        if after[0].strip() and not two:
            continue
        text = f"{bare.rstrip('.')}: {tidy_title(after[0])}" if two else bare
        label = labels.read(bare)
        if label is not None and label.kind == "part":
            marks.append(Heading(1, text, index, index + 1 + two, language))
        elif (label is not None and not label.bare) or _is_prologue(bare):
            marks.append(Heading(2, text, index, index + 1 + two, language))
    # In a story of chapters, one that is set in italics is quoted in it.
    quoted = [mark for mark in marks if ITALIC.match(lines[mark.index])]
    marks = [mark for mark in marks if mark not in quoted or len(quoted) == len(marks)]
    return marks if any(mark.level > 1 and mark.number for mark in marks) else _counting(lines, language, marks)


def _counting(lines: Sequence[str], language: str, others: list[Heading]) -> list[Heading]:
    """Return the lines that stand alone and count from one up, with `others`; these alone where nothing counts."""
    marks: list[Heading] = []
    for index, line in enumerate(lines):
        around = [*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]]
        if not line.strip() or len(line.strip()) > LONGEST_NUMBER or any(each.strip() for each in around):
            continue
        value = numbers.number(tidy_title(line).rstrip("."), language)
        if value == len(marks) + 1:
            marks.append(Heading(2, line, index, index + 1, language))
    return sorted([*others, *marks], key=lambda mark: mark.index) if len(marks) > 1 else others


def _is_prologue(title: str) -> bool:
    """Say whether a title is that of a prologue, an epilogue, or what stands between chapters, in any language."""
    return matter.place(title) is not None and not is_matter(title)

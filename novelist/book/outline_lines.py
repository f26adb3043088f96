"""The lines of an outline that may open something: headings, items of lists, bold lines, plain lines, rows of tables.

Pure. Knows how each is written and what it says; not which of them are chapters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from novelist.book.headings import HEADING, tidy_title
from novelist.language import labels

Form = Literal["heading", "item", "bullet", "bold", "plain", "row"]

ITEM = re.compile(r"([0-9]{1,4})[.)][ \t]+(.+)$")
BOLD = re.compile(r"(\*\*|__)(.+?)\1[ \t]*(.*)$")
BLANKS = re.compile(r"[ \t]*")
BULLET = re.compile(r"[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?(.+)$")
ROW = re.compile(r" {0,3}\|(.*)$")
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
IN_BRACKETS = re.compile(r"(?<=[^ \t(])[ \t]*\([^()]{0,80}\)$")
DEEPEST = 12  # blanks before an item that is below another one
LONGEST_LABELLED = 400  # characters of a plain line in which a title is looked for


@dataclass(frozen=True)
class Mark:
    """A line that may open something: its form, what it says, and how deep it stands.

    `level` is 1 to 6 for a heading, 0 for all else. `number` is that of an item; `cells` are those of a row.
    """

    index: int
    level: int
    text: str
    form: Form = "heading"
    indent: int = 0
    number: int = 0
    cells: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Layout:
    """What of an outline's marks opens chapters, and what parts; `ends` only end what stands above them.

    `heading` is the one of `parts` that is the book's title.
    """

    chapters: list[Mark]
    parts: list[Mark]
    heading: Mark | None = None
    ends: list[Mark] = field(default_factory=list)


def headings(lines: list[str]) -> list[Mark]:
    """Return the headings among some lines."""
    return [
        Mark(index, len(match[1]), match[2] or "") for index, line in enumerate(lines) if (match := HEADING.match(line))
    ]


def items(lines: list[str]) -> list[Mark]:
    """Return the numbered items among some lines, but for those below other items."""
    return [
        Mark(index, 0, match[2], "item", number=int(match[1]))
        for index, line in enumerate(lines)
        if (match := ITEM.match(line))
    ]


def labelled(text: str) -> labels.Label | None:
    """Return the label that a text begins with where it says that it is a chapter's, and not by a number alone."""
    label = labels.read(text)
    return label if label is not None and label.kind == "chapter" and not label.bare else None


def others(lines: list[str]) -> list[Mark]:
    """Return the lines that are no headings and begin with a label: nested items, bullets, bold lines, plain ones."""
    return [mark for index, line in enumerate(lines) if (mark := _other(index, line)) is not None]


def _other(index: int, line: str) -> Mark | None:
    match = BLANKS.match(line)
    indent = match.end() if match else 0
    text = line[indent : indent + LONGEST_LABELLED]
    if not text or indent > DEEPEST or text[0] in "#|>":
        return None
    form: Form = "plain"
    number = 0
    if item := ITEM.match(text):
        # `1. Kapitel: Ebbe` is a label, and no item.
        if labelled(text) is None:
            form, number, text = "item", int(item[1]), item[2]
    elif bullet := BULLET.match(text):
        form, text = "bullet", bullet[1]
    if form == "plain" and text.startswith(("**", "__")):
        form = "bold"
    if form == "plain" and indent > 3:
        return None
    full = line[indent:] if form in {"bold", "plain"} else line[line.index(text, indent) :]
    return Mark(index, 0, full, form, indent, number)


def stands_alone(lines: list[str], index: int) -> bool:
    """Say whether there is nothing right above a line."""
    return not index or not lines[index - 1].strip()


def bare(mark: Mark) -> str:
    """Return what a mark says before what it tells, and before brackets: a heading's words, a line's bold ones.

    `Act I (Chapters 1-7)` is a part's heading.
    """
    return IN_BRACKETS.sub("", _bare(mark))


def _bare(mark: Mark) -> str:
    if mark.form == "heading":
        return tidy_title(mark.text)
    match = BOLD.match(mark.text[:LONGEST_LABELLED])
    return tidy_title(match[2] if match else mark.text[:LONGEST_LABELLED])


def rows(lines: list[str]) -> list[list[Mark]]:
    """Return the tables among some lines, each as its rows, the first of which is its header."""
    tables: list[list[Mark]] = []
    last = -2
    for index, line in enumerate(lines):
        if not (match := ROW.match(line)):
            continue
        cells = tuple(cell.strip() for cell in BETWEEN_CELLS.split(match[1].rstrip().removesuffix("|")))
        if index != last + 1:
            tables.append([])
        last = index
        if any(cell.strip(":-") for cell in cells):
            tables[-1].append(Mark(index, 0, "", "row", cells=cells))
    return tables

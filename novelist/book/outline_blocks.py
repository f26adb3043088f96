"""An outline as blocks of lines: the chapters, the headings of parts and what else stands there. And back to its text.

Pure. Whatever becomes of the blocks, every line that is in none of them, each line end and the end of the file are as
they were. Knows no titles and no numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from novelist.book import outline_text, placeholder
from novelist.book.headings import RULE
from novelist.book.outline_lines import bare
from novelist.language import labels
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.outline_lines import Mark

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
Kind = Literal["chapter", "part", "other"]


@dataclass(frozen=True)
class Block:
    """What opens a chapter, a part or something else, with the lines from there on, and those that part it from others.

    `number` is a chapter's, from 1; `gap` are the blank lines and rules above it; so many lines are the `opening` ones.
    `inside` are what the reader takes for blocks in a code block of it, which is never cut.
    """

    kind: Kind
    lines: tuple[str, ...]
    gap: tuple[str, ...] = ()
    mark: Mark | None = None
    number: int = 0
    opening: int = 1
    inside: tuple[Block, ...] = ()

    def flat(self) -> Iterator[Block]:
        """Yield it, and all that is inside of it."""
        yield self
        for block in self.inside:
            yield from block.flat()


@dataclass(frozen=True)
class Blocks:
    """All blocks of a text, in order; `above` are the lines before them, `below` the blank ones behind."""

    above: tuple[str, ...]
    blocks: tuple[Block, ...]
    below: tuple[str, ...]
    line_end: str
    ends_bare: bool
    bom: str = ""

    def text(self) -> str:
        """Return the text of them."""
        lines = [*self.above]
        for block in self.flat():
            lines += [*block.gap, *block.lines]
        text = self.bom + "\n".join([*lines, *self.below])
        return text.removesuffix(self.line_end) if self.ends_bare else text

    def flat(self) -> Iterator[Block]:
        """Yield all blocks, and what is inside of each."""
        for block in self.blocks:
            yield from block.flat()

    def place(self, number: int) -> int:
        """Return which of the blocks is chapter `number`, or has it inside."""
        return self._places[number]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {each.number: at for at, block in enumerate(self.blocks) for each in block.flat()}

    def with_blocks(self, blocks: Sequence[Block]) -> Blocks:
        """Return these with others in their place."""
        return replace(self, blocks=tuple(blocks))

    def moved(self, at: int, to: int) -> Blocks:
        """Return them with the block at `at` right before the one that is at `to`, or behind that, where it goes down.

        It takes the gap on the side that it comes from with it: the others keep theirs.
        """
        blocks = list(self.blocks)
        moving = blocks.pop(at)
        if to > at:
            blocks[at] = replace(after := blocks[at], gap=moving.gap)
            blocks.insert(to, replace(moving, gap=after.gap))
        else:
            blocks.insert(to, replace(moving, gap=(pushed := blocks[to]).gap))
            blocks[to + 1] = replace(pushed, gap=moving.gap)
        return self.with_blocks(blocks)


def blocks(text: str, path: Path, title: str, language: str) -> Blocks:
    """Return the blocks of an outline in a book of this title and language. Raises BookError."""
    bom, text = text[: text.startswith(BOM)], text.removeprefix(BOM)  # it stays where it is, whatever moves
    line_end = "\r\n" if "\r\n" in text else "\n"
    ends_bare = not text.endswith("\n")
    if ends_bare:
        text += line_end
    reader = outline_text.reader(placeholder.without(text), path, title, language)
    layout = reader.layout()
    chapters, parts = set(layout.chapters), set(layout.parts)
    # A part without a chapter, before all others, is read as the book's title: it is one again with a chapter below it.
    if (heading := layout.heading) and (reader.names_book(heading) or not labels.labelled(bare(heading), "part")):
        parts.discard(heading)
    marks = sorted({*layout.chapters, *layout.parts, *layout.ends}, key=lambda mark: mark.index)
    lines = text.split("\n")
    fenced = _fenced(lines)
    starts = [mark.index + reader.offset for mark in marks]
    above, gap = _cut(lines[: starts[0] if starts else len(lines)], 0)
    all_blocks: list[Block] = []
    number = 0
    for mark, start, end in zip(marks, starts, [*starts[1:], len(lines)], strict=False):
        kind: Kind = "chapter" if mark in chapters else "part" if mark in parts else "other"
        number += kind == "chapter"
        opening = reader.below(mark) - mark.index
        own, below = _cut(lines[start:end], opening)
        rest = own[1:] if mark.form == "row" else ()
        block = Block(kind, own[:1] if rest else own, gap, mark, number if kind == "chapter" else 0, opening)
        if fenced[start] and all_blocks:
            all_blocks[-1] = replace(all_blocks[-1], inside=(*all_blocks[-1].inside, block))
        else:
            all_blocks.append(block)
        if rest:  # what stands below a table belongs to none of its rows
            all_blocks.append(Block("other", rest))
        gap = below
    return Blocks(above, tuple(all_blocks), gap, line_end, ends_bare, bom)


def _fenced(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it is in a code block that is opened by a fence and has an end."""
    inside = [False] * len(lines)
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        match = FENCE.match(line)
        if match is None:
            continue
        if opened is None:
            opened = index, match[1]
        elif match[1].startswith(opened[1]) and not match[2].strip():
            inside[opened[0] + 1 : index] = [True] * (index - opened[0] - 1)
            opened = None
    return inside


def _cut(lines: Sequence[str], opening: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lines without the blank ones and the rules that end them, and these; the first few stay in any case.

    A rule right below a line is that line's.
    """
    end = len(lines)
    while end > opening and (not lines[end - 1].strip() or RULE.match(lines[end - 1].rstrip("\r"))):
        end -= 1
    while 0 < end < len(lines) and lines[end].strip():
        end += 1
    return tuple(lines[:end]), tuple(lines[end:])

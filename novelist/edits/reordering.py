"""A chapter of the outline moved, put in, or its number taken from it: other lines where they must be, and no others.

A text to another text, and that into its file; the outline as it was goes to history. Files of chapters follow with the
next command, as they do whoever has edited the outline. What would have the outline read otherwise than is meant is
refused. Asks no model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from novelist.book import landing, outline_numbers, outline_text, placeholder
from novelist.book.headings import attributed, id_in, split_attributes, tidy_text, tidy_title
from novelist.book.outline import Part, Section
from novelist.book.outline_blocks import Block, blocks
from novelist.edits.resection import sections_there
from novelist.errors import BookError
from novelist.language import labels, matter
from novelist.targets.source import OutlineTarget
from novelist.text import printable, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.book.outline import Outline
    from novelist.book.outline_blocks import Blocks
    from novelist.targets.snapshot import Snapshot

UNNUMBERED = ".unnumbered"


@dataclass(frozen=True)
class Ordered:
    """The text of an outline as chapters in an order, in a book of a title and a language."""

    text: str
    path: Path
    title: str = ""
    language: str = ""

    def read(self, text: str) -> Outline:
        """Return how a text of it is read. Raises BookError."""
        return outline_text.parse(placeholder.without(text), self.path, self.title, self.language)

    @cached_property
    def outline(self) -> Outline:
        """How it is read. Raises BookError."""
        return self.read(self.text)

    @cached_property
    def blocks(self) -> Blocks:
        """Its blocks. Raises BookError."""
        return blocks(self.text, self.path, self.title, self.language)

    @cached_property
    def sections(self) -> Mapping[int, Section]:
        """Its sections by their numbers, from 1."""
        return dict(enumerate(self.outline.sections, 1))


def is_movable(ordered: Ordered, number: int, *, up: bool) -> bool:
    """Say whether there is a chapter or a part above a chapter, or below it, that it can be moved over."""
    return _over(ordered, number, up=up) is not None


def moved(ordered: Ordered, number: int, *, up: bool) -> str:
    """Return the text with a chapter moved over the chapter or the part's heading above it, or below it.

    Raises BookError.
    """
    section, to = ordered.sections[number], _over(ordered, number, up=up)
    if to is None:
        message = (
            f"`{section.title}` has nothing on that side that it could be moved over. Move it in the file, by hand."
        )
        raise BookError(ordered.path, section.line, message)
    after = ordered.blocks.moved(ordered.blocks.place(number), to)
    message = f"`{section.title}` moved would be read otherwise, or its number be wrong. Move it in the file, by hand."
    return _first(ordered, [after], ordered.sections, BookError(ordered.path, section.line, message))


def inserted(ordered: Ordered, behind: int, title: str) -> str:
    """Return the text with a new chapter behind the one that is number `behind`. Raises BookError."""
    title = tidy_title(printable(title))
    section = ordered.sections[behind]
    if not title:
        message = "a chapter without a title. Give it one."
        raise BookError(ordered.path, section.line, message)
    if not slug(title):
        message = f"`{title}` gives no name for a file. Choose a title with a letter or a digit in it."
        raise BookError(ordered.path, section.line, message)
    ids = {each.id for each in ordered.outline.sections}
    identity = next(each for each in _names(slug(title)) if each not in ids)
    new = Section(identity, title, "", apart=matter.stands_apart(title))
    message = f"`{title}` has no place in its form, or would be no chapter there. Write it in the file, by hand."
    key = len(ordered.sections) + 1
    sections = {**ordered.sections, key: new}
    candidates = _with_new(ordered, behind, key, new)
    return _first(ordered, candidates, sections, BookError(ordered.path, section.line, message))


def with_numbering(ordered: Ordered, number: int, *, numbered: bool) -> str:
    """Return the text in which readers see a number above a chapter, or none. Raises BookError."""
    section = ordered.sections[number]
    at = ordered.blocks.place(number)
    sections = {**ordered.sections, number: replace(section, unnumbered=not numbered)}

    def words(there: list[str]) -> list[str]:
        kept = [word for word in there if word not in {"-", UNNUMBERED}]
        return kept if numbered else [*kept, UNNUMBERED]

    block = ordered.blocks.blocks[at]
    line, carriage = block.lines[0].removesuffix("\r"), "\r" * block.lines[0].endswith("\r")
    plain = replace(block, lines=(f"{attributed(line, section.title, words)}{carriage}", *block.lines[1:]))
    if numbered:
        pattern = _template(ordered, number)
        labelled = _with_label_of(pattern, plain, ordered.sections[pattern.number], section) if pattern else None
        either = [labelled, plain] if labelled else [plain]
    else:
        either = [outline_numbers.without_number(plain, ordered.language), plain]
    all_blocks = ordered.blocks.blocks
    candidates = [ordered.blocks.with_blocks([*all_blocks[:at], each, *all_blocks[at + 1 :]]) for each in either]
    message = f"its form has no place to say whether `{section.title}` has a number. Say it in the file, by hand."
    return _first(ordered, candidates, sections, BookError(ordered.path, section.line, message))


def ordered_there(snapshot: Snapshot) -> Ordered:
    """Return the outline that is there. Raises BookError where there is none, or it is read as by an older novelist."""
    text, _ = sections_there(snapshot)
    premise = snapshot.premise
    return Ordered(text, snapshot.book.outline, premise.title, premise.language)


def put(snapshot: Snapshot, before: str, now: str) -> Path | None:
    """Put `now` in place of the outline's text `before`, and return where that is in history. Raises BookError."""
    kept = landing.put(snapshot.book, snapshot.book.outline, OutlineTarget.identity, now, before)
    snapshot.forget(snapshot.book.outline)
    return kept


def _over(ordered: Ordered, number: int, *, up: bool) -> int | None:
    all_blocks, at = ordered.blocks.blocks, ordered.blocks.place(number)
    way = range(at - 1, -1, -1) if up else range(at + 1, len(all_blocks))
    if all_blocks[at].number != number:
        return None  # it is in a code block of another one
    return next((place for place in way if all_blocks[place].kind != "other"), None)


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, 10_000))


def _with_new(ordered: Ordered, behind: int, key: int, new: Section) -> Iterator[Blocks]:
    """Yield the blocks with a new chapter, written as those around it are: with a number and an id where they are."""
    all_blocks, at = ordered.blocks.blocks, ordered.blocks.place(behind)
    pattern = _template(ordered, behind) or all_blocks[at]
    carriage = "\r" * pattern.lines[0].endswith("\r")
    gap = _gap_between(all_blocks, at, pattern, carriage)
    for line in _written(pattern, ordered.sections[pattern.number], new):
        block = Block("chapter", (f"{line}{carriage}",), gap, pattern.mark, key)
        yield ordered.blocks.with_blocks([*all_blocks[: at + 1], block, *all_blocks[at + 1 :]])


def _written(pattern: Block, own: Section, new: Section) -> Iterator[str]:
    """Yield the lines that may open a new chapter, the one that is most like the pattern first."""
    line = pattern.lines[0].removesuffix("\r")
    form = pattern.mark.form if pattern.mark else ""
    start = line.find(own.title)
    bare: list[str] = []
    if start >= 0 and not new.apart and form != "row":
        end = start + len(own.title)
        closing = line[end : len(line) - len(line[end:].lstrip("*_"))]
        bare.append(f"{line[:start]}{new.title}{closing}")
    if form == "heading":
        bare.append(f"{line[: len(line) - len(line.lstrip(' #'))]}{new.title}")
    has_ids = bool(id_in(split_attributes(line)[1])) or new.id != slug(new.title)
    for each in bare:
        named = attributed(each, new.title, lambda words: [*words, f"#{new.id}"])
        yield from (named, each) if has_ids else (each, named)


def _gap_between(all_blocks: Sequence[Block], at: int, pattern: Block, carriage: str) -> tuple[str, ...]:
    """Return what parts a new chapter from the one above it: what parts chapters there."""
    pairs = [(one, after) for one, after in pairwise(all_blocks) if one.kind == after.kind == "chapter"]
    near = sorted(pairs, key=lambda pair: all_blocks[at] not in pair)
    if near:
        return near[0][1].gap
    return (carriage,) if pattern.mark is not None and pattern.mark.form != "item" else ()


def _template(ordered: Ordered, number: int) -> Block | None:
    """Return the chapter with a number that stands nearest to one, and is written as that is; None for none."""
    at = ordered.blocks.place(number)
    own = ordered.blocks.blocks[at].mark
    near = [
        (labels.only(ordered.sections[block.number].title, "chapter"), abs(place - at), place)
        for place, block in enumerate(ordered.blocks.blocks)
        if block.kind == "chapter" and ordered.sections[block.number].numbered and own and block.mark
        if (block.mark.form, block.mark.level) == (own.form, own.level)
    ]
    return ordered.blocks.blocks[min(near)[2]] if near else None


def _with_label_of(pattern: Block, block: Block, own: Section, section: Section) -> Block | None:
    """Return a chapter's heading with what stands before the title in another one: its hashes and its number."""
    line, titled = block.lines[0], pattern.lines[0]
    at, start = line.find(section.title), titled.find(own.title)
    if at < 0 or start < 0 or block.mark is None or block.mark.form != "heading":
        return None
    return replace(block, lines=(f"{titled[:start]}{line[at:]}", *block.lines[1:]))


def _first(
    ordered: Ordered, candidates: Sequence[Blocks] | Iterator[Blocks], sections: Mapping[int, Section], error: BookError
) -> str:
    """Return the text of the first of some blocks that is read as is meant, its numbers set right. Raises `error`."""
    for after in candidates:
        right = outline_numbers.renumbered(
            ordered.blocks.blocks, after.blocks, ordered.sections, sections, ordered.language
        )
        if right is not None:
            numbered = after.with_blocks(right)
            text = numbered.text()
            if _is_meant(ordered, text, numbered, sections):
                return text
    raise error


def _is_meant(ordered: Ordered, text: str, meant: Blocks, sections: Mapping[int, Section]) -> bool:
    """Say whether a text is read as these blocks are meant: the same chapters, in this order, in these parts."""
    try:
        after = ordered.read(text)
    except BookError:
        return False
    parts: list[Part] = []
    wanted: list[Section] = []
    part: Part | None = None
    for block in meant.flat():
        if block.kind == "part" and block.mark is not None and (heading := tidy_title(block.mark.text)):
            part = Part(heading, tidy_text("\n".join(block.lines[block.opening :])))
        elif block.kind == "chapter":
            if part is not None:
                parts.append(part)
                part = None
            wanted.append(replace(sections[block.number], part=len(parts) - 1 if parts else None))
    same_head = (after.title, after.about) == (ordered.outline.title, ordered.outline.about)
    pairs = zip(wanted, after.sections, strict=False)
    return (
        same_head
        and list(after.parts) == parts
        and len(wanted) == len(after.sections)
        and all(_is_same(one, other) for one, other in pairs)
    )


def _is_same(wanted: Section, section: Section) -> bool:
    """Say whether a section is the one that is meant; one that is called by its number only, by its new one."""
    by_number = labels.only(wanted.title, "chapter") and labels.only(section.title, "chapter")
    return wanted == (replace(section, title=wanted.title) if by_number else section)

"""The outline: parts and sections in the order of the book. Knows neither how they are written nor their files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING, Any

from novelist.book.premise import Span
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Fronts = Callable[[str], Mapping[str, object] | None]


@dataclass(frozen=True)
class Part:
    """A run of chapters under a heading such as `Part One: The Arrival`, with what the author says of it.

    Its `name` is the heading without its label: `The Arrival`; all of it where there is nothing else.
    """

    heading: str
    text: str = ""
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.name:
            from novelist.language import labels  # noqa: PLC0415 - a build with nothing to do knows the names already

            label = labels.read(self.heading)
            name = self.heading[label.end :] if label is not None and label.kind == "part" else ""
            object.__setattr__(self, "name", name or self.heading)


@dataclass(frozen=True)
class Section:
    """One chapter's entry: its identity, its title, what happens in it, and the part (from 0) it stands in.

    It is `unnumbered` where its author says so, and stands `apart` where its title does, as a prologue's. `model` is
    the name of the model that writes it, empty where that is the book's; so is `stale`, what becomes of it then.
    """

    id: str
    title: str
    text: str
    part: int | None = None
    words: Span | None = None
    line: int = field(default=0, compare=False)
    unnumbered: bool = False
    apart: bool = field(default=False, compare=False)
    model: str = ""
    stale: str = ""

    @property
    def numbered(self) -> bool:
        """Whether readers see a number above it."""
        return not (self.unnumbered or self.apart)


@dataclass(frozen=True)
class Outline:
    """Parts and sections in the order of the book; `older` is another reading of the same file, for `as_filed`.

    `passed_over` are prologues and the like that would be chapters, had the book not been finished without them.
    """

    title: str
    about: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    older: Outline | None = field(default=None, compare=False)
    passed_over: tuple[Section, ...] = field(default=(), compare=False)

    @cached_property
    def numbers(self) -> list[int | None]:
        """The number that readers see above each chapter, None above one that has none."""
        numbers: list[int | None] = []
        last = 0
        for section in self.sections:
            last += section.numbered
            numbers.append(last if section.numbered else None)
        return numbers

    def part_of(self, section: Section) -> Part | None:
        """Return the part that `section` stands in."""
        return None if section.part is None else self.parts[section.part]

    def part_name(self, section: Section) -> str | None:
        """Return the name of the part that `section` stands in."""
        part = self.part_of(section)
        return part.name if part else None


def as_filed(
    outline: Outline, front_of: Fronts, section_of: Callable[[str], str] = lambda _: "", *, whole: bool = False
) -> Outline:
    """Return an outline as the files of its book know it: what an upgrade reads otherwise stays as it was filed.

    `front_of` gives the front matter of the files of an identity, None where there are none; `section_of` the digest of
    the section that its chapter was written from; `whole` is whether the book has been put together.
    """
    return _numbered_as_filed(_read_as_filed(outline, front_of, section_of, whole=whole), front_of)


def _numbered_as_filed(outline: Outline, front_of: Fronts) -> Outline:
    """Return an outline in which prologues have numbers where the files of the book say so.

    An older novelist numbered them, and a finished book keeps the numbers that it has: one file with such a number has
    all of them counted. What its author calls unnumbered is not.
    """

    def filed(section: Section) -> bool:
        front = front_of(section.id)
        return front is not None and "number" in front and front.get("title") == section.title

    apart = (section for section in outline.sections if section.apart and not section.unnumbered)
    if not any(map(filed, apart)):
        return outline
    return replace(outline, sections=tuple(replace(section, apart=False) for section in outline.sections))


def _read_as_filed(outline: Outline, front_of: Fronts, section_of: Callable[[str], str], *, whole: bool) -> Outline:
    """Return an outline with a section by its older reading where its file goes by that.

    A label that an older novelist did not know was part of the title, and so of the identity, of a chapter that is
    finished: an upgrade gives it no other name, no other title and no other part, since then the file would move and
    book.md be made again. Where the readings differ in what is a chapter or a part, one file of the older one makes it
    the reading of the whole, and a finished book has no more chapters than it had.
    """
    if outline.older is None:
        return outline
    older = _read_as_filed(outline.older, front_of, section_of, whole=whole)
    newer = replace(outline, older=None)
    if [section.line for section in newer.sections] != [section.line for section in older.sections]:
        if not _has_chapters_of(older, newer, front_of, whole=whole):
            return _as_written(newer, older, section_of)
        chapters = {section.line for section in older.sections}
        apart = (section for section in newer.sections if section.apart and section.line not in chapters)
        return replace(older, passed_over=tuple(apart))
    pairs = list(zip(newer.sections, older.sections, strict=True))

    def filed_by_older(new: Section, old: Section) -> bool:
        front = front_of(old.id)
        if front is None or old.id != new.id:
            return front is not None
        # A page without a number is a person's, who names no part in it.
        return "number" in front and front.get("part") == older.part_name(old) != newer.part_name(new)

    if [new.part for new, _ in pairs] != [old.part for _, old in pairs] and any(starmap(filed_by_older, pairs)):
        return older
    sections = []
    named: dict[int, str] = {}
    for new, old in pairs:
        front = front_of(old.id)
        filed = front is not None and (old.id != new.id or front.get("title") == old.title != new.title)
        sections.append(replace(new, id=old.id, title=old.title, text=old.text) if filed else new)
        part_name = older.part_name(old)
        if new.part is not None and part_name is not None and front is not None and front.get("part") == part_name:
            named[new.part] = part_name
    if len({section.id for section in sections}) < len(sections):
        return older
    parts = (replace(part, name=named.get(place, part.name)) for place, part in enumerate(newer.parts))
    return _as_written(replace(newer, parts=tuple(parts), sections=tuple(sections)), older, section_of)


def _has_chapters_of(older: Outline, newer: Outline, front_of: Fronts, *, whole: bool) -> bool:
    """Say whether the files of a book are those of the chapters of an older reading."""
    older_places, newer_places = _places(older), _places(newer)
    if any(front_of(identity) is not None for identity in older_places.keys() - newer_places.keys()):
        return True
    added = newer_places.keys() - older_places.keys()
    if any(front_of(identity) is not None for identity in added) or not older_places.keys() <= newer_places.keys():
        return False
    fronts = {identity: front for identity in older_places if (front := front_of(identity)) is not None}
    moved = (
        said == old != new
        for identity, front in fronts.items()
        if "number" in front
        for said, old, new in zip(
            (front["number"], front.get("part")), older_places[identity], newer_places[identity], strict=True
        )
    )
    return any(moved) or (whole and bool(added) and len(fronts) == len(older_places))


def _places(outline: Outline) -> dict[str, tuple[str, str | None]]:
    """Return the number and the part of each section by its identity, as the files of chapters have them."""
    return {section.id: (str(number), outline.part_name(section)) for number, section in enumerate(outline.sections, 1)}


def _as_written(newer: Outline, older: Outline, section_of: Callable[[str], str]) -> Outline:
    """Return a reading with the older one's text of a section whose chapter was written from that."""
    texts = {section.id: section.text for section in older.sections}
    sections = (
        replace(section, text=text)
        if (text := texts.get(section.id, section.text)) != section.text and section_of(section.id) == digest(text)
        else section
        for section in newer.sections
    )
    return replace(newer, sections=tuple(sections))


def dump(outline: Outline) -> list[Any]:
    """Return an outline as JSON holds it."""
    parts = [[part.heading, part.text, part.name] for part in outline.parts]
    sections = [
        [
            *(section.id, section.title, section.text, section.part),
            *(section.words and list(vars(section.words).values()), section.line, section.unnumbered, section.apart),
            *(section.model, section.stale),
        ]
        for section in outline.sections
    ]
    return [outline.title, outline.about, parts, sections, outline.older and dump(outline.older)]


def undump(dumped: list[Any]) -> Outline:
    """Return the outline that `dump` gave."""
    title, about, parts, sections, older = dumped
    read = (
        Section(identity, named, text, part, Span(*words) if words else None, line, *others)
        for identity, named, text, part, words, line, *others in sections
    )
    return Outline(title, about, tuple(Part(*part) for part in parts), tuple(read), older and undump(older))

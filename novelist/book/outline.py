"""The outline: parts and sections in the order of the book. Knows neither how they are written nor their files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING, Any

from novelist.book.premise import Span

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

    It is `unnumbered` where its author says so, and stands `apart` where its title does, as a prologue's.
    """

    id: str
    title: str
    text: str
    part: int | None = None
    words: Span | None = None
    line: int = field(default=0, compare=False)
    unnumbered: bool = False
    apart: bool = field(default=False, compare=False)

    @property
    def numbered(self) -> bool:
        """Whether readers see a number above it."""
        return not (self.unnumbered or self.apart)


@dataclass(frozen=True)
class Outline:
    """Parts and sections in the order of the book; `older` is another reading of the same file, for `as_filed`."""

    title: str
    about: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    older: Outline | None = field(default=None, compare=False)

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


def as_filed(outline: Outline, front_of: Fronts) -> Outline:
    """Return an outline as the files of its book know it: what an upgrade reads otherwise stays as it was filed.

    `front_of` gives the front matter of the files of an identity, None where there are none.
    """
    return _numbered_as_filed(_named_as_filed(outline, front_of), front_of)


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


def _named_as_filed(outline: Outline, front_of: Fronts) -> Outline:
    """Return an outline with a section by its older reading where its file goes by that.

    A label that an older
    novelist did not know was part of the title, and so of the identity, of a chapter that is finished: an upgrade gives
    it no other name, no other title and no other part, since then the file would move and book.md be made again. Where
    the readings differ in what is a chapter or a part, one file of the older one makes it the reading of the whole.
    """
    older = outline.older
    if older is None:
        return outline
    if [section.line for section in outline.sections] != [section.line for section in older.sections]:
        known = {section.id for section in outline.sections}
        only_older = [section.id for section in older.sections if section.id not in known]
        return older if any(front_of(identity) is not None for identity in only_older) else replace(outline, older=None)
    pairs = list(zip(outline.sections, older.sections, strict=True))

    def filed_by_older(new: Section, old: Section) -> bool:
        front = front_of(old.id)
        if front is None or old.id != new.id:
            return front is not None
        # A page without a number is a person's, who names no part in it.
        return "number" in front and front.get("part") == older.part_name(old) != outline.part_name(new)

    if [new.part for new, _ in pairs] != [old.part for _, old in pairs] and any(starmap(filed_by_older, pairs)):
        return older
    sections = []
    named: dict[int, str] = {}
    for new, old in pairs:
        front = front_of(old.id)
        filed = front is not None and (old.id != new.id or front.get("title") == old.title)
        sections.append(replace(new, id=old.id, title=old.title) if filed else new)
        part_name = older.part_name(old)
        if new.part is not None and part_name is not None and front is not None and front.get("part") == part_name:
            named[new.part] = part_name
    if len({section.id for section in sections}) < len(sections):
        return older
    parts = (replace(part, name=named.get(place, part.name)) for place, part in enumerate(outline.parts))
    return Outline(outline.title, outline.about, tuple(parts), tuple(sections))


def dump(outline: Outline) -> list[Any]:
    """Return an outline as JSON holds it."""
    parts = [[part.heading, part.text, part.name] for part in outline.parts]
    sections = [
        [
            *(section.id, section.title, section.text, section.part),
            *(section.words and list(vars(section.words).values()), section.line, section.unnumbered, section.apart),
        ]
        for section in outline.sections
    ]
    return [outline.title, outline.about, parts, sections, outline.older and dump(outline.older)]


def undump(dumped: list[Any]) -> Outline:
    """Return the outline that `dump` gave."""
    title, about, parts, sections, older = dumped
    read = (
        Section(identity, named, text, part, Span(*words) if words else None, line, unnumbered, apart)
        for identity, named, text, part, words, line, unnumbered, apart in sections
    )
    return Outline(title, about, tuple(Part(*part) for part in parts), tuple(read), older and undump(older))

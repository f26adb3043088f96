"""The outline: parts and sections in the order of the book. Knows neither how they are written nor their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from novelist.book.premise import Span


@dataclass(frozen=True)
class Part:
    """A run of chapters under a heading such as `Part One: The Arrival`, with what the author says of it."""

    heading: str
    text: str = ""

    @cached_property
    def name(self) -> str:
        """The heading without its label: `The Arrival`; all of it where there is nothing else."""
        from novelist.book.outline_text import PART  # noqa: PLC0415 - it takes longer to be imported than all the rest here

        return PART.sub("", self.heading, count=1) or self.heading


@dataclass(frozen=True)
class Section:
    """One chapter's entry: its identity, its title, what happens in it, and the part (from 0) it stands in."""

    id: str
    title: str
    text: str
    part: int | None = None
    words: Span | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Outline:
    """Parts and sections in the order of the book."""

    title: str
    about: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]

    def part_of(self, section: Section) -> Part | None:
        """Return the part that `section` stands in."""
        return None if section.part is None else self.parts[section.part]


def dump(outline: Outline) -> list[Any]:
    """Return an outline as JSON holds it."""
    parts = [[part.heading, part.text, part.name] for part in outline.parts]
    sections = [
        [*list(vars(section).values())[:4], section.words and list(vars(section.words).values()), section.line]
        for section in outline.sections
    ]
    return [outline.title, outline.about, parts, sections]


def undump(said: list[Any]) -> Outline:
    """Return the outline that `dump` gave."""
    title, about, parts, sections = said
    read = (
        Section(identity, named, text, part, Span(*words) if words else None, line)
        for identity, named, text, part, words, line in sections
    )
    named = tuple(Part(*part) for *part, _ in parts)
    for part, (*_, name) in zip(named, parts, strict=True):
        vars(part)["name"] = name
    return Outline(title, about, named, tuple(read))

"""The bible: its entities, and which of them a section of the outline names. Knows not how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from novelist.language.inflection import Names
    from novelist.language.table import Inflections


@dataclass(frozen=True)
class Entity:
    """One `##` section: its heading, all its text, and whether every chapter is told of it."""

    heading: str
    text: str
    always: bool = False


@dataclass(frozen=True)
class Bible:
    """The text and its entities in order; `names` are, for each of them, those that are its alone.

    It is `open` where nobody has written it yet. `inflections` are those of the book's language that its names have.
    """

    text: str
    entities: tuple[Entity, ...]
    names: tuple[tuple[str, ...], ...] = field(default=(), compare=False)
    open: bool = False
    inflections: Inflections = field(default=(), compare=False)

    def named_in(self, text: str) -> tuple[Entity, ...]:
        """Return the entities a chapter must honour: those marked `{.always}`, and those that `text` names.

        A name that two entities share names neither. Names are whole words, in any form that the book's language gives
        them; in scripts without spaces, any run of them.
        """
        named = self._as_written_in(text)
        if self.inflections:
            named |= self._inflected.bearers(text)
        return tuple(entity for number, entity in enumerate(self.entities) if number in named)

    @cached_property
    def rules(self) -> tuple[Entity, ...]:
        """The entities that every chapter is told of."""
        return tuple(entity for entity in self.entities if entity.always)

    def named_as_written_in(self, text: str) -> tuple[Entity, ...]:
        """Return the entities that a chapter was told of before names were known in all their forms."""
        named = self._as_written_in(text)
        return tuple(entity for number, entity in enumerate(self.entities) if number in named)

    def _as_written_in(self, text: str) -> set[int]:
        return {
            number
            for number, (entity, names) in enumerate(zip(self.entities, self.names, strict=True))
            if entity.always or any(_says(text, name) for name in names)
        }

    @cached_property
    def _inflected(self) -> Names:
        from novelist.language.inflection import Names  # noqa: PLC0415 - most books are in a language without

        return Names(self.names, self.inflections)

    def aliases(self) -> dict[str, str]:
        """Return the names that are one entity's alone, each with its heading."""
        return {name: entity.heading for entity, names in zip(self.entities, self.names, strict=True) for name in names}


def dump(bible: Bible) -> list[Any]:
    """Return a bible as JSON holds it."""
    entities = [list(vars(entity).values()) for entity in bible.entities]
    return [bible.text, entities, bible.names, bible.open, bible.inflections]


def undump(dumped: list[Any]) -> Bible:
    """Return the bible that `dump` gave."""
    text, entities, names, is_open, inflections = dumped
    return Bible(
        text,
        tuple(Entity(*entity) for entity in entities),
        tuple(map(tuple, names)),
        is_open,
        tuple((end, endings) for end, endings in inflections),
    )


def _says(text: str, name: str) -> bool:
    """Say whether `text` has `name` between characters that are neither letters nor digits."""
    start = text.find(name)
    if start < 0:
        return False
    if not name.isascii():
        from novelist.words import UNSPACED_CHAR  # noqa: PLC0415 - an idle build can do without, and it takes 6 ms

        if UNSPACED_CHAR.search(name):
            return True
    while start >= 0:
        end = start + len(name)
        # What a regular expression would say for `[^\W_]` before and after, which takes ten times as long to be made.
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(name, start + 1)
    return False

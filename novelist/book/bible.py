"""The bible: its entities, and which of them a section of the outline names. Knows not how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entity:
    """One `##` section: its heading, all its text, and whether every chapter is told of it."""

    heading: str
    text: str
    always: bool = False


@dataclass(frozen=True)
class Bible:
    """The text and its entities in order; `names` are, for each of them, those that are its alone.

    It is `open` where nobody has written it yet.
    """

    text: str
    entities: tuple[Entity, ...]
    names: tuple[tuple[str, ...], ...] = field(default=(), compare=False)
    open: bool = False

    def named_in(self, text: str) -> tuple[Entity, ...]:
        """Return the entities a chapter must honour: those marked `{.always}`, and those that `text` names.

        A name that two entities share names neither. Names are whole words; in scripts without spaces, any run of them.
        """
        return tuple(
            entity
            for entity, names in zip(self.entities, self.names, strict=True)
            if entity.always or any(_says(text, name) for name in names)
        )

    def aliases(self) -> dict[str, str]:
        """Return the names that are one entity's alone, each with its heading."""
        return {name: entity.heading for entity, names in zip(self.entities, self.names, strict=True) for name in names}


def dump(bible: Bible) -> list[Any]:
    """Return a bible as JSON holds it."""
    return [bible.text, [list(vars(entity).values()) for entity in bible.entities], bible.names, bible.open]


def undump(dumped: list[Any]) -> Bible:
    """Return the bible that `dump` gave."""
    text, entities, names, is_open = dumped
    return Bible(text, tuple(Entity(*entity) for entity in entities), tuple(map(tuple, names)), is_open)


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

"""bible.md: its text to entities, and which of them a section of the outline names.

Knows the form of the bible and what a name is. Knows nothing of who wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import frontmatter
from novelist.language.names import NOT_NAMES
from novelist.text import normalise

if TYPE_CHECKING:
    from pathlib import Path

KEYS = frozenset({"title", "novelist"})
ENTITY = re.compile(r"^## +(.+?)(?: +#+)? *$", re.MULTILINE)
ALSO = re.compile(r"^(?:\*\*)?Also:(?:\*\*)? *(.+)$", re.MULTILINE | re.IGNORECASE)
ALWAYS = re.compile(r" *\{[^{}]*\.always[^{}]*\} *$")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True)
class Entity:
    """One `##` section: its heading, all its text, and whether every chapter is told of it."""

    heading: str
    text: str
    always: bool = False

    def called(self) -> frozenset[str]:
        """Return its names: heading and aliases, whole, and each capitalised word of them."""
        wholes = [self.heading]
        for line in ALSO.findall(self.text):
            wholes += re.split(r" *[,;] *", line.rstrip(". "))
        words = {word for whole in wholes for word in WORD.findall(whole) if word[0].isupper()} - NOT_NAMES
        return frozenset(words | {whole for whole in wholes if whole})


@dataclass(frozen=True)
class Bible:
    """The text and its entities in order."""

    text: str
    entities: tuple[Entity, ...]

    @cached_property
    def _names(self) -> list[tuple[Entity, list[str]]]:
        """Each entity, and the names that are its alone."""
        called = [(entity, entity.called()) for entity in self.entities]
        shared = Counter(name for _, names in called for name in names)
        return [(entity, sorted(name for name in names if shared[name] == 1)) for entity, names in called]

    def named_in(self, text: str) -> tuple[Entity, ...]:
        """Return the entities a chapter must honour: those marked `{.always}`, and those that `text` names.

        A name that two entities share names neither. Names are whole words; in scripts without spaces, any run of them.
        """
        return tuple(
            entity for entity, names in self._names if entity.always or any(_says(text, name) for name in names)
        )


def dump(bible: Bible) -> list[Any]:
    """Return a bible as JSON holds it."""
    return [bible.text, [list(vars(entity).values()) for entity in bible.entities]]


def undump(said: list[Any]) -> Bible:
    """Return the bible that `dump` gave."""
    return Bible(said[0], tuple(Entity(*entity) for entity in said[1]))


def parse(text: str, path: Path) -> Bible:
    """Return the bible in `text`.

    Raises BookError for front matter that cannot be read.
    """
    read = frontmatter.parse(text, KEYS)
    frontmatter.check(path, read)
    body = normalise(read.body)
    starts = list(ENTITY.finditer(body))
    ends = [*(start.start() for start in starts[1:]), len(body)]
    entities = []
    for start, end in zip(starts, ends, strict=False):
        below = re.split(r"^# ", body[start.end() : end], maxsplit=1, flags=re.MULTILINE)[0]
        heading = ALWAYS.sub("", start[1])
        entities.append(Entity(heading, normalise(f"## {heading}\n{below}"), heading != start[1]))
    return Bible(body, tuple(entities))


def _says(text: str, name: str) -> bool:
    if name not in text:
        return False
    if not name.isascii():
        from novelist.words import UNSPACED_CHAR  # noqa: PLC0415 - an idle build can do without, and it takes 6 ms

        if UNSPACED_CHAR.search(name):
            return True
    return bool(re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text))

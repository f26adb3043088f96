"""bible.md's text to entities, and what each of them is called. Knows nothing of who wrote it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from novelist.book import frontmatter, placeholder
from novelist.book.bible import Bible, Entity
from novelist.book.bounds import MOST_SECTIONS
from novelist.book.headings import split_attributes
from novelist.errors import BookError
from novelist.language import inflection, lookup
from novelist.language.names import NOT_NAMES
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEYS = frozenset({"title", "novelist"})
ENTITY = re.compile(r"^\ufeff?## +(.+)$", re.MULTILINE)  # a BOM stands where files were joined
ALSO = re.compile(r"^(?:\*\*)?Also:(?:\*\*)? *(.+)$", re.MULTILINE | re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def called(entity: Entity) -> frozenset[str]:
    """Return the names of an entity: heading and aliases, whole, and each capitalised word of them."""
    wholes = whole_names(entity)
    words = {word for whole in wholes for word in WORD.findall(whole) if word[0].isupper()} - NOT_NAMES
    return frozenset(words | {whole for whole in wholes if whole})


def whole_names(entity: Entity) -> list[str]:
    """Return the heading and the aliases of an entity."""
    aliases = (re.split("[,;]", line.rstrip(". ")) for line in ALSO.findall(entity.text))
    return [entity.heading, *(name.strip(" ") for each in aliases for name in each)]


def own_names(entities: Sequence[Entity]) -> tuple[tuple[str, ...], ...]:
    """Return for each entity the names that no other one has."""
    names = [called(entity) for entity in entities]
    shared = Counter(name for each in names for name in each)
    return tuple(tuple(sorted(name for name in each if shared[name] == 1)) for each in names)


def parse(text: str, path: Path, language: str = "") -> Bible:
    """Return the bible in `text`, of a book in `language`.

    Raises BookError for front matter that cannot be read.
    """
    page = frontmatter.parse(text, KEYS)
    frontmatter.check(path, page)
    body = normalise(placeholder.without(page.body))
    starts = list(ENTITY.finditer(body))
    if len(starts) > MOST_SECTIONS:
        line = page.header.count("\n") + body.count("\n", 0, starts[MOST_SECTIONS].start()) + 1
        raise BookError(path, line, f"more than {MOST_SECTIONS:,} sections. Keep those that the book needs.")
    ends = [*(start.start() for start in starts[1:]), len(body)]
    entities = []
    for start, end in zip(starts, ends, strict=False):
        below = re.split(r"^# ", body[start.end() : end], maxsplit=1, flags=re.MULTILINE)[0]
        heading, always = _heading(start[1])
        entities.append(Entity(heading, normalise(f"## {heading}\n{below}"), always))
    names = own_names(entities)
    words = [word for each in names for name in each for word in inflection.WORD.findall(name)]
    inflections = inflection.applying(words, lookup.table(language).inflections)
    return Bible(body, tuple(entities), names, placeholder.is_open(page.body), inflections)


def _heading(text: str) -> tuple[str, bool]:
    """Return an entity's heading without closing hashes and `{.always}`, and whether that is there."""
    bare = text.rstrip(" ").rstrip("#")
    whole = bare.rstrip(" ") if bare.endswith(" ") else text.rstrip(" ")
    heading, attributes = split_attributes(whole)
    return (heading, True) if ".always" in attributes else (whole, False)

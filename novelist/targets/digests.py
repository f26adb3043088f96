"""One digest for each part of what a chapter must honour: what a record holds, and a build compares.

Knows which inputs are strong. Held by golden tests: to change one would make every finished book stale.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from novelist.text import as_digest, digest, encoded, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from novelist.book.bible import Entity

# The parts of a brief that a summary remembers, so that a chapter can be drafted again to fit it.
OWN = ("section", "part", "bible", "style", "settings")
TOLD_LETTERS = 7  # of a digest, the first of which is always the same: 24 bits
# The parts that came into briefs after the first records were written.
LATER = ("part", "style", "rules")


def changed_parts(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parts of a brief that are no longer what they were, where a record has the digests `before`.

    One that came into briefs later is not judged where the record lacks it: no upgrade makes a book stale.
    """
    return tuple(part for part, value in now.items() if before.get(part, value if part in LATER else None) != value)


def bible_digest(entities: Sequence[Entity]) -> str:
    """Return the digest of what the bible says of these."""
    return digest("\n\n".join(entity.text for entity in entities))


def told_marks(digests: Iterable[str]) -> str:
    """Return the marks of texts that are told, given the digest of each, by which one that has changed is known."""
    return " ".join(each[1:TOLD_LETTERS] for each in digests)


def settings_digest(words: str, language: str, templates: Sequence[str]) -> str:
    """Return the digest of the settings, and of the templates that the book overrides."""
    return digest("\n".join(settings_lines(words, language, templates)))


def story_digest(digests: Iterable[str]) -> str:
    """Return the digest of texts, given the digest of each: none has to be read to know that nothing has changed."""
    return digest("\n".join(digests))


def whole_story_digests(texts: Iterable[str]) -> Iterator[str]:
    """Yield the digest of no text, of the first, of the first two, and so on, as records had it before arcs.

    Each text has to be read to know it, and only once: it is the digest of all of them with empty lines between.
    """
    whole, gap = sha256(), ""
    begun = False
    yield as_digest(whole)
    for text in map(normalise, texts):
        if text:
            whole.update(encoded(gap + text))
            begun, gap = True, ""
        if begun:
            gap += "\n\n"  # which is left out where nothing follows
        yield as_digest(whole)


def settings_lines(words: str, language: str, templates: Sequence[str]) -> list[str]:
    """Return the settings as lines, with the templates that the book overrides."""
    return [f"words: {words}", f"language: {language}", *templates]

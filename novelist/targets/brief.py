"""What a chapter must honour, as texts and as one digest per part.

Knows which inputs are strong: a change in them makes a chapter stale. Knows nothing of the weak ones that are sent
along (titles, numbers, the premise, the previous chapter), of prompts, or of files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.bible import Entity
    from novelist.book.premise import Span

# The parts of a brief that a summary remembers, so that a chapter can be drafted again to fit it.
OWN = ("section", "bible", "settings")


@dataclass(frozen=True)
class Brief:
    """A chapter's section, the bible's entities it names, the settings, and the story so far.

    `templates` are the prompt templates that the book overrides; `story` is what is told of earlier chapters, in order.
    """

    section: str
    entities: Sequence[Entity]
    words: Span
    language: str
    templates: Sequence[str]
    story: Sequence[str]

    def show(self) -> str:
        """Return the brief as a person reads it, part by part."""
        parts = {
            "section": self.section,
            "bible": "\n\n".join(entity.text for entity in self.entities),
            "settings": "\n".join(_settings(str(self.words), self.language, self.templates)),
            "story": "\n\n".join(map(normalise, self.story)),
        }
        return "".join(f"# {name}\n\n{text}\n\n" for name, text in parts.items())

    def digests(self) -> dict[str, str]:
        """Return the digest of each part, as a record holds them."""
        return {
            "section": digest(self.section),
            "bible": bible_digest(self.entities),
            "settings": settings_digest(str(self.words), self.language, self.templates),
            "story": story_digest(list(map(digest, self.story))),
        }


def bible_digest(entities: Sequence[Entity]) -> str:
    """Return the digest of what the bible says of these."""
    return digest("\n\n".join(entity.text for entity in entities))


def settings_digest(words: str, language: str, templates: Sequence[str]) -> str:
    """Return the digest of the settings, and of the templates that the book overrides."""
    return digest("\n".join(_settings(words, language, templates)))


def story_digest(digests: Sequence[str]) -> str:
    """Return the digest of texts, given the digest of each: none has to be read to know that nothing has changed."""
    return digest("\n".join(digests))


def whole_story_digest(texts: Sequence[str]) -> str:
    """Return the digest of normalised texts as records had it before arcs: they have to be read to know it."""
    return digest("\n\n".join(texts))


def _settings(words: str, language: str, templates: Sequence[str]) -> list[str]:
    return [f"words: {words}", f"language: {language}", *templates]

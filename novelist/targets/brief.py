"""What a chapter must honour, as a person and a model read it.

Knows which inputs are strong: a change in them makes a chapter stale. Knows nothing of the weak ones that are sent
along (titles, numbers, the premise, the previous chapter), of prompts, or of files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.targets.digests import bible_digest, settings_digest, settings_lines, story_digest
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.bible import Entity
    from novelist.book.premise import Span


@dataclass(frozen=True)
class Brief:
    """A chapter's section, the bible's entities it names, the settings, and the story so far.

    `part` is what the outline says of the part it stands in, `style` the voice of the book; either may be empty.
    `templates` are the prompt templates that the book overrides; `story` is what is told of earlier chapters, in order.
    """

    section: str
    entities: Sequence[Entity]
    words: Span
    language: str
    templates: Sequence[str]
    story: Sequence[str]
    part: str = ""
    style: str = ""

    def show(self) -> str:
        """Return the brief as a person reads it, part by part."""
        parts = {
            "section": self.section,
            **({"part": self.part} if self.part else {}),
            "bible": "\n\n".join(entity.text for entity in self.entities),
            **({"style": self.style} if self.style else {}),
            "settings": "\n".join(settings_lines(str(self.words), self.language, self.templates)),
            "story": "\n\n".join(map(normalise, self.story)),
        }
        return "".join(f"# {name}\n\n{text}\n\n" for name, text in parts.items())

    def digests(self) -> dict[str, str]:
        """Return the digest of each part, as a record holds them."""
        return {
            "section": digest(self.section),
            "part": digest(self.part),
            "bible": bible_digest(self.entities),
            "rules": bible_digest([entity for entity in self.entities if entity.always]),
            "style": digest(self.style),
            "settings": settings_digest(str(self.words), self.language, self.templates),
            "story": story_digest(list(map(digest, self.story))),
        }

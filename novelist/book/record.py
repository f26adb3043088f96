"""What a page was written from: the few lines in its front matter from which a build knows whether it is fresh.

Knows the form of a record. Knows no file, and not who is right when a page and its sources disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "1"


@dataclass(frozen=True)
class Record:
    """What a page was written from, in a few lines of its front matter.

    `body` is the digest of the text as drafted, `brief` one digest per part of the brief, `of` the digest of the text
    that a summary sums up (of an arc: of the texts), `covers` the identities of what an arc sums up, at `level` 1
    chapters and at level 2 arcs; `model` and `at` (UTC) are for people only.
    """

    body: str
    brief: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    covers: tuple[str, ...] = ()
    level: int = 0
    model: str = ""
    at: str = ""

    def front(self) -> dict[str, object]:
        """Return the record as it stands under `novelist:`."""
        fields = {
            "brief": dict(self.brief),
            "of": self.of,
            "level": self.level,
            "covers": " ".join(self.covers),
            "body": self.body,
            "model": self.model,
            "at": self.at,
        }
        return {"v": int(VERSION)} | {key: value for key, value in fields.items() if value}

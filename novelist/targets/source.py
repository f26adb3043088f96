"""The bible and the outline: drafted from the premise where they are missing, the author's from then on.

Knows no form of either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.targets.target import Target
from novelist.targets.verdict import judge_source
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.verdict import Verdict


class SourceTarget(Target):
    """A file that chapters are made from, which a draft only begins."""

    @property
    def _premise(self) -> str:
        return digest(self.inputs.premise.idea)

    def fields(self) -> dict[str, Any]:
        """Return the premise as its digest."""
        return {"brief": {"premise": self._premise}}

    def fits(self, record: Record) -> bool:
        """Say whether it was drafted from this premise."""
        return record.brief.get("premise") == self._premise

    def stamped(self, record: Record) -> Record:
        """Return a record with the premise as it is now."""
        return record._replace(brief={**record.brief, "premise": self._premise})

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict: it is never replaced."""
        return judge_source(info, "" if changed else self._premise)


class BibleTarget(SourceTarget):
    """bible.md."""

    kind = "bible"
    about = "the story bible"
    identity = "@bible"

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.bible

    def sources(self) -> Sequence[Path]:
        """Return the premise."""
        return [self.inputs.book.premise]


class OutlineTarget(SourceTarget):
    """outline.md."""

    kind = "outline"
    rank = 1
    about = "parts and chapters"
    identity = "@outline"

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.outline

    def sources(self) -> Sequence[Path]:
        """Return the premise and the bible."""
        return [self.inputs.book.premise, self.inputs.book.bible]

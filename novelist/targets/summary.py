"""A summary: what later chapters need to know of a chapter, made from its text.

Knows its verdict. Asks no model, and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.book.paths import label
from novelist.targets.digests import OWN, changed_parts
from novelist.targets.target import Target
from novelist.targets.verdict import Verdict, judge_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.chapter import ChapterTarget


class SummaryTarget(Target):
    """The summary of a chapter."""

    kind = "summary"
    plural, rank = "summaries", 3
    if_changed = "its chapter is drafted"
    waits = True

    def __init__(self, chapter: ChapterTarget, is_told: Callable[[int], bool]) -> None:
        """Take what says whether what follows a chapter, given by its number, is to be told of it."""
        super().__init__(chapter.inputs)
        self.chapter = chapter
        self.number = chapter.number
        self._is_told = is_told

    @property
    def unread(self) -> bool:
        """Whether it is missing, of a chapter that a person typed, and no chapter that is to be drafted reads it."""
        there = not self.inputs.outlined or self.info is not None
        return not there and self.chapter.typed and not self._is_told(self.number)

    @property
    def name(self) -> str:
        """The name of its task: `summary:07`."""
        return f"summary:{label(self.number, self.inputs.count)}"

    @property
    def about(self) -> str:
        """What it is."""
        return f"what later chapters know of {self.chapter.section.title if self.inputs.outlined else 'it'}"

    @property
    def identity(self) -> str:
        """Its identity: a part of its chapter's."""
        return f"{self.chapter.identity}/summary"

    @property
    def path(self) -> Path:
        """Where it is, under whatever number, or is to be."""
        return self.inputs.locate(self.inputs.book.summaries, self.chapter.identity, self.chapter.file_name)

    @property
    def destination(self) -> Path:
        """Where it will be once the files follow the outline."""
        return self.inputs.book.summaries / self.chapter.file_name

    def made_from(self) -> Sequence[Target]:
        """Return its chapter."""
        return [self.chapter]

    def fields(self) -> dict[str, Any]:
        """Return its chapter's digest, and those parts of the brief that let the chapter be drafted to fit it."""
        digests = self.chapter.digests()
        return {"of": self._of(), "brief": {part: digests[part] for part in OWN}}

    def _of(self) -> str:
        info = self.chapter.info
        return info.digest if info else ""

    def fits(self, record: Record) -> bool:
        """Say whether a summary with this record is of the chapter as it is now."""
        return record.of == self._of()

    def stamped(self, record: Record) -> Record:
        """Return a record of the chapter as it is now."""
        return record._replace(of=self._of() or record.of)

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict."""
        if info is None and not changed and self.unread:
            return Verdict("fresh", "no chapter that is to be drafted reads it")
        return judge_summary(info, None if changed else self._of(), "its chapter")

    def returns(self, verdict: Verdict) -> bool:  # noqa: ARG002 - as for each kind
        """Say that an earlier summary of the same text is as good as a new one."""
        return True

    def fitted(self) -> bool:
        """Say whether the chapter, which is missing, can be drafted to fit it.

        It was made from the chapter's own brief as it is now, or by a person.
        """
        info = self.info
        if info is None or self.chapter.info is not None:
            return False
        digests = self.chapter.digests_named_by(info.record)
        own = {part: digests[part] for part in OWN}
        return info.record is None or not changed_parts(info.record.brief, own)

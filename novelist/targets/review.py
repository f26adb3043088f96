"""A review: what a judge has found in a chapter, in reviews/07-id.md, where its author strikes, edits and adds.

Knows its verdict: stale with its chapter, its section, and the summaries that it quotes. Asks no model, and writes
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.book import reviews
from novelist.book.paths import label
from novelist.errors import BookError
from novelist.prose import quotes
from novelist.targets.digests import story_digest
from novelist.targets.target import NOTHING, Target
from novelist.targets.verdict import Verdict
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.book.reviews import Entry
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.summary import SummaryTarget

UNASKED = "nobody has asked for it"


class ReviewTarget(Target):
    """The review of a chapter."""

    kind = "review"
    plural, rank = "reviews", 4
    waits = True

    def __init__(
        self,
        chapter: ChapterTarget,
        summary: SummaryTarget,
        is_asked: Callable[[str], bool],
        summary_of: Callable[[str], SummaryTarget | None],
    ) -> None:
        """Take what says whether targets of a kind were asked for, and what returns a summary by its chapter's id."""
        super().__init__(chapter.inputs)
        self.chapter = chapter
        self.number = chapter.number
        self._summary = summary
        self._is_asked = is_asked
        self._summary_of = summary_of

    @property
    def name(self) -> str:
        """The name of its task: `review:07`."""
        return f"review:{label(self.number, self.inputs.count)}"

    @property
    def about(self) -> str:
        """What it is."""
        return f"what a judge finds in {self.chapter.section.title if self.inputs.outlined else 'it'}"

    @property
    def identity(self) -> str:
        """Its identity: a part of its chapter's."""
        return f"{self.chapter.identity}/review"

    @property
    def unread(self) -> bool:
        """Whether it is missing: nothing is made from it, and whoever asks for it asks in a run."""
        there = self.inputs.book.by_id(self.inputs.book.reviews) if self.inputs.outlined else {}
        return self.chapter.identity not in there

    @property
    def path(self) -> Path:
        """Where it is, under whatever number, or is to be."""
        return self.inputs.locate(self.inputs.book.reviews, self.chapter.identity, self.chapter.file_name)

    @property
    def destination(self) -> Path:
        """Where it will be once the files follow the outline."""
        return self.inputs.book.reviews / self.chapter.file_name

    def made_from(self) -> Sequence[Target]:
        """Return its chapter, where that is there: nothing is drafted in order to be reviewed."""
        try:
            return [self.chapter] if self.chapter.info is not None else []
        except BookError:
            return [self.chapter]  # what is wrong with its file is told where that is read

    def entries(self) -> list[Entry]:
        """Return the findings in it, those that are struck too."""
        return reviews.read(self.text())

    def left(self) -> list[Entry]:
        """Return those that are neither struck nor asked of a model yet, and that quote what the chapter still says."""
        if self.info is None:
            return []
        info, text = self.chapter.info, self.chapter.text()
        asked = info.record.asked.split() if info is not None and info.record is not None else []
        there = (each for each in self.entries() if not each.struck and each.mark not in asked)
        return [each for each in there if not each.own_quote or quotes.find(text, each.own_quote) is not None]

    def to_mend(self) -> list[Entry]:
        """Return those of them that a revision mends: not what only may be otherwise."""
        return [each for each in self.left() if each.severity != "may"]

    def quoted(self, identities: Sequence[str]) -> str:
        """Return the digest of the summaries of some chapters; one that there is no more is empty."""
        summaries = [self._summary_of(identity) for identity in identities]
        return story_digest(NOTHING if each is None else each.digest() for each in summaries)

    def fields(self) -> dict[str, Any]:
        """Return the digests of its chapter and its section, as they are now."""
        return {"of": self.chapter.digest(), "brief": {"section": digest(self.chapter.section.text)}}

    def fields_by(self, record: Record) -> dict[str, Any]:
        """Return the same by the form of a record, with the digest of the summaries that it quotes."""
        fields = self.fields()
        quoted = {"quoted": self.quoted(record.covers)} if record.covers else {}
        return {**fields, "brief": {**fields["brief"], **quoted}}

    def fits(self, record: Record) -> bool:
        """Say whether a review with this record is of the chapter as it is now, and of what it was held against."""
        return not self._changed(record)

    def _changed(self, record: Record) -> str:
        """Return what is otherwise since a review with this record was made; empty where nothing is."""
        if record.of != self.chapter.digest():
            return "its chapter changed"
        if record.brief.get("section") != digest(self.chapter.section.text):
            return "its part of the outline changed"
        if record.covers and record.brief.get("quoted") != self.quoted(record.covers):
            return "a summary that it quotes changed"
        return ""

    def stamped(self, record: Record) -> Record:
        """Return a record of the chapter and what it was held against as they are now."""
        return record._replace(**self.fields_by(record))

    @property
    def standing(self) -> Verdict:
        """What it is, whether anybody has asked for it or not."""
        info = self.info
        if info is None or info.record is None:
            return Verdict("missing", "no model has read the chapter")
        changed = self._changed(info.record)
        return Verdict("stale", changed) if changed else Verdict("fresh", "its chapter is as it was")

    @property
    def due(self) -> bool:
        """Whether a build asks for it: a person does, or the premise says so of chapters that are newly drafted."""
        if self._is_asked(self.kind):
            return True
        info, summary = self.chapter.info, self._summary.info
        if not self.inputs.premise.review or info is None or info.record is None or info.edited or info.record.base:
            return False
        return summary is None or summary.record is None or summary.record.of != info.digest

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict; of a chapter that is not there, nothing can be found."""
        if self.chapter.info is None and not changed:
            return Verdict("fresh", "its chapter is not there yet")
        if not self.due:
            return Verdict("fresh", UNASKED)
        if changed:
            return Verdict("missing" if info is None else "stale", "its chapter is drafted")
        return self.standing

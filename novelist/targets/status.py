"""The whole book at a glance: each chapter's state and why, its words against those asked for, what was spent.

Asks no model and writes nothing. Knows no terminal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from novelist.book.premise import Span
from novelist.book.reviews import SEVERITIES
from novelist.model import ledger
from novelist.model.spending import spent
from novelist.targets.unsure import unsure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.book.reviews import Entry
    from novelist.model.spending import Spent
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.read import ReadTarget
    from novelist.targets.review import ReviewTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.summary import SummaryTarget
    from novelist.targets.verdict import Verdict

VERSION = 1  # of the JSON

KEPT = "`stale: keep`"  # of a fresh chapter that its author keeps
AGAIN, ADAPTED = "to be written again", "to be adapted"
# What a person is told of a state, and what that means.
MEANINGS: Mapping[str, str] = {
    "fresh": "as drafted, and nothing that it is written from has changed",
    "edited": "edited by you, and nothing that it is written from has changed",
    "yours": "you wrote it, and no build changes it",
    "missing": "not written yet",
    AGAIN: "something that it is written from has changed, and a build drafts it again",
    ADAPTED: "the story before it or the bible has changed, and a build adapts it by edits",
    "kept": "something that it is written from has changed, and it is left as it is",
}


def said(verdict: Verdict) -> str:
    """Return the state of a file, as a person is told it."""
    if verdict.state != "stale":
        return verdict.state
    return ADAPTED if verdict.ripples else AGAIN


@dataclass(frozen=True)
class ReviewStatus:
    """The review of a chapter: `state` is that of its verdict; `left` are the findings neither struck nor mended."""

    state: str
    reason: str
    left: Sequence[Entry] = ()

    @property
    def open(self) -> dict[str, int]:
        """How many are left, by how much they matter."""
        counts = Counter(entry.severity for entry in self.left)
        return {severity: counts[severity] for severity in SEVERITIES}

    def json(self) -> dict[str, Any]:
        """Return it for programs."""
        findings = [
            {
                "severity": entry.severity,
                "paragraph": entry.number,
                "what": entry.what,
                "fix": entry.fix,
                "quotes": list(entry.quotes),
                "where": list(entry.where),
            }
            for entry in self.left
        ]
        return {"state": self.state, "reason": self.reason, "open": self.open, "findings": findings}


@dataclass(frozen=True)
class ReadStatus(ReviewStatus):
    """The reading of the whole book: when, by which model, and how many of its proposals are open."""

    at: str = ""
    model: str = ""
    proposals: int = 0

    def json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {**super().json(), "at": self.at, "model": self.model, "proposals": self.proposals}


@dataclass(frozen=True)
class ChapterStatus:
    """A chapter as it is: `state` is that of its verdict, or `edited` where it is fresh and a hand has edited it.

    It is the `number`th of the book; `printed` is the number that readers see, None where it has none. What is `said`
    of its state is one of MEANINGS.
    """

    number: int
    id: str
    title: str
    part: str
    path: str
    words: int
    asked: Span
    state: str
    reason: str
    summary: Verdict
    review: ReviewStatus
    printed: int | None = None
    said: str = ""

    @property
    def meaning(self) -> str:
        """What its state means."""
        return MEANINGS[self.said]

    @property
    def why(self) -> str:
        """Why it is in its state, where that says more than the state; how its summary and its review are."""
        reasons = [self.reason] if self.state in ("stale", "kept") or self.reason == KEPT else []
        if self.state != "missing" and not self.summary.settled:
            reasons.append(f"its summary is {said(self.summary)}")
        left = [f"{count} {severity}" for severity, count in self.review.open.items() if count]
        if self.review.state != "missing" or left:
            reviewed = "reviewed before it changed" if self.review.state == "stale" else "reviewed"
            reasons.append(f"{reviewed}, {', '.join(left)} open" if left else reviewed)
        return "; ".join(reasons)


@dataclass(frozen=True)
class PageStatus:
    """A page of front or back matter."""

    name: str
    place: str
    path: str
    words: int


@dataclass(frozen=True)
class UnsureStatus:
    """A summary or an arc in which something is unsure: its task, its file, the line that says what, and that."""

    task: str
    path: str
    line: int
    what: str


@dataclass(frozen=True)
class Status:
    """The book; what it has cost is there by the model and its provider, too, in the order in which they began."""

    title: str
    author: str
    language: str
    chapters: Sequence[ChapterStatus]
    spent: Spent
    read: ReadStatus
    matter: Sequence[PageStatus] = ()
    by_model: Mapping[tuple[str, str], Spent] = field(default_factory=dict)
    unsure: Sequence[UnsureStatus] = ()

    @property
    def words(self) -> int:
        """The words of the chapters that there are."""
        return sum(chapter.words for chapter in self.chapters)

    @property
    def asked(self) -> Span:
        """The words asked for, of all chapters."""
        each = [chapter.asked for chapter in self.chapters]
        return Span(sum(asked.low for asked in each), sum(asked.high for asked in each))

    @property
    def written(self) -> int:
        """How many chapters there are of those that there are to be."""
        return len(self.chapters) - self.states["missing"]

    @property
    def share(self) -> float:
        """How much of the book is there, from 0 to 1: by its words and by its chapters, whichever is less."""
        return min(self.words / max(self.asked.low, 1), self.written / max(len(self.chapters), 1))

    @property
    def states(self) -> Counter[str]:
        """How many chapters there are of each state."""
        return Counter(chapter.state for chapter in self.chapters)

    def json(self) -> dict[str, Any]:
        """Return the book for programs. Within a version, keys are added and never taken away."""
        return {
            "version": VERSION,
            "title": self.title,
            "author": self.author,
            "language": self.language,
            "words": self.words,
            "asked": [self.asked.low, self.asked.high],
            "chapters": [
                {
                    "number": chapter.number,
                    "printed": chapter.printed,
                    "id": chapter.id,
                    "title": chapter.title,
                    "part": chapter.part,
                    "path": chapter.path,
                    "words": chapter.words,
                    "asked": [chapter.asked.low, chapter.asked.high],
                    "state": chapter.state,
                    "reason": chapter.reason,
                    "summary": {"state": chapter.summary.state, "reason": chapter.summary.reason},
                    "review": chapter.review.json(),
                }
                for chapter in self.chapters
            ],
            "read": self.read.json(),
            "matter": [vars(page) for page in self.matter],
            "unsure": [vars(each) for each in self.unsure],
            "spent": {
                **self.spent.json(),
                "models": [
                    {"model": model, "provider": provider, **own.json()}
                    for (model, provider), own in self.by_model.items()
                ],
            },
        }


def status(snapshot: Snapshot) -> Status:
    """Return how a book with an outline stands. Raises BookError."""
    premise, calls = snapshot.premise, list(ledger.calls(snapshot.book.ledger))
    chapters = [
        _status(chapter, snapshot.summary(chapter.number), snapshot.review(chapter.number))
        for chapter in snapshot.chapters
    ]
    matter = [PageStatus(page.name, page.place, str(page.path), page.info.words) for page in snapshot.matter]
    doubts = [UnsureStatus(each.target.name, str(each.target.path), each.line, each.what) for each in unsure(snapshot)]
    writers = dict.fromkeys((call.model, call.provider) for call in calls)
    own = {writer: [call for call in calls if (call.model, call.provider) == writer] for writer in writers}
    by_model = {writer: spent(theirs) for writer, theirs in own.items()}
    book = snapshot.title, premise.author, premise.language
    return Status(*book, chapters, spent(calls), read_status(snapshot.reading), matter, by_model, doubts)


def _status(chapter: ChapterTarget, summary: SummaryTarget, review: ReviewTarget) -> ChapterStatus:
    verdict, part, info = chapter.verdict(), chapter.part, chapter.info
    edited = verdict.state == "fresh" and info is not None and info.edited
    kept = chapter.section.stale == "keep" and verdict.state == "fresh"
    return ChapterStatus(
        number=chapter.number,
        id=chapter.identity,
        title=chapter.section.title,
        part=part.heading if part else "",
        path=str(chapter.path),
        words=info.words if info else 0,
        asked=chapter.words_of_record,
        state="edited" if edited else verdict.state,
        reason=KEPT if kept else verdict.reason,
        summary=summary.verdict(),
        review=review_status(review),
        printed=chapter.printed,
        said="edited" if edited else said(verdict),
    )


def review_status(review: ReviewTarget) -> ReviewStatus:
    """Return how the review of a chapter stands. Raises BookError."""
    return ReviewStatus(review.standing.state, review.standing.reason, review.left())


def read_status(reading: ReadTarget) -> ReadStatus:
    """Return how the reading of the whole book stands. Raises BookError."""
    standing, info = reading.standing, reading.info
    record = info.record if info is not None else None
    return ReadStatus(
        state=standing.state,
        reason=standing.reason,
        left=reading.left(),
        at=record.at if record is not None else "",
        model=record.model if record is not None else "",
        proposals=sum(each.state == "open" for each in reading.proposed()),
    )

"""A reading: what a judge has found in the whole book, in reviews/book.md, where its author strikes, edits and adds.

Knows its verdict: stale with the summaries and the outline. Knows what its findings propose, and whether the sections
that these are about are as they were read. Asks no model, and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from novelist.book import reviews
from novelist.errors import BookError
from novelist.targets.digests import story_digest, told_marks
from novelist.targets.review import UNASKED
from novelist.targets.target import NOTHING, Target
from novelist.targets.verdict import Verdict
from novelist.text import counted, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.outline import Section
    from novelist.book.proposals import Proposal
    from novelist.book.record import PageInfo, Record
    from novelist.book.reviews import Entry
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.inputs import Inputs
    from novelist.targets.summary import SummaryTarget

State = Literal["open", "done", "changed", "gone"]


class Proposed(NamedTuple):
    """A section that a finding proposes: `number` names it, `place` is that of its finding in the file.

    `section` is the number of the section in the outline as it is, 0 where it is `gone`. It is `done` where it was
    struck or the section says so already, `changed` where the section is no longer as it was read.
    """

    number: int
    place: int
    entry: Entry
    text: str
    section: int
    state: State


class ReadTarget(Target):
    """reviews/book.md."""

    kind = "read"
    singular, rank = "reading of the whole book", 5
    about = "what a judge finds in the whole book"
    identity = "@read"
    waits = True

    def __init__(
        self,
        inputs: Inputs,
        chapters: Callable[[], Sequence[ChapterTarget]],
        summary: Callable[[int], SummaryTarget],
        is_asked: Callable[[str], bool],
    ) -> None:
        """Take what returns the chapters, and the summary of one, and what says whether a kind was asked for."""
        super().__init__(inputs)
        self._chapters = chapters
        self._summary = summary
        self._is_asked = is_asked

    @property
    def unread(self) -> bool:
        """Whether it is missing: nothing is made from it, and whoever asks for it asks in a run."""
        return self.info is None

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.reading

    @property
    def unsummed(self) -> list[ChapterTarget]:
        """The chapters that are there and have no summary."""
        there = (chapter for chapter in self._chapters() if chapter.info is not None)
        return [chapter for chapter in there if self._summary(chapter.number).info is None]

    def made_from(self) -> Sequence[Target]:
        """Return the summaries of the chapters that are there, but for those of typed ones that nobody has asked for.

        A book is read as it is: neither what is still to be drafted nor a first summary of what was typed is paid for.
        """
        try:
            there = [chapter for chapter in self._chapters() if chapter.info is not None]
            summaries = [(chapter, self._summary(chapter.number)) for chapter in there]
            return [summary for chapter, summary in summaries if summary.info is not None or not chapter.typed]
        except BookError:
            return []  # what is wrong with a file is told where that is read

    def entries(self) -> list[Entry]:
        """Return the findings in it, those that are struck too."""
        return reviews.read(self.text())

    def left(self) -> list[Entry]:
        """Return those that are not struck."""
        return [each for each in self.entries() if not each.struck]

    def proposed(self) -> list[Proposed]:
        """Return what its findings propose, in order; a number names the same one for as long as the file has it."""
        sections = self.inputs.outline.sections
        numbers = {section.id: number for number, section in enumerate(sections, 1)}
        info = self.info
        pairs = info.record.told.split() if info is not None and info.record is not None else []
        proposed: list[Proposed] = []
        for index, entry in enumerate(self.entries()):
            if (each := entry.proposal) is None:
                continue
            number = numbers.get(each.identity, 0) if each.identity else each.number
            section = sections[number - 1] if 1 <= number <= len(sections) else None
            as_read = [pair.partition("/")[2] for pair in pairs if pair.partition("/")[0] == entry.mark]
            state = _state(entry, each, section, as_read)
            at = number if section is not None else 0
            proposed.append(Proposed(len(proposed) + 1, index, entry, each.text, at, state))
        return proposed

    def marked(self, entry: Entry) -> str:
        """Return the mark of a finding with that of the section that it proposes, as it is now; empty without one."""
        if entry.proposal is None or entry.struck:
            return ""
        return f"{entry.mark}/{section_mark(self.inputs.outline.sections[entry.proposal.number - 1])}"

    def fields(self) -> dict[str, Any]:
        """Return the digests of what tells each chapter, and of the outline's sections, as they are now."""
        sections = self.inputs.outline.sections
        outline = digest("\n\n".join(f"{section.title}: {section.text}" for section in sections))
        return {"of": self._of(), "brief": {"outline": outline}}

    def _of(self) -> str:
        """Return the digest of the summaries; a chapter that has none stands for itself."""
        return story_digest(self._told(chapter) for chapter in self._chapters())

    def _told(self, chapter: ChapterTarget) -> str:
        if chapter.info is None:
            return NOTHING
        summary = self._summary(chapter.number)
        return chapter.digest() if summary.info is None else summary.digest()

    def fits(self, record: Record) -> bool:
        """Say whether a reading with this record is of the book as it is now."""
        return not self._changed(record)

    def _changed(self, record: Record) -> str:
        """Return what is otherwise since a reading with this record; empty where nothing is."""
        fields = self.fields()
        if record.of != fields["of"]:
            return "a summary changed"
        return "the outline changed" if dict(record.brief) != fields["brief"] else ""

    def stamped(self, record: Record) -> Record:
        """Return a record of the book as it is now."""
        return record._replace(**self.fields())

    @property
    def standing(self) -> Verdict:
        """What it is, whether anybody has asked for it or not."""
        info = self.info
        if info is None or info.record is None:
            lacks = f"; {counted(len(self.unsummed), 'chapter')} without a summary" if self.unsummed else ""
            return Verdict("missing", f"no model has read the book{lacks}")
        changed = self._changed(info.record)
        return (
            Verdict("stale", changed) if changed else Verdict("fresh", "the summaries and the outline are as they were")
        )

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict."""
        if not self.inputs.outlined:
            return Verdict("missing", "there is no outline yet")
        if not self._is_asked(self.kind):
            return Verdict("fresh", UNASKED)
        if changed:
            return Verdict("missing" if info is None else "stale", "a summary is written")
        return self.standing


def _state(entry: Entry, proposal: Proposal, section: Section | None, as_read: Sequence[str]) -> State:
    if entry.struck:
        return "done"
    if section is None:
        return "gone"
    if section.text.split() == proposal.text.split():
        return "done"
    return "changed" if as_read and section_mark(section) not in as_read else "open"


def section_mark(section: Section) -> str:
    """Return the mark by which a reading knows a section of the outline as it was read."""
    return told_marks([digest(section.text)])

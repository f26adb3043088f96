"""A snapshot of a book: its inputs, and all of its targets. Asks no model, and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.targets.arc import ArcTarget
from novelist.targets.chapter import ChapterTarget
from novelist.targets.inputs import Inputs
from novelist.targets.source import BibleTarget, OutlineTarget
from novelist.targets.summary import SummaryTarget
from novelist.targets.text import TextTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.book.paths import Book
    from novelist.targets.story import Run
    from novelist.targets.target import Target


class Snapshot(Inputs):
    """What one run sees of a book. There is one object for each target, which knows its relatives by this one."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.bible_target = BibleTarget(self)
        self.outline_target = OutlineTarget(self)
        self.book_text = TextTarget(self, lambda: self.chapters)
        self._chapters: dict[int, ChapterTarget] = {}
        self._summaries: dict[int, SummaryTarget] = {}
        self._arcs: dict[Run, ArcTarget] = {}
        self._contexts: dict[int, list[Target]] = {}  # of an outline that is there; each is asked for twice

    @property
    def sources(self) -> Sequence[Target]:
        """The targets that every chapter is made from, in the order in which they are made from one another."""
        return self.bible_target, self.outline_target

    def chapter(self, number: int) -> ChapterTarget:
        """Return chapter `number`, from 1."""
        target = self._chapters.get(number)
        if target is None:
            target = self._chapters[number] = ChapterTarget(self, number, self.context, self.summaries)
        return target

    def summary(self, number: int) -> SummaryTarget:
        """Return the summary of chapter `number`."""
        target = self._summaries.get(number)
        if target is None:
            target = self._summaries[number] = SummaryTarget(self.chapter(number))
        return target

    def arc(self, run: Run) -> ArcTarget:
        """Return the arc of a run."""
        target = self._arcs.get(run)
        if target is None:
            target = self._arcs[run] = ArcTarget(self, run, self.telling, self.needless)
        return target

    @property
    def chapters(self) -> list[ChapterTarget]:
        """The chapters, in the order of the book."""
        return [self.chapter(number) for number in range(1, self.count + 1)]

    def telling(self, run: Run | int) -> Target:
        """Return what tells of a run, or of a chapter by its number: an arc or a summary."""
        return self.summary(run) if isinstance(run, int) else self.arc(run)

    def context(self, number: int) -> list[Target]:
        """Return what tells chapter `number` of the chapters before it, in order."""
        if not self.outlined:
            return list(map(self.telling, self.story.context(number)))
        if number not in self._contexts:
            self._contexts[number] = list(map(self.telling, self.story.context(number)))
        return self._contexts[number]

    def summaries(self, number: int) -> list[SummaryTarget]:
        """Return the summaries of all chapters before `number`, in order."""
        return [self.summary(earlier) for earlier in range(1, number)]

    def needless(self, reader: int) -> bool:
        """Say whether no chapter from `reader` on wants an arc: nothing is to be drafted, and none was told one.

        So it is in a finished book from before there were arcs.
        """
        try:
            return all(
                (chapter.number < reader or chapter.told_whole())
                and chapter.verdict().settled
                and self.summary(chapter.number).verdict().settled
                for chapter in self.chapters
            )
        except BookError:
            return False  # what is wrong is told where that file is made

    def drafts(self) -> Iterator[Target]:
        """Yield every target that a model can be asked for, in the order in which a build comes to them.

        An arc comes right before the first chapter that is told it.
        """
        yield from self.sources
        story = self.story
        for number in range(1, self.count + 1):
            yield from map(self.arc, story.opens(number))
            yield self.chapter(number)
            yield self.summary(number)

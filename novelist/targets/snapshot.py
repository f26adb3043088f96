"""A snapshot of a book: its inputs, and all of its targets. Asks no model, and writes nothing."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.memo import Memo
from novelist.targets.arc import ArcTarget
from novelist.targets.chapter import ChapterTarget
from novelist.targets.digests import whole_story_digests
from novelist.targets.inputs import Inputs
from novelist.targets.read import ReadTarget
from novelist.targets.review import ReviewTarget
from novelist.targets.revise import ReviseTarget
from novelist.targets.source import BibleTarget, IdeaTarget, OutlineTarget
from novelist.targets.style import StyleTarget
from novelist.targets.summary import SummaryTarget
from novelist.targets.text import TextTarget

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.targets.story import Run
    from novelist.targets.target import Target

SOURCES = ("idea", "bible", "outline")  # in the order in which they are made from one another


class Snapshot(Inputs):
    """What one run sees of a book. There is one object for each target, which knows its relatives by this one."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        relatives = self.is_wanted, lambda: self.chapters, self._typed_summaries
        self.idea_target = IdeaTarget(self, *relatives)
        self.bible_target = BibleTarget(self, *relatives)
        self.outline_target = OutlineTarget(self, *relatives)
        self.style_target = StyleTarget(self, self.is_wanted)
        self.reading = ReadTarget(self, lambda: self.chapters, self.summary, self.is_asked)
        self.book_text = TextTarget(self, lambda: self.chapters)
        self._chapters: Memo[int, ChapterTarget] = Memo(
            lambda number: ChapterTarget(self, number, self.context, self.whole_story)
        )
        self._summaries: Memo[int, SummaryTarget] = Memo(
            lambda number: SummaryTarget(self.chapter(number), self.is_told)
        )
        self._revisions: Memo[int, ReviseTarget] = Memo(lambda number: ReviseTarget(self.chapter(number)))
        self._reviews: Memo[int, ReviewTarget] = Memo(
            lambda number: ReviewTarget(self.chapter(number), self.summary(number), self.is_asked, self._summary_of)
        )
        self._arcs: Memo[Run, ArcTarget] = Memo(lambda run: ArcTarget(self, run, self.telling, self.needless))
        self._telling = Memo(self.telling)
        self._whole_stories: list[str] = []  # by chapter, of the texts as they are
        # Of an outline that is there, by chapter and border; each is asked for twice.
        self._contexts: Memo[tuple[int, str | None], list[Target]] = Memo(lambda key: self._read_context(*key))
        self._asked: Collection[str] = ()
        self._last: float = math.inf

    @property
    def sources(self) -> Sequence[Target]:
        """The targets that every chapter is made from, in the order in which they are made from one another."""
        sources = self.bible_target, self.outline_target
        return sources if self.premise.idea else (self.idea_target, *sources)

    @property
    def voice(self) -> Sequence[Target]:
        """The target of the voice, which chapters alone are told of; none where there is nothing to tell it from."""
        return (self.style_target,) if self.style_target.there else ()

    def chapter(self, number: int) -> ChapterTarget:
        """Return chapter `number`, from 1."""
        return self._chapters[number]

    def summary(self, number: int) -> SummaryTarget:
        """Return the summary of chapter `number`."""
        return self._summaries[number]

    def revision(self, number: int) -> ReviseTarget:
        """Return the revision of chapter `number`, whether anything is asked of it or not."""
        return self._revisions[number]

    @property
    def revisions(self) -> dict[int, ReviseTarget]:
        """The revisions of the chapters that have a file of notes, by number."""
        if not self.outlined or not (noted := self.book.by_id(self.book.notes)):
            return {}
        numbers = (chapter.number for chapter in self.chapters if chapter.identity in noted)
        return {number: self.revision(number) for number in numbers}

    def review(self, number: int) -> ReviewTarget:
        """Return the review of chapter `number`."""
        return self._reviews[number]

    @property
    def reviewed(self) -> list[ReviewTarget]:
        """The reviews that there are, in the order of their chapters."""
        there = self.book.by_id(self.book.reviews) if self.outlined else {}
        return [self.review(chapter.number) for chapter in self.chapters if chapter.identity in there] if there else []

    def _summary_of(self, identity: str) -> SummaryTarget | None:
        numbers = {section.id: number for number, section in enumerate(self.outline.sections, 1)}
        return self.summary(numbers[identity]) if identity in numbers else None

    def arc(self, run: Run) -> ArcTarget:
        """Return the arc of a run."""
        return self._arcs[run]

    def forget(self, path: Path) -> None:
        """Look at a file anew: it may have changed."""
        super().forget(path)
        self._whole_stories = []
        if path == self.book.outline:
            for chapter in self._chapters.values():
                vars(chapter).pop("section", None)

    def judge_anew(self) -> None:
        """Forget what was made of what is known of the files: that has changed."""
        super().judge_anew()
        vars(self).pop("_wanted_arcs", None)
        vars(self).pop("_last_told", None)

    def ask(self, tasks: Collection[str], last: float) -> None:
        """Know by what tasks this run was asked for, and the number of the last chapter that it comes to."""
        self._asked, self._last = tasks, last
        self.judge_anew()

    def is_asked(self, kind: str) -> bool:
        """Say whether a person asked for targets of a kind by name."""
        return any(task.partition(":")[0] == kind for task in self._asked)

    @property
    def chapters(self) -> list[ChapterTarget]:
        """The chapters, in the order of the book."""
        return [self.chapter(number) for number in range(1, self.count + 1)]

    @property
    def written(self) -> list[ChapterTarget]:
        """The chapters that are there; none while there is no outline."""
        return [chapter for chapter in self.chapters if chapter.info is not None] if self.outlined else []

    def telling(self, run: Run | int) -> Target:
        """Return what tells of a run, or of a chapter by its number: an arc or a summary."""
        return self.summary(run) if isinstance(run, int) else self.arc(run)

    def context(self, number: int, border: str | None) -> list[Target]:
        """Return what tells chapter `number` of the chapters before it, in order, by the border of its record."""
        return self._contexts[number, border] if self.outlined else self._read_context(number, border)

    def _read_context(self, number: int, border: str | None) -> list[Target]:
        return list(map(self._telling.__getitem__, self.story.context(number, border)))

    def whole_story(self, number: int) -> str:
        """Return the digest of the summaries of all chapters before `number`."""
        known = self._whole_stories
        if len(known) < number:
            # All chapters may be asked for it one by one, or only the first few.
            most = max(number, min(2 * len(known), self.count))
            texts = (self.text(self.summary(earlier)) for earlier in range(1, most))
            known = self._whole_stories = list(whole_story_digests(texts))
        return known[number - 1]

    def is_wanted(self, kind: str) -> bool:
        """Say whether a source is wanted in this run: a chapter is to be drafted, or a person asked for it by name.

        What is asked for has those that it is made from.
        """
        heirs = SOURCES[SOURCES.index(kind) :] if kind in SOURCES else (kind,)
        if any(map(self.is_asked, heirs)) or not self.outlined:
            return True
        missing = [chapter for chapter in self.chapters if chapter.info is None and chapter.number <= self._last]
        # Of a bible that is written only now, chapters that were drafted without one would be stale.
        drafted = any(chapter.info is not None and not chapter.typed for chapter in self.chapters)
        return bool(missing) and not (kind == "bible" and self.book.bible.is_file() and drafted)

    def _typed_summaries(self) -> list[SummaryTarget]:
        return [self.summary(chapter.number) for chapter in self.chapters if chapter.typed]

    def is_told(self, number: int) -> bool:
        """Say whether what follows chapter `number` is to be told of it in this run."""
        return number < self._last_told

    @cached_property
    def _last_told(self) -> float:
        """The number of the last chapter that is to be told the story before it; 0 where there is none."""
        if self.is_asked("summary"):
            return self._last + 1
        try:
            if any(source.told_by() for source in self.sources):
                return math.inf
            readers = (chapter.number for chapter in reversed(self.chapters) if chapter.wants_story())
            return next((number for number in readers if number <= self._last), 0)
        except BookError:
            return math.inf  # what is wrong is told where that file is made

    def needless(self, run: Run) -> bool:
        """Say whether no chapter wants the arc of a run: none that was told it, and none that is to be drafted.

        So it is in a finished book from before there were arcs, and where a person typed all chapters that read it.
        """
        return self._wanted_arcs is not None and run not in self._wanted_arcs

    @cached_property
    def _wanted_arcs(self) -> Collection[Run] | None:
        """The arcs that chapters want; None where that cannot be known."""
        try:
            settled = all(
                chapter.verdict().settled and self.summary(chapter.number).verdict().settled
                for chapter in self.chapters
            )
            return {
                arc
                for chapter in self.chapters
                if not chapter.typed and not (settled and chapter.told_whole())
                for border in {chapter.recorded_border, *(() if settled else (None,))}
                for arc in self.story.wanted(chapter.number, border)
            }
        except BookError:
            return None  # what is wrong is told where that file is made

    def drafts(self) -> Iterator[Target]:
        """Yield every target that a model can be asked for, in the order in which a build comes to them.

        An arc comes right before the first chapter that is told it; the voice waits for no other source.
        """
        yield from self.sources
        yield from self.voice
        story, revisions = self.story, self.revisions
        for number in range(1, self.count + 1):
            yield from map(self.arc, story.opens(number))
            yield self.chapter(number)
            if number in revisions:
                yield revisions[number]
            if self.premise.review:
                yield self.review(number)
            yield self.summary(number)

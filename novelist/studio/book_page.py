"""What is shown of a book: how it stands, what the next build would do, and who reads what. Asks no model.

Knows the targets; it is told by them, and judges nothing itself.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from novelist.drafting import plan
from novelist.drafting.session import Session
from novelist.edits.foreseen import foreseen_status
from novelist.errors import NovelistError
from novelist.language.lengths import unit
from novelist.studio.graph import MOST_IN_A_ROW, draw
from novelist.targets.arc import ArcTarget
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from novelist.drafting.plan import Plan
    from novelist.model.spending import Spent
    from novelist.studio.books import OpenBook
    from novelist.studio.graph import Due, Graph
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import ChapterStatus, Status
    from novelist.targets.target import Target

OUTLINE = "outline"  # the task that a first build may end with


@dataclass(frozen=True)
class Foreseen:
    """What the next build would do: in a line, and step by step; empty where that cannot be said, and why.

    `first` is what a build as far as the outline would do, where there is none and more is to follow.
    """

    line: str = ""
    models: Sequence[str] = ()
    steps: Sequence[plan.Step] = ()
    kept: Sequence[tuple[str, str]] = ()
    problem: str = ""
    first: Foreseen | None = None

    @property
    def asks(self) -> bool:
        """Whether it would ask a person before finished chapters are replaced."""
        return any(not step.sure for step in self.steps)

    def seconds(self, *, everything: bool) -> float | None:
        """Return how long it takes: what is sure, or all of it; None where that is not known."""
        times = [step.seconds for step in self.steps if step.sure or everything]
        known = [time for time in times if time is not None]
        return sum(known) if known and len(known) == len(times) else None


@dataclass(frozen=True)
class BookPage:
    """What is shown of a book; `status` is None where there is no outline yet, or where something cannot be read."""

    title: str
    author: str
    language: str
    unit: str
    status: Status | None
    parts: Sequence[tuple[str, Sequence[ChapterStatus]]]
    stops: str
    due: Mapping[int, Due]
    graph: Graph | None


def book_page(opened: OpenBook, snapshot: Snapshot) -> BookPage:
    """Return what is shown of a book. Raises NovelistError where its premise or its outline cannot be read."""
    premise = snapshot.premise
    outlined = snapshot.book.outline.is_file()
    status, stops = foreseen_status(snapshot) if outlined else (None, "")
    due, new = _due(snapshot) if outlined else ({}, frozenset())
    parts = [(part, list(those)) for part, those in groupby(status.chapters if status else (), lambda one: one.part)]
    return BookPage(
        title=status.title if status else premise.title or "Untitled",
        author=premise.author,
        language=premise.language,
        unit=unit(premise.language),
        status=status,
        parts=parts,
        stops=opened.local(stops),
        due=due,
        graph=_graph(snapshot, status, due, new) if status and status.chapters else None,
    )


def title_of(_: OpenBook, snapshot: Snapshot) -> tuple[str, str]:
    """Return the title of a book, and the code of its language. Raises NovelistError."""
    premise = snapshot.premise
    return (snapshot.title if snapshot.outlined else premise.title or "Untitled"), premise.language


def foresee(opened: OpenBook, snapshot: Snapshot) -> Foreseen:
    """Return what the next build would do."""
    try:
        with closing(Session(snapshot, Progress(), folders=[opened.root] if opened.uses_env else ())) as session:
            whole = plan.dry_run(session)
            first = None if snapshot.outlined else whole.until([OUTLINE])
            return replace(_told(whole), first=_told(first) if first and len(first.steps) < len(whole.steps) else None)
    except NovelistError as error:
        return Foreseen(problem=opened.local(str(error)))


def _told(foreseen: Plan) -> Foreseen:
    kept = [*foreseen.kept, *foreseen.waiting]
    return Foreseen(plan.total(foreseen) or "Nothing to draft", plan.by_model(foreseen), foreseen.steps, kept)


def _due(snapshot: Snapshot) -> tuple[dict[int, Due], frozenset[int]]:
    """Return the chapters that the next build drafts or may draft, and those of which it tells something new."""
    due: dict[int, Due] = {}
    new: set[int] = set()
    with snapshot.foreseen():
        for chapter in snapshot.chapters:
            number, verdict = chapter.number, chapter.verdict()
            if verdict.drafts:
                due[number] = "perhaps" if verdict.asks == "always" else "due"
            elif new and chapter.verdict(changed=True).drafts:
                due[number] = "perhaps"
            if due.get(number) == "due" or (chapter.info is not None and snapshot.summary(number).verdict().drafts):
                new.add(number)
    return due, frozenset(new)


def _graph(snapshot: Snapshot, status: Status, due: Mapping[int, Due], new: Collection[int]) -> Graph:
    chapters = snapshot.chapters
    reads = _reads(snapshot) if len(chapters) <= MOST_IN_A_ROW else {}
    with snapshot.without_bible():
        named: dict[str, set[int]] = {entity.heading: set() for entity in snapshot.bible.entities}
        always = {entity.heading for entity in snapshot.bible.rules}
        for chapter in chapters:
            for entity in snapshot.bible.named_in(chapter.section.text):
                named[entity.heading].add(chapter.number)
    entities = [(heading, heading in always, frozenset(numbers)) for heading, numbers in named.items()]
    return draw(status.chapters, reads, entities, due, new)


def _reads(snapshot: Snapshot) -> dict[int, list[int]]:
    """Return the numbers of the chapters that each chapter is told of."""
    numbers = {section.id: number for number, section in enumerate(snapshot.outline.sections, 1)}

    def told_by(target: Target) -> list[int]:
        if isinstance(target, ArcTarget):
            return [numbers[one] for one in target.run.covers if one in numbers]
        return [target.number]

    return {
        chapter.number: [number for target in chapter.made_from() for number in told_by(target)]
        for chapter in snapshot.chapters
    }


@dataclass(frozen=True)
class Spine:
    """A book on a shelf, in a few words; `problem` is what is wrong where it cannot be read."""

    name: str
    title: str
    author: str = ""
    words: int = 0
    written: int = 0
    chapters: int = 0
    spent: Spent | None = None
    problem: str = ""


def spine(opened: OpenBook, snapshot: Snapshot) -> Spine:
    """Return a book in a few words. Raises NovelistError."""
    premise = snapshot.premise
    if not snapshot.book.outline.is_file():
        return Spine(opened.name, premise.title or opened.name, premise.author)
    status, _ = foreseen_status(snapshot)
    return Spine(
        opened.name,
        status.title,
        status.author,
        status.words,
        status.written,
        len(status.chapters),
        status.spent,
    )

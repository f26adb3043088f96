"""The graph of a book for doit: tasks, their real file dependencies, and the record as the judge.

Wiring only. A dodo.py imports this module; the book is found when doit loads its tasks, not when this is imported.
While there is no outline, chapters are known by their number only.
"""

from __future__ import annotations

import os
from functools import partial
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doit import Globals
from doit.exceptions import InvalidDodoFile, TaskFailed

from novelist.book.paths import Book, label, locate
from novelist.building.actions import Actions
from novelist.building.reporter import BUILD_INFO, BuildInfo, Reporter
from novelist.building.state import Vouched
from novelist.errors import NovelistError
from novelist.export.formats import FORMATS, Export
from novelist.targets.snapshot import Snapshot
from novelist.targets.story import Arc, Story
from novelist.targets.verdict import Verdict
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["DOIT_CONFIG", "task_book"]  # noqa: F822 - DOIT_CONFIG is made when it is asked for

Task = dict[str, Any]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - Python's own protocol
    if name == "DOIT_CONFIG":
        return config(_here())
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def task_book() -> Iterator[Task]:
    """Yield the tasks of the book in this directory."""
    yield from tasks(_here())


def config(book: Book) -> dict[str, Any]:
    """Return doit's configuration for `book`."""
    return {
        "backend": "novelist",
        "check_file_uptodate": Vouched,
        "dep_file": str(book.state),
        "default_tasks": ["book"],
        "reporter": Reporter,
        "verbosity": 2,
    }


def namespace(book: Book) -> dict[str, Any]:
    """Return what a dodo.py for `book` would hold, for doit's module loader."""

    def task_book() -> Iterator[Task]:
        """Yield the tasks of the book."""
        yield from tasks(book)

    return {"DOIT_CONFIG": config(book), "task_book": task_book}


def tasks(book: Book) -> Iterator[Task]:
    """Yield the tasks of `book`: what it is made from is read now, and what is not there yet when it is needed.

    Raises InvalidDodoFile for a book that cannot be used as it is.
    """
    try:
        yield from _Graph(book).tasks()
    except NovelistError as error:
        raise InvalidDodoFile(str(error)) from error


def _here() -> Book:
    try:
        return locate(Path.cwd(), os.environ)
    except NovelistError as error:
        raise InvalidDodoFile(str(error)) from error


class UpToDate:
    """What doit asks first: whether the record holds. Its text is the reason, for `doit info`."""

    # doit asks for it at each call, and to find it out takes longer than the call.
    __signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in ("task", "values")])

    def __init__(self, judge: Callable[[], Verdict]) -> None:
        self._judge = judge
        self._reason = ""

    def __call__(self, task: Any, values: Any) -> bool:  # noqa: ANN401, ARG002 - doit goes by these names
        """Return whether there is nothing to do; what doit remembers of the task's files has no say in it."""
        Globals.dep_manager.backend.vouch(task.name)
        try:
            verdict = self._judge()
        except NovelistError as error:
            verdict = Verdict("missing", str(error))
        self._reason = verdict.reason
        return verdict.settled

    def __repr__(self) -> str:
        return self._reason


class _Graph:
    """The tasks of one load of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.snapshot = Snapshot(book)
        self.show = Progress()
        self.actions = Actions(self.snapshot, self.show)
        self._told: dict[Arc | int, str] = {}
        self.sources = [str(book.premise), str(book.bible), str(book.outline)]

    def tasks(self) -> Iterator[Task]:
        book, premise = self.book, self.snapshot.premise
        outlined = book.outline.is_file()
        if book.bible.is_file():
            self.snapshot.bible  # noqa: B018 - read at the start, checked before anything is spent
        if book.template:
            yield self.task(
                "premise",
                "the sample book",
                self.actions.copy,
                self.actions.there(book.premise),
                targets=[str(book.premise)],
            )
        for name, doc, path in (
            ("bible", "the story bible", book.bible),
            ("outline", "parts and chapters", book.outline),
        ):
            needs = self.sources[: self.sources.index(str(path))]
            judge = partial(self.snapshot.source_verdict, path)
            yield self.task(
                name,
                doc,
                partial(self.actions.source, judge, name),
                judge,
                file_dep=needs,
                targets=[str(path)],
            )
        yield self.task(
            "files",
            "files follow the outline",
            self.actions.follow,
            self.actions.followed,
            file_dep=[str(book.outline)],
        )
        count = self.snapshot.count if outlined else premise.chapters.high
        story = self.snapshot.story if outlined else Story([str(number) for number in range(1, count + 1)])
        names = [label(number, count) for number in range(1, count + 1)]
        yield {"basename": "chapter", "name": None, "doc": "all chapters"}
        yield {"basename": "summary", "name": None, "doc": "all summaries"}
        if story.readers:
            yield {"basename": "arc", "name": None, "doc": "all arcs"}
        for number, name in enumerate(names, 1):
            before = f"summary:{names[number - 2]}" if number > 1 else "files"
            for arc in story.opens(number):
                yield self.arc(arc, arc.label(count), before, outlined=outlined)
                before = f"arc:{arc.label(count)}"
            yield from self.chapter(number, name, before, outlined=outlined)
        ends: Task = {"task_dep": [f"summary:{names[-1]}"]}
        if not outlined and premise.chapters.low != premise.chapters.high:
            yield {"basename": "_chapters", "actions": [partial(self.last, names)], "task_dep": ["files"]}
            ends = {"calc_dep": ["_chapters"]}
        chapters = (
            [str(book.chapters / self.snapshot.name(number)) for number in range(1, count + 1)] if outlined else []
        )
        needs, makes = [*self.sources, *chapters], [str(book.text)]
        yield self.task(
            "book",
            "the whole book",
            self.actions.assemble,
            self.snapshot.text_verdict,
            file_dep=needs,
            targets=makes,
            clean=True,
            meta={BUILD_INFO: BuildInfo(self.show, book, self.actions.total)},
            **ends,
        )
        yield from map(self.bound, FORMATS)

    def bound(self, kind: str) -> Task:
        """Return the task of an export. It has no record in it, so doit's own memory says whether it is up to date."""
        export = Export(self.book, kind)
        return {
            "basename": kind,
            "doc": FORMATS[kind],
            "actions": [partial(self.bind, export)],
            "file_dep": [str(self.book.text), str(self.book.premise)],
            "uptodate": [partial(self.fresh, export)],
            "targets": [str(export.path)],
            "clean": True,
            "io": {"capture": False},
        }

    @staticmethod
    def fresh(export: Export, task: Any, values: Any) -> bool:  # noqa: ANN401, ARG004 - doit goes by these names
        """Return whether an export is what its cover and pictures make it."""
        try:
            return export.fresh(values)
        except NovelistError:
            return False  # what is wrong is told by the action

    def bind(self, export: Export) -> TaskFailed | dict[str, Any]:
        """Make an export, and return what doit is to remember of it, or the failure that a person can read."""
        self.show.turn_to(export.format)
        try:
            return self.actions.bind(export, Globals.dep_manager.get_values(export.format))
        except NovelistError as error:
            return TaskFailed(str(error))

    def chapter(self, number: int, name: str, before: str, *, outlined: bool) -> Iterator[Task]:
        """Yield the tasks of chapter `number` and of its summary; their paths are known once there is an outline."""
        title, chapter, summary, told = "", [], [], []
        if outlined:
            title = self.snapshot.section(number).title
            file = self.snapshot.name(number)
            chapter, summary = [str(self.book.chapters / file)], [str(self.book.summaries / file)]
            told = list(map(self.told, self.snapshot.story.told(number)))
        yield self.task(
            f"chapter:{name}",
            title or "a chapter that the outline will name",
            partial(self.actions.draft, "chapter", number),
            partial(self.snapshot.chapter_verdict, number),
            file_dep=[*self.sources, *told],
            targets=chapter,
            task_dep=["files", before],
        )
        yield self.task(
            f"summary:{name}",
            f"what later chapters know of {title or 'it'}",
            partial(self.actions.draft, "summary", number),
            partial(self.snapshot.summary_verdict, number),
            file_dep=chapter,
            targets=summary,
            task_dep=[f"chapter:{name}"],
        )

    def arc(self, arc: Arc, name: str, before: str, *, outlined: bool) -> Task:
        """Return the task of an arc, whose turn comes right before that of the first chapter that reads it."""
        return self.task(
            f"arc:{name}",
            f"what is left of chapters {arc.first} to {arc.last}",
            partial(self.actions.sum_up, arc),
            lambda: self.snapshot.arc_verdict(self.snapshot.arc(arc)),
            file_dep=list(map(self.told, arc.of)) if outlined else [],
            targets=[self.told(arc)] if outlined else [],
            task_dep=[before],
        )

    def told(self, told: Arc | int) -> str:
        """Return where a summary or an arc will be once `files` has run."""
        if told not in self._told:
            name = self.snapshot.name(told) if isinstance(told, int) else told.file_name(self.snapshot.count)
            self._told[told] = str(self.book.summaries / name)
        return self._told[told]

    def last(self, names: list[str]) -> dict[str, list[str]]:
        """Return what the book waits for, once the outline says how many chapters there are."""
        return {"task_dep": [f"summary:{names[self.snapshot.count - 1]}"]}

    def task(self, name: str, doc: str, act: Callable[[], str], judge: Callable[[], Verdict], **more: Any) -> Task:  # noqa: ANN401 - doit's fields
        """Return a task for doit; `more` are its further fields, with paths where doit wants texts."""
        basename, _, sub = name.partition(":")
        return {
            "basename": basename,
            **({"name": sub} if sub else {}),
            "doc": doc,
            "actions": [partial(self.act, name, act, judge)],
            "uptodate": [UpToDate(judge)],
            "io": {"capture": False},
            "teardown": [self.actions.close],
            **more,
        }

    def act(self, name: str, act: Callable[[], str], judge: Callable[[], Verdict]) -> TaskFailed | None:
        """Do a task's work and print its line; return the failure that a person can read.

        The record is asked again, since `doit -a` does not ask it.
        """
        self.show.turn_to(name)
        try:
            done = "" if judge().settled else act()
        except NovelistError as error:
            return TaskFailed(str(error))
        finally:
            self.show.clear()
        if done:
            self.show.done(name, done)
        return None

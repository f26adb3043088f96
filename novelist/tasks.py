"""The graph of a book for doit: tasks, their real file dependencies, and the record as the judge.

Wiring only. A dodo.py imports this module; the book is found when doit loads its tasks, not when this is imported.
While there is no outline, chapters are known by their number only.
"""

from __future__ import annotations

import atexit
import os
import sys
from functools import partial
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doit import Globals
from doit.exceptions import InvalidDodoFile

from novelist.book.paths import Book, locate
from novelist.building.actions import Actions
from novelist.building.doit_errors import DoitErrors
from novelist.building.reporter import RUN, Failed, Reporter
from novelist.building.run import Run
from novelist.building.state import Vouched
from novelist.errors import Crash, FileError, NovelistError
from novelist.export.formats import FORMATS, Export
from novelist.memo import Memo
from novelist.targets.oversights import check_pages
from novelist.targets.snapshot import Snapshot
from novelist.targets.verdict import Verdict
from novelist.terminal.lines import Printed, end, explained, use_utf8, write
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.targets.target import Target


__all__ = ["DOIT_CONFIG", "task_book"]  # noqa: F822 - DOIT_CONFIG is made when it is asked for

Task = dict[str, Any]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - Python's own protocol
    if name == "DOIT_CONFIG":
        _print_in_one_place()
        return config(_here())
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def task_book() -> Iterator[Task]:
    """Yield the tasks of the book in this directory."""
    yield from tasks(_here())


def _print_in_one_place() -> None:
    """Have what doit prints of errors go through the place that all goes through, where doit itself was begun."""
    use_utf8()
    if sys.stderr is not None and not isinstance(sys.stderr, Printed):
        sys.stderr = DoitErrors(sys.stderr)
        atexit.register(end, sys.stdout)


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
        _finish(book)
        yield from _Graph(book).tasks()
    except FileError as error:
        # doit ends with 3 for a dodo.py that it cannot use; this one can be used, and a file of the book cannot.
        write(f"ERROR: {_unusable(error)}\n", sys.stderr)
        raise SystemExit(1) from error
    except NovelistError as error:
        raise _unusable(error) from error
    except Exception as error:  # whatever it is, it is no traceback
        raise _unusable(_crashed(error, book)) from error


def _finish(book: Book) -> None:
    """End a rename that was interrupted, before anything is read of the book."""
    if book.files.look(book.renaming) is not None:
        from novelist.edits.journal import finish_interrupted  # noqa: PLC0415 - hardly ever is there one

        for line in finish_interrupted(book):
            write(f"{line}\n", sys.stderr)


def _here() -> Book:
    try:
        return locate(Path.cwd(), os.environ)
    except NovelistError as error:
        raise _unusable(error) from error


def _crashed(error: Exception, book: Book) -> Crash:
    from novelist.book.crash import crashed  # noqa: PLC0415 - only what goes wrong needs it

    return crashed(error, book.hidden)


def _unusable(error: NovelistError) -> InvalidDodoFile:
    """Return what has doit say, on standard error and behind the word ERROR, that a book cannot be used as it is."""
    return InvalidDodoFile(f"{error}{explained(error.why, sys.stderr, len('ERROR: '))}")


class UpToDate:
    """What doit asks first: whether the record holds. Its text is the reason, for `doit info`."""

    # doit decides by what it remembers of a task's files, and that memory is written when a run ends, lost with a kill,
    # in no clone, and of whole files only: one edited line of outline.md would run every chapter. So it is told what it
    # may remember, and never believed: the record in the target decides, and `vouch` has the backend forget what it
    # knew of the files.

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
        except Exception as error:  # noqa: BLE001 - the action asks again, and tells it
            verdict = Verdict("missing", type(error).__name__)
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
        self._destinations: Memo[Target, str] = Memo(self.destination)

    def tasks(self) -> Iterator[Task]:
        book, snapshot, actions = self.book, self.snapshot, self.actions
        snapshot.premise  # noqa: B018 - read at the start, checked before anything is spent
        if book.bible.is_file():
            snapshot.bible  # noqa: B018 - as above
        check_pages(snapshot)
        if book.template:
            yield self.task("premise", "the sample book", actions.copy, actions.copied, targets=[str(book.premise)])
        above: list[str] = []
        for source in snapshot.sources:
            yield self.draft(source, task_dep=above)
            above = [source.name]
        for voice in snapshot.voice:
            yield self.draft(voice)
        follows = [str(book.outline)]
        yield self.task("files", "files follow the outline", actions.follow, actions.followed, file_dep=follows)
        groups = {
            "chapter": "all chapters",
            **({"revise": "all that notes/ asks of chapters"} if snapshot.revisions else {}),
            **({"review": "a review of each chapter"} if snapshot.outlined else {}),
            "summary": "all summaries",
            **({"arc": "all summaries of many chapters"} if snapshot.story.readers else {}),
        }
        for kind, about in groups.items():
            yield {"basename": kind, "name": None, "doc": about, "uptodate": [partial(self.settled, kind)]}
        before = ["files", *(voice.name for voice in snapshot.voice)]
        for target in snapshot.drafts():
            if target.turn:
                yield self.draft(target, task_dep=before)
                before = [target.name]
        yield from self.reviews()
        ends: Task = {"task_dep": before}
        chapters = snapshot.premise.chapters
        if not snapshot.outlined and chapters.low != chapters.high:
            names = [snapshot.summary(number).name for number in range(1, snapshot.count + 1)]
            yield {"basename": "_chapters", "actions": [partial(self.last, names)], "task_dep": ["files"]}
            ends = {"calc_dep": ["_chapters"]}
        text = snapshot.book_text
        yield self.task(
            text.name,
            text.about,
            actions.assemble,
            text.verdict,
            file_dep=self.needs(text),
            targets=[str(text.path)],
            clean=True,
            meta={RUN: Run(self.show, snapshot, actions.total, actions.left)},
            **ends,
        )
        yield from (self.export(Export(book, form)) for form in FORMATS)

    def reviews(self) -> Iterator[Task]:
        """Yield the tasks of what a judge reads where only a person's word has it read."""
        if self.snapshot.outlined and not self.snapshot.premise.review:
            for number in range(1, self.snapshot.count + 1):
                yield self.draft(self.snapshot.review(number), task_dep=["files"])
        # Where there is no outline there is nothing to read, and none is drafted for that.
        yield self.draft(self.snapshot.reading, **({"task_dep": ["files"]} if self.snapshot.outlined else {}))

    def draft(self, target: Target, **more: Any) -> Task:  # noqa: ANN401 - doit's fields
        """Return the task of a target that a model can be asked for; where it will be is known with the outline."""
        known = self.snapshot.outlined or not target.turn
        return self.task(
            target.name,
            target.about,
            partial(self.actions.draft, target),
            target.verdict,
            file_dep=self.needs(target),
            targets=[*filter(None, [self._destinations[target]])] if known and not target.shares_file else [],
            **more,
        )

    def needs(self, target: Target) -> list[str]:
        """Return the files that a target is made from, as far as they have names and are wanted."""
        named = target.made_from() if self.snapshot.outlined else ()
        return [*map(str, target.sources()), *filter(None, map(self._destinations.__getitem__, named))]

    def destination(self, target: Target) -> str:
        """Return where a target will be once `files` has run; nothing where it will not be."""
        return "" if target.unread else str(target.destination)

    def last(self, names: list[str]) -> dict[str, list[str]]:
        """Return what the book waits for, once the outline says how many chapters there are."""
        return {"task_dep": [names[self.snapshot.count - 1]]}

    def export(self, export: Export) -> Task:
        """Return the task of an export. It has no record in it, so doit's own memory says whether it is up to date."""
        return {
            "basename": export.format,
            "doc": FORMATS[export.format],
            "actions": [partial(self.make, export)],
            "file_dep": [str(self.book.text), str(self.book.premise)],
            "uptodate": [partial(self.fresh, export)],
            "targets": [str(export.path)],
            "clean": True,
            "io": {"capture": False},
        }

    def settled(self, kind: str) -> bool:
        """Return whether there is nothing to do for any target of a kind."""
        try:
            if kind == "review":
                return all(
                    each.verdict().settled for each in map(self.snapshot.review, range(1, self.snapshot.count + 1))
                )
            return all(target.verdict().settled for target in self.snapshot.drafts() if target.kind == kind)
        except NovelistError:
            return False  # what is wrong is told by the target's own task

    @staticmethod
    def fresh(export: Export, task: Any, values: Any) -> bool:  # noqa: ANN401, ARG004 - doit goes by these names
        """Return whether an export is what its cover and pictures make it."""
        try:
            return export.fresh(values)
        except NovelistError:
            return False  # what is wrong is told by the action

    def make(self, export: Export) -> Failed | dict[str, Any]:
        """Make an export, and return what doit is to remember of it, or the failure that a person can read."""
        self.show.turn_to(export.format)
        try:
            return self.actions.export(export, Globals.dep_manager.get_values(export.format))
        except NovelistError as error:
            return Failed(error)
        except Exception as error:  # noqa: BLE001 - as below
            return Failed(_crashed(error, self.book))

    def task(self, name: str, about: str, act: Callable[[], str], judge: Callable[[], Verdict], **more: Any) -> Task:  # noqa: ANN401 - doit's fields
        """Return a task for doit; `more` are its further fields, with paths where doit wants texts."""
        basename, _, sub = name.partition(":")
        return {
            "basename": basename,
            **({"name": sub} if sub else {}),
            "doc": about,
            "actions": [partial(self.act, name, act, judge)],
            "uptodate": [UpToDate(judge)],
            "io": {"capture": False},
            "teardown": [self.actions.close],
            **more,
        }

    def act(self, name: str, act: Callable[[], str], judge: Callable[[], Verdict]) -> Failed | None:
        """Do a task's work and print its line; return the failure that a person can read.

        The record is asked again, since `doit -a` does not ask it.
        """
        self.show.turn_to(name)
        try:
            done = "" if judge().settled else act()
        except NovelistError as error:
            return Failed(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no traceback
            return Failed(_crashed(error, self.book))
        finally:
            self.show.clear()
        if done:
            self.show.done(name, done)
        return None

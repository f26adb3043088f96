"""The graph of a book for doit: tasks, their real file dependencies, and the record as the judge.

Wiring only. A dodo.py imports this module; the book is found when doit loads its tasks, not when this is imported. While
there is no outline, chapters are known by their number only.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doit import Globals
from doit.exceptions import InvalidDodoFile, TaskFailed

from novelist import assembly, files, page
from novelist.book import Book, label, locate
from novelist.build import Build
from novelist.drafting import Drafting
from novelist.errors import NovelistError
from novelist.history import keep
from novelist.progress import Progress, Reporter
from novelist.staleness import Verdict

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
        "dep_file": str(book.state),
        "default_tasks": ["book"],
        "reporter": Reporter,
        "verbosity": 2,
    }


def namespace(book: Book) -> dict[str, Any]:
    """Return what a dodo.py for `book` would hold, for doit's module loader."""
    return {"DOIT_CONFIG": config(book), "task_book": partial(tasks, book)}


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

    def __init__(self, judge: Callable[[], Verdict]) -> None:
        self._judge = judge
        self._reason = ""

    def __call__(self, task: Any, values: Any) -> bool:  # noqa: ANN401, ARG002 - doit goes by these names
        """Return whether there is nothing to do; doit's own state, a cache, is then brought up to date too."""
        try:
            verdict = self._judge()
        except NovelistError as error:
            verdict = Verdict("missing", str(error))
        self._reason = verdict.reason
        if verdict.settled and all(map(os.path.exists, [*task.file_dep, *task.targets])):
            Globals.dep_manager.save_success(task)
        return verdict.settled

    def __repr__(self) -> str:
        return self._reason


class _Graph:
    """The tasks of one load of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.build = Build(book)
        self.show = Progress()
        self.drafting = Drafting(self.build, self.show)
        self.sources = [str(book.premise), str(book.bible), str(book.outline)]

    def tasks(self) -> Iterator[Task]:
        premise = self.build.premise
        outlined = self.book.outline.is_file()
        count = len(self.build.outline.sections) if outlined else premise.chapters.high
        if self.book.bible.is_file():
            self.build.bible  # noqa: B018 - read at the start, checked before anything is spent
        if self.book.template:
            yield self.task("premise", "the sample book, from project_template/", self.copy, [], [self.book.premise])
        yield self.task(
            "bible", "the story bible", self.drafting.bible, self.sources[:1], [self.book.bible], self.there("bible")
        )
        yield self.task(
            "outline", "parts and chapters", self.drafting.outline, self.sources[:2], [self.book.outline], self.there("outline")
        )
        yield self.task("files", "files follow the outline", self.follow, self.sources[2:], [], self.followed)
        names = [label(number, count) for number in range(1, count + 1)]
        for number, name in enumerate(names, 1):
            yield from self.chapter(number, name, names[number - 2] if number > 1 else None, outlined=outlined)
        if not outlined and premise.chapters.low != premise.chapters.high:
            yield {
                "basename": "_chapters",
                "actions": [lambda: {"task_dep": [f"summary:{names[len(self.build.outline.sections) - 1]}"]}],
                "task_dep": ["files"],
            }
        yield self.assembled(names, outlined=outlined)

    def chapter(self, number: int, name: str, before: str | None, *, outlined: bool) -> Iterator[Task]:
        """Yield the tasks of chapter `number` and of its summary."""
        chapter = [self.book.chapters / self.build.name(number)] if outlined else []
        summary = [self.book.summaries / self.build.name(number)] if outlined else []
        told = [str(self.book.summaries / self.build.name(one)) for one in range(1, number)] if outlined else []
        title = self.build.section(number).title if outlined else "its title comes with the outline"
        draft = partial(self.drafting.chapter, number)
        judge = partial(self.build.chapter_verdict, number)
        yield self.task(f"chapter:{name}", title, draft, [*self.sources, *told], chapter, judge) | {
            "task_dep": ["files", f"summary:{before}"] if before else ["files"]
        }
        sum_up = partial(self.drafting.summary, number)
        judge = partial(self.build.summary_verdict, number)
        yield self.task(f"summary:{name}", f"what later chapters know of {title}", sum_up, chapter, summary, judge) | {
            "task_dep": [f"chapter:{name}"]
        }

    def assembled(self, names: list[str], *, outlined: bool) -> Task:
        chapters = [self.book.chapters / self.build.name(number) for number in range(1, len(names) + 1)] if outlined else []
        task = self.task("book", "the whole book", self.assemble, [*self.sources, *chapters], [self.book.text], self.whole)
        fixed = outlined or self.build.premise.chapters.low == self.build.premise.chapters.high
        chain = {"task_dep": [f"summary:{names[-1]}"]} if fixed else {"calc_dep": ["_chapters"]}
        return task | chain | {"clean": True}

    def task(
        self,
        name: str,
        doc: str,
        act: Callable[[], str],
        needs: list[Any],
        makes: list[Path],
        judge: Callable[[], Verdict] | None = None,
    ) -> Task:
        basename, _, sub = name.partition(":")
        return {
            "basename": basename,
            **({"name": sub} if sub else {}),
            "doc": doc,
            "actions": [partial(self.act, name, act)],
            "file_dep": [str(path) for path in needs],
            "targets": [str(path) for path in makes],
            "uptodate": [UpToDate(judge)] if judge else [all(map(os.path.exists, makes))],
            "io": {"capture": False},
            "teardown": [self.drafting.close],
        }

    def act(self, name: str, act: Callable[[], str]) -> TaskFailed | None:
        """Do a task's work and print its line; return the failure that a person can read."""
        try:
            done = act()
        except NovelistError as error:
            self.show.clear()
            return TaskFailed(str(error))
        except KeyboardInterrupt:
            self.show.line("Stopped. Every finished file is safe; `doit` goes on from here.")
            raise SystemExit(130) from None
        if done:
            self.show.done(name, done)
        return None

    def copy(self) -> str:
        """Make the sample book."""
        source = self.book.template or Path()
        self.book.root.mkdir(exist_ok=True)
        for file in sorted(source.iterdir()):
            if file.is_file():
                shutil.copyfile(file, self.book.root / file.name)
        return f"copied from {source.name}/ to {self.book.root}/"

    def there(self, name: str) -> Callable[[], Verdict]:
        path = self.book.root / f"{name}.md"
        return lambda: Verdict("yours", "it is there") if path.is_file() else Verdict("missing", "it is missing")

    def follow(self) -> str:
        moves = files.plan(self.build)
        files.follow(self.build, moves)
        done = [f"{old.name} is now {new.name}" for old, new in moves.renames.items()]
        done += [f"{path.name} is in {self.book.history / identity}/" for path, identity in moves.removals.items()]
        return "; ".join(done)

    def followed(self) -> Verdict:
        if not self.book.outline.is_file():
            return Verdict("missing", "there is no outline yet")
        moves = files.plan(self.build)
        return Verdict("stale", "files do not follow the outline yet") if moves else Verdict("fresh", "they do")

    def whole(self) -> Verdict:
        found = page.read_text(self.book.text)
        if found is None:
            return Verdict("missing", "it is missing")
        same = found == assembly.assemble(self.build)
        return Verdict("fresh", "it is its chapters") if same else Verdict("stale", "its chapters or the outline changed")

    def assemble(self) -> str:
        text = assembly.assemble(self.build)
        old = self.book.read(self.book.text)
        edited = old is not None and (old.record is None or old.edited)
        if edited:
            kept = keep(self.book.history, "book", page.read_text(self.book.text) or "")
            self.show.line(f"{self.book.text} was edited; your text is in {kept}. Edit the chapters instead.")
        page.replace(self.book.text, text)
        self.show.done("book", f"assembled: {len(self.build.outline.sections)} chapters, {assembly.size(text):,} words")
        self.show.line(f"\nThe book is {self.book.text}.")
        return ""

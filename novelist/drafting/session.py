"""What the drafts of one run share: the models that write, the prompts they are given, and what was told before.

Knows no doit, and not when anything is drafted.
"""

from __future__ import annotations

import os
from copy import copy
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from novelist.book.record import Record
from novelist.drafting.assignment import language_name
from novelist.drafting.profile import profile_of
from novelist.drafting.prompts import Prompts, contents, stretches
from novelist.drafting.remembered import Remembered
from novelist.drafting.schemas import Schemas
from novelist.memo import Memo
from novelist.model.access import read_access, read_tasks
from novelist.model.budget import Budget, read_cap
from novelist.model.limits import Limits
from novelist.model.local import is_embedded
from novelist.model.pool import ClientPool
from novelist.model.request import Request
from novelist.prose import gates, worn
from novelist.prose.sentences import whole_sentences
from novelist.terminal.progress import Quiet
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from novelist.drafting.profile import Profile
    from novelist.lint.finding import Finding
    from novelist.model.access import Access
    from novelist.model.budget import Cap
    from novelist.model.client import Client
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target
    from novelist.terminal.progress import Progress, Shown

MOST_TOLD = 200_000  # characters of all summaries of a book that is told whole
# The kinds of tasks that may have a model of their own, and what their variables end with; all others are the main
# model's, and a chapter's is what its section says.
MODEL_OF = {
    **dict.fromkeys(("idea", "bible", "outline", "sections", "style"), "PLAN"),
    **dict.fromkeys(("summary", "arc"), "SUMMARY"),
    **dict.fromkeys(("review", "read"), "REVIEW"),
}
NEAREST_CHAPTERS = 40  # chapters whose phrases a new one is held against: a long book costs no more than a short one


class Ahead(Protocol):
    """A draft that was begun before its turn."""

    @property
    def target(self) -> Target:
        """What is drafted."""

    def stop(self) -> None:
        """Stop it; what came of it stays in partial/."""

    def land(self) -> str | None:
        """Wait for it, have it land, and return what was done; None where it is to be asked for in its turn."""


class Session:
    """The models that are asked for the drafts of one run: the main one, and those that tasks have of their own.

    They are set by the environment, and by the first `.env` in `folders`: those of the book and of this process, where
    nothing else is said.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        show: Progress,
        folders: Sequence[Path] | None = None,
        cap: Cap | None = None,
    ) -> None:
        """Take what this run may spend, where that is not what the environment says."""
        self.snapshot = snapshot
        self._cap = read_cap(os.environ) if cap is None else cap
        self._folders = [snapshot.book.root, Path()] if folders is None else folders
        self.show: Shown = show
        self.progress = show
        self.beside: Ahead | None = None
        self._contradictions: tuple[list[str], dict[int, list[Finding]]] = [], {}
        self._phrases: dict[int, worn.Phrases] = {}  # as these
        self._grams: dict[int, AbstractSet[int]] = {}  # by chapter; no later one is drafted before it is read

    @property
    def access(self) -> Access:
        """Which model writes where nothing else is set. Raises SettingsError."""
        return self._accesses[""]

    @cached_property
    def _accesses(self) -> dict[str, Access]:
        """The accesses, by what the variables of a task end with."""
        main = read_access(os.environ, self._folders)
        return {"": main, **read_tasks(main, os.environ, self._folders)}

    @cached_property
    def _pool(self) -> ClientPool:
        book, premise = self.snapshot.book, self.snapshot.premise
        budget = Budget(book.ledger, premise.budget, self.progress.cost, self._cap)
        # One key for all calls of a book, the same in every build of it.
        key, limits = f"novelist-{digest(premise.idea)}", Limits(book.files, book.limits)
        return ClientPool(self.progress.line, budget, key, limits)

    @property
    def client(self) -> Client:
        """The main model."""
        return self._pool.client(self.access)

    def client_for(self, task: str) -> Client:
        """Return the model that writes a task (`bible`, `chapter:7`, `summary:07`), the same one for equal settings.

        It may be asked from several threads. Raises SettingsError and, for a chapter, BookError.
        """
        kind, _, number = task.partition(":")
        access = self._accesses.get(MODEL_OF.get(kind, ""), self.access)
        if kind in ("chapter", "ripple", "revise") and self.snapshot.outlined:
            section = self.snapshot.chapter(int(number)).section
            access = access.of_chapter(section.model, f"{self.snapshot.book.outline}:{section.line}")
        return self._pool.client(access)

    def check_budget(self) -> None:
        """Raise BookError where the premise has a budget under a name that is not read, and a model may cost money."""
        from novelist.book import settings  # noqa: PLC0415 - read when the premise is

        if self.access.base_url is not None and self.snapshot.premise.budget is None:
            settings.check_budget(self.snapshot.book.premise)

    @property
    def limited(self) -> bool:
        """Whether anything limits what may be spent."""
        return self._cap is not None or self.snapshot.premise.budget is not None

    @cached_property
    def profile(self) -> Profile:
        """What is allowed for in this model."""
        return profile_of(self.client)

    @cached_property
    def prompts(self) -> Prompts:
        """The book's templates. Raises BookError."""
        return Prompts(self.snapshot.book.files, self.snapshot.book.prompts, self.profile.templates)

    @cached_property
    def _stretches(self) -> list[range]:
        return stretches(self.snapshot.outline)

    @cached_property
    def _contents(self) -> Memo[range, list[str]]:
        return Memo(lambda shown: contents(self.snapshot.outline, shown))

    @cached_property
    def remembered(self) -> Remembered:
        """How things stand before each chapter."""
        return Remembered(self.snapshot)

    @property
    def contradictions(self) -> dict[int, list[Finding]]:
        """What contradicts something in the book as it is, by the number of the chapter that it is in."""
        snapshot = self.snapshot
        texts = [text for each in snapshot.chapters for text in (each.digest(), snapshot.summary(each.number).digest())]
        of = [digest(snapshot.bible.text), digest(str(snapshot.outline.sections)), *texts]
        if self._contradictions[0] != of:
            from novelist.continuity.check import by_chapter  # noqa: PLC0415 - only a review asks for it

            self._contradictions = of, by_chapter(snapshot)
        return self._contradictions[1]

    @property
    def schemas(self) -> Schemas:
        """How closely a schema may bind the model that plans."""
        return Schemas(bounds=self.client_for("outline").provider.bounds, plain=self.profile.plain)

    @property
    def last(self) -> float:
        """The number of the last chapter that this run was asked for."""
        return self.progress.last

    @cached_property
    def unwritable(self) -> bool:
        """Whether no model may write here: there is only the embedded one, and others have written in this book.

        Raises BookError and SettingsError.
        """
        if self.access.base_url is not None:
            return False
        targets = [*self.snapshot.sources, *self.snapshot.voice]
        infos = [*(target.info for target in targets), *map(self.snapshot.book.info, self.snapshot.pages())]
        typed = any(info is not None and info.record is None for info in infos[len(targets) :])
        models = {info.record.model for info in infos if info is not None and info.record is not None}
        return typed or not all(is_embedded(model, self.access.gguf) for model in models - {""})

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model has written something in this run."""
        return "_pool" in vars(self) and self._pool.rehearsed

    @property
    def jobs(self) -> int:
        """How many calls may be made at one time."""
        return 1 if self.client.rehearses or self.client.crowded else self.snapshot.premise.jobs

    @property
    def one_model(self) -> bool:
        """Whether the model that writes summaries writes chapters too, and so knows the beginning of their prompts."""
        return self.client_for("summary") is self.client

    def quiet(self) -> Session:
        """Return the same session for a draft that is made beside others, and so is not shown while it comes."""
        return self.shown_by(Quiet(self.progress))

    def shown_by(self, show: Shown) -> Session:
        """Return the same session for a draft that is shown in another way."""
        self._pool  # noqa: B018 - made once, for all of them
        other = copy(self)
        other.show = show
        return other

    def leave_beside(self) -> None:
        """Stop the draft that is made beside a summary, if there is one: nobody waits for it any more."""
        if self.beside is not None:
            self.beside.stop()
            self.beside = None

    def close(self) -> None:
        """Let the models go that were asked, and what renders templates."""
        self.leave_beside()
        if "_pool" in vars(self):
            self._pool.close()
        if "prompts" in vars(self):
            self.prompts.close()

    def request(
        self,
        task: str,
        cap: int,
        *,
        thinking: bool = False,
        near: int = 0,
        **values: Any,  # noqa: ANN401 - whatever the templates show
    ) -> Request:
        """Return the request for `task` (`bible`, `chapter:7`), within `cap` tokens, from its templates.

        Of a long outline it shows what is around chapter `near`, or else around the `number` in `values`.
        """
        snapshot = self.snapshot
        idea, language = snapshot.premise.idea, snapshot.premise.language
        called = language_name(language)
        values = {"premise": idea, "language": language, "language_name": called, "style": "", "story": [], **values}
        if "outline" not in values:
            shown = self._stretches[(near or values["number"]) - 1]
            values |= {
                "bible": snapshot.bible.text,
                "style": snapshot.style,
                "outline": snapshot.outline,
                "shown": shown,
                "contents": self._contents[shown],
                "count": snapshot.count,
            }
        system = self.prompts.render("system", **values)
        return Request(task, system, self.prompts.render(task.partition(":")[0], **values), cap, thinking=thinking)

    def chapters_told(self) -> list[str]:
        """Return what the summaries of all chapters that are written tell, no more of it than a model can be told."""
        chapters = self.snapshot.written
        texts = [(one, normalise(self.snapshot.text(self.snapshot.summary(one.number)))) for one in chapters]
        most = MOST_TOLD // max(len(texts), 1)
        return [
            f"Chapter {chapter.number}, {chapter.section.title}: "
            f"{text if len(text) <= most else whole_sentences(text[:most])}"
            for chapter, text in texts
            if text
        ]

    def grams_before(self, chapter: ChapterTarget) -> AbstractSet[int]:
        """Return the grams of the chapters before `chapter`, of the nearest where there are many."""
        nearest = range(max(1, chapter.number - NEAREST_CHAPTERS), chapter.number)
        for number in nearest:
            if number not in self._grams:
                self._grams[number] = gates.grams(self.snapshot.chapter(number).text())
        return frozenset().union(*(self._grams[number] for number in nearest))

    def worn_before(self, chapter: ChapterTarget, names: Iterable[str], section: str, plan: str) -> list[str]:
        """Return what is worn out in the chapters before `chapter`, in the nearest where there are many."""
        nearest = range(max(1, chapter.number - NEAREST_CHAPTERS), chapter.number)
        language = self.snapshot.premise.language
        for number in nearest:
            if number not in self._phrases:
                self._phrases[number] = worn.read(self.snapshot.chapter(number).text(), language)
        for number in self._phrases.keys() - set(nearest):
            del self._phrases[number]  # of a long book they are too much to hold
        return worn.worn([self._phrases[number] for number in nearest], names, section, plan)

    def record(self, task: str, text: str, **fields: Any) -> Record:  # noqa: ANN401 - the fields of a record
        """Return the record of a text that the model of a task has drafted, with these `fields`."""
        at = f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
        return Record(**{"body": digest(text), "model": self.client_for(task).model, "at": at, **fields})

"""What the drafts of one run share: the model that writes, the prompts it is given, and what was told before.

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
from novelist.drafting.profile import profile_of
from novelist.drafting.prompts import Prompts, contents, stretches
from novelist.drafting.schemas import Schemas
from novelist.memo import Memo
from novelist.model.access import read_access
from novelist.model.budget import Budget
from novelist.model.client import Client
from novelist.model.limits import Limits
from novelist.model.local import is_embedded
from novelist.model.request import Request
from novelist.prose import gates
from novelist.prose.sentences import whole_sentences
from novelist.terminal.progress import Quiet
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from novelist.drafting.profile import Profile
    from novelist.model.access import Access
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target
    from novelist.terminal.progress import Progress, Shown

MOST_TOLD = 200_000  # characters of all summaries of a book that is told whole
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
    """A model, asked for the drafts of one run."""

    def __init__(self, snapshot: Snapshot, show: Progress) -> None:
        self.snapshot = snapshot
        self.show: Shown = show
        self.progress = show
        self.beside: Ahead | None = None
        self._grams: dict[int, AbstractSet[int]] = {}  # by chapter; no later one is drafted before it is read

    @cached_property
    def access(self) -> Access:
        """Which model writes. Raises SettingsError."""
        return read_access(os.environ, [self.snapshot.book.root, Path()])

    @cached_property
    def client(self) -> Client:
        """The model that writes."""
        book, premise = self.snapshot.book, self.snapshot.premise
        budget = Budget(book.ledger, premise.budget, self.progress.cost)
        # One key for all calls of a book, the same in every build of it.
        key, limits = f"novelist-{digest(premise.idea)}", Limits(book.files, book.limits)
        return Client(self.access, self.progress.line, budget, cache_key=key, limits=limits)

    def check_budget(self) -> None:
        """Raise BookError where the premise has a budget under a name that is not read, and a model may cost money."""
        from novelist.book import settings  # noqa: PLC0415 - read when the premise is

        if self.access.base_url is not None and self.snapshot.premise.budget is None:
            settings.check_budget(self.snapshot.book.premise)

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

    @property
    def schemas(self) -> Schemas:
        """How closely a schema may bind this model."""
        return Schemas(bounds=self.client.provider.bounds, plain=self.profile.plain)

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
        targets = self.snapshot.sources
        infos = [*(target.info for target in targets), *map(self.snapshot.book.info, self.snapshot.pages())]
        typed = any(info is not None and info.record is None for info in infos[len(targets) :])
        models = {info.record.model for info in infos if info is not None and info.record is not None}
        return typed or not all(is_embedded(model, self.access.gguf) for model in models - {""})

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model has written something in this run."""
        return "client" in vars(self) and self.client.rehearses and self.client.opened

    @property
    def jobs(self) -> int:
        """How many calls may be made at one time."""
        return 1 if self.client.rehearses or self.client.crowded else self.snapshot.premise.jobs

    @property
    def one_model(self) -> bool:
        """Whether the model that writes summaries writes chapters too, and so knows the beginning of their prompts."""
        return True

    def quiet(self) -> Session:
        """Return the same session for a draft that is made beside others, and so is not shown while it comes."""
        return self.shown_by(Quiet(self.progress))

    def shown_by(self, show: Shown) -> Session:
        """Return the same session for a draft that is shown in another way."""
        other = copy(self)
        other.show = show
        return other

    def leave_beside(self) -> None:
        """Stop the draft that is made beside a summary, if there is one: nobody waits for it any more."""
        if self.beside is not None:
            self.beside.stop()
            self.beside = None

    def close(self) -> None:
        """Let the model go, if one was asked, and what renders templates."""
        self.leave_beside()
        if "client" in vars(self):
            self.client.close()
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
        values = {"premise": snapshot.premise.idea, "language": snapshot.premise.language, "story": [], **values}
        if "outline" not in values:
            shown = self._stretches[(near or values["number"]) - 1]
            values |= {
                "bible": snapshot.bible.text,
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

    def record(self, body: str, **fields: Any) -> Record:  # noqa: ANN401 - the fields of a record
        """Return the record of a text that this run's model has drafted, with these `fields`."""
        now = datetime.now(timezone.utc)
        return Record(digest(body), model=self.client.model, at=f"{now:%Y-%m-%dT%H:%M:%SZ}", **fields)

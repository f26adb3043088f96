"""Where drafts are made: the model that writes, the prompts it is given, and how a draft lands in its file.

Knows that a file is replaced only if it is still as it was when its draft was begun, and that what is replaced goes to
history. Knows no doit, and not when anything is drafted.
"""

from __future__ import annotations

import os
from copy import copy
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book import files, frontmatter
from novelist.book.history import keep
from novelist.book.record import Record
from novelist.drafting.confirm import Confirmation
from novelist.drafting.prompts import Prompts, near
from novelist.drafting.schemas import Schemas
from novelist.errors import BookError
from novelist.model.access import read_access
from novelist.model.budget import Budget
from novelist.model.client import Client
from novelist.model.request import Request
from novelist.prose import gates
from novelist.terminal.progress import Quiet
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from collections.abc import Set as AbstractSet

    from novelist.model.access import Access
    from novelist.targets.snapshot import Snapshot
    from novelist.terminal.progress import Progress

NEAREST = 40  # chapters whose phrases a new one is held against: a long book costs no more than a short one
# Tokens to allow for a word: English takes 1.4, most languages less than 3.
TOKENS_PER_WORD = 3
SLACK = 400
# A very small model does not end by itself.
SMALL_TOKENS_PER_WORD = 1.4


class Session:
    """What the drafts of one build share."""

    def __init__(self, snapshot: Snapshot, show: Progress) -> None:
        self.snapshot = snapshot
        self.show: Progress | Quiet = show
        self.progress = show
        self.confirmation = Confirmation(snapshot, show, self._cost)
        self._grams: dict[int, AbstractSet[int]] = {}  # by chapter; no later one is drafted before it is read

    @cached_property
    def access(self) -> Access:
        """Which model writes. Raises SettingsError."""
        return read_access(os.environ, [self.snapshot.book.root, Path()])

    @cached_property
    def client(self) -> Client:
        """The model that writes."""
        book, premise = self.snapshot.book, self.snapshot.premise
        account = Budget(book.ledger, premise.budget, self.progress.cost)
        # One key for all calls of a book, the same in every build of it.
        return Client(self.access, self.progress.line, account, cache_key=f"novelist-{digest(premise.idea)}")

    @cached_property
    def prompts(self) -> Prompts:
        """The book's templates. Raises BookError."""
        return Prompts(self.snapshot.book.prompts, small=self.client.provider.small)

    @property
    def schemas(self) -> Schemas:
        """How closely a schema may bind this model."""
        return Schemas(bounds=self.client.provider.bounds, plain=self.client.provider.small)

    @property
    def last(self) -> float:
        """The number of the last chapter that this build was asked for."""
        return self.progress.last

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model has written something in this build."""
        return "writer" in self.__dict__ and self.client.rehearses and self.client.opened

    def _cost(self, chapters: Collection[int]) -> str:
        """Return what it takes at most to draft `chapters` again, with what follows from them."""
        from novelist.drafting import plan  # noqa: PLC0415 - it knows desks

        return plan.again(self, chapters)

    def aside(self) -> Session:
        """Return the same desk for a draft that is made beside others, and so is not shown while it comes."""
        other = copy(self)
        other.show = Quiet(self.progress)
        return other

    def close(self) -> None:
        """Let the model go, if one was asked."""
        if "writer" in self.__dict__:
            self.client.close()

    def request(self, task: str, cap: int, *, thinking: bool = False, **values: Any) -> Request:  # noqa: ANN401 - whatever the templates show
        """Return the request for `task` (`bible`, `chapter:7`), within `cap` tokens, from its templates."""
        snapshot = self.snapshot
        values = {"premise": snapshot.premise.idea, "language": snapshot.premise.language, "story": [], **values}
        if "outline" not in values:
            shown = near(snapshot.outline, values["number"])
            values |= {
                "bible": snapshot.bible.text,
                "outline": snapshot.outline,
                "shown": shown,
                "count": snapshot.count,
            }
        system = self.prompts.render("system", **values)
        return Request(task, system, self.prompts.render(task.partition(":")[0], **values), cap, thinking=thinking)

    def told_before(self, number: int) -> AbstractSet[int]:
        """Return the grams of the chapters before `number`, of the nearest where there are many."""
        nearest = range(max(1, number - NEAREST), number)
        for earlier in nearest:
            if earlier not in self._grams:
                found = self.snapshot.chapter(earlier)
                self._grams[earlier] = gates.grams(found.body) if found else frozenset()
        return frozenset().union(*(self._grams[earlier] for earlier in nearest))

    def tokens(self, words: int) -> int:
        """Return the tokens that a text of `words` words may take."""
        if self.client.provider.small:
            return int(words * SMALL_TOKENS_PER_WORD)
        return words * TOKENS_PER_WORD + SLACK

    def record(self, body: str, **fields: Any) -> Record:  # noqa: ANN401 - the fields of a record
        """Return the record of a text that this build's model has drafted, with these `fields`."""
        now = datetime.now(timezone.utc)
        return Record(digest(body), model=self.client.model, at=f"{now:%Y-%m-%dT%H:%M:%SZ}", **fields)

    def land(self, path: Path, identity: str, text: str, before: str | None) -> None:
        """Put a draft in place of `before`, with both in the history of `identity`.

        Until it is in place the whole draft is in partial/, instead of the unfinished one: a build that is killed on
        the way finds it there, and none does once it was in place, should the author delete it. Raises BookError where
        somebody has saved another text at `path` since the draft was begun.
        """
        landing = self.snapshot.book.landing(identity)
        files.replace(landing, text)
        files.remove(self.snapshot.book.unfinished(identity))
        if before is not None:
            keep(self.snapshot.book.history, identity, before)
        kept = keep(self.snapshot.book.history, identity, text)
        if files.read_text(path) != before:
            files.remove(landing)
            message = f"it was saved while it was being drafted, so your text stays. The draft is in {kept}."
            raise BookError(path, None, message)
        files.move(landing, path)
        self.snapshot.forget(path)

    def waiting(self, identity: str, fits: Callable[[Record], bool]) -> str | None:
        """Return the finished draft that waits to land, where there is one and its record `fits`.

        It was left by a killed build, or by a section that was removed. One that does not fit goes to history.
        """
        landing = self.snapshot.book.landing(identity)
        text = files.read_text(landing)
        if text is None:
            return None
        found = frontmatter.parse(text, frozenset({"novelist"}))
        if found.record is not None and found.record.body == digest(found.body) and fits(found.record):
            return text
        keep(self.snapshot.book.history, identity, text)
        files.remove(landing)
        return None

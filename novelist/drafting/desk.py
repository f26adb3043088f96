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

from novelist.book import page
from novelist.book.history import keep
from novelist.book.page import Record
from novelist.drafting.answers import Shape
from novelist.drafting.consent import Consent
from novelist.drafting.prompts import Prompts, near
from novelist.errors import BookError
from novelist.model.access import read_access
from novelist.model.dialect import Request
from novelist.model.ledger import Account
from novelist.model.writer import Writer
from novelist.prose import gates
from novelist.terminal.progress import Aside
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from collections.abc import Set as AbstractSet

    from novelist.graph.build import Build
    from novelist.model.access import Access
    from novelist.terminal.progress import Progress

NEAREST = 40  # chapters whose phrases a new one is held against: a long book costs no more than a short one
# Tokens to allow for a word: English takes 1.4, most languages less than 3.
TOKENS_PER_WORD = 3
SLACK = 400
# A very small model does not end by itself.
SMALL_TOKENS_PER_WORD = 1.4


class Desk:
    """What the drafts of one build share."""

    def __init__(self, build: Build, show: Progress) -> None:
        self.build = build
        self.show: Progress | Aside = show
        self.progress = show
        self.consent = Consent(build, show, self._cost)
        self._grams: dict[int, AbstractSet[int]] = {}  # by chapter; no later one is drafted before it is read

    @cached_property
    def access(self) -> Access:
        """Which model writes. Raises SettingsError."""
        return read_access(os.environ, [self.build.book.root, Path()])

    @cached_property
    def writer(self) -> Writer:
        """The model that writes."""
        book, premise = self.build.book, self.build.premise
        account = Account(book.ledger, premise.budget, self.progress.cost)
        # One key for all calls of a book, the same in every build of it.
        return Writer(self.access, self.progress.line, account, cache_key=f"novelist-{digest(premise.idea)}")

    @cached_property
    def prompts(self) -> Prompts:
        """The book's templates. Raises BookError."""
        return Prompts(self.build.book.prompts, small=self.writer.provider.small)

    @property
    def shape(self) -> Shape:
        """How closely a schema may bind this model."""
        return Shape(bounds=self.writer.provider.bounds, plain=self.writer.provider.small)

    @property
    def last(self) -> float:
        """The number of the last chapter that this build was asked for."""
        return self.progress.last

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model has written something in this build."""
        return "writer" in self.__dict__ and self.writer.rehearses and self.writer.opened

    def _cost(self, chapters: Collection[int]) -> str:
        """Return what it takes at most to draft `chapters` again, with what follows from them."""
        from novelist.drafting import plan  # noqa: PLC0415 - it knows desks

        return plan.again(self, chapters)

    def aside(self) -> Desk:
        """Return the same desk for a draft that is made beside others, and so is not shown while it comes."""
        other = copy(self)
        other.show = Aside(self.progress)
        return other

    def close(self) -> None:
        """Let the model go, if one was asked."""
        if "writer" in self.__dict__:
            self.writer.close()

    def request(self, task: str, cap: int, *, thinking: bool = False, **values: Any) -> Request:  # noqa: ANN401 - whatever the templates show
        """Return the request for `task` (`bible`, `chapter:7`), within `cap` tokens, from its templates."""
        build = self.build
        values = {"premise": build.premise.idea, "language": build.premise.language, "story": [], **values}
        if "outline" not in values:
            shown = near(build.outline, values["number"])
            values |= {"bible": build.bible.text, "outline": build.outline, "shown": shown, "count": build.count}
        system = self.prompts.render("system", **values)
        return Request(task, system, self.prompts.render(task.partition(":")[0], **values), cap, thinking=thinking)

    def told_before(self, number: int) -> AbstractSet[int]:
        """Return the grams of the chapters before `number`, of the nearest where there are many."""
        nearest = range(max(1, number - NEAREST), number)
        for earlier in nearest:
            if earlier not in self._grams:
                found = self.build.chapter(earlier)
                self._grams[earlier] = gates.grams(found.body) if found else frozenset()
        return frozenset().union(*(self._grams[earlier] for earlier in nearest))

    def tokens(self, words: int) -> int:
        """Return the tokens that a text of `words` words may take."""
        if self.writer.provider.small:
            return int(words * SMALL_TOKENS_PER_WORD)
        return words * TOKENS_PER_WORD + SLACK

    def record(self, body: str, **fields: Any) -> Record:  # noqa: ANN401 - the fields of a record
        """Return the record of a text that this build's model has drafted, with these `fields`."""
        now = datetime.now(timezone.utc)
        return Record(digest(body), model=self.writer.model, at=f"{now:%Y-%m-%dT%H:%M:%SZ}", **fields)

    def land(self, path: Path, identity: str, text: str, before: str | None) -> None:
        """Put a draft in place of `before`, with both in the history of `identity`.

        Until it is in place the whole draft is in partial/, instead of the unfinished one: a build that is killed on
        the way finds it there, and none does once it was in place, should the author delete it. Raises BookError where
        somebody has saved another text at `path` since the draft was begun.
        """
        landing = self.build.book.landing(identity)
        page.replace(landing, text)
        page.remove(self.build.book.unfinished(identity))
        if before is not None:
            keep(self.build.book.history, identity, before)
        kept = keep(self.build.book.history, identity, text)
        if page.read_text(path) != before:
            page.remove(landing)
            message = f"it was saved while it was being drafted, so your text stays. The draft is in {kept}."
            raise BookError(path, None, message)
        page.move(landing, path)
        self.build.forget(path)

    def waiting(self, identity: str, fits: Callable[[Record], bool]) -> str | None:
        """Return the finished draft that waits to land, where there is one and its record `fits`.

        It was left by a killed build, or by a section that was removed. One that does not fit goes to history.
        """
        landing = self.build.book.landing(identity)
        text = page.read_text(landing)
        if text is None:
            return None
        found = page.parse(text, frozenset({"novelist"}))
        if found.record is not None and found.record.body == digest(found.body) and fits(found.record):
            return text
        keep(self.build.book.history, identity, text)
        page.remove(landing)
        return None

"""The question before the damage: asked once per build, before finished chapters are replaced that nobody touched.

Knows when to ask and what to list. Knows no model, and draws no chapter itself.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

from novelist.errors import Stopped
from novelist.terminal.lines import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from novelist.targets.snapshot import Snapshot
    from novelist.targets.verdict import Verdict
    from novelist.terminal.progress import Progress

YES = "NOVELIST_YES"
FEW = 3  # chapters that may be replaced for a change of settings or bible without a question
LISTED = 10

Word = Literal["yes", "keep"]


class Confirmation:
    """A person's word for one build."""

    def __init__(self, snapshot: Snapshot, show: Progress, cost: Callable[[Collection[int]], str]) -> None:
        """Take who says, in words, what it takes at most to draft some chapters again."""
        self._snapshot = snapshot
        self._show = show
        self._cost = cost
        self._answer: Word | None = None

    def given(self, number: int, verdict: Verdict) -> bool:
        """Return whether chapter `number` may be replaced, asking where it must be asked.

        Raises Stopped where the person wants to quit.
        """
        if verdict.asks == "no" or (verdict.asks == "many" and self._answer is None and len(self._replaced()) <= FEW):
            return True
        if self._answer is None:
            self._answer = self._ask(number, verdict)
        return self._answer == "yes"

    def _replaced(self) -> list[int]:
        """Return the chapters that are now stale for a change of settings or bible."""
        count = len(self._snapshot.outline.sections)
        return [number for number in range(1, count + 1) if self._snapshot.chapter_verdict(number).asks == "many"]

    def _at_most(self, number: int, verdict: Verdict) -> list[int]:
        """Return the chapters that may be replaced: with a change of the story, every later one as it was drafted."""
        if verdict.asks == "many":
            return self._replaced()
        later = range(number, len(self._snapshot.outline.sections) + 1)
        pages = {one: self._snapshot.chapter(one) for one in later}
        return [one for one, page in pages.items() if page is not None and page.record is not None and not page.edited]

    def _ask(self, number: int, verdict: Verdict) -> Word:
        if os.environ.get(YES) == "1":
            return "yes"
        if not on_terminal(sys.stdin, sys.stdout):
            return "keep"
        replaced = self._at_most(number, verdict)
        self._show.line(f"Finished chapters are about to be drafted again, because {verdict.reason}:")
        for one in replaced[:LISTED]:
            self._show.line(f"  {one}. {self._snapshot.section(one).title}")
        if len(replaced) > LISTED:
            self._show.line(f"  and {len(replaced) - LISTED} more")
        self._show.line(f"At most {self._cost(replaced)}.")
        while True:
            answer = self._show.ask("[y]es, [k]eep them and draft only what is missing, or [q]uit? ").strip().lower()
            if answer in ("y", "yes"):
                return "yes"
            if answer in ("k", "keep"):
                return "keep"
            if answer in ("q", "quit", ""):
                message = "you quit; this chapter and those after it are as they were. Run `doit` again when you like."
                raise Stopped(message)

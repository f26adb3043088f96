"""What a chapter is told of how things stand: by the facts of all summaries before it, whatever arcs tell of them.

Knows which summaries there are, and the bible's names. Asks no model, and writes nothing.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from novelist.prose.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target


class Remembered:
    """How things stand before each chapter of a book; what was read for one is kept for the next."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lock = Lock()
        self._read: list[str] = []  # the digests of the texts that are in `_standing`
        self._named: tuple[object, ...] = ()
        self._looked = -1, 0  # at how many changes, and before which chapter, `_there` was looked for
        self._there: list[Target] = []
        self._standing = Standing()

    def before(self, number: int) -> list[str]:
        """Return how things stand before chapter `number`, a line for each name."""
        snapshot = self._snapshot
        with self._lock:
            texts = self._there_before(number)
            digests = [snapshot.text_digests[text] for text in texts]
            named = snapshot.premise.language, snapshot.bible
            if self._named != named or digests[: len(self._read)] != self._read:
                self._read, self._named = [], named
                self._standing = Standing(snapshot.premise.language, snapshot.bible.aliases())
            for text in texts[len(self._read) :]:
                self._standing.add(snapshot.text(text))
            self._read = digests
            return self._standing.lines()

    def _there_before(self, number: int) -> list[Target]:
        """Return the summaries before chapter `number` that there are, and arcs for those that are missing.

        As long as no file changes, and no arc begins, a later chapter has what an earlier one had, and some more.
        """
        snapshot = self._snapshot
        changes, last = self._looked
        if (
            changes != snapshot.changes
            or not 0 < last <= number
            or any(snapshot.story.opens(each) for each in range(last + 1, number + 1))
        ):
            self._there = list(self._texts(number))
        else:
            later = map(snapshot.summary, range(last, number))
            self._there += [summary for summary in later if summary.info is not None]
        self._looked = snapshot.changes, number
        return self._there

    def _texts(self, number: int) -> Iterator[Target]:
        """Yield the summaries before chapter `number` that there are, each arc before those of its chapters.

        An arc says what a summary that is missing would; where none is, it says nothing that they do not.
        """
        snapshot = self._snapshot
        for part in snapshot.story.context(number):
            numbers = [part] if isinstance(part, int) else range(part.first, part.last + 1)
            summaries = [snapshot.summary(each) for each in numbers]
            there = [summary for summary in summaries if summary.info is not None]
            if not isinstance(part, int) and len(there) < len(summaries):
                yield snapshot.arc(part)
            yield from there

"""What a chapter is told of how things stand: by the facts of all summaries before it, whatever arcs tell of them.

Knows which summaries there are, and the bible's names. Asks no model, and writes nothing.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from novelist.memo import Memo
from novelist.prose.standing import Standing

if TYPE_CHECKING:
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.story import Run
    from novelist.targets.target import Target


class Remembered:
    """How things stand before each chapter of a book; what was read for one is kept for the next."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lock = Lock()
        self._read: list[str] = []  # the digests of the texts that are in `_standing`
        self._named: tuple[object, ...] = ()
        self._changes = 0  # those of the book that `_there` has seen
        self._there: Memo[Run | int, list[Target]] = Memo(self._texts)
        self._standing = Standing()

    def before(self, number: int) -> list[str]:
        """Return how things stand before chapter `number`, a line for each name."""
        snapshot = self._snapshot
        with self._lock:
            if self._changes != snapshot.changes:
                self._there.clear()
                self._changes = snapshot.changes
            texts = [text for part in snapshot.story.context(number) for text in self._there[part]]
            digests = [snapshot.text_digests[text] for text in texts]
            named = snapshot.premise.language, snapshot.bible
            if self._named != named or digests[: len(self._read)] != self._read:
                self._read, self._named = [], named
                self._standing = Standing(snapshot.premise.language, snapshot.bible.aliases())
            for text in texts[len(self._read) :]:
                self._standing.add(snapshot.text(text))
            self._read = digests
            return self._standing.lines()

    def _texts(self, part: Run | int) -> list[Target]:
        """Return the summaries of a part of the story that there are, behind the arc of it where one is missing.

        An arc says what a summary that is missing would; where none is, it says nothing that they do not.
        """
        snapshot = self._snapshot
        numbers = [part] if isinstance(part, int) else range(part.first, part.last + 1)
        summaries = [snapshot.summary(each) for each in numbers]
        there: list[Target] = [summary for summary in summaries if summary.info is not None]
        if not isinstance(part, int) and len(there) < len(summaries):
            return [snapshot.arc(part), *there]
        return there

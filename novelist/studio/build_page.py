"""What is shown of a build while it runs: its lines, the text as it comes, how fast that is, and what it has cost.

Knows where unfinished drafts are; so it shows those of a build in a terminal, too. Asks no model.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from novelist.book.paths import Book
from novelist.errors import NovelistError
from novelist.model import ledger
from novelist.text import printable
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot

    State = Literal["", "running", "elsewhere", "done", "failed", "stopped"]

STILL_WRITING = 10.0  # seconds for which a draft may stand still that is written elsewhere
MEASURED = 8.0  # seconds of which a speed is the mean
STOPPED = 130  # the exit status after Ctrl-C


@dataclass(frozen=True)
class Coming:
    """The text that is being written: what it is, and as much as there is of it."""

    name: str
    about: str
    text: str
    words: int


@dataclass(frozen=True)
class BuildPage:
    """A build as it is now: `seconds` and `dollars` since it began, and about how many seconds are `left`.

    What nobody knows is 0.
    """

    state: State = ""
    lines: Sequence[str] = ()
    coming: Coming | None = None
    seconds: int = 0
    dollars: float = 0.0
    left: int = 0

    def told(self, speed: float) -> dict[str, Any]:
        """Return it for a script, with so many words a second."""
        return {**asdict(self), "lines": list(self.lines), "told": self.line(speed)}

    def line(self, speed: float = 0.0) -> str:
        """Return in a line how far it is."""
        words = f"{self.coming.words:,} words" if self.coming else ""
        fast = f"{speed:.0f} words a second" if speed >= 1 else ""
        took = f"{self.seconds // 60}:{self.seconds % 60:02d} min" if self.state == "running" else ""
        left = f"about {max(round(self.left / 60), 1)} min left" if self.left else ""
        cost = f"${self.dollars:,.2f}" if self.dollars >= 0.005 else ""
        return " · ".join(filter(None, (words, fast, took, left, cost)))


def build_page(opened: OpenBook) -> BuildPage:
    """Return the build of a book as it is now."""
    book, build = Book(opened.root), opened.build
    newest = _newest(book)
    if build is None or not build.running:
        if newest and time.time() - newest[1] < STILL_WRITING:
            return BuildPage("elsewhere", (), _coming(opened, book, newest[0]))
        if build is None:
            return BuildPage()
        states: Mapping[int | None, State] = {0: "done", STOPPED: "stopped"}
        return BuildPage(states.get(build.status, "failed"), list(build.lines))
    coming = _coming(opened, book, newest[0]) if newest and newest[1] >= build.began else None
    seconds = int(time.time() - build.began)
    left = max(int(build.planned or 0) - seconds, 0)
    return BuildPage("running", list(build.lines), coming, seconds, _spent(book, opened), left)


def _newest(book: Book) -> tuple[str, float] | None:
    """Return the name of the unfinished draft that was written to last, and when that was."""
    try:
        names = [name for name in book.files.names(book.partial, whatever=True) if name.endswith(".part")]
        times = {name: status.st_mtime for name in names if (status := book.files.look(book.partial / name))}
    except NovelistError:
        return None
    return max(times.items(), key=lambda each: each[1], default=None)


def _coming(opened: OpenBook, book: Book, name: str) -> Coming | None:
    try:
        content = book.files.read_bytes(book.partial / name)
        task, about = opened.read(("unfinished",), _unfinished).get(name, ("", ""))
    except NovelistError:
        return None
    if content is None:
        return None
    text = printable(content.decode("utf-8", "ignore").partition("\n")[2])
    return Coming(task, about, text, count_words(text))


def _unfinished(_: OpenBook, snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Return by the names of unfinished drafts what they are: a task, and what that is about."""
    return {
        snapshot.book.unfinished(target.identity).name: (target.name, target.about)
        for target in snapshot.drafts()
        if snapshot.outlined or not target.number
    }


def _spent(book: Book, opened: OpenBook) -> float:
    try:
        return max(ledger.spent(book.ledger) - opened.spent_before, 0.0)
    except NovelistError:
        return 0.0


class Speed:
    """How many words come in a second, by what was looked at lately."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, str, int]] = deque()

    def take(self, coming: Coming | None) -> float:
        """Take what has come so far, and return the words a second; 0 where that is not known yet."""
        now = time.monotonic()
        if coming is None or (self._looks and self._looks[-1][1] != coming.name):
            self._looks.clear()
        if coming is None:
            return 0.0
        self._looks.append((now, coming.name, coming.words))
        while now - self._looks[0][0] > MEASURED:
            self._looks.popleft()
        begun, _, words = self._looks[0]
        return (coming.words - words) / (now - begun) if now - begun > 1 else 0.0

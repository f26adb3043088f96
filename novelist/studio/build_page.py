"""What is shown of a command while it runs: its lines and its question, the text as it comes, how fast, and the cost.

Knows where unfinished drafts are; so it shows those of a build in a terminal, too. Asks no model.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from novelist.book.paths import Book
from novelist.edits.foreseen import foreseen_status
from novelist.errors import NovelistError
from novelist.interrupts import STATUS
from novelist.model import ledger
from novelist.studio.chapter_page import Difference
from novelist.studio.wording import plain
from novelist.terminal.words import pieces
from novelist.text import printable
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.building.process import Command, Run
    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import ChapterStatus

    State = Literal["", "running", "asking", "elsewhere", "done", "failed", "stopped"]

STILL_WRITING = 10.0  # seconds for which a draft may stand still that is written elsewhere
MEASURED = 8.0  # seconds of which a speed is the mean
FOLLOWS = "only if the chapters before it come to tell something new"


@dataclass(frozen=True)
class Coming:
    """The text that is being written: what it is, and as much as there is of it; empty for what is no prose."""

    name: str
    about: str
    text: str
    words: int


@dataclass(frozen=True)
class ProposedEdit:
    """An edit by its number among those that are proposed, and what it would change."""

    number: int
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Question:
    """What a command asks, by its number: whether chapters may be replaced, or which edits are taken."""

    number: int
    asked: Mapping[str, Any]
    edits: Sequence[ProposedEdit] = ()


@dataclass(frozen=True)
class AskedChapter:
    """A chapter that may be replaced, as it stands, and why it would be."""

    chapter: ChapterStatus
    why: str


@dataclass(frozen=True)
class BuildPage:
    """A build, or another command, as it is now: `seconds` and `dollars` since it began, and the seconds `left`.

    What nobody knows is 0.
    """

    state: State = ""
    command: Command | None = None
    question: Question | None = None
    lines: Sequence[str] = ()
    coming: Coming | None = None
    seconds: int = 0
    dollars: float = 0.0
    left: int = 0

    def told(self, speed: float) -> dict[str, Any]:
        """Return it for a script, with so many words a second."""
        coming = asdict(self.coming) if self.coming else None
        return {"state": self.state, "coming": coming, "lines": list(self.lines), "told": self.line(speed)}

    def line(self, speed: float = 0.0) -> str:
        """Return in a line how far it is."""
        words = f"{self.coming.words:,} words" if self.coming else ""
        fast = f"{speed:.0f} words a second" if speed >= 1 else ""
        took = f"{self.seconds // 60}:{self.seconds % 60:02d} min" if self.state in ("running", "asking") else ""
        left = f"about {max(round(self.left / 60), 1)} min left" if self.left else ""
        cost = f"${self.dollars:,.2f}" if self.dollars >= 0.005 else ""
        return " · ".join(filter(None, (words, fast, took, left, cost)))


def build_page(opened: OpenBook) -> BuildPage:
    """Return the command that was begun in a book, or else a build in a terminal, as it is now."""
    book, run = Book(opened.root), opened.run
    newest = _newest(book)
    if run is None or not run.running:
        since = max(time.time() - STILL_WRITING, run.ended if run else 0.0)
        if newest and newest[1] > since:
            return BuildPage("elsewhere", coming=_coming(opened, book, newest[0]))
        if run is None:
            return BuildPage()
        return BuildPage(_ended(run), run.command, lines=_lines(opened, run))
    coming = _coming(opened, book, newest[0]) if newest and newest[1] >= run.began else None
    seconds = int(time.time() - run.began)
    left = max(int(run.command.planned or 0) - seconds, 0)
    question = _question(run)
    state: State = "running" if question is None else "asking"
    return BuildPage(state, run.command, question, _lines(opened, run), coming, seconds, _spent(book, opened), left)


def _lines(opened: OpenBook, run: Run) -> list[str]:
    return [plain(opened.local(line)) for line in run.lines]


def _ended(run: Run) -> State:
    if run.status == 0:
        return "done"
    return "stopped" if run.stopped or run.status == STATUS else "failed"


def _question(run: Run) -> Question | None:
    asked, number = run.question, run.asked
    if asked is None:
        return None
    edits = [
        ProposedEdit(edit["edit"], [_difference(change) for change in edit["changes"]])
        for edit in asked.get("edits", ())
    ]
    return Question(number, asked, edits)


def asked_chapters(opened: OpenBook, question: Question | None) -> Sequence[AskedChapter]:
    """Return the chapters that a question is about. Raises NovelistError."""
    numbers = [each["number"] for each in question.asked.get("chapters", ())] if question else []
    if not numbers:
        return ()
    status, _ = opened.read(("status",), lambda _, now: foreseen_status(now))
    chapters = [status.chapters[number - 1] for number in numbers if number <= len(status.chapters)]
    return [AskedChapter(each, each.reason if each.state == "stale" else FOLLOWS) for each in chapters]


def _difference(change: Mapping[str, Any]) -> Difference:
    words = [piece for piece in pieces(change["old"], change["new"]) if piece.text]
    return Difference("", change["paragraph"], words)


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
    return Coming(task, plain(opened.local(about)), "" if text.lstrip().startswith("{") else text, count_words(text))


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

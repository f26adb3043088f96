"""A chapter that is begun beside the summary of the one before it, which it need not wait for: it reads that chapter.

Knows when a chapter may be begun so, how it is stopped, and how it lands once its own turn has come. Knows no doit.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from novelist.book import history, landing
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.pipeline import drafting_of, finish
from novelist.errors import OverBudget, Refused, SettingsError
from novelist.language.lengths import unit
from novelist.targets.digests import OWN, changed_parts
from novelist.targets.summary import SummaryTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.book.premise import Span
    from novelist.book.record import Record
    from novelist.drafting.drafting import Draft
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target
    from novelist.terminal.progress import Progress

BETWEEN_LOOKS = 0.2  # seconds between two looks at whether the build was stopped
PATIENCE = 1.0  # seconds in which a draft that is stopped lets its file go


class Abandoned(BaseException):
    """Raised in a draft that nobody waits for any more; what came of it is on the disk."""


class Beside:
    """The draft of `target` beside the summary of the chapter before it.

    Everything of the book is read when this is made. Then the draft has a thread of its own, which a build that ends
    does not wait for: what it leaves is what a kill leaves.
    """

    # The task of the summary makes it and the task of the chapter has it land, so that a build which is stopped, or
    # asked for one of them only, is the build that it was. Its prompt is the one that it would have in its turn, since
    # that does not tell the summary; its record is completed when it lands, with the summary that has come by then.

    def __init__(self, session: Session, target: ChapterTarget, summary: SummaryTarget) -> None:
        self.target = target
        self._client = session.client_for(target.name)
        self._before = target.inputs.book.files.read_text(target.path)
        self._verdict = target.verdict()
        shown = _ShownBeside(session.progress, self._check)
        self._drafting = ChapterDrafting(session.shown_by(shown), target)
        self._request = self._drafting.prepare(self._before)
        self._others = [_request_of(session, summary)] if session.limited else []
        self._stopped = False
        self._draft: Draft | None = None
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None
        self.session = session

    @property
    def reads_previous(self) -> bool:
        """Whether it is sent all of the chapter before it, and so needs none of its summary."""
        return self._drafting.reads_previous

    @property
    def begun(self) -> bool:
        """Whether it was begun."""
        return self._thread is not None

    def begin(self) -> bool:
        """Begin it, where the budget holds it with what the summary may still cost, and return whether it was."""
        if self._client.crowded or self._stopped or not self._afforded():
            return False
        # Here, where the lines of tasks come from, and not in its thread, which may be slower than they are.
        title, brief = self.target.section.title, self._drafting.brief
        self.session.progress.begin_beside(
            self.target.name, self.target.number, title, brief.words, unit(brief.language)
        )
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return True

    def _afforded(self) -> bool:
        """Say whether its model can be asked, and the budget holds it; where that cannot be, its own turn says why."""
        try:
            most = sum(self.session.client_for(each.task).most(each) for each in (self._request, *self._others))
        except (Refused, SettingsError):
            return False
        return self._client.affords(most)

    def _run(self) -> None:
        try:
            landing.put_away(self.target.inputs.book, self.target.identity)
            self._draft = self._drafting.draft(self._before, self._verdict)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the draft is waited for
            self._error = error

    def _check(self, *, asks: bool) -> None:
        """Raise Abandoned where it was stopped, or `asks` a server that takes one call at a time."""
        if self._stopped or (asks and self._client.crowded):
            raise Abandoned

    def stop(self) -> None:
        """Stop it; what came of it stays in partial/."""
        self._stopped = True
        if self._thread is not None and self._thread.is_alive():
            self._client.hang_up()
            self._thread.join(PATIENCE)
        self.session.progress.leave_beside()

    def land(self) -> str | None:
        """Wait for it, have it land, and return what was done; None where it is to be asked for in its turn.

        Raises WriterError and BookError as a draft in its turn does.
        """
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(BETWEEN_LOOKS)
        # There may be more money once the summary is paid.
        if self._draft is None and isinstance(self._error, (Abandoned, OverBudget)):
            return None
        if self._draft is None:
            raise self._error or Abandoned
        self._drafting.take_summary()
        line = finish(self._drafting, self._draft, self._drafting.fields(), self._before)
        self._drafting.landed()
        return line


class _ShownBeside:
    """What is shown of a draft that is made beside a summary: all of it, in the summary's place."""

    def __init__(self, progress: Progress, check: Callable[..., None]) -> None:
        self.line = progress.line
        self._progress = progress
        self._check = check

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Show nothing: that it is begun is shown."""

    def start(self, text: str = "") -> None:
        """Show the text anew. Raises Abandoned."""
        self._check(asks=True)
        self._progress.start(text)

    def think(self, piece: str) -> None:
        """Show a piece of the model's reasoning. Raises Abandoned."""
        self._check(asks=False)
        self._progress.think(piece)

    def add(self, piece: str) -> None:
        """Show a piece of the text. Raises Abandoned."""
        self._check(asks=False)
        self._progress.add(piece)


class UntilFirstToken:
    """What is shown of a summary: all of it, until `then` has begun another text at its first token."""

    def __init__(self, progress: Progress, then: Callable[[], bool], *, at_once: bool) -> None:
        self.line = progress.line
        self._progress = progress
        self._then: Callable[[], bool] | None = then
        self._at_once = at_once
        self._quiet = False

    def _give(self) -> None:
        if self._then is not None:
            then, self._then = self._then, None
            self._quiet = then()

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Show that the text is begun."""
        self._progress.begin(name, title, words, unit)

    def start(self, text: str = "") -> None:
        """Show the text anew."""
        if self._at_once:
            self._give()
        if not self._quiet:
            self._progress.start(text)

    def think(self, piece: str) -> None:
        """Show a piece of the model's reasoning."""
        self._give()
        if not self._quiet:
            self._progress.think(piece)

    def add(self, piece: str) -> None:
        """Show a piece of the text."""
        self._give()
        if not self._quiet:
            self._progress.add(piece)


def beside(session: Session, summary: Target) -> Beside | None:
    """Return the draft of the chapter behind a summary, to be made beside it, where that may be.

    Both are to be drafted in this run; the chapter is due whatever the summary says, nobody has to be asked for it, no
    earlier draft may take its place, no arc comes between them, and it is sent all of the chapter before it.
    """
    if not isinstance(summary, SummaryTarget) or session.unwritable or session.jobs == 1:
        return None
    snapshot, number = session.snapshot, summary.number + 1
    if number > min(snapshot.count, session.last) or not summary.verdict().drafts or snapshot.story.opens(number):
        return None
    chapter = snapshot.chapter(number)
    verdict = chapter.verdict()
    if verdict.state != "missing" and not (verdict.state == "stale" and "section" in verdict.changed):
        return None
    book = snapshot.book

    def may_fit(record: Record) -> bool:
        """Say whether a record fits, if the story comes to be what it was."""
        digests = chapter.digests_named_by(record)
        return not changed_parts(record.brief, {part: digests[part] for part in OWN})

    if landing.waiting(book, chapter.identity, may_fit) is not None:
        return None
    if chapter.returns(verdict) and history.draft(book, chapter.identity, may_fit) is not None:
        return None
    draft = Beside(session, chapter, summary)
    return draft if draft.reads_previous else None


def _request_of(session: Session, target: Target) -> Request:
    """Return the request for a target as it is now."""
    return drafting_of(session, target).request(target.inputs.book.files.read_text(target.path))

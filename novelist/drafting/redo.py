"""A chapter that is drafted again beside the one that is there, from its brief and a wish, as often as is asked.

Knows how alternatives are asked for, and that nothing which was paid for is lost. Knows no terminal, and not which one
is taken.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from novelist.book import alternatives, conflict, frontmatter
from novelist.book.record import ASKED
from novelist.drafting.attempts import no_prose
from novelist.drafting.beside import Abandoned
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.guesses import Guesses
from novelist.drafting.parallel import at_once
from novelist.errors import BookError
from novelist.targets.verdict import Verdict
from novelist.terminal.progress import Quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from novelist.book.premise import Span
    from novelist.drafting.attempts import Flaw
    from novelist.drafting.drafting import Draft
    from novelist.drafting.session import Session
    from novelist.targets.chapter import ChapterTarget
    from novelist.terminal.progress import Shown

AGAIN = "the same command"


class Alternative(ChapterDrafting):
    """How one alternative is drafted: as a chapter is, but with a number, and not to be what is there."""

    takes_over = False
    again = AGAIN

    def __init__(self, session: Session, target: ChapterTarget, wish: str, number: int) -> None:
        super().__init__(session, target)
        self.wish = wish
        self.number = number

    def stamp(self) -> dict[str, Any]:
        """Return its brief's digests, and the wish."""
        return {**super().stamp(), ASKED: self.wish}

    @property
    def earlier(self) -> int:
        """How many texts there were, and are to be, before it."""
        return super().earlier + self.number

    @property
    def _unfinished(self) -> Path:
        return alternatives.unfinished(self.target.inputs.book, self.target.identity, self.number)

    def exhausted(self, flaw: Flaw, refused: Mapping[Path, int]) -> str:
        """Say that no answer could be taken. Raises Unusable."""
        return no_prose(flaw, refused, AGAIN)

    def keep(self, draft: Draft) -> None:
        """Put what was drafted where alternatives are, with its record and what was asked."""
        body = conflict.without_marks(draft.body or "")
        record = self.session.record(self.target.name, body, **{**self.fields(), **self.marks(body)})
        front = {**draft.front, ASKED: self.wish, "novelist": record.front()}
        text = frontmatter.compose({key: value for key, value in front.items() if value is not None}, body)
        book = self.target.inputs.book
        book.files.replace(alternatives.path_of(book, self.target.identity, self.number), text)
        self.landed()
        self.partial.drop()


class Redo:
    """The alternatives that one command asks for: `drafts` are those that are not there yet.

    Which ones they are stands in a file from before the first call until the last one is there. A command with the same
    wish, for as many, of the same brief, that finds this file was given before and killed: it asks for those of them
    that are missing, and goes on with what had come of them.
    """

    def __init__(self, session: Session, target: ChapterTarget, wish: str, times: int) -> None:
        """Take what is asked beside the brief, and how many are wanted.

        Raises BookError where the chapter, or what it is to be told of those before it, is missing.
        """
        self.session = session
        self.target = target
        self._book = target.inputs.book
        self._before = self._book.files.read_text(target.path)
        target.written()
        _check_told(target)
        there = alternatives.numbers(self._book, target.identity)
        free = range(1 + max(there, default=0), 1 + max(there, default=0) + times)
        stamp = Alternative(session, target, wish, free[0]).stamp()
        left = self._left(stamp, times)
        self._asked_for = {"stamp": stamp, "numbers": left or list(free)}
        # Shown while it comes is one alone; the book's templates are read once, before there are several sessions.
        show = session.show if times == 1 or session.jobs == 1 else Quiet(session.progress)
        self._shown = _UntilStopped(show)
        shown = session.shown_by(self._shown)
        every = [Alternative(shown, target, wish, number) for number in left or free]
        self._there = [each for each in every if each.number in there]
        self.drafts = [each for each in every if each.number not in there]

    @property
    def _asked_for_path(self) -> Path:
        return alternatives.asked_for(self._book, self.target.identity)

    def _left(self, stamp: Mapping[str, Any], times: int) -> list[int]:
        """Return the numbers that a command was given for which was the same, and killed; none where there was none."""
        try:
            asked_for = json.loads(self._book.files.read_bytes(self._asked_for_path) or b"{}")
            numbers, same = asked_for["numbers"], asked_for["stamp"] == json.loads(json.dumps(stamp))
        except (ValueError, KeyError, TypeError, RecursionError):
            return []
        valid = isinstance(numbers, list) and all(type(each) is int and 0 < each < 10**6 for each in numbers)
        return numbers if same and valid and len(set(numbers)) == times else []

    def guess(self) -> tuple[int, float | None]:
        """Return about how many tokens it takes, and what that costs in US dollars."""
        guesses = Guesses(self.session, lambda chapter: ChapterDrafting(self.session, chapter).bare_request())
        task, count = self.target.name, len(self.drafts)
        prompt_guess, text = ChapterDrafting(self.session, self.target).guess(guesses)
        prompt = guesses.rates_for(task).prompt(prompt_guess)
        dollars = guesses.dollars(task, prompt, text)
        return count * (prompt + text), None if dollars is None else count * dollars

    def draft(self, done: Callable[[Alternative, Draft], None]) -> None:
        """Ask for those that are missing, as many at once as `jobs` allow; each is `done` once it is there.

        Raises WriterError where one could not be drafted, after all others; and BookError.
        """
        for each in self.drafts:
            each.prepare(self._before)  # the book is read here, and not while others are drafted
        self._book.files.replace(self._asked_for_path, json.dumps(self._asked_for, ensure_ascii=False))

        def keep(each: Alternative, draft: Draft) -> None:
            each.keep(draft)
            done(each, draft)

        verdict = Verdict("missing", "there is none yet")
        calls = {each: partial(each.draft, self._before, verdict) for each in self.drafts}
        failed = at_once(self.session, self.target.name, calls, keep, self._stop) if calls else {}
        if failed:
            raise next(iter(failed.values()))
        for each in self._there:
            each.partial.drop()  # a command that was killed may have left it
        self._book.files.remove(self._asked_for_path)

    def _stop(self) -> None:
        """Have no draft go on: what has come of each is kept."""
        self._shown.stopped = True
        self.session.client_for(self.target.name).hang_up()


class _UntilStopped:
    """What is shown of drafts, as `show` has it; once they are `stopped`, each ends before it asks or takes more."""

    def __init__(self, show: Shown) -> None:
        self.line = show.line
        self.stopped = False
        self._show = show

    def _check(self) -> None:
        if self.stopped:
            raise Abandoned

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Show that a draft is begun."""
        self._show.begin(name, title, words, unit)

    def start(self, text: str = "") -> None:
        """Show the text anew. Raises Abandoned."""
        self._check()
        self._show.start(text)

    def think(self, piece: str) -> None:
        """Show a piece of the model's reasoning. Raises Abandoned."""
        self._check()
        self._show.think(piece)

    def add(self, piece: str) -> None:
        """Show a piece of the text. Raises Abandoned."""
        self._check()
        self._show.add(piece)


def _check_told(target: ChapterTarget) -> None:
    """Raise BookError where what a chapter is to be told of those before it is missing."""
    missing: Sequence[str] = [each.name for each in target.context() if each.info is None]
    if missing:
        message = f"it is to be told {missing[-1]}, which is missing. Run `doit {missing[-1]}` first."
        raise BookError(target.path, None, message, why="What came before would not be known to it.")

"""A text from a model, whole: gone on with where it was cut off, until it ends.

Knows how a text is kept on disk while it comes. Knows no record, no doit, and not what a chapter must be.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.drafting.assignment import unit
from novelist.drafting.partial import Begun, Partial
from novelist.errors import WriterError
from novelist.model.faults import FILTER
from novelist.model.stream import CUT, ENOUGH, LENGTH, STOP, Answer, Enough
from novelist.prose import chatter, gates
from novelist.prose.cleaning import clean
from novelist.prose.sentences import is_over, join, last_lines, overlaps, whole_sentences, whole_words
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.book.premise import Span
    from novelist.drafting.session import Session
    from novelist.model.request import Request

ACCEPTED_EXCESS = 1.5  # times the words asked for
MOST_FRUITLESS = 3  # answers in a row that add nothing
FEWEST_NEW_WORDS = 5  # that are something
BETWEEN_LOOKS = 400  # characters between two looks for a loop


class DraftHandler:
    """Takes one answer as it streams: shows it, keeps it on disk, and has it stopped where it loops or never ends.

    The answer goes on with `before`, and stands before `ending` where that is there already; `most` are the words that
    are too many, where there are such.
    """

    def __init__(
        self,
        session: Session,
        before: str = "",
        partial: Partial | None = None,
        ending: str = "",
        most: int | None = None,
    ) -> None:
        self._show = session.show
        self._before = before
        self._partial = partial
        self._ending = ending
        self._most = most
        self._text = ""
        self._looked = 0

    def start(self) -> None:
        """Forget what came, and begin again."""
        self._text, self._looked = self._before, len(self._before)
        self._show.start(self._before)
        if self._partial is not None:
            self._partial.close()
            self._partial.begin(self._before, self._ending)

    def think(self, piece: str) -> None:
        """Show that the model thinks."""
        self._show.think(piece)

    def add(self, piece: str) -> None:
        """Take the next piece. Raises Enough, and BookError where the disk does not take it."""
        self._text += piece
        if self._partial is not None:
            self._partial.add(piece)
        self._show.add(piece)
        if self._most is not None and len(self._text) - self._looked >= BETWEEN_LOOKS:
            self._looked = len(self._text)
            new = self._text[len(self._before) :]
            # What it says again before it goes on is no loop: it is left out where the two are joined.
            if overlaps(self._before, new):
                return
            if gates.loop(join(self._before, new)) or count_words(self._text) > self._most:
                raise Enough

    def end(self, finish: str) -> None:
        """Have the text on disk as the whole that it is: a build that is killed now need not ask again."""
        if self._partial is not None and finish == STOP and not self._ending:
            self._partial.end(join(self._before, self._text[len(self._before) :]), finish)


class Completion:
    """One text being completed: prose, which ends with a sentence, or else a text that may end with any line."""

    def __init__(self, session: Session, words: Span, partial: Partial | None = None, *, prose: bool = True) -> None:
        self.session = session
        self.words = words
        self.partial = partial
        self.prose = prose
        self.notes: list[str] = []

    @cached_property
    def unit(self) -> str:
        """What the length of a text is counted in."""
        return unit(self.session.snapshot.premise.language)

    @cached_property
    def most(self) -> int:
        """The words that are accepted."""
        return int(self.words.high * ACCEPTED_EXCESS)

    def whole(self, request: Request, begun: Begun) -> Begun:
        """Return the text, gone on with until it ends; a loop and a filtered text are returned as they came.

        So is one, with the finish `cut`, that its model takes for whole though it is none. Raises WriterError where the
        server ends it again and again; what has come is then in `partial`.
        """
        # A server ends a text for many reasons, and only one of them is that it is over: it may have been cut off by
        # its length, by the line, or by a model that stops in mid-sentence. So what came is taken for a beginning, and
        # the same request is made again with it, as the model's own words or quoted, until the text ends by itself.
        # Three things end it otherwise: a collapse, which no going on mends; answers that add nothing; and a text that
        # is long enough, of a model that was told to end and went on, which is then cut at its last whole sentence.
        self.notes.clear()
        finishing = self.session.profile.finishing
        text, finish, reasoning, fruitless, closing = begun.text, begun.finish, "", 0, False
        while True:
            text, left_out = _written(text) if self.prose else (text, False)
            words = count_words(text)
            whole = finish == STOP and not left_out and (not self.prose or is_over(clean(text)))
            collapsed = gates.loop(text) or gates.foreign(text, self.session.snapshot.premise.language)
            if whole or collapsed or finish == FILTER:
                break
            if finish in (LENGTH, ENOUGH) and not finishing and words >= self.words.low:
                closing = True
            # Who says twice that it is over is believed, where nothing is broken off in the middle of a line.
            if finish == STOP and fruitless and self.prose and last_lines(clean(text)):
                break
            if closing or (finish == STOP and fruitless and words >= self.words.low):
                text, finish = self._ended(text), STOP
                break
            if finish == STOP and fruitless > 1:
                finish = CUT
                break
            if fruitless >= MOST_FRUITLESS:
                message = f"{MOST_FRUITLESS} answers in a row added nothing. Run `doit` again later."
                raise WriterError(message, why="The server ends each answer at once.")
            closing = words >= self.most
            before = whole_words(text)
            answer = self._go_on(request, before, reasoning, attempt=fruitless)
            # A model that will not go on has added nothing.
            if not before.strip():
                longer = answer.text if clean(answer.text) else ""
            elif not answer.text.strip() or chatter.refuses(answer.text):
                longer = text if finish == answer.finish == STOP else before
            else:
                longer = join(before, answer.text)
            fruitless = fruitless + 1 if count_words(longer) < words + FEWEST_NEW_WORDS else 0
            text, finish, reasoning = longer, answer.finish, answer.reasoning
            self._keep(text, finish)
        self._keep(text, finish)
        return Begun(text, finish)

    def _go_on(self, request: Request, before: str, reasoning: str, attempt: int) -> Answer:
        """Ask for the text, or for the rest of it."""
        if not before.strip():
            return self.ask(request, "")
        left = max(0, self.words.high - count_words(before))
        profile = self.session.profile
        request = replace(
            request,
            cap=profile.tokens(max(left, self.words.high // 4)),
            # Only a server that is told can be told to come to an end.
            begun=before.rstrip() if left or not profile.instructed else "",
            reasoning=reasoning,
            instruction=self.session.prompts.render("continue", text=before.rstrip(), left=left, unit=self.unit),
            attempt=request.attempt + attempt,
        )
        return self.ask(request, before)

    def ask(self, request: Request, before: str, ending: str = "", most: int | None = None) -> Answer:
        """Return one answer, handled as it comes. Raises WriterError."""
        # A text that has become too long is still given room for an ending.
        most = most or max(2 * self.words.high, count_words(before) + self.words.high // 4)
        try:
            return self.session.client.write(request, DraftHandler(self.session, before, self.partial, ending, most))
        finally:
            if self.partial is not None:
                self.partial.close()

    def _ended(self, text: str) -> str:
        """Return the text up to its last whole sentence, or line, and note it."""
        sentences, lines = whole_sentences(text), "" if self.prose else text.rpartition("\n")[0]
        by_lines = len(lines) > len(sentences)
        self.notes.append(f"ended at its last whole {'line' if by_lines else 'sentence'}")
        return lines if by_lines else sentences

    def _keep(self, text: str, finish: str) -> None:
        if self.partial is not None:
            self.partial.end(text, finish)


def _written(text: str) -> tuple[str, bool]:
    """Return a text without a last line that stands in the place of more prose, and whether there was one."""
    written, _, last = clean(text).rpartition("\n")
    return (written.rstrip(), True) if chatter.leaves_out(last) else (text, False)

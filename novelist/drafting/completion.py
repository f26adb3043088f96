"""A text from a model, whole: gone on with where it was cut off, until it ends.

Knows how a text is kept on disk while it comes. Knows no record, no doit, and not what a chapter must be.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.drafting.partial import Begun, Partial
from novelist.errors import WriterError
from novelist.language.lengths import unit
from novelist.model.faults import FILTER
from novelist.model.stream import CUT, ENOUGH, LENGTH, STOP, Answer, Enough
from novelist.prose import chatter, gates
from novelist.prose.cleaning import clean
from novelist.prose.sentences import is_over, join, last_lines, overlaps, whole_sentences, whole_words
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.book.premise import Span
    from novelist.drafting.session import Session
    from novelist.model.request import Request

ACCEPTED_EXCESS = 1.5  # times the words asked for
MOST_FRUITLESS = 3  # answers in a row that add nothing
FEWEST_NEW_WORDS = 5  # that are something
BETWEEN_LOOKS = 400  # characters between two looks for a loop


class DraftHandler:
    """Takes one answer as it streams: shows it, keeps it on disk, and has it stopped where it loops or never ends.

    The answer goes on with `before`, and stands before `ending` where that is there already; `endless` says, where
    there is such, that a text so far is to be stopped.
    """

    def __init__(
        self,
        session: Session,
        before: str = "",
        partial: Partial | None = None,
        ending: str = "",
        endless: Callable[[str], bool] | None = None,
    ) -> None:
        self._show = session.show
        self._before = before
        self._partial = partial
        self._ending = ending
        self._endless = endless
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
        if self._endless is not None and len(self._text) - self._looked >= BETWEEN_LOOKS:
            self._looked = len(self._text)
            new = self._text[len(self._before) :]
            # What it says again before it goes on is no loop: it is left out where the two are joined.
            if not overlaps(self._before, new) and self._endless(join(self._before, new)):
                raise Enough

    def end(self, finish: str) -> None:
        """Have the text on disk as the whole that it is: a build that is killed now need not ask again."""
        if self._partial is not None and finish == STOP and not self._ending:
            self._partial.end(join(self._before, self._text[len(self._before) :]), finish)


class Completion:
    """One text being completed: prose, which ends with a sentence."""

    def __init__(self, session: Session, words: Span, partial: Partial | None = None) -> None:
        self.session = session
        self.words = words
        self.partial = partial
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
            text, left_out = self._written(text, finish)
            words = count_words(self.prose(text))
            finish = STOP if self._is_enough(text, fruitless) else finish
            whole = finish == STOP and not left_out and self._is_over(text)
            if whole or self._collapsed(text) or finish == FILTER:
                break
            if finish in (LENGTH, ENOUGH) and not finishing and words >= self.words.low:
                closing = True
            # Who says twice that it is over is believed, where nothing is broken off in the middle of a line.
            if finish == STOP and fruitless and last_lines(clean(text)):
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
            closing = self._closes(text)
            before = whole_words(text)
            size = count_words(text)
            answer = self._go_on(request, before, reasoning, attempt=fruitless)
            # A model that will not go on has added nothing.
            if not before.strip():
                longer = answer.text if clean(answer.text) else ""
            elif not answer.text.strip() or chatter.refuses(answer.text):
                longer = text if finish == answer.finish == STOP else before
            else:
                longer = join(before, answer.text)
            fruitless = fruitless + 1 if self._size(longer, answer.finish) < size + FEWEST_NEW_WORDS else 0
            text, finish, reasoning = longer, answer.finish, answer.reasoning
            self._keep(text, finish)
        self._keep(text, finish)
        return Begun(text, finish)

    def _go_on(self, request: Request, before: str, reasoning: str, attempt: int) -> Answer:
        """Ask for the text, or for the rest of it."""
        if not before.strip():
            return self.ask(request, "")
        left = self._left(before)
        request = replace(
            request,
            cap=self._cap(left),
            # Only a server that is told can be told to come to an end.
            begun="" if left == 0 and self.session.profile.instructed else before.rstrip(),
            reasoning=reasoning,
            instruction=self.session.prompts.render("continue", text=before.rstrip(), left=left, unit=self.unit),
            attempt=request.attempt + attempt,
        )
        return self.ask(request, before)

    def ask(self, request: Request, before: str, ending: str = "", most: int | None = None) -> Answer:
        """Return one answer, handled as it comes. Raises WriterError."""
        # A text that has become too long is still given room for an ending.
        enough = most or max(2 * self.words.high, count_words(self.prose(before)) + self.words.high // 4)
        handler = DraftHandler(self.session, before, self.partial, ending, lambda text: self._endless(text, enough))
        try:
            return self.session.client_for(request.task).write(request, handler)
        finally:
            if self.partial is not None:
                self.partial.close()

    def prose(self, text: str) -> str:
        """Return what of a text is prose: its words are counted, and are not to go in circles."""
        return text

    def _written(self, text: str, finish: str) -> tuple[str, bool]:  # noqa: ARG002 - a summary asks it
        """Return a text without a last line that stands in the place of more prose, and whether there was one."""
        written, _, last = clean(text).rpartition("\n")
        return (written.rstrip(), True) if chatter.leaves_out(last) else (text, False)

    def _is_over(self, text: str) -> bool:
        """Say whether a text that its writer has ended is whole."""
        return is_over(clean(text))

    def _collapsed(self, text: str) -> bool:
        prose = self.prose(text)
        return gates.loop(prose) is not None or gates.foreign(prose, self.session.snapshot.premise.language)

    def _size(self, text: str, finish: str) -> int:  # noqa: ARG002 - a summary asks it
        """Return the words of a text that are kept."""
        return count_words(text)

    def _is_enough(self, text: str, fruitless: int) -> bool:  # noqa: ARG002 - a summary asks it
        """Say whether a text is whole though its writer has not ended it."""
        return False

    def _closes(self, text: str) -> bool:
        """Say whether a text is so long that the next answer is to be its last."""
        return count_words(self.prose(text)) >= self.most

    def _endless(self, text: str, most: int) -> bool:
        """Say whether an answer that makes a text what it is so far is to be stopped."""
        prose = self.prose(text)
        return gates.loop(prose) is not None or count_words(prose) > most

    def _left(self, before: str) -> int | None:
        """Return the words that are left for a text, None where that is not said."""
        return max(0, self.words.high - count_words(before))

    def _cap(self, left: int | None) -> int:
        """Return the most tokens of an answer that goes on with a text."""
        return self.session.profile.tokens(max(left or 0, self.words.high // 4))

    def _ended(self, text: str) -> str:
        """Return the text up to its last whole sentence, and note it."""
        self.notes.append("ended at its last whole sentence")
        return whole_sentences(text)

    def _keep(self, text: str, finish: str) -> None:
        if self.partial is not None:
            self.partial.end(text, finish)

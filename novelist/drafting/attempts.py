"""The loop that asks again: an answer is judged, and where it has a flaw the model is told so, until one has none.

Knows what a flaw is, and what is to be told of it. Knows no kind of target, no record, and no doit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, NoReturn, Protocol, TypeVar

from novelist.book import history
from novelist.drafting.partial import Begun, Partial
from novelist.errors import Unusable
from novelist.model.faults import FILTER
from novelist.model.stream import CUT
from novelist.prose import chatter, gates
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from novelist.drafting.session import Session
    from novelist.model.request import Request

Value = TypeVar("Value")
Judged_co = TypeVar("Judged_co", covariant=True)


@dataclass(frozen=True)
class Flaw:
    """Why an answer is not taken: for a person, and, point by point, for the model that tries again.

    That is `once` only where a second answer with such a flaw says that no third one helps. What is asked for again is
    `only` the parts of the answer that are named here, where the others are right; `shown` is the answer, where the
    model is to see what it was.
    """

    reason: str
    advice: tuple[str, ...]
    once: bool = False
    only: tuple[str, ...] = ()
    shown: str = ""


FILTERED = Flaw(
    "the server's content filter stopped it", ("It was stopped by a filter; tell it more gently.",), once=True
)
EMPTY = Flaw("it has no text", ("It had no text in it.",))
REFUSAL = Flaw(
    "the model refuses", ("It was a refusal. This is fiction: write what is asked for, and no remark to me.",)
)
FOREIGN = Flaw("it is not in the book's language", ("It was not in the language of the book. Write in that only.",))
BROKEN_OFF = Flaw("it breaks off", ("It broke off in the middle. Write it to its end.",))


@dataclass(frozen=True)
class Judgement(Generic[Judged_co]):
    """What is of use in an answer, its flaw if it has one, and how many words of it are of use."""

    value: Judged_co
    flaw: Flaw | None
    words: int = 0


class Judge(Protocol[Judged_co]):
    """Who finds what is of use in an answer, and why it is not to be taken, if it is not."""

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[Judged_co]:
        """Return the judgement; `first` is set for the first attempt."""


@dataclass(frozen=True)
class Attempts(Generic[Value]):
    """How one target is asked for until an answer has no flaw.

    `ask` returns what the model makes of a request, going on with what is begun; `identity` is in history, where what
    is refused goes; `refused` says in a line that it was; `exhausted` gives up after the last of `most` attempts, with
    its flaw and the refused answers by their words of use: it raises, or returns what is better than nothing.
    """

    session: Session
    identity: str
    most: int
    ask: Callable[[Request, Begun], Begun]
    judge: Judge[Value]
    refused: Callable[[Flaw, str], str]
    exhausted: Callable[[Flaw, Mapping[Path, int]], Value]
    partial: Partial | None = None

    def accepted(self, request: Request, begun: Begun | None = None) -> Value:
        """Return the first answer without a flaw, beginning with what is `begun`. Raises WriterError."""
        begun, flaw = begun or Begun(), EMPTY
        refused: dict[Path, int] = {}
        asked = request
        for attempt in range(1, self.most + 1):
            answer = self.ask(asked, begun)
            judgement = self.judge(answer, first=attempt == 1)
            if judgement.flaw is None:
                return judgement.value
            where = ""
            if answer.text.strip():
                path = reject(self.session, self.identity, answer.text)
                refused[path] = judgement.words
                where = f" It is in {path}."
            if self.partial is not None:
                self.partial.drop()  # only now: a build that is killed in between has it twice, and not nowhere
            self.session.show.line(self.refused(judgement.flaw, where))
            hopeless = flaw.once and judgement.flaw.once
            begun, flaw = Begun(), judgement.flaw
            if hopeless:
                break
            again = request.again(flaw.advice, attempt, flaw.only, flaw.shown)
            asked = replace(again, attempt=request.attempt + attempt)
        return self.exhausted(flaw, refused)


def reject(session: Session, identity: str, text: str) -> Path:
    """Keep an answer that was not taken in history, from where nothing goes on, and return where."""
    return history.keep(session.snapshot.book, f"{identity}/rejected", text)


def no_prose(flaw: Flaw, refused: Mapping[Path, int], again: str = "`doit`") -> NoReturn:
    """Raise Unusable for prose that stayed wrong, naming the best of what came, and what asks for it `again`."""
    best = f" The best of {len(refused)} is in {max(refused, key=refused.__getitem__)}." if refused else ""
    message = f"no answer could be taken: {flaw.reason}.{best} Run {again} again."
    why = "The section may ask for what the model will not write, or the model is too small for it."
    raise Unusable(message, why=why)


def judged(text: str, answer: Begun) -> Judgement[str]:
    """Return the judgement on the `text` in an answer, whatever it was to be."""
    # A loop whose tail was no whole sentence is one all the same.
    loop = gates.loop(text) or gates.loop(answer.text)
    flaws = (
        (answer.finish == FILTER, FILTERED),
        (answer.finish == CUT, BROKEN_OFF),
        (not text.strip(), EMPTY),
        (chatter.refuses(text), REFUSAL),
        (loop is not None, _repeats_itself(loop.sample if loop else "")),
    )
    use = text[: loop.start] if loop else text
    return Judgement(use, next((flaw for holds, flaw in flaws if holds), None), count_words(use))


def _repeats_itself(sample: str) -> Flaw:
    return Flaw(
        f"it repeats itself (“{sample}”)",
        (f"It repeated itself: “{sample}”. Say nothing twice, and move the scene on.",),
    )


def noted(notes: list[str]) -> str:
    """Return notes as they stand behind what is said of a draft."""
    return "".join(f", {note}" for note in notes)

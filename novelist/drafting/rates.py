"""What a call is likely to take, learnt from the calls in the ledger. Pure. Knows the kinds of tasks, and no book."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from novelist.model.tokens import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from novelist.model.ledger import Call

# Until something was measured: English prose, and no more than an ordinary number of words for each kind of text.
TOKENS_PER_WORD = 1.35
USUAL = {"bible": 900, "summary": 170, "arc": 280}
RECENT_CALLS = 200


@dataclass(frozen=True)
class Rates:
    """How guesses are to be read: `read` tokens for each one guessed of a prompt, `cached` of those.

    `written` are the tokens of a text by kind (of a chapter: for each word asked for); `first` and `rate` are seconds
    to the first token and tokens a second, None where nothing was measured.
    """

    read: float
    cached: float
    written: dict[str, float]
    first: float | None
    rate: float | None

    def prompt(self, guessed: float) -> int:
        """Return the tokens of a prompt that is guessed to have so many."""
        return round(guessed * self.read)

    def text(self, kind: str, words: float) -> int:
        """Return the tokens of a text of a `kind` (`bible`, `outline`, `chapter`, `summary`, `arc`)."""
        if kind == "chapter":
            return round(words * self.written.get(kind, TOKENS_PER_WORD))
        return round(self.written.get(kind, USUAL.get(kind, words * TOKENS_PER_WORD)))

    def usage(self, prompt: int, text: int) -> Usage:
        """Return what a call is likely to use."""
        return Usage(prompt, round(prompt * self.cached), text, 0)

    def seconds(self, text: int) -> float | None:
        """Return how long a call takes; None where nothing was measured."""
        return None if self.rate is None or self.first is None else self.first + text / self.rate


def learn(calls: Iterable[Call], model: str, words: float) -> Rates:
    """Return what the newest calls of `model` (empty: of any) teach, where chapters have about `words`."""
    own = [call for call in calls if call.model == model or not model][-RECENT_CALLS:]
    guessed = sum(call.guessed for call in own)
    read = sum(call.usage.prompt for call in own)
    written: dict[str, float] = {}
    for kind in {call.task.partition(":")[0] for call in own}:
        whole = [call.usage.completion for call in own if call.task.partition(":")[0] == kind and call.finish == "stop"]
        if whole:
            written[kind] = median(whole) / (words if kind == "chapter" else 1)
    timed = [call for call in own if call.usage.completion and call.first is not None and call.seconds > call.first]
    return Rates(
        read=read / guessed if guessed else 1.0,
        cached=sum(call.usage.cached for call in own) / read if read else 0.0,
        written=written,
        first=median(call.first or 0.0 for call in timed) if timed else None,
        rate=median(call.usage.completion / (call.seconds - (call.first or 0.0)) for call in timed) if timed else None,
    )

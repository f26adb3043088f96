"""A text that sums up, held against what it sums up: asked for once more where much of it is unsure, and else marked.

Knows the flaw and which of two answers is the better one. What is unsure is found in prose/evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novelist.drafting.attempts import Flaw, Judge, Judgement, no_prose
from novelist.prose.evidence import Doubts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.drafting.partial import Begun
    from novelist.prose.evidence import Sources

MANY = 2  # things that no source has: one may be a word of the summary's own


@dataclass
class Held:
    """Judges answers by `judge`, and then holds them against `sources`.

    The first answer in which much is unsure is asked for again where `again` is set; of two such answers the better
    one is taken, with its `doubts`.
    """

    judge: Judge[str]
    sources: Sources
    again: bool
    kept: str = ""  # what the judge says where the old text holds
    _unsure: dict[str, Doubts] = field(default_factory=dict)

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[str]:
        """Return the judgement of an answer; its value is the better one where an earlier one was unsure."""
        judgement = self.judge(answer, first=first)
        if judgement.flaw is not None or judgement.value == self.kept:
            return judgement
        doubts = self.sources.doubts(judgement.value)
        asks = self.again and not self._unsure and (bool(doubts.talk) or len(doubts.missing) >= MANY)
        self._unsure[judgement.value] = doubts
        if asks:
            return Judgement(judgement.value, _unfounded(doubts), judgement.words)
        return Judgement(self.best, None, judgement.words)

    @property
    def best(self) -> str:
        """The answer with the least that is unsure, the first of several."""
        return min(self._unsure, key=lambda text: sum(map(len, self._unsure[text])))

    def doubts(self, text: str) -> Doubts:
        """Return what is unsure in an answer that was taken."""
        return self._unsure.get(text, Doubts())

    def exhausted(self, flaw: Flaw, refused: Mapping[Path, int]) -> str:
        """Return the unsure answer where each later one had another flaw. Raises Unusable where there is none."""
        return self.best if self._unsure else no_prose(flaw, refused)


def _unfounded(doubts: Doubts) -> Flaw:
    missing, talk = ", ".join(doubts.missing), ", ".join(doubts.talk)
    reasons = [f"no text before it has {missing}"] if missing else []
    advice = [f"Neither this text nor any before it has {missing}. Say only what they say."] if missing else []
    if talk:
        reasons.append(f"it speaks of the text ({talk})")
        advice.append(f"It spoke of the text: {talk}. Say what happened, as if it had.")
    return Flaw("; ".join(reasons), tuple(advice))

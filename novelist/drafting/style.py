"""The voice of a book from a model, told from what its author wrote elsewhere, without names and what happens there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book.premise import Span
from novelist.drafting.attempts import EMPTY, FOREIGN, Attempts, Flaw, Judgement, judged, no_prose, noted
from novelist.drafting.completion import Completion
from novelist.drafting.drafting import Draft, Drafting
from novelist.errors import BookError
from novelist.language.lengths import as_long_as, length, unit
from novelist.prose import gates, markup
from novelist.prose.names import names_within, without_names
from novelist.prose.sentences import whole_sentences
from novelist.targets.style import StyleTarget
from novelist.text import normalise
from novelist.words import count_tokens, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.partial import Begun
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

STYLE_WORDS = 300
MOST_TOLD = 24_000  # characters of all samples, as much of each: a voice is heard in ten pages


@dataclass(frozen=True)
class StyleCriteria:
    """What a page of voice is held against: the book's language, and the names in the samples."""

    language: str
    names: frozenset[str]

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[str]:
        """Return the page in an answer, and its flaw; names are asked away once, and then their sentences go."""
        text = normalise(markup.plain(answer.text))
        judgement = judged(text, answer)
        if judgement.flaw is not None:
            return judgement
        if gates.foreign(text, self.language) or gates.in_another_language(text, self.language):
            return replace(judgement, flaw=FOREIGN)
        bare, named = without_names(text, self.names)
        if named and first:
            return replace(judgement, flaw=_names(named))
        return Judgement(bare, None if bare else EMPTY, count_words(bare))


def _names(named: Sequence[str]) -> Flaw:
    names = ", ".join(named)
    return Flaw(f"it has names of the samples in it ({names})", (f"It named {names}. Name nobody and no place.",))


class StyleDrafting(Drafting[StyleTarget]):
    """How the voice is drafted; from then on it is the author's."""

    back = "back, as it was drafted from the same samples"

    @cached_property
    def _samples(self) -> list[str]:
        return self.target.samples()

    def stamp(self) -> dict[str, Any]:
        """Return the digest of the samples."""
        return self.fields()

    @property
    def limit(self) -> int:
        """The most words that it may have, or as many characters as say the same, where those are counted."""
        profile = self.session.profile
        if not profile.tells:
            return profile.summary_words
        return as_long_as(STYLE_WORDS, self.session.snapshot.premise.language)

    @property
    def _unit(self) -> str:
        return unit(self.session.snapshot.premise.language)

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - nobody has written it yet
        """Return what the model is told."""
        most = MOST_TOLD // max(len(self._samples), 1)
        samples = [text if len(text) <= most else whole_sentences(text[:most]) for text in self._samples]
        cap, limit = self.session.profile.tokens(self.limit), self.limit
        return self.session.request("style", cap, samples=samples, limit=limit, unit=self._unit, bible="", outline=None)

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as for each kind
        """Ask for it."""
        if not self._samples:
            message = "there is no text in the samples of style/. Put some prose of yours there, or write style.md."
            raise BookError(self.target.inputs.book.samples, None, message)
        language = self.session.snapshot.premise.language
        request = self.request(None)
        self.session.show.begin(request.task)
        completion = Completion(self.session, Span(1, self.limit), self.partial)
        attempts = Attempts(
            self.session,
            self.target.identity,
            self.session.profile.attempts,
            completion.whole,
            StyleCriteria(language, names_within(self._samples, language)),
            refused=lambda flaw, where: f"{request.task}: an answer is not taken: {flaw.reason}.{where}",
            exhausted=no_prose,
            partial=self.partial,
        )
        with self.resumable():
            text = attempts.accepted(request, self.begun())
        return Draft(text, f"drafted: {length(count_words(text), language)}{noted(completion.notes)}")

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return count_tokens(self.request(None).user), guesses.rates.text("style", STYLE_WORDS)

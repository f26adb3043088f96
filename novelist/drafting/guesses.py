"""About how many tokens the prompts and texts of a build will have, from what is there and what calls have taken.

Asks no model. Knows the templates, by rendering them for each chapter of a book of a usual size.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.drafting import rates
from novelist.drafting.session import MODEL_OF
from novelist.memo import Memo
from novelist.model import ledger
from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from novelist.book.premise import Span
    from novelist.drafting.rates import Rates
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target

# Tokens: of what every prompt says, and of one section of an outline that is still to be drafted.
INSTRUCTION_TOKENS = 300
SECTION_TOKENS = 90
MOST_RENDERED = 300  # prompts


class Guesses:
    """The guesses for one session."""

    def __init__(self, session: Session, request: Callable[[ChapterTarget], Request]) -> None:
        """Take what returns the request for a chapter, as it would be made now."""
        self.session = session
        self._request = request
        self.snapshot = session.snapshot
        self.usual = self.snapshot.premise.words
        self._prompts: Memo[ChapterTarget, int] = Memo(self._prompt)
        self._last: tuple[ChapterTarget, int]  # the chapter whose prompt was rendered last, and its tokens
        # Of targets whose turn has come: from then on they count for many chapters.
        self._there: Memo[Target, bool] = Memo(lambda target: target.info is not None)
        self._texts: Memo[Target, int] = Memo(self._text)
        calls, words = list(ledger.calls(self.snapshot.book.ledger)), (self.usual.low + self.usual.high) / 2
        self._rates: Memo[str, Rates] = Memo(lambda model: rates.learn(calls, model, words))
        main = self._rates[session.client.model]
        own = {kind: self.rates_for(kind).written[kind] for kind in MODEL_OF if kind in self.rates_for(kind).written}
        others = {kind: tokens for kind, tokens in main.written.items() if kind not in MODEL_OF}
        self.rates = replace(main, written={**others, **own})

    def rates_for(self, task: str) -> Rates:
        """Return the rates of the model that writes a task."""
        return self._rates[self.session.client_for(task).model]

    @cached_property
    def idea(self) -> int:
        """The tokens of the premise, with what every prompt says."""
        return count_tokens(self.snapshot.premise.idea) + INSTRUCTION_TOKENS

    @property
    def told(self) -> int:
        """The tokens of what the chapters tell that are there before the idea, the bible or an outline's sections."""
        return self.idea + self.texts(self.snapshot.summary(one.number) for one in self.snapshot.written)

    @staticmethod
    def sections(count: int) -> int:
        """Return the tokens of what happens in so many chapters."""
        return SECTION_TOKENS * count

    @cached_property
    def bible(self) -> int:
        """The tokens of the bible, as it is or as it will be."""
        if self.snapshot.book.bible.is_file() and not self.snapshot.bible.open:
            return count_tokens(self.snapshot.bible.text)
        return self.rates.text("bible", 0)

    @cached_property
    def outline(self) -> int:
        """The tokens of an outline that is still to be drafted."""
        return SECTION_TOKENS * self.snapshot.premise.chapters.high

    def prompt(self, chapter: ChapterTarget) -> int:
        """Return the tokens of a chapter's prompt, without the chapter before it."""
        return self._prompts[chapter]

    def _prompt(self, chapter: ChapterTarget) -> int:
        if not self.snapshot.outlined:
            return self._expected(chapter)
        # A prompt takes a millisecond to render, of thousands more than a person waits for: what comes after as many as
        # are in any usual book is taken to differ from the last of them by what it tells, and by its section.
        if len(self._prompts) < MOST_RENDERED:
            self._last = chapter, self._rendered(chapter)
            return self._last[1]
        last, prompt = self._last
        return prompt + self._own(chapter) - self._own(last)

    def _own(self, chapter: ChapterTarget) -> int:
        """Return the tokens of what a chapter's prompt has and that of another one has not, less what is small."""
        story = self.texts(chapter.context()[:-1]) if self.session.profile.tells else 0
        return count_tokens(chapter.section.text) + story

    def _rendered(self, chapter: ChapterTarget) -> int:
        request = self._request(chapter)
        tokens = count_tokens(f"{request.system}{request.user}")
        if not self.session.profile.tells:
            return tokens
        # The chapter before it is sent whole, mostly, and not told.
        missing = [target for target in chapter.context()[:-1] if not self._there[target]]
        return tokens - self._sent_of_previous(chapter) + self.texts(missing)

    def _expected(self, chapter: ChapterTarget) -> int:
        context = chapter.context()
        if not self.session.profile.tells:
            return self.idea + self.texts(context[-1:])
        return self.idea + self.bible + self.outline + self.texts(context[:-1])

    def previous(self, chapter: ChapterTarget) -> int:
        """Return the tokens of the chapter before a chapter that are sent with it, as it is or as it will be."""
        if not self.session.profile.tells or chapter.number == 1:
            return 0
        if not self.snapshot.outlined or self.snapshot.chapter(chapter.number - 1).info is None:
            return min(self._words(self.usual), self.session.profile.previous // 4)
        return self._sent_of_previous(chapter)

    def _sent_of_previous(self, chapter: ChapterTarget) -> int:
        if chapter.number == 1:
            return 0
        previous = self.snapshot.chapter(chapter.number - 1)
        return min(self.text(previous), self.session.profile.previous // 4) if self._there[previous] else 0

    def chapter(self, chapter: ChapterTarget) -> int:
        """Return the tokens of a chapter that is to be drafted."""
        words = chapter.words if self.snapshot.outlined else self.usual
        return self.rates_for(chapter.name).text("chapter", (words.low + words.high) / 2)

    def text(self, target: Target) -> int:
        """Return the tokens of a target's text, as it is or as it will be."""
        return self._texts[target]

    def _text(self, target: Target) -> int:
        info = target.info if self.snapshot.outlined and self._there[target] else None
        return info.tokens if info is not None else self.rates.text(target.kind, 0)

    def texts(self, targets: Iterable[Target]) -> int:
        """Return the tokens of the texts of some targets."""
        return sum(map(self.text, targets))

    def _words(self, words: Span) -> int:
        return self.rates.text("chapter", (words.low + words.high) / 2)

    def dollars(self, task: str, prompt: int, text: int) -> float | None:
        """Return what a call costs in US dollars; None where nobody knows."""
        usage = self.rates_for(task).usage(_rough(prompt), text)  # a price that is known already takes no time
        return self.session.client_for(task).seller.price(usage)


def _rough(tokens: int) -> int:
    """Return a guess of tokens to three digits, which is more than it is good for."""
    return round(tokens, 3 - len(str(tokens)))


def price(tokens: int, dollars: float | None) -> str:
    """Return in words about what calls take; US dollars are not said where nobody knows them, or nobody is paid."""
    return f"about {tokens:,} tokens{f', ${dollars:.2f}' if dollars else ''}"

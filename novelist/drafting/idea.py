"""What a book is about, told from its chapters, which were there before anybody had written that down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from novelist.book import conflict, placeholder
from novelist.book.headings import inert
from novelist.drafting.summary import SumDrafting
from novelist.errors import BookError
from novelist.targets.source import IdeaTarget
from novelist.text import digest

if TYPE_CHECKING:
    from novelist.drafting.drafting import Draft
    from novelist.drafting.guesses import Guesses
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

IDEA_WORDS = 120


class IdeaDrafting(SumDrafting[IdeaTarget]):
    """How the idea is drafted; from then on it is the author's."""

    @property
    def limit(self) -> int:
        """The most words that it may have."""
        return IDEA_WORDS

    @property
    def task(self) -> str:
        """Nothing: there is one."""
        return ""

    def stamp(self) -> dict[str, Any]:
        """Return the digest of what the model is told."""
        return {"told": digest(self.request(None).user)}

    def values(self) -> dict[str, Any]:
        """Return what the chapters tell, and what the book is called."""
        return {"story": self.session.chapters_told(), "title": self.session.snapshot.title}

    def sources(self) -> list[str]:
        """Return what the chapters tell."""
        return self.session.chapters_told()

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - nobody has written it yet
        """Return what the model is told."""
        cap = self.session.profile.tokens(self.limit)
        return self.session.request("idea", cap, **self.values(), bible="", outline=None, limit=self.limit)

    def draft(self, before: str | None, verdict: Verdict) -> Draft:
        """Ask for it, and put it in place of what stands for it in premise.md."""
        if not self.session.chapters_told():
            message = "there is no idea below the settings, and no chapter that tells it. Write what the book is about."
            raise BookError(self.target.path, None, message)
        draft = super().draft(None, verdict)
        words = inert(conflict.without_marks(draft.body or ""))
        return replace(draft, whole=placeholder.filled(before or "", words))

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.told, guesses.rates.text("idea", IDEA_WORDS)

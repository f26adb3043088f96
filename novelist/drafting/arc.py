"""An arc from a model, or its word that the old one still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.drafting.prompts import told
from novelist.drafting.summary import SumDrafting
from novelist.targets.arc import ArcTarget
from novelist.text import normalise

if TYPE_CHECKING:
    from novelist.drafting.guesses import Guesses


class ArcDrafting(SumDrafting[ArcTarget]):
    """How an arc is drafted."""

    @property
    def limit(self) -> int:
        """The most words that it may have."""
        return self.session.profile.arc_words

    @property
    def task(self) -> str:
        """Its chapters."""
        return self.target.run.label(self.target.inputs.count)

    def sources(self) -> list[str]:
        """Return the texts that it sums up, and the story before them."""
        before = self.session.snapshot.chapter(self.target.reader - 1)
        return [*before.story(), *(part.text() for part in self.target.made_from())]

    def values(self) -> dict[str, Any]:
        """Return the texts that it sums up, and the story so far."""
        target = self.target
        before = self.session.snapshot.chapter(target.reader - 1)
        return {
            # What the last call for a summary was told, so that a server can reuse the prompt.
            "story": told(before.story()),
            "near": target.reader,
            "number": before.number,
            "first": target.run.first,
            "last": target.run.last,
            "texts": [normalise(part.text()) for part in target.made_from()],
        }

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        target = self.target
        # While there is no outline, its first reader stands for the chapter before that.
        known = guesses.snapshot.outlined
        near = guesses.snapshot.chapter(target.reader - 1 if known else target.reader)
        return guesses.prompt(near) + guesses.texts(target.made_from()), guesses.rates.text("arc", 0)

"""What tokens cost in US dollars, from the library genai-prices. Knows who is paid. Knows no call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novelist.model.tokens import Usage

# Our names of those who are paid in dollars to theirs; nobody is paid for the embedded model.
SELLERS = {"moonshot": "moonshotai", "openai": "openai", "openrouter": "openrouter", "deepseek": "deepseek"}
FREE = "embedded"


@dataclass(frozen=True)
class Seller:
    """Who is paid in dollars for a model: `id` is a provider's, empty where prices are not known; `name` is for people.

    The China platform takes yuan, at prices of its own, and so is not known.
    """

    id: str
    name: str
    model: str

    def price(self, usage: Usage) -> float | None:
        """Return what a call costs in US dollars; None where nobody knows."""
        if self.id == FREE:
            return 0.0
        if self.id not in SELLERS:
            return None
        from genai_prices import Usage as Tokens  # noqa: PLC0415 - 0.2 s, and only a build that drafts needs it
        from genai_prices import calc_price  # noqa: PLC0415

        tokens = Tokens(
            input_tokens=usage.prompt, cache_read_tokens=usage.cached or None, output_tokens=usage.completion
        )
        try:
            return float(calc_price(tokens, self.model, provider_id=SELLERS[self.id]).total_price)
        except LookupError:
            return None

"""What calls cost in US dollars, as a server says or by the library genai-prices. Knows who is paid. Knows no call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.model.tokens import Usage

# Our names of those who are paid in dollars to theirs; nobody is paid for the embedded model.
SELLERS = {"moonshot": "moonshotai", "openai": "openai", "openrouter": "openrouter", "deepseek": "deepseek"}
FREE = "embedded"
FREE_MODELS = ":free"  # what the names of those end in that cost nothing at OpenRouter, and at others after it
MOST_DOLLARS = 1e6  # more is no price of a call


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
        if self.id == FREE or self.model.endswith(FREE_MODELS):
            return 0.0
        return _listed_price(SELLERS[self.id], self.model, usage) if self.id in SELLERS else None


@cache  # a plan foresees thousands of calls that are alike
def _listed_price(provider: str, model: str, usage: Usage) -> float | None:
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - 0.2 s, and only a build that drafts needs it
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(input_tokens=usage.prompt, cache_read_tokens=usage.cached or None, output_tokens=usage.completion)
    try:
        return float(calc_price(tokens, model, provider_id=provider).total_price)
    except LookupError:
        return None


def told_cost(usage: Mapping[str, Any]) -> float | None:
    """Return what a server says that a call cost, in US dollars; None where it does not say it.

    OpenRouter takes a fee from those who pay a model's maker themselves, and tells what that one takes beside it.
    """
    cost, details = usage.get("cost"), usage.get("cost_details")
    details = details if isinstance(details, dict) else {}
    places = (cost, usage.get("total_cost"), details.get("total_cost"), usage.get("estimated_cost"))
    values = (value.get("total_cost") if isinstance(value, dict) else value for value in places)
    dollars_told = next((dollars for value in values if (dollars := _dollars(value)) is not None), None)
    upstream = _dollars(details.get("upstream_inference_cost")) if usage.get("is_byok") is True else None
    return dollars_told if upstream is None else (dollars_told or 0.0) + upstream


def _dollars(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= MOST_DOLLARS else None

"""What tokens cost in US dollars, from the library genai-prices. Knows who is paid. Knows no call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novelist.model.client import Client
    from novelist.model.tokens import Usage

# Our names of those who are paid in dollars to theirs; nobody is paid for the embedded model.
SELLERS = {"moonshot": "moonshotai", "openai": "openai", "openrouter": "openrouter", "deepseek": "deepseek"}


FREE = "embedded"


def price(seller: str, model: str, usage: Usage) -> float | None:
    """Return what a call costs in US dollars; None where nobody knows."""
    if seller == FREE:
        return 0.0
    if seller not in SELLERS:
        return None
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - 0.2 s, and only a build that drafts needs it
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(input_tokens=usage.prompt, cache_read_tokens=usage.cached or None, output_tokens=usage.completion)
    try:
        return float(calc_price(tokens, model, provider_id=SELLERS[seller]).total_price)
    except LookupError:
        return None


def seller(client: Client) -> str:
    """Return who is paid in dollars: the China platform takes yuan, at prices of its own."""
    return "" if client.host.endswith(".cn") else client.provider.id

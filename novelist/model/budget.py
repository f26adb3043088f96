"""What the calls of one build may cost, and who stops it before its budget is passed. Knows the ledger and prices."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.errors import OverBudget, Refused
from novelist.model.ledger import append, spent
from novelist.model.tokens import Usage, estimated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from novelist.model.ledger import Call
    from novelist.model.prices import Seller


def _dollars(amount: float) -> str:
    """Return an amount in whole cents, and in hundredths of one where it is less than one."""
    return f"${amount:.2f}" if amount >= 0.01 or not amount else f"${amount:.4f}"


class Budget:
    """Who pays for the calls of one build, and stops it before its budget is passed.

    `budget` is in US dollars over the whole life of the book; `show` is told what this build has spent, or None where
    that is not known.
    """

    def __init__(self, path: Path, budget: float | None, show: Callable[[float | None], None]) -> None:
        self._path = path
        self._budget = budget
        self._show = show
        self._cost: float | None = 0.0
        self._lock = threading.Lock()
        self._begun: dict[object, float] = {}  # what each call that is being made may cost

    @contextmanager
    def afford(self, seller: Seller, prompt: str, cap: int) -> Iterator[None]:
        """Have what a call with this prompt costs at most, with an answer that takes all of `cap`, while it is made.

        Raises Refused where that would pass the budget.
        """
        # Calls are made side by side, and what each costs is known only at its end. So the most that it may cost is set
        # aside while it is made, and what others have set aside counts as spent: together they cannot pass a budget
        # that each alone would keep. Ledger and sums are looked at under one lock; the call itself is made outside it.
        if self._budget is None:
            yield
            return
        call, worst = object(), _worst(seller, prompt, cap)
        with self._lock:
            done = spent(self._path) + sum(self._begun.values())
            if worst and done + worst > self._budget:
                budget = f"{self._budget:.2f}" if round(self._budget, 2) == self._budget else f"{self._budget:g}"
                message = (
                    f"the budget of ${budget} could be passed: {_dollars(done)} are spent, and this call may cost "
                    f"{_dollars(worst)}. Raise `budget` in premise.md to go on."
                )
                raise OverBudget(message, why="It counts over the whole life of the book.")
            self._begun[call] = worst
        try:
            yield
        finally:
            with self._lock:
                del self._begun[call]

    def most(self, seller: Seller, prompt: str, cap: int) -> float:
        """Return what a call costs at most; nothing where no budget is kept. Raises Refused where nobody knows."""
        return 0.0 if self._budget is None else _worst(seller, prompt, cap)

    def holds(self, dollars: float) -> bool:
        """Say whether there is room for so much, beside the calls that are being made."""
        if self._budget is None:
            return True
        with self._lock:
            return spent(self._path) + sum(self._begun.values()) + dollars <= self._budget

    def pay(self, seller: Seller, call: Call) -> None:
        """Put a call into the ledger, with its price. Raises BookError where the disk does not let it."""
        is_told = call.cost is not None and bool(seller.id)  # who has no name in prices.py takes no dollars
        cost = call.cost if is_told else seller.price(call.usage)
        with self._lock:
            self._cost = None if cost is None or self._cost is None else self._cost + cost
            self._show(self._cost)
        append(self._path, replace(call, cost=cost))


def _worst(seller: Seller, prompt: str, cap: int) -> float:
    """Return what a call costs at most. Raises Refused where nobody knows."""
    worst = seller.price(Usage(estimated(prompt, "").prompt, 0, cap, 0))
    if worst is None:
        message = (
            f"the price of `{seller.model}` at {seller.name} is unknown, so no budget can be kept. "
            "Remove `budget` from premise.md to go on without one."
        )
        raise Refused(message, why="Prices are those of genai-prices, which knows none for it there.")
    return worst

"""What the calls of one run may cost, and who stops it before its budget or its cap is passed. Knows ledger and prices.

A budget counts over the whole life of the book, a cap over one run: whoever begins that says it.
"""

from __future__ import annotations

import math
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from novelist.errors import OverBudget, Refused, SettingsError
from novelist.model.ledger import append, spent
from novelist.model.tokens import Usage, estimated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from novelist.model.ledger import Call
    from novelist.model.prices import Seller

CAP = "NOVELIST_CAP"


def _dollars(amount: float) -> str:
    """Return an amount in whole cents, and in hundredths of one where it is less than one."""
    return f"${amount:.2f}" if amount >= 0.01 or not amount else f"${amount:.4f}"


def read_cap(environ: Mapping[str, str]) -> float | None:
    """Return the cap of this run in US dollars, None where there is none. Raises SettingsError for what is none."""
    text = environ.get(CAP, "")
    if not text:
        return None
    try:
        dollars = float(text)
    except ValueError:
        dollars = -1
    if not 0 <= dollars < math.inf:
        message = f"{CAP} in the environment is `{text}`. Set US dollars, such as 0.50, or leave it out."
        raise SettingsError(message)
    return dollars


class _Limit(NamedTuple):
    """US dollars that may be spent from where the ledger stood at the `start`: of this run, or over the book's life."""

    dollars: float
    start: float
    of_run: bool

    def holds(self, done: float, more: float) -> bool:
        """Say whether there is room for so much more, with so much `done` over the book's life."""
        return not more or done - self.start + more <= self.dollars

    def passed(self, done: float, worst: float) -> OverBudget:
        """Return the error for a call that may cost so much that it could pass the limit."""
        dollars = f"{self.dollars:.2f}" if round(self.dollars, 2) == self.dollars else f"{self.dollars:g}"
        spent_so_far, call = _dollars(done - self.start), _dollars(worst)
        if self.of_run:
            return OverBudget(
                f"the cap of ${dollars} could be passed: {spent_so_far} are spent, and this call may cost {call}. "
                "Raise the cap to go on."
            )
        return OverBudget(
            f"the budget of ${dollars} could be passed: {spent_so_far} are spent, and this call may cost {call}. "
            "Raise `budget` in premise.md to go on.",
            why="It counts over the whole life of the book.",
        )

    def unknown(self, seller: Seller) -> Refused:
        """Return the error for a call whose price nobody knows."""
        why = "Prices are those of genai-prices, which knows none for it there."
        if self.of_run:
            return Refused(
                f"the price of `{seller.model}` at {seller.name} is unknown, so no cap can be kept. "
                "Leave the cap out to go on without one.",
                why=why,
            )
        return Refused(
            f"the price of `{seller.model}` at {seller.name} is unknown, so no budget can be kept. "
            "Remove `budget` from premise.md to go on without one.",
            why=why,
        )


class Budget:
    """Who pays for the calls of one run, and stops it before its budget or its cap is passed.

    `budget` is in US dollars over the whole life of the book, `cap` for this run; `show` is told what this run has
    spent, or None where that is not known.
    """

    def __init__(
        self, path: Path, budget: float | None, show: Callable[[float | None], None], cap: float | None = None
    ) -> None:
        self._path = path
        self._limits = [
            *([_Limit(budget, 0.0, of_run=False)] if budget is not None else []),
            *([_Limit(cap, spent(path), of_run=True)] if cap is not None else []),
        ]
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
        if not self._limits:
            yield
            return
        call, worst = object(), self.most(seller, prompt, cap)
        with self._lock:
            done = spent(self._path) + sum(self._begun.values())
            for limit in self._limits:
                if not limit.holds(done, worst):
                    raise limit.passed(done, worst)
            self._begun[call] = worst
        try:
            yield
        finally:
            with self._lock:
                del self._begun[call]

    def most(self, seller: Seller, prompt: str, cap: int) -> float:
        """Return what a call costs at most; nothing where nothing limits it. Raises Refused where nobody knows."""
        if not self._limits:
            return 0.0
        worst = seller.price(Usage(estimated(prompt, "").prompt, 0, cap, 0))
        if worst is None:
            raise self._limits[0].unknown(seller)
        return worst

    def holds(self, dollars: float) -> bool:
        """Say whether there is room for so much, beside the calls that are being made."""
        if not self._limits:
            return True
        with self._lock:
            done = spent(self._path) + sum(self._begun.values())
            return all(limit.holds(done, dollars) for limit in self._limits)

    def pay(self, seller: Seller, call: Call) -> None:
        """Put a call into the ledger, with its price. Raises BookError where the disk does not let it."""
        is_told = call.cost is not None and bool(seller.id)  # who has no name in prices.py takes no dollars
        cost = call.cost if is_told else seller.price(call.usage)
        with self._lock:
            self._cost = None if cost is None or self._cost is None else self._cost + cost
            self._show(self._cost)
        append(self._path, replace(call, cost=cost))

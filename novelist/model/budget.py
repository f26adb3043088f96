"""What the calls of one run may cost, and who stops it before its budget or its cap is passed. Knows ledger and prices.

A budget counts over the whole life of the book, a cap over one run: whoever begins that says it.
"""

from __future__ import annotations

import math
import threading
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import parent_process
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock

from novelist.book.files import Files
from novelist.errors import OverBudget, SettingsError, disk_error
from novelist.model.ledger import append, spent
from novelist.model.tokens import Usage, estimated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from novelist.model.ledger import Call
    from novelist.model.prices import Seller

CAP = "NOVELIST_CAP"
UNPRICED = "NOVELIST_UNPRICED"


class Cap(NamedTuple):
    """US dollars that one run may spend, and whether it may make calls whose price nobody knows, which do not count."""

    dollars: float
    unpriced: bool = False

    def environ(self) -> dict[str, str]:
        """Return the variables by which a run keeps to it."""
        return {CAP: repr(float(self.dollars)), UNPRICED: "1" if self.unpriced else ""}


NO_CALLS = Cap(-math.inf)  # not even one that costs nothing


def _dollars(amount: float) -> str:
    """Return an amount in whole cents, and in hundredths of one where it is less than one."""
    return f"${amount:.2f}" if amount >= 0.01 or not amount else f"${amount:.4f}"


def read_cap(environ: Mapping[str, str]) -> Cap | None:
    """Return the cap of this run, None where there is none. Raises SettingsError for what is none."""
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
    return Cap(dollars, unpriced=environ.get(UNPRICED) == "1")


class _Limit(NamedTuple):
    """US dollars that may be spent from where the ledger stood at the `start`: of this run, or over the book's life."""

    dollars: float
    start: float
    of_run: bool
    unpriced: bool = False

    def holds(self, done: float, more: float | None) -> bool:
        """Say whether there is room for so much more, None: nobody knows, with so much `done` over the book's life."""
        return (more == 0 and self.dollars >= 0) or done - self.start + (more or 0.0) <= self.dollars

    def passed(self, done: float, worst: float | None) -> OverBudget:
        """Return the error for a call that may cost so much, None: nobody knows, that it could pass the limit."""
        dollars = f"{self.dollars:.2f}" if round(self.dollars, 2) == self.dollars else f"{self.dollars:g}"
        spent_so_far = _dollars(done - self.start)
        call = "this call costs nobody knows what" if worst is None else f"this call may cost {_dollars(worst)}"
        if self.of_run:
            return OverBudget(
                f"the cap of ${dollars} could be passed: {spent_so_far} are spent, and {call}. Raise the cap to go on."
            )
        return OverBudget(
            f"the budget of ${dollars} could be passed: {spent_so_far} are spent, and {call}. "
            "Raise `budget` in premise.md to go on.",
            why="It counts over the whole life of the book.",
        )

    def unknown(self, seller: Seller) -> OverBudget:
        """Return the error for a call whose price nobody knows."""
        why = "Prices are those of genai-prices, which knows none for it there."
        if self.of_run:
            return OverBudget(
                f"the price of `{seller.model}` at {seller.name} is unknown, so no cap can be kept. "
                f"Leave the cap out, or set {UNPRICED}=1 to have it count other calls only.",
                why=why,
            )
        return OverBudget(
            f"the price of `{seller.model}` at {seller.name} is unknown, so no budget can be kept. "
            "Remove `budget` from premise.md to go on without one.",
            why=why,
        )


class Budget:
    """Who pays for the calls of one run, and stops it before its budget or its cap is passed.

    `budget` is in US dollars over the whole life of the book, `cap` is of this run; `show` is told what this run has
    spent, or None where that is not known.
    """

    def __init__(
        self, path: Path, budget: float | None, show: Callable[[float | None], None], cap: Cap | None = None
    ) -> None:
        self._path = path
        self._limits = [
            *([_Limit(budget, 0.0, of_run=False)] if budget is not None else []),
            *([_Limit(cap.dollars, spent(path), of_run=True, unpriced=cap.unpriced)] if cap is not None else []),
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
        call, worst = object(), self._worst(seller, prompt, cap)
        with self._before_others(), self._set_aside(call, worst):
            yield

    @contextmanager
    def _before_others(self) -> Iterator[None]:
        """Have one process of several that `doit -n` begins make a call: what others set aside, none of them knows."""
        if parent_process() is None:
            yield
            return
        path = self._path.with_name("lock.paying")
        Files(path.parent).look(path)  # it is opened as it is
        held = FileLock(path)
        try:
            held.acquire()
        except OSError as error:
            raise disk_error(path, "written", error) from error
        try:
            yield
        finally:
            held.release()

    @contextmanager
    def _set_aside(self, call: object, worst: float | None) -> Iterator[None]:
        with self._lock:
            done = spent(self._path) + sum(self._begun.values())
            for limit in self._limits:
                if not limit.holds(done, worst):
                    raise limit.passed(done, worst)
            self._begun[call] = worst or 0.0
        try:
            yield
        finally:
            with self._lock:
                del self._begun[call]

    def most(self, seller: Seller, prompt: str, cap: int) -> float:
        """Return what a call costs at most; nothing where nothing limits it, or it may be made without being counted.

        Raises Refused where nobody knows what it costs.
        """
        return (self._worst(seller, prompt, cap) or 0.0) if self._limits else 0.0

    def _worst(self, seller: Seller, prompt: str, cap: int) -> float | None:
        worst = seller.price(Usage(estimated(prompt, "").prompt, 0, cap, 0))
        if worst is None and (refuses := next((limit for limit in self._limits if not limit.unpriced), None)):
            raise refuses.unknown(seller)
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

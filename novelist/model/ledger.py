"""What was spent: one line of JSON per call in `.novelist/ledger.jsonl`, and what a budget allows.

Knows tokens and, from the library genai-prices, what they cost in US dollars. Knows no network.
"""

from __future__ import annotations

import json
import math
import os
import threading
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from novelist.errors import Refused, disk_error
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from novelist.model.writer import Took, Writer

# Roughly: English prose takes four characters a token, Chinese and Japanese one and a half.
CHARACTERS_PER_TOKEN = 4.0
UNSPACED_PER_TOKEN = 1.5
# Our names of those who are paid in dollars to theirs; nobody is paid for the embedded model.
SELLERS = {"moonshot": "moonshotai", "openai": "openai", "openrouter": "openrouter", "deepseek": "deepseek"}
FREE = "embedded"


@dataclass(frozen=True)
class Usage:
    """Tokens of one call: `cached` are a part of `prompt`, `reasoning` a part of `completion`."""

    prompt: int
    cached: int
    completion: int
    reasoning: int
    estimated: bool = False


def read_usage(found: Mapping[str, Any], timings: Mapping[str, Any]) -> Usage | None:
    """Return what a server says of a call, from wherever it says it; None where it does not.

    Cached tokens stand flat at Moonshot and DeepSeek, under `prompt_tokens_details` elsewhere, and in the `timings` of
    older builds of llama.cpp.
    """
    prompt, completion = _count(found, "prompt_tokens"), _count(found, "completion_tokens")
    if not prompt and not completion:
        return None
    cached = (
        _count(found, "cached_tokens")
        or _count(found, "prompt_tokens_details", "cached_tokens")
        or _count(found, "prompt_cache_hit_tokens")
        or _count(timings, "cache_n")
    )
    reasoning = _count(found, "completion_tokens_details", "reasoning_tokens") or _count(found, "reasoning_tokens")
    return Usage(prompt, min(cached, prompt), completion, min(reasoning, completion))


def estimated(prompt: str, text: str, reasoning: str = "") -> Usage:
    """Return about what a call took, where the server does not say it."""
    thought = count_tokens(reasoning)
    return Usage(count_tokens(prompt), 0, count_tokens(text) + thought, thought, estimated=True)


def count_tokens(text: str) -> int:
    """Return about how many tokens a text is."""
    return round(tokens(text))


def tokens(piece: str) -> float:
    """Return about how many tokens a piece of a text is, which may be less than one."""
    unspaced = len(UNSPACED_CHAR.findall(piece))
    return (len(piece) - unspaced) / CHARACTERS_PER_TOKEN + unspaced / UNSPACED_PER_TOKEN


def _count(found: Mapping[str, Any], *path: str) -> int:
    """Return the count at `path`, 0 for anything that is none."""
    value: Any = found
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


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


@dataclass(frozen=True)
class Call:
    """One line of the ledger; `cost` is None where it is unknown, `first` where no token came.

    `guessed` is what the prompt was thought to be, from which a plan learns how its guesses are to be read.
    """

    at: str
    task: str
    model: str
    provider: str
    prompt: int
    guessed: int
    cached: int
    completion: int
    reasoning: int
    estimated: bool
    first: float | None
    seconds: float
    finish: str
    tries: int
    cost: float | None


NAMES = {"prompt": "in", "completion": "out"}
TYPES: dict[str, Any] = {
    **dict.fromkeys(("at", "task", "model", "provider", "finish"), str),
    **dict.fromkeys(("prompt", "guessed", "cached", "completion", "reasoning", "estimated", "tries"), int),
    "seconds": (int, float),
    **dict.fromkeys(("first", "cost"), (int, float, type(None))),
}
_ONE_LINE_AT_A_TIME = threading.Lock()


def append(path: Path, call: Call) -> None:
    """Add a call to the ledger at `path`, in one write. Raises BookError where the disk does not let it."""
    line = json.dumps({NAMES.get(name, name): value for name, value in asdict(call).items()}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _ONE_LINE_AT_A_TIME, path.open("ab+", buffering=0) as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                # A build that was killed may have left half a line.
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else f"\n{line}"
            file.write(f"{line}\n".encode())
    except OSError as error:
        raise disk_error(path, "written", error) from error


def calls(path: Path) -> Iterator[Call]:
    """Yield the calls in the ledger at `path`; what is no call is left out."""
    fields = {NAMES.get(name, name): name for name in Call.__dataclass_fields__}
    for found in _found(path):
        told = {fields[name]: value for name, value in found.items() if name in fields}
        if set(told) == set(TYPES) and all(isinstance(value, TYPES[name]) for name, value in told.items()):
            yield Call(**told)


def _found(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what is in the ledger at `path`, of whatever version; a line that is no JSON is left out."""
    try:
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_error(path, "read", error) from error
    for line in lines:
        with suppress(ValueError, RecursionError):
            found = json.loads(line)
            if isinstance(found, dict):
                yield found


def spent(path: Path) -> float:
    """Return the US dollars that are known to be spent."""
    costs = (found.get("cost") for found in _found(path))
    return sum(cost for cost in costs if isinstance(cost, (int, float)) and 0 < cost < math.inf)


def _dollars(amount: float) -> str:
    """Return an amount in whole cents, and in hundredths of one where it is less than one."""
    return f"${amount:.2f}" if amount >= 0.01 or not amount else f"${amount:.4f}"


class Account:
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
    def afford(self, writer: Writer, prompt: str, cap: int) -> Iterator[None]:
        """Have what a call with this prompt costs at most, with an answer that takes all of `cap`, while it is made.

        Raises Refused where that would pass the budget.
        """
        if self._budget is None:
            yield
            return
        call, worst = object(), self._worst(writer, prompt, cap)
        with self._lock:
            done = spent(self._path) + sum(self._begun.values())
            if done + worst > self._budget:
                budget = f"{self._budget:.2f}" if round(self._budget, 2) == self._budget else f"{self._budget:g}"
                message = (
                    f"the budget of ${budget} could be passed: {_dollars(done)} are spent, and this call may cost "
                    f"{_dollars(worst)}. Raise `budget` in premise.md to go on."
                )
                raise Refused(message)
            self._begun[call] = worst
        try:
            yield
        finally:
            with self._lock:
                del self._begun[call]

    @staticmethod
    def _worst(writer: Writer, prompt: str, cap: int) -> float:
        """Return what a call costs at most. Raises Refused where nobody knows."""
        worst = price(seller(writer), writer.model, Usage(estimated(prompt, "").prompt, 0, cap, 0))
        if worst is None:
            message = (
                f"the price of `{writer.model}` at {writer.provider.name} is unknown, so no budget can be kept. "
                "Remove `budget` from premise.md to go on without one."
            )
            raise Refused(message)
        return worst

    def pay(self, writer: Writer, call: Took) -> None:
        """Put a call into the ledger."""
        cost = price(seller(writer), writer.model, call.usage)
        with self._lock:
            self._cost = None if cost is None or self._cost is None else self._cost + cost
            self._show(self._cost)
        usage = call.usage
        first = None if call.first is None else round(call.first, 3)
        append(
            self._path,
            Call(
                at=f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}",
                task=call.task,
                model=writer.model,
                provider=writer.provider.id,
                guessed=call.guessed,
                **asdict(usage),
                first=first,
                seconds=round(call.seconds, 3),
                finish=call.finish,
                tries=call.tries,
                cost=cost,
            ),
        )


def seller(writer: Writer) -> str:
    """Return who is paid in dollars: the China platform takes yuan, at prices of its own."""
    return "" if writer.host.endswith(".cn") else writer.provider.id

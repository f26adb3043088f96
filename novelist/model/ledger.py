"""What was spent: one line of JSON per call in `.novelist/ledger.jsonl`, and what a budget allows.

Knows tokens and, from the library genai-prices, what they cost in US dollars. Knows no network.
"""

from __future__ import annotations

import json
import math
import os
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from novelist.errors import disk_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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

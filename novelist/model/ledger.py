"""What was spent: one line of JSON per call in `.novelist/ledger.jsonl`. Knows no network, and no prices."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from novelist.book.files import Files
from novelist.errors import disk_error
from novelist.model.tokens import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Call:
    """One call, and one line of the ledger: when it ended (UTC), for which task, by whom, and what it took.

    `guessed` are the tokens that its prompt was thought to have, from which a plan learns how its guesses are to be
    read; `first` are the seconds to its first token, None where none came, `seconds` those in all; `tries` counts the
    one that it was; `cost` is in US dollars, None where it is unknown.
    """

    at: str
    task: str
    model: str
    provider: str
    usage: Usage
    guessed: int
    first: float | None
    seconds: float
    finish: str
    tries: int
    cost: float | None = None

    def row(self) -> dict[str, Any]:
        """Return the call as the ledger has it."""
        usage = asdict(self.usage)
        tokens = {"in": usage.pop("prompt"), "guessed": self.guessed, "cached": usage.pop("cached")}
        tokens |= {"out": usage.pop("completion"), **usage}
        ends = {name: getattr(self, name) for name in ("first", "seconds", "finish", "tries", "cost")}
        return {"at": self.at, "task": self.task, "model": self.model, "provider": self.provider, **tokens, **ends}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Call | None:
        """Return the call in a row, of whatever version; None for what is no call."""
        if not all(name in row and _fits(row[name], kind) for name, kind in TYPES.items()):
            return None
        usage = Usage(row["in"], row["cached"], row["out"], row["reasoning"], row["estimated"])
        others = {name: row[name] for name in TYPES if name in cls.__dataclass_fields__}
        return cls(usage=usage, **others)


TYPES: dict[str, Any] = {
    **dict.fromkeys(("at", "task", "model", "provider", "finish"), str),
    **dict.fromkeys(("in", "guessed", "cached", "out", "reasoning", "estimated", "tries"), int),
    "seconds": (int, float),
    **dict.fromkeys(("first", "cost"), (int, float, type(None))),
}
MOST = 1e12  # tokens, seconds or dollars: a larger number is no measure of a call
_ONE_LINE_AT_A_TIME = threading.Lock()


def append(path: Path, call: Call) -> None:
    """Add a call to the ledger at `path`, in one write. Raises BookError where the disk does not let it."""
    line = json.dumps(call.row(), ensure_ascii=False)
    try:
        with _ONE_LINE_AT_A_TIME, Files(path.parent).append(path) as file:
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
    yield from (call for row in _rows(path) if (call := Call.of(row)) is not None)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what is in the ledger at `path`, of whatever version; a line that is no JSON is left out."""
    content = Files(path.parent).read_bytes(path) or b""
    for line in content.decode("utf-8", "replace").splitlines():
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
            if isinstance(row, dict):
                yield row


def spent(path: Path) -> float:
    """Return the US dollars that are known to be spent."""
    costs: list[float] = [row["cost"] for row in _rows(path) if _fits(row.get("cost"), (int, float))]
    return sum(costs)


def _fits(value: Any, kind: Any) -> bool:  # noqa: ANN401 - what JSON holds
    """Say whether a value of a row is of its type, and a number one that a call can have."""
    return isinstance(value, kind) and (not isinstance(value, (int, float)) or 0 <= value <= MOST)

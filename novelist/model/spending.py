"""What calls have cost, in all, by task and by day, and since when that is asked for. Pure. Knows no book, no prices.

A price that nobody knows is counted as such, and never as 0. Days are those of the clock here, or of a zone.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from novelist.errors import SettingsError
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from novelist.model.ledger import Call

VERSION = 1  # of the JSON
LAST = re.compile("([1-9][0-9]{0,3})([hdw])")
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
NO_DAY = "no date"  # of a call whose line in the ledger has none


@dataclass(frozen=True)
class Spent:
    """What some calls have cost: US dollars where prices are known, and of how many calls the price is not.

    `prompt` and `completion` are tokens; `cached` are a part of `prompt`.
    """

    calls: int
    prompt: int
    cached: int
    completion: int
    dollars: float
    unknown: int

    @property
    def price(self) -> str:
        """The dollars in words, with what is unknown of them."""
        dollars = f"${self.dollars:,.2f}" if self.dollars >= 0.005 or not self.dollars else f"${self.dollars:,.4f}"
        if not self.unknown:
            return dollars
        return f"{dollars} and {self.unknown:,} unknown" if self.unknown < self.calls else "unknown"

    def json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "calls": self.calls,
            "in": self.prompt,
            "cached": self.cached,
            "out": self.completion,
            "dollars": round(self.dollars, 6),
            "unpriced": self.unknown,
        }

    def __str__(self) -> str:
        dollars = f"${self.dollars:,.2f}"
        if self.unknown:
            dollars = (
                f"{dollars} and {counted(self.unknown, 'call')} of unknown price"
                if self.dollars
                else "at unknown prices"
            )
        return f"{dollars}, {counted(self.calls, 'call')}, {self.prompt:,} tokens in, {self.completion:,} out"


@dataclass(frozen=True)
class Spending:
    """What was spent since a day or a moment, None: ever; by task, the dearest first, and by day, the first first."""

    since: date | datetime | None
    whole: Spent
    tasks: Mapping[str, Spent]
    days: Mapping[str, Spent]

    def json(self) -> dict[str, Any]:
        """Return it for programs. Within a version, keys are added and never taken away."""
        return {
            "version": VERSION,
            "since": self.since.isoformat() if self.since is not None else None,
            "spent": self.whole.json(),
            "tasks": [{"task": task, **own.json()} for task, own in self.tasks.items()],
            "days": [{"day": None if day == NO_DAY else day, **own.json()} for day, own in self.days.items()],
        }


def since(text: str, now: datetime) -> date | datetime:
    """Return the first day, or the moment, that is meant by `24h`, `7d`, `2w` or a date. Raises SettingsError.

    The last days are whole ones, and that of `now` is one of them; `now` is as the clock of the person has it.
    """
    last = LAST.fullmatch(text.strip())
    if last is not None:
        count = int(last[1])
        if last[2] == "h":
            return now - timedelta(hours=count, microseconds=now.microsecond)
        return now.date() - timedelta(days=count * (7 if last[2] == "w" else 1) - 1)
    try:
        return date.fromisoformat(text.strip() if DATE.fullmatch(text.strip()) else "")
    except ValueError as error:
        message = f"`{text}` is no time. Say 7d, 24h, 2w, or a date such as 2026-11-01."
        raise SettingsError(message) from error


def spending(calls: Iterable[Call], begin: date | datetime | None = None, zone: tzinfo | None = None) -> Spending:
    """Return what calls have cost since `begin`, None: all of them, with the days of `zone`, None: of the clock here.

    A call whose time is unknown is in no time that is asked for.
    """
    timed = [(call, _time(call, zone)) for call in calls]
    meant = [(call, at) for call, at in timed if begin is None or (at is not None and _is_since(at, begin))]
    tasks: dict[str, list[Call]] = {}
    days: dict[str, list[Call]] = {}
    for call, at in meant:
        tasks.setdefault(call.task.partition(":")[0], []).append(call)
        days.setdefault(f"{at:%Y-%m-%d}" if at is not None else NO_DAY, []).append(call)
    by_task = {task: spent(own) for task, own in tasks.items()}
    by_day = {day: spent(days[day]) for day in sorted(days, key=lambda day: (day == NO_DAY, day))}
    dearest = sorted(by_task.items(), key=lambda each: (-each[1].dollars, -each[1].completion, each[0]))
    return Spending(begin, spent([call for call, _ in meant]), dict(dearest), by_day)


def spent(calls: Sequence[Call]) -> Spent:
    """Return what some calls have cost."""
    known = [call.cost for call in calls if call.cost is not None and 0 <= call.cost < math.inf]
    return Spent(
        calls=len(calls),
        prompt=sum(call.usage.prompt for call in calls),
        cached=sum(call.usage.cached for call in calls),
        completion=sum(call.usage.completion for call in calls),
        dollars=sum(known, 0.0),
        unknown=len(calls) - len(known),
    )


def _time(call: Call, zone: tzinfo | None) -> datetime | None:
    """Return when a call ended, as a clock in `zone` had it; None where its line does not say it."""
    try:
        return datetime.strptime(f"{call.at}+0000", "%Y-%m-%dT%H:%M:%SZ%z").astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None


def _is_since(at: datetime, begin: date | datetime) -> bool:
    return at >= begin if isinstance(begin, datetime) else at.date() >= begin

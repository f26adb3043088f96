"""What the author wants, as premise.md says it: the settings of drafting and the idea.

Knows how a number or a range is written. Knows no file, and not what a setting is used for; `settings` has the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MOST_CHAPTERS = 2000
MOST_WORDS = 20_000
STALE_VALUES = ("ripple", "redraft", "keep")  # what becomes of a stale chapter
MOST_JOBS = 64


class InvalidValue(ValueError):
    """What is wrong with the value of a setting, to be said behind it: `is not within 1 and 64`."""


@dataclass(frozen=True)
class Span:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        """Return `7` or `20-40`, as a setting writes it."""
        return format(self)

    def __format__(self, form: str) -> str:
        """Return both ends in one form: with `,`, `1,500-2,500`."""
        low, high = format(self.low, form), format(self.high, form)
        return low if self.low == self.high else f"{low}-{high}"


@dataclass(frozen=True)
class Premise:
    """The settings and the idea; a setting that is not given has the default shown here."""

    idea: str
    title: str = ""
    author: str = ""
    language: str = "en"
    chapters: Span = Span(20, 40)
    words: Span = Span(1500, 2500)
    stale: str = "ripple"
    budget: float | None = None  # US dollars
    jobs: int = 2  # calls at once, where they do not wait for one another
    review: bool = False


def usual_words(language: str) -> Span:
    """Return how long chapters are where a premise does not say it: as long as English ones of the default."""
    from novelist.language.lengths import as_long_as  # noqa: PLC0415 - a premise that has not changed is not read again

    return Span(as_long_as(Premise.words.low, language), as_long_as(Premise.words.high, language))


def dump(premise: Premise) -> dict[str, Any]:
    """Return a premise as JSON holds it."""
    spans = {"chapters": vars(premise.chapters), "words": vars(premise.words)}
    return {**vars(premise), **spans}


def undump(dumped: dict[str, Any]) -> Premise:
    """Return the premise that `dump` gave."""
    return Premise(**{**dumped, "chapters": Span(**dumped["chapters"]), "words": Span(**dumped["words"])})


def span(text: str, most: int) -> Span:
    """Return `text`, a whole number or a range such as `20-40`, as a span within 1 and `most`.

    Raises InvalidValue.
    """
    match = re.fullmatch(r"([0-9]{1,9})(?:\s*[-–—]\s*([0-9]{1,9}))?", text.strip())
    if not match:
        message = "is neither a whole number nor a range such as `20-40`"
        raise InvalidValue(message)
    low, high = int(match[1]), int(match[2] or match[1])
    if low > high:
        message = "has its larger end first"
        raise InvalidValue(message)
    if low < 1 or high > most:
        message = f"is not within 1 and {most}"
        raise InvalidValue(message)
    return Span(low, high)

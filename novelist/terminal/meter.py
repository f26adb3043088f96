"""How fast a build goes: words and tokens as they come, and what the chapters so far say of those to come.

Pure: it is told the time. Everything is measured in this very build. Knows no terminal and no file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.words import UNSPACED, count_words, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.premise import Span

LEAST_SECONDS = 1.0  # seconds before which a rate says nothing
BETWEEN_WORDS = re.compile(rf"[\s—–…{UNSPACED}]")


class Meter:
    """The words and tokens of one answer as it comes, from the words of the text that it goes on with.

    Both rates are over the time since the answer's own first token: how long a server lets one wait is not how fast it
    writes, and a stream that stalls is seen to slow down.
    """

    def __init__(self, text: str = "") -> None:
        self._before = count_words(text)
        self._whole = 0
        self._tail = ""
        self._tokens = 0.0
        self._first: float | None = None
        self._first_word: float | None = None

    @property
    def words(self) -> int:
        """The words of the text so far."""
        return self._before + self._new

    @property
    def thinking(self) -> bool:
        """Whether there was reasoning, and no word of the text yet."""
        return self._first is not None and self._first_word is None

    @property
    def _new(self) -> int:
        return self._whole + count_words(self._tail)

    def think(self, piece: str, now: float) -> None:
        """Take the next piece of the reasoning."""
        self._tokens += tokens(piece)
        self._first = now if self._first is None else self._first

    def add(self, piece: str, now: float) -> None:
        """Take the next piece of the text; a word that it ends in may go on in the piece after it."""
        self.think(piece, now)
        self._first_word = now if self._first_word is None else self._first_word
        text, whole = self._tail + piece, 0
        for between in BETWEEN_WORDS.finditer(text):
            whole = between.end()
        self._whole += count_words(text[:whole])
        self._tail = text[whole:]

    def tokens_per_second(self, now: float) -> float | None:
        """Return how fast tokens come, reasoning among them; None where it is too soon to say."""
        return _rate(self._tokens, self._first, now)

    def words_per_second(self, now: float) -> float | None:
        """Return how fast words come, the reasoning before them left out; None where it is too soon to say."""
        return _rate(self._new, self._first_word, now)


def _rate(count: float, since: float | None, now: float) -> float | None:
    return count / (now - since) if count and since is not None and now - since >= LEAST_SECONDS else None


@dataclass(frozen=True)
class Position:
    """Where a build is in the book: other chapters in place, all, and those it will draft after the one it is at.

    `certain` is false where finished chapters come after it, which may then have to be drafted again.
    """

    done: int
    count: int
    to_come: int
    certain: bool


def position(number: int, count: int, missing: Sequence[int], last: float) -> Position:
    """Return the place of chapter `number` of `count`, where `missing` are those without a file, in order.

    `last` is the number of the last chapter that the build was asked for.
    """
    after = len(missing) - bisect_right(missing, number)
    to_come = max(0, bisect_right(missing, last) - bisect_right(missing, number))
    return Position(count - after - 1, count, to_come, certain=to_come == min(last, count) - number)


class Pace:
    """How long the chapters of this build took, with their summaries."""

    def __init__(self) -> None:
        self._chapters = 0
        self._seconds = 0.0

    def took(self, seconds: float, *, chapter: bool) -> None:
        """Take note of a chapter that is finished, or of a summary."""
        self._chapters += chapter
        self._seconds += seconds

    def left(self, meter: Meter, asked: Span | None, seconds: float, to_come: int, now: float) -> float | None:
        """Return the seconds that are left, None where nothing was measured yet.

        The chapter that is begun is done when the words asked for have come as fast as its words so far; each one
        after it takes as long as those before it took, or, while there is none, as its own words will take to come.
        Without words that are `asked` for, a summary is being written, which is not worth counting. `seconds` is the
        time since the file was begun.
        """
        words = (asked.low + asked.high) / 2 if asked else 0
        rate = meter.words_per_second(now)
        each = self._seconds / self._chapters if self._chapters else words / rate if words and rate else None
        if each is None:
            return None
        if not asked:
            return to_come * each
        if rate:
            return max(0.0, words - meter.words) / rate + to_come * each
        return each - seconds + to_come * each if seconds < each else None

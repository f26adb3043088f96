"""Which paragraphs of a text have become which of another: the same first, then the most alike in order. Pure.

Knows paragraphs by their words only, and not who has changed them.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    Words = Sequence[Hashable]

Paragraph = TypeVar("Paragraph", bound="Hashable")
LEAST_ALIKE = 0.4  # of the words of two paragraphs, for one to be the other, changed
MOST_PAIRS = 40_000  # of changed paragraphs that are compared with one another


class Pair(NamedTuple):
    """A paragraph of the old text and what it became in the new one; one of the two is None where the other is alone.

    `behind` is how many of the old ones stand before it.
    """

    old: int | None
    new: int | None
    behind: int


def pairs(old: Sequence[Paragraph], new: Sequence[Paragraph], words: Callable[[Paragraph], Words]) -> Iterator[Pair]:
    """Yield what is not the same in two texts, in the order of both: of what is, no more than the order is told."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            olds, news = ([words(each) for each in run] for run in (old[i1:i2], new[j1:j2]))
            yield from (_moved(pair, i1, j1) for pair in _paired(olds, news))


def _moved(pair: Pair, start: int, begin: int) -> Pair:
    old, new, behind = pair
    return Pair(None if old is None else start + old, None if new is None else begin + new, start + behind)


def _paired(olds: Sequence[Words], news: Sequence[Words]) -> Iterator[Pair]:
    """Yield the pairs in a run of changed paragraphs: the most alike first, and then whatever stands in one place."""
    i = j = 0
    for place, other in [*_most_alike(olds, news), (len(olds), len(news))]:
        while i < place and j < other:
            yield Pair(i, j, i)
            i, j = i + 1, j + 1
        yield from (Pair(each, None, each) for each in range(i, place))
        yield from (Pair(None, each, place) for each in range(j, other))
        if place < len(olds):
            yield Pair(place, other, place)
        i, j = place + 1, other + 1


def _most_alike(olds: Sequence[Words], news: Sequence[Words]) -> list[tuple[int, int]]:
    """Return the pairs of paragraphs in two runs that together are the most alike, in the order of both."""
    if not olds or not news or len(olds) * len(news) > MOST_PAIRS:
        return []
    counts = [Counter(each) for each in olds], [Counter(each) for each in news]
    # best[i][j] is what the pairs behind these two places are worth.
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    worth = [[_alike(one, other) for other in counts[1]] for one in counts[0]]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + worth[i][j])
    chosen: list[tuple[int, int]] = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if worth[i][j] and best[i][j] == best[i + 1][j + 1] + worth[i][j]:
            chosen.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return chosen


def _alike(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    """Return how alike two paragraphs are, from 0 to 1; 0 where that is too little."""
    worth = 2 * (one & other).total() / max(1, one.total() + other.total())
    return worth if worth >= LEAST_ALIKE else 0.0

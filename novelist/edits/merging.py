"""Two edits of one text come together, by paragraphs. Pure. Knows no file, and not whose an edit is.

What one of them has put in, taken out or written otherwise is so in both; where both have written a paragraph
otherwise, it is as this hand has it, and that is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from novelist.prose.pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSAGE = re.compile(r"([^\n]+(?:\n[^\n]+)*)(\n*)")


class Passage(NamedTuple):
    """A paragraph, and the line ends behind it."""

    text: str
    gap: str


class Clash(NamedTuple):
    """A paragraph that both have changed: as it is in the file, and as it was typed, which counts; empty for none."""

    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """Two edits of one text in one; what clashed is as this hand has typed it."""

    text: str
    clashes: Sequence[Clash]


class Hand(NamedTuple):
    """What a hand has made of the passages of a text: each by its place, and what it has put in before each place."""

    passages: Sequence[Passage]
    put_in: dict[int, list[Passage]]


def merge(before: str, mine: str, theirs: str) -> Merged:
    """Return what comes of two edits of one text, each of which begins with a line and ends with one. Every line stays.

    What both have put in at one place stands there twice, unless it is the same.
    """
    old = _passages(before)
    one, other = _hand(old, _passages(mine)), _hand(old, _passages(theirs))
    merged: list[Passage] = []
    clashes: list[Clash] = []
    for place in range(len(old) + 1):
        my_own, their_own = one.put_in.get(place, []), other.put_in.get(place, [])
        merged += my_own if my_own == their_own else [*their_own, *my_own]
        if place < len(old):
            my_part, their_part = one.passages[place], other.passages[place]
            merged.append(_of_both(old[place], my_part, their_part))
            if len({old[place].text, my_part.text, their_part.text}) == 3:
                clashes.append(Clash(their_part.text, my_part.text))
    return Merged("".join(f"{text}{gap}" for text, gap in merged).strip("\n"), clashes)


def _of_both(ours: Passage, mine: Passage, theirs: Passage) -> Passage:
    by_text = theirs if mine.text == ours.text else mine
    if not (mine.text and theirs.text):
        return by_text
    return Passage(by_text.text, theirs.gap if mine.gap == ours.gap else mine.gap)


def _passages(text: str) -> list[Passage]:
    return [Passage(*match) for match in PASSAGE.findall(f"{text}\n\n")]


def _hand(old: list[Passage], new: list[Passage]) -> Hand:
    passages, put_in = [*old], dict[int, list[Passage]]()
    for was, now, behind in pairs(old, new, lambda passage: passage.text.split()):
        if was is not None:
            passages[was] = Passage("", "") if now is None else new[now]
        elif now is not None:
            put_in.setdefault(behind, []).append(new[now])
    return Hand(passages, put_in)

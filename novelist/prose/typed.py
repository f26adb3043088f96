"""What another text of a chapter would change of what its author typed, or took out of what a model wrote. Pure.

What was typed is looked at as it is, line breaks and blanks too: it must stand there, in the same order and as often.
Knows no file, and not who edits.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from novelist.book import paragraphs


class Touched(NamedTuple):
    """The numbers of an author's paragraphs that are not as they were, and of those in the new text that are back."""

    changed: tuple[int, ...]
    back: tuple[int, ...]


def touched(text: str, drafted: str, new: str) -> Touched:
    """Return what a new text changes of its author's in one whose drafted paragraphs have their marks in `drafted`."""
    owners = paragraphs.owners(text, drafted)
    old, now = ([each.text for each in paragraphs.split(one)] for one in (text, new))
    partners = paragraphs.aligned(old, now)
    stays = {place: at for at, place in partners.items()}
    locked = sorted(number - 1 for number in owners.locked)
    changed = {place for place in locked if place not in stays}
    moved = {place: each for place, each in enumerate(old) if place not in stays and place not in changed}
    changed |= _passed(moved, now, stays, [place for place in locked if place in stays])
    added = (at for at in range(len(now)) if at not in partners)
    back = tuple(at + 1 for at in added if paragraphs.mark(now[at]) in owners.deleted)
    return Touched(tuple(place + 1 for place in sorted(changed)), back)


def _passed(moved: dict[int, str], now: list[str], stays: dict[int, int], locked: list[int]) -> set[int]:
    """Return the places of what is `locked` and stays, but has a paragraph that was `moved` on its other side now.

    Of two that change places either may be the one that was moved: it is taken to be the author's.
    """
    there = [stays[place] for place in locked]
    taken = {*stays.values()}
    gaps: dict[str, list[int]] = {}
    for at, each in enumerate(now):
        if at not in taken:
            gaps.setdefault(each, []).append(bisect_left(there, at))
    passed: set[int] = set()
    for place, each in moved.items():
        gap = bisect_left(locked, place)
        if each in gaps and gap not in gaps[each]:
            other = min(gaps[each], key=lambda one: abs(one - gap))
            passed.update(locked[min(gap, other) : max(gap, other)])
    return passed

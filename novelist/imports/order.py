"""The order of chapters by the names of their files, and by what numbers their headings have. Pure; reads no file.

A name says a number in digits, in words, in Roman or in Han; what stands before and behind the chapters says so too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from novelist.language import labels, matter, numbers, pages
from novelist.language.lookup import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})*(?:[\s._)-]+|$)")
LEADING = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})*(?![0-9])")
NUMBERED_IN_SCRIVENER = re.compile(r"[ _]*\[[0-9]+\]$")  # behind the names of a folder that it is synchronised with
WORD_AND_NUMBER = re.compile(r"([^\W\d_]{1,20})[\s._-]*([0-9]{1,4})(?![0-9])")
ALPHABET = "The order is that of the alphabet, since neither names nor headings have numbers."
HEADINGS = "The order is that of the numbers in the headings; the names of the files say another."
WITHOUT = "Where {} belongs is a guess: its name and its heading have no number."
SEVERAL = "Where {} belong is a guess: their names and headings have no numbers."
# Pages before a book's first chapter, in the order of printed books.
FIRST = ("copyright", "dedication", "epigraph", "foreword", "preface", "authors-note")


@dataclass(frozen=True)
class Named:
    """What is to be put in order: its name without an ending, its title, and the number in its heading, if any."""

    name: str
    title: str = ""
    number: int | None = None


@dataclass(frozen=True)
class _Place:
    """Where one thing belongs by its name: before, among or behind chapters, and at which number."""

    rank: int
    number: tuple[int, ...] | None
    natural: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class _Alike:
    """What names as words have in common: how they begin, whether most are numbers, and words before numbers."""

    begin: str
    counting: bool
    words: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> _Alike:
        begin = _in_common(names) if len(names) > 1 else ""
        counts = sum(fold(name.removeprefix(begin)) in numbers.any_number() for name in names)
        often = Counter(word.casefold() for name in names for word, _ in WORD_AND_NUMBER.findall(name))
        shared = frozenset(word for word, times in often.items() if times > 1)
        return cls(begin, counts > 1 and 2 * counts > len(names), shared)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return what a name is sorted by: numbers by their value, words whatever their case."""
    pieces = re.split(r"([0-9]+)", name.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() and len(piece) < 20 else (1, 0, piece) for piece in pieces)


def spoken(name: str) -> str:
    """Return the name of a file as words, without the number that it is sorted by."""
    bare = NUMBERED_IN_SCRIVENER.sub("", name)
    led = LED.match(bare)
    words = bare[led.end() :] if led and led.end() < len(bare) else bare
    return " ".join(re.sub(r"[_-]+", " ", words).split())


def ordered(things: Sequence[Named], language: str = "") -> tuple[list[int], str]:
    """Return the places (from 0) of things in the order in which they are to be read, and what of it was guessed."""
    alike = _Alike.of([spoken(thing.name) for thing in things])
    places = [_place(thing, alike, language) for thing in things]
    led = all(LEADING.match(thing.name) for thing in things)
    order = sorted(range(len(things)), key=lambda at: _key(places[at], led=led))
    inner = [at for at in order if places[at].rank == 1]
    loose = [at for at in inner if places[at].number is None]
    guess = ""
    by_heading = _by_heading(order, things)
    if by_heading is not None and by_heading != order:
        guess = HEADINGS if len(loose) < len(inner) else ""
        order = by_heading
    elif by_heading is None and loose and len(inner) > 1:
        order, guess = _spread(order, places, things), ALPHABET
        if len(loose) < len(inner):
            named = [f"`{things[at].name}`" for at in loose]
            guess = (WITHOUT if len(named) == 1 else SEVERAL).format(", ".join(named))
    return order, guess


def _place(thing: Named, alike: _Alike, language: str) -> _Place:
    natural_key = natural(thing.name)
    led = LEADING.match(thing.name)
    if led:
        digits = tuple(map(int, re.findall("[0-9]+", led[0])))
        return _Place(1, digits, natural_key)
    bare = spoken(thing.name)
    number = _number(bare, alike, language)
    where = {matter.place(bare), matter.place(thing.title)} - {None}
    page = pages.page(bare) or pages.page(thing.title)
    if page in FIRST or (not page and "opening" in where):
        return _Place(0, (FIRST.index(page) if page else len(FIRST), *(number or ())), natural_key)
    if page or "closing" in where:
        return _Place(2, (len(FIRST) if page else 0, *(number or ())), natural_key)
    return _Place(1, number, natural_key)


def _key(place: _Place, *, led: bool) -> tuple[object, ...]:
    if led:
        return (place.number or (), place.natural)
    return (place.rank, place.number is None, place.number or (), place.natural)


def _number(bare: str, alike: _Alike, language: str) -> tuple[int, ...] | None:
    """Return the numbers that a name has as words: of a part, and of a chapter."""
    for text in dict.fromkeys((bare, bare.removeprefix(alike.begin), bare.rpartition(" - ")[2])):
        label = labels.read(text, language)
        if label is not None and label.kind == "part" and label.end < len(text):
            behind = labels.read(text[label.end :], language)
            return (label.number, behind.number) if behind is not None else (label.number,)
        if label is not None:
            return (label.number,)
        value = numbers.number(text, language)
        if value is None:
            value = numbers.han(text)
        if value is None and alike.counting:
            value = numbers.any_number().get(fold(text))
        if value is not None:
            return (value,)
    words = WORD_AND_NUMBER.findall(bare)
    return tuple(int(figure) for word, figure in words if word.casefold() in alike.words) or None


def _in_common(names: Sequence[str]) -> str:
    """Return the words with which all names begin, and the blank behind them."""
    words = takewhile(lambda alike: len(set(alike)) == 1, zip(*(name.split(" ") for name in names), strict=False))
    return "".join(f"{alike[0]} " for alike in words)


def _by_heading(order: Sequence[int], things: Sequence[Named]) -> list[int] | None:
    """Return an order in which the numbers in headings rise, None where they do not tell one."""
    numbered = [at for at in order if things[at].number is not None]
    values = [things[at].number or 0 for at in numbered]
    if len(numbered) < 2 or len(set(values)) < len(values):
        return None
    plain = [at for at in order if things[at].number is None and not _apart(things[at])]
    if len(plain) > len(numbered):
        return None
    rising = iter(sorted(numbered, key=lambda at: things[at].number or 0))
    return [next(rising) if things[at].number is not None else at for at in order]


def _apart(thing: Named) -> bool:
    """Say whether what has such a name or title stands apart from chapters with numbers."""
    return any(matter.place(text) or pages.page(text) for text in (spoken(thing.name), thing.title))


def _spread(order: Sequence[int], places: Sequence[_Place], things: Sequence[Named]) -> list[int]:
    """Return an order with interludes spread among the chapters that have numbers, instead of behind them."""
    between = [at for at in order if places[at].number is None and matter.place(spoken(things[at].name)) == "between"]
    rest = [at for at in order if at not in between]
    inner = [place for place, at in enumerate(rest) if places[at].rank == 1]
    for number, at in reversed(list(enumerate(between, 1))):
        after = -(-len(inner) * number // (len(between) + 1))
        rest.insert(inner[after - 1] + 1 if after else 0, at)
    return rest

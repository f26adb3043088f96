"""Rules about days, dates and counts: they go backwards, or are others elsewhere. Pure.

Two dates are compared where all but their numbers is the same: `day 14` and `day 12`, `3 May` and `1 May`. What is
counted with many numbers in a book is no count that a reader keeps: minutes, steps, people.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import lookup
from novelist.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from novelist.continuity.story import Statement, Story
    from novelist.lint.finding import Evidence

DIGITS = re.compile(r"\d+")
YEAR_DIGITS = 4
LONGEST_NUMBER = 8  # digits: 19310503
YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
COUNTED = re.compile(r"(?<![^\W_])[0-9]{1,3}(?![^\W_])")
LEAST = 2
FEWEST_LETTERS = 4  # of what is counted
TOLD_OFTEN = 3  # times that a count is told, before another one is odd


class Date(NamedTuple):
    """A date: all but its numbers, and those, the year first."""

    form: str
    numbers: tuple[int, ...]


def read_date(text: str) -> Date | None:
    """Return a date as it is compared, None where it has no number, or one that is of no date."""
    digits = DIGITS.findall(text)
    if not digits or max(map(len, digits)) > LONGEST_NUMBER:
        return None
    years = [each for each in digits if len(each) == YEAR_DIGITS]
    rest = [each for each in digits if len(each) != YEAR_DIGITS]
    return Date(DIGITS.sub("#", lookup.fold(text)), tuple(map(int, (*years, *rest))))


def dates(story: Story) -> Iterator[Finding]:
    """Yield days that go backwards, and dates of something that move."""
    dated: dict[tuple[str, str], list[tuple[Statement, str, Date]]] = defaultdict(list)
    planned = {section.number: section.text for section in story.sections}
    for each in story.all:
        for value in each.values("date") if not each.thread else ():
            if date := read_date(value):
                dated[each.who, date.form].append((each, value, date))
    for those in dated.values():
        often = Counter(date for _, _, date in those).most_common(1)[0]
        if often[1] > 1 and len(those) > often[1]:
            # The same date again and again is that of something that happened.
            first = next(each for each, _, date in those if date == often[0])
            for each, value, date in those:
                if date != often[0] and len(those) - often[1] == 1:
                    text = f"{each.name} is dated otherwise in chapter {first.chapter}"
                    yield each.found("date", "likely", f"{each.name}: {value}", text, first.evidence)
            continue
        for (before, _, earlier), (each, value, date) in pairwise(those):
            meant = value.casefold() in planned.get(each.chapter, "").casefold()  # a chapter that goes back
            if date.numbers < earlier.numbers and not meant:
                text = f"time goes backwards for {each.name}"
                yield each.found("date", "likely", f"{each.name}: {value}", text, before.evidence)


def years(story: Story) -> Iterator[Finding]:
    """Yield the years of a thing that are others later: built in 1987, built in 1927."""
    first: dict[tuple[str, str], tuple[Statement, Date]] = {}
    for each in story.all:
        for piece in each.pieces if not each.thread and each.who not in story.people else ():
            date = read_date(piece.value) if not piece.key and YEAR.search(piece.value) else None
            if date is None:
                continue
            before, known = first.setdefault((each.who, date.form), (each, date))
            if known.numbers != date.numbers:
                text = f"{each.name} has another year than in chapter {before.chapter}"
                yield each.found("date", "likely", f"{each.name}: {piece.value}", text, before.evidence)


class Count(NamedTuple):
    """A number of things, and where it is told: in a chapter, or in the bible, which is chapter 0."""

    number: int
    things: str
    chapter: int
    about: str
    evidence: Evidence


class Counted:
    """What counts the things in a text of a language."""

    def __init__(self, language: str) -> None:
        table = lookup.table(language)
        self._nouns = table.nouns
        self._values: dict[str, int] = {}
        for value, forms in enumerate(table.cardinals.split(","), 1):
            for form in forms.split("/"):
                word = form.strip().casefold()  # as it is written, with its accents
                hyphened = word.replace(" ", "-")
                self._values |= dict.fromkeys((word, hyphened, word.capitalize(), hyphened.capitalize()), value)

    def counts(self, text: str) -> Iterator[tuple[int, str, int]]:
        """Yield each number in a text with the word behind it, and where that number stands."""
        numbers = {word: self._values[word] for word in self._values.keys() & {*WORD.findall(text)}}
        numbers |= {digits: int(digits) for digits in {*COUNTED.findall(text)}}
        for word, number in numbers.items():
            if number < LEAST:
                continue
            for match in re.finditer(rf"(?<![\w'’-]){re.escape(word)}\s+({WORD.pattern})", text):
                if len(match[1]) >= FEWEST_LETTERS and (match[1].islower() or self._nouns):
                    yield number, match[1], match.start()


def counts(every: Iterable[Count]) -> Iterator[Finding]:
    """Yield the one count among several of the same things that is another number."""
    by_things: dict[str, list[Count]] = defaultdict(list)
    for each in every:
        by_things[each.things].append(each)
    for those in by_things.values():
        numbers = Counter(each.number for each in those)
        if len(numbers) != LEAST:
            continue
        (usual, often), (odd, once) = numbers.most_common()
        known = any(each.number == usual and not each.chapter for each in those)
        if once == 1 and (often >= TOLD_OFTEN or known):
            first = next(each for each in those if each.number == usual)
            other = next(each for each in those if each.number == odd)
            text = f"{odd} {other.things}, and elsewhere {usual}"
            place, what = other.evidence, f"{odd} {other.things}"
            yield Finding(
                "count", "maybe", place.path, place.line, other.about, what, text, place.quote, first.evidence
            )

"""The types of settings: what a person may write, and the value that it is. Pure. Knows no setting and no file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from novelist.book.premise import STALE_VALUES, InvalidValue, span

if TYPE_CHECKING:
    from collections.abc import Callable

DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
SERIES = re.compile(r"(?P<name>.*\S)\s*#\s*(?P<number>[0-9]{1,4}(\.[0-9])?)")
SIZE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*[x×]\s*([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*(in|mm|cm)")
POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54}
# What printers on demand call them.
SIZES = {
    "pocket": "4.25x6.87in",
    "digest": "5.5x8.5in",
    "b-format": "129x198mm",
    "a5": "148x210mm",
    "royal": "6.14x9.21in",
    "trade": "6x9in",
    "bunko": "105x148mm",
}
SMALLEST_SIDE, LARGEST_SIDE = 200.0, 1000.0  # points: from a booklet to a newspaper


@dataclass(frozen=True)
class Kind:
    """A type of setting: what it may be, in words, how a text in one line is read, and how a value is written.

    `read` raises InvalidValue. With `several`, it reads each text of a list, or between commas.
    """

    form: str
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    several: bool = False


def number_or_range(most: int) -> Kind:
    """Return the type of a span within 1 and `most`."""
    return Kind(f"a whole number, or a range such as `20-40`, within 1 and {most}", lambda text: span(text, most))


def number(most: int) -> Kind:
    """Return the type of a whole number within 1 and `most`; of a range, the higher end counts."""
    return Kind(f"a whole number within 1 and {most}", lambda text: span(text, most).high)


def _stale(text: str) -> str:
    if text not in STALE_VALUES:
        message = "is neither `ripple`, `redraft` nor `keep`"
        raise InvalidValue(message)
    return text


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        message = "is neither `yes` nor `no`"
        raise InvalidValue(message)
    return text == "yes"


def _right_or_any(text: str) -> str:
    if text not in ("right", "any"):
        message = "is neither `right` nor `any`"
        raise InvalidValue(message)
    return text


def _dollars(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text) or not float(text):
        message = "is not an amount in US dollars such as `5.00`"
        raise InvalidValue(message)
    return float(text)


def _isbn(text: str) -> str:
    """Return an ISBN of ten or thirteen digits without hyphens."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if digits and not _is_isbn(digits):
        message = "is not an ISBN: its check digit does not fit"
        raise InvalidValue(message)
    return digits


def _is_isbn(text: str) -> bool:
    """Say whether the check digit of an ISBN fits (ISO 2108)."""
    if re.fullmatch(r"97[89][0-9]{10}", text):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(text)) % 10 == 0
    if not re.fullmatch(r"[0-9]{9}[0-9X]", text):
        return False
    digits = [10 if digit == "X" else int(digit) for digit in text]
    return sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0


def _day(text: str) -> str:
    if not _is_date(text):
        message = "is not a year or a date such as `2026-11-25`"
        raise InvalidValue(message)
    return text


def _is_date(text: str) -> bool:
    """Say whether this is a year, a month or a day that there is."""
    if not DATE.fullmatch(text):
        return False
    try:
        date(*map(int, [*text.split("-"), "1", "1"][:3]))
    except ValueError:
        return False
    return True


def _series(text: str) -> tuple[str, str]:
    """Return the name of a series and the number in it, which may be empty."""
    match = SERIES.fullmatch(text)
    return (match["name"], match["number"]) if match else (text, "")


def _size(text: str) -> tuple[float, float]:
    """Return the width and the height of a page in points."""
    match = SIZE.fullmatch(SIZES.get(text.lower(), text.lower()))
    sides = [float(side) * POINTS[match[3]] for side in match.group(1, 2)] if match else []
    if not sides or not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
        message = f"is neither a size such as `5.5x8.5in` nor one of {', '.join(SIZES)}"
        raise InvalidValue(message)
    return sides[0], sides[1]


def _inches(size: tuple[float, float]) -> str:
    return "x".join(f"{side / POINTS['in']:g}" for side in size) + "in"


TEXT = Kind("text")
TEXTS = Kind("a list such as `[Sea stories, Islands]`, or words with commas between them", several=True)
STALE = Kind("`ripple`, `redraft` or `keep`", _stale)
YES_OR_NO = Kind("`yes` or `no`", _yes_or_no, lambda yes: "yes" if yes else "no")
RIGHT_OR_ANY = Kind("`right` or `any`", _right_or_any)
DOLLARS = Kind("an amount in US dollars such as `5.00`", _dollars, "{:.2f}".format)
ISBN = Kind("an ISBN of ten or thirteen digits, whose last one has to fit", _isbn)
DAY = Kind("a year, a month or a day, such as `2026-11-25`", _day)
SERIES_AND_NUMBER = Kind('text, with a number such as `"The Northern Lights #2"`', _series)
FILE = Kind("a file in the book's folder")
PAGE_SIZE = Kind(
    f"a size such as `5.5x8.5in` or `148x210mm`, or one of {', '.join(f'`{n}`' for n in SIZES)}", _size, _inches
)

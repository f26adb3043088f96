"""What premise.md says of the edition: publisher, ISBN, rights, cover, size. Knows what each may be.

None of it has a say in what is drafted, so it is read only where a book is exported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from novelist.book.files import read_text
from novelist.book.frontmatter import line_of, parse
from novelist.book.premise import KEYS as DRAFTING
from novelist.errors import BookError
from novelist.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.frontmatter import Page

KEYS = frozenset({"publisher", "isbn", "rights", "date", "description", "subjects", "series", "cover", "trim"})
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
SERIES = re.compile(r"(?P<name>.*\S)\s*#\s*(?P<number>[0-9]{1,4}(\.[0-9])?)")
TRIM = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*[x×]\s*([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*(in|mm|cm)")
POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54}
# What printers on demand call them.
TRIMS = {
    "pocket": "4.25x6.87in",
    "digest": "5.5x8.5in",
    "b-format": "129x198mm",
    "a5": "148x210mm",
    "royal": "6.14x9.21in",
    "trade": "6x9in",
    "bunko": "105x148mm",
}
SMALLEST, LARGEST = 200.0, 1000.0  # points: from a booklet to a newspaper


@dataclass(frozen=True)
class Edition:
    """The settings of an edition; empty where one is not given. `trim` is width and height in points."""

    publisher: str = ""
    isbn: str = ""
    rights: str = ""
    date: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    volume: str = ""
    cover: Path | None = None
    trim: tuple[float, float] = (396.0, 612.0)


def load(path: Path) -> Edition:
    """Return the edition in the premise at `path`. Raises BookError, with the line, for what cannot be used."""
    return _Settings(path, parse(read_text(path) or "", KEYS | DRAFTING)).edition()


class _Settings:
    """The front matter of one premise."""

    def __init__(self, path: Path, page: Page) -> None:
        self.path = path
        self.page = page

    def edition(self) -> Edition:
        """Return the settings, checked."""
        series, volume = self.text("series"), ""
        if found := SERIES.fullmatch(series):
            series, volume = found["name"], found["number"]
        day = self.text("date")
        if day and not _is_date(day):
            self.wrong("date", "is not a year or a date such as `2026-11-25`")
        return Edition(
            publisher=self.text("publisher"),
            isbn=self.isbn(),
            rights=self.text("rights"),
            date=day,
            description=self.text("description"),
            subjects=self.subjects(),
            series=series,
            volume=volume,
            cover=self.cover(),
            trim=self.trim(),
        )

    def text(self, key: str) -> str:
        """Return one setting in one line."""
        value = self.page.front.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, "is not a single value")
        return " ".join(clean(value).split())

    def subjects(self) -> tuple[str, ...]:
        """Return the subjects, which are a list or stand between commas."""
        value = self.page.front.get("subjects", "")
        if not isinstance(value, list):
            value = self.text("subjects").split(",")
        if not all(isinstance(each, str) for each in value):
            self.wrong("subjects", "is not a list of words")
        return tuple(subject for each in value if (subject := " ".join(clean(each).split())))

    def isbn(self) -> str:
        """Return the ISBN, of ten or thirteen digits, without hyphens."""
        text = re.sub(r"[\s-]", "", self.text("isbn")).upper()
        if text and not _is_isbn(text):
            self.wrong("isbn", "is not an ISBN: its check digit does not fit")
        return text

    def cover(self) -> Path | None:
        """Return the picture for the cover: the one that is set, else `cover.jpg`, `.jpeg` or `.png` in the book."""
        root, named = self.path.parent, self.text("cover")
        if not named:
            found = (root / f"cover.{suffix}" for suffix in ("jpg", "jpeg", "png"))
            return next((path for path in found if path.is_file()), None)
        path = root / named
        try:
            inside, there = path.resolve().is_relative_to(root.resolve()), path.is_file()
        except (OSError, RuntimeError):  # a name too long, links in a circle
            inside, there = True, False
        if not inside:
            self.wrong("cover", "is outside the book")
        if not there:
            self.wrong("cover", "is not there")
        return path

    def trim(self) -> tuple[float, float]:
        """Return the size of a page in points."""
        text = self.text("trim").lower()
        if not text:
            return Edition.trim
        found = TRIM.fullmatch(TRIMS.get(text, text))
        sides = [float(side) * POINTS[found[3]] for side in found.group(1, 2)] if found else []
        if not sides or not all(SMALLEST <= side <= LARGEST for side in sides):
            self.wrong("trim", f"is neither a size such as `5.5x8.5in` nor one of {', '.join(TRIMS)}")
        return sides[0], sides[1]

    def wrong(self, key: str, what: str) -> NoReturn:
        """Say what is wrong with a setting."""
        raise BookError(self.path, line_of(self.page, key), f"`{key}: {self.page.front[key]}` {what}. Change it.")


def _is_date(text: str) -> bool:
    """Say whether this is a year, a month or a day that there is."""
    if not DATE.fullmatch(text):
        return False
    try:
        date(*map(int, [*text.split("-"), "1", "1"][:3]))
    except ValueError:
        return False
    return True


def _is_isbn(text: str) -> bool:
    """Say whether the check digit of an ISBN fits (ISO 2108)."""
    if re.fullmatch(r"97[89][0-9]{10}", text):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(text)) % 10 == 0
    if not re.fullmatch(r"[0-9]{9}[0-9X]", text):
        return False
    digits = [10 if digit == "X" else int(digit) for digit in text]
    return sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0

"""premise.md: what the author wants, as checked settings and the idea.

Knows each setting, its default and what it may be. Knows nothing of what a setting is used for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from novelist.book.files import read_text
from novelist.book.frontmatter import check, line_of
from novelist.book.frontmatter import parse as parse_page
from novelist.errors import BookError
from novelist.text import normalise

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.frontmatter import Page

KEYS = frozenset({"title", "author", "language", "chapters", "words", "stale", "budget", "jobs"})
MOST_CHAPTERS = 2000
MOST_WORDS = 20_000
MOST_JOBS = 64


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
    stale: str = "redraft"
    budget: float | None = None  # US dollars
    jobs: int = 1  # calls at once, where they do not wait for one another


def dump(premise: Premise) -> dict[str, Any]:
    """Return a premise as JSON holds it."""
    spans = {"chapters": vars(premise.chapters), "words": vars(premise.words)}
    return {**vars(premise), **spans}


def undump(said: dict[str, Any]) -> Premise:
    """Return the premise that `dump` gave."""
    return Premise(**{**said, "chapters": Span(**said["chapters"]), "words": Span(**said["words"])})


def span(text: str, most: int) -> Span:
    """Return `text`, a whole number or a range such as `20-40`, as a span within 1 and `most`.

    Raises ValueError with what is wrong.
    """
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:[-–—]\s*([0-9]{1,9}))?\s*", text)
    if not found:
        message = "is neither a whole number nor a range such as `20-40`"
        raise ValueError(message)
    low, high = int(found[1]), int(found[2] or found[1])
    if low > high:
        message = "has its larger end first"
        raise ValueError(message)
    if low < 1 or high > most:
        message = f"is not within 1 and {most}"
        raise ValueError(message)
    return Span(low, high)


def load(path: Path) -> Premise:
    """Return the premise at `path`.

    Raises BookError, with the line, for a setting that cannot be used, and where there is no idea.
    """
    text = read_text(path)
    if text is None:
        message = "there is no premise. Write the idea of the book into it."
        why = "A file with one sentence is enough."
        raise BookError(path, None, message, why=why)
    return parse(path, text)


def parse(path: Path, text: str) -> Premise:
    """Return the premise in `text`, which is or will be at `path`. Raises BookError as `load` does."""
    page = parse_page(text, KEYS)
    check(path, page)
    idea = normalise(page.body)
    if not idea.strip():
        message = "there is no idea below the settings. Write what the book is about."
        why = "The settings stand between two lines of three hyphens, and the idea below them."
        raise BookError(path, None, message, why=why)
    texts = {key: _text(path, page, key) for key in KEYS if key in page.front}
    given = {key: value for key, value in texts.items() if value}
    if given.get("stale", "redraft") not in ("redraft", "keep"):
        _wrong(path, page, "stale", given["stale"], "is neither `redraft` nor `keep`")
    return Premise(
        idea=idea,
        title=given.get("title", ""),
        author=given.get("author", ""),
        language=given.get("language", Premise.language),
        chapters=_span(path, page, given, "chapters", MOST_CHAPTERS) or Premise.chapters,
        words=_span(path, page, given, "words", MOST_WORDS) or Premise.words,
        stale=given.get("stale", Premise.stale),
        budget=_dollars(path, page, given),
        jobs=(_span(path, page, given, "jobs", MOST_JOBS) or Span(1, 1)).high,
    )


def _text(path: Path, page: Page, key: str) -> str:
    value = page.front[key]
    if not isinstance(value, str):
        _wrong(path, page, key, str(value), "is not a single value")
    return " ".join(value.split())


def _span(path: Path, page: Page, given: dict[str, str], key: str, most: int) -> Span | None:
    if key not in given:
        return None
    try:
        return span(given[key], most)
    except ValueError as error:
        _wrong(path, page, key, given[key], str(error))


def _dollars(path: Path, page: Page, given: dict[str, str]) -> float | None:
    text = given.get("budget")
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text) or not float(text):
        _wrong(path, page, "budget", text, "is not an amount in US dollars such as `5.00`")
    return float(text)


def _wrong(path: Path, page: Page, key: str, value: str, what: str) -> NoReturn:
    raise BookError(path, line_of(page, key), f"`{key}: {value}` {what}. Change it.")

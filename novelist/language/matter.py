"""Titles of what stands before, among and behind chapters: prologues, and what is no chapter. Any table counts."""

from __future__ import annotations

from functools import cache
from typing import Literal

from novelist.language.lookup import every, fold
from novelist.text import slug

Place = Literal["opening", "between", "closing"]


def _key(title: str) -> str:
    """Return a title without its marks, as it is looked up."""
    return fold(slug(title))


@cache
def _places() -> dict[str, Place]:
    """Return where what is titled so stands."""
    places: dict[str, Place] = {}
    for language in every():
        places.update((_key(title), "opening") for title in language.opening)
        places.update((_key(title), "between") for title in language.between)
        places.update((_key(title), "closing") for title in language.closing)
    return places


@cache
def _matter() -> frozenset[str]:
    return frozenset(_key(title) for language in every() for title in language.matter)


def place(title: str) -> Place | None:
    """Return where what has such a title stands, as a prologue, an interlude and an epilogue; None for any other."""
    return _places().get(_key(title))


def is_matter(title: str) -> bool:
    """Say whether a title is that of front or back matter, which novelist makes itself or a person puts in place."""
    return _key(title) in _matter() or slug(title).startswith(("copyright-", "about-the-author", "also-by-"))

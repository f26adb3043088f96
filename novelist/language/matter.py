"""Titles of what stands before, among and behind chapters: prologues, and what is no chapter. Any table counts."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from novelist.language import lookup, numbers
from novelist.language.lookup import every, fold
from novelist.text import slug

# What stands between such a title and one of its own.
MARK = re.compile(r"[ \t\xa0\u3000]*[:：·|(（—–―.][ \t\xa0\u3000]*|[ \t\xa0]+-+[ \t\xa0]+")
MOST_TOKENS = 4  # of such a title with its number: `Kata pengantar kedua`
LONGEST_TITLE = 100  # characters
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


@cache
def _pages() -> dict[str, str]:
    """Return the pages of front and back matter by what any language calls them."""
    return {_key(title): name for language in every() for name, title in language.pages.items()}


def page_named(title: str) -> str:
    """Return which page of front or back matter has such a title in any language (`dedication`), empty for none."""
    return _pages().get(_key(title), "")


def page_title(name: str, language: str, author: str = "") -> str:
    """Return what a page is called in a language, in English where that is not known; empty for none that is usual."""
    titles = lookup.table("en").pages | lookup.table(language).pages
    return titles.get(name, "").replace("{}", author).strip()


def stands_apart(title: str) -> bool:
    """Say whether a chapter has no number by its title: `Prologue`, `Epilogue: After`, `Interlude 2`."""
    head = MARK.split(title[:LONGEST_TITLE], maxsplit=1)[0]
    tokens = head.split()
    if place(head) is not None:
        return True
    if not 2 <= len(tokens) <= MOST_TOKENS:
        return False
    last, first = fold(tokens[-1]), fold(tokens[0])
    counted = last.isdecimal() or numbers.roman(tokens[-1]) is not None or last in numbers.any_number()
    named = first in lookup.words("articles") or first in numbers.any_ordinal()
    return (counted and place(" ".join(tokens[:-1])) is not None) or (named and place(" ".join(tokens[1:])) is not None)


def is_matter(title: str) -> bool:
    """Say whether a title is that of front or back matter, which novelist makes itself or a person puts in place."""
    return _key(title) in _matter() or slug(title).startswith(("copyright-", "about-the-author", "also-by-"))

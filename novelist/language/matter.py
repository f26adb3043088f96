"""Titles of what stands before, among and behind chapters: prologues, front matter, notes. Any table counts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from novelist.language import lookup, numbers
from novelist.language.lookup import every, fold
from novelist.language.numbers import roman
from novelist.text import slug

# What stands between such a title and one of its own.
MARK = re.compile(r"[ \t\xa0\u3000]*[:：·|(（—–―.][ \t\xa0\u3000]*|[ \t\xa0]+-+[ \t\xa0]+")
MOST_TOKENS = 4  # of such a title with its number: `Kata pengantar kedua`
LONGEST_TITLE = 100  # characters
MOST_TITLES = 5000  # that are remembered: an outline is read in several ways, and again with each change
LONGEST_NOTES = 100  # characters of a heading of notes
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


@lru_cache(MOST_TITLES)
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


class _Notes(NamedTuple):
    """Words of headings of notes: strong ones, what goes with them, what counts for nothing, and those of chapters."""

    strong: frozenset[str]
    weak: frozenset[str]
    silent: frozenset[str]
    articles: frozenset[str]
    chapters: frozenset[str]
    runs: re.Pattern[str]  # of a word in a script without spaces that is made up of such words


@cache
def _notes() -> _Notes:
    strong = {fold(word) for language in every() for word in (*language.notes, *language.chapters)}
    articles = {fold(word) for language in every() for word in language.articles}
    silent = {fold(word) for language in every() for word in (*language.joins, *language.part, *language.chapter)}
    unspaced = {
        fold(word) for each in every() if each.characters for word in (*each.notes, *each.notes_on, *each.joins)
    }
    return _Notes(
        frozenset(strong),
        frozenset(fold(word) for language in every() for word in language.notes_on),
        frozenset((silent | articles) - strong),
        frozenset(articles),
        frozenset(fold(word) for language in every() for word in (*language.chapter, *language.chapters)),
        re.compile(f"(?:{'|'.join(sorted(map(re.escape, unspaced), key=len, reverse=True))})+"),
    )


def is_notes(title: str) -> bool:
    """Say whether a heading of an outline is one of notes beside its chapters: `Themes for Part I`, `Key Plot Threads`.

    All its words must be of such headings. One behind an article is not enough: `The Setting` may be a chapter's title.
    """
    known, words = _notes(), _words(title)
    telling = [word for word in words if word not in known.silent and not _is_number(word)]
    strong = [
        word for word in telling if word in known.strong or (word not in known.weak and known.runs.fullmatch(word))
    ]
    if not telling or any(word not in known.weak for word in telling if word not in strong):
        return False
    if words[0] in known.articles:
        return bool(strong) and len(telling) > 1
    return bool(strong) or len(telling) > 1


def lists_chapters(title: str) -> bool:
    """Say whether a heading of an outline is that of its list of chapters: `Chapters`, `Chapter Outline`."""
    known, words = _notes(), _words(title)
    if any(map(_is_number, words)):
        return False
    return " ".join(words) in known.chapters or (is_notes(title) and not known.chapters.isdisjoint(words))


def _words(title: str) -> list[str]:
    return fold(slug(title)).split() if len(title) <= LONGEST_NOTES else []


def _is_number(word: str) -> bool:
    return word.isdecimal() or roman(word) is not None

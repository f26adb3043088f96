"""How long a text is, as its language counts that: in words, or in characters where it has no spaces.

Knows by its tables how many characters say what a word of English says.
"""

from __future__ import annotations

from typing import Literal

from novelist.language.lookup import table
from novelist.text import counted


def unit(language: str) -> Literal["words", "characters"]:
    """Return what a text in a language is counted in."""
    return "characters" if table(language).characters else "words"


def length(number: int, language: str) -> str:
    """Return a length as a person reads it: `1 word`, `2,000 characters`."""
    return counted(number, unit(language).removesuffix("s"))


def as_long_as(words: int, language: str) -> int:
    """Return how many words, or characters, of a language say what so many words of English say."""
    return round(words * (table(language).characters or 1))

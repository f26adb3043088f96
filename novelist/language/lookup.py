"""The table of a language, and words of all tables. Loads a table when it is first asked for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from novelist.language import tables
from novelist.language.table import Language
from novelist.text import base_language

ALIASES = {"nb": "no", "nn": "no"}  # Bokmål and Nynorsk are written alike as far as tables go
UNKNOWN = Language()
# Letters of one word that are typed in more than one way, and marks within words.
SAME = str.maketrans({"ı": "i", "ى": "ي", "ی": "ي", "ک": "ك", **dict.fromkeys("'’ʼ׳״\"\u200c\u0640")})
JOINED = re.compile(r"[\s\-\u2010\u2011]+")


def fold(text: str) -> str:
    """Return words as they are compared: without capitals, accents, points and apostrophes, hyphens as blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold().replace("å", "aa")  # åttende is 8th, attende 18th
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return JOINED.sub(" ", text.casefold().translate(SAME)).strip()


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all languages that have a table."""
    return tuple(sorted(module.name for module in iter_modules(tables.__path__)))


@cache
def _table(code: str) -> Language:
    if code in codes():
        table: Language = import_module(f"{tables.__name__}.{code}").TABLE
        return table
    from novelist.language.minor import MINOR  # noqa: PLC0415 - most books are in a language that has a table

    return MINOR.get(code, UNKNOWN)


def table(language: str) -> Language:
    """Return the table of `language`, a code such as `de` or `pt-BR`; an empty one where it is not known here."""
    code = base_language(language)
    return _table(ALIASES.get(code, code))


@cache
def every() -> tuple[Language, ...]:
    """Return all tables."""
    return tuple(map(_table, codes()))


@cache
def words(field: Literal["articles", "byline", "facts", "people"]) -> frozenset[str]:
    """Return the words of one field of all tables, as `fold` has them."""
    return frozenset(fold(word) for each in every() for word in getattr(each, field))

"""Typst, the program that sets pages, and the fonts that it has for a language. Knows no book."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from novelist.errors import ExportError

if TYPE_CHECKING:
    from typst import Fonts

MISSING = "there is no Typst. Install novelist's extra `export`, which brings it along."
LANGUAGE = re.compile(r"(?P<code>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}))?(-.*)?")
LATIN = "Libertinus Serif"  # comes with Typst: Latin, Greek, Cyrillic and Hebrew
TRADITIONAL = ("Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU")
# What a book is set in, by its language, where the machine has it; the best first.
FAMILIES = {
    "ar": ("Amiri", "Noto Naskh Arabic", "Scheherazade New", "Al Nile", "Traditional Arabic"),
    "fa": ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Al Nile", "Traditional Arabic"),
    "ja": ("Noto Serif CJK JP", "Source Han Serif", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho", "MS Mincho"),
    "ko": ("Noto Serif CJK KR", "Source Han Serif K", "Noto Serif KR", "AppleMyungjo", "Batang"),
    "zh": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun"),
    **dict.fromkeys(("zh-tw", "zh-hk", "zh-mo"), TRADITIONAL),
}


@cache
def fonts() -> Fonts:
    """Return Typst's own fonts and the machine's. Raises ExportError where there is no Typst."""
    try:
        from typst import Fonts  # noqa: PLC0415 - belongs to an extra
    except ImportError as error:
        raise ExportError(MISSING) from error
    return Fonts()


def families(language: str, fonts: Fonts) -> list[str]:
    """Return the names of the `fonts` that prose in `language` may be set in, the best first."""
    code, region = language_of(language)
    best = FAMILIES.get(f"{code}-{region}") or FAMILIES.get(code, ())
    # Beside an ideographic font, Libertinus sets only what is Latin: it goes before it.
    first = (LATIN, *best) if code in ("zh", "ja", "ko") else (*best, LATIN)
    has = sorted(family for family in fonts.families() if "Mono" not in family)
    noto = [[family for family in has if family.startswith(begins)] for begins in ("Noto Serif", "Noto")]
    order = dict.fromkeys(chain(first, *FAMILIES.values(), *noto, has))
    return [family for family in order if family in has]


def language_of(tag: str) -> tuple[str, str | None]:
    """Return a language and its region as Typst wants them."""
    match = LANGUAGE.fullmatch(tag.casefold().replace("_", "-"))
    if not match:
        return "und", None
    region = match["region"] or {"hant": "tw", "hans": "cn"}.get(match["script"] or "")
    return match["code"], region

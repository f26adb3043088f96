"""Typst, the program that sets pages, and the fonts that it has for a language.

Knows how Typst is found and run, and what its templates (`book.typ`, `cover.typ`) are told of a book. Knows no prose.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from novelist.errors import ExportError
from novelist.export import pandoc

if TYPE_CHECKING:
    from typst import Fonts

    from novelist.export.manuscript import Manuscript

TEMPLATES = Path(__file__).parent
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


def typeset(book: Manuscript, folder: Path, main: str, form: Literal["pdf", "png"]) -> bytes:
    """Return what Typst makes of `main` in `folder`, outside of which it reads nothing. Raises ExportError.

    What people have written reaches our templates in `book.json`, as data.
    """
    found = fonts()
    import typst  # noqa: PLC0415 - belongs to an extra

    for template in TEMPLATES.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)
    (folder / "book.json").write_text(json.dumps(_data(book, found), ensure_ascii=False), encoding="utf-8")
    (folder / "main.typ").write_text(main, encoding="utf-8")
    try:
        return typst.compile(folder / "main.typ", root=folder, font_paths=found, timestamp=book.at, format=form)
    except typst.TypstError as error:
        raise ExportError(_told(error.message)) from error


def _told(said: str) -> str:
    """Return what happened where Typst failed, and what to do."""
    if "depth exceeded" in said:
        return pandoc.TOO_DEEP
    return f"Typst failed ({' '.join(said.split())[:500]}). Please report it: this is not the book's fault."


def families(language: str, fonts: Fonts) -> list[str]:
    """Return the names of the `fonts` that prose in `language` may be set in, the best first."""
    code, region = _language(language)
    best = FAMILIES.get(f"{code}-{region}") or FAMILIES.get(code, ())
    # Beside an ideographic font, Libertinus sets only what is Latin: it goes before it.
    first = (LATIN, *best) if code in ("zh", "ja", "ko") else (*best, LATIN)
    has = sorted(family for family in fonts.families() if "Mono" not in family)
    noto = [[family for family in has if family.startswith(begins)] for begins in ("Noto Serif", "Noto")]
    order = dict.fromkeys(chain(first, *FAMILIES.values(), *noto, has))
    return [family for family in order if family in has]


def _language(tag: str) -> tuple[str, str | None]:
    """Return a language and its region as Typst wants them."""
    found = LANGUAGE.fullmatch(tag.casefold().replace("_", "-"))
    if not found:
        return "und", None
    region = found["region"] or {"hant": "tw", "hans": "cn"}.get(found["script"] or "")
    return found["code"], region


def _data(book: Manuscript, fonts: Fonts) -> dict[str, Any]:
    edition = book.edition
    code, region = _language(book.language)
    width, height = edition.trim
    return {
        "title": book.title,
        "author": book.author,
        "language": code,
        "region": region,
        "publisher": edition.publisher,
        "rights": edition.rights,
        "isbn": edition.isbn,
        "date": edition.date,
        "series": edition.series,
        "volume": edition.volume,
        "description": edition.description,
        "subjects": list(edition.subjects),
        "width": width,
        "height": height,
        "latin": LATIN,
        "fonts": families(book.language, fonts),
        "contents": book.listed(),
    }

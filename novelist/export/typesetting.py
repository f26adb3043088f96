"""A manuscript as Typst sets it: what its templates (`book.typ`, `cover.typ`) are told of a book. Knows no prose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from novelist.errors import ExportError
from novelist.export import pandoc
from novelist.export.typst import LATIN, families, fonts, language_of

if TYPE_CHECKING:
    from typst import Fonts

    from novelist.export.manuscript import Manuscript

# It sets at most 65,535 bytes without a place where a line may end.
PANIC = "Typst cannot set a chapter: a word in it is as long as a book. Look for a run of letters without a blank."
TEMPLATES = Path(__file__).parent


def typeset(book: Manuscript, folder: Path, main: str, form: Literal["pdf", "png"], gutter: float = 0) -> bytes:
    """Return what Typst makes of `main` in `folder`, outside of which it reads nothing. Raises ExportError.

    `gutter` is the least inner margin, in points. What people have written reaches our templates in `book.json`, as
    data.
    """
    here = fonts()
    import typst  # noqa: PLC0415 - belongs to an extra

    for template in TEMPLATES.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)
    (folder / "book.json").write_text(
        json.dumps({**_data(book, here), "gutter": gutter}, ensure_ascii=False), encoding="utf-8"
    )
    (folder / "main.typ").write_text(main, encoding="utf-8")
    try:
        return typst.compile(folder / "main.typ", root=folder, font_paths=here, timestamp=book.at, format=form)
    except typst.TypstError as error:
        raise ExportError(_failure(error.message)) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic in Rust, which is no Exception
            raise
        raise ExportError(PANIC) from error


def _failure(message: str) -> str:
    """Return what happened where Typst failed, and what to do."""
    if "depth exceeded" in message:
        return pandoc.TOO_DEEP
    return f"Typst failed ({' '.join(message.split())[:500]}). Please report it: this is not the book's fault."


def _data(book: Manuscript, fonts: Fonts) -> dict[str, Any]:
    edition = book.edition
    code, region = language_of(book.language)
    width, height = edition.trim
    return {
        "title": book.title,
        "subtitle": edition.subtitle,
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
        "open": edition.open,
        "latin": LATIN,
        "fonts": families(book.language, fonts),
        "contents": book.listed(),
    }

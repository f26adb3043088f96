"""The front of the book: the author's picture, else one drawn after the title's digest by Typst.

Knows which pictures a cover may be. What is drawn is said in `cover.typ`.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.export import pictures
from novelist.export.sanitize import kind_of
from novelist.export.typesetting import typeset

if TYPE_CHECKING:
    from novelist.export.manuscript import Manuscript

NO_COVER = "the cover is no PNG or JPEG of at most 50 MB. Save it as one, or take it away to have one drawn."


def of(book: Manuscript) -> tuple[bytes, str]:
    """Return the cover and its kind, `png` or `jpg`. Raises BookError for a picture of no use, and ExportError."""
    path = book.edition.cover
    if path is None:
        return _drawn(book), "png"
    kind = kind_of(path)
    if kind is None:
        raise BookError(path, None, "the cover cannot be read (No such file or directory). Save it again.")
    if kind not in ("png", "jpg"):
        raise BookError(path, None, NO_COVER, why="Shops and readers' devices take these two.")
    if not pictures.whole(f"cover.{kind}", path):
        raise BookError(path, None, "the cover is damaged. Save it again, or take it away to have one drawn.")
    return pictures.content(path), kind


def _drawn(book: Manuscript) -> bytes:
    seed = tuple(hashlib.sha256(book.title.encode()).digest())
    with tempfile.TemporaryDirectory(prefix="novelist-") as folder:
        main = f'#import "cover.typ": cover\n#cover({seed})\n'
        return typeset(book, Path(folder), main, form="png")

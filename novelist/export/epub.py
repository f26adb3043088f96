"""EPUB 3, which pandoc writes: one file per chapter, and nothing in it that changes where the book has not.

Knows what pandoc wants of a manuscript. Its stylesheet is `epub.css`.
"""

from __future__ import annotations

import os
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.export import cover, pandoc
from novelist.export.archive import rewritten
from novelist.export.manuscript import ExportPart

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.export.manuscript import Manuscript

CSS = Path(__file__).with_name("epub.css")


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:  # noqa: ARG001 - as for each format
    """Return the book as EPUB 3. Raises ExportError."""
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        folder = Path(name)
        book.put_pictures(folder)
        image, kind = cover.of(book)
        (folder / f"cover.{kind}").write_bytes(image)
        pandoc.run(
            [
                "--from=json",
                "--to=epub3",
                "--output=book.epub",
                "--wrap=none",
                "--toc-depth=2",
                f"--split-level={book.top}",
                f"--css={CSS}",
                f"--epub-cover-image=cover.{kind}",
            ],
            book.document(book.headed("."), _meta(book)),
            folder=folder,
            environ={**os.environ, "SOURCE_DATE_EPOCH": str(book.at)},
        )
        return _titled((folder / "book.epub").read_bytes(), book)


def _meta(book: Manuscript) -> dict[str, Any]:
    """Return what pandoc makes the package's metadata of (pandoc's manual, "EPUB Metadata")."""
    edition = book.edition
    return {
        "title": book.title,
        "author": [book.author] if book.author else [],
        "lang": book.tag or "und",  # it must have one
        "identifier": [{"scheme": "ISBN" if edition.isbn else "UUID", "text": book.identifier}],
        "publisher": edition.publisher,
        "rights": edition.rights,
        "date": edition.date,
        "description": edition.description,
        "subject": list(edition.subjects),
        "belongs-to-collection": edition.series,
        "group-position": edition.volume,
        "dir": "rtl" if book.rtl else "",
        "page-progression-direction": "rtl" if book.rtl else "",
    }


def _titled(packed: bytes, book: Manuscript) -> bytes:
    """Return an EPUB in which each file is titled after its part or chapter, where pandoc puts the file's name."""
    titles = (each.heading if isinstance(each, ExportPart) else each.title for each in book.contents)
    by_name = {f"EPUB/text/ch{number:03d}.xhtml": title for number, title in enumerate(titles, 1)}

    def title(name: str, data: bytes) -> bytes:
        old, new = f"<title>{Path(name).name}</title>", f"<title>{escape(by_name.get(name, ''))}</title>"
        return data.replace(old.encode(), new.encode(), 1) if name in by_name else data

    return rewritten(packed, book.at, title)

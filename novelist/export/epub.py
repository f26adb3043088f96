"""EPUB 3, which pandoc writes: one file per chapter, and nothing in it that changes where the book has not.

Knows what pandoc wants of a manuscript. Its stylesheet is `epub.css`.
"""

from __future__ import annotations

import os
import re
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.export import cover, pandoc
from novelist.export.archive import rewritten
from novelist.export.manuscript import ExportPage, ExportPart
from novelist.export.untitled import untitled

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.export.manuscript import Manuscript

SUBTITLE = re.compile('<h1 class="subtitle">(.*?)</h1>')
IMPRINT = re.compile(r'\s*<(p|div) class="(?:date|rights)">.*?</\1>', re.DOTALL)
BODY = re.compile('<body epub:type="[a-z]*">')
CSS = Path(__file__).with_name("epub.css")


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:  # noqa: ARG001 - as for each format
    """Return the book as EPUB 3. Raises ExportError."""
    book = book.with_copyright()
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
        "title": _title(book),
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


def _title(book: Manuscript) -> str | list[dict[str, str]]:
    """Return the title as pandoc's metadata have it, with the subtitle where there is one."""
    subtitle = book.edition.subtitle
    return [{"type": "main", "text": book.title}, {"type": "subtitle", "text": subtitle}] if subtitle else book.title


def _titled(packed: bytes, book: Manuscript) -> bytes:
    """Return an EPUB in which each file is titled after its part or chapter, where pandoc puts the file's name."""
    titles = (each.heading if isinstance(each, ExportPart) else each.title for each in book.contents)
    by_name = {f"EPUB/text/ch{number:03d}.xhtml": title for number, title in enumerate(titles, 1)}

    matter = {
        f"EPUB/text/ch{number:03d}.xhtml": each.place
        for number, each in enumerate(book.contents, 1)
        if isinstance(each, ExportPage)
    }

    def title(name: str, data: bytes) -> bytes:
        if name.endswith("title_page.xhtml"):
            # What the rights are, and when it was published, stands on the copyright page.
            return SUBTITLE.sub(r'<p class="subtitle">\1</p>', IMPRINT.sub("", data.decode())).encode()
        if name in matter:
            data = untitled(BODY.sub(f'<body epub:type="{matter[name]}matter">', data.decode(), count=1)).encode()
        old, new = f"<title>{Path(name).name}</title>", f"<title>{escape(by_name.get(name, ''))}</title>"
        return data.replace(old.encode(), new.encode(), 1) if name in by_name else data

    return rewritten(packed, book.at, title)

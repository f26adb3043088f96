"""What a book's exports are, as one may take them out of the studio: only what an export of the book has made.

A file of dist/ that is otherwise than it was made is a hand's, and is not sent; nor is anything else that is there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from novelist.book.paths import Book
from novelist.building.process import Command
from novelist.building.state import remembered, unchanged
from novelist.errors import NovelistError
from novelist.export.formats import FORMATS, Export

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot

TYPES = {
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Made:
    """A format: for whom it is, and its file where there is one that an export made: when, and how large, in words.

    It is `older` than the book where that would be exported otherwise now.
    """

    format: str
    about: str
    at: str = ""
    size: str = ""
    older: bool = False


def command(kind: str) -> Command:
    """Return the command that makes a format of FORMATS."""
    return Command(["build", kind], f"Making the {kind.upper()}", f"The {kind.upper()} is made", makes=kind)


def exports(_: OpenBook, snapshot: Snapshot) -> Sequence[Made]:
    """Return all formats, and what has been made of them."""
    return [_made(snapshot, kind, about) for kind, about in FORMATS.items()]


def _made(snapshot: Snapshot, kind: str, about: str) -> Made:
    book = snapshot.book
    export = Export(book, kind)
    try:
        status, known = book.files.look(export.path), remembered(book, kind)
        if status is None or book.files.digest(export.path) != known.get("made"):
            return Made(kind, about)
        sources = (book.text, book.premise)
        older = not (
            snapshot.book_text.verdict().settled
            and export.fresh(known)
            and all(unchanged(book, kind, path) for path in sources)
        )
    except NovelistError:
        return Made(kind, about)  # what is wrong with it is told where it is made
    size = f"{status.st_size / 1e6:,.1f} MB" if status.st_size >= 1e6 else f"{status.st_size / 1000:,.0f} kB"
    return Made(kind, about, f"{datetime.fromtimestamp(status.st_mtime).astimezone():%Y-%m-%d, %H:%M}", size, older)


def content(root: Path, kind: str) -> bytes | None:
    """Return the file of a format, None where there is none that an export made. Raises FileError."""
    book = Book(root)
    made, there = remembered(book, kind).get("made"), book.files.read_bytes(Export(book, kind).path)
    return there if there is not None and hashlib.sha256(there).hexdigest() == made else None

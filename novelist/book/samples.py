"""What an author has written elsewhere, in style/: the texts that the voice of a book is told from.

Knows which files count. Knows no model, and not what is made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book.bounds import LARGEST_SAMPLE
from novelist.book.paths import KEYS
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.paths import Book

ENDINGS = (".md", ".markdown", ".txt")


def paths(book: Book) -> list[Path]:
    """Return the samples of a book, in order of their names; none where it has no such folder. Raises FileError."""
    folder = book.samples
    names = (
        name for name in book.files.names(folder) if name.casefold().endswith(ENDINGS) and not name.startswith(".")
    )
    return [folder / name for name in names if book.files.look(folder / name) is not None]


def read(book: Book, files: Sequence[Path]) -> list[str]:
    """Return the texts of samples without front matter and empty ones. Raises FileError for what cannot be read."""
    from novelist.book import frontmatter  # noqa: PLC0415 - only a voice that is to be told needs them

    texts = (book.files.read_text(path, LARGEST_SAMPLE) or "" for path in files)
    return [body for text in texts if (body := normalise(frontmatter.parse(text, KEYS).body).strip())]

"""Whether the files of a book are as they were: by their names, sizes and times. Opens none of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from novelist.errors import NovelistError
from novelist.lint import baseline

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from novelist.book.paths import Book

SECONDS = 1.0  # between two looks, as long as a page is open
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
DEEPEST = 2  # folders of the book's own within one another, in which pictures are followed
REST = 20  # times as long as a look took, at least: that of a very long book takes a tenth of a second


def stamp(book: Book) -> str:
    """Return what is another text once a file of the book has changed."""
    digest = hashlib.sha256()
    for path in _files(book):
        try:
            status = book.files.look(path)
        except NovelistError as error:
            digest.update(f"{path}: {error}\n".encode("utf-8", "replace"))
            continue
        if status is not None:
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _files(book: Book) -> Iterator[Path]:
    yield from (book.premise, book.bible, book.outline, book.style, book.text, book.ledger, book.state)
    yield from (book.root / ".env", book.root / baseline.NAME)
    texts = (book.chapters, book.summaries, book.notes, book.reviews, book.matter, book.prompts, book.samples)
    alternatives = (book.alternatives / name for name in _names(book, book.alternatives))
    folders = (*texts, book.dist, *alternatives)
    for folder in folders:
        yield from (folder / name for name in _names(book, folder))
    yield from _pictures(book, frozenset(folders))


def _pictures(book: Book, listed: Collection[Path]) -> Iterator[Path]:
    """Yield the pictures in the book's folder and in those below it, but for such as are `listed` already."""
    folders = [(book.root, 0)]
    for folder, depth in folders:
        for name in _names(book, folder):
            path = folder / name
            if path.suffix.casefold() in PICTURES:
                yield path
            elif depth < DEEPEST and not name.startswith(".") and path not in listed and _is_folder(path):
                folders.append((path, depth + 1))


def _is_folder(path: Path) -> bool:
    return not path.is_symlink() and path.is_dir()


def _names(book: Book, folder: Path) -> list[str]:
    try:
        return book.files.names(folder, whatever=True)
    except NovelistError:
        return []  # what is wrong with it is told where it is read

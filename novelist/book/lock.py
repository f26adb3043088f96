"""One writer at a time: a lock that the operating system lets go when its process ends, however it ends.

Whoever takes it is going to write: what the disk would not let them write is told first, before anything is paid for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from novelist.errors import BookError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

    from novelist.book.paths import Book

ROOM = 1_000_000  # bytes: a long chapter three times, as it lies in partial/, in history and in its place


def lock(book: Book) -> BaseFileLock:
    """Return the held lock of `book`.

    Raises BookError, with the process that holds it, where another one writes this book, and where a folder of the book
    cannot be written to.
    """
    owner = book.hidden / "lock.pid"
    try:
        book.files.make_folder(book.hidden)
    except FileError as error:
        if isinstance(error.__cause__, OSError):
            raise _unwritable(book, error.__cause__) from error
        raise
    book.files.look(book.ledger)  # before it has something to say
    book.files.check_rights(book.ledger)
    for folder in _folders(book):
        book.files.check_takes_files(folder)
    book.files.look(book.lock)  # FileLock opens it as it is
    try:
        held = FileLock(book.lock, timeout=0)
        with held.acquire():
            book.files.replace(owner, str(os.getpid()))
            _check_room(book)
            held.acquire()  # counted, so that it outlives the block
    except Timeout as error:
        try:
            process = (book.files.read_bytes(owner) or b"unknown").decode("ascii", "replace")
        except FileError:
            process = "unknown"
        message = f"another build (process {process}) is writing this book. Wait for it, or stop it."
        raise BookError(book.lock, None, message, why="Two builds would pay for the same draft twice.") from error
    except OSError as error:
        raise _unwritable(book, error) from error
    return held


def _folders(book: Book) -> Iterator[Path]:
    """Yield the folders that drafts are put into, in the order in which what is in one follows it."""
    yield from (book.root, book.chapters, book.summaries, book.partial)
    yield from (book.state.parent, book.briefs, book.history)
    for name in book.files.names(book.history, whatever=True):
        if "." not in name:  # else it is an entry, or nothing of ours
            yield from (book.history / name, book.history / name / "summary")


def _check_room(book: Book) -> None:
    """Raise BookError where the disk has no room for a draft. It is tried: what a system tells knows no quota."""
    trial = book.hidden / "room"
    try:
        book.files.replace(trial, os.urandom(ROOM))
        book.files.remove(trial)
    except FileError as error:
        if isinstance(error.__cause__, OSError):
            message = f"the disk has no room for a draft ({error.__cause__.strerror}). Make room on it."
            raise BookError(book.root, None, message) from error
        raise


def _unwritable(book: Book, error: OSError) -> BookError:
    message = f"nothing can be written here ({error.strerror}). Check the folder and its rights."
    return BookError(book.root, None, message)

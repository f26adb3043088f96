"""One writer at a time: a lock that the operating system lets go when its process ends, however it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from novelist.errors import BookError, FileError

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from novelist.book.paths import Book


def lock(book: Book) -> BaseFileLock:
    """Return the held lock of `book`.

    Raises BookError, with the process that holds it, where another one writes this book, and where the folder cannot
    be written to.
    """
    owner = book.hidden / "lock.pid"
    try:
        book.files.make_folder(book.hidden)
    except FileError as error:
        if isinstance(error.__cause__, OSError):
            raise _unwritable(book, error.__cause__) from error
        raise
    book.files.look(book.ledger)  # before it has something to say
    for path in (book.ledger, book.chapters, book.summaries, book.history, book.partial):
        book.files.check_rights(path)  # before a draft is paid for that they cannot take
    book.files.look(book.lock)  # FileLock opens it as it is
    try:
        held = FileLock(book.lock, timeout=0)
        with held.acquire():
            book.files.replace(owner, str(os.getpid()))
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


def _unwritable(book: Book, error: OSError) -> BookError:
    message = f"nothing can be written here ({error.strerror}). Check the folder and its rights."
    return BookError(book.root, None, message)

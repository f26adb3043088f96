"""One writer at a time: a lock that the operating system lets go when its process ends, however it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from novelist.errors import BookError

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
        book.hidden.mkdir(parents=True, exist_ok=True)
        held = FileLock(book.lock, timeout=0)
        with held.acquire():
            owner.write_text(str(os.getpid()), encoding="ascii")
            held.acquire()  # counted, so that it outlives the block
    except Timeout as error:
        try:
            process = owner.read_text(encoding="ascii", errors="replace")
        except OSError:
            process = "unknown"
        message = f"another build (process {process}) is writing this book. Wait for it, or stop it."
        raise BookError(book.lock, None, message, why="Two builds would pay for the same draft twice.") from error
    except OSError as error:
        message = f"nothing can be written here ({error.strerror}). Check the folder and its rights."
        raise BookError(book.root, None, message) from error
    return held

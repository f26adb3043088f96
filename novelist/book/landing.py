"""How a finished draft comes into its file, and where it waits until it is there; how any other text does.

Knows that a file is replaced only if it is still as it was when its draft was begun, and that what is replaced goes to
history. Knows no model, and not when anything is drafted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import frontmatter, history
from novelist.errors import BookError
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.book.record import Record

RECORDED = frozenset({"novelist"})


def land(book: Book, path: Path, identity: str, text: str, before: str | None) -> None:
    """Put a draft in place of `before`, with both in the history of `identity`.

    A text without a record is an author's own file in which an answer has its place: while that waits, nothing says
    what it was drafted from, so the answer goes last, and a killed build reads it again. Raises BookError where
    somebody has saved another text at `path` since the draft was begun.
    """
    # The order is what a kill may cut at any point. First the whole draft waits in partial/, and only then does the
    # unfinished one go: from here on no build asks for it again. Then history has what was there, and the draft. Then,
    # as late as can be, the file is compared with what it was, and the waiting draft is moved, not copied, into its
    # place: once it was there it waits no more, so a file that its author deletes is not put back.
    waiting = book.landing(identity)
    book.files.replace(waiting, text)
    recorded = frontmatter.parse(text, RECORDED).record is not None
    if recorded:
        book.files.remove(book.unfinished(identity))
        book.files.remove(book.retry(identity))
    if before is not None:
        history.keep(book, identity, before)
    kept = history.keep(book, identity, text)
    with book.files.writing(path):
        if book.files.read_text(path) != before:
            book.files.remove(waiting)
            message = f"it was saved while it was being drafted, so your text stays. The draft is in {kept}."
            why = "Your text is never written over. `novelist restore` takes the draft instead."
            raise BookError(path, None, message, why=why)
        book.files.move(waiting, path)
    if not recorded:
        book.files.remove(book.unfinished(identity))


def put(book: Book, path: Path, identity: str, text: str | None, before: str | None) -> Path | None:
    """Put a text that is no draft in place of `before`, which goes to the history of `identity`; None is no file.

    Return where that is in history, None for no file. Raises BookError where somebody has saved another text since it
    was read: that stays.
    """
    with book.files.writing(path):
        kept = None if before is None else history.keep(book, identity, before)
        replace(book, path, text, before)
    return kept


def replace(book: Book, path: Path, text: str | None, before: str | None) -> None:
    """Put a text in place of `before`, of which nothing is lost by that; None is no file. Raises BookError as `put`."""
    if not book.files.exchange(path, before, text):
        message = "it was saved in the meantime, so that text stays, and nothing was done. Do this again."
        raise BookError(path, None, message, why="What nobody has looked at is never written over.")


def waiting(book: Book, identity: str, fits: Callable[[Record], bool]) -> str | None:
    """Return the finished draft that waits to land, where there is one and its record `fits`.

    It was left by a killed build, or by a section that was removed.
    """
    text = book.files.read_text(book.landing(identity))
    if text is None:
        return None
    page = frontmatter.parse(text, RECORDED)
    record = page.record
    if record is None or not (record.body == digest(page.body) or record.base):  # edits may stand beside a hand's words
        return None
    return text if fits(record) else None


def put_away(book: Book, identity: str) -> None:
    """Put a finished draft that waits to land into history: it is of other inputs."""
    path = book.landing(identity)
    text = book.files.read_text(path)
    if text is not None:
        history.keep(book, identity, text)
        book.files.remove(path)

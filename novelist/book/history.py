"""Every text that was ever there: drafts as they land, texts before they are replaced, answers that were rejected.

Knows `.novelist/history/<id>/<time>.md`. Never removes anything. What is no chapter's has a name in history that no
chapter can have, whose identity has letters, digits and hyphens only: it begins with `@`.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.book.record import ASKED
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.book.record import Record

KEYS = frozenset({"novelist"})
DIST = "@dist"


def keep(book: Book, identity: str, text: str) -> Path:
    """Put `text` into the history of `identity`, unless its newest entry is the same, and return where it is.

    Raises BookError where the disk does not let it.
    """
    newest = entries(book, identity)[:1]
    if newest and book.files.read_bytes(newest[0]) == text.encode():
        return newest[0]
    path = book.past(identity) / f"{_now()}.md"
    book.files.replace(path, text)
    return path


def keep_file(book: Book, identity: str, path: Path) -> Path:
    """Copy the file at `path`, which need not be text, into the history of `identity`, and return where that is.

    Raises BookError where the disk does not let it.
    """
    kept = book.past(identity) / f"{_now()}{path.suffix}"
    book.files.copy(path, kept)
    return kept


def follow(book: Book, old: str, new: str) -> None:
    """Let the history of the identity `old` be that of `new`, where nothing is known of `new` yet."""
    if book.past(old).is_dir() and not book.past(new).exists():
        book.files.move(book.past(old), book.past(new))


def entries(book: Book, identity: str) -> list[Path]:
    """Return the entries of `identity`, the newest first."""
    past = book.past(identity)
    return [past / name for name in reversed(book.files.names(past)) if name.endswith(".md")]


def draft(book: Book, identity: str, fits: Callable[[Record], bool]) -> str | None:
    """Return the newest text of `identity` that is as it was drafted, and whose record `fits`.

    An alternative that was not taken is none: it was never in the book.
    """
    for path in entries(book, identity):
        text = book.files.read_text(path) or ""
        page = frontmatter.parse(text, KEYS)
        if ASKED in page.front or page.record is None:
            continue
        if page.record.body == digest(page.body) and fits(page.record):
            return text
    return None


def _now() -> str:
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S.%fZ}"

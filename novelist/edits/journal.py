"""Texts that go into a book together, whatever happens on the way: a journal holds them until all are in place.

Knows `.novelist/rename.json`. It is whole before the first file is replaced: a process that is killed has changed
nothing yet, or the next command ends its work. A file that was saved meanwhile is left alone. What was renamed stays
known in history, so that a name that is changed back gives each text as it was. Knows no names and no forms.
"""

from __future__ import annotations

from datetime import datetime, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from filelock import Timeout

from novelist.book import checksum, history
from novelist.book.bounds import LARGEST_EXPORT
from novelist.book.lock import lock
from novelist.commands import command
from novelist.errors import BookError
from novelist.text import counted, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.paths import Book

PAST = "@renames"


class NewText(NamedTuple):
    """What is to be in a file that has `before` in it now.

    `identity` names its history, empty where that is not to have it; `body` is what stands below its front matter.
    """

    path: Path
    before: str
    text: str
    identity: str
    body: str


class Past(NamedTuple):
    """A name that was changed for another, and by file: where its text before is, and the digest of its body after."""

    old: str
    new: str
    files: dict[str, tuple[str, str]]


def begin(book: Book, old: str, new: str, texts: Sequence[NewText]) -> None:
    """Write down what is to be done; each text that goes is in history. Raises BookError: nothing has changed then."""
    files = {}
    for text in texts:
        kept = history.keep(book, text.identity, text.before) if text.identity else None
        files[_name(book, text.path)] = {
            "before": hashed(text.before),
            "text": text.text,
            "kept": _name(book, kept) if kept else "",
            "body": hashed(text.body),
        }
    at = f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S.%fZ}"
    book.files.replace(book.renaming, checksum.dump({"old": old, "new": new, "at": at, "files": files}))


def finish(book: Book) -> list[Path]:
    """Put what was written down in place, and return the files that were saved since then: they are as they were saved.

    The book's lock is held. Raises BookError.
    """
    journal = _read(book, book.renaming)
    if not journal:
        message = "it is not as it was written. Remove it; a rename that it was of may be given again."
        raise BookError(book.renaming, None, message)
    saved = []
    for name, entry in journal["files"].items():
        path = _placed(book, name)
        now = book.files.read_text(path)
        if now == entry["text"]:
            continue
        if now is None or hashed(now) != entry["before"]:
            saved.append(path)
            continue
        if not book.files.exchange(path, now, entry["text"]):
            saved.append(path)
    files = {name: {"kept": entry["kept"], "body": entry["body"]} for name, entry in journal["files"].items()}
    past = book.past(PAST) / f"{journal['at']}.json"
    book.files.replace(past, checksum.dump({"old": journal["old"], "new": journal["new"], "files": files}))
    book.files.remove(book.renaming)
    for name in journal["files"]:
        book.forget(book.root / name)
    return saved


def finish_interrupted(book: Book) -> list[str]:
    """End a rename that was interrupted, and return what to say of it, in lines; none where there was none.

    Where another process has the lock, that one is at it. Raises BookError.
    """
    if book.files.look(book.renaming) is None:
        return []
    try:
        held = lock(book)
    except BookError as error:
        if isinstance(error.__cause__, Timeout):
            return []
        raise
    with held:
        journal = _read(book, book.renaming)
        saved = finish(book)
        held.release()  # it was taken twice, by `lock` and by `with`, and this process goes on
    names = f"`{journal['old']}` to `{journal['new']}`"
    done = f"The rename of {names} that was interrupted is finished: {counted(len(journal['files']), 'file')}."
    return [done, *left_alone(saved, journal["old"], journal["new"])]


def left_alone(saved: Sequence[Path], old: str, new: str) -> Iterator[str]:
    """Yield what to say of files that were saved meanwhile."""
    if saved:
        files = ", ".join(map(str, saved))
        again = f'`{command("novelist")} rename "{old}" "{new}"`'
        yield f"Left as you saved it meanwhile: {files}. {again} renames what is in it, too."


def renames(book: Book) -> Iterator[Past]:
    """Yield the names that were changed, the newest first."""
    folder = book.past(PAST)
    for name in reversed(book.files.names(folder)):
        if past := _read(book, folder / name):
            files = {file: (each["kept"], each["body"]) for file, each in past["files"].items()}
            yield Past(past["old"], past["new"], files)


def hashed(text: str) -> str:
    """Return the digest of a text to the byte."""
    return sha256(encoded(text)).hexdigest()


def _read(book: Book, path: Path) -> dict[str, Any]:
    return checksum.load(book.files.read_bytes(path, LARGEST_EXPORT))


def _name(book: Book, path: Path) -> str:
    return path.relative_to(book.root).as_posix()


def _placed(book: Book, name: str) -> Path:
    """Return where a file of the journal is. Raises BookError for one that is no text of a book."""
    path = book.root / name
    folders = (book.chapters, book.summaries, book.notes, book.reviews)
    single = (book.premise, book.bible, book.outline, book.style, book.text)
    if path not in single and not (path.parent in folders and path.suffix == ".md"):
        raise BookError(book.renaming, None, f"`{name}` in it is no text of this book. Remove it.")
    return path

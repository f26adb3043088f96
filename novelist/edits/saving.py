"""A text that was edited comes into its file, where that is still as it was read.

What is replaced goes to history. Where another hand, or a build, was faster, its changes and these come together by
paragraphs, and nothing is saved before a person has seen that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import conflict, history, landing
from novelist.book.bounds import LARGEST_TEXT, MEGABYTE
from novelist.edits.keeping import check_writable
from novelist.edits.merging import Merged, merge
from novelist.errors import BookError
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.edits.editable import Editable
    from novelist.targets.target import Target


@dataclass(frozen=True)
class Edit:
    """A text in the hands of a person: as it was read, and as it is now."""

    before: str
    text: str


class Saved(NamedTuple):
    """A text that is in its file: what the file's digest is now, and where the one before is in history.

    That is None where there was no file, and where it said the same `already`.
    """

    digest: str
    kept: Path | None
    already: bool = False


def begun(text: Editable) -> Edit:
    """Return a text as it is taken into one's hands; empty where it is missing. Raises BookError."""
    there = text.read(text.snapshot.book.files.read_text(text.path))
    return Edit(there, there)


def edit_of(text: Editable, form: Mapping[str, str]) -> Edit:
    """Return what a form sends."""
    return Edit(text.tidy(form.get("before", "")), text.tidy(form.get("text", "")))


def save(text: Editable, edit: Edit) -> Saved | Merged:
    """Save an edit; where the file says something else than was read, return both in one instead.

    Raises BookError where it would leave what cannot be, or the disk or the file's author does not let it.
    """
    files, path = text.snapshot.book.files, text.path
    with files.writing(path):
        while True:  # until no editor saves between two looks
            text.snapshot.forget(path)
            file = files.read_text(path)
            there = text.read(file)
            if there == edit.text:
                return Saved(digest(file or ""), None, already=True)
            if there != edit.before:
                # What is gone was taken away as a whole, and not by paragraphs: then all that was typed counts.
                return merge(edit.before, edit.text, there) if there else Merged(edit.text, ())
            check_writable(files, path)
            now = text.put(file, edit.text)
            _check(path, now or "", file or "")
            kept = None if file is None else history.keep(text.snapshot.book, text.identity, file)
            if files.exchange(path, file, now):
                text.snapshot.forget(path)
                return Saved(digest(now or ""), kept)


def _check(path: Path, now: str, file: str) -> None:
    """Raise BookError for a text with which a file could not be read any more."""
    if len(now.encode()) > LARGEST_TEXT:
        message = f"it would be larger than {LARGEST_TEXT // MEGABYTE:,} MB, and is as it was. Save less."
        raise BookError(path, None, message)
    if conflict.line_of_mark(now) and not conflict.line_of_mark(file):
        message = "a line would be read as one of a merge conflict of git, and it is as it was. Put a `\\` before it."
        raise BookError(path, None, message)


def put_back(target: Target, when: str) -> Saved:
    """Put back a text of a file, to the byte, by the time at which it came into history, where the one there now goes.

    Raises BookError where there is none of that time, and where the file's author does not let it.
    """
    book = target.inputs.book
    entry = next((path for path in history.entries(book, target.identity) if path.stem == when), None)
    if entry is None:
        message = "there is no text of that time, and nothing was done. Look at it again."
        raise BookError(target.path, None, message)
    check_writable(book.files, target.path)
    before, text = book.files.read_text(target.path), book.files.read_text(entry) or ""
    kept = landing.put(book, target.path, target.identity, text, before)
    target.inputs.forget(target.path)
    return Saved(digest(text), kept)

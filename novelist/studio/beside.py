"""What is edited beside the text of a chapter: its section of the outline, and the notes on it.

Each is saved only where its file still says what was read; where it does not, both come together as those of a chapter
do, and nothing is saved before a person has seen that. What is replaced goes to history. Asks no model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import history
from novelist.book.headings import tidy_text
from novelist.book.lock import lock
from novelist.edits.resection import put, sections_there, with_sections
from novelist.edits.saving import Edit, Merged, merge
from novelist.errors import NovelistError
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot


class Beside(NamedTuple):
    """A text that is edited beside a chapter: what it is called, how it is read and saved, and what is said of it."""

    title: str
    label: str
    hint: str
    saved: str
    read: Callable[[Snapshot, int], str]
    save: Callable[[Snapshot, int, Edit], Merged | None]


@dataclass(frozen=True)
class Notes:
    """What is asked of a chapter: each note, with whether a model was told of it, and what becomes of the others."""

    every: Sequence[tuple[str, bool]] = ()
    then: str = ""
    problem: str = ""


def notes_of(opened: OpenBook, snapshot: Snapshot, number: int) -> Notes:
    """Return what is asked of chapter `number`."""
    revision = snapshot.revision(number)
    try:
        left = revision.open_notes()
        every = [(note, note not in left) for note in revision.chapter.notes]
        verdict = revision.verdict()
    except NovelistError as error:
        return Notes(problem=opened.local(str(error)))
    if not left:
        return Notes(every)
    if revision.info is None:
        return Notes(every, "It will be drafted as they ask")
    if verdict.state == "stale":
        return Notes(every, "The next build revises it by what is new")
    return Notes(every, opened.local(f"No build revises it: {verdict.reason}"))


def _section(snapshot: Snapshot, number: int) -> str:
    return snapshot.chapter(number).section.text


def _save_section(snapshot: Snapshot, number: int, edit: Edit) -> Merged | None:
    """Save a section, every other byte of the outline as it was. Raises BookError where it has no place for it."""
    with lock(snapshot.book):
        text, outline = sections_there(snapshot)
        section = outline.sections[number - 1]
        if merged := _merged(section.text, edit):
            return merged
        if section.text != (wanted := tidy_text(edit.text)):
            put(snapshot, text, with_sections(snapshot, text, outline, {number: replace(section, text=wanted)}))
    return None


def _notes(snapshot: Snapshot, number: int) -> str:
    return normalise(snapshot.book.files.read_text(snapshot.chapter(number).notes_path) or "")


def _save_notes(snapshot: Snapshot, number: int, edit: Edit) -> Merged | None:
    """Save the notes on a chapter; without any, there is no file of them. Raises BookError."""
    book, chapter = snapshot.book, snapshot.chapter(number)
    path = chapter.notes_path
    raw = book.files.read_text(path)
    there = normalise(raw or "")
    if merged := _merged(there, edit):
        return merged
    if there != edit.text:
        if raw is not None:
            history.keep(book, f"{chapter.identity}/notes", raw)
        if edit.text:
            book.files.replace(path, f"{edit.text}\n")
        else:
            book.files.remove(path)
        snapshot.forget(path)
    return None


def _merged(there: str, edit: Edit) -> Merged | None:
    """Return an edit together with what is there now; None where that is as it was read, or says the same already."""
    if digest(there) in (digest(edit.before), digest(edit.text)):
        return None
    return merge(edit.before, edit.text, there)


BESIDE = {
    "section": Beside(
        "Its section of the outline",
        "What happens in the chapter",
        "All else in outline.md stays as it is. The next build writes the chapter by it, unless that is yours.",
        "Saved. The outline as it was is in its history.",
        _section,
        _save_section,
    ),
    "notes": Beside(
        "Notes on it",
        "What you ask of the chapter",
        "A point or a paragraph each. A note that no model was told of has the next build revise the chapter.",
        "Saved.",
        _notes,
        _save_notes,
    ),
}

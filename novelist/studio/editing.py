"""What is edited of a chapter: its text, its section of the outline, and the notes on it. Asks no model.

A form is of the chapter whose id it has: where that has moved, it is saved all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from novelist.edits.editable import ChapterText, NotesText, SectionText
from novelist.errors import BookError, NovelistError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from novelist.edits.editable import Editable
    from novelist.studio.books import OpenBook
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


class Editor(NamedTuple):
    """A text of a chapter that is edited: on which page, what it is called, what is said of it, and where it stands."""

    template: str
    title: str
    label: str
    hint: str
    saved: str
    text: Callable[[Snapshot, ChapterTarget], Editable]


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


def chapter_of(snapshot: Snapshot, identity: str) -> ChapterTarget:
    """Return the chapter that a form is of, whatever its number is by now. Raises BookError where there is none."""
    sections = snapshot.outline.sections if snapshot.outlined else ()
    number = next((number for number, section in enumerate(sections, 1) if section.id == identity), None)
    if number is None:
        message = "the chapter that you edited is not in it, and nothing was saved. Put it back, or copy your text."
        raise BookError(snapshot.book.outline, None, message)
    return snapshot.chapter(number)


EDITORS = {
    "text": Editor(
        "edit.html",
        "Text",
        "The text of the chapter, in Markdown",
        "Markdown, as the file has it; a blank line ends a paragraph. No model changes what you type unasked.",
        "Saved. What was there is in its history.",
        ChapterText,
    ),
    "section": Editor(
        "beside.html",
        "Its section of the outline",
        "What happens in the chapter",
        "All else in outline.md stays as it is. The next build writes the chapter by it, unless that is yours.",
        "Saved. The outline as it was is in its history.",
        SectionText,
    ),
    "notes": Editor(
        "beside.html",
        "Notes on it",
        "What you ask of the chapter",
        "A point or a paragraph each. A note that no model was told of has the next build revise the chapter.",
        "Saved.",
        NotesText,
    ),
}

"""What its author has asked of a chapter, a line for each in notes/: its later drafts are told it. Asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novelist.targets.chapter import ChapterTarget


def add(target: ChapterTarget, wish: str) -> None:
    """Put what was asked of a chapter among its notes, unless it stands there. Raises BookError."""
    notes = with_wish(target.notes, wish)
    if notes != target.notes:
        target.inputs.book.files.replace(target.notes_path, f"{notes}\n")


def with_wish(notes: str, wish: str) -> str:
    """Return notes with one more wish, the same where it is empty or stands there already."""
    note = f"- {wish}"
    return notes if not wish or note in notes.split("\n") else "\n".join(filter(None, [notes, note]))

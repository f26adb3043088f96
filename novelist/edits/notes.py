"""What its author has asked of a chapter is put among its notes, of which later drafts are told. Asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import landing, notes

if TYPE_CHECKING:
    from novelist.targets.chapter import ChapterTarget


def add(target: ChapterTarget, wish: str) -> None:
    """Put what was asked of a chapter among its notes, unless it is empty or stands there. Raises BookError."""
    before = target.inputs.book.files.read_text(target.notes_path)
    now = notes.added(before or "", wish) if wish else before
    if now != before:
        landing.replace(target.inputs.book, target.notes_path, now, before)
        target.inputs.forget(target.notes_path)

"""Sections of an outline put in place of those that are there, every other byte as it was. Asks no model.

The outline as it was goes to history. Knows not who wrote a section, and not whether anybody was asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import conflict, frontmatter, landing, outline_text
from novelist.book.paths import KEYS
from novelist.book.retold import retold
from novelist.errors import BookError
from novelist.targets.source import OutlineTarget
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.outline import Outline, Section
    from novelist.book.record import Record
    from novelist.targets.snapshot import Snapshot


def _read(snapshot: Snapshot, text: str) -> Outline:
    premise = snapshot.premise
    return outline_text.parse(text, snapshot.book.outline, premise.title, premise.language)


def sections_there(snapshot: Snapshot) -> tuple[str, Outline]:
    """Return the text of the outline, and how it is read. Raises BookError."""
    text = snapshot.book.files.read_text(snapshot.book.outline)
    outline = sections_in(snapshot, text)
    return text or "", outline


def sections_in(snapshot: Snapshot, text: str | None) -> Outline:
    """Return how a text of the outline, None for none, is read. Raises BookError."""
    path = snapshot.book.outline
    if text is None:
        message = "there is no outline yet. Run `doit outline` to have it drafted."
        raise BookError(path, None, message)
    outline = _read(snapshot, text)
    if [one.line for one in outline.sections] != [one.line for one in snapshot.outline.sections]:
        message = (
            "its chapters are told apart as an older novelist did. Give each a heading such as `## 1. The Bottle`."
        )
        raise BookError(path, None, message)
    return outline


def with_sections(snapshot: Snapshot, text: str, there: Outline, sections: Mapping[int, Section]) -> str:
    """Return the outline with what was revised. Raises BookError where there is no place for it."""
    now = retold(text, there, sections, lambda each: _read(snapshot, each))
    if now is None:
        message = (
            "that text has no place in its form. Give each chapter a heading such as `## 1. The Bottle`, and let no "
            "line of what happens in it be one."
        )
        raise BookError(snapshot.book.outline, None, message)
    return now


def put(snapshot: Snapshot, text: str, now: str, by: Record | None = None) -> None:
    """Put `now` in place of the outline's `text`: what was as drafted is that still, and else it is the author's.

    `by` is a record that names who has drafted it, where a model has. Raises BookError where it was saved meanwhile.
    """
    path = snapshot.book.outline
    page, revised = frontmatter.parse(text, KEYS), frontmatter.parse(now, KEYS)
    if page.record is not None and not page.edited:
        who = page.record if by is None else by
        body = digest(conflict.without_marks(revised.body))
        record = page.record._replace(body=body, model=who.model, at=who.at)
        now = frontmatter.edit(path, revised, {"novelist": record.front()})
    landing.land(snapshot.book, path, OutlineTarget.identity, now, text)
    snapshot.forget(path)

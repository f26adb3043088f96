"""What a record says once other names stand in its book: true to it where it was, and not where it was not.

Knows a book twice, with the old names and with the new ones. Each part of a record is looked at by itself: one that
held for the book before holds for the book after. Asks no model, and changes no file of a book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import paragraphs
from novelist.book.paths import Book
from novelist.targets.chapter import ChapterTarget
from novelist.targets.digests import told_marks
from novelist.targets.summary import SummaryTarget
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from novelist.book.record import Record
    from novelist.targets.target import Target


def copied(book: Book, folder: Path, text_of: Callable[[Path, str], str]) -> Book:
    """Return a copy of a book in `folder`, of what targets are made from, with the texts that `text_of` gives."""
    copy = Book(folder)
    texts = (book.root, book.chapters, book.summaries, book.notes, book.reviews)
    for place in (*texts, book.prompts, book.matter, book.samples, book.partial):
        for name in book.files.names(place):
            path = place / name
            if name.endswith((".md", ".j2", ".txt")) and path != book.text and path.is_file():
                text = book.files.read_text(path) or ""
                new = folder / path.relative_to(book.root)
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_text(text_of(path, text), encoding="utf-8", newline="")
    return copy


def held(before: Target, after: Target, record: Record) -> Record:
    """Return a record by which a file is as true to the book `after` as it is by `record` to the one `before`."""
    was, now = before.fields_by(record), after.fields_by(record)
    old, today = was.get("brief", {}), now.get("brief", {})
    brief = {part: today[part] if old.get(part) == value else value for part, value in record.brief.items()}
    brief |= _by_older_rules(before, after, record)
    new = record._replace(brief=brief)
    if record.of and record.of == was.get("of"):
        new = new._replace(of=now["of"])
    if record.told:
        pairs = zip(before.made_from(), after.made_from(), strict=True)
        marks = {_mark(one): _mark(other) for one, other in pairs}
        new = new._replace(told=" ".join(marks.get(mark, mark) for mark in record.told.split()))
    if isinstance(before, ChapterTarget) and isinstance(after, ChapterTarget):
        left = {before.brief_digest(record): after.brief_digest(new)}
        new = new._replace(tried=left.get(record.tried, record.tried), kept=left.get(record.kept, record.kept))
    return new


def remarked(record: Record, marks: Mapping[str, str]) -> Record:
    """Return a record with other marks of the notes and findings that it knows, by the old ones."""

    def changed(line: str) -> str:
        pairs = (token.partition("/") for token in line.split())
        return " ".join(f"{marks.get(one, one)}{slash}{marks.get(other, other)}" for one, slash, other in pairs)

    return record._replace(asked=changed(record.asked), raised=changed(record.raised), told=changed(record.told))


def _by_older_rules(before: Target, after: Target, record: Record) -> dict[str, str]:
    """Return the parts of a brief that are true to what they were by the rules of when the record was written."""
    one, other = (each.chapter if isinstance(each, SummaryTarget) else each for each in (before, after))
    if not isinstance(one, ChapterTarget) or not isinstance(other, ChapterTarget):
        return {}
    now, was, then = one.digests(), one.digests_by_older_rules(), other.digests_by_older_rules()
    return {
        part: then[part]
        for part, value in record.brief.items()
        if part in was and value == was[part] and value != now[part] and not (part == "story" and record.singles)
    }


def _mark(target: Target) -> str:
    return told_marks([target.inputs.text_digests[target]])


def of_body(record: Record, before: str, after: str) -> Record:
    """Return a record of a file whose text was `before` and is `after`, paragraph for paragraph.

    A text that is as it was drafted stays so; whose a paragraph is, a model's or a hand's, it stays.
    """
    if before == after:
        return record
    new = record._replace(drafted=_marks(record.drafted, before, after)) if record.drafted else record
    return new._replace(body=digest(after)) if record.body == digest(before) else new


def _marks(drafted: str, before: str, after: str) -> str:
    locked = paragraphs.owners(before, drafted).locked
    new = {number: each.text for number, each in enumerate(paragraphs.split(after), 1)}
    changes: Mapping[int, paragraphs.Change] = {
        number: paragraphs.Change(new[number])
        for number, each in enumerate(paragraphs.split(before), 1)
        if number in new and number not in locked and each.text != new[number]
    }
    line = paragraphs.after_edits(drafted, before, changes)
    # What a hand has typed may now be word for word what a model wrote there before: it is still the hand's.
    taken = locked - paragraphs.owners(after, line).locked
    alike = {paragraphs.mark(new[number]) for number in taken if number in new}
    return " ".join(mark for mark in line.split() if mark not in alike)

"""What is shown of a chapter: its text, why it is what it is, and every text there was of it. Asks no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.book import alternatives, frontmatter
from novelist.book.paths import KEYS
from novelist.book.record import ASKED
from novelist.edits.decisions import history_entries
from novelist.edits.foreseen import foreseen_status
from novelist.errors import NovelistError
from novelist.studio.editing import notes_of
from novelist.studio.prose import TYPED, prose
from novelist.studio.wording import time_of
from novelist.targets.changes import briefs, changes
from novelist.terminal.words import passages, pieces
from novelist.text import digest, normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.studio.books import OpenBook
    from novelist.studio.editing import Notes
    from novelist.studio.prose import Passage
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import ChapterStatus
    from novelist.targets.target import Target
    from novelist.terminal.words import Piece


@dataclass(frozen=True)
class Difference:
    """A place where a text is otherwise than another: what it is, the number of its paragraph, and the words."""

    what: str
    number: int
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Entry:
    """A text in the history of a chapter, by the time at which it was put there; `same` as the one that it has now."""

    when: str
    at: str
    what: str
    words: int
    same: bool


@dataclass(frozen=True)
class ChapterPage:
    """What is shown of a chapter; `problem` is what is wrong where its text cannot be shown.

    `alternatives` is how many drafts lie beside it.
    """

    chapter: ChapterStatus
    before: ChapterStatus | None
    behind: ChapterStatus | None
    language: str
    text: Sequence[Passage] | None
    problem: str
    section: str
    keeps: bool
    seen: str
    why: Sequence[Difference]
    history: Sequence[Entry]
    notes: Notes
    alternatives: int

    @property
    def typed(self) -> bool:
        """Whether a paragraph in it is marked as its author's."""
        return any(TYPED in each.html for each in self.text or ())


def text_of(opened: OpenBook, snapshot: Snapshot, number: int) -> tuple[Sequence[Passage] | None, str]:
    """Return the text of chapter `number`, None where it is missing, and what is wrong where it cannot be shown."""
    target = snapshot.chapter(number)
    try:
        return (prose(target) if target.info is not None else None), ""
    except NovelistError as error:
        return None, opened.local(str(error))


def chapter_page(opened: OpenBook, snapshot: Snapshot, number: int) -> ChapterPage:
    """Return what is shown of chapter `number`, which there is, but for its text. Raises NovelistError."""
    status, _ = opened.read(("status",), lambda _, now: foreseen_status(now))
    target = snapshot.chapter(number)
    return ChapterPage(
        chapter=status.chapters[number - 1],
        before=status.chapters[number - 2] if number > 1 else None,
        behind=status.chapters[number] if number < len(status.chapters) else None,
        language=status.language,
        text=None,
        problem="",
        section=target.section.text,
        keeps=target.section.stale == "keep",
        seen=seen(target),
        why=list(_why(target)),
        history=[entry for path in history_entries(target) if (entry := _entry(target, path))],
        notes=notes_of(opened, snapshot, number),
        alternatives=len(alternatives.numbers(snapshot.book, target.identity)),
    )


def seen(target: Target) -> str:
    """Return what a decision on a file is taken by: the digest of all of it, empty where there is none."""
    text = target.inputs.book.files.read_text(target.path)
    return "" if text is None else digest(text)


def compared(target: ChapterTarget, when: str) -> tuple[Entry, list[Difference]] | None:
    """Return an entry of a chapter's history and how the text is otherwise now; None where there is no such entry."""
    path = next((path for path in history_entries(target) if path.stem == when), None)
    entry, page = (_entry(target, path), _read(target, path)) if path else (None, None)
    return (entry, list(differences("", page.body, target.text()))) if entry and page else None


def differences(what: str, old: str, new: str) -> Iterator[Difference]:
    """Yield where two texts differ."""
    for each in passages(old, new):
        yield Difference(what, each.number, [piece for piece in pieces(each.old, each.new) if piece.text])


def _why(target: ChapterTarget) -> Iterator[Difference]:
    """Yield what a chapter is told otherwise than when it was drafted, as far as that is known."""
    verdict, info = target.verdict(), target.info
    if not verdict.changed or info is None or info.record is None:
        return
    if verdict.ripples:
        for change in changes(target, info.record, verdict.changed):
            yield from differences(change.what, "\n\n".join(change.old), "\n\n".join(change.new))
    elif both := briefs(target):
        yield from differences("", *both)


def _entry(target: ChapterTarget, path: Path) -> Entry | None:
    page = _read(target, path)
    if page is None:
        return None
    what = "yours" if page.record is None else "edited" if page.edited else f"drafted by {page.record.model}"
    taken = ", not taken" if ASKED in page.front else ""
    same = normalise(page.body) == normalise(target.text())
    return Entry(path.stem, time_of(path.stem), f"{what}{taken}", count_words(page.body), same)


def _read(target: ChapterTarget, path: Path) -> frontmatter.Page | None:
    return frontmatter.read(target.inputs.book.files, path, KEYS)

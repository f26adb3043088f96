"""What an author has asked of a finished chapter, in notes/07-id.md, and no model was told of yet.

Its file is the chapter's, whose record has the marks of the notes that a draft or a revision was told of. A note that
is taken away asks for nothing. Asks no model, and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.book import notes
from novelist.book.paths import label
from novelist.targets.target import Target
from novelist.targets.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.chapter import ChapterTarget


class ReviseTarget(Target):
    """The revision of a chapter by its notes."""

    kind = "revise"
    singular, plural, rank = "chapter to revise", "chapters to revise", 2
    waits = True
    shares_file = True

    def __init__(self, chapter: ChapterTarget) -> None:
        super().__init__(chapter.inputs)
        self.chapter = chapter
        self.number = chapter.number

    @property
    def name(self) -> str:
        """The name of its task: `revise:07`."""
        return f"revise:{label(self.number, self.inputs.count)}"

    @property
    def about(self) -> str:
        """What it is."""
        return f"what {self.chapter.notes_path} asks of {self.chapter.section.title}"

    @property
    def identity(self) -> str:
        """Its identity: its chapter's, since it is that file."""
        return self.chapter.identity

    @property
    def path(self) -> Path:
        """Where its chapter is."""
        return self.chapter.path

    @property
    def destination(self) -> Path:
        """Where its chapter will be once the files follow the outline."""
        return self.chapter.destination

    def made_from(self) -> Sequence[Target]:
        """Return its chapter."""
        return [self.chapter]

    def open_notes(self) -> list[str]:
        """Return the notes that no model was told of yet. Raises BookError."""
        info = self.info
        asked = info.record.asked.split() if info is not None and info.record is not None else []
        every = self.chapter.notes
        return [note for note, mark in zip(every, notes.marks(every), strict=True) if mark not in asked]

    def fields(self) -> dict[str, Any]:
        """Return the fields that are its own in the record of its chapter: the notes that are there."""
        return {"asked": " ".join(notes.marks(self.chapter.notes))}

    def fields_by(self, record: Record) -> dict[str, Any]:  # noqa: ARG002 - as for each kind
        """Return no field: a revision that waits to land is as it was asked for."""
        return {}

    def fits(self, record: Record) -> bool:
        """Say whether the notes that are there were told of for a text with this record."""
        return {*notes.marks(self.chapter.notes)} <= {*record.asked.split()}

    def lands(self, record: Record) -> bool:
        """Say whether a revision that waits is of the chapter as it is, and of its notes."""
        return self.fits(record) and record.base == self.digest()

    def stamped(self, record: Record) -> Record:
        """Return a record in which all of the notes count as told of, with what else does."""
        asked = [*record.asked.split(), *notes.marks(self.chapter.notes)]
        return record._replace(asked=" ".join(dict.fromkeys(asked)))

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:  # noqa: ARG002 - a new draft is told of notes
        """Return the verdict."""
        path = self.chapter.notes_path
        if info is None:
            return Verdict("fresh", "its chapter is missing, and will be drafted as its notes ask")
        if info.record is None:
            return Verdict("yours", "you wrote it")
        if not self.open_notes():
            return Verdict("fresh", f"all that {path} asks was asked of a model")
        why = f"{path} asks something new"
        if self.chapter.section.stale == "keep":
            return Verdict("kept", f"you keep it; {why}")
        if info.edited and not info.record.drafted:
            return Verdict("kept", f"you edited it, and which paragraphs are yours is not known; {why}")
        return Verdict("stale", why)

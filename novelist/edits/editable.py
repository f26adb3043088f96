"""The texts that a person edits apart from the rest of their files: how each is read there, and put back.

A chapter is what stands below its front matter; of a file that chapters are made from it is all of it; a section is a
part of the outline; and there are the notes on a chapter. What is not edited stays as it is to the byte: front matter,
line ends, the blank lines around. Writes nothing, and knows not who edits.
"""

from __future__ import annotations

import difflib
import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.book.headings import tidy_text
from novelist.book.paths import KEYS
from novelist.edits.resection import sections_in, with_sections
from novelist.errors import BookError
from novelist.targets.source import OutlineTarget
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.outline import Section
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target

ENDS = "\r\n"
LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class Editable(ABC):
    """A text in the file at `path`, whose texts before are in the history of `identity`.

    In all that it takes and returns of the text itself, a line ends with a line feed.
    """

    def __init__(self, snapshot: Snapshot, path: Path, identity: str) -> None:
        self.snapshot = snapshot
        self.path = path
        self.identity = identity

    @abstractmethod
    def read(self, file: str | None) -> str:
        """Return the text as a file has it, None for no file. Raises BookError."""

    @abstractmethod
    def put(self, file: str | None, text: str) -> str | None:
        """Return a file with another text in it, None where there is none for it. Raises BookError."""

    def tidy(self, text: str) -> str:
        """Return a text that was typed as it is read once it is in its file."""
        return lines(text)


class ChapterText(Editable):
    """What stands below the front matter of a chapter."""

    def __init__(self, snapshot: Snapshot, target: Target) -> None:
        super().__init__(snapshot, target.path, target.identity)

    def read(self, file: str | None) -> str:
        """Return the text below the front matter."""
        return lines(frontmatter.parse(file or "", KEYS).body)

    def put(self, file: str | None, text: str) -> str:
        """Return the file with another text below its front matter.

        Raises BookError for an empty one, for one that would be read as front matter, and for front matter that cannot
        be read.
        """
        page = frontmatter.parse(file or "", KEYS)
        if page.damage is not None:
            frontmatter.check(self.path, page)
        if not text.strip():
            message = "it would be empty, and is as it was. Delete the file to have it drafted."
            raise BookError(self.path, None, message)
        header = f"{page.header}\n" if page.has_front and not page.header.endswith("\n") else page.header
        now = header + _as_in(page.body, text)
        if frontmatter.parse(now, KEYS).header != header:
            # Such lines say what a text was drafted from: nobody may come to say so of what an author typed.
            message = "its first lines would be read as front matter, and it is as it was. Begin with something else."
            raise BookError(self.path, None, message)
        return now


class WholeFile(Editable):
    """All of a file that chapters are made from."""

    def __init__(self, snapshot: Snapshot, target: Target) -> None:
        super().__init__(snapshot, target.path, target.identity)

    def read(self, file: str | None) -> str:
        """Return the file."""
        return lines(file or "")

    def put(self, file: str | None, text: str) -> str:
        """Return another text with the line ends of the file. Raises BookError for an empty one."""
        if not text.strip():
            then = (
                "Write what the book is about"
                if self.path == self.snapshot.book.premise
                else "Delete the file to have it drafted"
            )
            message = f"it would be empty, and is as it was. {then}."
            raise BookError(self.path, None, message)
        return _as_in(file or "", text)


class SectionText(Editable):
    """What happens in a chapter, in the outline."""

    def __init__(self, snapshot: Snapshot, chapter: ChapterTarget) -> None:
        super().__init__(snapshot, snapshot.book.outline, OutlineTarget.identity)
        self._id = chapter.section.id

    def read(self, file: str | None) -> str:
        """Return the text of the section. Raises BookError where the outline has none such."""
        outline = sections_in(self.snapshot, file)
        return lines(outline.sections[self._place(outline.sections)].text)

    def put(self, file: str | None, text: str) -> str:
        """Return the outline with another text of the section. Raises BookError where it has no place for it."""
        outline = sections_in(self.snapshot, file)
        at = self._place(outline.sections)
        section = replace(outline.sections[at], text=text)
        return with_sections(self.snapshot, file or "", outline, {at + 1: section})

    def tidy(self, text: str) -> str:
        """Return a text as a section has it."""
        return tidy_text(lines(text))

    def _place(self, sections: Sequence[Section]) -> int:
        place = next((place for place, section in enumerate(sections) if section.id == self._id), None)
        if place is None:
            message = "it has that chapter no more, and nothing was saved. Put it in again, or leave the text."
            raise BookError(self.path, None, message)
        return place


class NotesText(Editable):
    """The notes on a chapter; without any, there is no file of them."""

    def __init__(self, snapshot: Snapshot, chapter: ChapterTarget) -> None:
        super().__init__(snapshot, chapter.notes_path, f"{chapter.identity}/notes")

    def read(self, file: str | None) -> str:
        """Return the notes."""
        return lines(file or "")

    def put(self, file: str | None, text: str) -> str | None:
        """Return a file with other notes."""
        return _as_in(file or "", text) if text.strip() else None


def lines(text: str) -> str:
    """Return a text with a line feed behind each line but the last, and no blank lines around; every line as it is.

    But for NUL, which no page can show: it is what a browser makes of it.
    """
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip("\n")


def _as_in(file: str, text: str) -> str:
    """Return a text with what stands around that of a file, and with its line ends; a new line has the usual one."""
    begun = file.removeprefix(BOM).lstrip(ENDS)
    old = begun.rstrip(ENDS)
    behind = begun[len(old) :] if old else "\n"
    return file[: len(file) - len(begun)] + _with_ends(LINE.findall(old), text) + behind


def _with_ends(old: list[tuple[str, str]], text: str) -> str:
    ends = [end for _, end in old if end]
    usual = max(ends, key=ends.count, default="\n")
    new = text.split("\n")
    if {*ends} <= {usual}:
        return usual.join(new)
    matcher = difflib.SequenceMatcher(None, [line for line, _ in old], new, autojunk=False)
    places = {block.b + at: block.a + at for block in matcher.get_matching_blocks() for at in range(block.size)}
    there = [old[places[at]][1] or usual if at in places else usual for at in range(len(new))]
    return "".join(f"{line}{end}" for line, end in zip(new, [*there[:-1], ""], strict=True))

"""One build: its inputs as they were at its start, the brief of each chapter, and the verdict on each file.

Knows which file a chapter or a summary is. Asks no model, and writes nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from novelist import bible, outline, page, premise, staleness
from novelist.book import file_name, find
from novelist.brief import Brief
from novelist.errors import BookError
from novelist.prompts import overrides
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.bible import Bible
    from novelist.book import Book
    from novelist.outline import Outline, Section
    from novelist.page import Page
    from novelist.premise import Premise
    from novelist.staleness import Verdict


class Build:
    """What one run of `doit` sees of a book. Inputs are read once; drafts of this run are read as they land."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._names: dict[int, str] = {}

    @cached_property
    def premise(self) -> Premise:
        """The premise. Raises BookError."""
        return premise.load(self.book.premise_to_read)

    @cached_property
    def bible(self) -> Bible:
        """The bible. Raises BookError, also where there is none."""
        return bible.parse(self._source(self.book.bible), self.book.bible)

    @cached_property
    def outline(self) -> Outline:
        """The outline. Raises BookError, also where there is none."""
        return outline.parse(self._source(self.book.outline), self.book.outline, self.premise.title)

    @cached_property
    def templates(self) -> Sequence[str]:
        """The prompt templates that the book overrides."""
        return overrides(self.book.prompts)

    @property
    def title(self) -> str:
        """The book's title: the premise's, else the outline's."""
        return self.premise.title or self.outline.title or "Untitled"

    def _source(self, path: Path) -> str:
        text = page.read_text(path)
        if text is None:
            raise BookError(path, None, "it is missing. Run `doit` to have it drafted.")
        return text

    def section(self, number: int) -> Section:
        """Return the section of chapter `number`, from 1.

        Raises BookError where the outline has no such chapter.
        """
        count = len(self.outline.sections)
        if number > count:
            message = f"it has {count} chapters, so there is no chapter {number}. Ask for another, or add it."
            raise BookError(self.book.outline, None, message)
        return self.outline.sections[number - 1]

    def name(self, number: int) -> str:
        """Return the name of chapter `number`'s file, and of its summary's."""
        self.section(number)
        return self._names.setdefault(number, file_name(self.outline, number))

    def chapter_path(self, number: int) -> Path:
        """Return where chapter `number` is, or is to be."""
        return find(self.book.chapters, self.name(number))

    def summary_path(self, number: int) -> Path:
        """Return where the summary of chapter `number` is, or is to be."""
        return find(self.book.summaries, self.name(number))

    def chapter(self, number: int) -> Page | None:
        """Return chapter `number`, or None where there is none. Raises BookError."""
        return self.book.read(self.chapter_path(number))

    def summary(self, number: int) -> Page | None:
        """Return the summary of chapter `number`, or None where there is none. Raises BookError."""
        return self.book.read(self.summary_path(number))

    def brief(self, number: int) -> Brief:
        """Return what chapter `number` must honour, with the summaries before it as they are now."""
        section = self.section(number)
        earlier = (self.summary(before) for before in range(1, number))
        return Brief(
            section=section.text,
            entities=self.bible.named_in(section.text),
            words=section.words or self.premise.words,
            language=self.premise.language,
            templates=self.templates,
            story=[summary.body if summary else "" for summary in earlier],
        )

    def chapter_verdict(self, number: int) -> Verdict:
        """Return what chapter `number` is, and why."""
        redraft = self.premise.stale == "redraft"
        found = self.chapter(number)
        damaged = _damaged(self.chapter_path(number), found)
        return damaged or staleness.judge_chapter(found, self.brief(number).digests(), redraft=redraft)

    def summary_verdict(self, number: int) -> Verdict:
        """Return what the summary of chapter `number` is, and why."""
        found = self.summary(number)
        damaged = _damaged(self.summary_path(number), found)
        return damaged or staleness.judge_summary(found, self.chapter(number))

    def source_verdict(self, path: Path) -> Verdict:
        """Return what the bible or the outline at `path` is, and why."""
        return staleness.judge_source(self.book.read(path), digest(self.premise.idea))


def _damaged(path: Path, found: Page | None) -> Verdict | None:
    """Return the verdict on a file whose front matter cannot be read: it is the author's, and that is said."""
    if found is None or found.damage is None:
        return None
    line, what = found.damage
    return staleness.Verdict("kept", f"{path}:{line}: {what}, so it is taken for yours. Put it right")

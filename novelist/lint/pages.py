"""A book's chapters as lint reads them, with the lines they stand on. Knows the files; judges nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.lint.finding import RULES, Finding, NotChecked
from novelist.text import BOM
from novelist.words import count_words

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.outline import Section
    from novelist.lint.finding import Sureness
    from novelist.targets.snapshot import Snapshot

CHARACTERS_SHOWN = 80
NEWLINE = re.compile("\n")


@dataclass(frozen=True)
class LintChapter:
    """A chapter that can be read: its place in the outline, its file, and its prose."""

    number: int
    section: Section
    path: Path
    text: str
    above: int  # lines of front matter

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.text)

    @cached_property
    def folded(self) -> str:
        """Its prose without capitals."""
        return self.text.casefold()

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in NEWLINE.finditer(self.text)]

    def line(self, at: int) -> int:
        """Return the line of its file on which the character `at` stands."""
        return self.above + bisect_right(self._breaks, at - 1) + 1

    @cached_property
    def paragraphs(self) -> list[tuple[int, str]]:
        """Its lines that say something, and where each begins."""
        return [
            (match.start(), match[0]) for match in re.finditer(r"[^\s].*", self.text) if any(map(str.isalnum, match[0]))
        ]

    @property
    def start(self) -> int:
        """Where it begins to say something."""
        return self.paragraphs[0][0] if self.paragraphs else 0

    def found(self, rule: str, sure: Sureness, at: int, what: str, message: str) -> Finding:
        """Return a finding in this chapter, at the character `at`."""
        return Finding(rule, sure, self.path, self.line(at), self.section.id, shown(what), message)


@dataclass(frozen=True)
class Pages:
    """The chapters there are, how many the outline has, and the files that cannot be read."""

    chapters: list[LintChapter]
    count: int
    unread: list[NotChecked] = field(default_factory=list)

    @cached_property
    def with_prose(self) -> list[LintChapter]:
        """The chapters that say something."""
        return [chapter for chapter in self.chapters if chapter.paragraphs]


def read(snapshot: Snapshot) -> Pages:
    """Return the chapters of a book. Raises BookError where there is no outline."""
    sections = snapshot.outline.sections
    pages, missing = Pages([], len(sections)), 0
    for section, chapter in zip(sections, snapshot.chapters, strict=True):
        try:
            page = chapter.page()
        except BookError as error:
            pages.unread.append(NotChecked(tuple(RULES), chapter.path, wrong(error)))
            continue
        if page is None:
            missing += 1
        elif page.damage:
            line, what = page.damage
            pages.unread.append(NotChecked(tuple(RULES), chapter.path, f"line {line}: {what}. Put it right."))
        else:
            pages.chapters.append(of_page(chapter.number, section, chapter.path, page))
    if missing:
        pages.unread.append(NotChecked(tuple(RULES), None, f"{missing} of {pages.count} chapters are not written yet"))
    return pages


def of_page(number: int, section: Section, path: Path, page: Page) -> LintChapter:
    """Return a page as a chapter that can be read."""
    body = page.body.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    return LintChapter(number, section, path, body, page.header.count("\n"))


def wrong(error: BookError) -> str:
    """Return what is wrong with a file, without its name."""
    where = f"line {error.line}: " if error.line else ""
    return where + error.message


def shown(text: str) -> str:
    """Return the beginning of a text on one line, cut behind a word."""
    text = " ".join(text.split())
    if len(text) <= CHARACTERS_SHOWN:
        return text
    return f"{text[:CHARACTERS_SHOWN].rsplit(' ', 1)[0]} …"

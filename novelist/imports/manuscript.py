"""One long manuscript, split by its headings into title, parts, chapters, and what is none of them.

Knows how to find the level of headings that makes chapters. Knows no file, and not how a heading is written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from novelist.book.headings import tidy_title
from novelist.book.outline import Part
from novelist.book.placeholder import placeholder
from novelist.errors import BookError
from novelist.imports import reading
from novelist.imports.headings import Heading, headings
from novelist.imports.imported import (
    Imported,
    ImportedChapter,
    Leftover,
    MatterPage,
    listed,
    matter_page,
    titled,
)
from novelist.language import lookup, pages
from novelist.language.matter import is_matter
from novelist.prose.sentences import SENTENCE_END
from novelist.text import slug
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.imports.reading import Text

TITLE_PAGE = "Title page"
MOST_TITLE_WORDS = 30  # that may stand on a title page; more are a prologue
MOST_TITLE_LINES = 4
MOST_BLURB_WORDS = 150  # below a title that stands above all else; more are a prologue
BREAK = re.compile(r"[^\w]*$")  # a line that parts what is above it from what is below
# What a subtitle that stands over all chapters says that it is, since a part's heading may stand there too.
GENRES = re.compile(
    r"\b(?:novel|novella|roman|novela|novelle|romanzo|romance|tale|story|thriller|saga|trilogy|erzählung|récit|roman)\b"
    r"|роман|повесть|小説|小说|소설",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ].{0,79}[^\W_]")  # of an author


def read(path: Path) -> Imported:
    """Return what a manuscript holds. Raises BookError for one without chapters, and as `reading.read` does."""
    return split(reading.read(path), path)


def split(read: Text, path: Path) -> Imported:
    """Return what the text of a manuscript, which is from `path`, holds. Raises BookError where it has no chapter."""
    lines = read.text.split("\n")
    marks = headings(read.text, read.language or read.guessed)
    ends = [mark.index for mark in marks[1:]]
    below = {
        mark: "\n".join(lines[mark.below : end]).strip()
        for mark, end in zip(marks, [*ends, len(lines)] if marks else [], strict=True)
    }
    # Where each heading is followed by another at once, what stands below that is below both.
    level = _level(marks, below) or _level(marks, _with_what_is_deeper(marks, below))
    if not level:
        how = "a line such as `# 1. The Bottle`, or in a word processor the style Heading 1"
        message = f"no headings make chapters of it. Give each chapter one: {how}."
        raise BookError(path, None, message)
    return _Splitting(read, lines, [mark for mark in marks if mark.level <= level], level).found(path)


def _with_what_is_deeper(marks: Sequence[Heading], below: dict[Heading, str]) -> dict[Heading, str]:
    """Return what is below each heading; where that is nothing, the deeper heading that follows."""
    deeper = {mark: after.text for mark, after in pairwise(marks) if after.level > mark.level}
    return {mark: text or deeper.get(mark, "") for mark, text in below.items()}


def _level(marks: Sequence[Heading], below: dict[Heading, str]) -> int:
    """Return the level of the headings that make chapters, 0 where there is none."""
    # Where a part has headings below it, these are its chapters.
    above = {mark.level for mark, after in pairwise(marks) if mark.part and after.level > mark.level}
    levels = {
        level: [mark for mark in marks if mark.level == level] for level in sorted({m.level for m in marks} - above)
    }
    parts = sum(mark.part for mark in marks)
    certain = {level: _numbered(alike, max(1, parts)) for level, alike in levels.items()}
    likely = {level: _told(alike, below) for level, alike in levels.items()}
    only_parts = {level: sum(mark.part and bool(below[mark]) for mark in alike) for level, alike in levels.items()}
    choices = (
        *(level for level, count in certain.items() if count > 1),
        *(level for level, count in likely.items() if count),
        *(level for level, count in certain.items() if count),
        *(level for level, count in only_parts.items() if count),
    )
    return next(iter(choices), 0)


def _numbered(alike: Sequence[Heading], runs: int) -> int:
    """Return how many headings of a level say that they are chapters': none where they begin anew in more than `runs`.

    Scenes are numbered too, anew in each chapter.
    """
    numbered = [mark for mark in alike if mark.numbered]
    return len(numbered) if sum(mark.number == 1 for mark in numbered) <= runs else 0


def _told(alike: Sequence[Heading], below: dict[Heading, str]) -> int:
    """Return how many headings of a level could be chapters': none, unless most have text right below them."""
    likely = [mark for mark in alike if not is_matter(mark.title) and not mark.part]
    return len(likely) if len(likely) > 1 and 2 * sum(bool(below[mark]) for mark in likely) >= len(likely) else 0


class _Splitting:
    """One splitting: what each heading is, down to the level of chapters, and what stands below it."""

    def __init__(self, read: Text, lines: Sequence[str], marks: Sequence[Heading], level: int) -> None:
        self.read = read
        self.lines = lines
        self.marks = marks
        self.level = level
        self.below = {
            mark: "\n".join(lines[mark.below : end]).strip("\r\n")
            for mark, end in zip(marks, [*(mark.index for mark in marks[1:]), len(lines)], strict=True)
        }
        self.above = "\n".join(lines[: marks[0].index]).strip("\r\n")
        self.author = read.author
        self.title = read.title
        self.subtitle = read.subtitle
        self.notes = list(read.notes)
        self.asides: list[Leftover] = []
        self.matter: list[MatterPage] = []
        self.parts: list[str] = []
        self.chapters: list[ImportedChapter] = []

    def found(self, path: Path) -> Imported:
        """Return all that was found. Raises BookError where no heading has any text below it."""
        contents = self.contents()
        book = self.book_title(contents)
        self.title_page(book)
        behind = set(self.behind_title(book, contents)) if book else set()
        for place, mark in enumerate(self.marks):
            if mark is book:
                self.take_title(mark, self.below[mark])
            elif mark in behind:
                self.take_subtitle(mark, self.below[mark])
            elif pages.page(mark.title) or is_matter(mark.title):
                self.take_matter(mark, self.below[mark])
            elif mark not in contents:
                self.place(mark, self.below[mark], leads=self.leads(place))
        if not any(chapter.prose for chapter in self.chapters):
            raise BookError(path, None, "there is no text below its headings. Import a manuscript that has some.")
        if contents:
            listed_lines = "\n".join(self.lines[mark.index] for mark in self.marks if mark in contents)
            self.asides.append(Leftover("Contents", listed_lines, "a list of contents", story=False))
        used = {chapter.part for chapter in self.chapters}
        unused = [heading for part, heading in enumerate(self.parts) if part not in used]
        if unused:
            self.notes.append(f"Parts without a chapter are left out: {listed(unused, len(unused))}.")
        empty = [chapter.title for chapter in self.chapters if not chapter.prose]
        if empty:
            self.notes.append(f"Without text, so they are still to be drafted: {len(empty)} of the chapters.")
        notes, kept = reading.unread([(path.name, self.read)])
        named = titled(path.stem.replace("_", " ")) or "Untitled"
        guess = f"The title is the name of the file, `{named}`, since nothing in it is one: `title:` in premise.md."
        return Imported(
            title=self.title or named,
            chapters=tuple(self.chapters),
            author=self.author,
            language=self.read.language or self.read.guessed,
            parts=tuple(map(Part, self.parts)),
            asides=(*kept, *self.read.asides, *self.asides),
            notes=(
                *notes,
                *self.notes,
                *reading.linked([*(each.prose for each in self.chapters), *(page.prose for page in self.matter)]),
                *reading.guesses(self.read.guessed),
            ),
            guesses=() if self.title else (guess,),
            matter=tuple(self.matter),
            subtitle=self.subtitle,
        )

    def take_matter(self, mark: Heading, text: str) -> None:
        """Take a page of front or back matter; one that a book does not have of its author is put by."""
        if not count_words(text):
            self.notes.append(f"The heading `{mark.bare}` is left out: there is nothing below it.")
        elif name := pages.page(mark.title):
            self.matter.append(matter_page(name, mark.bare, text))
        else:
            self.put_by(mark.bare, text, "front matter")

    def title_page(self, book: Heading | None) -> None:
        """Take what stands above the first heading: a title, a subtitle and an author, or a text to be put by."""
        lines = [tidy_title(line) for line in self.above.split("\n") if count_words(line)]
        if (
            not lines
            or count_words(self.above) > MOST_TITLE_WORDS
            or self.title
            or book
            or len(lines) > MOST_TITLE_LINES
        ):
            self.put_by(TITLE_PAGE, self.above, "what stands above the first heading")
            return
        authors = [named for line in lines if (named := _author(line))]
        self.author = self.author or next(iter(authors), "")
        rest = [line for line in lines if not _author(line) and line != self.author]
        if rest and not SENTENCE_END.search(rest[0][-3:]):
            self.title = rest.pop(0)
        if rest and self.title and not self.subtitle and not SENTENCE_END.search(rest[0][-3:]):
            self.subtitle = rest.pop(0)
        if rest or len(authors) > 1:
            self.put_by(TITLE_PAGE, self.above, "what stands above the first heading")

    def take_title(self, mark: Heading, text: str) -> None:
        """Take the book's title, and what stands below it."""
        title = mark.bare
        if self.title and slug(title) != slug(self.title):
            self.notes.append(f"The heading `{title}` is taken for the title, which is `{self.title}`.")
        self.title = self.title or title
        if count_words(text) > MOST_BLURB_WORDS:
            self.chapters.append(ImportedChapter(title, text, begins(text), None, mark.id))
            self.notes.append(f"What stands below the title, `{title}`, is taken for a chapter.")
        else:
            self.put_by(TITLE_PAGE, text, "what stands below the title")

    def behind_title(self, book: Heading, contents: set[Heading]) -> list[Heading]:
        """Return the headings right behind the title that are the author's name, or a subtitle."""
        behind: list[Heading] = []
        first = self.marks.index(book) + 1
        for place, mark in enumerate(self.marks[first : first + MOST_TITLE_LINES], first):
            titles = [each for each in behind if not _author(each.bare)]
            if not _author(mark.bare) and (titles or not self.is_subtitle(place, contents)):
                break
            behind.append(mark)
        return behind

    def is_subtitle(self, place: int, contents: set[Heading]) -> bool:
        """Say whether the heading at a place behind the title is a subtitle: there is nothing that it heads."""
        mark, after = self.marks[place], self.marks[place + 1 : place + 2]
        lines = [
            line for line in self.below[mark].split("\n") if not BREAK.match(line) and not _author(tidy_title(line))
        ]
        if lines or not after or mark.part or mark.numbered or mark in contents or is_matter(mark.title):
            return False
        alike = [each for each in self.marks[place + 1 :] if each.level == mark.level and each not in contents]
        if after[0].level > mark.level:
            return not alike and bool(GENRES.search(mark.bare))
        # Chapters without titles and without text may follow one another, too.
        return mark.level < self.level or all(
            each.numbered or each.part or is_matter(each.title) or _author(each.bare) for each in alike
        )

    def take_subtitle(self, mark: Heading, text: str) -> None:
        """Take the author's name, or the subtitle, from a heading behind the title."""
        named = _author(mark.bare)
        if named and self.author and slug(named) != slug(self.author):
            self.notes.append(f"The heading `{mark.bare}` is left out: the author is `{self.author}`.")
        elif named:
            self.author = named
        elif self.subtitle and slug(mark.bare) != slug(self.subtitle):
            self.notes.append(f"The heading `{mark.bare}` is left out: the subtitle is `{self.subtitle}`.")
        else:
            self.subtitle = mark.bare
        self.put_by(TITLE_PAGE, text, "what stands below the title")

    def contents(self) -> set[Heading]:
        """Return the headings without text that come again, with text: a list of contents is made of them."""
        with_text = {slug(mark.title) for mark in self.marks if self.below[mark].strip()}
        return {
            mark
            for mark in self.marks
            if not self.below[mark].strip() and not mark.part and slug(mark.title) in with_text
        }

    def book_title(self, contents: set[Heading]) -> Heading | None:
        """Return the first heading where it is the book's title: it says so, or is the only one of its kind."""
        first, rest = self.marks[0], self.marks[1:]
        if self.title and slug(first.bare) == slug(self.title):
            return first
        if first.part or first.numbered or is_matter(first.title) or _author(first.bare):
            return None
        if rest and all(mark.level > first.level for mark in rest):
            return first
        if first.level == self.level:
            others = [mark for mark in rest if mark.level == first.level and mark not in contents]
            return first if others and not self.below[first].strip() else None
        if self.leads(0):
            parts = [mark for place, mark in enumerate(self.marks) if self.leads(place) and not mark.part]
            return first if len(parts) == 1 else None
        return first if count_words(self.below[first]) <= MOST_TITLE_WORDS else None

    def leads(self, place: int) -> bool:
        """Say whether a heading above the level of chapters has chapters below it."""
        mark = self.marks[place]
        rest = self.marks[place + 1 :]
        return mark.level < self.level and bool(rest) and rest[0].level > mark.level

    def place(self, mark: Heading, text: str, *, leads: bool) -> None:
        """Put a heading and what stands below it where it belongs: a part or a chapter."""
        alone = mark.part and not all(each.part for each in self.marks if each.level == self.level)
        if leads or (alone and mark.level == self.level) or (mark.part and not text.strip()):
            self.parts.append(mark.bare)
            self.put_by(self.parts[-1], text, "what stands below the heading of a part")
        elif text.strip() or mark.level == self.level:
            part = len(self.parts) - 1 if self.parts else None
            chapter = ImportedChapter(mark.title, text, begins(text), part, mark.id, mark.bare)
            self.chapters.append(replace(chapter, unnumbered=mark.unnumbered))
        else:
            self.notes.append(f"The heading `{mark.bare}` is left out: there is nothing below it.")

    def put_by(self, title: str, text: str, what: str) -> None:
        """Put a text by that is no chapter, unless there is nothing in it but the author's name."""
        lines = [(line, _author(line)) for line in map(tidy_title, text.split("\n"))]
        if title == TITLE_PAGE:
            self.author = self.author or next((named for _, named in lines if named), "")
        rest = [line for line, named in lines if line != self.author and (not named or named != self.author)]
        if count_words("\n".join(rest)):
            self.asides.append(Leftover(title, text, what))


def _author(line: str) -> str:
    """Return the name behind a word such as `by`, in any language; empty for any other line."""
    first = line.replace("：", ": ").partition(" ")[0]
    word = first.rstrip(":")
    name = line[len(first) :].lstrip(":： ")
    known = word in (word.lower(), word.upper(), word.capitalize()) and lookup.fold(word) in lookup.words("byline")
    return name if known and NAME.fullmatch(name) else ""


def begins(prose: str) -> str:
    """Return what an outline says of a chapter that nobody outlined: how it begins, which is all that is known."""
    text = next((line for line in map(tidy_title, prose.split("\n")) if count_words(line)), "")
    end = SENTENCE_END.search(text)
    first = text[: end.end()] if end else text
    words = first.split()
    return placeholder(f"It begins: {' '.join(words[:40])}{' …' if len(words) > 40 else ''}") if words else ""

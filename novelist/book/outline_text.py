"""outline.md's text to parts and sections, and back.

Knows both forms that people and models write, headings and numbered lists, and tells parts and the book's title from
chapters. Knows nothing of who wrote the outline or what is made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn, Protocol

from novelist.book import frontmatter, older_labels
from novelist.book.bounds import MOST_SECTIONS
from novelist.book.headings import HEADING, id_in, says_unnumbered, split_attributes, tidy_text, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.book.premise import MOST_WORDS, Span, span
from novelist.errors import BookError
from novelist.language import labels, lookup, matter
from novelist.text import slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = frozenset({"title", "novelist"})

ITEM = re.compile(r"[0-9]{1,4}[.)][ \t]+(.+)$")


def render(outline: Outline, front: Mapping[str, object] | None = None) -> str:
    """Return the text of outline.md in heading form; `front` are further keys of its front matter.

    Whatever is rendered from titles by `tidy_title` and texts by `inert` parses to itself.
    """
    blocks = [outline.about] if outline.about else []
    if (
        outline.parts
        and outline.sections[0].part is not None
        and outline.parts[0].heading.casefold() == outline.title.casefold()
    ):
        blocks.append(f"# {outline.title}")
    part: int | None = None
    number = 0
    for section in outline.sections:
        if section.part != part and section.part is not None:
            part = section.part
            blocks.append(_block(f"# {outline.parts[part].heading}", outline.parts[part].text))
        numbered = not section.unnumbered and not matter.stands_apart(section.title)
        number += numbered
        label = f"{number}. " if numbered or _has_label(section.title) else ""
        more = (f" words={section.words}" if section.words else "") + (" .unnumbered" if section.unnumbered else "")
        blocks.append(_block(f"## {label}{section.title} {{#{section.id}{more}}}", section.text))
    return frontmatter.compose({"title": outline.title, **(front or {})}, "\n\n".join(blocks))


def _has_label(title: str) -> bool:
    """Say whether any reading would take something off a title that has no number before it."""
    bare = older_labels.title_of(title, 0, named=True) == title and labels.digits(title) is None
    return not bare or any(labels.read(title, code) is not None for code in lookup.codes())


def _block(heading: str, text: str) -> str:
    return f"{heading}\n\n{text}" if text else heading


def untitled(bare: str) -> str:
    """Return a chapter's heading without its label; all of it where there is nothing else."""
    label = labels.read(bare)
    return (tidy_title(bare[label.end :]) if label is not None and label.kind == "chapter" else "") or bare


def parse(text: str, path: Path, title: str = "", language: str = "") -> Outline:
    """Return the outline in `text`; `title` and `language` are the book's, as its premise has them.

    With it comes what the older reading of labels makes of it, where that differs: `outline.as_filed` decides. Raises
    BookError, with the line in `path` and the remedy, for what cannot be an outline.
    """
    read = frontmatter.parse(text, KEYS)
    frontmatter.check(path, read)
    front_title = read.front.get("title", "")
    named = tidy_title(front_title) if isinstance(front_title, str) else ""
    offset, title = read.header.count("\n"), tidy_title(title)
    older = _Reader(path, read.body, offset, named, title, older_labels)
    try:
        before = older.outline()
    except BookError:
        return _Reader(path, read.body, offset, named, title, _Labels(language)).outline()
    try:
        outline = _Reader(path, read.body, offset, named, title, _Labels(language)).outline()
    except BookError:
        # What was an outline before there were tables of languages is one still: two chapters may have one title.
        return before
    return outline if _same(outline, before) else replace(outline, older=before)


def _same(one: Outline, other: Outline) -> bool:
    """Say whether two readings do not differ, not even in the names of parts."""
    return one == other and [part.name for part in one.parts] == [part.name for part in other.parts]


class _Reading(Protocol):
    """How labels are read."""

    def numbered(self, bare: str) -> bool:
        """Say whether a heading has a chapter's number."""

    def is_part(self, bare: str) -> bool:
        """Say whether a heading has a part's number."""

    def title_of(self, bare: str, place: int, *, named: bool) -> str:
        """Return the heading of the chapter at `place` (from 1) without its number; `named` where it has an id."""

    def name_of(self, heading: str) -> str:
        """Return a part's heading without its number; all of it where there is nothing else."""


@dataclass(frozen=True)
class _Labels:
    """Labels as the tables of all languages have them, in a book of one language."""

    language: str

    def numbered(self, bare: str) -> bool:
        label = labels.read(bare)
        return label is not None and label.kind == "chapter"

    def is_part(self, bare: str) -> bool:
        label = labels.read(bare)
        return label is not None and label.kind == "part"

    def title_of(self, bare: str, place: int, *, named: bool) -> str:
        # `## 3. Teil {#teil}` is how a chapter is written whose title is a label's word.
        label = (labels.digits(bare) if named else None) or labels.read(bare, self.language)
        if label is None or label.kind == "part" or (label.bare == "word" and label.number != place):
            return bare
        return bare[label.end :]

    def name_of(self, heading: str) -> str:
        return Part(heading).name


@dataclass(frozen=True)
class _Mark:
    """A line that opens something: a heading (`level` 1 to 6) or an item of a list (`level` 0)."""

    index: int
    level: int
    text: str


class _Reader:
    """One reading of an outline: its marks, which of them are chapters, and what stands between them."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that there is to a reading
        self, path: Path, body: str, offset: int, named: str, title: str, reading: _Reading
    ) -> None:
        self.reading = reading
        self.path = path
        self.offset = offset
        self.named = named
        self.title = title
        self.lines = [line.rstrip("\r") for line in body.split("\n")]
        self.headings: list[_Mark] = []
        self.items: list[_Mark] = []
        self.bold: list[_Mark] = []
        for index, line in enumerate(self.lines):
            if match := HEADING.match(line):
                self.headings.append(_Mark(index, len(match[1]), match[2] or ""))
            elif match := ITEM.match(line):
                self.items.append(_Mark(index, 0, match[1]))
            elif line.startswith("**") and line.rstrip().endswith("**") and self.reading.is_part(tidy_title(line)):
                self.bold.append(_Mark(index, 1, line))

    def fail(self, index: int, message: str, *, why: str = "") -> NoReturn:
        raise BookError(self.path, self.offset + index + 1, message, why=why)

    def outline(self) -> Outline:
        chapters = self.chapters()
        if not chapters:
            message = "no chapter found. Give each chapter a heading such as `## 1. The Bottle`."
            raise BookError(self.path, 1, message, why="A numbered list of chapters would do, too; there is neither.")
        if len(chapters) > MOST_SECTIONS:
            self.fail(chapters[MOST_SECTIONS].index, f"more than {MOST_SECTIONS:,} chapters. Make several books of it.")
        level = chapters[0].level
        opening = set(chapters)
        others = self.headings if level else sorted([*self.headings, *self.bold], key=lambda mark: mark.index)
        parts = [mark for mark in others if mark not in opening and (mark.level <= level or not level)]
        heading = self.book_title(parts, chapters)
        title = self.named or (tidy_title(heading.text) if heading else "")
        marks = sorted([*parts, *chapters], key=lambda mark: mark.index)
        ends = dict(zip(marks, [*(mark.index for mark in marks[1:]), len(self.lines)], strict=True))
        between = {mark: tidy_text("\n".join(self.lines[mark.index + 1 : end])) for mark, end in ends.items()}
        about = [tidy_text("\n".join(self.lines[: marks[0].index])), between[heading] if heading else ""]
        found_parts: list[Part] = []
        sections: list[Section] = []
        open_part: Part | None = None
        for mark in marks:
            if mark in opening:
                if open_part is not None:
                    found_parts.append(open_part)
                    open_part = None
                part = len(found_parts) - 1 if found_parts else None
                sections.append(self.section(mark, between[mark], part, len(sections) + 1))
            elif mark is not heading and tidy_title(mark.text):
                title_of_part = tidy_title(mark.text)
                open_part = Part(title_of_part, between[mark], self.reading.name_of(title_of_part))
        self.check_ids(sections)
        return Outline(title, "\n\n".join(filter(None, about)), tuple(found_parts), tuple(sections))

    def chapters(self) -> list[_Mark]:
        """Return the marks that open chapters, by the form that the file is in."""
        for level in (2, 3, 1):
            of_level = [mark for mark in self.headings if mark.level == level]
            if any(self.numbered(mark) and not self.names_book(mark) for mark in of_level):
                return [
                    mark for mark in of_level if self.numbered(mark) or not self.reading.is_part(tidy_title(mark.text))
                ]
        if self.items:
            return self.items
        return [mark for mark in self.headings if mark.level == 2 and not self.reading.is_part(tidy_title(mark.text))]

    def numbered(self, mark: _Mark) -> bool:
        """Say whether a heading is certainly a chapter's: by an id, or by a number that is not a part's."""
        if id_in(split_attributes(mark.text)[1]):
            return True
        return self.reading.numbered(tidy_title(mark.text))

    def book_title(self, parts: list[_Mark], chapters: list[_Mark]) -> _Mark | None:
        """Return the first heading where it is the book's title: it says so, or no chapter follows it directly."""
        first = parts[0] if parts else None
        if first is None or first.index > chapters[0].index:
            return None
        again = len(parts) > 1 and parts[1].index < chapters[0].index
        return first if again or self.names_book(first) else None

    def names_book(self, mark: _Mark) -> bool:
        """Say whether a heading is the book's title as the premise or the front matter has it."""
        return tidy_title(mark.text).casefold() in {self.title.casefold(), self.named.casefold()} - {""}

    def section(self, mark: _Mark, below: str, part: int | None, place: int) -> Section:
        text, attributes = mark.text, ""
        rest = ""
        if not mark.level:
            text, rest = _split_item(text)
            if match := re.match(r"\{([^{}]*)\}[ \t]*(?:[—–:-]+[ \t]*)?", rest):
                attributes, rest = match[1], rest[match.end() :]
        text, behind = split_attributes(text)
        attributes = behind or attributes
        bare = tidy_title(text)
        identity, words = self.attributes(mark, attributes)
        title = tidy_title(self.reading.title_of(bare, place, named=bool(identity))) or bare
        if not title:
            self.fail(mark.index, "a chapter without a title. Give it one.")
        identity = identity or slug(title)
        if not identity:
            message = f"`{title}` gives no name for a file. Add one behind the title: `{{#name}}`."
            why = "A chapter's file is named after its title, which has no letter and no digit."
            self.fail(mark.index, message, why=why)
        text = tidy_text("\n".join(filter(None, [rest, _dedent(below) if not mark.level else below])))
        line, unnumbered = self.offset + mark.index + 1, says_unnumbered(attributes)
        return Section(identity, title, text, part, words, line, unnumbered, matter.stands_apart(title))

    def attributes(self, mark: _Mark, text: str) -> tuple[str, Span | None]:
        identity, words = "", None
        for word in text.split():
            if word.startswith("#"):
                identity = slug(word)
                if not identity:
                    self.fail(mark.index, f"the id `{word}` gives no name for a file. Use letters, digits and hyphens.")
            elif word.startswith("words="):
                try:
                    words = span(word.removeprefix("words=").strip("\"'"), MOST_WORDS)
                except ValueError as error:
                    self.fail(mark.index, f"`{word}` {error}. Change it.")
        return identity, words

    def check_ids(self, sections: list[Section]) -> None:
        seen: dict[str, Section] = {}
        for section in sections:
            if other := seen.get(section.id):
                where = f"`{section.title}` has the id `{section.id}`, as line {other.line} has"
                message = f"{where}. Give one of them an id of its own behind its title: `{{#another-id}}`."
                why = "The id is the name of the chapter's file: two chapters would share one."
                raise BookError(self.path, section.line, message, why=why)
            seen[section.id] = section


def _split_item(text: str) -> tuple[str, str]:
    """Return the title and what happens from `**Title** — what happens` and its relatives."""
    if match := re.match(r"(\*\*|__)(.+?)\1[ \t]*(.*)$", text):
        return match[2].rstrip(": "), re.sub(r"^[—–:-]+[ \t]*", "", match[3])
    parts = re.split(r"(?<![ \t])[ \t]+[—–-][ \t]+|:[ \t]+", text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _dedent(text: str) -> str:
    """Return an item's further lines without the blanks that hang them below it."""
    return "\n".join(line.strip() if len(line) - len(line.lstrip()) <= 4 else line for line in text.split("\n"))

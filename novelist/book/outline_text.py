"""outline.md's text to parts and sections, and back.

Knows both forms that people and models write, headings and numbered lists, and tells parts and the book's title from
chapters. Knows nothing of who wrote the outline or what is made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Protocol, cast

from novelist.book import frontmatter, older_labels, older_outlines, outline_layout
from novelist.book.bounds import MOST_SECTIONS
from novelist.book.headings import says_unnumbered, split_attributes, tidy_text, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.book.outline_titles import split_item, split_labelled
from novelist.book.premise import MOST_WORDS, STALE_VALUES, Span, span
from novelist.errors import BookError
from novelist.language import labels, lookup, matter
from novelist.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from novelist.book.outline_lines import Layout, Mark

KEYS = frozenset({"title", "novelist"})
MODEL = re.compile(r"\w[\w.:/@+-]{0,199}")
UNDERLINE = re.compile(r" {0,3}=+[ \t]*")


def render(outline: Outline, front: Mapping[str, object] | None = None) -> str:
    """Return the text of outline.md in heading form; `front` are further keys of its front matter.

    Whatever is rendered from titles by `tidy_title` and texts by `inert` parses to itself, but for a part whose heading
    says that chapters or notes follow.
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
        more = f" words={section.words}" if section.words else ""
        more += f" model={section.model}" if section.model else ""
        more += f" stale={section.stale}" if section.stale else ""
        more += " .unnumbered" if section.unnumbered else ""
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

    With it comes what each older reading makes of it, where that differs: `outline.as_filed` decides. Raises BookError,
    with the line in `path` and the remedy, for what cannot be an outline.
    """
    today = reader(text, path, title, language)
    outline: Outline | None = None
    for one, older in ((reader(text, path, title, language, older_labels), True), (today, True), (today, False)):
        try:
            outline = _after(one.outline(older=older), outline)
        except BookError:
            # What was an outline for an older reading is one still: two chapters may have one title.
            if outline is None and not older:
                raise
    return cast("Outline", outline)  # the last reading has raised otherwise


def reader(text: str, path: Path, title: str = "", language: str = "", reading: _Reading | None = None) -> Reader:
    """Return what reads the outline in `text`, labels as today where no other `reading` is given. Raises BookError."""
    page = frontmatter.parse(text, KEYS)
    frontmatter.check(path, page)
    front_title = page.front.get("title", "")
    named = tidy_title(front_title) if isinstance(front_title, str) else ""
    labelled = reading or _Labels(language)
    return Reader(path, page.body, page.header.count("\n"), named, tidy_title(title), labelled, language)


def _after(outline: Outline, older: Outline | None) -> Outline:
    """Return a reading with the older one, which is all where they do not differ."""
    if older is None:
        return outline
    return older if _same(outline, older) else replace(outline, older=older)


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


class Attributes(NamedTuple):
    """What a heading says in braces of its chapter; what it does not say is empty."""

    identity: str = ""
    words: Span | None = None
    model: str = ""
    stale: str = ""


def label_of(bare: str, place: int, language: str, *, named: bool) -> labels.Label | None:
    """Return the label in the heading of the chapter at `place` (from 1); `named` where it has an id."""
    # `## 3. Teil {#teil}` is how a chapter is written whose title is a label's word.
    label = (labels.digits(bare) if named else None) or labels.read(bare, language)
    return None if label is None or label.kind == "part" or (label.bare == "word" and label.number != place) else label


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
        label = label_of(bare, place, self.language, named=named)
        return bare if label is None else bare[label.end :]

    def name_of(self, heading: str) -> str:
        return Part(heading).name


class Reader:
    """One reading of an outline: its chapters and parts, and what stands between them."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that there is to a reading
        self, path: Path, body: str, offset: int, named: str, title: str, reading: _Reading, language: str
    ) -> None:
        self.reading = reading
        self.path = path
        self.offset = offset
        self.named = named
        self.title = title
        self.language = language
        self.lines = [line.rstrip("\r") for line in body.split("\n")]

    def fail(self, index: int, message: str, *, why: str = "") -> NoReturn:
        """Say what is wrong in a line."""
        raise BookError(self.path, self.offset + index + 1, message, why=why)

    def outline(self, *, older: bool) -> Outline:
        """Return the outline, its chapters told apart as today or as an `older` novelist did. Raises BookError."""
        layout = older_outlines.layout(self.lines, self.reading, self.names_book) if older else self.layout()
        chapters, heading = layout.chapters, layout.heading
        if not chapters:
            message = "no chapter found. Give each chapter a heading such as `## 1. The Bottle`."
            raise BookError(self.path, 1, message, why="A numbered list of chapters would do, too; there is neither.")
        if len(chapters) > MOST_SECTIONS:
            self.fail(chapters[MOST_SECTIONS].index, f"more than {MOST_SECTIONS:,} chapters. Make several books of it.")
        opening, opening_parts = set(chapters), set(layout.parts)
        title = self.named or (tidy_title(heading.text) if heading else "")
        marks = sorted({*layout.parts, *layout.ends, *chapters}, key=lambda mark: mark.index)
        ends = dict(zip(marks, [*(mark.index for mark in marks[1:]), len(self.lines)], strict=True))
        between = {mark: tidy_text("\n".join(self.lines[self.below(mark) : end])) for mark, end in ends.items()}
        about = [tidy_text("\n".join(self.lines[: marks[0].index])), between[heading] if heading else ""]
        parts: list[Part] = []
        sections: list[Section] = []
        open_part: Part | None = None
        for mark in marks:
            if mark in opening:
                if open_part is not None:
                    parts.append(open_part)
                    open_part = None
                part = len(parts) - 1 if parts else None
                split = split_item if older else split_labelled
                sections.append(self._section(mark, between[mark], part, len(sections) + 1, split))
            elif mark in opening_parts and mark is not heading and (title_of_part := tidy_title(mark.text)):
                open_part = Part(title_of_part, between[mark], self.reading.name_of(title_of_part))
        self._check_ids(sections)
        return Outline(title, "\n\n".join(filter(None, about)), tuple(parts), tuple(sections))

    def layout(self) -> Layout:
        """Return which lines open what, as they are read today."""
        return outline_layout.layout(self.lines, self.language, self.names_book)

    def below(self, mark: Mark) -> int:
        """Return the line from which on there is text below a mark: not the one that underlines it."""
        below = mark.index + 1
        underlined = mark.form == "plain" and below < len(self.lines) and UNDERLINE.fullmatch(self.lines[below])
        return below + bool(underlined)

    def names_book(self, mark: Mark) -> bool:
        """Say whether a heading is the book's title as the premise or the front matter has it."""
        return tidy_title(mark.text).casefold() in {self.title.casefold(), self.named.casefold()} - {""}

    def _section(
        self, mark: Mark, below: str, part: int | None, place: int, split: Callable[[str], tuple[str, str]]
    ) -> Section:
        text, attributes = mark.text, ""
        rest = ""
        if mark.form == "row":
            rest, below = mark.cells[0], ""
        elif not mark.level:
            text, rest = split(text)
            if match := re.match(r"\{([^{}]*)\}[ \t]*(?:[—–:-]+[ \t]*)?", rest):
                attributes, rest = match[1], rest[match.end() :]
        text, behind = split_attributes(text)
        attributes = behind or attributes
        bare = tidy_title(text)
        given = self._attributes(mark, attributes)
        identity = given.identity
        title = tidy_title(self.reading.title_of(bare, place, named=bool(identity))) or bare
        if not title:
            self.fail(mark.index, "a chapter without a title. Give it one.")
        identity = identity or slug(title)
        if not identity:
            message = f"`{title}` gives no name for a file. Add one behind the title: `{{#name}}`."
            why = "A chapter's file is named after its title, which has no letter and no digit."
            self.fail(mark.index, message, why=why)
        text = tidy_text("\n".join(filter(None, [rest, _dedent(below, mark.indent) if not mark.level else below])))
        line, unnumbered = self.offset + mark.index + 1, says_unnumbered(attributes)
        apart = matter.stands_apart(title)
        return Section(identity, title, text, part, given.words, line, unnumbered, apart, given.model, given.stale)

    def _attributes(self, mark: Mark, text: str) -> Attributes:
        identity, words, model, stale = "", None, "", ""
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
            elif word.startswith("model="):
                model = self._model(mark, word)
            elif word.startswith("stale="):
                stale = word.removeprefix("stale=").strip("\"'")
                if stale not in STALE_VALUES:
                    self.fail(mark.index, f"`{word}` is neither `ripple`, `redraft` nor `keep`. Change it.")
        return Attributes(identity, words, model, stale)

    def _model(self, mark: Mark, word: str) -> str:
        model = word.removeprefix("model=").strip("\"'")
        if "://" in model:
            message = f"`{word}` is an address. Name a model of the server that KIMI_BASE_URL in .env names."
            self.fail(mark.index, message, why="An outline chooses which model writes, never where.")
        if not MODEL.fullmatch(model):
            self.fail(mark.index, f"`{word}` is no name of a model. Write it as the server calls it.")
        return model

    def _check_ids(self, sections: list[Section]) -> None:
        seen: dict[str, Section] = {}
        for section in sections:
            if other := seen.get(section.id):
                where = f"`{section.title}` has the id `{section.id}`, as line {other.line} has"
                message = f"{where}. Give one of them an id of its own behind its title: `{{#another-id}}`."
                why = "The id is the name of the chapter's file: two chapters would share one."
                raise BookError(self.path, section.line, message, why=why)
            seen[section.id] = section


def _dedent(text: str, indent: int) -> str:
    """Return an item's further lines without the blanks that hang them below it."""
    return "\n".join(
        line.strip() if len(line) - len(line.lstrip()) <= indent + 4 else line for line in text.split("\n")
    )

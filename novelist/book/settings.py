"""premise.md: one table of all its settings, and how the file is read by it. Asks no model.

Knows of each setting what it may be, its default and what it is for, and which keys are no settings. The drafting part
is a Premise and the part for exports an Edition, whose fields have the defaults.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from novelist.book import placeholder, slips
from novelist.book.bounds import LARGEST_TEXT
from novelist.book.edition import Edition
from novelist.book.files import Files
from novelist.book.frontmatter import check, line_of, lines_of, parse
from novelist.book.premise import MOST_CHAPTERS, MOST_JOBS, MOST_WORDS, InvalidValue, Premise, usual_words
from novelist.book.values import (
    DAY,
    DOLLARS,
    FILE,
    ISBN,
    PAGE_SIZE,
    RIGHT_OR_ANY,
    SERIES_AND_NUMBER,
    STALE,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Kind,
    number,
    number_or_range,
)
from novelist.errors import BookError, FileError
from novelist.text import clean, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.frontmatter import Page


@dataclass(frozen=True)
class Setting:
    """One key of premise.md: the class whose field it is, its type, and in one sentence what it is for."""

    name: str
    group: type[Premise | Edition]
    kind: Kind
    about: str

    @property
    def default(self) -> Any:  # noqa: ANN401 - as its type has it
        """What holds where it is not given."""
        return getattr(self.group, self.name)


SETTINGS = (
    Setting("title", Premise, TEXT, "The title; without one it is that of the outline."),
    Setting("author", Premise, TEXT, "Who is named on the title page."),
    Setting("language", Premise, TEXT, "The language to write in, as a code such as `en` or `pt-BR`."),
    Setting("chapters", Premise, number_or_range(MOST_CHAPTERS), "How many; counts only while outline.md is missing."),
    Setting(
        "words",
        Premise,
        number_or_range(MOST_WORDS),
        "Words per chapter, or characters in Chinese and Japanese, where `2400-4000` and `3000-5000` hold without it; "
        "a section of the outline may have its own: `{words=600-900}`.",
    ),
    Setting(
        "stale",
        Premise,
        STALE,
        "What becomes of a chapter whose sources changed: drafted again, or kept and reported. With `ripple` it is "
        "adapted by edits where only the story before it changed, or what the bible says of people, places and things, "
        "and drafted again else. A section of the outline may have its own: `{stale=keep}`.",
    ),
    Setting("budget", Premise, DOLLARS, "For the whole life of the book: no call is begun that might pass it."),
    Setting(
        "jobs",
        Premise,
        number(MOST_JOBS),
        "Calls at once, where they do not wait for one another: a chapter and the summary of the one before it, or the "
        "summaries of a book you bring along. The embedded model, and a server that takes one, is asked in turn.",
    ),
    Setting(
        "review",
        Premise,
        YES_OR_NO,
        "Whether each new draft of a chapter is reviewed before its summary, as by `doit review:07`.",
    ),
    Setting("subtitle", Edition, TEXT, "What stands below the title on title pages, such as `A Novel`."),
    Setting("publisher", Edition, TEXT, "Who publishes the book."),
    Setting("isbn", Edition, ISBN, "What shops know the edition by."),
    Setting("rights", Edition, TEXT, "Whose the rights are, such as `© 2026 Ines Halden`."),
    Setting("date", Edition, DAY, "When it is published."),
    Setting("description", Edition, TEXT, "What shops say of the book."),
    Setting("subjects", Edition, TEXTS, "What the book is about, for shops and libraries."),
    Setting("series", Edition, SERIES_AND_NUMBER, "The series, and the book's number in it."),
    Setting(
        "cover",
        Edition,
        FILE,
        "A PNG or JPEG; without one it is `cover.jpg`, `cover.jpeg` or `cover.png`, else one that is drawn.",
    ),
    Setting(
        "open",
        Edition,
        RIGHT_OR_ANY,
        "Where chapters open in the PDF: on right-hand pages, as in many printed books, or on any page.",
    ),
    Setting("trim", Edition, PAGE_SIZE, "The size of the PDF's page."),
)
ORDERED = tuple(setting.name for setting in SETTINGS)
NAMES = frozenset(ORDERED)
# Without one of these a block is no settings but the beginning of the idea, as it always was: its digest is in records.
DRAFTING = frozenset(setting.name for setting in SETTINGS if setting.group is Premise)
GROUPS: dict[type[Premise | Edition], str] = {
    Premise: """\
## premise.md: what is drafted

All of it is optional. The idea of the book stands below the settings. A key that is nearly a setting is
named by each build, any other by `novelist plan` and `novelist status`; keys that begin with `x-` are yours.
""",
    Edition: """\
## premise.md: the edition

What exports say of themselves. None of it has a say in what is drafted.
""",
}

OWN = "x-"  # begins the keys that are a person's own


def read_premise(path: Path) -> Premise:
    """Return the premise at `path`.

    Raises BookError, with the line, for a setting that cannot be used, and where there is no idea.
    """
    text = Files(path.parent).read_text(path, LARGEST_TEXT)
    if text is None:
        message = "there is no premise. Write the idea of the book into it."
        why = "A file with one sentence is enough."
        raise BookError(path, None, message, why=why)
    return parse_premise(path, text)


def parse_premise(path: Path, text: str) -> Premise:
    """Return the premise in `text`, which is or will be at `path`. Raises BookError as `read_premise` does."""
    page = parse(text, DRAFTING)
    check(path, page)
    idea = normalise(placeholder.without(page.body))
    if not idea.strip() and not placeholder.is_open(page.body):
        message = "there is no idea below the settings. Write what the book is about."
        why = "The settings stand between two lines of three hyphens, and the idea below them."
        raise BookError(path, None, message, why=why)
    values = _Reader(path, page).values(Premise)
    values.setdefault("words", usual_words(values.get("language", Premise.language)))
    return Premise(idea=idea, **values)


def read_edition(path: Path) -> Edition:
    """Return the edition in the premise at `path`. Raises BookError, with the line, for what cannot be used."""
    return parse_edition(path, Files(path.parent).read_text(path) or "")


def parse_edition(path: Path, text: str) -> Edition:
    """Return the edition in `text`, which is or will be at `path`. Raises BookError as `read_edition` does."""
    reader = _Reader(path, parse(text, NAMES))
    values = reader.values(Edition)
    series, volume = values.get("series", (Edition.series, Edition.volume))
    return Edition(**{**values, "series": series, "volume": volume, "cover": reader.cover(values.get("cover", ""))})


def faults(path: Path, text: str) -> Sequence[BookError]:
    """Return what is wrong with each setting in `text`, which is or will be at `path`, in the order of its lines."""
    reader = _Reader(path, parse(text, NAMES))
    errors: list[BookError] = []
    for setting in SETTINGS:
        try:
            if setting.name in reader.page.front:
                reader.value(setting)
        except BookError as error:
            errors.append(error)
    return sorted(errors, key=lambda error: error.line or 0)


def place(path: Path, name: str) -> str:
    """Return where the premise at `path` has a setting, as `premise.md:4`. Raises FileError."""
    return f"{path}:{line_of(parse(Files(path.parent).read_text(path) or '', NAMES), name)}"


class _Reader:
    """The settings of one premise, with the line that each stands in for what is wrong with it."""

    def __init__(self, path: Path, page: Page) -> None:
        self.path = path
        self.page = page

    def values(self, group: type[Premise | Edition]) -> dict[str, Any]:
        """Return the values of a group's settings that are given and not empty. Raises BookError."""
        given = [setting for setting in SETTINGS if setting.group is group and setting.name in self.page.front]
        values = {setting.name: self.value(setting) for setting in given}
        return {name: value for name, value in values.items() if value is not None}

    def value(self, setting: Setting) -> Any:  # noqa: ANN401 - as its type has it
        """Return the value of a setting that is given, or None where it is left empty."""
        given = self.page.front[setting.name]
        if setting.kind.several:
            parts = given if isinstance(given, list) else self.text(setting).split(",")
            if not all(isinstance(part, str) for part in parts):
                self.wrong(setting.name, "is not a list of words")
            return tuple(setting.kind.read(part) for each in parts if (part := _line(each, setting))) or None
        text = self.text(setting)
        try:
            return setting.kind.read(text) if text else None
        except InvalidValue as error:
            self.wrong(setting.name, str(error))

    def text(self, setting: Setting) -> str:
        """Return a setting in one line."""
        given = self.page.front[setting.name]
        if not isinstance(given, str):
            self.wrong(setting.name, "is not a single value")
        return _line(given, setting)

    def cover(self, name: str) -> Path | None:
        """Return the picture for the cover: the one that is set, else `cover.jpg`, `.jpeg` or `.png` in the book."""
        root = self.path.parent
        files = Files(root)
        if not name:
            covers = (files.real(root / f"cover.{suffix}") for suffix in ("jpg", "jpeg", "png"))
            return next((path for path in covers if path is not None), None)
        try:
            inside = (root / name).resolve().is_relative_to(root.resolve())
        except (OSError, RuntimeError):  # a name too long, links in a circle
            inside = True
        if not inside:
            self.wrong("cover", "is outside the book")
        try:
            path = files.real(root / os.path.normpath(name))
        except FileError:
            path = None
        if path is None:
            self.wrong("cover", "is not there")
        return path

    def wrong(self, name: str, what: str) -> NoReturn:
        """Say what is wrong with a setting."""
        value = " ".join(str(self.page.front[name]).split())
        raise BookError(self.path, line_of(self.page, name), f"`{name}: {value}` {what}. Change it.")


def _line(text: str, setting: Setting) -> str:
    """Return what was given in one line. What is drafted is digested, so it stays as it was written."""
    return " ".join((clean(text) if setting.group is Edition else text).split())


def unknown(path: Path) -> list[tuple[str, bool]]:
    """Return a line for each key of the premise at `path` that is no setting, and whether it is nearly one.

    Where no key is a setting, what stands between two fences may be the beginning of the idea: then there is a line
    only for a key that is nearly one. There is none for what cannot be read, and for `x-…`.
    """
    page, maybe_prose = slips.front_of(Files(path.parent).read_text(path) or "", NAMES)
    lines, places = [], lines_of(page)
    for key, name in _unknown(page):
        where, meant = f"{path}:{places.get(key, 1)}: {name}", slips.meant(name, ORDERED)
        if meant:
            lines.append((f"{where}: is not a setting; did you mean {meant}?", True))
        elif not maybe_prose:
            lines.append((f"{where}: is not a setting; a key of your own is better called {OWN}{name}", False))
    return lines


def _unknown(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the keys of a premise that are no settings and not marked as a person's own, and how each is said."""
    for key in page.front:
        name = slips.shown(key)
        if name and key not in NAMES and not name.casefold().startswith(OWN):
            yield key, name


def check_budget(path: Path) -> None:
    """Raise BookError where the premise at `path` has a budget under another name: it would be spent as without one."""
    page, _ = slips.front_of(Files(path.parent).read_text(path) or "", NAMES)
    if "budget" in page.front:
        return
    for key, name in _unknown(page):
        value = slips.shown(str(page.front[key]))
        if slips.meant(name, ORDERED) == "budget" and re.search("[0-9]", value):
            message = f"`{name}: {value}` is not a setting, so no budget would be kept. Call it `budget`."
            raise BookError(path, line_of(page, key), message, why="A slip in this one name could cost money.")


def document() -> str:
    """Return the reference of all settings in Markdown: a heading, a sentence and a table for each group."""
    parts = []
    for group, heading in GROUPS.items():
        rows = [
            f"| `{setting.name}` | {setting.kind.form} | {_default(setting)} | {setting.about} |"
            for setting in SETTINGS
            if setting.group is group
        ]
        table = ["| setting | what it may be | without it | what it is |", "| --- | --- | --- | --- |", *rows]
        parts.append("\n".join([heading, *table, ""]))
    return "\n".join(parts)


def _default(setting: Setting) -> str:
    return f"`{setting.kind.write(setting.default)}`" if setting.default else "none"

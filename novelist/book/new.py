"""A new book from what a person gives: its folder and its premise. Asks no model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book import frontmatter, settings
from novelist.book.files import Files, is_empty
from novelist.book.headings import tidy_title
from novelist.book.paths import Book
from novelist.errors import BookError, SettingsError
from novelist.text import is_language_tag, normalise, printable, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = ("title", "author", "language", "chapters", "words")
# What a person who says nothing of it is asked to take.
DEFAULTS = {"language": "en", "chapters": "20-40", "words": "1500-2500"}
HERE = Path(__file__).parents[1]
# Beside the package in the repository, inside it in a wheel.
TEMPLATES = (HERE / "project_template", HERE.parent / "project_template")


def make(parent: Path, idea: str | None, front: Mapping[str, str]) -> Book:
    """Return the book in the folder below `parent` named after its title, else after the first words of its idea.

    It is made where there is none. Raises SettingsError and BookError for settings that cannot be used, and where
    another book is in that folder.
    """
    title, idea = tidy_title(front.get("title", "")), _tidy(idea)
    name = folder_name(title, idea)
    if not name:
        message = "there is nothing to write about. Give --prompt, and --title if you have one."
        raise SettingsError(message)
    book = Book(parent / name)
    if book.premise.is_file():
        there = settings.read_premise(book.premise).idea
        if idea and there != idea:
            message = "there is another premise. Edit this one, or choose another title."
            why = "The folder that has this title for its name holds a book of another idea."
            raise BookError(book.premise, None, message, why=why)
        return book
    if not idea.strip():
        message = f"there is no book in {book.root}/ yet. Say with --prompt what it is about."
        raise SettingsError(message)
    if book.root.exists() and (not book.root.is_dir() or not is_empty(book.root)):
        raise BookError(book.root, None, "it is there already, and is no book. Choose another title, or remove it.")
    return _written(book, idea, front, title)


def in_folder(folder: Path, idea: str | None, front: Mapping[str, str]) -> Book:
    """Return the book made in `folder`.

    Raises SettingsError for settings that cannot be used, and BookError where there is something in the folder.
    """
    title, idea = tidy_title(front.get("title", "")), _tidy(idea)
    if not idea.strip():
        message = "there is nothing to write about. Say with --prompt what it is about."
        raise SettingsError(message)
    if not is_empty(folder):
        message = "there is something in it. Name a folder that is empty, or a new one."
        why = "A new book never mixes with other files."
        raise BookError(folder, None, message, why=why)
    return _written(Book(folder), idea, front, title)


def folder_name(title: str, idea: str) -> str:
    """Return the name of a book's folder, by its title, else by the first words of its idea; or nothing."""
    return slug(tidy_title(title)) or slug(" ".join(_tidy(idea).split()[:5]))


def _tidy(idea: str | None) -> str:
    return normalise(printable(idea or ""))


def _written(book: Book, idea: str, front: Mapping[str, str], title: str) -> Book:
    given = {key: value for key in ORDER if (value := title if key == "title" else front.get(key, ""))}
    text = frontmatter.compose(
        {key: int(value) if _counts(key, value) else value for key, value in given.items()}, idea
    )
    _check(book, text)
    alone = Files(book.root)  # nobody else writes there yet, so that no lock is left behind
    for file in ("dodo.py", ".gitignore"):
        alone.replace(book.root / file, template_text(file))
    alone.replace(book.premise, text)
    return book


def template() -> Path:
    """Return the folder that a new book is copied from."""
    return next(folder for folder in TEMPLATES if (folder / "premise.md").is_file())


def template_text(name: str) -> str:
    """Return the text of a file of the template."""
    folder = template()
    return Files(folder).read_text(folder / name) or ""


def _counts(key: str, value: str) -> bool:
    """Say whether a setting is a plain number, which YAML need not quote."""
    return key in ("chapters", "words") and re.fullmatch("[1-9][0-9]{0,8}", value) is not None


def _check(book: Book, text: str) -> None:
    """Raise SettingsError for settings that premise.md could not hold."""
    try:
        premise = settings.parse_premise(book.premise, text)
    except BookError as error:
        raise SettingsError(error.message, why=error.why) from error
    # Of a new book only: in one that is written, another language is another brief.
    if not is_language_tag(premise.language):
        message = f"`language: {premise.language}` is no code of a language, such as `en` or `pt-BR`. Change it."
        raise SettingsError(message, why="Shops and readers' devices want the code.")

"""A new book from what a person gives: its folder and its premise. Asks no model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from novelist import page, premise
from novelist.book import Book
from novelist.errors import BookError, SettingsError
from novelist.outline_text import tidy_title
from novelist.text import normalise, printable, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
# Beside the package in the repository, inside it in a wheel.
TEMPLATES = (HERE / "project_template", HERE.parent / "project_template")


def make(parent: Path, idea: str | None, front: Mapping[str, str]) -> Book:
    """Return the book in the folder below `parent` named after its title, else after the first words of its idea.

    It is made where there is none. Raises SettingsError and BookError for settings that cannot be used, and where
    another book is in that folder.
    """
    title = tidy_title(front.get("title", ""))
    idea = normalise(printable(idea or ""))
    name = slug(title) or slug(" ".join(idea.split()[:5]))
    if not name:
        message = "there is nothing to write about. Give --prompt, and --title if you have one."
        raise SettingsError(message)
    book = Book(parent / name)
    if book.premise.is_file():
        there = premise.load(book.premise).idea
        if idea and there != idea:
            message = "there is another premise. Edit this one, or choose another title."
            raise BookError(book.premise, None, message)
        return book
    if not idea.strip():
        message = f"there is no book in {book.root}/ yet. Say with --prompt what it is about."
        raise SettingsError(message)
    if book.root.exists() and (not book.root.is_dir() or any(book.root.iterdir())):
        raise BookError(book.root, None, "it is there already, and is no book. Choose another title, or remove it.")
    text = page.compose(
        {**{key: value for key, value in front.items() if value}, **({"title": title} if title else {})}, idea
    )
    _check(book, text)
    for file in ("dodo.py", ".gitignore"):
        page.replace(book.root / file, (template() / file).read_text(encoding="utf-8"))
    page.replace(book.premise, text)
    return book


def template() -> Path:
    """Return the folder that a new book is copied from."""
    return next(folder for folder in TEMPLATES if (folder / "premise.md").is_file())


def _check(book: Book, text: str) -> None:
    """Raise SettingsError for settings that premise.md could not hold."""
    try:
        premise.parse(book.premise, text)
    except BookError as error:
        raise SettingsError(str(error).split(": ", 1)[1]) from error

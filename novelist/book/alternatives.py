"""Drafts of a chapter beside the one in the book, until one is taken: `.novelist/alternatives/<id>/<number>.md`.

Knows where they are. No build looks there, so nothing brings one into the book by itself. Knows no model, and not which
one is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.book.paths import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.paths import Book

NAME = re.compile(r"([1-9][0-9]{0,5})\.md")


def path_of(book: Book, identity: str, number: int) -> Path:
    """Return where an alternative to the chapter `identity` is, or is to be."""
    return book.alternatives_to(identity) / f"{number}.md"


def asked_for(book: Book, identity: str) -> Path:
    """Return where it stands which alternatives were asked for, until all of them are there."""
    return book.alternatives_to(identity) / "asked-for.json"


def unfinished(book: Book, identity: str, number: int) -> Path:
    """Return where an unfinished alternative is."""
    return book.unfinished(f"{identity}/alternative-{number}")


def all_unfinished(book: Book, identity: str) -> list[Path]:
    """Return where the unfinished alternatives to a chapter are."""
    beginning = unfinished(book, identity, 0).name.removesuffix("0.part")
    return [book.partial / name for name in book.files.names(book.partial) if name.startswith(beginning)]


def numbers(book: Book, identity: str) -> list[int]:
    """Return the numbers of the alternatives to a chapter, in order."""
    names = book.files.names(book.alternatives_to(identity))
    return sorted(int(match[1]) for match in map(NAME.fullmatch, names) if match)


def read(book: Book, identity: str, number: int) -> Page | None:
    """Return an alternative, or None where there is none of this number. Raises BookError."""
    return frontmatter.read(book.files, path_of(book, identity, number), KEYS)


def follow(book: Book, old: str, new: str) -> None:
    """Let the alternatives to the chapter `old` be those to `new`, where there are none to `new` yet."""
    if book.alternatives_to(old).is_dir() and not book.alternatives_to(new).exists():
        book.files.move(book.alternatives_to(old), book.alternatives_to(new))

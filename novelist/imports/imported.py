"""What an import found: chapters, parts, pages of matter, and texts that are none. Pure; knows no file, and no form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.book.headings import tidy_title
from novelist.book.outline_text import untitled
from novelist.language import labels, numbers
from novelist.text import SLUG_BYTES, slug

if TYPE_CHECKING:
    from novelist.book.outline import Part

# Everything that is no text, but for tabs and line ends, which prose keeps as they are.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
UNNUMBERED = re.compile(r"(?<=\S)[ \t]*\{-\}[ \t]*$")  # pandoc's mark of a heading without a number
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


LETTERS = ("C", "D", "L", "M")  # Roman numerals that are likelier titles
UNTITLED_PAGES = frozenset({"dedication", "epigraph", "copyright", "colophon"})


@dataclass(frozen=True)
class ImportedChapter:
    """A chapter: its prose as it was, or none where it is still to be drafted; `text` is what an outline says of it.

    `heading` is what stood above it, label and all, and `source` the file that it is from, where there are several.
    """

    title: str
    prose: str = ""
    text: str = ""
    part: int | None = None
    id: str = ""
    heading: str = ""
    source: str = ""
    unnumbered: bool = False


@dataclass(frozen=True)
class Leftover:
    """A text that is no chapter, and what it was taken for; `story` where that may have been wrong."""

    title: str
    prose: str
    what: str
    story: bool = True


@dataclass(frozen=True)
class MatterPage:
    """A page of front or back matter: the name of its file, its title as it stood, and its text."""

    name: str
    title: str
    prose: str


@dataclass(frozen=True)
class Imported:
    """All that was found; `notes` are what a person should know of it, in one sentence or two each.

    `guesses` are notes of what was taken for what without anything that says so: the order, a title.
    """

    title: str
    chapters: tuple[ImportedChapter, ...]
    author: str = ""
    language: str = ""
    idea: str = ""
    about: str = ""
    parts: tuple[Part, ...] = ()
    asides: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    matter: tuple[MatterPage, ...] = ()
    subtitle: str = ""


def titled(text: str, language: str = "") -> str:
    """Return a heading as a title: without its label, Markdown's marks and the backslashes before them.

    Where there is nothing but a number, it is called as chapters are in the manuscript's `language`.
    """
    title = untitled(ESCAPED.sub(r"\1", tidy_title(UNNUMBERED.sub("", text))))
    numeral = title.rstrip(".)")
    is_number = numbers.number(title) is not None and numeral not in LETTERS
    return labels.called(numeral, language or "en") if is_number else title


def matter_page(name: str, title: str, prose: str) -> MatterPage:
    """Return a page of front or back matter, which has its title in it where such pages have theirs printed."""
    text = prose.strip("\r\n")
    return MatterPage(name, title, text if name in UNTITLED_PAGES else f"# {title}\n\n{text}")


def ids(titles: list[str]) -> list[str]:
    """Return an identity for each title or identity; none is there twice, and each is part of a file's name."""
    taken: set[str] = set()
    again: dict[str, int] = {}
    identities = []
    for number, text in enumerate(titles, 1):
        name = base = slug(text) or f"chapter-{number}"
        while name in taken:
            again[base] = again.get(base, 1) + 1
            end = f"-{again[base]}"
            name = base.encode()[: SLUG_BYTES - len(end)].decode("utf-8", "ignore").rstrip("-") + end
        taken.add(name)
        identities.append(name)
    return identities


def listed(names: list[str], most: int = 5) -> str:
    """Return some names as a sentence has them, the first `most` of them."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown

"""Front and back matter: what a person put into matter/, and where a printed book has it.

Knows the usual pages by the names of their files, their order, and which of them have a heading. Asks no model, and
nothing of it is ever told to one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from novelist.book import conflict
from novelist.book.headings import HEADING, tidy_title
from novelist.errors import BookError
from novelist.text import digest, normalise, slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.book.record import PageInfo

Place = Literal["front", "back"]
PLACES: dict[str, Place] = {"front": "front", "back": "back"}
WHY = "Only the usual pages have a place of their own: what comes before the contents, and what ends the book."
EMPTY = digest("")
COUNT = re.compile(r"[0-9]+[\W_]+")  # before a name, where a person puts pages in an order of theirs


@dataclass(frozen=True)
class PageKind:
    """A kind of page that books have: `name` is that of its file, `type` is EPUB's (`epub:type`), `role` ARIA's.

    `opens` where it comes before the contents; `headed` where its title stands above it.
    """

    name: str
    place: Place
    opens: bool = False
    headed: bool = True
    type: str = ""
    role: str = ""


# In the order of a printed book (The Chicago Manual of Style, 1.4); the title page stands behind the first of them, the
# contents before `foreword`.
KINDS = (
    PageKind("also-by", "front", opens=True),
    PageKind("copyright", "front", opens=True, headed=False, type="copyright-page"),
    PageKind("dedication", "front", opens=True, headed=False, type="dedication", role="doc-dedication"),
    PageKind("epigraph", "front", opens=True, headed=False, type="epigraph", role="doc-epigraph"),
    PageKind("foreword", "front", type="foreword", role="doc-foreword"),
    PageKind("preface", "front", type="preface", role="doc-preface"),
    PageKind("introduction", "front", type="introduction", role="doc-introduction"),
    PageKind("afterword", "back", type="afterword", role="doc-afterword"),
    PageKind("authors-note", "back"),
    PageKind("acknowledgements", "back", type="acknowledgments", role="doc-acknowledgments"),
    PageKind("appendix", "back", type="appendix", role="doc-appendix"),
    PageKind("glossary", "back", type="glossary", role="doc-glossary"),
    PageKind("about-the-author", "back"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
SAME = {
    "about": "about-the-author",
    "about-author": "about-the-author",
    "acknowledgement": "acknowledgements",
    "acknowledgment": "acknowledgements",
    "acknowledgments": "acknowledgements",
    "also-by-the-author": "also-by",
    "author-s-note": "authors-note",
    "copyright-page": "copyright",
}


@dataclass(frozen=True)
class MatterPage:
    """A page of front or back matter: its kind, None for one of another name, and the title that its settings give."""

    path: Path
    kind: PageKind | None
    place: Place
    title: str
    info: PageInfo

    @property
    def opens(self) -> bool:
        """Whether it comes before the contents."""
        return self.place == "front" and self.kind is not None and self.kind.opens

    @property
    def empty(self) -> bool:
        """Whether there is nothing on it, so that no book has it."""
        return self.info.digest == EMPTY

    @property
    def name(self) -> str:
        """What it is called where it has no title, and in lists: `dedication`."""
        return self.kind.name if self.kind else _bare(self.path)


def pages(book: Book) -> list[MatterPage]:
    """Return what stands in matter/, in the order of a printed book.

    Raises BookError for what cannot be read, and for a page that does not say where it stands.
    """
    return sorted(_pages(book), key=_order)


def _pages(book: Book) -> Iterator[MatterPage]:
    for name in book.files.names(book.matter):
        path = book.matter / name
        if name.startswith("."):
            continue
        if path.suffix.casefold() == ".md":
            info = book.info(path)
            if info is not None:
                yield _page(path, info)
        elif not path.is_dir():
            _check_unread(book, path)


def _check_unread(book: Book, path: Path) -> None:
    """Raise BookError for a text that would be left out of the book for the name of its file."""
    if book.holds_prose(path):
        name = path.with_suffix(".md").name
        message = f"it is not in the book. Save it as `{name}`, or move it out of matter/."
        raise BookError(path, None, message, why="The pages of matter/ are Markdown, in files that end in .md.")


def _page(path: Path, info: PageInfo) -> MatterPage:
    """Return the page at `path`. Raises BookError for one that cannot be used."""
    conflict.check(path, info.conflict)
    if info.damage is not None:
        raise BookError(path, info.damage[0], f"{info.damage[1]}. Put it right.")
    kind = kind_of(path)
    given = info.front.get("place", "").strip().casefold()
    place = PLACES.get(given) if "place" in info.front else kind.place if kind else _usual(path)
    if place is None and given:
        message = f"`place: {given}` is neither `front` nor `back`. Change it."
        raise BookError(path, None, message, why=WHY)
    if place is None and info.digest != EMPTY:
        message = (
            "it does not say where it stands. "
            "Put `place: front` or `place: back` between two lines of three hyphens above its text."
        )
        raise BookError(path, None, message, why=WHY)
    return MatterPage(path, kind, place or "back", tidy_title(info.front.get("title", "")), info)


def _usual(path: Path) -> Place | None:
    """Return where what is called as a prologue or an epilogue stands; None for any other."""
    from novelist.language import matter  # noqa: PLC0415 - as below

    place = matter.place(_bare(path))
    return None if place is None or place == "between" else "front" if place == "opening" else "back"


def kind_of(path: Path) -> PageKind | None:
    """Return the kind of page that a file is by its name, in the words of any language, None for any other."""
    name = _bare(path)
    name = SAME.get(name, name)
    kind = BY_NAME.get(name) or (BY_NAME["also-by"] if name.startswith("also-by-") else None)
    if kind is None:
        from novelist.language import matter  # noqa: PLC0415 - loads the tables of all languages

        kind = BY_NAME.get(matter.page_named(name))
    return kind


def _bare(path: Path) -> str:
    """Return the name of a page's file without what only orders it: `02-Widmung.md` is `widmung`."""
    return slug(COUNT.sub("", path.stem, count=1)) or slug(path.stem) or path.stem


def _order(page: MatterPage) -> tuple[bool, int, str]:
    """Return what pages are sorted by: those of no kind behind the others of their place, by the names of files."""
    place = KINDS.index(page.kind) if page.kind else len(KINDS)
    return page.place == "back", place, page.path.name


def headed(text: str) -> tuple[str, str]:
    """Return the title in a heading that a page begins with, empty where it has none, and the text without it."""
    first, _, rest = normalise(text).lstrip("\n").partition("\n")
    heading = HEADING.match(first)
    title = tidy_title(heading[2] or "") if heading else ""
    return (title, rest.strip("\n")) if title else ("", text)

"""A whole book for export: its edition, its parts, its chapters and its pages, in the order of a printed one.

Knows how they become one document. Knows no file that they are from, and no format that they are exported to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from novelist.book.matter import BY_NAME
from novelist.export import pictures, ruby
from novelist.language import lookup
from novelist.language.matter import page_title
from novelist.text import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.edition import Edition
    from novelist.book.matter import PageKind, Place
    from novelist.export.sanitize import Node

ALSO_BY, COPYRIGHT = "also-by", BY_NAME["copyright"]


@dataclass(frozen=True)
class ExportPart:
    """The heading of a part."""

    heading: str
    id: str


@dataclass(frozen=True)
class ExportChapter:
    """A chapter: the number above its title, None for none, and its vetted blocks, as the JSON of a list."""

    number: int | None
    title: str
    id: str
    blocks: str

    @property
    def heading(self) -> str:
        """Its number and its title, in a line."""
        return self.title if self.number is None else f"{self.number}. {self.title}"


@dataclass(frozen=True)
class ExportPage(ExportChapter):
    """A page of front or back matter, which has no number; `opens` where it comes before the contents.

    `name` is what it is (`dedication`), `type` EPUB's word for it and `role` ARIA's, empty where they have none.
    """

    name: str = ""
    place: Place = "front"
    opens: bool = False
    headed: bool = True
    type: str = ""
    role: str = ""


@dataclass(frozen=True)
class Manuscript:
    """What is exported. `pictures` are files, by the names that the blocks have for them; `at` is in seconds.

    `contents` are in the order of a printed book: what opens it, the other front matter, its parts and chapters, and
    the back matter. `language` is as its author has it, which need not be a tag: what goes into markup is `tag`.
    `notes` are on what is left out, `hints` on what could be better; `described` says whether each picture has words
    for who cannot see it.
    """

    title: str
    author: str
    language: str
    edition: Edition
    contents: Sequence[ExportPart | ExportChapter]
    pictures: dict[str, Path]
    words: int
    at: int
    notes: Sequence[str]
    hints: Sequence[str] = ()
    described: bool = True

    @property
    def identifier(self) -> str:
        """What an edition is known by, which stays the same: its ISBN, else what follows from title and author."""
        if self.edition.isbn:
            return f"urn:isbn:{self.edition.isbn}"
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'novelist:{self.title}:{self.author}:{self.language}')}"

    @property
    def tag(self) -> str:
        """The tag of its language (BCP 47); empty where the author wrote something else."""
        return self.language if is_language_tag(self.language) else ""

    @property
    def rtl(self) -> bool:
        """Whether its language is written from right to left."""
        return lookup.table(self.language).rtl

    @property
    def top(self) -> int:
        """The level of a chapter's heading: below that of a part, where there are parts."""
        return 2 if any(isinstance(each, ExportPart) for each in self.contents) else 1

    def level(self, page: ExportPage) -> int:
        """Return the level of a page's heading: that of the chapters or parts that it stands among."""
        first = next(each for each in self.contents if not isinstance(each, ExportPage))
        return self.top if page.place == "front" and isinstance(first, ExportChapter) else 1

    @property
    def chapters(self) -> list[ExportChapter]:
        """Its chapters."""
        return [each for each in self.contents if not isinstance(each, ExportPart | ExportPage)]

    def pages(self, place: Place | None = None, *, opens: bool | None = None) -> list[ExportPage]:
        """Return its pages of front or back matter: all, or those of one place, and before the contents or behind."""
        pages = (each for each in self.contents if isinstance(each, ExportPage))
        return [page for page in pages if place in (None, page.place) and opens in (None, page.opens)]

    def with_copyright(self) -> Manuscript:
        """Return the same with a copyright page made of its edition, where its author put none there."""
        lines = copyright_lines(self.edition)
        if not lines or any(page.name == COPYRIGHT.name for page in self.pages()):
            return self
        blocks = json.dumps([{"t": "Para", "c": [_text(line)]} for line in lines], ensure_ascii=False)
        title = page_title(COPYRIGHT.name, self.language)
        page = export_page(COPYRIGHT, COPYRIGHT.name, COPYRIGHT.place, title, blocks, headed=False)
        before = sum(page.name == ALSO_BY for page in self.pages(opens=True))
        return replace(self, contents=[*self.contents[:before], page, *self.contents[before:]])

    def listed(self) -> list[dict[str, Any]]:
        """Return its parts, chapters and pages without their prose, as JSON holds them."""
        return list(map(_listed, self.contents))

    def put_pictures(self, folder: Path) -> None:
        """Copy the pictures into a folder, by the names that the blocks have for them."""
        for name, path in self.pictures.items():
            (folder / name).write_bytes(pictures.content(path))

    def headed(self, stop: str = "") -> Iterator[str]:
        """Yield all blocks for a `document` in HTML, under their headings; `stop` follows each chapter's number."""
        level = 1  # of a chapter: below that of a part, where one has begun
        for each in self.contents:
            if isinstance(each, ExportPart):
                level = 2
                yield json.dumps([_heading(1, each.id, "part", [_text(each.heading)])], ensure_ascii=False)
                continue
            if isinstance(each, ExportPage):
                yield json.dumps([_page_heading(each, epub=bool(stop))], ensure_ascii=False)
            else:
                number = [] if each.number is None else [_span("number", f"{each.number}{stop}"), {"t": "Space"}]
                inlines = [*number, _span("title", each.title)]
                yield json.dumps([_heading(level, each.id, "chapter", inlines)], ensure_ascii=False)
            yield ruby.in_html(each.blocks)

    def document(self, blocks: Iterator[str], meta: dict[str, Any] | None = None) -> bytes:
        """Return a document for pandoc of `blocks`, each the JSON of a list of blocks."""
        joined = ",".join(inner for each in blocks if (inner := each[1:-1]))
        head = json.dumps({key: _meta(value) for key, value in (meta or {}).items() if value}, ensure_ascii=False)
        return f'{{"pandoc-api-version":[1,23,1],"meta":{head},"blocks":[{joined}]}}'.encode()


def export_page(  # noqa: PLR0913 - all that there is to a page
    kind: PageKind | None, name: str, place: Place, title: str, blocks: str, *, headed: bool
) -> ExportPage:
    """Return a page of front or back matter, of a `kind` if it is of one that is known by its name."""
    identity = f"matter-{name}"
    types = (kind.opens, headed, kind.type, kind.role) if kind else (False, headed, "", "")
    return ExportPage(None, title, identity, blocks, name, place, *types)


def copyright_lines(edition: Edition) -> list[str]:
    """Return what a copyright page says of an edition, a line each."""
    series = " · ".join(filter(None, (edition.series, edition.volume)))
    isbn = f"ISBN {edition.isbn}" if edition.isbn else ""
    return [line for line in (series, edition.rights, edition.publisher, edition.date, isbn) if line]


def _listed(each: ExportPart | ExportChapter) -> dict[str, Any]:
    if isinstance(each, ExportPart):
        return {"heading": each.heading}
    listed = {"number": each.number, "title": each.title}
    if isinstance(each, ExportPage):
        return {**listed, "page": each.name, "place": each.place, "opens": each.opens, "headed": each.headed}
    return listed


def _page_heading(page: ExportPage, *, epub: bool) -> Node:
    """Return the heading of a page; one that none is to see is known by its class."""
    kinds = ["matter", *(["untitled"] if not page.headed else []), page.name]
    attributes = [("role", page.role), *([("epub:type", page.type)] if epub else [])]
    return {
        "t": "Header",
        "c": [1, [page.id, kinds, [list(pair) for pair in attributes if pair[1]]], [_text(page.title)]],
    }


def _heading(level: int, identity: str, kind: str, inlines: list[Node]) -> Node:
    return {"t": "Header", "c": [level, [identity, [kind], []], inlines]}


def _span(kind: str, text: str) -> Node:
    return {"t": "Span", "c": [["", [kind], []], [_text(text)]]}


def _text(text: str) -> Node:
    return {"t": "Str", "c": text}


def _meta(value: str | Sequence[str] | dict[str, Any]) -> Node:
    """Return a value as pandoc's metadata hold it; no text is read as Markdown."""
    if isinstance(value, str):
        return {"t": "MetaString", "c": value}
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: _meta(each) for key, each in value.items()}}
    return {"t": "MetaList", "c": [_meta(each) for each in value]}

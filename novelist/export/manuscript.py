"""A whole book for export: its edition, and its parts and chapters as pandoc reads them, vetted.

Knows how a book's chapters become one document. Knows no format that it is exported to.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from novelist.book.matter import BY_NAME
from novelist.book.settings import read_edition
from novelist.edits import assembly
from novelist.errors import BookError, ExportError
from novelist.export import as_typed, footnotes, markdown, pandoc, pictures, quotes, ruby
from novelist.export.sanitize import Node, Sanitizer
from novelist.language import labels, lookup
from novelist.language.matter import page_title
from novelist.text import clean, counted, is_language_tag, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.book.edition import Edition
    from novelist.book.matter import PageKind, Place
    from novelist.language.table import Language
    from novelist.targets.snapshot import Snapshot

# CommonMark, which takes the least of what a novel has in it for anything else than words.
READER = "commonmark+footnotes+strikeout"
CHAPTERS_AT_ONCE = 50  # chapters: the tree of a page is a hundred times its text
ALSO_BY, COPYRIGHT = "also-by", BY_NAME["copyright"]
EPOCH_DIGITS, LATEST_EPOCH = 12, 4_354_819_199  # 2107, where a zip's time ends


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
        page = _export_page(COPYRIGHT, COPYRIGHT.name, COPYRIGHT.place, title, blocks, headed=False)
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


@dataclass
class Hints:
    """What a person could do for the book, seen while its chapters are looked through."""

    typed: as_typed.Counts = field(default_factory=as_typed.Counts)
    undescribed: list[int] = field(default_factory=list)  # chapters, one for each picture without words
    pages: int = 0  # such pictures in front and back matter

    def look(self, number: int, blocks: list[Node]) -> None:
        """Look through the vetted blocks of a chapter."""
        self.typed.add(number, blocks)
        self.undescribed += [number] * pictures.undescribed(blocks)

    def lines(self) -> list[str]:
        """Return what there is to be said, a line each."""
        lines = [self.typed.line()]
        if self.undescribed:
            one = len(self.undescribed) == 1
            where = as_typed.listed(list(dict.fromkeys(self.undescribed)))
            lines.append(
                f"{counted(len(self.undescribed), 'picture')} {'has' if one else 'have'} no words for who cannot see "
                f"{'it' if one else 'them'} ({where}). Write some between the brackets of `![]`."
            )
        return [line for line in lines if line]


def read(snapshot: Snapshot) -> Manuscript:
    """Return the manuscript of a book. Raises BookError, and ExportError where pandoc is missing or fails."""
    premise, edition = snapshot.premise, read_edition(snapshot.book.premise)
    table = lookup.table(premise.language)
    marks = table.quotes
    sanitizer = Sanitizer(snapshot.book.root, marks)
    bodies = map(assembly.body, snapshot.chapters)
    texts = [readable(text, table) for text in bodies]
    for target, text in zip(snapshot.chapters, texts, strict=True):
        _check_footnotes(target.path, text)
    hints = Hints()
    try:
        chapters = list(_chapters(snapshot, texts, sanitizer, hints))
        pages = _pages(snapshot, sanitizer, hints)
    except RecursionError as error:
        raise ExportError(pandoc.TOO_DEEP, why=pandoc.DEPTH) from error
    pictures.check(sanitizer.pictures)
    contents: list[ExportPart | ExportChapter] = [page for page in pages if page.place == "front"]
    for (part, target), chapter in zip(assembly.by_part(snapshot), chapters, strict=True):
        if part is not None:
            place = target.section.part or 0
            contents.append(ExportPart(quotes.curled(clean(part.heading), marks), f"part-{place + 1}"))
        contents.append(chapter)
    contents += (page for page in pages if page.place == "back")
    return Manuscript(
        title=quotes.curled(clean(snapshot.title), marks),
        author=quotes.curled(clean(premise.author), marks),
        language=premise.language.replace("_", "-"),
        edition=replace(edition, subtitle=quotes.curled(edition.subtitle, marks)),
        contents=contents,
        pictures=sanitizer.pictures,
        words=assembly.words(snapshot),
        at=_at(snapshot, edition),
        notes=sanitizer.notes,
        hints=hints.lines(),
        described=not (hints.undescribed or hints.pages),
    )


def readable(text: str, table: Language) -> str:
    """Return a text in a language as `READER` is to read it."""
    return markdown.readable(text, table.dash, japanese=table.code == "ja")


def _check_footnotes(path: Path, text: str) -> None:
    """Raise BookError for footnotes in the text of a file that no program comes to an end with."""
    if note := footnotes.endless(text):
        message = f"the footnote `[^{printable(note)}]` leads to itself. Take the mark out of its text."
        raise BookError(path, None, message, why="It would be followed for ever.")
    if (told := footnotes.told(text)) > footnotes.MOST_TOLD:
        message = f"with its footnotes within footnotes it has {told:,} characters. Take marks out of their texts."
        why = "A footnote with two marks in it is told with both of their texts, and so are those."
        raise BookError(path, None, message, why=why)


def _chapters(snapshot: Snapshot, texts: Sequence[str], sanitizer: Sanitizer, hints: Hints) -> Iterator[ExportChapter]:
    marks = sanitizer.marks
    for first in range(0, len(texts), CHAPTERS_AT_ONCE):
        for number, read in enumerate(_blocks(texts[first : first + CHAPTERS_AT_ONCE]), first + 1):
            section = snapshot.section(number)
            blocks = sanitizer.blocks(read)
            hints.look(number, blocks)
            quotes.curl(blocks, marks)
            vetted = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
            title = quotes.curled(clean(section.title), marks)
            # A title that is its own label says the number.
            shown = None if labels.only(section.title, "chapter") else snapshot.outline.numbers[number - 1]
            yield ExportChapter(shown, title, f"chapter-{section.id}", vetted)


def _pages(snapshot: Snapshot, sanitizer: Sanitizer, hints: Hints) -> list[ExportPage]:
    """Return the pages of front and back matter, vetted. Raises BookError."""
    pages = assembly.matter(snapshot)
    if not pages:
        return []
    table = lookup.table(snapshot.premise.language)
    texts = [readable(page.body, table) for page in pages]
    for page, text in zip(pages, texts, strict=True):
        _check_footnotes(page.path, text)
    exported: list[ExportPage] = []
    for page, read in zip(pages, _blocks(texts), strict=True):
        by_line = page.kind is not None and not page.kind.headed
        blocks = _paragraphs(sanitizer.blocks(_line_by_line(read))) if by_line else sanitizer.blocks(read)
        hints.pages += pictures.undescribed(blocks)
        quotes.curl(blocks, sanitizer.marks)
        sanitized = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
        title = quotes.curled(clean(page.title), sanitizer.marks)
        same = sum(each.name == page.name for each in exported)
        one = _export_page(page.kind, page.name, page.place, title, sanitized, headed=page.headed)
        exported.append(
            replace(one, id=f"{one.id}-{same + 1}", opens=page.opens) if same else replace(one, opens=page.opens)
        )
    return exported


def _line_by_line(blocks: list[Node]) -> list[Node]:
    """Return blocks in which each line ends where it was typed to end, as those of a dedication do."""
    text = json.dumps(blocks, separators=(",", ":")).replace('{"t":"SoftBreak"}', '{"t":"LineBreak"}')
    lines: list[Node] = json.loads(text)
    return lines


def _paragraphs(blocks: list[Node]) -> list[Node]:
    """Return vetted blocks in which lines that keep their ends are a paragraph's: they are set as the page is."""
    return [
        {"t": "Para", "c": [each for line in block["c"] for each in ({"t": "LineBreak"}, *line)][1:]}
        if block["t"] == "LineBlock"
        else block
        for block in blocks
    ]


def _export_page(  # noqa: PLR0913 - all that there is to a page
    kind: PageKind | None, name: str, place: Place, title: str, blocks: str, *, headed: bool
) -> ExportPage:
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
    said = [("role", page.role), *([("epub:type", page.type)] if epub else [])]
    return {
        "t": "Header",
        "c": [1, [page.id, kinds, [list(pair) for pair in said if pair[1]]], [_text(page.title)]],
    }


def _blocks(texts: Sequence[str]) -> list[list[Node]]:
    """Return what pandoc reads in each of some texts; a file each, so that none ends in the middle of another."""
    mark = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="novelist-") as folder:
        names = [f"{number}.md" for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (Path(folder) / name).write_text(f"# {mark}\n\n{text}\n", encoding="utf-8")
        done = pandoc.run(["--sandbox", "--file-scope", f"--from={READER}", "--to=json", *names], folder=Path(folder))
    read: list[list[Node]] = []
    try:
        blocks = json.loads(done)["blocks"]
    except ValueError as error:
        message = f"{pandoc.find()[0]} does not answer as pandoc does. Install pandoc anew."
        raise ExportError(message) from error
    for block in blocks:
        if block["t"] == "Header" and block["c"][2] == [{"t": "Str", "c": mark}]:
            read.append([])
        else:
            read[-1].append(block)
    return read


def _at(snapshot: Snapshot, edition: Edition) -> int:
    """Return when the book was last changed, in seconds since 1970: `SOURCE_DATE_EPOCH`, else its newest source."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) <= EPOCH_DIGITS and int(epoch) <= LATEST_EPOCH:
        return int(epoch)
    chapters = [chapter.path for chapter in snapshot.chapters]
    pages = [page.path for page in snapshot.matter]
    cover = [edition.cover] if edition.cover else []
    sources = [snapshot.book.premise, snapshot.book.outline, *chapters, *pages, *cover]
    return min(max(0, int(max(path.stat().st_mtime for path in sources))), LATEST_EPOCH)


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

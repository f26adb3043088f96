"""A book's chapters and pages as pandoc reads them, vetted: from its files to the manuscript that is exported.

Knows what is read of them, and when the book was last changed. Knows no format that it is exported to.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.settings import read_edition
from novelist.edits import assembly
from novelist.errors import BookError, ExportError
from novelist.export import as_typed, footnotes, markdown, pandoc, pictures, quotes
from novelist.export.manuscript import ExportChapter, ExportPage, ExportPart, Manuscript, export_page
from novelist.export.sanitize import Node, Sanitizer
from novelist.language import labels, lookup
from novelist.text import clean, counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.book.edition import Edition
    from novelist.language.table import Language
    from novelist.targets.snapshot import Snapshot

# CommonMark, which takes the least of what a novel has in it for anything else than words.
READER = "commonmark+footnotes+strikeout"
CHAPTERS_AT_ONCE = 50  # chapters: the tree of a page is a hundred times its text
EPOCH_DIGITS, LATEST_EPOCH = 12, 4_354_819_199  # 2107, where a zip's time ends


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
        for number, read in enumerate(read_texts(texts[first : first + CHAPTERS_AT_ONCE]), first + 1):
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
    for page, read in zip(pages, read_texts(texts), strict=True):
        by_line = page.kind is not None and not page.kind.headed
        blocks = _paragraphs(sanitizer.blocks(_line_by_line(read))) if by_line else sanitizer.blocks(read)
        hints.pages += pictures.undescribed(blocks)
        quotes.curl(blocks, sanitizer.marks)
        sanitized = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
        title = quotes.curled(clean(page.title), sanitizer.marks)
        same = sum(each.name == page.name for each in exported)
        one = export_page(page.kind, page.name, page.place, title, sanitized, headed=page.headed)
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


def read_texts(texts: Sequence[str]) -> list[list[Node]]:
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

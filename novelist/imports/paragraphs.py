"""The paragraphs of a DOCX under its headings, with what readers noted beside them.

Knows pandoc's tree (pandoc-types 1.23), and how it tells of comments and tracked changes. Knows no book.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from novelist.book import breaks
from novelist.book.bounds import LARGEST_FILE, MEGABYTE
from novelist.errors import BookError, ExportError
from novelist.text import clean
from novelist.words import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from novelist.export.sanitize import Node

# A token of a comparison: a character where words have no spaces between them, else a word, a mark, or a run of blanks.
TOKEN = re.compile(rf"\n|[^\S\n\xa0]+|[{UNSPACED}]|[^\W_{UNSPACED}]+|.", re.DOTALL)
CREATED = re.compile(rb"<dcterms:created[^>]*>([0-9T:-]{19})")
STYLES = frozenset({"Emph", "Strong", "Strikeout"})  # that Markdown has
NOTE, PICTURE = "\x02", "\x03"  # stand for a footnote's mark and for a picture: no text has these characters
BREAK = "#"  # between two scenes, as the DOCX has it

Kind = Literal["", "heading", "break", "quote", "list", "code", "note", "other"]


class Word(NamedTuple):
    """A token, and the styles that it has: pandoc's names, and `Code` or `Link` with the address."""

    text: str
    styles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Remark:
    """What a reader noted on the passage that it is `about`: a comment, or a change that they suggest."""

    kind: Literal["comment", "insertion", "deletion"]
    author: str
    about: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its tokens, where it stands, and what was noted in it."""

    words: tuple[Word, ...]
    kind: Kind = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """Its text, without styles."""
        return "".join(word.text for word in self.words)


@dataclass
class Section:
    """A heading, empty before the first one, and the paragraphs below it."""

    heading: str
    paragraphs: list[Paragraph] = field(default_factory=list)


def read(content: bytes, path: Path, level: int) -> list[Section]:
    """Return the sections of a DOCX, which is from `path`: a heading of `level`, or of one above it, opens one.

    Raises BookError where it cannot be read, and ExportError where there is no pandoc.
    """
    from novelist.export import pandoc  # noqa: PLC0415 - only this form needs it

    pandoc.find()
    damaged = BookError(path, None, "it cannot be read as DOCX. Save it again.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_FILE:
                message = f"it holds more than {LARGEST_FILE // MEGABYTE} MB. Take its pictures out."
                raise BookError(path, None, message, why="What is packed in it is larger than it looks.")
        with tempfile.TemporaryDirectory(prefix="novelist-") as name:
            arguments = ["--sandbox", "--from=docx", "--track-changes=all", "--to=json"]
            blocks = json.loads(pandoc.run(arguments, content, folder=Path(name)))["blocks"]
        return _Reader().sections(blocks, level)
    except (zipfile.BadZipFile, OSError, ExportError, RecursionError, ValueError) as error:
        raise damaged from error


def created(content: bytes) -> str:
    """Return when a DOCX was made first, which word processors leave as it is; empty where it does not say."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entry = packed.getinfo("docProps/core.xml")
            about = packed.read(entry) if entry.file_size <= MEGABYTE else b""
    except (zipfile.BadZipFile, OSError, KeyError, ValueError):
        return ""
    match = CREATED.search(about)
    return match[1].decode("ascii", "replace") if match else ""


def tokens(text: str, styles: frozenset[str] = frozenset()) -> Iterator[Word]:
    """Yield the tokens of a text; a run of blanks is one blank."""
    yield from _tokens(clean(text), styles)


def _tokens(text: str, styles: frozenset[str]) -> Iterator[Word]:
    for each in TOKEN.findall(text):
        yield Word(" " if each not in "\n\xa0\u3000" and not each.strip() else each, styles)


def joined(words: Iterable[Word]) -> Iterator[Word]:
    """Yield the tokens of what came in pieces, as word processors cut it, and as it is without what is suggested."""
    for styles, alike in groupby(words, key=lambda word: word.styles):
        yield from _tokens("".join(word.text for word in alike), styles)


def trimmed(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return tokens without blanks at both ends, around an end of line, and behind another."""
    kept: list[Word] = []
    for word in words:
        if not word.text.strip() and word.text != "\xa0":
            if not kept or kept[-1].text == "\n" or (word.text == " " and kept[-1].text == " "):
                continue
            if word.text == "\n" and kept[-1].text == " ":
                kept.pop()
        kept.append(word)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


class _Line:
    """A paragraph while it is read: its tokens, without what was only suggested, and what was noted in it."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.notes: list[list[Node]] = []
        self.remarks: list[tuple[int, Remark]] = []
        self.joined = False  # whether its end is only suggested

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()

    def add(self, nodes: Iterable[Node], styles: frozenset[str] = frozenset()) -> None:
        for node in nodes:
            self._add(node["t"], node.get("c"), styles)

    def _add(self, kind: str, content: Any, styles: frozenset[str]) -> None:  # noqa: ANN401 - what JSON holds
        if kind == "Str":
            self.words += tokens(content, styles)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            self.words.append(Word("\n" if kind == "LineBreak" else " ", styles))
        elif kind == "Code":
            self.words += tokens(content[1], styles | {"Code"})
        elif kind == "Link":
            self.add(content[1], styles | {f"Link {content[2][0]}"})
        elif kind == "Image":
            self.words.append(Word(PICTURE))
        elif kind == "Note":
            self.words.append(Word(NOTE))
            self.notes.append(content)
        elif kind == "Span":
            self._span(content[0], content[1], styles)
        elif kind == "Quoted":
            self.add(content[1], styles)
        elif isinstance(content, list):
            self.add(content, styles | ({kind} & STYLES))

    def _span(self, about: list[Any], inner: list[Node], styles: frozenset[str]) -> None:
        kinds, given = about[1], dict(about[2])
        author = given.get("author", "")
        if "insertion" in kinds or "deletion" in kinds:
            suggested = _Line()
            suggested.add(inner, styles)
            kind: Literal["insertion", "deletion"] = "insertion" if "insertion" in kinds else "deletion"
            self.remarks.append((len(self.words), Remark(kind, author, "", suggested.text)))
            if kind == "deletion":  # which stays until somebody accepts it
                self.words += suggested.words
                self.notes += suggested.notes
        elif "comment-start" in kinds:
            line = _Line()
            line.add(inner)
            remark = Remark("comment", author, given.get("id", ""), " ".join(line.text.split()))
            self.remarks.append((len(self.words), remark))
        elif "comment-end" in kinds:
            self.remarks = [self._ended(at, remark, given.get("id", "")) for at, remark in self.remarks]
        elif "paragraph-insertion" in kinds:
            self.joined = True
        else:
            self.add(inner, styles)

    def _ended(self, at: int, remark: Remark, identity: str) -> tuple[int, Remark]:
        """Return a remark with the passage that it is about, where it is the comment that ends here."""
        if remark.kind != "comment" or at < 0 or remark.about != identity:
            return at, remark
        passage = "".join(word.text for word in self.words[at:]).strip()
        return -1, Remark("comment", remark.author, passage, remark.text)

    def take(self, other: _Line) -> None:
        """Take what stands in the paragraph below, where the end of this one is only suggested."""
        if self.words and other.words:
            self.words.append(Word(" "))
        size = len(self.words)
        self.words += other.words
        self.notes += other.notes
        self.remarks += [(at + size if at >= 0 else at, remark) for at, remark in other.remarks]
        self.joined = other.joined

    def read(self) -> tuple[Remark, ...]:
        """Return what was noted: what is suggested is about its paragraph, and so is the end of a longer comment."""
        rest = [self._ended(at, remark, remark.about) for at, remark in self.remarks]
        return tuple(remark if remark.about else replace(remark, about=self.text) for _, remark in rest)


class _Reader:
    """The paragraphs of a document in their order, those of a footnote behind the one that it is told in."""

    def __init__(self) -> None:
        self._sections = [Section("")]
        self._open: _Line | None = None

    def sections(self, blocks: list[Node], level: int) -> list[Section]:
        for block in blocks:
            if block["t"] == "Header" and block["c"][0] <= level:
                self._end()
                line = _Line()
                line.add(block["c"][2])
                self._sections.append(Section("".join(word.text for word in trimmed(line.words))))
                self._remarks_only(line)
            else:
                self._block(block, "")
        self._end()
        return self._sections

    def _end(self) -> None:
        """Close a paragraph whose end is only suggested, where no other one follows."""
        if self._open is not None:
            self._close(self._open, "")
            self._open = None

    def _remarks_only(self, line: _Line) -> None:
        if line.remarks:
            self._sections[-1].paragraphs.append(Paragraph((), "heading", line.read()))

    def _block(self, block: Node, kind: Kind) -> None:
        name, content = block["t"], cast("Any", block.get("c"))
        if name in ("Para", "Plain"):
            self._paragraph(content, kind)
        elif name == "Header":
            self._paragraph(content[2], "heading")
        elif name == "BlockQuote":
            self._blocks(content, "quote")
        elif name in ("BulletList", "OrderedList"):
            for item in content if name == "BulletList" else content[1]:
                self._blocks(item, "list")
        elif name == "CodeBlock":
            self._add(Paragraph(trimmed(tokens(content[1])), "code"))
        elif name == "HorizontalRule":
            self._add(Paragraph((Word(BREAK),), "break"))
        elif name in ("Div", "Figure"):
            self._blocks(content[-1], kind)
        elif text := " ".join(_texts(content)):
            self._add(Paragraph(trimmed(tokens(text)), "other"))

    def _blocks(self, blocks: list[Node], kind: Kind) -> None:
        for block in blocks:
            self._block(block, kind)

    def _paragraph(self, inlines: list[Node], kind: Kind) -> None:
        line = _Line()
        line.add(inlines)
        if self._open is not None:
            self._open.take(line)
            line = self._open
        self._open = line if line.joined else None
        if self._open is None:
            self._close(line, kind)

    def _close(self, line: _Line, kind: Kind) -> None:
        words = trimmed(joined(line.words))
        self._add(Paragraph((Word(BREAK),), "break") if is_break(words) else Paragraph(words, kind, line.read()))
        for note in line.notes:
            self._blocks(note, "note")

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.words or paragraph.remarks:
            self._sections[-1].paragraphs.append(paragraph)


def is_break(words: tuple[Word, ...]) -> bool:
    """Say whether this stands alone in a paragraph between two scenes."""
    return bool(words) and breaks.is_break("".join(word.text for word in words))


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)
    elif isinstance(node, dict):
        if node.get("t") == "Str":
            yield node["c"]
        else:
            yield from _texts(node.get("c"))

"""A project of novelWriter: nwProject.nwx, which names its documents in order, and content/*.nwd, which are these.

Knows the forms as its documentation has them: comments, tags, kinds of headings, codes in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from novelist.book.files import Files
from novelist.book.headings import tidy_title
from novelist.book.outline import Part
from novelist.errors import BookError
from novelist.imports import reading
from novelist.imports.imported import Imported, ImportedChapter, Leftover, titled
from novelist.imports.manuscript import begins
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROJECT = "nwProject.nwx"
CONTENT = "content"
HANDLE = re.compile(r"[0-9a-f]{13}")
HEADING = re.compile(r"(#{1,4})(!?)[ \t]+(.*)$")
SYNOPSIS = re.compile(r"%[ \t]*(?:synopsis|short)[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
FOOTNOTE = re.compile(r"%[ \t]*footnote\.(\w+)[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
ALIGNED = re.compile(r"^(?:>{1,2}[ \t]+)?(.*?)(?:[ \t]+<{1,2})?$")
LAYOUT = re.compile(r"\[(?:new ?page|vspace(?::\d+)?)\][ \t]*$", re.IGNORECASE)
CODES = {"[i]": "*", "[/i]": "*", "[b]": "**", "[/b]": "**", "[s]": "~~", "[/s]": "~~", "[br]": "  \n"}
CODE = re.compile(r"\[/?(?:[ibs]|br)\]", re.IGNORECASE)
NOTED = re.compile(r"\[footnote:(\w+)\]", re.IGNORECASE)
BREAK = "* * *"
BESIDE = "a note or a document that is not in the novel"


@dataclass(frozen=True)
class _Document:
    """One document of a project, by what the project says of it."""

    handle: str
    name: str
    in_novel: bool


@dataclass
class _Chapter:
    """A chapter as it is read: its heading, its lines, and what is said of it and of its scenes."""

    heading: str
    part: int | None
    unnumbered: bool
    lines: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def imported(self) -> ImportedChapter:
        prose = "\n".join([*self.lines, *(["", *self.notes] if self.notes else [])]).strip("\n")
        prose = re.sub(r"\n{3,}", "\n\n", prose)
        prose = prose if count_words(prose) else ""
        about = "\n\n".join(self.about) or begins(prose)
        return ImportedChapter(titled(self.heading), prose, about, self.part, "", self.heading, "", self.unnumbered)


def read(path: Path) -> Imported:
    """Return what a project holds. Raises BookError for what is no project, and for one without prose."""
    root = _parsed(path)
    project = root.find("project")
    named = {
        what: tidy_title((project.findtext(what) or "") if project is not None else "")
        for what in ("title", "name", "author")
    }
    language = tidy_title(root.findtext("settings/language") or "").replace("_", "-")
    splitting = _Reading(path, named["author"])
    documents = list(_documents(root))
    for document in documents:
        splitting.take(document)
    splitting.rest({document.handle for document in documents})
    chapters = tuple(chapter.imported() for chapter in splitting.chapters)
    if not any(chapter.prose for chapter in chapters):
        raise BookError(path, None, "there is no prose in this project's novel. Import one that has some.")
    comments = "\n\n".join(splitting.comments)
    kept = (
        [Leftover("Comments", comments, "comments and tags of the project", story=False)]
        if count_words(comments)
        else []
    )
    return Imported(
        title=named["title"] or splitting.title or named["name"] or "Untitled",
        chapters=chapters,
        author=named["author"],
        language="" if language.casefold() == "none" else language,
        parts=tuple(map(Part, splitting.parts)),
        asides=(*splitting.asides, *kept),
        notes=(*splitting.notes, *reading.linked([chapter.prose for chapter in chapters])),
    )


def _parsed(path: Path) -> ET.Element:
    text = reading.text_of(path)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BookError(path, None, "a project of novelWriter has no document type. Give the file as it was saved.")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there is nothing that could be expanded
    except (ET.ParseError, RecursionError) as error:
        raise BookError(path, None, f"this is not XML ({error}). Give the file as novelWriter saved it.") from error
    if root.tag != "novelWriterXML":
        raise BookError(path, None, "this is no project of novelWriter. Give its nwProject.nwx, or its folder.")
    return root


def _documents(root: ET.Element) -> Iterator[_Document]:
    """Yield the documents of a project, each before those below it, in their order."""
    items = root.findall("content/item")
    below: dict[str, list[tuple[int, int, ET.Element]]] = {}
    handles = {_said(item, "handle") for item in items}
    for place, item in enumerate(items):
        parent = _said(item, "parent")
        order = _said(item, "order")
        number = int(order) if order.isdecimal() and len(order) < 9 else place
        below.setdefault(parent if parent in handles else "", []).append((number, place, item))
    seen: set[int] = set()
    # Behind those that stand below none come those that are below one another in a circle.
    first = [each[2] for each in sorted(below.get("", []), key=itemgetter(0, 1))]
    waiting = [*reversed(items), *reversed(first)]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        handle = _said(item, "handle")
        if _said(item, "type").upper() == "FILE" and HANDLE.fullmatch(handle):
            name = item.find("name")
            active = name.get("active", "yes") if name is not None else "yes"
            exported = item.findtext("exported") or "True"
            novel = _said(item, "class").upper() == "NOVEL" and _said(item, "layout").upper() != "NOTE"
            yield _Document(
                handle, tidy_title(item.findtext("name") or ""), novel and active != "no" and exported != "False"
            )
        waiting += [each[2] for each in sorted(below.get(handle, []), key=itemgetter(0, 1), reverse=True)]


def _said(item: ET.Element, key: str) -> str:
    """Return what an item says by an attribute, as it does now, or by an element, as it did."""
    return item.get(key) or item.findtext(key) or ""


class _Reading:
    """One reading of a project's documents, one after the other."""

    def __init__(self, path: Path, author: str) -> None:
        self.author = author
        self.folder = path.parent
        self.inside = not (self.folder / CONTENT).is_symlink()
        self.title = ""
        self.parts: list[str] = []
        self.chapters: list[_Chapter] = []
        self.asides: list[Leftover] = []
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.open: _Chapter | None = None

    def take(self, document: _Document) -> None:
        """Take one document: its prose into chapters, its comments and all others by."""
        path = self.folder / CONTENT / f"{document.handle}.nwd"
        if not self.inside or path.is_symlink() or not path.is_file():
            self.notes.append(f"The document `{document.name}` is not there, and so is left out.")
            return
        text, note = reading.prose_of(reading.text_of(path), document.name)
        self.notes += [note] if note else []
        lines = [line.rstrip("\r") for line in text.split("\n") if not line.startswith("%%~")]
        if not document.in_novel:
            whole = "\n".join(lines).strip()
            if count_words(whole):
                self.asides.append(Leftover(document.name or "A document", whole, BESIDE))
            return
        loose: list[str] = []
        for line in lines:
            self.line(line, loose, document.name)
        names = [tidy_title(re.sub(r"^by\s+", "", line, flags=re.IGNORECASE)) for line in loose]
        if any(name != self.author for name in names if count_words(name)):
            self.asides.append(
                Leftover(
                    document.name or "Title page", "\n".join(loose).strip(), "what stands before the first chapter"
                )
            )

    def rest(self, known: set[str]) -> None:
        """Take by what lies in the project's folder and is not named in it."""
        for name in Files(self.folder).names(self.folder / CONTENT, whatever=True) if self.inside else []:
            if name.endswith(".nwd") and name.removesuffix(".nwd") not in known:
                self.take(_Document(name.removesuffix(".nwd"), name, in_novel=False))

    def line(self, line: str, loose: list[str], name: str) -> None:
        """Take one line of a document of the novel; what is in no chapter yet is put into `loose`."""
        target = self.open.lines if self.open else loose
        if heading := HEADING.match(line):
            self.heading(len(heading[1]), tidy_title(heading[3]), special=bool(heading[2]))
        elif (synopsis := SYNOPSIS.match(line)) and self.open:
            self.open.about.append(synopsis[1])
        elif (footnote := FOOTNOTE.match(line)) and self.open:
            self.open.notes += ["", f"[^{footnote[1]}]: {_prose(footnote[2])}"]
        elif line.startswith(("%", "@")):
            self.comments.append(f"{name}: {line.lstrip('%~ ')}")
        elif not LAYOUT.match(line):
            target.append(_prose(line))

    def heading(self, level: int, title: str, *, special: bool) -> None:
        """Begin what a heading begins: a part, a chapter, or a scene."""
        if level == 1 and special:
            self.title = self.title or title
            self.open = None
        elif level == 1:
            self.parts.append(title)
            self.open = None
        elif level == 2:
            self.open = _Chapter(title, len(self.parts) - 1 if self.parts else None, special)
            self.chapters.append(self.open)
        elif self.open is None:
            self.comments.append(title)
        else:
            self.open.about.append(title if title.endswith((".", "!", "?")) else f"{title}.")
            if level == 3 and count_words("\n".join(self.open.lines)):
                self.open.lines += ["", BREAK, ""]


def _prose(line: str) -> str:
    """Return a line without the marks by which it is aligned, and with Markdown's emphasis."""
    aligned = ALIGNED.match(line.rstrip()) if line.startswith(">") or line.rstrip().endswith("<") else None
    text = aligned[1] if aligned else line
    text = CODE.sub(lambda code: CODES[code[0].lower()], text)
    return NOTED.sub(r"[^\1]", text)

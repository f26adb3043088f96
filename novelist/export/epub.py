"""EPUB 3, which pandoc writes: one file per chapter, and nothing in it that changes where the book has not.

Knows what pandoc wants of a manuscript. Its stylesheet is `epub.css`.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from novelist.export import cover, pandoc
from novelist.export.archive import rewritten
from novelist.export.manuscript import ExportPage, ExportPart
from novelist.export.untitled import untitled
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.export.manuscript import Manuscript

SUBTITLE = re.compile('<h1 class="subtitle">(.*?)</h1>')
IMPRINT = re.compile(r'\s*<(p|div) class="(?:date|rights)">.*?</\1>', re.DOTALL)
BODY = re.compile('<body epub:type="[a-z]*">')
CSS = Path(__file__).with_name("epub.css")
PORTABLE = re.compile("[a-z0-9-]{1,100}")  # names of files in which no reader’s device finds fault
# In pandoc's files every `<` of a text is escaped, so that what stands in a tag is never prose.
TAG = re.compile("<[^<>]*>")
FILE = re.compile(r"\b(ch[0-9]{3,})([._]xhtml)\b")
SECTION = re.compile(r'<section id="([^"]*)"')
TITLE_PAGE = re.compile('<itemref idref="title_page_xhtml"[^<>]*/>')
CLAIM = re.compile(r'\s*<meta property="schema:accessibilityFeature">alternativeText</meta>')


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:  # noqa: ARG001 - as for each format
    """Return the book as EPUB 3. Raises ExportError."""
    book = book.with_copyright()
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        folder = Path(name)
        book.put_pictures(folder)
        image, kind = cover.of(book)
        (folder / f"cover.{kind}").write_bytes(image)
        pandoc.run(
            [
                "--from=json",
                "--to=epub3",
                "--output=book.epub",
                "--wrap=none",
                "--toc-depth=2",
                f"--split-level={book.top}",
                f"--css={CSS}",
                f"--epub-cover-image=cover.{kind}",
            ],
            book.document(book.headed("."), _meta(book)),
            folder=folder,
            environ={**os.environ, "SOURCE_DATE_EPOCH": str(book.at)},
        )
        return _finished((folder / "book.epub").read_bytes(), book)


def _meta(book: Manuscript) -> dict[str, Any]:
    """Return what pandoc makes the package's metadata of (pandoc's manual, "EPUB Metadata")."""
    edition = book.edition
    return {
        "title": _title(book),
        "author": [book.author] if book.author else [],
        "lang": book.tag or "und",  # it must have one
        "identifier": [{"scheme": f"ISBN-{len(edition.isbn)}" if edition.isbn else "UUID", "text": book.identifier}],
        "publisher": edition.publisher,
        "rights": edition.rights,
        "date": edition.date,
        "description": edition.description,
        "subject": list(edition.subjects),
        "belongs-to-collection": edition.series,
        "group-position": edition.volume,
        "page-progression-direction": "rtl" if book.rtl else "",
    }


def _title(book: Manuscript) -> str | list[dict[str, str]]:
    """Return the title as pandoc's metadata have it, with the subtitle where there is one."""
    subtitle = book.edition.subtitle
    return [{"type": "main", "text": book.title}, {"type": "subtitle", "text": subtitle}] if subtitle else book.title


@dataclass(frozen=True)
class _File:
    """The file of a part, a chapter or a page: its name, which is the same wherever it stands, and its title."""

    name: str
    title: str
    page: ExportPage | None = None


def _files(packed: bytes, book: Manuscript) -> dict[str, _File]:
    """Return the files of parts and chapters by the names that pandoc gives them, by their places."""
    by_id = {
        each.id: _File(
            _file_name(each.id),
            each.heading if isinstance(each, ExportPart) else each.title or str(each.number),
            each if isinstance(each, ExportPage) else None,
        )
        for each in book.contents
    }
    with ZipFile(BytesIO(packed)) as archive:
        texts = {Path(name).stem: archive.read(name).decode() for name in archive.namelist() if FILE.search(name)}
    sections = {stem: SECTION.search(text) for stem, text in texts.items()}
    return {stem: by_id[unescape(section[1])] for stem, section in sections.items() if section}


def _file_name(identity: str) -> str:
    """Return the name of the file of what has such an identity: readers' devices keep notes by it."""
    return identity if PORTABLE.fullmatch(identity) else f"chapter-{digest(identity)}"


def _finished(packed: bytes, book: Manuscript) -> bytes:
    """Return an EPUB of pandoc's with what pandoc has no say for: names, titles, direction, landmarks and claims."""
    files = _files(packed, book)

    def renamed(match: re.Match[str]) -> str:
        return files[match[1]].name + match[2] if match[1] in files else match[0]

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith((".xhtml", ".opf", ".ncx")):
            return data
        text = TAG.sub(lambda tag: FILE.sub(renamed, tag[0]), data.decode())
        if name.endswith(".xhtml"):
            text = _page(text, files.get(Path(name).stem), Path(name).name, book)
        if name.endswith("nav.xhtml"):
            text = _with_landmarks(text, files)
        if name.endswith(".opf"):
            text = _package(text, files, book)
        return text.encode()

    return rewritten(packed, book.at, change, lambda name: FILE.sub(renamed, name))


def _page(text: str, file: _File | None, name: str, book: Manuscript) -> str:
    """Return a page with its direction, its title where pandoc puts the file's name, and words for a cover."""
    if book.rtl:
        text = text.replace("<html ", '<html dir="rtl" ', 1)
    if file:
        text = text.replace(f"<title>{name}</title>", f"<title>{escape(file.title)}</title>", 1)
    if file and file.page:
        text = untitled(BODY.sub(f'<body epub:type="{file.page.place}matter">', text, count=1))
    if name == "title_page.xhtml":
        # What the rights are, and when it was published, stands on the copyright page.
        text = SUBTITLE.sub(r'<p class="subtitle">\1</p>', IMPRINT.sub("", text))
    if name == "cover.xhtml":
        text = text.replace("<svg ", f'<svg role="img" aria-label="{escape(book.title)}" ', 1)
    return text


def _with_landmarks(nav: str, files: Mapping[str, _File]) -> str:
    """Return the navigation with landmarks to itself and to where the story begins."""
    first = next(file for file in files.values() if not file.page)
    added = (
        '<li>\n      <a href="#toc" epub:type="toc">Contents</a>\n    </li>\n    '
        f'<li>\n      <a href="text/{first.name}.xhtml" epub:type="bodymatter">{escape(first.title)}</a>\n    </li>\n  '
    )
    before, mark, landmarks = nav.rpartition('epub:type="landmarks"')
    return before + mark + landmarks.replace("</ol>", f"  {added}</ol>", 1)


def _package(text: str, files: Mapping[str, _File], book: Manuscript) -> str:
    """Return the package with a guide to where the story begins, and with such claims only as are true."""
    first = next(file for file in files.values() if not file.page)
    reference = f'<reference type="text" title="{escape(first.title)}" href="text/{first.name}.xhtml" />'
    text = text.replace("</guide>", f"  {reference}\n  </guide>", 1)
    # What the landmarks lead to has to be among the pages.
    opening = [file.name for file in files.values() if file.page and file.page.opens]
    before = re.compile(f'<itemref idref="{opening[-1]}_xhtml"[^<>]*/>') if opening else TITLE_PAGE
    text = before.sub(r'\g<0>\n    <itemref idref="nav" />', text, count=1)
    if not book.described:
        text = CLAIM.sub("", text, count=1)
        text = text.replace('accessModeSufficient">textual<', 'accessModeSufficient">textual,visual<', 1)
    if book.pictures:
        textual = '<meta property="schema:accessMode">textual</meta>'
        text = text.replace(textual, f"{textual}\n    {textual.replace('textual', 'visual')}", 1)
    if any(name.endswith(".gif") for name in book.pictures):  # which may flash
        text = text.replace('accessibilityHazard">none<', 'accessibilityHazard">unknown<', 1)
    return text

"""A folder of chapter files, in the order that a person counts in: `2.md` before `10.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.book.headings import tidy_title
from novelist.errors import BookError
from novelist.imports import reading
from novelist.imports.imported import Imported, ImportedChapter, listed, titled
from novelist.imports.manuscript import begins, headings
from novelist.language.matter import is_matter

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.imports.reading import Text

FORMS = (*reading.TEXTS, ".docx")


def read(folder: Path) -> Imported:
    """Return what a folder of chapters holds. Raises BookError where it has none, or is a book already."""
    if (folder / "premise.md").exists():
        raise BookError(folder, None, "it is a book of novelist already. Run `doit` there.")
    entries = sorted(
        (folder / name for name in Files(folder).names(folder, whatever=True) if not name.startswith(".")), key=_place
    )
    chapters: list[ImportedChapter] = []
    notes: list[str] = []
    others: list[str] = []
    author = language = ""
    for path in entries:
        named = titled(re.sub(r"^[0-9]+[\s._-]+(?=\S)", "", path.stem).replace("_", " ").replace("-", " "))
        if path.is_symlink() or not path.is_file() or path.suffix.casefold() not in FORMS or _beside(named):
            others.append(path.name)
            continue
        text = reading.read(path)
        title, prose = _titled(text, named)
        author, language = author or text.author, language or text.language
        notes += text.notes
        if prose.strip():
            chapters.append(ImportedChapter(title, prose, begins(prose)))
        else:
            others.append(path.name)
    if not chapters:
        raise BookError(folder, None, "it has no chapters. Put them in it, a file each: .md, .txt or .docx.")
    if others:
        notes.append(f"Left out of {folder.name}/, since they are no chapters: {listed(others, 20)}.")
    name = titled(folder.resolve().name.replace("_", " ").replace("-", " ")) or "Untitled"
    return Imported(name, tuple(chapters), author, language, notes=tuple(notes))


def _place(path: Path) -> list[tuple[int, int, str]]:
    """Return what a file is sorted by: numbers by their value, words whatever their case."""
    pieces = re.split(r"([0-9]+)", path.name.casefold())
    return [(0, int(piece), "") if piece.isdecimal() and len(piece) < 20 else (1, 0, piece) for piece in pieces]


def _beside(name: str) -> bool:
    """Say whether a file is known to be no chapter by its name."""
    return is_matter(name) or name.casefold() in ("readme", "notes", "license", "changelog")


def _titled(text: Text, named: str) -> tuple[str, str]:
    """Return the title of a chapter and its prose without it: its first heading, what its file says, or its name."""
    marks = headings(text.text, text.language)
    lines = text.text.split("\n")
    if marks and not "".join(lines[: marks[0].index]).strip() and marks[0].title:
        return text.title or marks[0].title, "\n".join(lines[marks[0].below :]).strip("\r\n")
    return text.title or tidy_title(named[:1].upper() + named[1:]), text.text.strip("\r\n")

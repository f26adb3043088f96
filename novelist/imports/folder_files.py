"""The files in a folder of chapters: what may be a chapter, where chapters are, and what each file holds.

Knows no order, and nothing of what is made of a file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from novelist.book.files import Files
from novelist.imports import beside, reading
from novelist.imports.collecting import MOST_PART_WORDS, ChapterFile
from novelist.imports.headings import headings
from novelist.imports.order import spoken
from novelist.language import labels
from novelist.words import count_words

FORMS = (*reading.TEXTS, ".docx")
SPLIT = (
    "chapters",
    "chapter",
    "src",
    "source",
    "manuscript",
    "book",
    "content",
    "text",
    "texts",
    "draft",
    "story",
    "novel",
)
# What stands above the heading of a part in Leanpub's Markdown, and before it.
PART_MARKS = re.compile(r"\{\s*class\s*[:=]\s*\"?part\"?\s*\}|-(?=#)")
ATTRIBUTES = re.compile(r"(?:[ \t\r\n]*\{[^{}\n]{0,200}\}[ \t\r]*\n)*[ \t\r\n]*(?:-(?=#))?")
BRACES = re.compile(r"\{[^{}\n]{0,200}\}")
PART_PAGES = ("index", "part", "readme")
LONGEST_NAME = 255  # bytes of the name of a file
DEEPEST = 4  # folders within one another that are looked into


class FolderFiles:
    """What is in a folder that somebody else may have made: no link is followed, and nothing outside is read."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; `read` are the files that were read, `marks` what was left out above their headings."""
        self.folder = folder
        self.read: dict[Path, ChapterFile] = {}
        self.marks: list[str] = []
        self._language = ""

    def names(self, folder: Path) -> list[str]:
        """Return the names in a folder, but for hidden ones."""
        return [name for name in Files(self.folder).names(folder, whatever=True) if not name.startswith(".")]

    def paths(self, folder: Path) -> list[Path]:
        """Return what is in a folder, but for what is hidden."""
        return [folder / name for name in self.names(folder)]

    def is_text(self, path: Path) -> bool:
        """Say whether it is a file that a chapter may be in."""
        return not path.is_symlink() and path.is_file() and path.suffix.casefold() in FORMS

    def is_folder(self, path: Path) -> bool:
        """Say whether it is a folder, and no link to one."""
        return not path.is_symlink() and path.is_dir()

    def has_texts(self, folder: Path, depth: int = 0) -> bool:
        """Say whether there is a text that may be a chapter somewhere in a folder."""
        paths = self.paths(folder)
        return any(self.is_text(path) and not beside.is_beside(path) for path in paths) or (
            depth < DEEPEST and any(self.is_folder(path) and self.has_texts(path, depth + 1) for path in paths)
        )

    def may_have_chapters(self, path: Path) -> bool:
        """Say whether it is a folder among chapters in which there may be some."""
        return self.is_folder(path) and not beside.holds_none(path) and self.has_texts(path)

    def inner(self, folder: Path) -> Path:
        """Return the folder in which the chapters are: it, or the only one in it that has some."""
        for _ in range(DEEPEST):
            paths = self.paths(folder)
            if any(self.is_text(path) and not beside.is_beside(path) for path in paths):
                return folder
            inside = [path for path in paths if self.may_have_chapters(path)]
            known = [path for path in inside if path.name.casefold() in SPLIT]
            alone = inside[0] if len(inside) == 1 else None
            if alone and labels.read(spoken(alone.name)) is None and self.part_page(alone) is None:
                folder = alone
            elif len(known) == 1:
                folder = known[0]
            else:
                return folder
        return folder

    def file(self, path: Path) -> ChapterFile:
        """Return what a file holds."""
        if path not in self.read:
            whole = reading.read(path)
            above = ATTRIBUTES.match(whole.text)
            text = replace(whole, text=whole.text[above.end() :]) if above and above[0].strip() else whole
            self.marks += BRACES.findall(above[0]) if above else []
            marks = headings(text.text, self._language or text.language or text.guessed)
            self._language = self._language or text.language or text.guessed
            lines = text.text.split("\n")
            first = marks[0] if marks and not "".join(lines[: marks[0].index]).strip() and marks[0].title else None
            prose = "\n".join(lines[first.below :]) if first else text.text
            part = bool(above and PART_MARKS.search(above[0]))
            self.read[path] = ChapterFile(path, text, first, prose.strip("\r\n"), part)
        return self.read[path]

    def within(self, folder: Path, name: str) -> Path | None:
        """Return the file that an index names, None where it is none of the folder that was given."""
        parts = [each for each in Path(name).parts if each != "."]
        if not parts or ".." in parts or "\0" in name or max(len(each.encode()) for each in parts) > LONGEST_NAME:
            return None
        path = folder.joinpath(*parts)
        return path if self.is_inside(path) else None

    def is_inside(self, path: Path) -> bool:
        """Say whether a path is one of the folder that was given."""
        return path.resolve().is_relative_to(self.folder.resolve())

    def part_page(self, folder: Path) -> ChapterFile | None:
        """Return the file in a folder that has nothing but the heading of a part, and a few words."""
        paths = [path for path in self.paths(folder) if self.is_text(path)]
        for path in paths if len(paths) > 1 else []:
            named = spoken(path.stem).casefold() in (*PART_PAGES, spoken(folder.name).casefold())
            file = self.file(path) if named or not beside.is_beside(path) else None
            heading = file.heading if file else None
            if file and heading and (named or heading.part) and count_words(file.prose) <= MOST_PART_WORDS:
                return file
        return None

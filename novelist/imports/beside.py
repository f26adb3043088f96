"""What stands beside the chapters in a folder: known by its name or its form, and what it says of the book.

Knows the names that people and programs give to notes, settings and pictures. Knows no order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.imports import front, reading
from novelist.imports.headings import headings
from novelist.imports.imported import titled
from novelist.imports.order import spoken
from novelist.language import pages
from novelist.language.matter import is_matter

if TYPE_CHECKING:
    from pathlib import Path

# Names of files and of folders that are beside chapters, between blanks.
BESIDE = """
    readme notes note license licence changelog contributing todo outline synopsis characters timeline settings labels
    infos info metadata summary bible worldbuilding research log links ideas scratch title
"""
FOLDERS_BESIDE = """
    notes research characters people places locations images img pictures assets media trash bin archive old backup
    backups templates template worldbuilding world output build dist _book docs fonts styles css scripts snapshots
    settings ideas outline summaries
"""
ABOUT = ("metadata.yaml", "metadata.yml", "title.yaml", "title.yml", "title.txt", "metadata.md", "title.md")
DATA = re.compile(r"\s*(?:[\w .-]{1,40}[:=;|\t]|[\[{<}\]])")  # how a line of data begins


def about(*folders: Path) -> front.Front:
    """Return what files beside the chapters say of the book, in the first of some folders that has such a file."""
    for path in (folder / name for folder in dict.fromkeys(folders) for name in ABOUT):
        if path.is_symlink() or not path.is_file():
            continue
        text = reading.text_of(path)
        page, _ = front.split(text if text.startswith("---") else f"---\n{text.rstrip()}\n---\n")
        if page.says("title"):
            return page
    return front.Front()


def readme(folder: Path) -> str:
    """Return the first heading of a README, empty where there is none."""
    for name in ("README.md", "readme.md", "Readme.md"):
        if (folder / name).is_file() and not (folder / name).is_symlink():
            marks = headings(reading.text_of(folder / name))
            return marks[0].bare if marks and marks[0].level == 1 else ""
    return ""


def is_beside(path: Path) -> bool:
    """Say whether a file is known to be no chapter by its name."""
    named = titled(spoken(path.stem))
    return (is_matter(named) and not pages.page(named)) or named.casefold() in BESIDE.split()


def holds_none(path: Path) -> bool:
    """Say whether a folder is known to hold no chapters by its name."""
    return spoken(path.name).casefold() in FOLDERS_BESIDE.split()


def is_data(path: Path, text: str) -> bool:
    """Say whether a file holds settings of a program rather than prose."""
    lines = [line for line in text.split("\n") if line.strip()]
    data = sum(bool(DATA.match(line)) for line in lines)
    return path.suffix.casefold() in reading.PLAIN and len(lines) > 2 and data == len(lines)

"""A book on disk: where it is, its paths, and its chapters and summaries by identity.

Knows the layout of the directory. Knows no doit, no model, and not what is fresh.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from novelist import page
from novelist.errors import BookError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.outline import Outline
    from novelist.page import Page

KEYS = frozenset({"title", "number", "part", "words", "novelist"})
NAME = re.compile(r"[0-9]+-(.+)\.md$")


class Book:
    """The directory of one book. `template` is set while the directory is still to be made from it."""

    def __init__(self, root: Path, template: Path | None = None) -> None:
        self.root = root
        self.template = template
        self.premise = root / "premise.md"
        self.bible = root / "bible.md"
        self.outline = root / "outline.md"
        self.chapters = root / "chapters"
        self.summaries = root / "summaries"
        self.text = root / "book.md"
        self.prompts = root / "prompts"
        self.hidden = root / ".novelist"
        self.state = self.hidden / "cache" / "doit.json"
        self.briefs = self.hidden / "cache" / "briefs"
        self.history = self.hidden / "history"
        self.lock = self.hidden / "lock"
        self.partial = self.hidden / "partial"
        self.ledger = self.hidden / "ledger.jsonl"
        self._pages: dict[Path, tuple[tuple[int, int, int], Page]] = {}

    @property
    def premise_to_read(self) -> Path:
        """The premise as it is, or as it will be once the book is made from its template."""
        return self.template / "premise.md" if self.template else self.premise

    def landing(self, identity: str) -> Path:
        """Return where a finished draft of `identity` waits until it is in place."""
        return self.partial / f"{identity.replace('/', '.')}.md"

    def unfinished(self, identity: str) -> Path:
        """Return where an unfinished draft of `identity` is."""
        return self.partial / f"{identity.replace('/', '.')}.part"

    def check(self) -> None:
        """Raise BookError where a folder of the book leads out of it."""
        for folder in (self.chapters, self.summaries, self.hidden, self.prompts):
            if folder.is_symlink():
                raise BookError(folder, None, "it is a symbolic link. Make it a folder of the book.")

    def read(self, path: Path) -> Page | None:
        """Return a chapter, a summary or book.md, or None where there is none; parsed again only if it has changed."""
        try:
            stat = path.stat()
        except OSError:
            return page.read(path, KEYS)
        state = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if path not in self._pages or self._pages[path][0] != state:
            found = page.read(path, KEYS)
            if found is None:
                return None
            self._pages[path] = (state, found)
        return self._pages[path][1]


def file_name(outline: Outline, number: int) -> str:
    """Return the name of the files of chapter `number` (from 1): `07-the-lamp.md`."""
    return f"{label(number, len(outline.sections))}-{outline.sections[number - 1].id}.md"


def label(number: int, count: int) -> str:
    """Return a chapter's number as tasks and files write it: two digits, more in a longer book."""
    return f"{number:0{max(2, len(str(count)))}d}"


def files_by_id(folder: Path) -> dict[str, Path]:
    """Return the chapters or summaries in `folder` by their identity, whatever their numbers.

    Raises BookError where two files have one identity.
    """
    found: dict[str, Path] = {}
    for entry in sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ():
        if match := NAME.match(entry):
            identity = unicodedata.normalize("NFC", match[1])
            if identity in found:
                message = (
                    f"it and `{found[identity].name}` are both chapter `{identity}`. Remove or rename one of them."
                )
                raise BookError(folder / entry, None, message)
            found[identity] = folder / entry
    return found


def find(folder: Path, name: str) -> Path:
    """Return the file in `folder` with the identity of `name`, under its old number if it has not been renamed yet."""
    path = folder / name
    match = NAME.match(name)
    return path if path.exists() or not match else files_by_id(folder).get(match[1], path)


def copy_template(source: Path, root: Path) -> None:
    """Copy the files of the template `source` into the folder `root`, which is made.

    Raises BookError where the disk does not let it.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        for file in sorted(source.iterdir()):
            if file.is_file():
                shutil.copyfile(file, root / file.name)
    except OSError as error:
        raise BookError(root, None, f"the book cannot be made here ({error.strerror}).") from error


def locate(here: Path, environ: Mapping[str, str]) -> Book:
    """Return the book to build from the directory `here`.

    It is `$NOVELIST_BOOK`, else `here`; in novelist's own repository it is `book/`, made from `project_template/`.
    Raises SettingsError where there is none.
    """
    if named := environ.get("NOVELIST_BOOK"):
        root = Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown user alone
        if not (root / "premise.md").is_file():
            message = f"$NOVELIST_BOOK is `{named}`, where there is no premise.md. Name the folder of a book."
            raise SettingsError(message)
        return Book(_near(root, here))
    if (here / "premise.md").is_file():
        return Book(_near(here, here))
    template = here / "project_template"
    if (template / "premise.md").is_file() and (here / "novelist" / "tasks.py").is_file():
        root = here / "book"
        if (root / "premise.md").is_file():
            return Book(_near(root, here))
        if root.is_dir() and any(not path.name.startswith(".") for path in root.iterdir()):
            raise BookError(_near(root, here), None, "it has files, but no premise.md. Write one, or remove it.")
        return Book(_near(root, here), template)
    message = "there is no premise.md here. Go to the folder of a book, or write the idea of one into premise.md."
    raise SettingsError(message)


def _near(root: Path, here: Path) -> Path:
    """Return `root` as doit should name it: from `here`, where it lies below."""
    absolute = root.absolute()
    return absolute.relative_to(here.absolute()) if absolute.is_relative_to(here.absolute()) else absolute

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

from novelist.book.cache import Cache
from novelist.book.record import PageInfo
from novelist.errors import BookError, SettingsError, disk_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.frontmatter import Page

# What the author may override for chapters; a change of these makes every chapter stale.
TEMPLATES = ("system.md.j2", "book.md.j2", "chapter.md.j2")
LINKED = "it is a symbolic link that leads out of the book. Put a file in its place."
ELSEWHERE = "What is elsewhere on the disk goes neither to a server nor into the book."
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
        self.dist = root / "dist"
        self.prompts = root / "prompts"
        self.hidden = root / ".novelist"
        self.state = self.hidden / "cache" / "doit.json"
        self.briefs = self.hidden / "cache" / "briefs"
        self.history = self.hidden / "history"
        self.lock = self.hidden / "lock"
        self.partial = self.hidden / "partial"
        self.ledger = self.hidden / "ledger.jsonl"
        self.cache = Cache(self.hidden / "cache" / "index.json")
        self._facts: dict[Path, PageInfo | None] = {}
        self._ids: dict[Path, dict[str, Path]] = {}

    @property
    def premise_to_read(self) -> Path:
        """The premise as it is, or as it will be once the book is made from its template."""
        return self.template / "premise.md" if self.template else self.premise

    def templates(self) -> list[str]:
        """Return the prompt templates of chapters that the book has of its own. Raises BookError."""
        from novelist.book.files import read_text  # noqa: PLC0415 - most books have none

        texts = (read_text(self.prompts / name) for name in TEMPLATES) if self.prompts.is_dir() else ()
        return [text for text in texts if text is not None]

    def landing(self, identity: str) -> Path:
        """Return where a finished draft of `identity` waits until it is in place."""
        return self.partial / f"{identity.replace('/', '.')}.md"

    def unfinished(self, identity: str) -> Path:
        """Return where an unfinished draft of `identity` is."""
        return self.partial / f"{identity.replace('/', '.')}.part"

    def check(self) -> None:
        """Raise BookError where a folder or a file of the book leads out of it."""
        for folder in (self.chapters, self.summaries, self.dist, self.hidden, self.prompts):
            if folder.is_symlink():
                message = "it is a symbolic link. Make it a folder of the book."
                why = "Nothing outside of the book is written."
                raise BookError(folder, None, message, why=why)
        root = self.root.resolve()
        for file in (self.premise, self.bible, self.outline, self.text):
            if file.is_symlink() and not file.resolve().is_relative_to(root):
                raise BookError(file, None, LINKED, why=ELSEWHERE)
        names_in(self.prompts)

    @staticmethod
    def read(path: Path) -> Page | None:
        """Return a chapter, a summary or book.md, or None where there is none. Raises BookError."""
        from novelist.book import frontmatter  # noqa: PLC0415 - a build with nothing to do reads no page

        return frontmatter.read(path, KEYS)

    def info(self, path: Path) -> PageInfo | None:
        """Return what is to be known of a chapter, a summary or book.md, or None where there is none.

        It is looked at once, until `forget`. Raises BookError.
        """
        try:
            return self._facts[path]
        except KeyError:
            said = self.cache.get("page", path, lambda: page.info().dump() if (page := self.read(path)) else None)
            # Returned from here, since a draft that is made beside this one may have it forgotten at any moment.
            found = self._facts[path] = None if said is None else PageInfo.load(said)
            return found

    def forget(self, path: Path) -> None:
        """Look at `path` anew: it may have changed."""
        self._facts.pop(path, None)
        self._ids.pop(path.parent, None)

    def by_id(self, folder: Path) -> dict[str, Path]:
        """Return the chapters or summaries in `folder` by their identity. Raises BookError as `files_by_id` does."""
        known = self._ids.get(folder)
        if known is None:
            known = self._ids[folder] = files_by_id(folder)
        return known


def file_name(identity: str, number: int, count: int) -> str:
    """Return the name of the files of chapter `number` (from 1) of `count`: `07-the-lamp.md`."""
    return f"{label(number, count)}-{identity}.md"


def arcs_in(folder: Path) -> list[Path]:
    """Return the files of arcs in a folder of summaries."""
    return [folder / name for name in names_in(folder) if name.startswith("arc-") and name.endswith(".md")]


def label(number: int, count: int) -> str:
    """Return a chapter's number as tasks and files write it: two digits, more in a longer book."""
    return f"{number:0{max(2, len(str(count)))}d}"


def files_by_id(folder: Path) -> dict[str, Path]:
    """Return the chapters or summaries in `folder` by their identity, whatever their numbers.

    Raises BookError where two files have one identity.
    """
    found: dict[str, Path] = {}
    for entry in names_in(folder):
        if match := NAME.match(entry):
            identity = unicodedata.normalize("NFC", match[1])
            if identity in found:
                message = (
                    f"it and `{found[identity].name}` are both chapter `{identity}`. Remove or rename one of them."
                )
                raise BookError(folder / entry, None, message, why="Two files have one id, as after a merge.")
            found[identity] = folder / entry
    return found


def names_in(folder: Path) -> list[str]:
    """Return the names of all that is in `folder`, in order; none where it is not there.

    Raises BookError where it cannot be read, and for a symbolic link in it that leads elsewhere: what is nobody's text
    of this book is neither sent to a server nor put into book.md.
    """
    try:
        with os.scandir(folder) as entries:
            links = {entry.name: entry.is_symlink() for entry in entries}
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise disk_error(folder, "read", error) from error
    for name, link in links.items():
        if link and not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise BookError(folder / name, None, LINKED, why=ELSEWHERE)
    return sorted(links)


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
        raise disk_error(root, "made", error) from error


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
            message = "it has files, but no premise.md. Write one, or remove it."
            why = "In novelist's own repository, book/ is the sample book, which is made from project_template/."
            raise BookError(_near(root, here), None, message, why=why)
        return Book(_near(root, here), template)
    message = "there is no premise.md here. Go to the folder of a book, or write the idea of one into premise.md."
    raise SettingsError(message)


def _near(root: Path, here: Path) -> Path:
    """Return `root` as doit should name it: from `here`, where it lies below."""
    absolute = root.absolute()
    return absolute.relative_to(here.absolute()) if absolute.is_relative_to(here.absolute()) else absolute

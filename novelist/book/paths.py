"""A book on disk: where it is, its paths, and its chapters and summaries by identity.

Knows the layout of the directory. Knows no doit, no model, and not what is fresh.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.bounds import LARGEST_FILE, LARGEST_TEXT
from novelist.book.cache import Cache
from novelist.book.files import Files
from novelist.book.record import PageInfo
from novelist.errors import BookError, SettingsError
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from novelist.book.frontmatter import Page

# What the author may override for chapters; a change of these makes every chapter stale.
TEMPLATES = ("system.md.j2", "book.md.j2", "chapter.md.j2")
KEYS = frozenset({"title", "number", "part", "words", "novelist"})
MATTER_KEYS = frozenset({"title", "place"})
NAME = re.compile(r"[0-9]+-(.+)\.md$")
TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".rst", ".org", ".tex", ".fountain", ".moving")
DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages")  # whose prose is not to be seen in the file


class Book:
    """The directory of one book. `template` is set while the directory is still to be made from it."""

    def __init__(self, root: Path, template: Path | None = None) -> None:
        self.root = root
        self.template = template
        self.premise = root / "premise.md"
        self.bible = root / "bible.md"
        self.outline = root / "outline.md"
        self.style = root / "style.md"
        self.samples = root / "style"
        self.chapters = root / "chapters"
        self.summaries = root / "summaries"
        self.notes = root / "notes"
        self.reviews = root / "reviews"
        self.reading = self.reviews / "book.md"
        self.matter = root / "matter"
        self.text = root / "book.md"
        self.dist = root / "dist"
        self.prompts = root / "prompts"
        self.hidden = root / ".novelist"
        self.state = self.hidden / "cache" / "doit.json"
        self.limits = self.hidden / "cache" / "limits.json"
        self.briefs = self.hidden / "cache" / "briefs"
        self.history = self.hidden / "history"
        self.alternatives = self.hidden / "alternatives"
        self.lock = self.hidden / "lock"
        self.partial = self.hidden / "partial"
        self.ledger = self.hidden / "ledger.jsonl"
        self.renaming = self.hidden / "rename.json"
        self.files = Files(root, cache=self.hidden / "cache", lock=self.hidden / "lock.writing")
        self.cache = Cache(self.files, self.hidden / "cache" / "index.json")
        self._facts: dict[Path, PageInfo | None] = {}
        self._ids: dict[Path, dict[str, Path]] = {}

    @property
    def premise_to_read(self) -> Path:
        """The premise as it is, or as it will be once the book is made from its template."""
        return self.template / "premise.md" if self.template else self.premise

    def templates(self) -> list[str]:
        """Return the prompt templates of chapters that the book has of its own. Raises BookError."""
        texts = (self.files.read_text(self.prompts / name) for name in TEMPLATES) if self.prompts.is_dir() else ()
        return [text for text in texts if text is not None]

    def landing(self, identity: str) -> Path:
        """Return where a finished draft of `identity` waits until it is in place."""
        return self.partial / f"{safe(identity).replace('/', '.')}.md"

    def unfinished(self, identity: str) -> Path:
        """Return where an unfinished draft of `identity` is."""
        return self.partial / f"{safe(identity).replace('/', '.')}.part"

    def retry(self, identity: str) -> Path:
        """Return where an unfinished second answer for `identity` is, of which the first is unfinished()'s."""
        return self.unfinished(f"{identity}/retry")

    def past(self, identity: str) -> Path:
        """Return the folder of the history of `identity`."""
        return self.history / safe(identity)

    def alternatives_to(self, identity: str) -> Path:
        """Return the folder of the alternatives to the chapter `identity`."""
        return self.alternatives / safe(identity)

    def brief_as_sent(self, identity: str, digests: Mapping[str, str]) -> Path:
        """Return where the cache holds the brief with these digests, as the chapter `identity` was drafted from it."""
        return self.briefs / f"{identity}-{digest(str(sorted(digests.items())))}.md"

    def check(self) -> None:
        """Raise FileError where a folder or a file of the book leads out of it, or is none."""
        hidden = (self.hidden, self.state.parent, self.history, self.alternatives, self.partial)
        texts = (self.chapters, self.summaries, self.notes, self.reviews, self.matter, self.samples)
        read = (*texts, self.dist, self.prompts)
        for folder in (*read, *hidden):
            self.files.check_folder(folder)
        for file in (self.premise, self.bible, self.outline, self.style, self.text):
            self.files.look(file)
        self.files.names(self.prompts)

    def read(self, path: Path) -> Page | None:
        """Return a chapter, a summary, a page of matter/ or book.md, or None where there is none. Raises BookError."""
        from novelist.book import frontmatter  # noqa: PLC0415 - a build with nothing to do reads no page

        keys = MATTER_KEYS if path.parent == self.matter else KEYS
        return frontmatter.read(self.files, path, keys, LARGEST_FILE if path == self.text else LARGEST_TEXT)

    def info(self, path: Path) -> PageInfo | None:
        """Return what is to be known of a chapter, a summary, a page of matter/ or book.md, or None for none.

        It is looked at once, until `forget`. Raises BookError.
        """
        try:
            return self._facts[path]
        except KeyError:
            dumped = self.cache.get("page", path, lambda: page.info() if (page := self.read(path)) else None)
            # Returned from here, since a draft that is made beside this one may have it forgotten at any moment.
            info = self._facts[path] = None if dumped is None else PageInfo.load(dumped)
            return info

    def forget(self, path: Path) -> None:
        """Look at `path` anew: it may have changed."""
        self._facts.pop(path, None)
        self._ids.pop(path.parent, None)

    def by_id(self, folder: Path) -> dict[str, Path]:
        """Return the chapters, summaries or notes in `folder` by identity. Raises BookError as `files_by_id` does."""
        known = self._ids.get(folder)
        if known is None:
            known = self._ids[folder] = files_by_id(self.files, folder)
        return known

    def unread_prose(self) -> Iterator[Path]:
        """Yield the files in chapters/ that hold prose and are not called as chapters are. Raises BookError."""
        folders = [self.chapters]
        for folder in folders:
            for name in self.files.names(folder):
                path = folder / name
                if name.startswith(".") or (folder == self.chapters and NAME.match(name)):
                    continue
                if path.is_dir() and not path.is_symlink():
                    folders.append(path)
                elif self.holds_prose(path):
                    yield path

    def holds_prose(self, path: Path) -> bool:
        """Say whether a file that is called otherwise than those of the book holds a text. Raises BookError."""
        suffix = path.suffix.casefold()
        if suffix in TEXTS:
            page = self.read(path)
            return page is not None and bool(page.body.strip())
        return suffix in DOCUMENTS and bool(self.files.read_bytes(path))


def file_name(identity: str, number: int, count: int) -> str:
    """Return the name of the files of chapter `number` (from 1) of `count`: `07-the-lamp.md`."""
    return f"{label(number, count)}-{identity}.md"


def leads_elsewhere(identity: str) -> bool:
    """Say whether a path that is made of `identity` would not be below the folder that it is put into."""
    return "\\" in identity or "\0" in identity or any(part in ("", ".", "..") for part in identity.split("/"))


def safe(identity: str) -> str:
    """Return `identity`, of which paths may be made. Raises BookError for one that would lead elsewhere."""
    if leads_elsewhere(identity):
        raise BookError(Path(identity), None, "no file can have that identity. Look for it in the book, and change it.")
    return identity


def arcs_in(files: Files, folder: Path) -> list[Path]:
    """Return the files of arcs in a folder of summaries."""
    return [folder / name for name in files.names(folder) if name.startswith("arc-") and name.endswith(".md")]


def numbered_in(files: Files, folder: Path) -> list[Path]:
    """Return the files in a folder that are called as those of chapters are."""
    return [folder / name for name in files.names(folder) if NAME.match(name)]


def label(number: int, count: int) -> str:
    """Return a chapter's number as tasks and files write it: two digits, more in a longer book."""
    return f"{number:0{max(2, len(str(count)))}d}"


def files_by_id(files: Files, folder: Path) -> dict[str, Path]:
    """Return the chapters or summaries in `folder` by their identity, whatever their numbers.

    Raises BookError where two files have one identity.
    """
    by_id: dict[str, Path] = {}
    for entry in files.names(folder):
        if match := NAME.match(entry):
            identity = unicodedata.normalize("NFC", match[1])
            if identity in by_id:
                message = (
                    f"it and `{by_id[identity].name}` are both chapter `{identity}`. Remove or rename one of them."
                )
                raise BookError(folder / entry, None, message, why="Two files have one id, as after a merge.")
            by_id[identity] = folder / entry
    return by_id


def copy_template(source: Path, root: Path) -> None:
    """Copy the files of the template `source` into the folder `root`, which is made.

    Raises FileError where the disk does not let it, and for what is no file of the template.
    """
    files = Files(source)
    for name in files.names(source):
        if not (source / name).is_dir():
            Files(root).replace(root / name, files.read_bytes(source / name) or b"")


def is_book(folder: Path) -> bool:
    """Say whether a folder has a premise, whatever stands there: what is wrong with it is told when it is read."""
    return os.path.lexists(folder / "premise.md")


def locate(here: Path, environ: Mapping[str, str]) -> Book:
    """Return the book to build from the directory `here`.

    It is `$NOVELIST_BOOK`, else `here`; in novelist's own repository it is `book/`, made from `project_template/`.
    Raises SettingsError where there is none, and BookError for one that leads elsewhere.
    """
    if named := environ.get("NOVELIST_BOOK"):
        root = Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown user alone
        if not is_book(root):
            message = f"$NOVELIST_BOOK is `{named}`, where there is no premise.md. Name the folder of a book."
            raise SettingsError(message)
        return Book(_near(root, here))
    if is_book(here):
        return Book(_near(here, here))
    template = here / "project_template"
    if is_book(template) and (here / "novelist" / "tasks.py").is_file():
        Files(here).check_folder(template)
        root = here / "book"
        if is_book(root):
            return Book(_near(root, here))
        if root.is_symlink():
            raise BookError(_near(root, here), None, "it is a symbolic link to what is no book. Remove it.")
        if any(not name.startswith(".") for name in Files(root).names(root)):
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

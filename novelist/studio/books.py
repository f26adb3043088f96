"""The books in a studio: the one in a folder, or those in the folders below it.

Each is read anew when its files change. Knows which folders are books, and whose `.env` a person has let be used.
Imports nothing of a book's folder.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.book.paths import Book, is_book
from novelist.building.process import Run
from novelist.edits.journal import finish_interrupted
from novelist.errors import NovelistError, SettingsError
from novelist.model import ledger
from novelist.studio import watching
from novelist.studio.names import named, within
from novelist.studio.undoing import Steps
from novelist.targets.snapshot import Snapshot
from novelist.text import exact_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from novelist.building.process import Command

    Page = TypeVar("Page")
    Done = TypeVar("Done")


TEMPLATE = "project_template"


class OpenBook:
    """A book that is looked at. What was read of it holds for as long as its files are as they were."""

    def __init__(self, name: str, root: Path) -> None:
        self.name = name
        self.root = root
        self.uses_env = False  # until a person says so: it may be a stranger's
        self.run: Run | None = None  # the last command that was begun here
        self.spent_before = 0.0  # US dollars, when that was
        self.steps: defaultdict[str, Steps] = defaultdict(Steps)  # of each kind of file
        self._one_at_a_time = threading.RLock()
        self._pages: dict[tuple[str, ...], object] = {}
        self._stamp = ""
        self._snapshot: Snapshot | None = None
        self._reads = False  # while a page is made

    @property
    def stamp(self) -> str:
        """What is another text once a file of the book has changed, or what may be used of them has."""
        return f"{watching.stamp(Book(self.root))} {self.uses_env}"

    @property
    def shown(self) -> str:
        """The stamp of the files as they were last read."""
        return self._stamp

    @property
    def has_env(self) -> bool:
        """Whether it has a `.env` that is not used yet."""
        return not self.uses_env and (self.root / ".env").exists()

    def read(self, of: tuple[str, ...], page: Callable[[OpenBook, Snapshot], Page]) -> Page:
        """Return a `page` of what it is `of`, which is made once for the files as they are. Raises NovelistError.

        What a page reads of others while it is made is as of when that began.
        """
        with self._one_at_a_time:
            within, self._reads = self._reads, True
            try:
                snapshot = self._snapshot if within and self._snapshot else self._looked_at()
                if of not in self._pages:
                    self._pages[of] = page(self, snapshot)
                return self._pages[of]  # type: ignore[return-value] # by what it is of
            finally:
                self._reads = within

    def read_apart(self, of: tuple[str, ...], page: Callable[[OpenBook, Snapshot], Page]) -> Page:
        """Return a page as `read` does, that may take long to make: in the meantime other pages are read. Raises too.

        It is made of the book as it is then. Not to be called while a page is made.
        """
        with self._one_at_a_time:
            self._looked_at()
            stamp = self._stamp
            if of in self._pages:
                return self._pages[of]  # type: ignore[return-value] # as above
        content = page(self, Snapshot(Book(self.root)))
        with self._one_at_a_time:
            if self._stamp == stamp:
                self._pages[of] = content
        return content

    def _looked_at(self) -> Snapshot:
        """Return the book as it is now, and forget what was read of it where its files have changed since."""
        stamp = self.stamp
        if self._snapshot is None or stamp != self._stamp:
            self._pages.clear()
            self._snapshot, self._stamp = Snapshot(Book(self.root)), stamp
        return self._snapshot

    def look(self, page: Callable[[OpenBook, Snapshot], Page]) -> Page:
        """Return a `page` of what nobody will ask for again. Raises NovelistError."""
        with self._one_at_a_time:
            return page(self, self._looked_at())

    def decide(self, decision: Callable[[Snapshot], Done]) -> Done:
        """Return what a decision on the book as it is now has done. Raises NovelistError.

        A rename that was interrupted is finished first.
        """
        with self._one_at_a_time:
            self._snapshot = None
            book = Book(self.root)
            finish_interrupted(book)
            return decision(Snapshot(book))

    def begin(self, command: Command) -> None:
        """Begin a command.

        Raises SettingsError where one runs that was begun here, and where nobody has said whether the book's `.env` may
        be used; FileError where the ledger cannot be read.
        """
        with self._one_at_a_time:
            if self.run and self.runs:
                doing = self.run.command.doing
                message = f"not begun, since something else runs here ({doing}). Wait for it, or stop it."
                raise SettingsError(message)
            if self.has_env:
                message = "not begun, since the book has a `.env` by now. Say first whether it is to be used."
                raise SettingsError(message)
            self.spent_before = ledger.spent(Book(self.root).ledger)
            self.run = Run(self.root, command)

    @property
    def runs(self) -> bool:
        """Whether a command runs that was begun here."""
        return self.run is not None and self.run.running

    def close(self) -> None:
        """Stop the command that was begun here, if one runs."""
        if self.run and self.runs:
            self.run.end()

    def local(self, text: str) -> str:
        """Return a text in which files of the book are named from its folder."""
        return within(self.root, text)


class Shelf:
    """The books of a folder, which may itself be one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.single = is_book(self.folder)
        self._one_at_a_time = threading.Lock()
        self._books: dict[str, OpenBook] = {}
        if not (self.books() or _is_empty(self.folder) or _is_template(self.folder / TEMPLATE)):
            message = (
                "there is no premise.md here, and no folder of a book. Go to the folder of a book, or of several, or "
                "to an empty one for a new book."
            )
            raise SettingsError(message)

    def books(self) -> dict[str, OpenBook]:
        """Return the books that there are now, by the names of their folders as these are shown.

        One that was open stays so for as long as its folder is there, or something runs in it: its premise may be away
        while an editor saves it.
        """
        with self._one_at_a_time:
            known = self._books
            roots = {named(path.name) or "book": path for path in self._roots()}
            stay = {name: one.root for name, one in known.items() if _is_folder(one.root) or one.runs}
            roots = dict(sorted({**stay, **roots}.items()))
            self._books = {name: known.get(name) or OpenBook(name, root) for name, root in roots.items()}
            return self._books

    @property
    def stamp(self) -> str:
        """What is another text once a book has come or gone, or one of its files has changed."""
        return exact_digest("".join(f"{name} {one.stamp}\n" for name, one in self.books().items()))

    def _roots(self) -> list[Path]:
        """Return the folders that are books, as far as they can be looked at."""
        if self.single:
            return [self.folder]
        try:
            names = Files(self.folder).names(self.folder, whatever=True)
        except NovelistError:
            return []
        folders = [self.folder / name for name in names if not name.startswith(".")]
        return [path for path in folders if _is_folder(path) and is_book(path) and not _is_template(path)]


def _is_empty(folder: Path) -> bool:
    """Say whether a folder is there and has nothing in it but what is hidden: a full one is other work."""
    try:
        return folder.is_dir() and all(name.startswith(".") for name in Files(folder).names(folder, whatever=True))
    except NovelistError:
        return False


def _is_folder(path: Path) -> bool:
    return not path.is_symlink() and path.is_dir()


def _is_template(folder: Path) -> bool:
    """Say whether this is the sample to copy that a clone of novelist has: nobody writes in it."""
    return folder.name == TEMPLATE and (folder.parent / "dodo.py").is_file() and is_book(folder)

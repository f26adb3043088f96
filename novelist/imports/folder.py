"""A folder of chapter files: in the order of an index where it has one, else in that of names and headings.

Folders in it are parts, or chapters of several scenes. Whatever of a text is no chapter is kept, and named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.errors import BookError, FileError
from novelist.imports import beside, front, index, novelwriter, reading
from novelist.imports.collecting import ChapterFile, Collected, Piece
from novelist.imports.folder_files import DEEPEST, SPLIT, FolderFiles
from novelist.imports.imported import Imported, Leftover, listed, titled
from novelist.imports.order import Named, ordered, spoken
from novelist.language import labels, lookup
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.imports.index import Entry, Index
    from novelist.imports.reading import Text

MATTER_FOLDERS = ("front matter", "frontmatter", "back matter", "backmatter", "matter")


def read(folder: Path) -> Imported:
    """Return what a folder of chapters holds. Raises BookError where it has none, or is a book already."""
    if (folder / "premise.md").exists():
        raise BookError(folder, None, "it is a book of novelist already. Run `doit` there.")
    if (folder / novelwriter.PROJECT).is_file():
        return novelwriter.read(folder / novelwriter.PROJECT)
    if folder.suffix.casefold() == ".scriv":
        message = "a project of Scrivener is not read itself. Export its draft as text files, and name their folder."
        raise BookError(folder, None, message, why="In Scrivener that is File, Export, Files.")
    return _Reading(folder).imported()


class _Reading:
    """One reading of a folder: its files, what they are, and what is to be said of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = FolderFiles(folder)
        self.others: list[str] = []
        self.used: frozenset[str] = frozenset()
        self.guesses: list[str] = []
        self.book = Collected(folder)

    def imported(self) -> Imported:
        """Return all that was found. Raises BookError where there is no chapter."""
        index_here = self.index(self.folder)
        root = index_here.folder if index_here else self.files.inner(self.folder)
        index_here = self.index(root) if index_here is None and root != self.folder else index_here
        self.used = index_here.used if index_here else frozenset()
        pieces = self.indexed(index_here) if index_here else list(self.pieces(root, 0))
        if index_here:
            self.keep_index(index_here)
        if root != self.folder:
            self.leave(path for path in self.files.paths(self.folder) if path != root and not root.is_relative_to(path))
        for piece in pieces:
            self.book.place(piece, alone=len(self.files.read) == 1)
        if not any(chapter.prose for chapter in self.book.chapters):
            raise BookError(self.folder, None, "it has no chapters. Put them in it, a file each: .md, .txt or .docx.")
        texts = [(self.book.label(file.path), file.text) for file in self.files.read.values()]
        named, kept = reading.unread(texts)
        notes = [*named, *(note for _, text in texts for note in text.notes), *self.book.notes]
        if self.others:
            others = listed(sorted(self.others, key=str.casefold), 20)
            notes.append(f"Left out of {self.folder.name}/, since they are no chapters: {others}.")
        if self.files.marks:
            notes.append(
                f"Left out, since they say where files belong: {listed(list(dict.fromkeys(self.files.marks)), 20)}."
            )
        with_chapters = {chapter.part for chapter in self.book.chapters}
        if empty := [part.heading for place, part in enumerate(self.book.parts) if place not in with_chapters]:
            notes.append(f"Left out, since they have no chapter: {listed(empty, 20)}.")
        front_page = beside.about(root, self.folder)
        title, guess = self.title(root, index_here, front_page)
        settings = {
            what: (getattr(index_here, what) if index_here else "")
            or front_page.says(what)
            or next((getattr(text, what) for _, text in texts if getattr(text, what)), "")
            for what in ("author", "language")
        }
        guessed = Counter(text.guessed for _, text in texts if text.guessed)
        language = "" if settings["language"] else next((code for code, _ in guessed.most_common(1)), "")
        return Imported(
            title,
            tuple(self.book.chapters),
            settings["author"],
            settings["language"] or language,
            parts=tuple(self.book.parts),
            asides=(*kept, *(aside for _, text in texts for aside in text.asides), *self.book.asides),
            notes=(
                *notes,
                *reading.linked(
                    [*(each.prose for each in self.book.chapters), *(page.prose for page in self.book.matter)]
                ),
                *reading.guesses(language),
            ),
            guesses=(*dict.fromkeys(self.guesses), *guess),
            matter=tuple(self.book.matter),
        )

    # What is there.

    def index(self, folder: Path) -> Index | None:
        """Return the index in a folder, None where there is none, or none that names a file of it."""
        index_here = index.find(folder, self.files.names(folder))
        paths = (self.files.within(index_here.folder, entry.path) for entry in index_here.entries) if index_here else ()
        return index_here if any(path is not None and self.files.is_text(path) for path in paths) else None

    def leave(self, paths: Iterator[Path]) -> None:
        """Leave out what is no chapter; texts among it are kept."""
        for path in paths:
            if self.files.is_folder(path):
                self.leave(iter(self.files.paths(path)))
                continue
            if path.name in self.used:
                continue
            self.others.append(self.book.label(path))
            if path.is_symlink() or path.suffix.casefold() not in reading.TEXTS:
                continue
            try:
                text = reading.text_of(path)
            except (BookError, FileError):
                continue
            if count_words(text):
                self.book.asides.append(
                    Leftover(self.book.label(path), reading.prose_of(text, "")[0], "a file beside the chapters")
                )

    def keep_index(self, told: Index) -> None:
        """Keep what an index says beside the order: names of its chapters, a description of the book."""
        for name in sorted(told.used):
            for path in (told.folder / name, told.folder.parent / name):
                if self.files.is_inside(path) and path.is_file() and not path.is_symlink():
                    text = reading.text_of(path)
                    self.book.asides.append(
                        Leftover(self.book.label(path), text, "a list of the chapters", story=False)
                    )
                    break

    # In which order.

    def indexed(self, told: Index) -> list[Piece]:
        """Return what an index names, in its order; what it does not name is left out."""
        pieces: list[Piece] = []
        used: set[Path] = {told.folder / name for name in told.used}
        missing: list[str] = []
        for place, entry in enumerate(told.entries):
            path = self.files.within(told.folder, entry.path)
            if entry.path and (path is None or not self.files.is_text(path)):
                missing.append(entry.path)
            elif path is None:
                pieces.append(Piece(part=entry.title) if entry.part else Piece(title=entry.title))
            elif path not in used:
                used.add(path)
                self.unnamed(path, told.title)
                pieces.append(self.entered(entry, path, [*told.entries[place + 1 : place + 2]]))
        if missing:
            self.book.notes.append(f"{told.name} names what is not there: {listed(missing, 20)}.")
        self.rest(told.folder, used)
        return pieces

    def unnamed(self, path: Path, title: str) -> None:
        """Take the book's title for no chapter's: the first file of a book may say both."""
        file = self.files.file(path)
        if title and file.text.title == title:
            self.files.read[path] = replace(file, text=replace(file.text, title=""))

    def entered(self, entry: Entry, path: Path, after: Sequence[Entry]) -> Piece:
        """Return what an entry with a file is: a chapter, or a part where others are in it and it has no prose."""
        file = self.files.file(path)
        leads = any(each.depth > entry.depth for each in after)
        if entry.part or (leads and not count_words(file.prose)):
            self.book.put_by(file.title, file.prose, "what stands below the heading of a part")
            return Piece(part=file.heading.bare if file.heading else entry.title or file.named)
        return Piece(files=(file,), title="" if file.heading or file.text.title else entry.title)

    def rest(self, folder: Path, used: set[Path]) -> None:
        """Leave out what an index in a folder does not name."""
        for path in self.files.paths(folder):
            if self.files.is_folder(path):
                self.rest(path, used)
            elif path not in used:
                self.leave(iter([path]))

    def pieces(self, folder: Path, depth: int, page: Path | None = None) -> Iterator[Piece]:
        """Yield what is in a folder in the order of names and headings, but for the `page` of its part."""
        things: list[tuple[Named, ChapterFile | Path]] = []
        for path in self.files.paths(folder):
            if path == page:
                continue
            if self.files.is_text(path) and not beside.is_beside(path):
                file = self.files.file(path)
                if not (count_words(file.text.text)) or beside.is_data(path, file.text.text):
                    del self.files.read[path]
                    self.leave(iter([path]))
                else:
                    number = file.heading.number if file.heading else _number(file.text)
                    things.append((Named(path.stem, file.title, number), file))
            elif (
                self.files.is_folder(path)
                and depth < DEEPEST
                and not beside.holds_none(path)
                and self.files.has_texts(path)
            ):
                things.append((Named(path.name, spoken(path.name)), path))
            else:
                self.leave(iter([path]))
        language = next(
            (each.text.language for _, each in things if isinstance(each, ChapterFile) and each.text.language), ""
        )
        order, guess = ordered([named for named, _ in things], language)
        if guess:
            self.guesses.append(guess)
        for place in order:
            thing = things[place][1]
            if isinstance(thing, ChapterFile):
                yield Piece(files=(thing,))
            elif thing.name.casefold() in SPLIT or spoken(thing.name).casefold() in MATTER_FOLDERS:
                yield from self.pieces(thing, depth + 1)
            else:
                yield from self.inside(thing, depth)

    def inside(self, folder: Path, depth: int) -> Iterator[Piece]:
        """Yield what a folder among chapters is: a chapter of some scenes, or a part and its chapters."""
        label = labels.read(spoken(folder.name))
        page = self.files.part_page(folder)
        inner = list(self.pieces(folder, depth + 1, page.path if page else None))
        if (label is not None and label.kind == "chapter") or (depth and not any(piece.part for piece in inner)):
            files = tuple(file for piece in inner for file in piece.files)
            yield Piece(files=(*([page] if page else []), *files), title=titled(_named(folder)))
            return
        if page:
            self.book.put_by(page.title, page.prose, "what stands below the heading of a part")
        yield Piece(part=page.heading.bare if page and page.heading else _named(folder))
        yield from inner

    # What it is called.

    def title(self, root: Path, told: Index | None, page: front.Front) -> tuple[str, tuple[str, ...]]:
        """Return the title, and what is to be said where it was guessed."""
        if title := (told.title if told else "") or page.says("title"):
            return title, ()
        folder = root.resolve()
        while folder.name.casefold() in SPLIT and folder.parent != folder:
            folder = folder.parent
        for place in dict.fromkeys((root, self.folder, folder)):
            if title := beside.readme(place):
                return title, (
                    f"The title is the heading of a README, `{title}`: `title:` in premise.md is where to change it.",
                )
        title = titled(" ".join(re.sub("[_-]+", " ", folder.name).split())) or "Untitled"
        return title, (
            f"The title is the name of a folder, `{title}`, since no file says one: `title:` in premise.md.",
        )


def _named(folder: Path) -> str:
    """Return what a folder's name says as a heading: `01-part` is Part 1."""
    words = spoken(folder.name)
    number = re.match("[0-9]+", folder.name)
    alone = {lookup.fold(word) for each in lookup.every() for word in (*each.part, *each.chapter)}
    if number and lookup.fold(words) in alone:
        words = f"{words} {int(number[0])}"
    return words[:1].upper() + words[1:]


def _number(text: Text) -> int | None:
    """Return the number that front matter gives a chapter, None where it gives none."""
    values = {str(key).casefold(): str(value) for key, value in text.front.items()}
    keys = ("number", "chapter", "order", "weight", "position", "sidebar_position", "nav_order")
    return next((int(values[key]) for key in keys if values.get(key, "").isdecimal() and len(values[key]) < 6), None)

"""A folder of chapter files: in the order of an index where it has one, else in that of names and headings.

Folders in it are parts, or chapters of several scenes. Knows which files beside chapters are none; whatever of a text
is no chapter is kept, and named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.book.headings import tidy_title
from novelist.book.outline import Part
from novelist.book.outline_text import untitled
from novelist.errors import BookError, FileError
from novelist.imports import front, index, manuscript, novelwriter, reading
from novelist.imports.imported import Imported, ImportedChapter, Leftover, MatterPage, listed, matter_page, titled
from novelist.imports.manuscript import begins, headings
from novelist.imports.order import Named, ordered, spoken
from novelist.language import labels, lookup, pages
from novelist.language.matter import is_matter
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.imports.index import Entry, Index
    from novelist.imports.manuscript import Heading
    from novelist.imports.reading import Text

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
MATTER_FOLDERS = ("front matter", "frontmatter", "back matter", "backmatter", "matter")
ABOUT = ("metadata.yaml", "metadata.yml", "title.yaml", "title.yml", "title.txt", "metadata.md", "title.md")
# What stands above the heading of a part in Leanpub's Markdown, and before it.
PART_MARKS = re.compile(r"\{\s*class\s*[:=]\s*\"?part\"?\s*\}|-(?=#)")
ATTRIBUTES = re.compile(r"(?:[ \t\r\n]*\{[^{}\n]{0,200}\}[ \t\r]*\n)*[ \t\r\n]*(?:-(?=#))?")
PART_PAGES = ("index", "part", "readme")
SCENES = "\n\n* * *\n\n"
LONGEST_NAME = 255  # bytes of the name of a file
DEEPEST = 4  # folders within one another that are looked into
MOST_PART_WORDS = 60  # below the heading of a part that has a file of its own
DATA = re.compile(r"\s*(?:[\w .-]{1,40}[:=;|\t]|[\[{<}\]])")  # how a line of data begins


@dataclass(frozen=True)
class _File:
    """A file that may hold a chapter: what was read, and its first heading where nothing stands above it."""

    path: Path
    text: Text
    heading: Heading | None
    prose: str
    part: bool = False

    @property
    def named(self) -> str:
        """Its title by its name."""
        words = spoken(self.path.stem)
        return tidy_title(words[:1].upper() + words[1:])

    @property
    def title(self) -> str:
        """Its title: what its front matter says, its heading, or its name."""
        return (
            untitled(self.text.title)
            or (self.heading.title if self.heading else "")
            or titled(self.named, self.text.language or self.text.guessed)
        )


@dataclass(frozen=True)
class _Piece:
    """What comes next in the book: a part with its heading, or a chapter of one file or of some scenes."""

    part: str = ""
    files: tuple[_File, ...] = ()
    title: str = ""


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
        self.files: dict[Path, _File] = {}
        self.language = ""
        self.others: list[str] = []
        self.used: frozenset[str] = frozenset()
        self.guesses: list[str] = []
        self.notes: list[str] = []
        self.asides: list[Leftover] = []
        self.matter: list[MatterPage] = []
        self.parts: list[Part] = []
        self.chapters: list[ImportedChapter] = []

    def imported(self) -> Imported:
        """Return all that was found. Raises BookError where there is no chapter."""
        index_here = self.index(self.folder)
        root = index_here.folder if index_here else self.inner(self.folder)
        index_here = self.index(root) if index_here is None and root != self.folder else index_here
        self.used = index_here.used if index_here else frozenset()
        pieces = self.indexed(index_here) if index_here else list(self.pieces(root, 0))
        if root != self.folder:
            self.leave(path for path in self.paths(self.folder) if path != root and not root.is_relative_to(path))
        for piece in pieces:
            self.place(piece)
        if not any(chapter.prose for chapter in self.chapters):
            raise BookError(self.folder, None, "it has no chapters. Put them in it, a file each: .md, .txt or .docx.")
        texts = [(self.label(file.path), file.text) for file in self.files.values()]
        named, kept = reading.unread(texts)
        notes = [*named, *(note for _, text in texts for note in text.notes), *self.notes]
        if self.others:
            others = listed(sorted(self.others, key=str.casefold), 20)
            notes.append(f"Left out of {self.folder.name}/, since they are no chapters: {others}.")
        with_chapters = {chapter.part for chapter in self.chapters}
        if empty := [part.heading for place, part in enumerate(self.parts) if place not in with_chapters]:
            notes.append(f"Left out, since they have no chapter: {listed(empty, 20)}.")
        front_page = self.about(root)
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
            tuple(self.chapters),
            settings["author"],
            settings["language"] or language,
            parts=tuple(self.parts),
            asides=(*kept, *(aside for _, text in texts for aside in text.asides), *self.asides),
            notes=(
                *notes,
                *reading.linked([*(each.prose for each in self.chapters), *(page.prose for page in self.matter)]),
                *reading.guesses(language),
            ),
            guesses=(*dict.fromkeys(self.guesses), *guess),
            matter=tuple(self.matter),
        )

    # What is there.

    def names(self, folder: Path) -> list[str]:
        return [name for name in Files(self.folder).names(folder, whatever=True) if not name.startswith(".")]

    def paths(self, folder: Path) -> list[Path]:
        return [folder / name for name in self.names(folder)]

    def label(self, path: Path) -> str:
        """Return the name of a file from the folder that was given."""
        return path.relative_to(self.folder).as_posix()

    def is_text(self, path: Path) -> bool:
        return not path.is_symlink() and path.is_file() and path.suffix.casefold() in FORMS

    def is_folder(self, path: Path) -> bool:
        return not path.is_symlink() and path.is_dir()

    def has_texts(self, folder: Path, depth: int = 0) -> bool:
        """Say whether there is a text that may be a chapter somewhere in a folder."""
        paths = self.paths(folder)
        return any(self.is_text(path) and not _beside(path) for path in paths) or (
            depth < DEEPEST and any(self.is_folder(path) and self.has_texts(path, depth + 1) for path in paths)
        )

    def inner(self, folder: Path) -> Path:
        """Return the folder in which the chapters are: it, or the only one in it that has some."""
        for _ in range(DEEPEST):
            paths = self.paths(folder)
            if any(self.is_text(path) and not _beside(path) for path in paths):
                return folder
            inside = [
                path for path in paths if self.is_folder(path) and not _folder_beside(path) and self.has_texts(path)
            ]
            known = [path for path in inside if path.name.casefold() in SPLIT]
            alone = inside[0] if len(inside) == 1 else None
            if alone and labels.read(spoken(alone.name)) is None and self.part_page(alone) is None:
                folder = alone
            elif len(known) == 1:
                folder = known[0]
            else:
                return folder
        return folder

    def index(self, folder: Path) -> Index | None:
        """Return the index in a folder, None where there is none, or none that names a file of it."""
        index_here = index.find(folder, self.names(folder))
        paths = (self.within(index_here.folder, entry.path) for entry in index_here.entries) if index_here else ()
        return index_here if any(path is not None and self.is_text(path) for path in paths) else None

    def file(self, path: Path) -> _File:
        """Return what a file holds."""
        if path not in self.files:
            read = reading.read(path)
            above = ATTRIBUTES.match(read.text)
            text = replace(read, text=read.text[above.end() :]) if above and above[0].strip() else read
            marks = headings(text.text, self.language or text.language or text.guessed)
            self.language = self.language or text.language or text.guessed
            lines = text.text.split("\n")
            first = marks[0] if marks and not "".join(lines[: marks[0].index]).strip() and marks[0].title else None
            prose = "\n".join(lines[first.below :]) if first else text.text
            part = bool(above and PART_MARKS.search(above[0]))
            self.files[path] = _File(path, text, first, prose.strip("\r\n"), part)
        return self.files[path]

    def leave(self, paths: Iterator[Path]) -> None:
        """Leave out what is no chapter; texts among it are kept."""
        for path in paths:
            if self.is_folder(path):
                self.leave(iter(self.paths(path)))
                continue
            if path.name in self.used:
                continue
            self.others.append(self.label(path))
            if path.is_symlink() or path.suffix.casefold() not in reading.TEXTS:
                continue
            try:
                text = reading.text_of(path)
            except (BookError, FileError):
                continue
            if count_words(text):
                self.asides.append(
                    Leftover(self.label(path), reading.prose_of(text, "")[0], "a file beside the chapters")
                )

    # In which order.

    def indexed(self, told: Index) -> list[_Piece]:
        """Return what an index names, in its order; what it does not name is left out."""
        pieces: list[_Piece] = []
        used: set[Path] = {told.folder / name for name in told.used}
        missing: list[str] = []
        for place, entry in enumerate(told.entries):
            path = self.within(told.folder, entry.path)
            if entry.path and (path is None or not self.is_text(path)):
                missing.append(entry.path)
            elif path is None:
                pieces.append(_Piece(part=entry.title) if entry.part else _Piece(title=entry.title))
            elif path not in used:
                used.add(path)
                self.unnamed(path, told.title)
                pieces.append(self.entered(entry, path, [*told.entries[place + 1 : place + 2]]))
        if missing:
            self.notes.append(f"{told.name} names what is not there: {listed(missing, 20)}.")
        self.rest(told.folder, used)
        return pieces

    def unnamed(self, path: Path, title: str) -> None:
        """Take the book's title for no chapter's: the first file of a book may say both."""
        file = self.file(path)
        if title and file.text.title == title:
            self.files[path] = replace(file, text=replace(file.text, title=""))

    def entered(self, entry: Entry, path: Path, after: Sequence[Entry]) -> _Piece:
        """Return what an entry with a file is: a chapter, or a part where others are in it and it has no prose."""
        file = self.file(path)
        leads = any(each.depth > entry.depth for each in after)
        if entry.part or (leads and not count_words(file.prose)):
            self.put_by(file.title, file.prose, "what stands below the heading of a part")
            return _Piece(part=file.heading.bare if file.heading else entry.title or file.named)
        return _Piece(files=(file,), title="" if file.heading or file.text.title else entry.title)

    def within(self, folder: Path, name: str) -> Path | None:
        """Return the file that an index names, None where it is none of the folder that was given."""
        parts = [each for each in Path(name).parts if each != "."]
        if not parts or ".." in parts or "\0" in name or max(len(each.encode()) for each in parts) > LONGEST_NAME:
            return None
        path = folder.joinpath(*parts)
        return path if path.resolve().is_relative_to(self.folder.resolve()) else None

    def rest(self, folder: Path, used: set[Path]) -> None:
        """Leave out what an index in a folder does not name."""
        for path in self.paths(folder):
            if self.is_folder(path):
                self.rest(path, used)
            elif path not in used:
                self.leave(iter([path]))

    def pieces(self, folder: Path, depth: int, page: Path | None = None) -> Iterator[_Piece]:
        """Yield what is in a folder in the order of names and headings, but for the `page` of its part."""
        things: list[tuple[Named, _File | Path]] = []
        for path in self.paths(folder):
            if path == page:
                continue
            if self.is_text(path) and not _beside(path):
                file = self.file(path)
                if not (count_words(file.text.text)) or _is_data(path, file.text.text):
                    del self.files[path]
                    self.leave(iter([path]))
                else:
                    number = file.heading.number if file.heading else _number(file.text)
                    things.append((Named(path.stem, file.title, number), file))
            elif self.is_folder(path) and depth < DEEPEST and not _folder_beside(path) and self.has_texts(path):
                things.append((Named(path.name, spoken(path.name)), path))
            else:
                self.leave(iter([path]))
        language = next(
            (each.text.language for _, each in things if isinstance(each, _File) and each.text.language), ""
        )
        order, guess = ordered([named for named, _ in things], language)
        if guess:
            self.guesses.append(guess)
        for place in order:
            thing = things[place][1]
            if isinstance(thing, _File):
                yield _Piece(files=(thing,))
            elif thing.name.casefold() in SPLIT or spoken(thing.name).casefold() in MATTER_FOLDERS:
                yield from self.pieces(thing, depth + 1)
            else:
                yield from self.inside(thing, depth)

    def inside(self, folder: Path, depth: int) -> Iterator[_Piece]:
        """Yield what a folder among chapters is: a chapter of some scenes, or a part and its chapters."""
        label = labels.read(spoken(folder.name))
        page = self.part_page(folder)
        inner = list(self.pieces(folder, depth + 1, page.path if page else None))
        if (label is not None and label.kind == "chapter") or (depth and not any(piece.part for piece in inner)):
            files = tuple(file for piece in inner for file in piece.files)
            yield _Piece(files=(*([page] if page else []), *files), title=titled(_named(folder)))
            return
        if page:
            self.put_by(page.title, page.prose, "what stands below the heading of a part")
        yield _Piece(part=page.heading.bare if page and page.heading else _named(folder))
        yield from inner

    def part_page(self, folder: Path) -> _File | None:
        """Return the file in a folder that has nothing but the heading of a part, and a few words."""
        paths = [path for path in self.paths(folder) if self.is_text(path)]
        for path in paths if len(paths) > 1 else []:
            named = spoken(path.stem).casefold() in (*PART_PAGES, spoken(folder.name).casefold())
            file = self.file(path) if named or not _beside(path) else None
            heading = file.heading if file else None
            if file and heading and (named or heading.part) and count_words(file.prose) <= MOST_PART_WORDS:
                return file
        return None

    # What it is.

    def place(self, piece: _Piece) -> None:
        """Put what comes next where it belongs: a part, a page of matter, or a chapter."""
        if not piece.files:
            if piece.part:
                self.parts.append(Part(piece.part))
            elif piece.title:
                self.add(ImportedChapter(titled(piece.title)))
            return
        first = piece.files[0]
        if len(piece.files) > 1 or piece.title:
            self.scenes(piece)
            return
        bare = first.heading.bare if first.heading else first.named
        name = pages.page(first.title) or pages.page(spoken(first.path.stem))
        few = count_words(first.prose) <= MOST_PART_WORDS
        if name and count_words(first.prose):
            self.matter.append(matter_page(name, bare, first.prose))
        elif is_matter(first.title) and first.heading:
            self.put_by(first.title, first.text.text, "front matter")
        elif split := _several(first):
            self.take(split, first)
        elif (first.part or labels.labelled(bare, "part")) and few and len(self.files) > 1:
            self.parts.append(Part(bare))
            self.put_by(bare, first.prose, "what stands below the heading of a part")
        else:
            unnumbered = bool(first.heading and first.heading.unnumbered)
            text = begins(first.prose)
            heading = first.heading.bare if first.heading else ""
            chapter = ImportedChapter(
                first.title, first.prose if count_words(first.prose) else "", text, heading=heading
            )
            self.add(replace(chapter, unnumbered=unnumbered, source=self.label(first.path)))

    def add(self, chapter: ImportedChapter) -> None:
        """Add a chapter to the part that is open."""
        self.chapters.append(replace(chapter, part=len(self.parts) - 1 if self.parts else None))

    def scenes(self, piece: _Piece) -> None:
        """Add a chapter that is made of some files, with a break between each two."""
        whole = len(piece.files) == 1
        prose = SCENES.join(file.prose for file in piece.files if count_words(file.prose))
        headed = [file.heading.bare for file in piece.files if file.heading]
        # Headings of scenes are for whoever writes on: the outline has them.
        about = begins(prose) if whole else "\n\n".join([*headed, begins(prose)])
        source = self.label(piece.files[0].path if whole else piece.files[0].path.parent)
        title = piece.title or piece.files[0].title
        self.add(ImportedChapter(title, prose, about, heading="".join(headed) if whole else "", source=source))

    def take(self, split: Imported, file: _File) -> None:
        """Take a file that holds several chapters."""
        if file.heading and file.heading.part and not split.parts:
            self.parts.append(Part(file.heading.bare))
        base = len(self.parts)
        self.parts += split.parts
        for chapter in split.chapters:
            part = base + chapter.part if chapter.part is not None else len(self.parts) - 1 if self.parts else None
            self.chapters.append(replace(chapter, part=part, source=self.label(file.path)))
        self.asides += [
            aside for aside in split.asides if aside.title != "Front matter" and aside not in file.text.asides
        ]
        self.matter += split.matter
        if split.title and not split.guesses:
            self.notes.append(f"In {self.label(file.path)}, `{split.title}` is taken for a title of several chapters.")

    def put_by(self, title: str, text: str, what: str) -> None:
        """Put a text by that is no chapter, where there is one."""
        if count_words(text):
            self.asides.append(Leftover(title, text, what))

    # What it is called.

    def about(self, root: Path) -> front.Front:
        """Return what files beside the chapters say of the book."""
        for path in (folder / name for folder in dict.fromkeys((root, self.folder)) for name in ABOUT):
            if path.is_symlink() or not path.is_file():
                continue
            text = reading.text_of(path)
            told, _ = front.split(text if text.startswith("---") else f"---\n{text.rstrip()}\n---\n")
            if told.says("title"):
                return told
        return front.Front()

    def title(self, root: Path, told: Index | None, page: front.Front) -> tuple[str, tuple[str, ...]]:
        """Return the title, and what is to be said where it was guessed."""
        if title := (told.title if told else "") or page.says("title"):
            return title, ()
        folder = root.resolve()
        while folder.name.casefold() in SPLIT and folder.parent != folder:
            folder = folder.parent
        for place in dict.fromkeys((root, self.folder, folder)):
            if title := _readme(place):
                return title, (
                    f"The title is the heading of a README, `{title}`: `title:` in premise.md is where to change it.",
                )
        title = titled(" ".join(re.sub("[_-]+", " ", folder.name).split())) or "Untitled"
        return title, (
            f"The title is the name of a folder, `{title}`, since no file says one: `title:` in premise.md.",
        )


def _readme(folder: Path) -> str:
    """Return the first heading of a README, empty where there is none."""
    for name in ("README.md", "readme.md", "Readme.md"):
        if (folder / name).is_file() and not (folder / name).is_symlink():
            marks = headings(reading.text_of(folder / name))
            return marks[0].bare if marks and marks[0].level == 1 else ""
    return ""


def _named(folder: Path) -> str:
    """Return what a folder's name says as a heading: `01-part` is Part 1."""
    words = spoken(folder.name)
    number = re.match("[0-9]+", folder.name)
    alone = {lookup.fold(word) for each in lookup.every() for word in (*each.part, *each.chapter)}
    if number and lookup.fold(words) in alone:
        words = f"{words} {int(number[0])}"
    return words[:1].upper() + words[1:]


def _beside(path: Path) -> bool:
    """Say whether a file is known to be no chapter by its name."""
    named = titled(spoken(path.stem))
    return (is_matter(named) and not pages.page(named)) or named.casefold() in BESIDE.split()


def _folder_beside(path: Path) -> bool:
    return spoken(path.name).casefold() in FOLDERS_BESIDE.split()


def _is_data(path: Path, text: str) -> bool:
    """Say whether a file holds settings of a program rather than prose."""
    lines = [line for line in text.split("\n") if line.strip()]
    data = sum(bool(DATA.match(line)) for line in lines)
    return path.suffix.casefold() in reading.PLAIN and len(lines) > 2 and data == len(lines)


def _number(text: Text) -> int | None:
    """Return the number that front matter gives a chapter, None where it gives none."""
    values = {str(key).casefold(): str(value) for key, value in text.front.items()}
    keys = ("number", "chapter", "order", "weight", "position", "sidebar_position", "nav_order")
    return next((int(values[key]) for key in keys if values.get(key, "").isdecimal() and len(values[key]) < 6), None)


def _several(file: _File) -> Imported | None:
    """Return the chapters of a file that holds more than one, whose headings say that they are chapters."""
    marks = headings(file.text.text, file.text.language)
    labelled = [
        label for mark in marks if (label := labels.read(mark.bare)) and label.kind == "chapter" and not label.bare
    ]
    fewest = 1 if file.heading and file.heading.part else 2
    if len(labelled) < fewest or len({label.number for label in labelled}) < len(labelled):
        return None
    split = manuscript.split(file.text, file.path)
    return split if len(split.chapters) >= fewest else None

"""The chapters of a folder, put together piece by piece: what each file is, and to which part it belongs.

Knows what makes a file a part, a page of front or back matter, or several chapters. Knows no order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book.headings import tidy_title
from novelist.book.outline import Part
from novelist.book.outline_text import untitled
from novelist.imports import manuscript
from novelist.imports.headings import headings
from novelist.imports.imported import Imported, ImportedChapter, Leftover, MatterPage, matter_page, titled
from novelist.imports.manuscript import begins
from novelist.imports.order import spoken
from novelist.language import labels, pages
from novelist.language.matter import is_matter
from novelist.words import count_words

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.imports.headings import Heading
    from novelist.imports.reading import Text

SCENES = "\n\n* * *\n\n"
MOST_PART_WORDS = 60  # below the heading of a part that has a file of its own


@dataclass(frozen=True)
class ChapterFile:
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
class Piece:
    """What comes next in the book: a part with its heading, or a chapter of one file or of some scenes."""

    part: str = ""
    files: tuple[ChapterFile, ...] = ()
    title: str = ""


class Collected:
    """What was found in a folder so far, in the order of the book, and what is to be said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []
        self.asides: list[Leftover] = []
        self.matter: list[MatterPage] = []
        self.parts: list[Part] = []
        self.chapters: list[ImportedChapter] = []

    def label(self, path: Path) -> str:
        """Return the name of a file from the folder that was given."""
        return path.relative_to(self.folder).as_posix()

    def place(self, piece: Piece, *, alone: bool) -> None:
        """Put what comes next where it belongs: a part, a page, or a chapter; `alone` where it is all."""
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
        elif (first.part or labels.labelled(bare, "part")) and few and not alone:
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

    def scenes(self, piece: Piece) -> None:
        """Add a chapter that is made of some files, with a break between each two."""
        whole = len(piece.files) == 1
        prose = SCENES.join(file.prose for file in piece.files if count_words(file.prose))
        headed = [file.heading.bare for file in piece.files if file.heading]
        # Headings of scenes are for whoever writes on: the outline has them.
        about = begins(prose) if whole else "\n\n".join([*headed, begins(prose)])
        source = self.label(piece.files[0].path if whole else piece.files[0].path.parent)
        title = piece.title or piece.files[0].title
        self.add(ImportedChapter(title, prose, about, heading="".join(headed) if whole else "", source=source))

    def take(self, split: Imported, file: ChapterFile) -> None:
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


def _several(file: ChapterFile) -> Imported | None:
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

"""The texts of a book in which a name is changed: which they are, and what becomes of each. Changes no file.

Front matter that is the author's stays, and so do pages of matter/, samples and prompts; where the old name stands in
them is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import frontmatter
from novelist.book.bible_text import called, whole_names
from novelist.book.paths import KEYS
from novelist.book.settings import NAMES
from novelist.commands import command
from novelist.edits import journal
from novelist.edits.renamed_outline import outline_changes
from novelist.edits.renaming import Renaming, applied, words_of
from novelist.errors import SettingsError
from novelist.language import inflection, lookup
from novelist.text import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.paths import Book
    from novelist.targets.snapshot import Snapshot

WITHIN = " \u00a0\u200c-\u2010\u2011'’ʼ.·・"  # a name, beside its letters and digits
LONGEST_NAME = 200
FOLLOWS = re.compile(r"(?:title|unsure|part)[ \t]*:")  # in front matter of ours
ACCEPTED = "lint-accepted.txt"
MOST_NAMED = 5  # places, in one line


class Body(NamedTuple):
    """What stands below the front matter of a file, as it was and as it is to be.

    `places` are how often the name is changed in it, `unsure` the lines (from 0) that a person should look at, `above`
    the lines of front matter.
    """

    before: str
    after: str
    places: int
    unsure: frozenset[int]
    above: int


def name_of(text: str) -> str:
    """Return a name as a person gives it. Raises SettingsError for what is none."""
    name = unicodedata.normalize("NFC", text).strip(" ")
    usable = all(char in WITHIN or unicodedata.category(char)[0] in "LMN" for char in name)
    if not (usable and any(map(str.isalpha, name)) and len(name) <= LONGEST_NAME):
        shown = printable(" ".join(text.split()))[:LONGEST_NAME]
        message = f"`{shown}` is no name. Give one or more words on one line, without Markdown."
        raise SettingsError(message)
    return " ".join(name.split(" "))


def pages_of(book: Book) -> dict[Path, Page]:
    """Return the texts of a book by their files. Raises BookError for what cannot be read."""
    paths = [book.premise, book.bible, book.outline, book.style]
    for folder in (book.chapters, book.summaries, book.notes, book.reviews):
        paths += [folder / name for name in book.files.names(folder) if name.endswith(".md")]
    pages = {}
    for path in paths:
        if (page := frontmatter.read(book.files, path, _keys(book, path))) is not None:
            frontmatter.check(path, page)
            pages[path] = page
    return pages


class Texts:
    """The texts of a book in which `new` is to stand for `old`, and what becomes of each.

    Raises SettingsError where that may not be, and BookError for what cannot be read.
    """

    def __init__(self, snapshot: Snapshot, old: str, new: str) -> None:
        if old == new:
            message = f"both names are `{old}`. Give the new one behind it."
            raise SettingsError(message)
        self._snapshot = snapshot
        self._book = snapshot.book
        self._old, self._new = old, new
        self._language = lookup.table(snapshot.premise.language)
        self.pages = pages_of(self._book)
        self._others = self._names_of_others()
        words = {word for page in self.pages.values() for word in words_of(page.body)}
        self.renaming = Renaming(old, new, self._language, self._others | {new}, words)
        self.bodies = dict(self._bodies())
        if not self.bodies:
            where = "".join(f" {line}" for line in self._untouched())
            message = f"`{old}` is in no text of the book. Write it as it stands there; capitals are found too.{where}"
            raise SettingsError(message)

    def _names_of_others(self) -> set[str]:
        """Return the names of all whose the old one is not. Raises SettingsError where the new one is among them."""
        entities = self._snapshot.bible.entities
        own = [entity for entity in entities if self._old in whole_names(entity)]
        own = own or [entity for entity in entities if self._old in called(entity)]
        others = {name: entity for entity in entities if entity not in own for name in called(entity)}
        # A rename of which a file was left alone may be given again.
        pair = self._old, self._new
        again = not own and any((past.old, past.new) == pair for past in journal.renames(self._book))
        if self._new in others and not again:
            message = (
                f"`{self._new}` is somebody already: `{others[self._new].heading}` in {self._book.bible}. "
                "Rename that one first, or choose another name."
            )
            raise SettingsError(message, why="Two people would be one, and nothing could tell them apart again.")
        return {*others}

    def _bodies(self) -> Iterator[tuple[Path, Body]]:
        """Yield what becomes of each file that has the old name.

        Where the same name was changed the other way, a text that is as that left it is again as it was before.
        """
        pair = self._new, self._old
        undone = next((past.files for past in journal.renames(self._book) if (past.old, past.new) == pair), {})
        for path, page in self.pages.items():
            is_outline = path == self._book.outline
            changes = (
                outline_changes(self._snapshot, page, self.renaming) if is_outline else self.renaming.changes(page.body)
            )
            changes = [change for change in changes if page.body[change.start : change.end] != change.new]
            if not changes:
                continue
            kept, digest = undone.get(path.relative_to(self._book.root).as_posix(), ("", ""))
            before = self._body_of(path, kept) if kept and digest == journal.hashed(page.body) else None
            after = applied(page.body, changes) if before is None else before
            unsure = {page.body.count("\n", 0, change.start) for change in changes if change.unsure and before is None}
            places = sum(change.end > change.start for change in changes)
            yield path, Body(page.body, after, places, frozenset(unsure), page.header.count("\n"))

    def _body_of(self, path: Path, kept: str) -> str | None:
        """Return the body of an earlier text of a file, which is in history."""
        text = self._book.files.read_text(self._book.root / kept)
        return None if text is None else frontmatter.parse(text, _keys(self._book, path)).body

    def notes(self) -> Iterator[str]:
        """Yield what a person should know of what is not renamed, in lines."""
        yield from self._untouched()
        left = Counter(name for page in self.pages.values() for name in self.renaming.left(page.body))
        for name, count in left.items():
            if name != self._new:
                yield f"`{name}` is another name, and stays in {counted(count, 'place')}."
        yield from self._alone()
        there = Renaming(self._new, self._old, self._language, (), ())
        if places := _places(there, {path: page.body for path, page in self.pages.items()}):
            yield f"`{self._new}` is a word of the book already, in {places}."
        names = self._book.files.names(self._book.partial)
        if any(name.endswith((".md", ".part")) for name in names):
            yield f"Drafts in {self._book.partial} that are not finished are of the old name, and begun anew."

    def _untouched(self) -> Iterator[str]:
        """Yield where the old name stands in what is the author's alone, and stays."""
        book = self._book
        places = [
            f"{path}:{number}"
            for path, page in self.pages.items()
            for number, line in enumerate(page.header.split("\n"), 1)
            if not (path.parent in (book.chapters, book.summaries) and page.record and FOLLOWS.match(line))
            and self.renaming.changes(line)
        ]
        if places:
            yield f"Front matter that is yours stays: {_some(places)}."
        folders = (book.matter, book.samples, book.prompts)
        files = [book.root / ACCEPTED, *(folder / name for folder in folders for name in book.files.names(folder))]
        texts = (path for path in files if path.suffix in (".md", ".txt", ".j2") and path.is_file())
        names = [str(path) for path in texts if self.renaming.changes(book.files.read_text(path) or "")]
        if names:
            yield f"Not renamed in: {_some(names)}. Look at that yourself."

    def _alone(self) -> Iterator[str]:
        """Yield where a word of the old name stands alone still, and how that is renamed."""
        words, instead = (inflection.WORD.findall(name) for name in (self._old, self._new))
        after = {
            path: self.bodies[path].after if path in self.bodies else page.body for path, page in self.pages.items()
        }
        for place, word in enumerate(words if len(words) > 1 else ()):
            if not word[0].isupper() or word in instead or word in self._others:
                continue
            if places := _places(Renaming(word, self._new, self._language, self._others, ()), after):
                other = instead[place] if len(instead) == len(words) else instead[0]
                again = f'`{command("novelist")} rename "{word}" "{other}"`'
                yield f"`{word}` alone stands in {places}. {again} renames that, too."


def _keys(book: Book, path: Path) -> frozenset[str]:
    """Return the keys by which front matter of a file is known."""
    return frozenset(NAMES) if path == book.premise else KEYS


def _places(renaming: Renaming, texts: Mapping[Path, str]) -> str:
    """Return in how many places of which files a name stands, empty for none."""
    counts = {path: len(renaming.changes(text)) for path, text in texts.items()}
    files = [f"{path} ({count})" for path, count in counts.items() if count]
    return f"{counted(sum(counts.values()), 'place')}: {_some(files)}" if files else ""


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more

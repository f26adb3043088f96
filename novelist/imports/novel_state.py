"""The novel_state.json of a generator that keeps a book in one file: its outline, and the chapters that it wrote.

It took the lines of its outline for chapters, the book's title and the headings of parts among them: they are told
apart here by the outline itself. Knows the file's keys, and trusts none of them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NoReturn

from novelist.book import outline_text
from novelist.book.headings import HEADING, inert, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.errors import BookError
from novelist.imports.imported import CONTROL, Imported, ImportedChapter, Leftover, listed, titled
from novelist.imports.reading import prose_of, text_of
from novelist.language import labels
from novelist.language.matter import is_matter
from novelist.prose.cleaning import without_title
from novelist.prose.markup import FENCED
from novelist.prose.sentences import ends
from novelist.text import BOM, counted, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

OURS = ("title", "concept", "outline_text", "outline_items", "chapters")
TITLE, PARTED = "the title of the book", "the heading of a part"
ITEM_TITLE = re.compile(
    r"[0-9]{1,4}[.)][ \t]+(?:(\*\*|__).+?\1|[^ \t].*?(?=(?<![ \t])[ \t]+[—–-][ \t]|:[ \t]|(?<![ \t\r])[ \t\r]*$))"
)
MARKED = re.compile(r"(?<![ \t])[ \t]*— \{#item-[0-9]+\}")
NAME = re.compile(r"(?<=[\w,;] )[A-Z][a-z]{2,}")  # a capitalised word within a sentence
SECTIONS_OF_A_MAIN_PERSON = 3  # sections that name a person who matters
CUT_OFF = "It was cut off, or edited."


@dataclass
class _Entry:
    """What the outline has: its title, a part or a section (`number` from 0), until a chapter is found for it."""

    kind: str
    name: str
    number: int = 0
    matched: bool = False


def read(path: Path) -> Imported:
    """Return what a novel_state.json holds. Raises BookError for anything else."""
    state = _state(path)
    saved = _Saved(path, state)
    outline = saved.outline()
    entries = list(_entries(outline))
    sections = [ImportedChapter(each.title, "", each.text, each.part, each.id) for each in outline.sections]
    asides: list[Leftover] = []
    added: list[tuple[int, ImportedChapter]] = []
    here = after = 0
    for title, prose in saved.chapters():
        place = _place(entries, slug(title), here)
        entry = None if place is None else entries[place]
        if entry is not None and place is not None:
            entry.matched = True
            here = place + 1
        if entry is not None and entry.kind == "section":
            after = entry.number + 1
            sections[entry.number] = replace(sections[entry.number], prose=prose)
        elif entry is not None or is_matter(title):
            asides.append(Leftover(title, prose, entry.kind if entry else "front matter"))
        else:
            part = sections[after - 1].part if after else None
            added.append((after, ImportedChapter(title, prose, "", part)))
            saved.notes.append(f"The outline has no section for `{title}`; it has one now.")
    for moved, (at, chapter) in enumerate(sorted(added, key=itemgetter(0))):
        sections.insert(at + moved, chapter)
    if saved.unread:
        asides.append(Leftover("Outline", saved.unread, "an outline that cannot be read"))
    if not sections:
        _wrong(path, "it has no chapter, and no section for one")
    chapters = tuple(sections)
    return Imported(
        title=saved.title or outline.title or "Untitled",
        chapters=chapters,
        idea=inert(saved.text("concept")),
        about=outline.about,
        parts=outline.parts,
        asides=tuple(aside for aside in asides if aside.prose.strip()),
        notes=(*saved.notes, *_notes(saved, outline, chapters)),
    )


def _state(path: Path) -> dict[str, Any]:
    try:
        state = json.loads(text_of(path))
    except RecursionError as error:
        message = "its lists are too deep within one another for the state of a novel. Give another file."
        raise BookError(path, None, message) from error
    except json.JSONDecodeError as error:
        message = f"this is not JSON ({error.msg}). Give the file as the generator saved it."
        raise BookError(path, error.lineno, message, why=CUT_OFF) from error
    except ValueError as error:  # a number of too many digits
        message = f"this is not JSON ({error}). Give the file as the generator saved it."
        raise BookError(path, None, message, why=CUT_OFF) from error
    if not isinstance(state, dict):
        _wrong(path, "it is not one object")
    return state


def _wrong(path: Path, what: str) -> NoReturn:
    raise BookError(path, None, f"this is not the state of a novel: {what}. Give the file as the generator saved it.")


class _Saved:
    """What the state tells, key by key, and what is to be said of it."""

    def __init__(self, path: Path, state: dict[str, Any]) -> None:
        self.path = path
        self.state = state
        self.notes: list[str] = []
        self.unread = ""  # an outline that is none
        self.title = tidy_title(self.text("title"))
        others = [str(key) for key in state if key not in OURS]
        if others:
            self.notes.append(f"Left out, since they are the generator's own: {listed(others, 20)}.")

    def text(self, key: str) -> str:
        """Return the text under a key, empty where there is none."""
        value = self.state.get(key)
        if value is not None and not isinstance(value, str):
            _wrong(self.path, f"`{key}` is not a text")
        return value or ""

    def list(self, key: str) -> list[Any]:
        """Return the list under a key, empty where there is none."""
        value = self.state.get(key)
        if value is not None and not isinstance(value, list):
            _wrong(self.path, f"`{key}` is not a list")
        return value or []

    def chapters(self) -> Iterator[tuple[str, str]]:
        """Yield the title and the prose of each chapter that was written."""
        headed = fenced = 0
        for number, each in enumerate(self.list("chapters"), 1):
            if not isinstance(each, dict) or not isinstance(each.get("content"), str):
                _wrong(self.path, f"chapter {number} is no object with a text under `content`")
            title = titled(named if isinstance(named := each.get("title"), str) else "") or f"Chapter {number}"
            prose, note = prose_of(each["content"], title)
            self.notes += [note] if note else []
            if match := FENCED.fullmatch(prose.strip()):
                prose, fenced = match[2], fenced + 1
            untitled = without_title(prose, title)
            if untitled != prose:
                prose, headed = prose.lstrip().partition("\n")[2], headed + 1
            yield title, prose.strip("\r\n")
        if headed:
            self.notes.append(f"The heading above {counted(headed, 'text')} is left out: novelist writes it itself.")
        if fenced:
            self.notes.append(f"The code fence around {counted(fenced, 'text')} is left out.")

    def outline(self) -> Outline:
        """Return the outline from its text, else from the titles that the generator took from it, or wrote."""
        text = CONTROL.sub("", self.text("outline_text")).removeprefix(BOM)
        try:
            return _parsed(text, self.path, self.title)
        except BookError as error:
            if text.strip():
                why = f"line {error.line}: {error.message}"
                self.notes.append(f"The outline cannot be read ({why}); the sections are those of its titles.")
                self.unread = text
        items = [each for each in self.list("outline_items") if isinstance(each, str)]
        written = [each.get("title") for each in self.list("chapters") if isinstance(each, dict)]
        named = [titled(each) for each in items or written if isinstance(each, str)]
        if not any(named):
            _wrong(self.path, "it has neither an outline nor chapters with titles")
        return _of_titles([each for each in named if each], self.title)


def _parsed(text: str, path: Path, title: str) -> Outline:
    """Return the outline in `text`. Its items are marked while it is read, since two may have one title."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        heading = HEADING.match(line.rstrip("\r"))
        if item := ITEM_TITLE.match(line):
            lines[index] = f"{item[0]} — {{#item-{index}}}{line[item.end() :]}"
        elif heading and labels.labelled(tidy_title(heading[2] or ""), "chapter"):
            lines[index] = f"{line.rstrip()} {{#item-{index}}}"
    outline = outline_text.parse("\n".join(lines), path, title)
    named, parts = outline.title, outline.parts
    if not named and len(parts) == 1 and not labels.labelled(parts[0].heading, "part"):
        named, parts = parts[0].heading, parts[:0]  # the only heading of a list
    sections = tuple(
        replace(
            each,
            id="",
            title=titled(MARKED.sub("", each.title)),
            text=MARKED.sub("", each.text),
            part=each.part if parts else None,
        )
        for each in outline.sections
    )
    return Outline(named, MARKED.sub("", outline.about), parts, sections)


def _of_titles(titles: list[str], title: str) -> Outline:
    """Return the outline that a list of titles was: parts say so; the book's title stands right before the first."""
    opens = titles[1:] and labels.labelled(titles[1], "part") and not labels.labelled(titles[0], "part")
    named = titles[0] if opens or (titles[1:] and titles[0].casefold() == title.casefold()) else ""
    parts: list[Part] = []
    sections: list[Section] = []
    for each in titles[1 if named else 0 :]:
        if labels.labelled(each, "part"):
            parts.append(Part(each))
        elif not is_matter(each):
            sections.append(Section("", each, "", len(parts) - 1 if parts else None))
    return Outline(named, "", tuple(parts), tuple(sections))


def _entries(outline: Outline) -> Iterator[_Entry]:
    """Yield what the generator took for chapters, in its order."""
    if outline.title:
        yield _Entry(TITLE, slug(titled(outline.title)))
    part = None
    for number, section in enumerate(outline.sections):
        if section.part != part and section.part is not None:
            part = section.part
            yield _Entry(PARTED, slug(titled(outline.parts[part].heading)))
        yield _Entry("section", slug(section.title), number)


def _place(entries: Sequence[_Entry], name: str, here: int) -> int | None:
    """Return where that is for which a chapter of this name was written: the next that is free, else an earlier one."""
    order = (*range(here, len(entries)), *range(here))
    return next((place for place in order if entries[place].name == name and not entries[place].matched), None)


def _notes(saved: _Saved, outline: Outline, chapters: Sequence[ImportedChapter]) -> Iterator[str]:
    """Yield what should be looked at before the book is gone on with."""
    if outline.title and saved.title and slug(outline.title) != slug(saved.title):
        yield f"The outline calls the book `{outline.title}`; premise.md has `{saved.title}`, as the state says."
    for chapter in chapters:
        if chapter.prose and not ends(chapter.prose):
            yield f"`{chapter.title}` ends in mid-sentence. Finish it by hand, or delete its file to have it drafted."
    last = chapters[-1]
    if last.text and not last.prose and not ends(last.text):
        yield f"The outline ends in mid-sentence, at `{last.title}`. Finish it in outline.md."
    prose = "\n".join(chapter.prose for chapter in chapters)
    known = f"{outline.title}\n{prose}"
    names = Counter(name for chapter in chapters for name in dict.fromkeys(NAME.findall(chapter.text)))
    strange = [name for name, count in names.most_common() if count >= SECTIONS_OF_A_MAIN_PERSON and name not in known]
    if prose and strange:
        yield f"The outline tells of {listed(strange)}, whom no chapter names. Make them agree before more is drafted."

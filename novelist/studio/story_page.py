"""What is shown of the files that chapters are made from, the premise, the bible and the outline: what is read there.

A text is read as a build would read it once it is in its file, which it need not be: what is wrong with it is shown at
its line. Asks no model, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from novelist.book import bible_text, frontmatter, history, settings
from novelist.book.bible import Bible
from novelist.book.premise import Premise
from novelist.edits import saving
from novelist.edits.editable import WholeFile
from novelist.edits.reordering import is_movable, ordered_there
from novelist.errors import BookError, NovelistError
from novelist.language.lengths import unit
from novelist.studio.chapter_page import seen
from novelist.studio.wording import time_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.book.outline import Outline
    from novelist.edits.saving import Edit
    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.source import SourceTarget

TITLES: Mapping[str, str] = {"premise": "Premise", "bible": "Bible", "outline": "Outline"}  # by their addresses
LINES_AROUND = 1  # a line with something wrong in it, that are shown with it
MOST_ENTRIES = 30  # of a file's history
MOST_FOLDED = 200  # chapters whose forms are on the page, folded: a browser takes seconds for those of a thousand


@dataclass(frozen=True)
class Problem:
    """What is wrong: where, if that is in the text, with the lines there by their numbers."""

    message: str
    line: int = 0
    lines: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class SettingRead:
    """A setting of the premise: its value, and the line that gives it, 0 for a default."""

    name: str
    value: str
    line: int
    about: str


@dataclass(frozen=True)
class EntityRead:
    """A section of the bible: what else it is called, and the chapters whose sections name it.

    Of these there are the number in the book, the one that readers see, and the title.
    """

    heading: str
    also: Sequence[str]
    always: bool
    chapters: Sequence[tuple[int, int | None, str]]


@dataclass(frozen=True)
class ChapterRead:
    """A section of the outline: its numbers, how long it is to be, and who is named in it.

    `moves` are what can be done with it: `up`, `down`, `insert`, and `unnumber` or `number`.
    """

    number: int
    printed: int | None
    title: str
    line: int
    words: str
    own_words: bool
    names: Sequence[str]
    moves: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """What is read in a text, as far as it can be read."""

    problem: Problem | None = None
    others: Sequence[Problem] = ()  # beside that
    language: str = "en"
    unit: str = "words"
    settings: Sequence[SettingRead] = ()
    idea: str = ""
    entities: Sequence[EntityRead] = ()
    parts: Sequence[tuple[str, Sequence[ChapterRead]]] = ()
    chapters: int = 0
    movable: bool = field(default=False)

    @property
    def folds(self) -> bool:
        """Whether what can be done with each chapter is on its page, and not only with the one that is asked for."""
        return self.chapters <= MOST_FOLDED


@dataclass(frozen=True)
class StoryPage:
    """A file as it is: its text, what is `seen` of it and read in it, and when each text before came into history."""

    kind: str
    title: str
    name: str
    there: bool
    edit: Edit
    seen: str
    reading: Reading
    history: Sequence[tuple[str, str]]


def target_of(snapshot: Snapshot, kind: str) -> SourceTarget:
    """Return the file of a kind."""
    targets = {"premise": snapshot.idea_target, "bible": snapshot.bible_target, "outline": snapshot.outline_target}
    return targets[kind]


def story_page(opened: OpenBook, snapshot: Snapshot, kind: str) -> StoryPage:
    """Return what is shown of a file, whatever is in it. Raises BookError where it is no text."""
    target = target_of(snapshot, kind)
    edit = saving.begun(WholeFile(snapshot, target))
    there = snapshot.book.files.read_text(target.path) is not None
    reading = read(opened, snapshot, kind, edit.text, saved=True) if there else Reading()
    entries = history.entries(snapshot.book, target.identity)[:MOST_ENTRIES]
    times = [(path.stem, time_of(path.stem)) for path in entries]
    return StoryPage(kind, TITLES[kind], target.path.name, there, edit, seen(target), reading, times)


def read(opened: OpenBook, snapshot: Snapshot, kind: str, text: str, *, saved: bool = False) -> Reading:
    """Return what is read in a text of such a file; only where it is `saved` there can anything be moved."""
    if kind == "premise":
        return _premise(opened, snapshot, text)
    premise, problem = Premise(""), None
    try:
        premise = snapshot.premise
        if kind == "bible":
            return _bible(snapshot, text, premise.language)
        return _outline(snapshot, text, premise, saved=saved)
    except NovelistError as error:
        problem = _problem(opened, snapshot, kind, text, error)
    return Reading(problem, language=premise.language)


def _problem(opened: OpenBook, snapshot: Snapshot, kind: str, text: str, error: NovelistError) -> Problem:
    if not isinstance(error, BookError) or error.path != target_of(snapshot, kind).path:
        return Problem(opened.local(str(error)))
    lines = text.split("\n")
    line = min(error.line or 0, len(lines))
    around = range(max(1, line - LINES_AROUND), min(len(lines), line + LINES_AROUND) + 1) if line else ()
    return Problem(f"{error.message[:1].upper()}{error.message[1:]}", line, [(one, lines[one - 1]) for one in around])


def _premise(opened: OpenBook, snapshot: Snapshot, text: str) -> Reading:
    path = snapshot.book.premise
    page = frontmatter.parse(text, settings.NAMES)
    lines = frontmatter.lines_of(page)
    problems = [_problem(opened, snapshot, "premise", text, error) for error in settings.faults(path, text)]
    premise = Premise("")
    try:
        premise = settings.parse_premise(path, text)
        settings.parse_edition(path, text)
    except NovelistError as error:
        problem = _problem(opened, snapshot, "premise", text, error)
        problems = problems if problem in problems else [problem, *problems]
    values = []
    for setting in settings.SETTINGS:
        given = page.front.get(setting.name)
        default = getattr(premise, setting.name, setting.default) if setting.group is Premise else None
        if given:
            value = ", ".join(map(str, given)) if isinstance(given, list) else str(given)
            values.append(SettingRead(setting.name, value, lines.get(setting.name, 1), setting.about))
        elif default:
            values.append(SettingRead(setting.name, setting.kind.write(default), 0, setting.about))
    first = problems[0] if problems else None
    return Reading(first, problems[1:], premise.language, settings=values, idea=premise.idea)


def _bible(snapshot: Snapshot, text: str, language: str) -> Reading:
    bible = bible_text.parse(text, snapshot.book.bible, language)
    named: dict[str, list[tuple[int, int | None, str]]] = {entity.heading: [] for entity in bible.entities}
    try:
        outline = snapshot.outline if snapshot.outlined else None
    except NovelistError:
        outline = None  # what is wrong with it is told where it is read
    numbers, sections = (outline.numbers, outline.sections) if outline else ((), ())
    for number, (printed, section) in enumerate(zip(numbers, sections, strict=True), 1):
        for entity in bible.named_in(section.text):
            named[entity.heading].append((number, printed, section.title))
    entities = [
        EntityRead(
            entity.heading,
            bible_text.whole_names(entity)[1:],
            entity.always,
            [] if entity.always else named[entity.heading],
        )
        for entity in bible.entities
    ]
    return Reading(language=language, entities=entities, chapters=len(sections))


def _outline(snapshot: Snapshot, text: str, premise: Premise, *, saved: bool) -> Reading:
    outline = snapshot.outline if saved else snapshot.outline_in(text)
    moves = _moves(snapshot, outline) if saved else {}
    bible = _bible_there(snapshot)

    def read_of(number: int) -> ChapterRead:
        section = outline.sections[number - 1]
        names = [entity.heading for entity in bible.named_in(section.text) if not entity.always]
        words = section.words or premise.words
        printed, own = outline.numbers[number - 1], section.words is not None
        return ChapterRead(
            number, printed, section.title, section.line, f"{words:,}", own, names, moves.get(number, frozenset())
        )

    parts = [
        (outline.parts[part].heading if part is not None else "", [read_of(number) for number, _ in those])
        for part, those in groupby(enumerate(outline.sections, 1), lambda each: each[1].part)
    ]
    return Reading(
        language=premise.language,
        unit=unit(premise.language),
        parts=parts,
        chapters=len(outline.sections),
        movable=bool(moves),
    )


def _moves(snapshot: Snapshot, outline: Outline) -> dict[int, frozenset[str]]:
    """Return what can be done with each chapter of the outline that is there; nothing with one of an older form."""
    try:
        ordered = ordered_there(snapshot)
    except BookError:
        return {}
    moves = {}
    for number, section in enumerate(outline.sections, 1):
        over = {way for way in ("up", "down") if is_movable(ordered, number, up=way == "up")}
        numbering = set() if section.apart else {"number" if section.unnumbered else "unnumber"}
        moves[number] = frozenset({"insert", *over, *numbering})
    return moves


def _bible_there(snapshot: Snapshot) -> Bible:
    try:
        with snapshot.without_bible():
            return snapshot.bible
    except NovelistError:
        return Bible("", ())  # what is wrong with it is told where it is read

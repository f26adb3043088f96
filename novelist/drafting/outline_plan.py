"""An outline as a model plans it: its JSON Schema, what is wrong with an answer, and what can be put right.

Pure. A short one comes in one answer; of a longer one the list of its chapters comes first, a line for each, and then
what happens in them (runs.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from novelist.book import section_lines
from novelist.book.headings import inert, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.book.section_lines import SectionLines
from novelist.drafting.answers import objects
from novelist.prose.sentences import SENTENCE_END, whole_sentences
from novelist.text import counted, printable, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.premise import Span
    from novelist.drafting.schemas import Schemas

ENDS_OPEN = re.compile(r"(?<![\s,;:–—-])[\s,;:–—-]+$")
DANGLING = re.compile(r"(?:[\s,;:–—-]+(?:a|an|and|at|by|for|from|in|of|on|the|to|with)(?![^\s,;:–—-]))*[\s,;:–—-]*$")
LONGEST_NEW_TITLE = 200  # characters
MOST_THREADS = 12
NO_TITLE = "the book has no title"
NOTHING = frozenset({"", "-", "–", "—", "n/a", "none", "nothing", "null"})  # of a line that a chapter does not have


@dataclass(frozen=True)
class Planned:
    """One chapter as the model planned it; `part` counts from 1, 0 is none, `lines` are by their names."""

    part: int
    title: str
    happens: str
    lines: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the text of its section in a book of `language`."""
        return inert(section_lines.render(SectionLines(self.lines, self.happens), language))

    def answered(self) -> dict[str, object]:
        """Return it as a model answers it."""
        return {"part": self.part, "title": self.title, "happens": self.happens, **self.lines}


@dataclass(frozen=True)
class OutlineDraft:
    """A planned book, its texts made safe but not yet checked."""

    title: str
    about: str
    parts: tuple[str, ...]
    chapters: tuple[Planned, ...]
    threads: tuple[str, ...] = ()

    def answered(self) -> dict[str, object]:
        """Return it as a model answers it."""
        chapters = [chapter.answered() for chapter in self.chapters]
        texts = {"title": self.title, "about": self.about}
        return {**texts, "threads": list(self.threads), "parts": list(self.parts), "chapters": chapters}


def schema(chapters: Span, schemas: Schemas, *, lines: bool) -> dict[str, Any]:
    """Return the JSON Schema of an outline: flat and small, since not every model keeps to a larger one.

    Chapters have `lines` beside what happens where all of it comes in one answer. The smallest models are asked for
    neither these nor threads.
    """
    named = {name: schemas.line() for name in section_lines.NAMES} if lines and not schemas.plain else {}
    chapter = schemas.record(part=schemas.whole(0), title=schemas.title(), happens=schemas.sentences(2), **named)
    threads = {} if schemas.plain else {"threads": schemas.many(schemas.line(), 0, MOST_THREADS)}
    return schemas.record(
        title=schemas.title(),
        about=schemas.sentences(1),
        **threads,
        parts=schemas.many(schemas.title(), 0, 0),
        chapters=schemas.many(chapter, chapters.low, chapters.high),
    )


def read(answer: Mapping[str, Any]) -> OutlineDraft:
    """Return the outline that a model answered.

    Raises ValueError with what is wrong, in words for the model.
    """
    parts = answer.get("parts")
    return OutlineDraft(
        title=tidy_title(str(answer.get("title") or "")),
        about=inert(str(answer.get("about") or "")),
        parts=tuple(tidy_title(str(part)) for part in parts) if isinstance(parts, list) else (),
        chapters=tuple(map(planned, objects(answer, "chapters"))),
        threads=tuple(filter(None, map(_line, _texts(answer.get("threads"))))),
    )


def planned(chapter: Mapping[str, Any]) -> Planned:
    """Return the chapter that a model answered."""
    part = chapter.get("part")
    lines = {name: _line("; ".join(_texts(chapter.get(name)))) for name in section_lines.NAMES}
    return Planned(
        part=part if isinstance(part, int) else 0,
        title=tidy_title(str(chapter.get("title") or "")),
        happens=inert(str(chapter.get("happens") or "")),
        lines={name: line for name, line in lines.items() if line},
    )


def _texts(value: object) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value or ""])]


def _line(text: str) -> str:
    """Return a text on one line, empty where it says that there is nothing."""
    line = " ".join(printable(text).split())
    return "" if line.casefold().rstrip(".") in NOTHING else line


def problems(draft: OutlineDraft, chapters: Span, *, listed: bool = False) -> list[str]:
    """Return what is wrong with the draft, in words for the model and for a person.

    A chapter that is only `listed` need not say yet what happens.
    """
    wrong = []
    count = len(draft.chapters)
    if not chapters.low <= count <= chapters.high:
        wrong.append(f"it has {count} chapters, not {chapters}")
    if not draft.title:
        wrong.append(NO_TITLE)
    seen: dict[str, int] = {}
    for number, chapter in enumerate(draft.chapters, 1):
        identity = slug(chapter.title)
        if not identity:
            wrong.append(f"chapter {number} has no title")
        elif identity in seen:
            wrong.append(f"chapter {number} has the title of chapter {seen[identity]}")
        seen.setdefault(identity, number)
        if listed:
            continue
        if not chapter.happens.strip():
            wrong.append(f"chapter {number} does not say what happens")
        elif is_open(chapter, last=number == count):
            wrong.append(f"what happens in chapter {number} is cut off")
    wrong.extend(f"part {number} has no title" for number, part in enumerate(draft.parts, 1) if not part)
    if _misplaced(draft):
        wrong.append("the parts do not follow each other, each with a chapter")
    return wrong


def _misplaced(draft: OutlineDraft) -> bool:
    """Say whether the chapters' parts are not 1, 2, 3 … in order, with all of the parts used."""
    order = [chapter.part for chapter in draft.chapters]
    if not draft.parts:
        return any(order)
    return order != sorted(order) or set(order) - {0} != set(range(1, len(draft.parts) + 1))


def repair(draft: OutlineDraft, chapters: Span) -> tuple[OutlineDraft, list[str]]:
    """Return the draft with all of its problems but missing chapters repaired, and what was done."""
    done = []
    if len(draft.chapters) > chapters.high:
        done.append(f"{counted(len(draft.chapters) - chapters.high, 'chapter')} too many left out")
        draft = replace(draft, chapters=draft.chapters[: chapters.high])
    if _misplaced(draft) or not all(draft.parts):
        done.append("the parts are left out")
        draft = replace(draft, parts=(), chapters=tuple(replace(chapter, part=0) for chapter in draft.chapters))
    if not draft.title:
        done.append("the book is now `Untitled`")
        draft = replace(draft, title="Untitled")
    draft, retitled = _retitled(draft)
    chapters_now: list[Planned] = []
    for number, chapter in enumerate(draft.chapters, 1):
        done.extend(retitled.get(number, []))
        happens = chapter.happens
        if is_open(chapter, last=number == len(draft.chapters)):
            happens = _whole(happens)
        happens = happens if happens.strip() else inert(f"{chapter.title}.")
        if happens != chapter.happens:
            done.append(f"what happens in chapter {number} now ends in a whole sentence")
        chapters_now.append(replace(chapter, happens=happens))
    return replace(draft, chapters=tuple(chapters_now)), done


def mend(draft: OutlineDraft) -> tuple[OutlineDraft, list[str]]:
    """Return the draft with the titles that are missing or taken made of what happens, and what was done.

    A chapter of which nothing is known has no title to be had.
    """
    if not all(slug(chapter.title) or chapter.happens.strip() for chapter in draft.chapters):
        return draft, []
    mended, retitled = _retitled(draft)
    return mended, [line for number in sorted(retitled) for line in retitled[number]]


def _retitled(draft: OutlineDraft) -> tuple[OutlineDraft, dict[int, list[str]]]:
    """Return the draft with a title of its own for each chapter, and what was done, by the numbers of chapters."""
    chapters: list[Planned] = []
    done: dict[int, list[str]] = {}
    taken: set[str] = set()
    for number, chapter in enumerate(draft.chapters, 1):
        title = chapter.title
        if not slug(title) or slug(title) in taken:
            title = _new_title(chapter, number, taken)
            done[number] = [f"chapter {number}, `{chapter.title}`, is now `{title}`"]
        taken.add(slug(title))
        chapters.append(replace(chapter, title=title))
    return replace(draft, chapters=tuple(chapters)), done


def is_open(chapter: Planned, *, last: bool) -> bool:
    """Say whether what happens in a chapter was cut off: in the last one by the lack of an end, else by a comma."""
    happens = chapter.happens
    return happens.endswith((",", ";", ":", "–", "—", "-")) or (last and not SENTENCE_END.search(happens[-4:]))


def _whole(happens: str) -> str:
    """Return a text that was cut off up to its last whole sentence, or closed by a full stop."""
    whole = ENDS_OPEN.sub("", whole_sentences(happens))
    return whole if not whole or SENTENCE_END.search(whole[-4:]) else f"{whole}."


def _new_title(chapter: Planned, number: int, taken: set[str]) -> str:
    """Return the chapter's title; where that is none, or taken, the first words of what happens in it."""
    words = re.split(r"[.,;:!?]", chapter.happens)[0].split()
    titles = [
        ENDS_OPEN.sub("", chapter.title),
        *(DANGLING.sub("", " ".join(words[:most])[:LONGEST_NEW_TITLE]) for most in (5, 9)),
        f"Chapter {number}",
    ]
    tidied = (tidy_title(title) for title in titles)
    free = (title for title in tidied if slug(title) and slug(title) not in taken)
    return next(free, f"Chapter {number}, again")


def to_outline(draft: OutlineDraft, title: str, language: str = "") -> Outline:
    """Return a draft without problems as an outline; `title` is the premise's, where it has one."""
    sections = tuple(
        Section(slug(chapter.title), chapter.title, chapter.text(language), chapter.part - 1 if chapter.part else None)
        for chapter in draft.chapters
    )
    threads = "\n".join(f"- {inert(thread)}" for thread in draft.threads)
    opens = section_lines.label("opens", language)
    about = "\n\n".join(filter(None, [draft.about, threads and f"{opens}:\n{threads}"]))
    return Outline(tidy_title(title) or draft.title, about, tuple(map(Part, draft.parts)), sections)

"""Which target a person names: by its number, its task, its identity or its file; which tasks, and which chapters.

Knows no files.
"""

from __future__ import annotations

import math
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from novelist.book.paths import NAME
from novelist.book.slips import nearest
from novelist.errors import BookError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target

MOST_DIGITS = 7  # of a number: no chapter has one of so many
NUMBERED = re.compile(r"(?:(chapter|summary|revise|review):)?([0-9]+)$")
RUN = re.compile(r"(?:(chapter|summary|revise|review):)?([0-9]+)-(?:\1:)?([0-9]+)$")
PART = re.compile(r"\s*0*([0-9]{1,6})(?:\s*[-–]\s*0*([0-9]{1,6}))?\s*")
GROUPS = ("chapter", "revise", "review", "summary", "arc")  # each of all tasks of a kind
ARC = re.compile(r"(?:.*/)?arc[:-]([0-9]+-[0-9]+)(?:\.md)?$")


def named(snapshot: Snapshot, text: str) -> Target:
    """Return what `text` names: `7`, `chapter:07`, `summary:07`, `arc:001-010`, `bible`, an id or a file.

    Raises SettingsError where it names nothing.
    """
    for source in (*snapshot.sources, *snapshot.voice):
        if text in (source.name, source.path.name):
            return source
    if text == snapshot.reading.name or text.endswith("reviews/book.md"):
        return snapshot.reading
    sections = snapshot.outline.sections
    if match := ARC.match(text):
        labelled = {run.label(snapshot.count): run for run in snapshot.story.readers}
        if match[1] in labelled:
            return snapshot.arc(labelled[match[1]])
    if match := NUMBERED.match(text):
        number = _number(match[2])
        if 1 <= number <= len(sections):
            return _of_chapter(snapshot, match[1], number)
    name = re.sub(r"^.*/|\.md$", "", text)
    # A file's name has the number before the identity, which may begin with digits itself.
    chapters = {chapter.identity: chapter for chapter in snapshot.chapters}
    if chapter := chapters.get(name) or chapters.get(re.sub(r"^[0-9]+-", "", name)):
        folder = text.rpartition("/")[0].rpartition("/")[2]
        of = {"summaries": snapshot.summary, "reviews": snapshot.review}.get(folder, snapshot.chapter)
        return of(chapter.number)
    message = f"there is no chapter `{text}`. Name one of the {len(sections)} by its number, its id or its file."
    raise SettingsError(message)


def chapter_named(snapshot: Snapshot, text: str) -> ChapterTarget:
    """Return the chapter that `text` names, as `named` does.

    Raises BookError where there is no outline yet, and SettingsError for what is no chapter.
    """
    check_outlined(snapshot)
    target = named(snapshot, text)
    if target.kind != "chapter":
        message = f"`{text}` is no chapter. Name one by its number, its id or its file."
        raise SettingsError(message)
    return snapshot.chapter(target.number)


def check_outlined(snapshot: Snapshot) -> None:
    """Raise BookError where there is no outline yet."""
    if not snapshot.outlined:
        message = "there is no outline yet, so there is no chapter. Run `doit` to have both drafted."
        raise BookError(snapshot.book.outline, None, message)


def tasks(snapshot: Snapshot, text: str) -> list[str]:
    """Return the tasks that `text` names: `7`, `chapter:7`, `5-9`, an id or a file; else `text` itself.

    Raises SettingsError for a number that no chapter has.
    """
    for target in (snapshot.bible_target, snapshot.outline_target, snapshot.style_target, snapshot.book_text):
        if text == target.path.name:
            return [target.name]
    if NUMBERED.match(text) or (RUN.match(text) and not _is_id(snapshot, text)):
        return _numbered(snapshot, text)
    if _is_id(snapshot, text) or NAME.match(text.rpartition("/")[2]):
        return [named(snapshot, text).name]
    return [text]


def task_names(snapshot: Snapshot) -> set[str]:
    """Return the names of the tasks that there are, but for those of exports."""
    names = {target.name for target in (*snapshot.drafts(), snapshot.reading, snapshot.book_text)}
    reviewed = range(1, snapshot.count + 1) if snapshot.outlined else ()
    return names | {snapshot.review(number).name for number in reviewed}


def check_tasks(snapshot: Snapshot, names: Iterable[str], exports: Collection[str]) -> None:
    """Raise SettingsError for a name that is no task, none of `exports` and no group of tasks."""
    known = {*GROUPS, "files", *task_names(snapshot), *exports, *(f"dist/book.{each}" for each in exports)}
    for name in names:
        if name in known or ("*" in name and any(fnmatchcase(each, name) for each in known)):
            continue
        near = nearest(name, sorted(known))
        if near:
            message = f"there is no task `{name}`. The nearest is `{near}`."
        else:
            message = f"there is no task `{name}`. `doit list --all` says which there are."
        raise SettingsError(message)


def in_a_row(snapshot: Snapshot, text: str) -> list[str]:
    """Return the tasks of the chapters in a row that `text` names, such as `4-6`; else `text` itself.

    Raises SettingsError for a number that no chapter has.
    """
    return _numbered(snapshot, text) if RUN.match(text) and not _is_id(snapshot, text) else [text]


def _is_id(snapshot: Snapshot, text: str) -> bool:
    return snapshot.outlined and any(section.id == text for section in snapshot.outline.sections)


def _numbered(snapshot: Snapshot, text: str) -> list[str]:
    """Return the tasks that are named by the number of a chapter, or by those of a first and a last one."""
    match = RUN.match(text) or NUMBERED.match(text)
    if match is None:
        return [text]
    first, last = _number(match[2]), _number(match[match.lastindex or 2])
    if not 1 <= first <= last <= snapshot.count:
        message = f"there is no chapter `{text}`. Name one of the {snapshot.count}, or two of them such as `1-3`."
        raise SettingsError(message)
    return [_of_chapter(snapshot, match[1], number).name for number in range(first, last + 1)]


def _of_chapter(snapshot: Snapshot, kind: str | None, number: int) -> Target:
    """Return what a kind names of a chapter. Raises SettingsError for the revision of one of which nothing is asked."""
    if kind == "summary":
        return snapshot.summary(number)
    if kind == "review":
        return snapshot.review(number)
    if kind != "revise":
        return snapshot.chapter(number)
    if number not in snapshot.revisions:
        path = snapshot.chapter(number).notes_path
        message = f"nothing is asked of chapter {number}. Write it into {path}, a line each."
        raise SettingsError(message)
    return snapshot.revision(number)


def _number(digits: str) -> int:
    """Return a number; of one that has more digits than any chapter's has, no more than tells that."""
    return int(digits.lstrip("0")[:MOST_DIGITS] or "0")


def last_chapter(task: str) -> float:
    """Return the number of the chapter that a task ends with: any, unless it names one."""
    kind, _, number = task.partition(":")
    return _number(number) if kind in ("chapter", "revise", "review", "summary") and number.isdecimal() else math.inf


def last_of(snapshot: Snapshot, tasks: Iterable[str]) -> float:
    """Return the number of the last chapter that some tasks come to: any, unless each names one.

    The whole book is read as far as it is there.
    """
    if "read" in (names := list(tasks)):
        there = max((chapter.number for chapter in snapshot.written), default=0)
        return max([there, *(last_chapter(name) for name in names if name != "read")])
    return max(map(last_chapter, names), default=math.inf)


def reviews_in(tasks: Iterable[str], count: int) -> list[int]:
    """Return the numbers of the chapters whose reviews are among some tasks: of all `count` with `review` itself."""
    names = [task.partition(":") for task in tasks]
    if any((kind, number) == ("review", "") for kind, _, number in names):
        return list(range(1, count + 1))
    return sorted({_number(number) for kind, _, number in names if kind == "review" and number.isdecimal()})


def ranges(numbers: Iterable[int]) -> list[str]:
    """Return numbers, in order, as `1-3` where some follow one another, else as `1`."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] + 1 == number:
            spans[-1] = spans[-1][0], number
        else:
            spans.append((number, number))
    return [f"{first}-{last}" if first < last else str(first) for first, last in spans]


def numbers_in(chapters: str | None, count: int) -> list[int]:
    """Return the numbers of the chapters that `7`, `12-18` or `3,5,9-11` names, all of the `count` where None does.

    Raises SettingsError.
    """
    if chapters is None:
        return list(range(1, count + 1))
    numbers: set[int] = set()
    for part in chapters.split(","):
        match = PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            message = f"there is no chapter `{part.strip()}`. Name one of the {count}, or some such as `1-3` or `1,3`."
            raise SettingsError(message)
        numbers.update(range(first, last + 1))
    return sorted(numbers)

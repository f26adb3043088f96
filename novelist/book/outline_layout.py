"""Which lines of an outline open its chapters, and which its parts, however a person or a model has written it.

A line is a chapter for what it says (an id, `Chapter 3`, a number), or for standing among such lines; where nothing
says so, the headings, the one list or the table that are no notes are the chapters. A file has its chapters in one
form. Knows nothing of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from novelist.book import outline_lists, outline_rows
from novelist.book.headings import tidy_title
from novelist.book.outline_lines import Form, Layout, Mark, bare
from novelist.book.outline_marks import Marks, rises
from novelist.book.outline_titles import is_prologue
from novelist.language import labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LEVELS = (2, 3, 1, 4, 5, 6)  # of headings, in the order in which they are likely to be chapters
FORMS: tuple[Form, ...] = ("item", "bullet", "bold", "plain")


def layout(lines: list[str], language: str, names_book: Callable[[Mark], bool]) -> Layout:
    """Return the layout of an outline in a book of some `language`, without a chapter where there is none.

    `names_book` says whether a heading is the book's title.
    """
    marks = Marks(lines, language, names_book)
    return _by_ids(marks) or _by_labels(marks) or _by_numbers(marks) or _by_nothing(marks) or Layout([], [])


def _by_ids(marks: Marks) -> Layout | None:
    for level in LEVELS:
        with_id = [mark for mark in marks.of_level(level) if marks.kind(mark) == "id" and not marks.names_book(mark)]
        if with_id and not (_are_around_chapters(with_id) and _has_chapters_below(marks, level)):
            return _of_headings(marks, level, by="id")
    return None


def _are_around_chapters(with_id: list[Mark]) -> bool:
    """Say whether headings with ids are parts or prologues: `## Part One {#one}` above `### The Bottle {#bottle}`."""
    titles = [tidy_title(mark.text) for mark in with_id]
    return all(
        labels.digits(title) is None and (labels.labelled(title, "part") or is_prologue(title)) for title in titles
    )


def _has_chapters_below(marks: Marks, level: int) -> bool:
    return any(mark.level > level and marks.kind(mark) in {"id", "chapter"} for mark in marks.headings)


def _by_labels(marks: Marks) -> Layout | None:
    """Return the layout where lines of one form have a chapter's label: `Chapter 3`, `6. Kapitel`."""
    forms: list[list[Mark]] = [
        [mark for mark in marks.of_level(level) if marks.kind(mark) == "chapter"] for level in LEVELS
    ]
    forms += [[mark for mark in marks.labelled if mark.form == form] for form in FORMS]
    rows = outline_rows.rows(marks.lines, marks.language)
    forms.append(rows if any(labels.labelled(mark.text, "chapter") for mark in rows) else [])
    best = max(forms, key=len)
    if not best:
        return None
    level, numbered = _numbered(marks)
    deeper = not best[0].level or best[0].level > level
    if numbered and deeper and (len(best) < len(numbered) + (not best[0].level) or not rises(best)):
        return None
    if best[0].level:
        return _of_headings(marks, best[0].level, by="chapter")
    if len(best) == 1 and (numbered or best[0].form == "plain" or _unlabelled(marks)):
        return None
    return _of_lines(marks, _in_order({*_with_siblings(marks, best), *_strays(marks, best)}))


def _numbered(marks: Marks) -> tuple[int, list[Mark]]:
    """Return the level of headings that have numbers, 0 for none, and those that may be chapters."""
    for level in LEVELS:
        numbered = [mark for mark in marks.of_level(level) if marks.kind(mark) == "number"]
        if any(not marks.names_book(mark) for mark in numbered):
            return level, [mark for mark in numbered if not marks.says_else(mark)]
    return 0, []


def _by_numbers(marks: Marks) -> Layout | None:
    level, _ = _numbered(marks)
    if level:
        return _of_headings(marks, level, by="number")
    bold = [mark for mark in marks.others if mark.form == "bold" and labels.digits(bare(mark))]
    if len(bold) > 1 and rises(bold):
        return _of_lines(marks, bold)
    items, rows = outline_lists.listed(marks), outline_rows.rows(marks.lines, marks.language)
    lines = rows if len(rows) > len(items) else items
    return _of_lines(marks, lines) if lines else None


def _by_nothing(marks: Marks) -> Layout | None:
    """Return the layout of headings that say nothing: all of a level but notes."""
    titles = _unlabelled(marks)
    return _of_headings(marks, titles[0].level, by="") if titles else None


def _unlabelled(marks: Marks) -> list[Mark]:
    """Return the headings that are chapters where none says so; below those of parts, they may be smaller ones."""
    for level in (2, 3, 4):
        titles = [each for each in marks.of_level(level) if _may_be_chapter(marks, each) and not _is_title(marks, each)]
        if titles:
            return titles
    return []


def _is_title(marks: Marks, mark: Mark) -> bool:
    """Say whether a heading is the first one, and no more than the book's title."""
    return mark is marks.headings[0] and marks.kind(mark) == "" and marks.names_book(mark)


def _may_be_chapter(marks: Marks, mark: Mark) -> bool:
    at_home = mark.level == 2 or marks.is_below(mark, "part")
    return at_home and marks.kind(mark) in {"", "place"} and not marks.is_below(mark, "notes")


def _of_headings(marks: Marks, level: int, by: Literal["id", "chapter", "number", ""]) -> Layout:
    """Return the layout where the headings of a level are the chapters, for what some of them have."""
    of_level = marks.of_level(level)
    labelled = [mark.index for mark in of_level if marks.kind(mark) in {"chapter", "number"}]

    def is_chapter(mark: Mark) -> bool:
        kind = marks.kind(mark)
        if kind in {"part", "notes"} or _is_title(marks, mark):
            return False
        if by == "chapter" and kind == "":
            return labelled[0] < mark.index < labelled[-1]
        return _may_be_chapter(marks, mark) if by == "" else True

    main = [mark for mark in of_level if is_chapter(mark)]
    indexes = {mark.index for mark in main}
    strays = _strays(marks, main) if by == "chapter" else []
    prologues = [
        mark
        for mark in marks.headings
        if mark.level < level
        and (marks.kind(mark) == "id" or (by != "id" and marks.kind(mark) == "place"))
        and is_prologue(bare(mark))
        and not marks.heads(mark, indexes)
    ]
    chapters = _in_order([*main, *strays, *prologues])
    opening = set(chapters)
    bold = (
        [] if by == "id" else [mark for mark in marks.part_lines if mark.form == "bold" and marks.heads(mark, indexes)]
    )
    others = [mark for mark in marks.headings if mark not in opening and mark.level <= level]
    ends = [
        mark for mark in others if marks.kind(mark) == "notes" or (mark.level == level and marks.kind(mark) != "part")
    ]
    return _titled(marks, chapters, main[0], _in_order([*others, *bold]), ends)


def _strays(marks: Marks, main: list[Mark]) -> list[Mark]:
    """Return the lines with a label that are of another form, or level, and have the number that comes next.

    Among headings, a line that is none must also stand before the one with the number behind it.
    """
    numbers = {mark: label.number for mark in main if (label := labels.read(bare(mark))) is not None}
    taken = set(numbers.values())
    headings = [mark for mark in marks.headings if marks.kind(mark) == "chapter"]
    candidates = _in_order({*numbers, *headings, *marks.labelled})
    next_number = 0
    next_numbers: dict[Mark, int] = {}
    for mark in reversed(candidates):
        next_numbers[mark] = next_number
        next_number = numbers.get(mark, next_number)
    strays = []
    last = 0
    for mark in candidates:
        if mark in numbers:
            last = numbers[mark]
            continue
        label = labels.read(bare(mark))
        fits = mark.level or not main[0].level or next_numbers[mark] > last + 1
        if fits and label is not None and label.closed and label.number == last + 1 not in taken:
            strays.append(mark)
            last = label.number
    return strays


def _with_siblings(marks: Marks, best: list[Mark]) -> list[Mark]:
    """Return the lines with a label, and those of the same form that are chapters for standing with them."""
    form = best[0].form
    places = [mark for mark in marks.place_lines if mark.form == form and mark.indent == best[0].indent]
    if form != "item":
        return _in_order([*best, *places])
    lists = {marks.heading_above(mark.index) for mark in best}
    between = [
        mark
        for mark in marks.others
        if mark.form == "item"
        and not mark.indent
        and best[0].index < mark.index < best[-1].index
        and marks.kind(mark) in {"", "number"}
        and marks.heading_above(mark.index) in lists
    ]
    return _in_order({*best, *places, *between})


def _of_lines(marks: Marks, lines: list[Mark]) -> Layout:
    """Return the layout where lines that are no headings are the chapters."""
    form = next(mark.form for mark in lines if not mark.level)
    indexes = {mark.index for mark in lines}
    nearest = marks.heading_above(lines[0].index)
    deepest = 6 if form == "item" or nearest is None else nearest.level
    prologues = [
        mark
        for mark in marks.headings
        if marks.kind(mark) == "place" and is_prologue(bare(mark)) and not marks.heads(mark, indexes)
    ]
    chapters = _in_order([*lines, *prologues])
    taken = set(chapters)
    above = {marks.heading_above(mark.index) for mark in lines}
    headings = [
        mark
        for mark in marks.headings
        if mark not in taken and (mark.level <= deepest or marks.kind(mark) == "part" or mark in above)
    ]
    lists = {heading for mark in marks.others if mark.form == "item" and (heading := marks.heading_above(mark.index))}
    ends = [mark for mark in headings if marks.kind(mark) == "notes" or (mark in lists and mark not in above)]
    if form == "item":
        ends += _bold_notes(marks, indexes)
    parts = [mark for mark in marks.part_lines if mark.form in {"bold", form} or mark.form == "item"]
    return _titled(marks, chapters, lines[0], _in_order([*headings, *parts]), ends)


def _bold_notes(marks: Marks, indexes: set[int]) -> list[Mark]:
    """Return the bold lines of notes that stand behind all chapters, or above a list that is none of chapters."""
    lists = outline_lists.below(marks)
    titles = [mark for mark in outline_lists.titles(marks) if mark.form == "bold" and marks.kind(mark) == "notes"]
    last = max(indexes)
    return [mark for mark in titles if mark.index > last or (mark in lists and lists[mark][0].index not in indexes)]


def _titled(marks: Marks, chapters: list[Mark], first: Mark, others: list[Mark], ends: list[Mark]) -> Layout:
    """Return a layout with the book's heading: the first one, where it says so, or no chapter follows it directly."""
    ending = set(ends)
    parts = [mark for mark in others if mark not in ending]
    before = [mark for mark in others if mark.index < first.index]
    before += [mark for mark in chapters if mark.index < first.index and mark.level and mark.level != first.level]
    heading = min(before, key=lambda mark: mark.index, default=None)
    if heading not in parts or not (len(before) > 1 or marks.names_book(heading)):
        heading = None
    return Layout(chapters, parts, heading, ends)


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.index)

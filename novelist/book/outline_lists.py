"""Which numbered lists of an outline are its chapters, where no item says so: not those of its themes and threads.

Pure. Knows lists, what they stand below, and how their numbers go on.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from novelist.book.outline_lines import bare
from novelist.language import matter

if TYPE_CHECKING:
    from novelist.book.outline_lines import Mark
    from novelist.book.outline_marks import Marks


def titles(marks: Marks) -> list[Mark]:
    """Return what lists stand below: headings, and bold lines that are a part's or of notes."""
    bold = [
        mark
        for mark in marks.others
        if mark.form == "bold" and mark.text.rstrip().endswith(("**", "__")) and marks.kind(mark) in {"part", "notes"}
    ]
    return sorted([*marks.headings, *bold], key=lambda mark: mark.index)


def below(marks: Marks) -> dict[Mark | None, list[Mark]]:
    """Return the items of all numbered lists but those that are parts, by what they stand below."""
    parts = set(marks.part_lines)
    above = titles(marks)
    indexes = [mark.index for mark in above]
    lists: dict[Mark | None, list[Mark]] = {}
    for mark in marks.others:
        if mark.form == "item" and not mark.indent and mark not in parts:
            count = bisect_left(indexes, mark.index)
            lists.setdefault(above[count - 1] if count else None, []).append(mark)
    return lists


def listed(marks: Marks) -> list[Mark]:
    """Return the items that are chapters."""
    lists = below(marks)
    if any(_names_chapters(marks, title) for title in lists):
        lists = {title: items for title, items in lists.items() if _names_chapters(marks, title)}
    elif any(_is_part(marks, title) for title in lists):
        lists = _of_parts(marks, lists)
    lists = {title: items for title, items in lists.items() if not _is_notes(marks, title)} or lists
    return [item for items in _going_on(list(lists.values())) for item in items]


def _of_parts(marks: Marks, lists: dict[Mark | None, list[Mark]]) -> dict[Mark | None, list[Mark]]:
    """Return the lists below parts, and those whose numbers lead to one of them or go on behind it."""
    titles = list(lists)
    kept = {title for title in titles if title is None or _is_part(marks, title)}
    for one, after in pairwise(titles):
        if after not in kept and one in kept and lists[after][0].number == lists[one][-1].number + 1:
            kept.add(after)
    for one, after in pairwise(titles):
        if one not in kept and after in kept and lists[after][0].number == lists[one][-1].number + 1:
            kept.add(one)
    return {title: items for title, items in lists.items() if title in kept}


def _chain(marks: Marks, title: Mark | None) -> list[Mark]:
    return [title, *marks.above(title)] if title else []


def _names_chapters(marks: Marks, title: Mark | None) -> bool:
    return any(matter.lists_chapters(bare(mark)) for mark in _chain(marks, title))


def _is_part(marks: Marks, title: Mark | None) -> bool:
    return any(marks.kind(mark) == "part" for mark in _chain(marks, title))


def _is_notes(marks: Marks, title: Mark | None) -> bool:
    return any(marks.kind(mark) == "notes" and not matter.lists_chapters(bare(mark)) for mark in _chain(marks, title))


def _going_on(lists: list[list[Mark]]) -> list[list[Mark]]:
    """Return some lists without one that begins again behind others of which each went on where the last had ended."""
    kept = lists[:1]
    all_go_on = True
    for items in lists[1:]:
        goes_on = items[0].number == kept[-1][-1].number + 1
        if len(kept) == 1:
            all_go_on = goes_on
        if goes_on or not all_go_on:
            kept.append(items)
    return kept

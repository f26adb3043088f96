"""Who reads what in a book, as a drawing.

Chapters stand in a row, what each is told of those before it are arcs above them, and the sections of the bible that
its own section names are dots below. A long book is a field of chapters, without arcs. Pure; knows coordinates, and
neither colours nor markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from novelist.targets.status import ChapterStatus

    Due = Literal["", "due", "perhaps"]  # whether the next build drafts it

MOST_IN_A_ROW = 60  # chapters, above which nobody can follow an arc
MOST_ENTITIES = 12
STEP, LEFT, RIGHT, TOP = 26.0, 150.0, 14.0, 14.0
ROW = 22.0  # of an entity
FLATNESS = 0.42  # the height of an arc by its width
BELOW = 46.0  # from the chapters to the first entity
LETTERS = 21  # of an entity's name
FIELD_STEP, FIELD_ROW = 18.0, 50


@dataclass(frozen=True)
class Drawn:
    """A chapter in a drawing: where it is, what is said of it, and the paths of the arcs that lead to it.

    Those that `follow` lead from what comes to say something new to what may be drafted for that.
    """

    chapter: ChapterStatus
    x: float
    y: float
    due: Due
    label: str
    reads: str = ""
    follows: str = ""


@dataclass(frozen=True)
class Row:
    """A section of the bible: its heading, as short as it must be, and the places of the chapters that name it."""

    heading: str
    short: str
    y: float
    places: Sequence[float]
    always: bool = False


@dataclass(frozen=True)
class Graph:
    """A drawing, with the size that it has; `others` are how many sections of the bible are not in it."""

    chapters: Sequence[Drawn]
    width: float
    height: float
    base: float = 0.0
    rows: Sequence[Row] = ()
    others: int = 0
    field: bool = False


def draw(
    chapters: Sequence[ChapterStatus],
    reads: Mapping[int, Sequence[int]],
    entities: Sequence[tuple[str, bool, frozenset[int]]],
    due: Mapping[int, Due],
    new: Collection[int],
) -> Graph:
    """Return the drawing of a book.

    `reads` are, by the number of a chapter, those that it is told of; `entities` are the bible's sections with whether
    every chapter is told of them and the numbers of the chapters that are; `due` says which ones are to be drafted, and
    `new` are those that come to say something new.
    """
    if len(chapters) > MOST_IN_A_ROW:
        return _field(chapters, due)
    places = {chapter.number: LEFT + STEP * (at + 0.5) for at, chapter in enumerate(chapters)}
    widest = max((chapter.number - min(told) for chapter in chapters if (told := reads.get(chapter.number))), default=0)
    base = TOP + widest * STEP * FLATNESS + 12
    named = sorted((each for each in entities if each[2]), key=lambda each: (each[1], -len(each[2])))
    rows = [
        Row(heading, _short(heading), base + BELOW + ROW * at, sorted(places[one] for one in numbers), always)
        for at, (heading, always, numbers) in enumerate(named[:MOST_ENTITIES])
    ]
    drawn = [
        Drawn(
            chapter,
            places[chapter.number],
            base,
            due.get(chapter.number, ""),
            _label(chapter, due.get(chapter.number, "")),
            *_arcs(chapter.number, reads.get(chapter.number, ()), new if chapter.number in due else (), places, base),
        )
        for chapter in chapters
    ]
    height = rows[-1].y + ROW if rows else base + BELOW
    return Graph(
        drawn, LEFT + STEP * len(chapters) + RIGHT, height, base, rows, others=max(len(entities) - len(rows), 0)
    )


def _field(chapters: Sequence[ChapterStatus], due: Mapping[int, Due]) -> Graph:
    drawn = [
        Drawn(
            chapter,
            FIELD_STEP * (at % FIELD_ROW + 0.5),
            FIELD_STEP * (at // FIELD_ROW + 0.5),
            due.get(chapter.number, ""),
            _label(chapter, due.get(chapter.number, "")),
        )
        for at, chapter in enumerate(chapters)
    ]
    lines = -(-len(chapters) // FIELD_ROW)
    return Graph(drawn, FIELD_STEP * FIELD_ROW, FIELD_STEP * lines, field=True)


def _arcs(
    number: int, told: Sequence[int], new: Collection[int], places: Mapping[int, float], base: float
) -> tuple[str, str]:
    """Return the path of the arcs that lead to a chapter, and of those that lead to it from what is `new`."""
    arcs = [(one, _arc(places[one], places[number], base)) for one in told]
    return " ".join(arc for one, arc in arcs if one not in new), " ".join(arc for one, arc in arcs if one in new)


def _arc(start: float, end: float, base: float) -> str:
    width = (end - start) / 2
    return f"M{start:g} {base:g}A{width:g} {width * 2 * FLATNESS:g} 0 0 1 {end:g} {base:g}"


def _short(heading: str) -> str:
    return heading if len(heading) <= LETTERS else f"{heading[: LETTERS - 1].rstrip()}…"


def _label(chapter: ChapterStatus, due: Due) -> str:
    """Return what is said of a chapter where it has no room for words."""
    then = {"": "", "due": ", the next build drafts it", "perhaps": ", the next build may draft it"}[due]
    number = "" if chapter.printed is None else f"{chapter.printed}. "
    return f"{number}{chapter.title}: {chapter.said}{then}"

"""One moment of a build, as rows that fit a terminal: the text that is being written, and the book around it.

Pure. Knows how wide a text is, and what is left out first. Knows no terminal, no clock and no book.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from novelist.terminal.lines import COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.premise import Span

LEAST_TITLE_CELLS = 6  # cells that a title keeps before something else is left out
MOST_MINUTES = 90  # minutes that are still told in minutes


@dataclass(frozen=True)
class StatusLine:
    """What is known of a build at one moment; None, or an empty text, where nothing is.

    `rate` is in tokens a second; `left` are seconds, and `certain` is false where it may well be more of them.
    `chapters` are those that are in place, and all.
    """

    name: str
    seconds: float
    title: str = ""
    words: int = 0
    asked: Span | None = None
    thinking: bool = False
    rate: float | None = None
    chapters: tuple[int, int] | None = None
    left: float | None = None
    certain: bool = True
    dollars: float | None = None
    unit: str = "words"


class Row(NamedTuple):
    """One row: the name in its first column, where there is room for it, and the rest."""

    name: str
    text: str


def rows(moment: StatusLine, width: int) -> list[Row]:
    """Return `moment` as one or two rows of at most `width` cells each.

    Left out first are, on the row of the text, tokens a second, the time, the name and the words asked for; on that of
    the book, the cost, the name and the time left.
    """
    return [row for row in (_text(moment, width), _book(moment, width)) if row.text]


def _text(moment: StatusLine, width: int) -> Row:
    long = short = "thinking"
    if not moment.thinking:
        short = f"{moment.words:,} {moment.unit}"
        long = f"{moment.words:,} of {moment.asked:,} {moment.unit}" if moment.asked else short
    rate = "" if moment.rate is None else f"{moment.rate:,.0f} tokens/s"
    time = _time(moment.seconds)
    return _fitting(
        moment.title,
        [(moment.name, (long, rate, time)), (moment.name, (long, time)), (moment.name, (long,)), ("", (long,))],
        ("", (short,)),
        width,
    )


def _book(moment: StatusLine, width: int) -> Row:
    chapters = "{:,} of {:,} chapters".format(*moment.chapters) if moment.chapters else ""
    left = _left(moment.left, certain=moment.certain)
    cost = _cost(moment.dollars)
    return _fitting(
        "",
        [("book", (chapters, left, cost)), ("book", (chapters, left)), ("", (chapters, left))],
        ("", (chapters or cost,)),
        width,
    )


Form = tuple[str, tuple[str, ...]]  # a name and the facts beside it


def _fitting(title: str, forms: Sequence[Form], least: Form, width: int) -> Row:
    """Return the first of the forms that leaves room for `title` or a beginning of it, else the least one, cut."""
    from rich.cells import cell_len  # noqa: PLC0415 - only a build that drafts on a terminal needs rich

    for name, facts in (*forms, least):
        text = ", ".join(filter(None, facts))
        room = width - cell_len(text) - (max(COLUMN, cell_len(name)) + 1 if name else 0)
        if not title and room >= 0:
            return Row(name, text)
        if title and room - len(": ") >= min(LEAST_TITLE_CELLS, cell_len(title)):
            return Row(name, f"{_cut(title, room - len(': '))}: {text}")
    return Row("", _cut(", ".join(filter(None, least[1])), width))


def _cut(text: str, cells: int) -> str:
    """Return `text` within so many cells, with an ellipsis where it was longer."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415

    return text if cell_len(text) <= cells else f"{set_cell_size(text, max(cells - 1, 0)).rstrip()}…"


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _left(seconds: float | None, *, certain: bool) -> str:
    """Return how long it will still take, no more exactly than it can be known."""
    if seconds is None:
        return ""
    minutes = seconds / 60
    if minutes < 1:
        return "less than 1 min left" if certain else ""
    time = f"{minutes:.0f} min" if minutes <= MOST_MINUTES else f"{round(minutes / 30) / 2:g} h"
    return f"{'about' if certain else 'at least'} {time} left"


def _cost(dollars: float | None) -> str:
    """Return what was spent; nothing where that is unknown or nothing, as with the embedded model."""
    if not dollars:
        return ""
    return f"${dollars:,.2f} so far" if dollars >= 0.01 else "less than $0.01 so far"

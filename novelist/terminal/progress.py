"""What a build shows: a line per finished file, and on a terminal the text that is being written.

The only module that writes to the terminal while a build runs, except for doit's reporter. Knows the terminal and, once
something is drafted on one, rich. Knows no book and no model.
"""

from __future__ import annotations

import math
import os
import select
import sys
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from novelist.terminal.lines import COLUMN, DUMB, drawn_on, encodable, on_terminal, read_line, write
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions
    from rich.live import Live
    from rich.segment import Segment

    from novelist.book.premise import Span
    from novelist.terminal.meter import Meter, Pace, Position
    from novelist.terminal.status_line import Row

REFRESHES_PER_SECOND = 4
BETWEEN_LOOKS = 0.2  # seconds between two looks at whether the build was stopped
ERASE_BELOW, NO_WRAP, WRAP = "\x1b[J", "\x1b[?7l", "\x1b[?7h"


class Progress:
    """What a person is told of one build; it listens to each text while it is written."""

    def __init__(self) -> None:
        self.last = math.inf  # the number of the last chapter that the build was asked for
        self._region = _Region(self._rows)
        self._task = self._name = self._title = ""
        self._unit = "words"
        self._asked: Span | None = None
        self._began: float | None = None  # the task
        self._text_began: float | None = None
        self._beside = False  # whether what is written is another task's than the one whose turn it is
        self._tally: Meter
        self._place: Position | None = None
        self._count = 0
        self._missing: Sequence[int] = ()
        self._dollars: float | None = None
        self._one_at_a_time = threading.RLock()  # drafts that are made side by side have lines too

    def __repr__(self) -> str:
        # `doit info book` prints it.
        return type(self).__name__

    def turn_to(self, task: str) -> None:
        """Say that it is the turn of `task`, by the name that its lines have."""
        self._task, self._began = task, None
        if self._beside and task == self._name:
            self._beside, self._began = False, self._text_began
            with self._one_at_a_time:
                self._region.show()

    def at_chapter(self, number: int, count: int, missing: Sequence[int]) -> None:
        """Say that the task is at chapter `number` of `count`, and which of them have had no file, in order."""
        from novelist.terminal.meter import position  # noqa: PLC0415 - an idle build measures nothing

        self._count, self._missing = count, missing
        self._place = position(number, count, missing, self.last)

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Say that the task `name` begins to write `title`, in as many `words`, or what else its language counts."""
        self._unit = unit
        self._name, self._title, self._asked = self._task or name, " ".join(printable(title).split()), words
        self._began = self._text_began = time.monotonic() if self._began is None else self._began
        self.start()
        with self._one_at_a_time:
            self._region.show()

    def begin_beside(self, name: str, number: int, title: str, words: Span | None, unit: str) -> None:
        """Say that the task `name`, of chapter `number`, begins to write before its turn, in place of what is shown."""
        with self._one_at_a_time:
            self._beside, self._name, self._title, self._asked = True, name, " ".join(printable(title).split()), words
            self._unit, self._text_began = unit, time.monotonic()
            self.at_chapter(number, self._count, self._missing)
            self.start()
            self._region.show()

    def leave_beside(self) -> None:
        """Take away what is written before its turn: it is stopped."""
        self._beside = False
        self.clear()

    def work(self) -> None:
        """Say that the task begins what no model has a part in."""
        self._began = time.monotonic()

    def start(self, text: str = "") -> None:
        """Forget what came: the text is begun, or begun again from `text`."""
        from novelist.terminal.meter import Meter  # noqa: PLC0415 - as above

        self._tally = Meter(text)

    def think(self, piece: str) -> None:
        """Take the next piece of the model's reasoning."""
        self._tally.think(piece, time.monotonic())

    def add(self, piece: str) -> None:
        """Take the next piece of the text."""
        self._tally.add(piece, time.monotonic())

    def cost(self, dollars: float | None) -> None:
        """Take what this build has spent so far; None where that is unknown."""
        self._dollars = dollars

    def done(self, name: str, what: str) -> None:
        """Print the line of a finished or kept file."""
        self.clear()
        took = ""
        if self._began is not None:
            now = time.monotonic()
            seconds = now - self._began
            took = f" ({seconds:.1f} s)"
            kind = name.partition(":")[0]
            if kind in ("chapter", "summary"):
                # What goes on beside it counts once.
                alone = (self._text_began or now) - self._began if self._beside else seconds
                self._pace.took(max(alone, 0.0), chapter=kind == "chapter")
        self._began = None
        self.line(f"{name:{COLUMN}} {what}{took}")

    def line(self, text: str) -> None:
        """Print one line, above what is being written."""
        with self._one_at_a_time:
            shown = self._region.shown
            self.clear()
            write(f"{text}\n", sys.stdout)
            if shown:
                self._region.show()

    def ask(self, question: str) -> str:
        """Return what a person answers, with its end of line; empty where there is no more to be read."""
        self.clear()
        answer = ""
        try:
            write(question, sys.stdout)
            # A Ctrl-C that comes right before a reading does not wake it. A terminal gives one line at a time.
            while os.name == "posix" and not select.select([sys.stdin], [], [], BETWEEN_LOOKS)[0]:
                pass
            answer = read_line()
        finally:
            if not answer.endswith("\n"):
                write("\n", sys.stdout)
        return answer

    def clear(self) -> None:
        """Take away what is being written."""
        with self._one_at_a_time:
            self._region.hide()

    def close(self) -> None:
        """Take away what is being written, for good: doit may have a thread that still writes it."""
        self._region.closed = True
        self.clear()

    @cached_property
    def _pace(self) -> Pace:
        from novelist.terminal.meter import Pace  # noqa: PLC0415 - as above

        return Pace()

    def _rows(self, width: int) -> list[Row]:
        from novelist.terminal.status_line import StatusLine, rows  # noqa: PLC0415 - as above

        now = time.monotonic()
        meter, at = self._tally, self._place
        seconds = now - (now if self._text_began is None else self._text_began)
        moment = StatusLine(
            self._name,
            seconds,
            self._title,
            meter.words,
            self._asked,
            meter.thinking,
            meter.tokens_per_second(now),
            (at.done + self._name.startswith("summary:"), at.count) if at else None,
            self._pace.left(meter, self._asked, seconds, at.to_come, now) if at else None,
            at.certain if at else True,
            self._dollars,
            self._unit,
        )
        return rows(moment, width)


class Shown(Protocol):
    """How a text is shown while it is written."""

    @property
    def line(self) -> Callable[[str], None]:
        """What prints one line."""

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Take that the task `name` begins to write `title`, in as many `words`."""

    def start(self, text: str = "") -> None:
        """Take that the text is begun, or begun again from `text`."""

    def think(self, piece: str) -> None:
        """Take the next piece of the model's reasoning."""

    def add(self, piece: str) -> None:
        """Take the next piece of the text."""


class Quiet:
    """What is shown of a text that is written beside others: nothing, until it is done."""

    def __init__(self, show: Progress) -> None:
        self.line = show.line

    def begin(self, name: str, title: str = "", words: Span | None = None, unit: str = "words") -> None:
        """Show nothing."""

    def start(self, text: str = "") -> None:
        """Show nothing."""

    def think(self, piece: str) -> None:
        """Show nothing."""

    def add(self, piece: str) -> None:
        """Show nothing."""


class _Region:
    """The rows at the bottom of a terminal that change; once hidden they have left nothing behind.

    rich's Live keeps them up to date, in a thread of its own. To rich they are one control text, which has no height:
    the cursor waits where they begin, and everything below is erased before they are drawn again. Live would go back by
    counting rows, and so leave some behind whenever a terminal that is made narrower wraps them.
    """

    def __init__(self, rows_for: Callable[[int], list[Row]]) -> None:
        self._told = rows_for
        self._live: Live | None = None
        self._process = os.getpid()
        self.shown = self.closed = False

    def show(self) -> None:
        """Show the rows, where there is a terminal that can."""
        # The processes of `doit -n` would draw over one another.
        if self.shown or self.closed or not _lively() or os.getpid() != self._process:
            return
        from rich.console import Console  # noqa: PLC0415 - 0.1 s, and only a build that drafts on a terminal needs it
        from rich.live import Live  # noqa: PLC0415

        # What a library prints in the meantime goes above the rows, unless it goes elsewhere.
        self._live = Live(
            self,
            console=Console(file=drawn_on(sys.stdout), force_terminal=True),
            refresh_per_second=REFRESHES_PER_SECOND,
            transient=True,
            redirect_stderr=on_terminal(sys.stderr),
        )
        self.shown = True
        self._live.start(refresh=True)

    def hide(self) -> None:
        """Erase the rows, and give the cursor back."""
        self.shown = False
        if self._live is not None:
            self._live.stop()
            self._live = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import ControlType, Segment  # noqa: PLC0415

        drawn = self._drawn(colour=not console.no_color and console.color_system is not None) if self.shown else ""
        yield Segment(f"{ERASE_BELOW}{drawn}", None, [(ControlType.CARRIAGE_RETURN,)])

    def _drawn(self, *, colour: bool) -> str:
        from rich.style import Style  # noqa: PLC0415

        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        name = Style(color="cyan") if colour else Style()
        # A terminal may wrap what fills its last column.
        rows = self._told((columns or 80) - 1)[: lines or None]
        texts = [f"{name.render(f'{row.name:{COLUMN}} ') if row.name else ''}{row.text}" for row in rows]
        # Without wrapping, since terminals do not agree on the width of every character.
        block = "\r\n".join(texts)
        back = f"\x1b[{len(texts) - 1}A" if len(texts) > 1 else ""
        return encodable(f"{NO_WRAP}{block}{WRAP}\r{back}", sys.stdout)


def _lively() -> bool:
    """Whether rows can change on standard output: on a terminal that a person looks at."""
    environ = os.environ
    return on_terminal(sys.stdout) and environ.get("TERM", "").lower() not in DUMB and not environ.get("CI")

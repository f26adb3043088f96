"""doit's reporter of a build: what failed, that nothing had to be done, that it was stopped.

Knows doit, and the book's lock, which it holds while a build runs. What is drafted is shown by `progress`.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from doit import Globals
from doit.reporter import ConsoleReporter

from novelist.errors import NovelistError
from novelist.terminal.lines import COLUMN, write
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from filelock import BaseFileLock

    from novelist.book.paths import Book
    from novelist.terminal.progress import Progress

SAFE = "Every finished file is safe; `doit` goes on from here."
INTERRUPTED = 130
BUILD_INFO = "told"  # where the meta of the task `book` has what follows


@dataclass(repr=False)  # `doit info book` prints it
class BuildInfo:
    """What a build tells its reporter: what is shown, what is built, and what says how much there is to draft."""

    show: Progress
    book: Book
    total: Callable[[Sequence[str]], str]

    def __reduce__(self) -> tuple[type, tuple[()]]:
        # `doit -n` sends tasks to processes, which report to this one only.
        return object, ()


class Reporter(ConsoleReporter):  # type: ignore[misc] # doit has no types
    """doit's reporter: silent about what is up to date, one line for what failed."""

    desc = "what is drafted, kept or failed (novelist)"

    def __init__(self, outstream: Any, options: Any) -> None:  # noqa: ANN401 - doit's types
        super().__init__(outstream, options)
        self._busy = self._stopped = False
        self._lock: BaseFileLock | None = None
        self._interrupt: Any = None
        self._show: Progress | None = None
        self._book: Book | None = None
        self._total: Callable[[], str] = str

    def initialize(self, tasks: Any, selected: Any) -> None:  # noqa: ANN401 - doit's types
        """Have Ctrl-C end the build with one line."""
        told: BuildInfo = tasks["book"].meta[BUILD_INFO]
        self._book, self._show, self._total = told.book, told.show, partial(told.total, selected)
        self._show.last = max(map(_last_chapter, selected), default=math.inf)
        if threading.current_thread() is threading.main_thread():
            self._interrupt = signal.signal(signal.SIGINT, self.stop)

    def stop(self, *_: Any) -> NoReturn:  # noqa: ANN401
        """End the build: what is finished is in place, and no half file is.

        Nothing is written here, since this may be called in the middle of what is being written.
        """
        self._stopped = True
        raise SystemExit(INTERRUPTED)

    def execute_task(self, task: Any) -> None:  # noqa: ANN401
        """Take the book's lock, before the first task that may write anything."""
        if not task.actions or self._busy:
            return
        self._busy = True
        from novelist.book.lock import lock  # noqa: PLC0415 - a hundredth of a second, and an idle build writes nothing

        try:
            self._lock = lock(self._book) if self._book else None
        except NovelistError as error:
            Globals.dep_manager.backend.abandon()
            self.write(f"{printable(str(error))}\n")
            raise SystemExit(1) from error
        if line := self._total():
            self.write(f"{line}.\n")

    def skip_uptodate(self, task: Any) -> None:  # noqa: ANN401
        """Say nothing."""

    def add_failure(self, task: Any, fail: Any) -> None:  # noqa: ANN401
        """Print what failed and why: one line, where the fault is not novelist's own."""
        self._busy = True
        self.failures.append(fail)
        if fail.get_name() == "UnmetDependency":
            self.write(f"{task.name:{COLUMN}} not begun: {fail.message} failed\n")
        else:
            self.write("".join(_lines(task.name, fail)))

    def teardown_task(self, task: Any) -> None:  # noqa: ANN401, ARG002
        """Say that the build was stopped, before the model is let go: that may take a moment."""
        self._end()

    def complete_run(self) -> None:
        """Say that the build was stopped, or that nothing had to be done, and print doit's own errors."""
        self._end()
        if not self._busy and not self.runtime_errors and not isinstance(sys.exc_info()[1], SystemExit):
            self.write("Everything is up to date.\n")
        for error in self.runtime_errors:
            self.write(f"{error}\n")
        if self._book is not None and not Globals.dep_manager.backend.abandoned:
            self._book.cache.save()
        if self._lock is not None:
            self._lock.release()
        if self._interrupt is not None:
            signal.signal(signal.SIGINT, self._interrupt)

    def write(self, text: str) -> None:
        """Print to where doit prints: standard output, or what its `--output-file` names."""
        write(text, self.outstream)

    def _end(self) -> None:
        if self._show is not None:
            self._show.close()
        if self._stopped:
            self._stopped = False
            self.write(f"Stopped. {SAFE}\n")


def _last_chapter(selected: str) -> float:
    """Return the number of the chapter that the task `selected` ends with: any, unless it names one."""
    kind, _, number = selected.partition(":")
    return int(number) if kind in ("chapter", "summary") and number else math.inf


def _lines(name: str, fail: Any) -> Iterator[str]:  # noqa: ANN401
    trace = getattr(fail, "traceback", None)
    yield f"{name:{COLUMN}} failed: {printable(str(fail.message)).strip()}\n"
    if trace:
        yield "".join(trace)

"""What a build shows: a line per finished file, and on a terminal the words of the one being written.

Knows terminals and doit's reporter. Knows no book. Nothing else in novelist prints during a build.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, NoReturn

from doit import Globals
from doit.reporter import ConsoleReporter

from novelist.errors import NovelistError
from novelist.lock import lock
from novelist.text import count_words, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import BaseFileLock

    from novelist.book import Book

COLUMN = 12
CLEAR = "\r\x1b[K"
SAFE = "Every finished file is safe; `doit` goes on from here."
INTERRUPTED = 130
EVERY = 0.2  # seconds between two updates of the line in progress


class Progress:
    """Lines on standard output; it listens to a text while it is written."""

    def __init__(self) -> None:
        self._name = ""
        self._began = self._shown = 0.0
        self._words = 0
        self._tail = ""

    def begin(self, name: str) -> None:
        """Say that the task `name` begins to write."""
        self._name, self._began = name, time.monotonic()
        self.start()

    def start(self) -> None:
        """Forget what came: the text is begun, or begun again."""
        self._words, self._tail, self._shown = 0, "", 0.0

    def add(self, piece: str) -> None:
        """Take the next piece of the text, and show how far it is."""
        words = (self._tail + piece).split(" ")
        self._tail = words.pop()
        self._words += count_words(" ".join(words))
        now = time.monotonic()
        if sys.stdout.isatty() and now - self._shown >= EVERY:
            self._shown = now
            self._overwrite(f"{self._name:{COLUMN}} {self._words:,} words, {now - self._began:.0f} s")

    def done(self, name: str, what: str) -> None:
        """Print the line of a finished or kept file."""
        took = f" ({time.monotonic() - self._began:.1f} s)" if name == self._name else ""
        self._name = ""
        self.line(f"{name:{COLUMN}} {what}{took}")

    def line(self, text: str) -> None:
        """Print one line, in place of the one in progress."""
        self.clear()
        sys.stdout.write(f"{printable(text)}\n")
        sys.stdout.flush()

    def clear(self) -> None:
        """Take away the line in progress."""
        if sys.stdout.isatty():
            self._overwrite("")

    @staticmethod
    def _overwrite(text: str) -> None:
        sys.stdout.write(f"{CLEAR}{text}")
        sys.stdout.flush()


class Reporter(ConsoleReporter):  # type: ignore[misc] # doit has no types
    """doit's reporter: silent about what is up to date, one line for what failed."""

    desc = "what is drafted, kept or failed (novelist)"

    book: Book

    def __init__(self, outstream: Any, options: Any) -> None:  # noqa: ANN401 - doit's types
        super().__init__(outstream, options)
        self._busy = False
        self._lock: BaseFileLock | None = None
        self._interrupt: Any = None

    @classmethod
    def of(cls, book: Book) -> type[Reporter]:
        """Return the reporter of builds of `book`."""
        return type(cls.__name__, (cls,), {"book": book})

    def initialize(self, tasks: Any, selected: Any) -> None:  # noqa: ANN401, ARG002 - doit's types
        """Take the book's lock, before anything is written, and have Ctrl-C end the build with one line."""
        try:
            self._lock = lock(self.book)
        except NovelistError as error:
            Globals.dep_manager.backend.abandon()
            self.write(f"{printable(str(error))}\n")
            raise SystemExit(1) from error
        if threading.current_thread() is threading.main_thread():
            self._interrupt = signal.signal(signal.SIGINT, self.stop)

    def stop(self, *_: Any) -> NoReturn:  # noqa: ANN401
        """End the build: what is finished is in place, and no half file is."""
        self.write(f"{CLEAR if sys.stdout.isatty() else ''}Stopped. {SAFE}\n")
        raise SystemExit(INTERRUPTED)

    def execute_task(self, task: Any) -> None:  # noqa: ANN401
        """Remember that there was something to do."""
        self._busy = self._busy or bool(task.actions)

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

    def complete_run(self) -> None:
        """Say that nothing had to be done, where that is so, and print doit's own errors."""
        interrupted = isinstance(sys.exc_info()[1], SystemExit)
        if not self._busy and not self.runtime_errors and not interrupted:
            self.write("Everything is up to date.\n")
        for error in self.runtime_errors:
            self.write(f"{error}\n")
        if self._lock is not None:
            self._lock.release()
        if self._interrupt is not None:
            signal.signal(signal.SIGINT, self._interrupt)


def _lines(name: str, fail: Any) -> Iterator[str]:  # noqa: ANN401
    trace = getattr(fail, "traceback", None)
    yield f"{name:{COLUMN}} failed: {printable(str(fail.message)).strip()}\n"
    if trace:
        yield "".join(trace)

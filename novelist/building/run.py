"""One run of doit on a book: its lock, what it says before it begins, and how Ctrl-C ends it. Knows no doit."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, NoReturn

from novelist.interrupts import STATUS, hear, interrupts
from novelist.targets.naming import last_of
from novelist.targets.oversights import unknown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from filelock import BaseFileLock

    from novelist.targets.snapshot import Snapshot
    from novelist.terminal.progress import Progress


class Run:
    """A run, which the tasks hand to doit's reporter.

    `total` says how much there is to draft for selected tasks, `left` what was left as it is: a name and why.
    """

    def __init__(
        self,
        show: Progress,
        snapshot: Snapshot,
        total: Callable[[Sequence[str]], str],
        left: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:
        self.show = show
        self.stopped = False
        self._snapshot = snapshot
        self._total = total
        self.left = left
        self._selected: Sequence[str] = ()
        self._lock: BaseFileLock | None = None
        self._heard_before: Mapping[signal.Signals, Any] = {}

    def __reduce__(self) -> tuple[type, tuple[()]]:
        # `doit -n` sends tasks to processes, which report to this one only.
        return object, ()

    def __repr__(self) -> str:
        # `doit info book` prints it.
        return type(self).__name__

    def begin(self, selected: Sequence[str]) -> Sequence[str]:
        """Begin the run of the tasks `selected`, have Ctrl-C end it, and return what to say at once, in lines."""
        self._selected = selected
        self.show.last = last_of(self._snapshot, selected)
        self._snapshot.ask(selected, self.show.last)
        if threading.current_thread() is threading.main_thread():
            self._heard_before = hear(interrupts(), self._stop)
        return unknown_names(self._snapshot, near=True)

    def _stop(self, *_: Any) -> NoReturn:  # noqa: ANN401 - Python's own signature
        """End the run: what is finished is in place, and no half file is.

        Nothing is written here, since this may be called in the middle of what is being written.
        """
        self.stopped = True
        raise SystemExit(STATUS)

    def claim(self) -> str:
        """Take the book's lock, before anything is written, and return what there is to draft, in a line.

        Raises BookError where another build has it.
        """
        from novelist.book.lock import lock  # noqa: PLC0415 - a hundredth of a second, and an idle build writes nothing

        self._lock = lock(self._snapshot.book)
        return self._total(self._selected)

    def end(self, *, save: bool) -> None:
        """End the run; `save` keeps what was read of the book."""
        if save:
            self._snapshot.book.cache.save()
        if self._lock is not None:
            self._lock.release()
        for number, handler in self._heard_before.items():
            signal.signal(number, handler)

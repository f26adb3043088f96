"""The book that an agent works on: read anew by each tool, and the commands that are begun for it.

What may ask a model is always a command, as a process of its own: it is what a person would give in a terminal, it
prints where no protocol is spoken, and it ends when nobody waits for it any more.
"""

from __future__ import annotations

import math
import os
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread

from novelist.book.paths import Book
from novelist.building.process import Command, Run
from novelist.drafting.session import Session
from novelist.edits.journal import finish_interrupted
from novelist.errors import SettingsError
from novelist.model.budget import NO_CALLS, read_cap
from novelist.targets.snapshot import Snapshot
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from novelist.model.budget import Cap


class Opened:
    """The book in the folder `root`, from where its files are named."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._one_at_a_time = threading.Lock()
        self._runs: list[Run] = []

    @property
    def ledger(self) -> Path:
        """Where is what was spent."""
        return Book(self.root).ledger

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Have the book as its files are now; nobody else has it meanwhile. Raises NovelistError.

        A rename that was interrupted is finished first.
        """
        with self._one_at_a_time:
            book = Book(self.root)
            finish_interrupted(book)
            yield Snapshot(book)

    @contextmanager
    def foresee(self) -> Iterator[Session]:
        """Have the book with what a draft would be, and a model that is not asked: no call is made."""
        with self.read() as snapshot, closing(Session(snapshot, Progress(), cap=NO_CALLS)) as session:
            yield session

    @staticmethod
    def capped(dollars: float) -> float:
        """Return a cap in US dollars, or that in the environment of who began this where it is lower.

        Raises SettingsError for what is none.
        """
        if not 0 <= dollars < math.inf:
            message = f"`{dollars}` is no cap. Name US dollars, such as 0.50."
            raise SettingsError(message)
        own = read_cap(os.environ)
        return dollars if own is None else min(dollars, own.dollars)

    async def run(self, *arguments: str, cap: Cap, yes: bool = False) -> tuple[int, list[str]]:
        """Give a command in the book's folder, and return its exit status and the lines that it printed.

        It keeps to a `cap`; `yes` says in advance that finished chapters may be replaced. Where nobody waits for it any
        more, it is stopped as by Ctrl-C.
        """
        run = Run(self.root, Command(arguments, yes=yes, answers=False, cap=cap))
        self._runs.append(run)
        try:
            status = await anyio.to_thread.run_sync(run.wait, abandon_on_cancel=True)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(run.end)
            self._runs.remove(run)
        return status, list(run.lines)

    def close(self) -> None:
        """Stop what was begun."""
        for run in [*self._runs]:
            run.stop()
        for run in [*self._runs]:
            run.end()

"""doit's reporter of a build: what failed, that nothing had to be done, that it was stopped.

Knows doit. What is drafted is shown by `progress`; what a run holds and how it is stopped is known to `run`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from doit import Globals
from doit.exceptions import TaskFailed
from doit.reporter import ConsoleReporter

from novelist.commands import here
from novelist.errors import NovelistError, Stopped
from novelist.terminal.lines import COLUMN, explained, write

if TYPE_CHECKING:
    from novelist.building.run import Run

SAFE = "Every finished file is safe; `doit` goes on from here."
RUN = "run"  # where the meta of the task `book` has the run


class Failed(TaskFailed):  # type: ignore[misc] # doit has no types
    """A task's failure that a person can read, with why it came."""

    def __init__(self, error: NovelistError) -> None:
        super().__init__(str(error))
        self.why = error.why
        self.wanted = isinstance(error, Stopped)  # by a person's own word


class Reporter(ConsoleReporter):  # type: ignore[misc] # doit has no types
    """doit's reporter: silent about what is up to date, one line for what failed."""

    desc = "what is drafted, kept or failed (novelist)"

    def __init__(self, outstream: Any, options: Any) -> None:  # noqa: ANN401 - doit's types
        super().__init__(outstream, options)
        self._busy = False
        self._explained: set[str] = set()
        self._run: Run | None = None

    def initialize(self, tasks: Any, selected: Any) -> None:  # noqa: ANN401 - doit's types
        """Begin the run, and say which names in the book's files are nearly ones that are read."""
        self._run = tasks["book"].meta[RUN]
        if self._run is not None:
            lines = self._run.begin(selected)
            try:
                for line in lines:
                    write(f"{line}\n", sys.stderr)
            except SystemExit:  # a remark that nobody can read ends no build; Ctrl-C does
                if self._run.stopped:
                    raise

    def execute_task(self, task: Any) -> None:  # noqa: ANN401
        """Claim the book, before the first task that may write anything."""
        if not task.actions or self._busy or self._run is None:
            return
        self._busy = True
        try:
            line = self._run.claim()
        except NovelistError as error:
            Globals.dep_manager.backend.abandon()
            self.write(f"{error}{explained(error.why, self.outstream, 0)}\n")
            raise SystemExit(1) from error
        if line:
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
            how = "stopped" if isinstance(fail, Failed) and fail.wanted else "failed"
            self.write(f"{task.name:{COLUMN}} {how}: {str(fail.message).strip()}{self._why(fail)}\n")
            self.write("".join(fail.traceback or ""))

    def _why(self, fail: Any) -> str:  # noqa: ANN401
        """Return why a task failed, below its line, the first time that a build says so."""
        why = getattr(fail, "why", "")
        if why in self._explained:
            return ""
        self._explained.add(why)
        return explained(why, self.outstream, COLUMN + 1)

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
        if self._run is not None:
            for name, what in self._run.left():
                self.write(f"{name:{COLUMN}} {what}\n")
            self._run.end(save=not Globals.dep_manager.backend.abandoned)

    def write(self, text: str) -> None:
        """Print to where doit prints: standard output, or what its `--output-file` names."""
        write(text, self.outstream)

    def _end(self) -> None:
        if self._run is None:
            return
        self._run.show.close()
        if self._run.stopped:
            self._run.stopped = False
            self.write(f"Stopped. {here(SAFE)}\n")

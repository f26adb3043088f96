"""doit's own state, kept as what it is here: a cache. doit finds this class through an entry point.

Unlike doit's backends it makes no file before a run ends, replaces the file in one step, and takes an unreadable file
for an empty one. What is fresh is decided by the records in the book's files, never here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doit.dependency import JsonDB

from novelist.errors import BookError
from novelist.page import replace


class State(JsonDB):  # type: ignore[misc] # doit has no types
    """doit's JSON backend, crash-safe."""

    desc = "JSON, replaced atomically (novelist)"

    def _load(self) -> Any:  # noqa: ANN401 - whatever doit stored
        try:
            found = self.codec.decode(Path(self.name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    abandoned = False

    def abandon(self) -> None:
        """Keep nothing of this run: another one is writing the book."""
        self.abandoned = True

    def dump(self) -> None:
        """Write the state; a disk that does not let it costs a little time on the next run, nothing else."""
        if self.abandoned:
            return
        try:
            replace(Path(self.name), self.codec.encode(self._db))
        except BookError:
            return

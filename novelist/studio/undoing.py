"""What was done to a file in a studio, and can be taken back: the last first, and what was taken back again.

A step holds for one text of the file: where that has changed since, nothing is offered. Knows no file.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

MOST_STEPS = 100


class Step(NamedTuple):
    """What puts back what a file said: when that came into history, and what must be `seen` of the file for it."""

    when: str
    seen: str


class Steps:
    """What can be taken back of a file, and done again."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=MOST_STEPS)
        self._undone: deque[Step] = deque(maxlen=MOST_STEPS)

    def did(self, step: Step) -> None:
        """Remember what takes back what was done."""
        self._done.append(step)
        self._undone.clear()

    def put_back(self, when: str, step: Step) -> None:
        """Remember what takes back that the text of a time was put back: it may itself have been a step."""
        for steps, others in ((self._done, self._undone), (self._undone, self._done)):
            if steps and steps[-1].when == when:
                steps.pop()
                others.append(step)
                return
        self.did(step)

    def undo(self, seen: str) -> Step | None:
        """Return what takes back what was done last to a file of which this is `seen`."""
        return self._done[-1] if self._done and self._done[-1].seen == seen else None

    def redo(self, seen: str) -> Step | None:
        """Return what does again what was taken back last."""
        return self._undone[-1] if self._undone and self._undone[-1].seen == seen else None

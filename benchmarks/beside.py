"""How much of a build is not the drafting of chapters.

A book of 24 chapters at the sizes of a real novel is written with the scripted server, which here takes a second to the
first token and then streams 80 tokens a second, in time that runs `FASTER` times as fast. The wall clock, from the
first chapter's request to the end of the last answer, is held against the sum of the chapters' answers alone.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted, events

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAPTERS = 24
FIRST, RATE, TOKEN = 1.0, 80.0, 4  # seconds, tokens a second, characters
FASTER = 5
MOST = 1.05


class Slow(Scripted):
    """The scripted server at the speed of a hosted model."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self._write = author(CHAPTERS)
        self.began: list[tuple[str, float, float]] = []

    def answer(self, request: Request) -> Reply:
        """Answer in pieces of a quarter of a second each."""
        reply = replace(self._write(request), piece=int(RATE * TOKEN / 4))
        took = FIRST + len(reply.text) / TOKEN / RATE
        self.began.append((request.task, time.monotonic(), took / FASTER))
        return replace(reply, events=self._paced(request, reply))

    @staticmethod
    def _paced(request: Request, reply: Reply) -> Iterator[str]:
        """Yield the events of an answer, each piece of its text when it is due."""
        due = time.monotonic() + FIRST / FASTER
        for event in events(request, reply):
            if '"delta": {"content"' in event:
                due += reply.piece / TOKEN / RATE / FASTER
                time.sleep(max(due - time.monotonic(), 0))
            yield event


def main() -> int:
    """Measure, print the table, and return the exit status."""
    with sample_book(premise(CHAPTERS)) as book, (server := Slow()):
        os.environ["KIMI_BASE_URL"] = server.base_url
        status, printed = build(book)
        ended = time.monotonic()
        began = next(at for task, at, _ in server.began if task == "chapter:1")
    if status:
        sys.exit(f"The book was not written:\n{printed}")
    sums = {"chapters": 0.0, "summaries and arcs": 0.0}
    for task, _, took in server.began:
        if task not in ("bible", "outline"):
            sums["chapters" if task.startswith("chapter:") else "summaries and arcs"] += took
    wall = ended - began
    parts = {**sums, "novelist": wall - sum(sums.values()), "wall clock": wall}
    rows = [[what, f"{took * FASTER:.1f}", f"{took / sums['chapters']:.3f}"] for what, took in parts.items()]
    show(("", "seconds", "of the drafts"), rows)
    ratio = wall / sums["chapters"]
    bound = f"wall clock at {ratio:.3f} of the drafts alone; at most {MOST} (time runs {FASTER} times as fast)"
    return verdict(held=ratio <= MOST, bound=bound)


if __name__ == "__main__":
    sys.exit(main())

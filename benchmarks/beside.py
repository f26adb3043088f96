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

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted

CHAPTERS = 24
FIRST, RATE, TOKEN = 1.0, 80.0, 4  # seconds, tokens a second, characters
FASTER = 10
MOST = 1.15


class Slow(Scripted):
    """The scripted server at the speed of a hosted model."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self._write = author(CHAPTERS)
        self.began: list[tuple[str, float, float]] = []

    def answer(self, request: Request) -> Reply:
        """Answer in pieces of a second each."""
        reply = self._write(request)
        size = int(RATE * TOKEN)
        took = FIRST + len(reply.text) / TOKEN / RATE
        self.began.append((request.task, time.monotonic(), took / FASTER))
        # The server waits before each event: two that say nothing, the text's, and two at its end.
        pieces = -(-len(reply.text) // size) + 3
        return replace(reply, piece=size, pause=took / FASTER / pieces)


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

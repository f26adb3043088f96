"""Whether forty missing summaries, of a book brought in from outside, are asked for side by side.

The chapters are typed, and so are the arcs, so nothing else is to be drafted. The scripted server takes its time for
each answer; the same build is made with one call at a time and with `jobs: 8`, and the server counts how many requests
it has at once.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted, prose

from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from novelist.book.paths import Book

CHAPTERS = 40
JOBS = 8
SECONDS = 1.0  # of one answer: a third of what a summary takes at 80 tokens a second
MOST = 1 / 6


class Counting(Scripted):
    """The scripted server, which takes `SECONDS` for an answer and knows how many it had at once."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self._write = author(CHAPTERS)
        self._until: list[float] = []
        self.most = 0

    def answer(self, request: Request) -> Reply:
        """Answer a request after its time."""
        now = time.monotonic()
        self._until = [until for until in self._until if until > now] + [now + SECONDS]
        self.most = max(self.most, len(self._until))
        gate = threading.Event()
        threading.Timer(SECONDS, gate.set).start()
        return Reply(self._write(request).text, piece=2000, wait=gate)


def bring(book: Book) -> None:
    """Put a typed book in place."""
    book.bible.write_text("## Mara\n\nShe keeps the light.\n", encoding="utf-8")
    sections = (f"## {number}. Day {number} {{#day-{number}}}\n\nMara waits.\n" for number in range(1, CHAPTERS + 1))
    book.outline.write_text("\n".join(sections), encoding="utf-8")
    book.chapters.mkdir()
    for number in range(1, CHAPTERS + 1):
        (book.chapters / f"{number:02d}-day-{number}.md").write_text(f"{prose(2000, number)}\n", encoding="utf-8")
    book.summaries.mkdir()
    for arc in Snapshot(book).story.readers:
        (book.summaries / arc.file_name(CHAPTERS)).write_text("Mara waited.\n", encoding="utf-8")


def measure(jobs: int) -> tuple[float, int]:
    """Return the seconds of the build, and the most requests at once."""
    with sample_book(premise(CHAPTERS, f"jobs: {jobs}\n")) as book, (server := Counting()):
        bring(book)
        os.environ["KIMI_BASE_URL"] = server.base_url
        build_began = time.monotonic()
        status, printed = build(book)
        took = time.monotonic() - build_began
        summaries = len(list(book.summaries.glob("[0-9]*.md")))
    if status or summaries != CHAPTERS:
        sys.exit(f"The summaries were not made:\n{printed}")
    return took, server.most


def main() -> int:
    """Measure, print the table, and return the exit status."""
    measured = {jobs: measure(jobs) for jobs in (1, JOBS)}
    rows = [
        [f"{jobs}", f"{took:.2f}", f"{took / measured[1][0]:.3f}", f"{most}"] for jobs, (took, most) in measured.items()
    ]
    show(("jobs", "seconds", "of one by one", "at once"), rows)
    ratio, most = measured[JOBS][0] / measured[1][0], measured[JOBS][1]
    bound = f"{ratio:.3f} of the time of one by one, at most {MOST:.3f}; {most} requests at once, at most {JOBS}"
    return verdict(held=ratio <= MOST and most <= JOBS, bound=bound)


if __name__ == "__main__":
    sys.exit(main())

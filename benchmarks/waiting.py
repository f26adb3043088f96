"""Whether a server that streams 300 tokens a second is ever kept waiting.

`doit`, in a process of its own, writes a book of 24 chapters of 1500-2500 words with the scripted server of the tests,
which here streams a token, four characters, 300 times a second: each by the clock, so that no delay adds up. The server
adds up the time in which it is busy: from a request read until the answer's last byte is written. What the wall clock
shows beyond that is novelist's own: prompts, gates, files, records, doit.

The wall clock runs from the first request until the process has ended, with book.md in place. What comes before, the
start of Python and of doit, is shown apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bench import sample_book, show, verdict
from scripted import Reply, Request, Scripted, events, write_book

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

MOST = 1.03
CHAPTERS = 24
WORDS = "1500-2500"
RATE = 300.0  # tokens a second
TOKEN = 4  # characters
PREMISE = f"""\
---
title: The Book of Days
author: Ines Halden
language: en
chapters: {CHAPTERS}
words: {WORDS}
---
Mara keeps a lighthouse, and each day the sea brings her something that her brother has lost.
"""


class Paced(Scripted):
    """The scripted server at a steady pace; it keeps when it was busy, and with how many tokens."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self.spans: list[tuple[float, float]] = []
        self.tokens = 0
        self._book = write_book()
        self._read: dict[int, float] = {}

    def answer(self, request: Request) -> Reply:
        """Note when a request was read, and return what the book's script has for it."""
        self._read[id(request)] = time.monotonic()
        return replace(self._book(request), piece=TOKEN)

    @property
    def busy(self) -> float:
        """The seconds in which there was an answer to write."""
        total = until = 0.0
        for began, ended in sorted(self.spans):
            total += max(0.0, ended - max(began, until))
            until = max(ended, until)
        return total

    def _handler(paced) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler below has the name self
        base: Any = super()._handler()

        class Handler(base):  # type: ignore[misc] # made anew for each server
            def stream(self, request: Request, reply: Reply) -> None:
                began = paced._read[id(request)]
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                for number, event in enumerate(events(request, reply), 1):
                    time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                    data = event.encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                self.wfile.write(b"0\r\n\r\n")
                paced.spans.append((began, time.monotonic()))
                paced.tokens += -(-len(reply.text) // TOKEN)

        return Handler


def main() -> int:
    """Measure, print the table, and return the exit status."""
    server = Paced()
    with sample_book(PREMISE) as book, server:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "doit"],
            cwd=book.root,
            env={**os.environ, "KIMI_BASE_URL": server.base_url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        ended = time.monotonic()
        written = len(list(book.chapters.glob("*.md")))
    if done.returncode != 0 or written != CHAPTERS:
        sys.exit(f"The book was not written:\n{done.stdout}")
    first, last = min(start for start, _ in server.spans), max(end for _, end in server.spans)
    wall = ended - first
    ratio = wall / server.busy
    times = {
        "before the first request": first - began,
        "server busy": server.busy,
        "between two calls": last - first - server.busy,
        "after the last call": ended - last,
        "wall clock, from the first request": wall,
        "as scheduled": server.tokens / RATE,
    }
    rows = [[what, f"{took:.2f}", f"{took / server.busy:.4f}"] for what, took in times.items()]
    show(("", "seconds", "of busy"), rows)
    print(f"\n{len(server.spans)} calls, {server.tokens:,} tokens, {CHAPTERS} chapters of {WORDS} words.")
    return verdict(held=ratio <= MOST, bound=f"wall clock at {ratio:.4f} of the server's busy time; at most {MOST}")


if __name__ == "__main__":
    sys.exit(main())

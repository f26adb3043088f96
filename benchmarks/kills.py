"""Whether what was paid for is used, when a build is killed again and again.

`doit`, in processes of its own, writes a book of short chapters, in which bible, outline and summaries weigh more than
they do in a novel. The scripted server of the tests streams a token, four characters, by the clock, and kills the build
with SIGKILL whenever it has sent so many in all; then the next build begins. It has one text for each task, and sends
the rest of it where a request goes on with its beginning.

Paid are the tokens that it sent, up to each kill, and the prompts that it was sent; used are those of a build that
nobody kills.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from bench import sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted, events, prose, rest

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from novelist.book.paths import Book

MOST = 1.10
KILLS = 24  # of each book
RUNS = 3
CHAPTERS = 12
WORDS = 350
RATE = 1500.0  # tokens a second
TOKEN = 4  # characters


class Killing(Scripted):
    """The scripted server, which kills a build at each of `points`, in tokens of answers sent."""

    def __init__(self, texts: dict[str, str], points: list[int]) -> None:
        super().__init__(self.answer)
        self.paid: Counter[str] = Counter()  # tokens of answers, by kind of task
        self.prompts: Counter[str] = Counter()
        self.texts = texts
        self.build: subprocess.Popen[str] | None = None
        self._points = points
        self._write = author(CHAPTERS)

    def answer(self, request: Request) -> Reply:
        """Return what is left of the one text of a task."""
        self.prompts[kind(request.task)] += len(request.prompt) // TOKEN
        short = request.task.startswith("chapter")
        text = prose(WORDS, zlib.crc32(request.task.encode())) if short else self._write(request).text
        text = self.texts.setdefault(request.task, text)
        return Reply(rest(text, request.begun), piece=TOKEN)

    def sent(self, task: str) -> None:
        """Count a token, and kill the build if that was one token too many."""
        self.paid[kind(task)] += 1
        if self.build and self._points and self.paid.total() >= self._points[0]:
            self._points.pop(0)
            self.build.kill()
            self.build.wait()
            raise BrokenPipeError

    def _handler(killing) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler below has the name self
        base: Any = super()._handler()

        class Handler(base):  # type: ignore[misc] # made anew for each server
            def stream(self, request: Request, reply: Reply) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                began = time.monotonic()
                for number, event in enumerate(events(request, reply), 1):
                    time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                    data = event.encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    if '"content": "' in event and '"content": ""' not in event:
                        killing.sent(request.task)
                self.wfile.write(b"0\r\n\r\n")

        return Handler


def kind(task: str) -> str:
    """Return the kind of a task."""
    return task.partition(":")[0]


def write(book: Book, server: Killing) -> int:
    """Build a book until it is whole, and return how many builds were killed."""
    killed = 0
    while True:
        with subprocess.Popen(
            [sys.executable, "-m", "doit"],
            cwd=book.root,
            env={**os.environ, "KIMI_BASE_URL": server.base_url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as build:
            server.build = build
            printed = build.communicate()[0]
        if build.returncode == 0:
            return killed
        if build.returncode > 0:
            sys.exit(f"The book was not written:\n{printed}")
        killed += 1


def measure(texts: dict[str, str], points: list[int]) -> tuple[Killing, int]:
    """Write a book in spite of kills at `points`, and return its server, and how many there were."""
    server = Killing(texts, points)
    with sample_book(premise(CHAPTERS).replace("1500-2500", "300-400")) as book, server:
        killed = write(book, server)
        for path in book.chapters.glob("*.md"):
            answer = texts[f"chapter:{int(path.name[:2])}"]
            if answer not in path.read_text(encoding="utf-8"):
                sys.exit(f"{path.name} is not the text that was sent.")
    return server, killed


def main() -> int:
    """Measure, print the table, and return the exit status."""
    texts: dict[str, str] = {}
    whole, _ = measure(texts, [])
    paid, prompts, killed = Counter[str](), Counter[str](), 0
    for seed in range(RUNS):
        dice = random.Random(seed)  # noqa: S311 - chance is no secret
        server, kills = measure(texts, sorted(dice.sample(range(1, whole.paid.total()), KILLS)))
        paid, prompts, killed = paid + server.paid, prompts + server.prompts, killed + kills
    rows = [
        (name, paid[name], RUNS * used, prompts[name], RUNS * whole.prompts[name]) for name, used in whole.paid.items()
    ]
    rows.append(("all", paid.total(), RUNS * whole.paid.total(), prompts.total(), RUNS * whole.prompts.total()))
    show(
        ("", "paid", "used", "ratio", "prompts", "of whole builds", "ratio"),
        [
            (name, f"{out:,}", f"{used:,}", f"{out / used:.3f}", f"{told:,}", f"{once:,}", f"{told / once:.3f}")
            for name, out, used, told, once in rows
        ],
    )
    ratio = paid.total() / (RUNS * whole.paid.total())
    return verdict(
        held=ratio <= MOST and killed == RUNS * KILLS,
        bound=f"{ratio:.3f} of the tokens used are paid for, at most {MOST}; {killed} kills, {KILLS} for each book",
    )


if __name__ == "__main__":
    sys.exit(main())

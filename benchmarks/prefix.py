"""How much of what is sent a server has just been sent: the beginning that two requests in a row have in common.

A book of 40 chapters at the sizes of a real novel is written with the scripted server, and the requests are compared as
they came over the wire. Of each prompt, the text of the chapter that it goes on from, or sums up, is left out of the
count: it is new by its nature.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Request, Scripted

CHAPTERS = 40
LEAST = 0.85
NEW = re.compile(r"# The chapter before\n\n.*\Z|(?<=\n)# Chapter \d+, \"[^\n]*\n\n.*?(?=\n# Your task\n)", re.DOTALL)


def common(one: str, other: str) -> int:
    """Return the characters that two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, its) in pairs if mine != its), min(len(one), len(other)))


def main() -> int:
    """Measure, print the table, and return the exit status."""
    write = author(CHAPTERS)
    with sample_book(premise(CHAPTERS)) as book, Scripted() as server:
        server.script = lambda request: replace(write(request), piece=2000)
        os.environ["KIMI_BASE_URL"] = server.base_url
        status, printed = build(book)
        requests = server.requests
    if status:
        sys.exit(f"The book was not written:\n{printed}")
    sums: dict[str, list[int]] = {}
    before: Request | None = None
    for request in requests:
        if before is not None and request.task not in ("bible", "outline", "chapter:1"):
            counted = len(request.prompt) - sum(map(len, NEW.findall(request.prompt)))
            same = min(common(before.prompt, request.prompt), counted)
            for kind in (request.task.partition(":")[0], "all"):
                counts = sums.setdefault(kind, [0, 0, 0])
                counts[0], counts[1], counts[2] = counts[0] + 1, counts[1] + counted, counts[2] + same
        before = request
    rows = [[kind, f"{n}", f"{total // n:,}", f"{100 * same / total:.1f}"] for kind, (n, total, same) in sums.items()]
    show(("requests", "number", "characters each", "% sent just before"), rows)
    share = sums["all"][2] / sums["all"][1]
    return verdict(held=share >= LEAST, bound=f"{share:.3f} of what is sent was sent just before; at least {LEAST}")


if __name__ == "__main__":
    sys.exit(main())

"""How much of what is sent a server has just been sent: the beginning that a request has in common with one before it.

A book of 40 chapters at the sizes of a real novel is written with the scripted server, and the requests are compared as
they came over the wire, each with the two before it. Of a summary's prompt the text of its chapter is left out of the
count: it is new by its nature. A draft's is counted whole, the chapter before with it.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Scripted

CHAPTERS = 40
LEAST = 0.85
BEFORE = 2  # requests, which may have been made at the same time
NEW = re.compile(r"(?<=\n)# Chapter \d+, \"[^\n]*\n\n.*?(?=\n# Your task\n)", re.DOTALL)


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
    for place, request in enumerate(requests):
        if request.task in ("bible", "outline", "chapter:1"):
            continue
        new = [] if request.task.startswith("chapter:") else NEW.findall(request.prompt)
        counted = len(request.prompt) - sum(map(len, new))
        same = max(common(earlier.prompt, request.prompt) for earlier in requests[max(place - BEFORE, 0) : place])
        for kind in (request.task.partition(":")[0], "all"):
            counts = sums.setdefault(kind, [0, 0, 0])
            counts[0], counts[1], counts[2] = counts[0] + 1, counts[1] + counted, counts[2] + min(same, counted)
    rows = [[kind, f"{n}", f"{total // n:,}", f"{100 * same / total:.1f}"] for kind, (n, total, same) in sums.items()]
    show(("requests", "number", "characters each", "% sent just before"), rows)
    shares = {kind: sums[kind][2] / sums[kind][1] for kind in ("chapter", "all")}
    bound = f"{shares['chapter']:.3f} of a draft's prompt was sent just before, {shares['all']:.3f} of all prompts"
    return verdict(held=min(shares.values()) >= LEAST, bound=f"{bound}; at least {LEAST}")


if __name__ == "__main__":
    sys.exit(main())

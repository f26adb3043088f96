"""Whether the embedded model takes the threads that fit a machine on which other programs are busy.

Beside 0, 1, 2 and 4 programs that do nothing but count, the same request is answered by novelist's choice, and by each
fixed number of threads as the engine comes; novelist's once where the programs are there before the engine is loaded,
and once where they begin while it writes. Each answer is that of a process of its own, and the rounds take turns, so
that a machine that slows down slows all alike. The time is that of the whole request, its prompt read and its answer
written. Then the first command, for a small book, is timed alone and beside as many.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

from bench import REPOSITORY, build, sample_book, show, verdict

from novelist.model.local import Local

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = (0, 1, 2, 4)
ROUNDS = 3
TOKENS = 100
LONGEST = 15  # seconds for an answer, once it has begun: what is slower than that is slow enough
LEAST = 0.5  # of the best fixed choice
MOST = 3.0  # of what the first command takes alone
SPINNING = {"GOMP_SPINCOUNT": "300000"}  # what it is where nobody sets it (libgomp)
TEXT = "The keeper of the light counts the ships that pass, and writes each of them down in her book. " * 5
CHOSEN, OVERTAKEN = "novelist", "novelist, begun before"


@contextmanager
def busy(programs: int) -> Iterator[None]:
    """Have programs run that do nothing but count."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(programs)]
    try:
        yield
    finally:
        for each in running:
            each.kill()
            each.wait()


def answered(threads: int) -> float:
    """Return the tokens per second of one answer, with so many threads, or with those that novelist takes for 0."""
    with mock.patch("novelist.model.local.threads", return_value=threads) if threads else busy(0):
        engine = Local(None, print)
    print("loaded", flush=True)
    sys.stdin.readline()
    pieces, began = 0, time.monotonic()

    def take(chunk: dict[str, Any]) -> bool:
        """Take a piece, and say whether it is the last that is wanted."""
        nonlocal pieces
        pieces += bool(chunk["choices"] and chunk["choices"][0]["delta"].get("content"))
        return pieces > 1 and time.monotonic() - began > LONGEST

    messages = [{"role": "user", "content": f"Go on with this.\n\n{TEXT}"}]
    body = {"messages": messages, "max_tokens": TOKENS, "stream": True, "ignore_eos": True, "seed": 5}
    engine._server.handle_chat_completions(body, take)
    return pieces / (time.monotonic() - began)


def rate(threads: int, programs: int, *, before: bool = True) -> float:
    """Return what `answered` returns in a process of its own, beside programs that are there before it is loaded."""
    environ = {**os.environ, **(SPINNING if threads else {})}
    command = [sys.executable, __file__, str(threads)]
    pipe = subprocess.PIPE
    with busy(programs if before else 0):
        asked = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=REPOSITORY, env=environ)
        for line in asked.stdout or ():
            if line == "loaded\n":
                break
        with busy(0 if before else programs):
            told, _ = asked.communicate("go on\n")
    return float(told)


def first_command(programs: int) -> float:
    """Return the seconds in which a small book is written beside busy programs."""
    premise = (REPOSITORY / "project_template" / "premise.md").read_text(encoding="utf-8")
    small = premise.replace("chapters: 5", "chapters: 2").replace("300-500", "60-90")
    with sample_book(small) as book, busy(programs):
        began = time.monotonic()
        status, printed = build(book)
        took = time.monotonic() - began
    if status:
        sys.exit(f"The book was not written:\n{printed}")
    return took


def main() -> int:
    """Measure, print the tables, and return the exit status."""
    if len(sys.argv) > 1:
        print(answered(int(sys.argv[1])))
        return 0
    fixed = {f"{threads} thread{'s' * (threads > 1)}": threads for threads in sorted({1, os.cpu_count() or 1})}
    rates: dict[tuple[int, str], list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for programs in PROGRAMS:
            for name, threads in fixed.items():
                rates[programs, name].append(rate(threads, programs))
            rates[programs, CHOSEN].append(rate(0, programs))
            rates[programs, OVERTAKEN].append(rate(0, programs, before=False))
    middle = {key: statistics.median(each) for key, each in rates.items()}
    names = [*fixed, CHOSEN, OVERTAKEN]
    shares = {programs: _share(middle, programs, fixed) for programs in PROGRAMS}
    rows = [
        [str(programs), *(f"{middle[programs, name]:.1f}" for name in names), f"{shares[programs]:.2f}"]
        for programs in PROGRAMS
    ]
    show(("busy programs", *names, "of the best fixed"), rows)
    print()
    took = {programs: first_command(programs) for programs in PROGRAMS}
    slower = {programs: each / took[0] for programs, each in took.items()}
    show(
        ("busy programs", "first command, s", "of alone"),
        [[str(programs), f"{took[programs]:.1f}", f"{slower[programs]:.2f}"] for programs in PROGRAMS],
    )
    least, most = min(shares.values()), max(slower.values())
    return verdict(
        held=least >= LEAST and most <= MOST,
        bound=(
            f"{least:.2f} of the best fixed choice, at least {LEAST}; "
            f"the first command takes {most:.2f} of what it takes alone, at most {MOST}"
        ),
    )


def _share(middle: dict[tuple[int, str], float], programs: int, fixed: dict[str, int]) -> float:
    """Return the worse of novelist's two, of the best fixed choice."""
    best = max(middle[programs, name] for name in fixed)
    return min(middle[programs, CHOSEN], middle[programs, OVERTAKEN]) / best


if __name__ == "__main__":
    sys.exit(main())

"""What a book of 40 chapters and a serial of 1,000 cost to build, to leave alone, and to go on with.

Each is written once by `doit` with the scripted server, whose answers come at once. Then, turn about in one paired run,
`doit` with nothing to do is timed against a bare doit graph: a chapter and a summary task for each chapter, a chapter
depending on outline.md and on the summaries and arcs it is given, a book task, empty actions, doit's own defaults. At
last a chapter is added, which the server writes at 300 tokens a second, and what that build takes beyond one with
nothing to do is compared.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import sample_book, show, verdict
from novel import author, premise, section
from scripted import Scripted

from novelist.book.paths import Book
from novelist.targets.snapshot import Snapshot

COUNTS = (40, 1000)
AT = (10, 40, 100, 400, 1000)
RUNS = 9
MOST_RATIO = 1.25
MOST_MEMORY = 150.0  # MB
MOST_PROMPT = 1.5
MOST_ADDED = 1.25  # of what the 41st chapter takes: the noise of one run
PIECE, PAUSE = 120, 0.1  # characters and seconds: 300 tokens a second, as fast as servers write
DOIT = [sys.executable, "-m", "doit"]


def doit(folder: Path, **environ: str) -> float:
    """Run `doit` in a folder, and return its seconds."""
    began = time.perf_counter()
    done = subprocess.run(
        DOIT, cwd=folder, env={**os.environ, **environ}, capture_output=True, encoding="utf-8", check=False
    )
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"doit failed:\n{done.stdout}{done.stderr}")
    return took


def bare(folder: Path, seen: Snapshot) -> None:
    """Write the bare graph of a book's files, which are all there."""
    folder.mkdir()
    root = seen.book.root.absolute()
    chapters = [str(root / "chapters" / chapter.file_name) for chapter in seen.chapters]
    summaries = [str(root / "summaries" / chapter.file_name) for chapter in seen.chapters]
    read_by_chapter = [[str(target.path.absolute()) for target in chapter.made_from()] for chapter in seen.chapters]
    (folder / "dodo.py").write_text(
        f"OUTLINE, BOOK = {str(root / 'outline.md')!r}, {str(root / 'book.md')!r}\n"
        f"CHAPTERS = {chapters!r}\nSUMMARIES = {summaries!r}\nTOLD = {read_by_chapter!r}\n"
        "def nothing(): pass\n"
        "def task_chapter():\n"
        "    for at, path in enumerate(CHAPTERS):\n"
        "        yield dict(name=str(at), actions=[nothing], file_dep=[OUTLINE, *TOLD[at]], targets=[path])\n"
        "def task_summary():\n"
        "    for at, path in enumerate(SUMMARIES):\n"
        "        yield dict(name=str(at), actions=[nothing], file_dep=[CHAPTERS[at]], targets=[path])\n"
        "def task_book():\n"
        "    return dict(actions=[nothing], file_dep=CHAPTERS, targets=[BOOK])\n",
        encoding="utf-8",
    )


def memory(folder: Path) -> float:
    """Return the most memory, in MB, that `doit` with nothing to do has at once."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *DOIT], cwd=folder, stdout=subprocess.PIPE, check=True)
    return int(done.stdout) / 1024


def main() -> int:
    """Measure, print the tables, and return the exit status."""
    built, idle, sizes, held = [], [], {}, True
    added: dict[int, float] = {}
    for count in COUNTS:
        with sample_book(premise(count)) as book, Scripted() as server, TemporaryDirectory() as other:
            write = author(count)
            server.script = lambda request, write=write: replace(write(request), piece=2000)  # type: ignore[misc]
            environ = {"KIMI_BASE_URL": server.base_url}
            took = doit(book.root, **environ)
            calls = len(server.requests)
            if count == max(COUNTS):
                sizes = {
                    int(found[1]): len(request.prompt)
                    for request in server.requests
                    if (found := re.fullmatch(r"chapter:(\d+)", request.task))
                }
            seen = Snapshot(Book(book.root))
            bare(Path(other) / "bare", seen)
            doit(Path(other) / "bare")
            time.sleep(2.5)  # what was written just now is not taken on trust
            doit(book.root)
            state = sum(path.stat().st_size for path in (book.hidden / "cache").glob("*.json"))
            built.append([f"{count}", f"{took:.0f}", f"{calls:,}", f"{state / 1024:.0f}"])
            pairs = [(doit(book.root), doit(Path(other) / "bare")) for _ in range(RUNS)]
            ours, theirs = median(one for one, _ in pairs), median(one for _, one in pairs)
            ratio = median(one / two for one, two in pairs)
            peak = memory(book.root)
            idle.append([f"{count}", f"{ours:.3f}", f"{theirs:.3f}", f"{ratio:.3f}", f"{peak:.0f}"])
            held = held and ratio <= MOST_RATIO and peak < MOST_MEMORY
            with book.outline.open("a", encoding="utf-8") as file:
                file.write(f"\n## {count + 1}. Day {count + 1}\n\n{section(count + 1)}\n")
            server.clear()
            server.script = lambda request, write=write: replace(write(request), piece=PIECE, pause=PAUSE)  # type: ignore[misc]
            added[count] = doit(book.root, **environ) - ours
            if [request.task for request in server.requests][-2:] != [f"chapter:{count + 1}", f"summary:{count + 1}"]:
                sys.exit(f"Not just one chapter was drafted: {[request.task for request in server.requests]}")
    show(("chapters", "seconds", "calls", "cache, KB"), built)
    print("\nWith nothing to do:\n")
    show(("chapters", "doit, s", "bare, s", "ratio", "peak, MB"), idle)
    print("\nCharacters of a chapter's prompt:\n")
    show(
        ("chapter", "prompt", "of chapter 40's"),
        [[f"{at}", f"{sizes[at]:,}", f"{sizes[at] / sizes[40]:.2f}"] for at in AT],
    )
    print("\nOne chapter more, beyond a build with nothing to do:\n")
    show(("chapter", "seconds"), [[f"{count + 1}", f"{took:.2f}"] for count, took in added.items()])
    grown = sizes[1000] / sizes[40]
    more = added[1000] / added[40]
    bound = (
        f"nothing to do takes at most {MOST_RATIO} of a bare graph and {MOST_MEMORY:.0f} MB; chapter 1,000's prompt is "
        f"{grown:.2f} of chapter 40's, at most {MOST_PROMPT}; chapter 1,001 takes {more:.2f} of what chapter 41 does"
    )
    return verdict(held=held and grown <= MOST_PROMPT and more <= MOST_ADDED, bound=bound)


if __name__ == "__main__":
    sys.exit(main())

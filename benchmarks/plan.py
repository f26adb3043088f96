"""How long `novelist plan` and `novelist status` take in a book of 3,000 chapters.

Nothing is drafted: the files are written with the records that a build would have given them. Each command runs in a
process of its own, with the cache that a build leaves, and as in a clone, which has none.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from bench import sample_book, show, verdict
from novel import bible, outline, premise, text

from novelist.book import frontmatter, outline_text
from novelist.book.paragraphs import marks
from novelist.book.paths import KEYS, Book
from novelist.book.record import Record
from novelist.drafting import bible_plan as bible_draft
from novelist.drafting import outline_plan as outline_draft
from novelist.drafting.plan import dry_run
from novelist.drafting.session import Session
from novelist.targets.oversights import unknown_names
from novelist.targets.snapshot import Snapshot
from novelist.terminal.progress import Progress
from novelist.text import digest

CHAPTERS = 3000
RUNS = 3
MOST_WITH_CACHE = 3.0  # seconds
MOST_IN_A_CLONE = 10.0
COMMANDS = ("plan", "status")


def plan(book: Book) -> None:
    """Write the bible and the outline."""
    book.bible.write_text(bible_draft.render(bible_draft.read(json.loads(bible()))), encoding="utf-8")
    planned = outline_draft.to_outline(outline_draft.read(json.loads(outline(CHAPTERS))), "")
    book.outline.write_text(outline_text.render(planned), encoding="utf-8")


def finish(book: Book) -> None:
    """Write all chapters, summaries and arcs."""
    snapshot = Snapshot(book)
    with snapshot.foreseen():
        for seed, target in enumerate(snapshot.drafts(), 1_000_000):
            if target in snapshot.sources:
                continue
            body = text(target.kind, seed)
            front = {key: value for key, value in target.front().items() if value is not None}
            fields = {**target.fields(), **({"drafted": marks(body)} if target.kind == "chapter" else {})}
            record = Record(digest(body), model="kimi-k2.6", at="2026-11-22T13:04:10Z", **fields)
            page = frontmatter.compose({**front, "novelist": record.front()}, body)
            target.path.parent.mkdir(exist_ok=True)
            target.path.write_text(page, encoding="utf-8")
            snapshot.presume(target.path, frontmatter.parse(page, KEYS).info())


def keep() -> None:
    """Leave the cache that a build would leave."""
    time.sleep(2.5)  # what was written just now is not taken on trust
    book = Book(Path())  # one that has read nothing yet
    snapshot = Snapshot(book)
    unknown_names(snapshot)
    dry_run(Session(snapshot, Progress()))
    book.cache.save()


def seconds(book: Book, command: str) -> float:
    """Return the seconds that a command takes."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "novelist", command],
            cwd=book.root,
            stdout=subprocess.DEVNULL,
            check=True,
            env=environ,
        )
        times.append(time.perf_counter() - began)
    return median(times)


def main() -> int:
    """Measure, print the table, and return the exit status."""
    rows, held = [], True
    with sample_book(premise(CHAPTERS).replace("chapters: 3000\n", "")):
        book = Book(Path())  # as a command calls it, for which the cache is kept
        os.environ["MOONSHOT_API_KEY"] = "sk-of-nobody"  # nothing is asked; so it is planned for a large model

        def measure(case: str) -> None:
            nonlocal held
            in_clone = [seconds(book, command) for command in COMMANDS]
            keep()
            with_cache = [seconds(book, command) for command in COMMANDS]
            shutil.rmtree(book.hidden / "cache")
            held = held and max(with_cache) <= MOST_WITH_CACHE and max(in_clone) <= MOST_IN_A_CLONE
            rows.append([case, *(f"{took:.2f}" for took in (*with_cache, *in_clone))])

        plan(book)
        measure("nothing is drafted")
        finish(book)
        measure("all is finished")
        first = Snapshot(book).chapter(1).path
        finished = first.read_text(encoding="utf-8")
        first.write_text(f"{finished}\nAnd so it went.\n", encoding="utf-8")
        measure("a sentence of chapter 1 is new")
        first.write_text(finished, encoding="utf-8")
        changed = book.outline.read_text(encoding="utf-8").replace("the tide of day 3 has", "the tide of day three has")
        book.outline.write_text(changed, encoding="utf-8")
        measure("section 3 is changed")
    show(("", "plan, s", "status, s", "plan in a clone, s", "status in a clone, s"), rows)
    bound = f"at most {MOST_WITH_CACHE:.0f} s, and {MOST_IN_A_CLONE:.0f} s in a clone, with {CHAPTERS:,} chapters"
    return verdict(held=held, bound=bound)


if __name__ == "__main__":
    sys.exit(main())

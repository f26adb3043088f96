"""Whether the embedded model's book passes the gates, for ten seeds.

`doit` writes the sample book once with each seed. Each chapter is then held against novelist's gates, and against
figures that are computed here, over words of their own, so that the gates are checked by something else:

- S_l: the length score of LongWriter (Bai et al., 2024), by which y words score 100 where x were asked for, and less
  the further they are off. A range is asked for here: y within it scores 100, else x is its nearer end. A chapter that
  is missing scores 0.
- repeated: of a chapter's runs of eight words, those that it had before.
- reused: of a chapter's different runs of eight words, those that an earlier chapter has.
- zlib: what 300 words are packed to, of their size, with every window of a chapter that begins 50 words after the one
  before. The ratio falls with length, so all windows are of one length; a chapter with fewer words has none.

S_l is the mean of a book's chapters; of the others its worst chapter is shown. A book passes where all of its chapters
landed and none has a flaw: by the gates a loop, a refusal, an echo of its plan, too much reused, an open end;
by the figures here more repeated or reused, or a lower ratio, than in any chapter of the healthy novels that the gates
were made with. Those have chapters of 2,000 words; in one of 500, 2 % are ten runs, which one sentence is that stands
twice, so that fewer than 24 are shown and not counted against it.
"""

from __future__ import annotations

import re
import sys
import time
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unittest import mock

from bench import build, sample_book, show, verdict

from novelist.model import client, ledger
from novelist.model.providers import SHIPPED
from novelist.prose import chatter, gates, sentences
from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.paths import Book
    from novelist.book.premise import Span

# The one that ships, and nine so far apart that no attempt of one, which counts its seed up, is an attempt of another.
SEEDS = range(SHIPPED.extra["seed"], SHIPPED.extra["seed"] + 1000, 100)
WORD = re.compile(r"\w+(?:['’]\w+)*")
END = re.compile(r"[.!?…][\"'”’»)*_]*\Z")
RUN = 8
WINDOW = 300
STEP = 50
MOST_REPEATED = 0.02
FEWEST = 24  # repeated runs that are too many in a short chapter: two sentences of thirty words may stand twice
MOST_REUSED = 0.08
LEAST_PACKED = 0.35
NONE = float("inf")  # the ratio of a text that is too short for one


@dataclass(frozen=True)
class Chapter:
    """What is known of one chapter; `flaws` is what stands against it."""

    words: int
    score: float
    repeated: float
    reused: float
    packed: float
    ends: bool
    flaws: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A seed's book: how many chapters it was to have, those that it has, and what they took."""

    planned: int
    chapters: tuple[Chapter, ...]
    rejected: int
    calls: int
    seconds: float

    @property
    def passes(self) -> bool:
        """Whether all chapters are there and pass."""
        return len(self.chapters) == self.planned and not any(chapter.flaws for chapter in self.chapters)


def write(seed: int, book: Book) -> Written:
    """Have the sample book written with `seed`."""
    began = time.monotonic()
    seeded = replace(SHIPPED, extra={**SHIPPED.extra, "seed": seed})
    with mock.patch.object(client, "SHIPPED", seeded):
        _, failed = build(book)
    took = time.monotonic() - began
    print(f"seed {seed}: {took:.0f} s\n{failed}".rstrip(), file=sys.stderr)
    written = Snapshot(book)
    return Written(
        planned=written.premise.chapters.high,
        chapters=tuple(judged(written)) if book.outline.is_file() else (),
        rejected=len(list(book.history.glob("*/rejected/*"))),
        calls=len(list(ledger.calls(book.ledger))),
        seconds=took,
    )


def judged(book: Snapshot) -> list[Chapter]:
    """Return the chapters that landed, each held against those before it."""
    found: list[Chapter] = []
    told: set[tuple[str, ...]] = set()
    grams: set[int] = set()
    for chapter in book.chapters:
        page, section = chapter.page(), chapter.section
        if page is None:
            continue
        text = page.body.strip()
        words = WORD.findall(text.casefold())
        own = runs(words)
        again = len(own) - len(set(own))
        repeated, reused = again / len(own), len(set(own) & told) / len(set(own))
        ratio, ends = packed(text), END.search(text) is not None
        flaws = {
            "loop": gates.loop(text) is not None,
            "refusal": chatter.refuses(text),
            "echo": gates.echoes(text, section.text),
            "reuse": gates.reused(text, grams) > gates.MOST_REUSED or reused > MOST_REUSED,
            "repetition": again >= max(FEWEST, MOST_REPEATED * len(own)) or ratio < LEAST_PACKED,
            "no end": not sentences.ends(text) or not ends,
        }
        score = length_score(len(words), chapter.words)
        named = tuple(name for name, is_one in flaws.items() if is_one)
        found.append(Chapter(len(words), score, repeated, reused, ratio, ends, named))
        told |= set(own)
        grams |= gates.grams(text)
    return found


def length_score(words: int, asked: Span) -> float:
    """Return S_l of a text with `words` words."""
    if words > asked.high:
        return 100 * max(0.0, 1 - (words / asked.high - 1) / 3)
    return 100 * max(0.0, 1 - (max(asked.low / max(words, 1), 1) - 1) / 2)


def runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return all runs of eight words; the text itself, where it has fewer."""
    return [tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))]


def packed(text: str) -> float:
    """Return the lowest ratio to which zlib packs a window of the text, or NONE."""
    at = [word.start() for word in WORD.finditer(text)]
    windows = (text[at[first] : at[first + WINDOW - 1]] for first in range(0, len(at) - WINDOW + 1, STEP))
    ratios = (len(zlib.compress(window.encode(), 9)) / len(window.encode()) for window in windows)
    return min(ratios, default=NONE)


def row(name: str, books: Sequence[Written]) -> list[str]:
    """Return a row of the table: one book, or all of them."""
    chapters = [chapter for book in books for chapter in book.chapters]
    planned = sum(book.planned for book in books)
    ratio = min((chapter.packed for chapter in chapters), default=NONE)
    flaws = sorted({flaw for chapter in chapters for flaw in chapter.flaws})
    return [
        name,
        f"{len(chapters)}/{planned}",
        f"{sum(chapter.words for chapter in chapters):,}",
        f"{sum(chapter.score for chapter in chapters) / planned:.1f}",
        f"{max((chapter.repeated for chapter in chapters), default=0):.1%}",
        f"{max((chapter.reused for chapter in chapters), default=0):.1%}",
        "-" if ratio == NONE else f"{ratio:.3f}",
        f"{sum(chapter.ends for chapter in chapters)}",
        f"{sum(book.rejected for book in books)}",
        f"{sum(book.calls for book in books)}",
        f"{sum(book.seconds for book in books):.0f}",
        ", ".join(flaws) or ("yes" if all(book.passes for book in books) else "no"),
    ]


def main() -> int:
    """Write the books, print the table, and return the exit status."""
    head = ("seed", "landed", "words", "S_l", "repeated", "reused", "zlib", "ended", "rejected", "calls", "s", "passes")
    books: dict[str, Written] = {}
    for seed in SEEDS:
        with sample_book() as book:
            books[str(seed)] = write(seed, book)
    show(head, [*(row(seed, [book]) for seed, book in books.items()), row("all", list(books.values()))])
    passed = sum(book.passes for book in books.values())
    return verdict(held=passed == len(books), bound=f"{passed} of {len(books)} books pass the gates")


if __name__ == "__main__":
    sys.exit(main())

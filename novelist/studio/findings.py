"""What is found in a chapter, at its paragraphs: by lint and check, and by the judge whose review is there.

Knows of which paragraph a finding is; what is found, and what is left of a review, it is told. Asks no model.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from novelist.book import paragraphs
from novelist.continuity.check import check
from novelist.errors import NovelistError
from novelist.lint import baseline, pages
from novelist.lint.check import alone
from novelist.lint.finding import CONTINUITY, RULES
from novelist.prose import quotes
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.lint.finding import Finding
    from novelist.studio.books import OpenBook
    from novelist.studio.prose import Passage
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.review import ReviewTarget
    from novelist.targets.snapshot import Snapshot

NO_PLACE = -1
MOST_AT_ONCE = 200  # chapters that are checked without being asked for: in a second, whenever a file changes
GRAVEST_FIRST = ("must", "sure", "should", "likely", "may", "maybe")


@dataclass(frozen=True)
class PageFinding:
    """A finding as the page of its chapter shows it: who has it, how sure or how grave it is, and what it says.

    `paragraph` is the number in its file of the one that it is of, `passage` that of the one in which that is shown, 0
    where it is of none. `quotes` are words with where they stand, which is empty for the chapter. One of a review has
    its `place` in that file, by which it is struck.
    """

    by: Literal["lint", "check", "review"]
    weight: str
    text: str
    paragraph: int
    passage: int = 0
    where: str = ""
    quotes: Sequence[tuple[str, str]] = ()
    fix: str = ""
    why: str = ""
    place: int = NO_PLACE


@dataclass(frozen=True)
class PageFindings:
    """All that is found in a chapter, in its order; `whole` where the rest of the book was looked at.

    `quick` says whether a page may look at that by itself. `review` says how its review stands, empty where it has
    none, `seen` is the digest of that file, and `problems` are files that cannot be read.
    """

    every: Sequence[PageFinding] = ()
    whole: bool = False
    quick: bool = True
    review: str = ""
    seen: str = ""
    problems: Sequence[str] = ()
    by_passage: Mapping[int, Sequence[PageFinding]] = field(default_factory=dict)


def findings_of(
    opened: OpenBook, snapshot: Snapshot, number: int, passages: Sequence[Passage], *, whole: bool
) -> PageFindings:
    """Return what is found in chapter `number`, which is shown in these passages; with `whole`, by check as well."""
    target, review = snapshot.chapter(number), snapshot.review(number)
    every: list[PageFinding] = []
    problems: list[str] = []
    standing, seen = "", ""
    try:
        every += _of_rules(opened, snapshot, target, whole=whole)
    except NovelistError as error:
        problems.append(opened.local(str(error)))
    try:
        if review.info is not None:
            standing, seen = review.standing.reason, digest(snapshot.book.files.read_text(review.path) or "")
            every += _of_review(review)
    except NovelistError as error:
        problems.append(opened.local(str(error)))
    every.sort(key=lambda each: (not each.paragraph, each.paragraph, GRAVEST_FIRST.index(each.weight)))
    shown = [0, *sorted(passage.number for passage in passages if passage.number)]
    every = [replace(each, passage=shown[bisect_right(shown, each.paragraph) - 1]) for each in every]
    by_passage: dict[int, list[PageFinding]] = {}
    for each in every:
        if each.passage:
            by_passage.setdefault(each.passage, []).append(each)
    return PageFindings(every, whole, snapshot.count <= MOST_AT_ONCE, standing, seen, problems, by_passage)


def checked(_: OpenBook, snapshot: Snapshot) -> Sequence[Finding]:
    """Return what contradicts itself in a book, but for what its author has accepted. Raises BookError."""
    accepted = baseline.load(snapshot.book.root / baseline.NAME, CONTINUITY)
    return baseline.split(check(snapshot).findings, accepted)[0]


def _of_rules(opened: OpenBook, snapshot: Snapshot, target: ChapterTarget, *, whole: bool) -> Iterator[PageFinding]:
    page = target.page()
    if page is None or page.damage is not None:
        return
    chapter = pages.of_page(target.number, target.section, target.path, page)
    starts = [chapter.line(each.start) for each in paragraphs.split(chapter.text)]
    root = snapshot.book.root

    def shown(by: Literal["lint", "check"], each: Finding) -> PageFinding:
        own = each.path == target.path
        against = each.against
        words = [(each.quote, "")] if each.quote else []
        words += [(against.quote, f"{against.path.relative_to(root)}:{against.line}")] if against else []
        where = "" if own else f"{each.path.relative_to(root)}:{each.line}"
        rules = RULES if by == "lint" else CONTINUITY
        paragraph = bisect_right(starts, each.line) if own else 0
        return PageFinding(by, each.sure, each.message, paragraph, where=where, quotes=words, why=rules[each.rule].why)

    accepted = baseline.load(root / baseline.NAME, RULES)
    yield from (shown("lint", each) for each in baseline.split(alone(snapshot, chapter), accepted)[0])
    if whole:
        of_book = opened.read(("check",), checked)
        yield from (shown("check", each) for each in of_book if each.about == target.identity)


def _of_review(review: ReviewTarget) -> Iterator[PageFinding]:
    """Yield what is left of a review."""
    left, text = review.left(), review.chapter.text()
    starts = [each.start for each in paragraphs.split(text)]
    for place, entry in enumerate(review.entries()):
        if entry not in left:
            continue
        at = quotes.find(text, entry.own_quote) if entry.own_quote else None
        paragraph = bisect_right(starts, at[0]) if at else 0
        words = [*zip(entry.quotes, [*entry.where, *[""] * len(entry.quotes)], strict=False)]
        yield PageFinding("review", entry.severity, entry.what, paragraph, quotes=words, fix=entry.fix, place=place)

"""The versions of a chapter that there are, read to be compared: the one in the book, and its alternatives.

Knows the files. What can be said of a version without a model, it is told; asks none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import alternatives
from novelist.edits import taking
from novelist.lint import baseline, pages
from novelist.lint.finding import RULES
from novelist.lint.versions import IN_BOOK, Plan, Version
from novelist.targets.verdict import CHANGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.lint.finding import Finding
    from novelist.lint.pages import LintChapter
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


def versions(target: ChapterTarget, lint: Callable[[LintChapter], list[Finding]]) -> list[Version]:
    """Return the chapter as it is, if it is there, and its alternatives, with what `lint` finds in each.

    What the author has accepted is left out. Raises BookError.
    """
    accepted = baseline.load(target.inputs.book.root / baseline.NAME, RULES)
    every = []
    for number, path, page in there(target):
        new, _ = baseline.split(lint(pages.of_page(target.number, target.section, path, page)), accepted)
        changed = target.judge(page.info(), changed=False).changed if number != IN_BOOK else ()
        stale = "; ".join(CHANGED[part] for part in changed)
        model, at = (page.record.model, page.record.at) if page.record else ("", "")
        every.append(Version(number, page.body, new, model, at, taking.asked(page), stale))
    return every


def there(target: ChapterTarget) -> Iterator[tuple[int, Path, Page]]:
    """Yield the number, the file and the page of the chapter as it is, and of each alternative. Raises BookError."""
    page = target.page()
    if page is not None:
        yield IN_BOOK, target.path, page
    book, identity = target.inputs.book, target.identity
    for number in alternatives.numbers(book, identity):
        yield number, alternatives.path_of(book, identity, number), taking.read(target, number)


def plan(snapshot: Snapshot, target: ChapterTarget) -> Plan:
    """Return what a chapter was to be."""
    sections = [f"{section.title}\n{section.text}" for section in snapshot.outline.sections]
    known = [snapshot.premise.idea, *sections, *target.story()]
    return Plan(target.section.text, snapshot.bible, snapshot.premise.language, known)

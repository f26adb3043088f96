"""Whether a chapter is worse with a revision than without, by what can be told of it without a model."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from novelist.lint import pages
from novelist.lint.check import of_chapter
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.book.frontmatter import Page
    from novelist.book.premise import Span
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


def worse(snapshot: Snapshot, chapter: ChapterTarget, before: Page, after: Page) -> str:
    """Return in what a chapter's page would be worse than it was; empty where it is not.

    That is a finding that lint is sure of and was not there, and a length that is farther from what is asked: of what
    its author wrote, none is.
    """
    book = pages.read(snapshot)
    counts = []
    for page in (before, after):
        read = pages.of_page(chapter.number, chapter.section, chapter.path, page)
        findings = [each for each in of_chapter(snapshot, book, read) if each.sure == "sure" and each.rule != "length"]
        counts.append({each.message: each.rule for each in findings})
    more = Counter(counts[1].values()) - Counter(counts[0].values())
    if more:
        return next(message for message, rule in counts[1].items() if rule in more and message not in counts[0])
    off = [_off(count_words(page.body), chapter.words) for page in (before, after)]
    if off[1] > off[0] and not chapter.typed:
        return f"has {count_words(after.body):,} words, and {chapter.words:,} are asked for"
    return ""


def _off(words: int, asked: Span) -> int:
    """Return by how many words a text is shorter or longer than is asked."""
    return max(asked.low - words, words - asked.high, 0)

"""The rule about words and phrases that models overuse: how many of them a chapter has per 1,000 words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.prose.slop import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.lint.finding import Finding
    from novelist.lint.pages import LintChapter

# Per 1,000 words: of the novels by Kimi K2 whole books have 2.5 and 4, of those by Jane Austen no chapter has 2.5.
PERCENT_OF_SLOP = 6.0
FEWEST_WORDS = 200  # words of which a share can be told
WORDS_NAMED = 6


def slop(chapter: LintChapter) -> Iterator[Finding]:
    """Yield that a chapter has too many of the words and phrases."""
    counts, words = count(chapter.text)
    rate = 1000 * counts.total() / max(words, 1)
    if words >= FEWEST_WORDS and rate > PERCENT_OF_SLOP:
        named = ", ".join(f"{entry} {times}" for entry, times in counts.most_common(WORDS_NAMED))
        yield chapter.found("slop", "maybe", chapter.start, "", f"{rate:.1f} slop words and phrases in 1,000 ({named})")

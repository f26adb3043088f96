"""Rules about chapters beside each other: what is told again, and what begins and ends alike. Pure.

The limits rest on the two novels by Kimi K2 in which these rules find what a reader does, and on six by Jane Austen,
717,000 words: there they find a riddle that is told again, and two rows of four sentences that are meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from novelist.lint.pages import shown
from novelist.prose.gates import GRAM_CHARACTERS, GRAM_WORDS, MOST_REUSED, grams, reused, runs, unspaced
from novelist.prose.sentences import sentences
from novelist.words import WORD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from novelist.lint.finding import Finding, Sureness
    from novelist.lint.pages import LintChapter

BOOK = "book"  # what a finding is about that no chapter alone has
WORDS_OF_A_PASSAGE = 16  # words that are no turn of phrase
FEWEST_OF_A_PHRASE = 3
WORDS_PER_PHRASE = 100_000  # words in which a phrase may be said once
WORDS_ALIKE = 3
FEWEST_CHAPTERS = 3
CHAPTERS_ALIKE = 0.05  # the share of a book
CHAPTERS_SHOWN = 8
SENTENCES_IN_A_ROW = 4
BARE = re.compile(r"[^\w'’-]|_")


def retold(chapters: Sequence[LintChapter]) -> Iterator[Finding]:
    """Yield the chapters that tell again what was told."""
    earlier: set[int] = set()
    for chapter in chapters:
        share = reused(chapter.text, earlier)
        if share > MOST_REUSED:
            at = next(at for gram, at in runs(chapter.text) if gram in earlier)
            first = shown(chapter.text[at:])
            message = f"{share:.0%} of its runs of eight words are those of earlier chapters, first “{first}”"
            yield chapter.found("retold", "sure", at, "", message)
        earlier |= grams(chapter.text)


def repeated(chapters: Sequence[LintChapter], spared: Collection[str]) -> Iterator[Finding]:
    """Yield long passages that stood in the book before, and phrases that it has again and again.

    Chapters in `spared`, by their identity, are known to repeat themselves or others.
    """
    rest = [chapter for chapter in chapters if chapter.section.id not in spared]
    count = _counted(rest)
    stretches = [stretch for chapter in rest for stretch in _stretches(chapter, count)]
    yield from _passages(stretches)
    yield from _phrases(
        stretches, count, max(FEWEST_OF_A_PHRASE, sum(chapter.words for chapter in rest) // WORDS_PER_PHRASE)
    )


class Stretch(NamedTuple):
    """Words of a chapter whose grams all stand in the book more than once: its grams, and where each begins."""

    chapter: LintChapter
    grams: list[tuple[int, int]]
    size: int  # words of a gram

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.grams) + self.size - 1

    def text(self) -> str:
        """Return its words."""
        at = end = self.grams[0][1]
        for _, match in zip(range(self.words), WORD.finditer(self.chapter.text, at), strict=False):
            end = match.end()
        return self.chapter.text[at:end]


def _counted(chapters: Sequence[LintChapter]) -> Counter[int]:
    """Return how often each gram that stands in the book more than once does."""
    seen: set[int] = set()
    count: Counter[int] = Counter()
    for chapter in chapters:
        for gram, _ in runs(chapter.text):
            if gram in seen:
                count[gram] += 1
            seen.add(gram)
    return Counter({gram: again + 1 for gram, again in count.items()})


def _stretches(chapter: LintChapter, count: Counter[int]) -> Iterator[Stretch]:
    size = GRAM_CHARACTERS if unspaced(chapter.text) else GRAM_WORDS
    for again, group in groupby(runs(chapter.text), key=lambda run: run[0] in count):
        if again:
            yield Stretch(chapter, list(group), size)


def _passages(stretches: Sequence[Stretch]) -> Iterator[Finding]:
    first: dict[int, tuple[LintChapter, int]] = {}
    for stretch in stretches:
        gram, at = stretch.grams[0]
        if gram in first and stretch.words >= WORDS_OF_A_PASSAGE * stretch.size // GRAM_WORDS:
            there, where = first[gram]
            text = f"stood at {there.path.name}:{there.line(where)} before: “{shown(stretch.text())}”"
            yield stretch.chapter.found("passage", "likely", at, stretch.text(), text)
        for gram, at in stretch.grams:
            first.setdefault(gram, (stretch.chapter, at))


def _phrases(stretches: Sequence[Stretch], count: Counter[int], often: int) -> Iterator[Finding]:
    """Yield the phrases that stand in the book at least so often: of each, what is there most often."""
    phrases: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        most = max(count[gram] for gram, _ in stretch.grams)
        core = [(gram, at) for gram, at in stretch.grams if count[gram] == most]
        known = next((gram for gram, _ in stretch.grams if gram in phrases), core[0][0])
        if most >= often:
            phrases.setdefault(known, []).append(stretch._replace(grams=core))
    for first, *again in phrases.values():
        where = ", ".join(
            f"{other.chapter.path.name}:{other.chapter.line(other.grams[0][1])}" for other in again[:CHAPTERS_SHOWN]
        )
        more = ", …" if len(again) > CHAPTERS_SHOWN else ""
        text = f"“{shown(first.text())}” stands again at {where}{more}"
        yield replace(first.chapter.found("phrase", "maybe", first.grams[0][1], first.text(), text), about=BOOK)


def openings(chapters: Sequence[LintChapter]) -> Iterator[Finding]:
    """Yield the chapters that open with the same words."""
    beginnings = [
        (chapter, chapter.paragraphs[0][0], bare(chapter.paragraphs[0][1])[:WORDS_ALIKE]) for chapter in chapters
    ]
    yield from _alike("opening", beginnings)


def endings(chapters: Sequence[LintChapter]) -> Iterator[Finding]:
    """Yield the chapters that end with the same sentence, or with the same words."""
    closings: list[tuple[LintChapter, int, list[str]]] = []
    first: dict[tuple[str, ...], tuple[LintChapter, int]] = {}
    for chapter in chapters:
        at, paragraph = chapter.paragraphs[-1]
        offset, sentence = sentences(paragraph)[-1]
        words = tuple(bare(sentence))
        if words in first and len(words) > WORDS_ALIKE:
            there, where = first[words]
            text = f"ends as {there.path.name}:{there.line(where)} does: “{shown(sentence)}”"
            yield chapter.found("ending", "likely", at + offset, sentence, text)
        else:
            first[words] = chapter, at + offset
            closings.append((chapter, at + offset, list(words[-WORDS_ALIKE:])))
    yield from _alike("ending", closings)


def _alike(rule: str, edges: Sequence[tuple[LintChapter, int, list[str]]]) -> Iterator[Finding]:
    """Yield what too many chapters have in common, once, where the second of them has it."""
    places = defaultdict(list)
    for chapter, at, words in edges:
        if len(words) == WORDS_ALIKE:
            places[" ".join(words)].append((chapter, at))
    for alike, those in places.items():
        if len(those) >= max(FEWEST_CHAPTERS, CHAPTERS_ALIKE * len(edges)):
            names = ", ".join(str(chapter.number) for chapter, _ in those[:CHAPTERS_SHOWN])
            more = ", …" if len(those) > CHAPTERS_SHOWN else ""
            does = "open" if rule == "opening" else "end"
            sure: Sureness = "likely" if len(those) * 3 >= len(edges) else "maybe"
            text = f"{len(those)} of {len(edges)} chapters {does} with “{alike}”: {names}{more}"
            yield replace(those[1][0].found(rule, sure, those[1][1], alike, text), about=BOOK)


def rows(chapter: LintChapter) -> Iterator[Finding]:
    """Yield where sentences in a row begin with the same two words."""
    all_sentences = [(at + offset, text) for at, line in chapter.paragraphs for offset, text in sentences(line)]
    begins = [(at, tuple(bare(text)[:2])) for at, text in all_sentences]
    for _, group in groupby(begins, key=itemgetter(1)):
        row = list(group)
        at, words = row[0]
        if len(row) >= SENTENCES_IN_A_ROW and len(words) == 2 and not words[0].isdecimal():
            text = f"{len(row)} sentences in a row begin with “{' '.join(words)}”"
            yield chapter.found("opening", "maybe", at, " ".join(words), text)


def bare(text: str) -> list[str]:
    """Return the words of a text without punctuation, emphasis and capitals."""
    words = (BARE.sub("", match[0]).strip("-'’").casefold() for match in WORD.finditer(text))
    return [word for word in words if word]

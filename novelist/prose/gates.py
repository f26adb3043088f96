"""Whether a model's chapter has collapsed: a loop, an echo of its plan, phrases of earlier chapters.

Pure. Knows no model and no files. The limits rest on 130 chapters by Kimi K2 in five novels, whose collapsed chapters
repeat up to 40 % of their 8-grams; of the twenty healthy ones at hand, none repeats more than 1.03 % within itself or
1.4 % of earlier ones, and none compresses 300 words to less than 0.44.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.language import guess, lookup
from novelist.words import UNSPACED_CHAR, WORD, count_words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

GRAM_WORDS = 8
GRAM_CHARACTERS = 16  # characters, where a word has about two
MOST_REPEATED = 0.02  # of a chapter's grams
FEWEST_GRAMS = 24  # repeated grams in any chapter: a letter of thirty words may be read twice
MOST_REUSED = 0.08
WINDOW_WORDS = 300  # words that are compressed: the ratio falls with length, so all windows are of one
WINDOW_STEP = 100
LEAST_RATIO = 0.38
PARAGRAPH_WORDS = 8  # words of one that is not a refrain
SAMPLE_CHARACTERS = 80
LONGEST_UNSPACED_WORD = 4  # characters
LETTER = r"[^\W\d_\x00-\u024f\u1e00-\u1eff]"
BEYOND_LATIN = re.compile(rf"{LETTER}+(?:[^\w\n]+{LETTER}+)*")
STEM = 4  # letters of a word that stay when its ending changes
LETTERS = re.compile(rf"[^\W\d_]{{{STEM},}}")
PLAN_LINE = re.compile(r"\s*(?:[-*•]\s|(?:\d{1,2}[.)]|#{1,6})\s+\S|\*\*)")
LABEL = re.compile(r"\s*(\*\*.*?\*\*|\d+)")


PAGE_CHARACTERS = 2000  # characters: a quotation in another script may be as long as half of it
PAGE_LETTERS = 200  # of a page, at least, whose script can be told


@dataclass(frozen=True)
class Loop:
    """Where a text begins to repeat itself (characters from its beginning), and what it repeats."""

    start: int
    sample: str


def loop(text: str) -> Loop | None:
    """Return where `text` goes in circles: a paragraph again and again, too many grams twice, or hardly any content."""
    return _paragraphs(text) or _grams(text) or _dense(text)


def grams(text: str) -> frozenset[int]:
    """Return the hashes of all runs of eight words in `text`."""
    return frozenset(gram for gram, _ in runs(text))


def reused(text: str, earlier: AbstractSet[int]) -> float:
    """Return the share of the text's grams that are in `earlier`."""
    own = grams(text)
    return len(own & earlier) / len(own) if len(own) >= FEWEST_GRAMS else 0.0


def foreign(text: str, language: str) -> bool:
    """Say whether a page of a text is not in a script of its `language`; false where those are not known here."""
    scripts = lookup.table(language).scripts
    return bool(scripts) and any(
        _elsewhere(text[start : start + PAGE_CHARACTERS], scripts) for start in range(0, len(text), PAGE_CHARACTERS)
    )


def _elsewhere(page: str, scripts: tuple[str, ...]) -> bool:
    letters: Counter[str] = Counter()
    for char, count in Counter(page).items():
        if char.isalpha():
            letters[unicodedata.name(char, "").partition(" ")[0]] += count
    return letters.total() >= PAGE_LETTERS and 2 * sum(letters[script] for script in scripts) < letters.total()


def in_another_language(text: str, language: str) -> bool:
    """Say whether a text of a page or more is surely in another language of the script of its `language`.

    Told by their commonest words, so that names and quotations do not count; false where one of the two is not known.
    """
    return bool(guess.another(text, lookup.table(language).code))


def foreign_words(text: str, language: str) -> list[tuple[int, str]]:
    """Return the single words in a script that another language has and this one has not, and where each begins.

    Latin is everybody's; one letter is a sign, and what is longer than a word was quoted.
    """
    scripts = lookup.table(language).scripts
    elsewhere = {script for table in lookup.every() for script in table.scripts} - {"LATIN", *scripts}
    return [
        (match.start(), match[0].strip())
        for match in BEYOND_LATIN.finditer(text)
        if scripts and unicodedata.name(match[0][0], "").partition(" ")[0] in elsewhere and _is_word(match[0].strip())
    ]


def _is_word(text: str) -> bool:
    if UNSPACED_CHAR.search(text):
        return len(text) <= LONGEST_UNSPACED_WORD
    return len(text) > 1 and text.isalpha()


def echoes(text: str, section: str) -> bool:
    """Say whether a text only repeats the plan it was given, or lists one of its own."""
    plan, own = grams(section), grams(text)
    if not own and text.strip() and " ".join(text.split()) in " ".join(section.split()):
        return True
    return len(plan & own) * 2 > len(own) > 0 or _lists(text)


def tells(text: str, plan: str) -> bool:
    """Say whether a text has a word of its plan in it, whatever its ending; true of a plan without words."""
    planned = _stems(plan)
    return not planned or bool(planned & _stems(text))


def _stems(text: str) -> set[str]:
    if unspaced(text):
        return {text[at : at + 2] for at in range(len(text) - 1) if UNSPACED_CHAR.match(text[at + 1])}
    return {match[0].casefold()[:STEM] for match in LETTERS.finditer(text)}


def _lists(text: str) -> bool:
    """Say whether a text is a list, and neither a dialogue, a chat, nor a diary."""
    lines = [line for line in text.splitlines() if line.strip()]
    listed = [line for line in lines if PLAN_LINE.match(line)]
    if len(lines) < 4 or len(listed) <= len(lines) / 2:
        return False
    asked = sum("?" in line or "!" in line for line in listed)
    labels = [match[1] for line in listed if (match := LABEL.match(line))]
    numbered = [label for label in labels if label.isdecimal()]
    return asked <= len(listed) / 5 and len(set(labels)) == len(labels) and (not numbered or numbered[0] == "1")


def runs(text: str) -> list[tuple[int, int]]:
    """Return the hash of each run of words in `text`, and where it begins."""
    spans = [(match[0].casefold(), match.start()) for match in WORD.finditer(text)]
    size = GRAM_CHARACTERS if unspaced(text) else GRAM_WORDS
    words = [word for word, _ in spans]
    return [(hash(tuple(words[at : at + size])), spans[at][1]) for at in range(len(spans) - size + 1)]


def unspaced(text: str) -> bool:
    """Say whether most words of `text` are characters."""
    return len(UNSPACED_CHAR.findall(text)) > len(WORD.findall(text)) / 2


def _paragraphs(text: str) -> Loop | None:
    seen: dict[str, int] = {}
    before, at = "", 0
    for paragraph in text.split("\n"):
        bare = " ".join(paragraph.casefold().split())
        if bare:
            if count_words(bare) >= (PARAGRAPH_WORDS * 2 if unspaced(bare) else PARAGRAPH_WORDS):
                seen[bare] = seen.get(bare, 0) + 1
                if bare == before or seen[bare] > 2:
                    return Loop(at, _sample(paragraph))
            before = bare
        at += len(paragraph) + 1
    return None


def _grams(text: str) -> Loop | None:
    all_runs = runs(text)
    seen: set[int] = set()
    again: list[int] = []
    for gram, at in all_runs:
        if gram in seen:
            again.append(at)
        seen.add(gram)
    if len(again) < max(FEWEST_GRAMS * 2 if unspaced(text) else FEWEST_GRAMS, MOST_REPEATED * len(all_runs)):
        return None
    # What was there twice before is not what goes in circles.
    ((most, _),) = Counter(gram for gram, _ in all_runs).most_common(1)
    start = [at for gram, at in all_runs if gram == most][1]
    return Loop(start, _sample(text[start:]))


def _dense(text: str) -> Loop | None:
    """Return the first window of `text` that says hardly anything; one byte a letter, whatever the script."""
    words = [match.start() for match in WORD.finditer(text)]
    for first in range(0, len(words) - WINDOW_WORDS + 1, WINDOW_STEP):
        window = text[words[first] : words[first + WINDOW_WORDS - 1]]
        alphabet = {char: number for number, char in enumerate(dict.fromkeys(window))}
        if len(alphabet) > 256:
            continue
        packed = zlib.compress(bytes(map(alphabet.__getitem__, window)), 9)
        if len(packed) < LEAST_RATIO * len(window):
            return Loop(words[first], _sample(window))
    return None


def _sample(text: str) -> str:
    return " ".join(text.split())[:SAMPLE_CHARACTERS].strip()

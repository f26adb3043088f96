"""Phrases that the chapters of one book say again and again: what an editor would ask to hear no more. Pure.

A phrase is a run of words within a clause. What people say is theirs, and so is what is set off: neither counts, nor
does a line that stands in more than one chapter, which is a refrain. Knows no bible: whose names and things a phrase
must not have in it is told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import lookup
from novelist.prose import slop
from novelist.prose.gates import unspaced
from novelist.text import base_language
from novelist.words import UNSPACED, UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

MOST_WORN = 12
FEWEST_CHAPTERS = 3  # that have a phrase; and of many chapters one in ten
CHAPTERS_PER_PHRASE = 10
SHORTEST, LONGEST = 3, 6  # words
CHARACTERS_PER_WORD = 2  # in scripts without spaces
FEWEST_LETTERS = 4  # of a word that a phrase begins or ends with
COMMONEST = 80  # words that say nothing by themselves
LONGEST_REFRAIN = 16  # words of a line
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:['’-][^\W_{UNSPACED}]+)*")
CLAUSE_END = re.compile(r"[^\w\s'’-]+|(?<=\s)[-–—]+(?=\s)")
SET_OFF = re.compile(r"\*[^*\n]+\*|(?<!\w)_[^_\n]+_(?!\w)")


class Phrases(NamedTuple):
    """The phrases of one chapter, and what tells which of them count.

    `words` is how often it has each word, `names` those with a capital within a clause, `lines` its short lines, `slop`
    what it has of what models overuse.
    """

    phrases: frozenset[str]
    words: Counter[str]
    names: frozenset[str]
    lines: frozenset[str]
    slop: frozenset[str]


def read(text: str, language: str) -> Phrases:
    """Return the phrases of a chapter in a language."""
    table = lookup.table(language)
    opens, closes, *_ = table.quotes
    quoted = re.compile(rf"{re.escape(opens)}[^{re.escape(closes)}\n]*{re.escape(closes)}|\"[^\"\n]*\"|“[^”\n]*”")
    dash = table.dash.strip()
    characters = unspaced(text)
    size = CHARACTERS_PER_WORD if characters else 1
    glue = "" if characters else " "
    phrases: set[str] = set()
    names: set[str] = set()
    lines: set[str] = set()
    words: Counter[str] = Counter()
    for line in text.split("\n"):
        if dash and line.lstrip().startswith(dash):
            continue
        clauses = [WORD.findall(clause) for clause in CLAUSE_END.split(SET_OFF.sub(".", quoted.sub(".", line)))]
        if sum(map(len, clauses)) <= LONGEST_REFRAIN * size:
            lines.add(glue.join(_plain(word) for clause in clauses for word in clause))
        for clause in clauses:
            plain = [_plain(word) for word in clause]
            words.update(plain)
            if not table.nouns:
                names.update(base for word in clause[1:] if len(base := _plain(word)) > 2 and word[0].isupper())
            for length in range(SHORTEST * size, LONGEST * size + 1, size):
                phrases.update(glue.join(plain[at : at + length]) for at in range(len(plain) - length + 1))
    overused = slop.count(text)[0] if base_language(language) == slop.LANGUAGE else ()
    return Phrases(frozenset(phrases), words, frozenset(names), frozenset(lines - {""}), frozenset(overused))


def worn(chapters: Sequence[Phrases], names: Iterable[str], section: str, plan: str) -> list[str]:
    """Return the phrases that most of `chapters` say, at most twelve, those first that are in most of them.

    None has a word of a name in it, or one that the `section` has of what is to be told, and that is not common; nor is
    one about what the `plan` has, which is all else that is said of the book.
    """
    words: Counter[str] = Counter()
    times: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    capitals: set[str] = set()
    listed: set[str] = set()
    for chapter in chapters:
        words.update(chapter.words)
        times.update(chapter.phrases | chapter.slop)
        lines.update(chapter.lines)
        capitals |= chapter.names
        listed |= chapter.slop
    common = {word for word, _ in words.most_common(COMMONEST)}
    names = [*names]
    spared = capitals | ({_plain(word) for text in (*names, section) for word in WORD.findall(text)} - common)
    planned = {_plain(word) for word in WORD.findall(plan)} - common
    refrains = [line for line, often in lines.items() if often > 1]
    fewest = max(FEWEST_CHAPTERS, -(-len(chapters) // CHAPTERS_PER_PHRASE))
    often = [(count, phrase) for phrase, count in times.items() if count >= fewest]
    chosen: list[str] = []
    heard: list[set[str]] = []
    for _, phrase in sorted(often, key=lambda entry: (-entry[0], -len(entry[1]), entry[1])):
        parts = WORD.findall(phrase)
        telling = set(parts) - common
        if unspaced(phrase):
            # A character is part of many words: what is compared are runs of them.
            its_own = phrase in section or phrase in plan or any(name in phrase for name in names)
        else:
            its_own = not spared.isdisjoint(parts) or len(telling & planned) > 1
        turns = " " in phrase if phrase in listed else _turns(parts, common)
        if its_own or not turns or any(phrase in line for line in refrains):
            continue
        if any(2 * len(telling & other) >= len(telling) for other in heard):
            continue
        chosen.append(phrase)
        heard.append(telling)
        if len(chosen) == MOST_WORN:
            break
    return chosen


def _turns(words: Sequence[str], common: AbstractSet[str]) -> bool:
    """Say whether words are a turn of phrase: two that tell something, and what holds them together.

    Without that, they are a thing, such as the water stain.
    """
    ends = {words[0], words[-1]}
    long = all(len(word) >= FEWEST_LETTERS or UNSPACED_CHAR.match(word) for word in ends)
    return len(ends) == 2 and long and ends.isdisjoint(common) and not common.isdisjoint(words)


def _plain(word: str) -> str:
    """Return a word without capitals, and without what makes it somebody's."""
    return re.sub(r"['’]s?$", "", word.casefold().replace("’", "'"))

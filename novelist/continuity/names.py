"""The rule about names: two that are a letter apart, and first names with two surnames. Pure.

Looked at are those of the bible, and of those of whom facts are told.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from jellyfish import damerau_levenshtein_distance

from novelist.language import lookup
from novelist.lint.finding import Evidence, Finding
from novelist.lint.pages import shown
from novelist.lint.people import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.continuity.story import Story
    from novelist.lint.finding import Sureness
    from novelist.lint.pages import LintChapter

SHORTEST_NAME = 4  # letters: Ann and Anna are two names
WORDS_OF_A_NAME = 2
SKELETON = 2  # letters at either end of which one is the same in names a letter apart


class Bearer(NamedTuple):
    """Who bears a name, and where that is seen first."""

    who: str
    evidence: Evidence
    about: str


def near(story: Story, entities: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Yield the names that are a letter from another's; `entities` are those of the bible, where they stand."""
    bearers: dict[str, Bearer] = {}
    times: Counter[str] = Counter()
    for name, entity in story.aliases.items():
        if _is_name(name) and entity in entities:
            bearers[name] = Bearer(story.who(name), entities[entity], "bible")
    for each in story.all:
        if each.thread:
            continue
        for name in filter(_is_name, each.name.split()):
            times[name] += 1
            bearers.setdefault(name, Bearer(each.who, each.evidence, each.page.id))
    for one, other in _pairs(bearers):
        first, second = bearers[one], bearers[other]
        if first.who == second.who or _shared(first.who, second.who, one, other):
            continue
        # What the bible does not know, and is told of least, is the one that is misspelt.
        (odd, its), (name, known) = sorted(
            ((one, first), (other, second)), key=lambda pair: (pair[1].about == "bible", times[pair[0]])
        )
        likely = known.about == "bible" != its.about and times[name] > times[odd]
        text = f"“{odd}” is a letter from “{name}”"
        place, against = its.evidence, known.evidence
        sure: Sureness = "likely" if likely else "maybe"
        yield Finding(
            "names", sure, place.path, place.line, its.about, f"{odd}, {name}", text, shown(place.quote), against
        )


def surnames(story: Story, entities: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Yield the people whose surname is another one elsewhere.

    That the first word is a first name is known by its standing alone, too: `Agent` does not.
    """
    alone = {each.name for each in story.all if not each.thread} | {name for name in story.aliases if " " not in name}
    titles = {lookup.fold(title) for title in lookup.table(story.language).titles}
    first: dict[str, tuple[str, Evidence]] = {}
    seen: set[tuple[str, str]] = set()
    whole = [(heading, place, "bible") for heading, place in entities.items()]
    whole += [(each.name, each.evidence, each.page.id) for each in story.all if not each.thread]
    for name, place, about in whole:
        words = name.split()
        if len(words) != WORDS_OF_A_NAME or not all(map(_is_name, words)) or lookup.fold(words[0]) in titles:
            continue
        given, surname = words
        known, evidence = first.setdefault(given, (surname, place))
        if known != surname and given in alone and (given, surname) not in seen:
            seen.add((given, surname))
            text = f"“{name}” is “{given} {known}” elsewhere"
            yield Finding("names", "maybe", place.path, place.line, about, name, text, place.quote, evidence)


def surnames_in_prose(
    chapters: Sequence[LintChapter], entities: Mapping[str, Evidence], language: str
) -> Iterator[Finding]:
    """Yield the surnames that people of the bible have in chapters and not in the bible: Diana Lane, Diana Vance."""
    titles = {lookup.fold(title) for title in lookup.table(language).titles}
    known: dict[str, tuple[str, Evidence]] = {}
    for heading, place in entities.items():
        words = heading.split()
        if len(words) == WORDS_OF_A_NAME and all(map(_is_name, words)) and lookup.fold(words[0]) not in titles:
            known.setdefault(words[0], (words[1], place))
    if not known:
        return
    whole = re.compile(rf"\b({'|'.join(map(re.escape, known))})[ \u00a0]([^\W\d_]{{{SHORTEST_NAME},}})\b")
    seen: set[tuple[str, str]] = set()
    for chapter in chapters:
        for match in whole.finditer(chapter.text):
            given, surname = match[1], match[2]
            usual, place = known[given]
            if surname == usual or (given, surname) in seen or not _is_name(surname) or given == surname:
                continue
            seen.add((given, surname))
            if any(re.search(rf"\b{surname.lower()}\b", each.text) for each in chapters):
                continue  # a word, and no name
            text = f"“{match[0]}” is “{given} {usual}” in the bible"
            finding = chapter.found("names", "maybe", match.start(), f"{given} {surname}", text)
            line = chapter.text[chapter.text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
            yield replace(finding, quote=shown(line[line.find(match[0]) :]), against=place)


def _is_name(word: str) -> bool:
    return len(word) >= SHORTEST_NAME and word.isalpha() and word[0].isupper() and word[1:].islower()


def _shared(one: str, other: str, name: str, near_name: str) -> bool:
    """Say whether two are told apart by the rest of what they are called: Mara Holt, Mary Holt are a family."""
    rest, near_rest = {*one.split()} - {lookup.fold(name)}, {*other.split()} - {lookup.fold(near_name)}
    return bool(rest and near_rest and rest != near_rest)


def _pairs(names: Mapping[str, Bearer]) -> Iterator[tuple[str, str]]:
    """Yield the names that are a letter apart, of those that begin or end alike."""
    groups: dict[tuple[str, int], list[str]] = {}
    for name in names:
        groups.setdefault((name[:SKELETON].casefold(), 0), []).append(name)
        groups.setdefault((name[-SKELETON:].casefold(), 1), []).append(name)
    seen: set[frozenset[str]] = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            pair = frozenset((one, other))
            if pair in seen or abs(len(one) - len(other)) > 1:
                continue
            seen.add(pair)
            is_form = any(one + form == other or other + form == one for form in FORMS)
            if not is_form and damerau_levenshtein_distance(one.casefold(), other.casefold()) == 1:
                yield one, other

"""Rules about how chapters are told: in which person, by whose eyes, in which tense; and what the dead say in them.

Pure. Knows verbs and pronouns by the language's table only: where it has none, nothing is found.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from novelist.continuity.lives import dead_by, deaths
from novelist.language import lookup
from novelist.lint.finding import Evidence
from novelist.lint.pages import shown
from novelist.prose.fact_keys import TOKEN
from novelist.prose.sentences import sentences
from novelist.prose.tense import SPEECH, tense

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from novelist.continuity.story import Planned, Story
    from novelist.lint.finding import Finding, Sureness
    from novelist.lint.pages import LintChapter

FIRST = 0.015  # the share of words of a story that is told in the first person; of others few thoughts are
THIRD = 0.004
FEWEST_WORDS = 300  # outside of speech, of which a share can be told
FEWEST_CHAPTERS = 4
AGREEING = 0.8  # the share of chapters that makes the others odd
SPEAKS = re.compile(r"[”\"»“’][,.]?\s+([^\W\d_A-Z]+)\s+([^\W\d_]+)")
LEARNED = 3  # times that a word stands between what is said and a name, before it is to say
PIECES = 3  # of a chapter, by which its tense is looked at


class Told(NamedTuple):
    """A chapter as it is told, and the section it was drafted from."""

    chapter: LintChapter
    section: Planned


def person(text: str, language: str) -> str:
    """Return `first` or `third` for the person in which a text is told, empty where that is not plain."""
    own = frozenset(lookup.table(language).first_person)
    words = TOKEN.findall(SPEECH.sub(" ", text)) if own else []
    if len(words) < FEWEST_WORDS:
        return ""
    times = Counter(words)
    share = sum(count for word, count in times.items() if word in own or word.lower() in own) / len(words)
    return "first" if share >= FIRST else "third" if share <= THIRD else ""


def persons(chapters: Sequence[Told], language: str) -> dict[int, str]:
    """Return in which person each chapter is told, by its number."""
    return {each.chapter.number: person(each.chapter.text, language) for each in chapters}


def pov(chapters: Sequence[Told], known: Mapping[int, str], language: str) -> Iterator[Finding]:
    """Yield the chapters that are told in another person than the others; `known` are their persons."""
    own = frozenset(lookup.table(language).first_person)

    def quote(chapter: LintChapter) -> Evidence:
        says = (
            (lambda words: bool(own & words)) if known[chapter.number] == "first" else (lambda words: not own & words)
        )
        return _sentence(chapter, says)

    for each, other in _odd(chapters, known):
        person = known[each.chapter.number]
        text = f"chapter {each.chapter.number} is told in the {person} person, and chapter {other.number} is not"
        yield _at(
            each.chapter.found("pov", _sure(each), each.chapter.start, person, text), quote(each.chapter), quote(other)
        )


def eyes(chapters: Sequence[Told], known: Mapping[int, str], story: Story) -> Iterator[Finding]:
    """Yield the chapters that never name the person whose point of view their section has."""
    names = {name: stems for name, stems in story.named.items() if name in story.people}
    for each in chapters:
        pov = each.section.lines.lines.get("pov", "")
        words = {*story.keys.stems(pov)}
        meant = [stems for stems in names.values() if stems & words]
        # As the section has it, a name is soon seen: words are compared by their stems where it is not.
        if len(meant) != 1 or any(word in each.chapter.text for word in TOKEN.findall(pov) if word[0].isupper()):
            continue
        if known[each.chapter.number] == "third" and not meant[0] & {*story.keys.stems(each.chapter.text)}:
            text = f"chapter {each.chapter.number} never names the one whose point of view it has"
            planned = each.section.evidence(pov)
            first = _sentence(each.chapter, bool)
            yield _at(each.chapter.found("pov", "likely", each.chapter.start, pov, text), first, planned)


def tenses(chapters: Sequence[Told], language: str) -> Iterator[Finding]:
    """Yield the chapters that are told in another tense than the others, and those that change it."""
    known = {each.chapter.number: tense(each.chapter.text, language) for each in chapters}
    past, present = map(frozenset, lookup.table(language).tenses)
    forms = {"past": past, "present": present}

    def quote(chapter: LintChapter, of: str, first: int = 0) -> Evidence:
        return _sentence(chapter, lambda words: bool(forms[of] & words), first)

    for each, other in _odd(chapters, known):
        own, usual = known[each.chapter.number], known[other.number]
        text = f"chapter {each.chapter.number} is told in the {own} tense, and chapter {other.number} in the {usual}"
        yield _at(
            each.chapter.found("tense", _sure(each), each.chapter.start, own, text),
            quote(each.chapter, own),
            quote(other, usual),
        )
    for each in chapters:
        if known[each.chapter.number]:
            continue
        text = each.chapter.text
        size = len(text) // PIECES + 1
        starts = range(0, len(text), size)
        pieces = [tense(text[start : start + size], language) for start in starts]
        if {pieces[0], pieces[-1]} == {"past", "present"}:
            message = f"chapter {each.chapter.number} begins in the {pieces[0]} tense and ends in the {pieces[-1]}"
            begins, ends = quote(each.chapter, pieces[0]), quote(each.chapter, pieces[-1], starts[-1])
            finding = each.chapter.found("tense", "likely", each.chapter.start, pieces[-1], message)
            yield _at(finding, ends, begins)


def speaks(chapters: Sequence[Told], story: Story) -> Iterator[Finding]:
    """Yield where somebody dead says something, by the words that this book has for it."""
    lives = deaths(story)
    if not lives:
        return
    verbs = Counter(
        match[1] for each in chapters for match in SPEAKS.finditer(each.chapter.text) if match[2][0].isupper()
    )
    says = [verb for verb, times in verbs.items() if times >= LEARNED]
    if not says:
        return
    names = {
        death: [name for name in story.called(who, death.name) if name[0].isupper()]
        for who, those in lives.items()
        for death, _ in those
    }
    patterns = {death: _speech(called, says) for death, called in names.items() if called}
    for each in chapters:
        for who in lives:
            death = dead_by(lives, who, each.chapter.number)
            if death not in patterns or not any(name in each.chapter.text for name in names[death]):
                continue
            match = patterns[death].search(each.chapter.text)
            if death and match:
                line = _paragraph(each.chapter, match.start())
                text = f"{death.name} says something, and is dead since chapter {death.chapter}"
                yield _at(
                    each.chapter.found("dead", "maybe", each.chapter.start, f"{death.name} says", text),
                    line,
                    death.evidence,
                )


def _speech(names: Sequence[str], verbs: Sequence[str]) -> re.Pattern[str]:
    name, verb = ("|".join(map(re.escape, sorted(each, key=len, reverse=True))) for each in (names, verbs))
    return re.compile(rf"[”\"»“’][,.]?\s+(?:(?:{verb})\s+(?:{name})\b(?!['’])|(?:{name})\s+(?:{verb})\b)")


def _odd(chapters: Sequence[Told], known: Mapping[int, str]) -> Iterator[tuple[Told, LintChapter]]:
    """Yield the chapters that are told otherwise than most, each with the nearest of those.

    Not where another chapter by the same eyes is told so too: then it is meant.
    """
    plain = [each for each in chapters if known[each.chapter.number]]
    if len(plain) < FEWEST_CHAPTERS:
        return
    usual, times = Counter(known[each.chapter.number] for each in plain).most_common(1)[0]
    if times < AGREEING * len(plain):
        return
    odd = [each for each in plain if known[each.chapter.number] != usual]
    eyes = Counter(pov for each in odd if (pov := each.section.lines.lines.get("pov", "")))
    others = {each.section.lines.lines.get("pov", "") for each in plain if known[each.chapter.number] == usual}
    for each in odd:
        pov = each.section.lines.lines.get("pov", "")
        if pov and pov not in others and eyes[pov] > 1:
            continue
        near = (other.chapter for other in plain if known[other.chapter.number] == usual)
        yield each, min(near, key=lambda other: abs(other.number - each.chapter.number))


def _sure(each: Told) -> Sureness:
    """Return how sure it is that a chapter is told otherwise by mistake: a prologue may be."""
    return "maybe" if each.chapter.section.apart else "likely"


def _sentence(chapter: LintChapter, fits: Callable[[frozenset[str]], bool], first: int = 0) -> Evidence:
    """Return the first sentence outside of speech whose words fit, from a character on; else the first sentence."""
    for at, paragraph in chapter.paragraphs:
        if at < first or paragraph.startswith("#") or SPEECH.search(paragraph):
            continue
        for offset, sentence in sentences(paragraph):
            words = TOKEN.findall(sentence)
            if fits(frozenset([*words, *map(str.casefold, words)])):
                return Evidence(chapter.path, chapter.line(at + offset), shown(sentence))
    return _paragraph(chapter, chapter.start)


def _paragraph(chapter: LintChapter, at: int) -> Evidence:
    begins = chapter.text.rfind("\n", 0, at) + 1
    return Evidence(chapter.path, chapter.line(at), shown(chapter.text[begins:].split("\n", 1)[0]))


def _at(found: Finding, place: Evidence, against: Evidence) -> Finding:
    """Return a finding at the words that show it."""
    return replace(found, line=place.line, quote=place.quote, against=against)

"""Rules about somebody's life: the dead act, one is in two places, ages and births move. Pure.

A fact that somebody dead is somewhere may be their body, and a fact of what they know may be a memory: what speaks of
graves and letters is passed over, by the words of the language's table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from novelist.continuity.story import numbers
from novelist.language import lookup
from novelist.lint.finding import Evidence
from novelist.lint.pages import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.continuity.story import Statement, Story
    from novelist.lint.finding import Finding, Sureness

ACTS = ("has", "knows", "wants", "hurt", "bound", "freed")
OLDEST = 130
YEARS_WITHOUT_A_WORD = 1  # that an age may rise by
YEAR = re.compile(r"\b\d{4}\b")


def deaths(story: Story) -> dict[str, list[tuple[Statement, float]]]:
    """Return when each dead one died, and in which chapter they are alive again; infinite where they are not."""
    lives: dict[str, list[tuple[Statement, float]]] = defaultdict(list)
    dead: dict[str, Statement] = {}
    for each in story.all:
        if each.thread:
            continue
        if "alive" in each.keyed and each.who in dead:
            lives[each.who].append((dead.pop(each.who), each.chapter))
        elif "dead" in each.keyed:
            dead.setdefault(each.who, each)
    for who, death in dead.items():
        lives[who].append((death, float("inf")))
    return lives


def dead_by(lives: Mapping[str, Sequence[tuple[Statement, float]]], who: str, chapter: int) -> Statement | None:
    """Return what says that somebody is dead before a chapter, None where they are alive in it."""
    return next((death for death, until in lives.get(who, ()) if death.chapter < chapter < until), None)


def dead(story: Story) -> Iterator[Finding]:
    """Yield what the dead do."""
    lives = deaths(story)
    for each in story.all:
        death = None if each.thread or "dead" in each.keyed else dead_by(lives, each.who, each.chapter)
        if death is None or story.says_dead(each.text) or not story.akin(each.name, death.name, each.who):
            continue
        acts = [key for key in ACTS if each.values(key)]
        where = story.where(each)
        if acts or where:
            # A body is somewhere; it wants nothing.
            sure: Sureness = "likely" if len(acts) + bool(where) > 1 or {*acts} - {"has"} else "maybe"
            message = f"{each.name} is dead since chapter {death.chapter}"
            yield each.found("dead", sure, f"{each.name}: {each.text}", message, death.evidence)


def place(story: Story) -> Iterator[Finding]:
    """Yield who is in two places by the facts of one chapter."""
    for statements in story.statements.values():
        first: dict[str, Statement] = {}
        for each in statements:
            where = "" if each.thread else story.where(each)
            if not where or "dead" in each.keyed or story.says_dead(each.text):
                continue
            before = first.setdefault(each.who, each)
            akin = before is not each and story.akin(before.name, each.name, each.who)
            if akin and story.apart(story.where(before), where):
                both = "where" in each.keyed and "where" in before.keyed
                message = f"{each.name} is in two places after chapter {each.chapter}"
                what = f"{each.name}: {where}"
                yield each.found("place", "sure" if both else "likely", what, message, before.evidence)


class Age(NamedTuple):
    """An age that somebody has after a chapter; chapter 0 is the bible."""

    chapter: int
    years: int
    evidence: Evidence
    name: str


def age(story: Story, of_bible: Mapping[str, Age]) -> Iterator[Finding]:
    """Yield ages that fall, or rise by years without a word; `of_bible` are those in the bible.

    A summary that names a year has its word.
    """
    ages: dict[str, Age] = dict(of_bible)
    dated = {page.number for page in story.pages if YEAR.search(page.text)}
    for each in story.all:
        for value in each.values("age") if not each.thread else ():
            years = next(iter(numbers(value, story.language)), 0)
            if not 0 < years <= OLDEST:
                continue
            before = ages.get(each.who)
            ages[each.who] = Age(each.chapter, years, each.evidence, each.name)
            sure = _ages_wrongly(before, ages[each.who], meant=each.chapter in dated) if before else None
            if before and sure and story.akin(before.name, each.name, each.who):
                since = f"chapter {before.chapter}" if before.chapter else "the bible"
                message = f"{each.name} is {years}, and was {before.years} in {since}"
                yield each.found("age", sure, f"{each.name}: {value}", message, before.evidence)


def _ages_wrongly(before: Age, now: Age, *, meant: bool) -> Sureness | None:
    """Return how sure it is that two ages of one person do not go together, None where they may."""
    if now.years == before.years:
        return None
    if now.chapter == before.chapter:
        return "sure"
    if now.years < before.years:
        return "likely"
    return "maybe" if now.years > before.years + YEARS_WITHOUT_A_WORD and not meant else None


def born(story: Story) -> Iterator[Finding]:
    """Yield births that move."""
    first: dict[str, tuple[Statement, list[int]]] = {}
    for each in story.all:
        for value in each.values("born") if not each.thread else ():
            when = numbers(value, story.language)
            if not when:
                continue
            before, known = first.setdefault(each.who, (each, when))
            if len(known) == len(when) and known != when:
                same = before.chapter == each.chapter
                message = f"{each.name} is born at two times"
                what = f"{each.name}: {value}"
                yield each.found("age", "sure" if same else "likely", what, message, before.evidence)


def ages_told(entities: Mapping[str, tuple[str, Evidence]], language: str) -> dict[str, Age]:
    """Return the ages that the bible tells, by the folded heading of the entity: `Mara, 34, keeps the light`.

    `entities` are its texts by their headings, each with where it stands.
    """
    words = [*lookup.table("en").fact_keys.get("age", ()), *lookup.table(language).fact_keys.get("age", ())]
    keyed = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b\W{{0,3}}([\w-]+)", re.IGNORECASE)
    ages = {}
    for heading, (text, evidence) in entities.items():
        body = text.partition("\n")[2].strip()
        head = re.match(rf"(?:{re.escape(heading)}\W+)?([\w-]+)(?:,|\.)\s", body, re.IGNORECASE)
        for match in (head, keyed.search(body)):
            years = numbers(match[1], language) if match else []
            if match and len(years) == 1 and 0 < years[0] <= OLDEST:
                quote = next(line for line in body.split("\n") if match[0].strip() in line or match[1] in line)
                line = evidence.line + text[: text.index(quote)].count("\n")
                ages[lookup.fold(heading)] = Age(0, years[0], Evidence(evidence.path, line, shown(quote)), heading)
                break
    return ages

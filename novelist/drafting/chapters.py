"""Chapters: verdict, history, consent, prompt, answer, file. Knows no doit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.book import page
from novelist.book.history import draft, entries
from novelist.book.layout import KEYS
from novelist.drafting import attempts
from novelist.drafting.attempts import Measure
from novelist.drafting.consent import YES
from novelist.drafting.partial import Partial
from novelist.graph.brief import OWN
from novelist.graph.files import front_of
from novelist.prose import standing
from novelist.text import digest, normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.page import Record
    from novelist.drafting.desk import Desk
    from novelist.graph.brief import Brief
    from novelist.graph.build import Build
    from novelist.model.dialect import Request

PREVIOUS = 16_000  # characters of the chapter before: whole where it fits, else its end


def chapter(desk: Desk, number: int) -> str:
    """Bring chapter `number` up to date as its verdict says, and return what was done.

    Raises WriterError and BookError; the file is then as it was.
    """
    build = desk.build
    path = build.chapter_path(number)
    before = page.read_text(path)  # before the verdict on it: a save between the two is then noticed
    build.forget(path)
    verdict = build.chapter_verdict(number)
    if not verdict.drafts:
        return f"kept: {verdict.reason}"
    section, brief = build.section(number), build.brief(number)
    digests = brief.digests()

    def fits(record: Record) -> bool:
        return record.brief == digests

    old = desk.waiting(section.id, fits)
    if old is None and before is not None and not verdict.released:
        old = draft(build.book.history, section.id, fits)
    partial = Partial(build.book.unfinished(section.id), {**digests, "fits": _fits(build, number, brief)})
    if old is not None:
        attempts.give_up(desk, section.id, partial)
        desk.land(path, section.id, page.back(path, before, front_of(build, number), old, KEYS), before)
        return f"back: {section.title}, as it was drafted from this brief"
    if not desk.consent.given(number, verdict):
        return f"withheld: {verdict.reason}. `{YES}=1 doit` drafts it again, `novelist accept {number}` lets it stand"
    # A model with a seed is not to write again what was just deleted.
    request = replace(chapter_request(desk, number, brief), attempt=len(entries(build.book.history, section.id)))
    desk.show.begin(request.task, section.title, brief.words)
    measure = Measure(section.title, section.text, brief.words, brief.language, desk.told_before(number))
    prose, notes = attempts.chapter(desk, request, section.id, measure, partial)
    words = count_words(prose)
    front = {**front_of(build, number), "words": words, "novelist": desk.record(prose, brief=digests).front()}
    desk.land(path, section.id, page.renewed(path, before, front, prose), before)
    page.replace(brief_as_sent(build, number, digests), brief.show())
    why = "drafted" if verdict.state == "missing" else f"drafted again ({verdict.reason})"
    return f"{why}: {section.title}, {words:,} words{notes}"


def brief_as_sent(build: Build, number: int, brief: Mapping[str, str]) -> Path:
    """Return where the cache holds the brief with these digests, as chapter `number` was drafted from it."""
    return build.book.briefs / f"{build.section(number).id}-{digest(str(sorted(brief.items())))}.md"


def chapter_request(desk: Desk, number: int, brief: Brief) -> Request:
    """Return what the model is told for chapter `number`."""
    build, section = desk.build, desk.build.section(number)
    summary, previous = build.summary(number), build.chapter(number - 1) if number > 1 else None
    return desk.request(
        f"chapter:{number}",
        desk.tokens(brief.words.high),
        story=[normalise(told) for told in brief.story if told.strip()],
        entities=[entity.text for entity in brief.entities],
        previous=_end(previous.body) if previous else "",
        cut=previous is not None and len(normalise(previous.body)) > PREVIOUS,
        standing=standing.newest(brief.story),
        old=normalise(summary.body) if summary else "",
        fits=_fits(build, number, brief),
        number=number,
        title=section.title,
        section=section.text or section.title,
        words=brief.words,
    )


def _fits(build: Build, number: int, brief: Brief) -> bool:
    """Say whether a chapter is missing whose summary was made from its own brief as it is now, or by a person."""
    summary, digests = build.summary(number), brief.digests()
    if summary is None or build.chapter(number) is not None:
        return False
    return summary.record is None or all(summary.record.brief.get(part) == digests[part] for part in OWN)


def _end(prose: str) -> str:
    """Return the end of a chapter, from the beginning of a sentence where one begins in it."""
    prose = normalise(prose)
    if len(prose) <= PREVIOUS:
        return prose
    end = prose[-PREVIOUS:]
    first = end.find(". ")
    return end[first + 2 :] if 0 <= first < PREVIOUS // 2 else end

"""Chapters: verdict, history, consent, prompt, answer, file. Knows no doit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.book import files, frontmatter
from novelist.book.history import draft, entries
from novelist.book.paths import KEYS
from novelist.drafting import attempts
from novelist.drafting.attempts import Criteria
from novelist.drafting.confirm import YES
from novelist.drafting.partial import Partial
from novelist.edits.follow import front_of
from novelist.prose import facts
from novelist.targets.brief import OWN
from novelist.text import digest, normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.record import Record
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.brief import Brief
    from novelist.targets.snapshot import Snapshot

PREVIOUS = 16_000  # characters of the chapter before: whole where it fits, else its end


def chapter(session: Session, number: int) -> str:
    """Bring chapter `number` up to date as its verdict says, and return what was done.

    Raises WriterError and BookError; the file is then as it was.
    """
    snapshot = session.snapshot
    path = snapshot.chapter_path(number)
    before = files.read_text(path)  # before the verdict on it: a save between the two is then noticed
    snapshot.forget(path)
    verdict = snapshot.chapter_verdict(number)
    if not verdict.drafts:
        return f"kept: {verdict.reason}"
    section, brief = snapshot.section(number), snapshot.brief(number)
    digests = brief.digests()

    def fits(record: Record) -> bool:
        return record.brief == digests

    old = session.waiting(section.id, fits)
    if old is None and before is not None and not verdict.released:
        old = draft(snapshot.book.history, section.id, fits)
    partial = Partial(snapshot.book.unfinished(section.id), {**digests, "fits": _fits(snapshot, number, brief)})
    if old is not None:
        attempts.give_up(session, section.id, partial)
        session.land(path, section.id, frontmatter.back(path, before, front_of(snapshot, number), old, KEYS), before)
        return f"back: {section.title}, as it was drafted from this brief"
    if not session.confirmation.given(number, verdict):
        return f"withheld: {verdict.reason}. `{YES}=1 doit` drafts it again, `novelist accept {number}` lets it stand"
    # A model with a seed is not to write again what was just deleted.
    request = replace(chapter_request(session, number, brief), attempt=len(entries(snapshot.book.history, section.id)))
    session.show.begin(request.task, section.title, brief.words)
    criteria = Criteria(section.title, section.text, brief.words, brief.language, session.told_before(number))
    prose, notes = attempts.chapter(session, request, section.id, criteria, partial)
    words = count_words(prose)
    front = {**front_of(snapshot, number), "words": words, "novelist": session.record(prose, brief=digests).front()}
    session.land(path, section.id, frontmatter.renewed(path, before, front, prose), before)
    files.replace(brief_as_sent(snapshot, number, digests), brief.show())
    why = "drafted" if verdict.state == "missing" else f"drafted again ({verdict.reason})"
    return f"{why}: {section.title}, {words:,} words{notes}"


def brief_as_sent(snapshot: Snapshot, number: int, brief: Mapping[str, str]) -> Path:
    """Return where the cache holds the brief with these digests, as chapter `number` was drafted from it."""
    return snapshot.book.briefs / f"{snapshot.section(number).id}-{digest(str(sorted(brief.items())))}.md"


def chapter_request(session: Session, number: int, brief: Brief) -> Request:
    """Return what the model is told for chapter `number`."""
    snapshot, section = session.snapshot, session.snapshot.section(number)
    summary, previous = snapshot.summary(number), snapshot.chapter(number - 1) if number > 1 else None
    return session.request(
        f"chapter:{number}",
        session.tokens(brief.words.high),
        story=[normalise(told) for told in brief.story if told.strip()],
        entities=[entity.text for entity in brief.entities],
        previous=_end(previous.body) if previous else "",
        cut=previous is not None and len(normalise(previous.body)) > PREVIOUS,
        standing=facts.newest(brief.story),
        old=normalise(summary.body) if summary else "",
        fits=_fits(snapshot, number, brief),
        number=number,
        title=section.title,
        section=section.text or section.title,
        words=brief.words,
    )


def _fits(snapshot: Snapshot, number: int, brief: Brief) -> bool:
    """Say whether a chapter is missing whose summary was made from its own brief as it is now, or by a person."""
    summary, digests = snapshot.summary(number), brief.digests()
    if summary is None or snapshot.chapter(number) is not None:
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

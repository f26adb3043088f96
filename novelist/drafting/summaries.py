"""Summaries and arcs: verdict, history, prompt, answer, file; side by side where none waits for a chapter.

Knows no doit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from novelist.book import files, frontmatter
from novelist.book.history import draft
from novelist.book.paths import KEYS, label
from novelist.book.premise import Span
from novelist.drafting import attempts
from novelist.errors import Refused, WriterError
from novelist.prose import facts
from novelist.targets.brief import OWN
from novelist.text import normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.record import Record
    from novelist.drafting.session import Session
    from novelist.targets.story import Arc
    from novelist.targets.verdict import Verdict

SUMMARY_WORDS = 120
SMALL_SUMMARY_WORDS = 70
ARC_WORDS = 200


@dataclass(frozen=True)
class Sum:
    """A summary or an arc to be brought up to date.

    `of` is the digest of what it sums up, `own` the further fields of its record, `values` what its template shows.
    """

    task: str
    path: Path
    identity: str
    words: int
    of: str
    values: Mapping[str, Any]
    front: Mapping[str, object] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)


def summary(session: Session, number: int) -> str:
    """Bring the summary of chapter `number` up to date as its verdict says, and return what was done.

    With `jobs` in premise.md, so are those after it that wait for no chapter. Raises WriterError and BookError; the
    file is then as it was.
    """
    others = _independent(session, number)
    if not others:
        return _summary(session, number)
    show = session.progress
    session.client.open()
    aside = session.aside()
    with ThreadPoolExecutor(session.snapshot.premise.jobs) as pool:
        own = pool.submit(_summary, aside, number)
        calls = {pool.submit(_summary, aside, other): other for other in others}
        try:
            for call in as_completed(calls):
                if call.cancelled():
                    continue
                # What failed is asked for again when its own turn comes, and says why then.
                if call.exception() is None:
                    show.done(f"summary:{label(calls[call], session.snapshot.count)}", call.result())
                elif not isinstance(call.exception(), WriterError):
                    call.result()
                elif isinstance(call.exception(), Refused):
                    for other in calls:
                        other.cancel()
            return own.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            session.close()
            raise


def _independent(session: Session, number: int) -> list[int]:
    """Return the chapters behind `number` whose summaries are to be drafted, and that no build will draft again."""
    snapshot = session.snapshot
    if snapshot.premise.jobs == 1:
        return []
    last = int(min(snapshot.count, session.last))
    return [
        other
        for other in range(number + 1, last + 1)
        if snapshot.chapter_verdict(other).state in ("yours", "kept") and snapshot.summary_verdict(other).drafts
    ]


def _summary(session: Session, number: int) -> str:
    snapshot = session.snapshot
    path = snapshot.summary_path(number)
    before = files.read_text(path)  # before the verdict on it: a save between the two is then noticed
    snapshot.forget(path)
    verdict = snapshot.summary_verdict(number)
    section, chapter = snapshot.section(number), snapshot.written(number)
    digests = snapshot.digests(number)
    values = {
        "story": _story(session, number),
        "number": number,
        "title": section.title,
        "chapter": normalise(chapter.body),
    }
    wanted = Sum(
        task=f"summary:{number}",
        path=path,
        identity=f"{section.id}/summary",
        words=SMALL_SUMMARY_WORDS if session.client.provider.small else SUMMARY_WORDS,
        of=chapter.info().digest,
        values=values,
        front={"title": section.title},
        own={"brief": {part: digests[part] for part in OWN}},
    )
    return _brought(session, wanted, verdict, before)


def _story(session: Session, number: int) -> list[str]:
    """Return what chapter `number` is told of those before it."""
    told = map(session.snapshot.told_text, session.snapshot.story.told(number))
    return [normalise(text) for text in told if text.strip()]


def arc(session: Session, told: Arc) -> str:
    """Bring an arc up to date as its verdict says, and return what was done.

    Raises WriterError and BookError; the file is then as it was.
    """
    snapshot = session.snapshot
    path = snapshot.arc_path(told)
    before = files.read_text(path)
    snapshot.forget(path)
    verdict = snapshot.arc_verdict(told)
    number = snapshot.story.readers[told] - 1
    wanted = Sum(
        task=f"arc:{told.label(snapshot.count)}",
        path=path,
        identity=told.identity,
        words=SMALL_SUMMARY_WORDS if session.client.provider.small else ARC_WORDS,
        of=snapshot.arc_of(told),
        values={
            # What the chapter before the arc's first reader was told, so that a server can reuse the prompt.
            "story": _story(session, number),
            "number": number,
            "first": told.first,
            "last": told.last,
            "texts": [normalise(snapshot.told_text(part)) for part in told.of],
        },
        own={"covers": told.covers, "level": 2 if told.parts else 1},
    )
    return _brought(session, wanted, verdict, before)


def _brought(session: Session, wanted: Sum, verdict: Verdict, before: str | None) -> str:
    if not verdict.drafts:
        return f"kept: {verdict.reason}"
    path, identity = wanted.path, wanted.identity

    def fits(record: Record) -> bool:
        return record.of == wanted.of

    if text := session.waiting(identity, fits) or draft(session.snapshot.book.history, identity, fits):
        old = frontmatter.parse(text, KEYS).record
        again: dict[str, object] = {"novelist": replace(old, **wanted.own).front()} if old else {}
        session.land(path, identity, frontmatter.back(path, before, again, text, KEYS), before)
        return "back, as it was drafted from the same text"
    found = frontmatter.parse(before, KEYS) if before is not None else None
    request = session.request(
        wanted.task,
        session.tokens(wanted.words),
        **wanted.values,
        old=normalise(found.body) if found else "",
        limit=wanted.words,
    )
    session.show.begin(request.task)
    new, notes = attempts.summary(session, request, identity, Span(1, wanted.words), had_old=found is not None)
    if new is None and found is not None:
        record = session.record(found.body, of=wanted.of, **wanted.own)
        session.land(path, identity, frontmatter.edit(path, found, {"novelist": record.front()}), before)
        return "unchanged"
    new = facts.tidy(new or "")
    record = session.record(new, of=wanted.of, **wanted.own)
    front = {**wanted.front, "novelist": record.front()}
    session.land(path, identity, frontmatter.renewed(path, before, front, new), before)
    return f"drafted: {count_words(new)} words{notes}"

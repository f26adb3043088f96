"""Summaries and arcs: verdict, history, prompt, answer, file; side by side where none waits for a chapter.

Knows no doit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from novelist.book import page
from novelist.book.history import draft
from novelist.book.layout import KEYS, label
from novelist.book.premise import Span
from novelist.drafting import attempts
from novelist.errors import Refused, WriterError
from novelist.graph.brief import OWN
from novelist.prose import standing
from novelist.text import normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.page import Record
    from novelist.drafting.desk import Desk
    from novelist.graph.staleness import Verdict
    from novelist.graph.story import Arc

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


def summary(desk: Desk, number: int) -> str:
    """Bring the summary of chapter `number` up to date as its verdict says, and return what was done.

    With `jobs` in premise.md, so are those after it that wait for no chapter. Raises WriterError and BookError; the
    file is then as it was.
    """
    others = _independent(desk, number)
    if not others:
        return _summary(desk, number)
    show = desk.progress
    desk.writer.open()
    aside = desk.aside()
    with ThreadPoolExecutor(desk.build.premise.jobs) as pool:
        own = pool.submit(_summary, aside, number)
        calls = {pool.submit(_summary, aside, other): other for other in others}
        try:
            for call in as_completed(calls):
                if call.cancelled():
                    continue
                # What failed is asked for again when its own turn comes, and says why then.
                if call.exception() is None:
                    show.done(f"summary:{label(calls[call], desk.build.count)}", call.result())
                elif not isinstance(call.exception(), WriterError):
                    call.result()
                elif isinstance(call.exception(), Refused):
                    for other in calls:
                        other.cancel()
            return own.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            desk.close()
            raise


def _independent(desk: Desk, number: int) -> list[int]:
    """Return the chapters behind `number` whose summaries are to be drafted, and that no build will draft again."""
    build = desk.build
    if build.premise.jobs == 1:
        return []
    last = int(min(build.count, desk.last))
    return [
        other
        for other in range(number + 1, last + 1)
        if build.chapter_verdict(other).state in ("yours", "kept") and build.summary_verdict(other).drafts
    ]


def _summary(desk: Desk, number: int) -> str:
    build = desk.build
    path = build.summary_path(number)
    before = page.read_text(path)  # before the verdict on it: a save between the two is then noticed
    build.forget(path)
    verdict = build.summary_verdict(number)
    section, chapter = build.section(number), build.written(number)
    digests = build.digests(number)
    values = {
        "story": _story(desk, number),
        "number": number,
        "title": section.title,
        "chapter": normalise(chapter.body),
    }
    wanted = Sum(
        task=f"summary:{number}",
        path=path,
        identity=f"{section.id}/summary",
        words=SMALL_SUMMARY_WORDS if desk.writer.provider.small else SUMMARY_WORDS,
        of=chapter.facts().digest,
        values=values,
        front={"title": section.title},
        own={"brief": {part: digests[part] for part in OWN}},
    )
    return _brought(desk, wanted, verdict, before)


def _story(desk: Desk, number: int) -> list[str]:
    """Return what chapter `number` is told of those before it."""
    told = map(desk.build.told_text, desk.build.story.told(number))
    return [normalise(text) for text in told if text.strip()]


def arc(desk: Desk, told: Arc) -> str:
    """Bring an arc up to date as its verdict says, and return what was done.

    Raises WriterError and BookError; the file is then as it was.
    """
    build = desk.build
    path = build.arc_path(told)
    before = page.read_text(path)
    build.forget(path)
    verdict = build.arc_verdict(told)
    number = build.story.readers[told] - 1
    wanted = Sum(
        task=f"arc:{told.label(build.count)}",
        path=path,
        identity=told.identity,
        words=SMALL_SUMMARY_WORDS if desk.writer.provider.small else ARC_WORDS,
        of=build.arc_of(told),
        values={
            # What the chapter before the arc's first reader was told, so that a server can reuse the prompt.
            "story": _story(desk, number),
            "number": number,
            "first": told.first,
            "last": told.last,
            "texts": [normalise(build.told_text(part)) for part in told.of],
        },
        own={"covers": told.covers, "level": 2 if told.parts else 1},
    )
    return _brought(desk, wanted, verdict, before)


def _brought(desk: Desk, wanted: Sum, verdict: Verdict, before: str | None) -> str:
    if not verdict.drafts:
        return f"kept: {verdict.reason}"
    path, identity = wanted.path, wanted.identity

    def fits(record: Record) -> bool:
        return record.of == wanted.of

    if text := desk.waiting(identity, fits) or draft(desk.build.book.history, identity, fits):
        old = page.parse(text, KEYS).record
        again: dict[str, object] = {"novelist": replace(old, **wanted.own).front()} if old else {}
        desk.land(path, identity, page.back(path, before, again, text, KEYS), before)
        return "back, as it was drafted from the same text"
    found = page.parse(before, KEYS) if before is not None else None
    request = desk.request(
        wanted.task,
        desk.tokens(wanted.words),
        **wanted.values,
        old=normalise(found.body) if found else "",
        limit=wanted.words,
    )
    desk.show.begin(request.task)
    new, notes = attempts.summary(desk, request, identity, Span(1, wanted.words), had_old=found is not None)
    if new is None and found is not None:
        record = desk.record(found.body, of=wanted.of, **wanted.own)
        desk.land(path, identity, page.edit(path, found, {"novelist": record.front()}), before)
        return "unchanged"
    new = standing.tidy(new or "")
    record = desk.record(new, of=wanted.of, **wanted.own)
    front = {**wanted.front, "novelist": record.front()}
    desk.land(path, identity, page.renewed(path, before, front, new), before)
    return f"drafted: {count_words(new)} words{notes}"

"""What is drafted side by side: summaries that wait for no chapter, a chapter with the summary before it, alternatives.

Knows which ones those are. Knows no doit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from novelist.drafting.beside import UntilFirstToken, beside
from novelist.drafting.pipeline import bring
from novelist.errors import Refused, WriterError
from novelist.targets.summary import SummaryTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from novelist.drafting.beside import Beside
    from novelist.drafting.confirm import Confirmation
    from novelist.drafting.session import Session
    from novelist.targets.target import Target

Key = TypeVar("Key")
Value = TypeVar("Value")


def bring_with_others(session: Session, target: Target, confirmation: Confirmation, *, ahead: bool = True) -> str:
    """Bring a target up to date, and, as far as `jobs` in premise.md lets it, later ones that do not wait for it.

    With a summary the chapter behind it is begun, unless `ahead` is false; else, later summaries are brought that wait
    for no chapter. What it is told by comes first. Return what was done to the target. Raises WriterError and
    BookError; its file is then as it was.
    """
    if (line := _landed(session, target)) is not None:
        return line
    _bring_what_tells(session, target, confirmation)
    if ahead and (chapter := beside(session, target)) is not None:
        return _bring_with_next(session, target, chapter, confirmation)
    if others := _independent(session, target):
        return _side_by_side(session, target, others, confirmation)
    return bring(session, target, confirmation)


def _landed(session: Session, target: Target) -> str | None:
    """Have a target land that was begun before its turn, and return what was done; None where it was not.

    What else was begun is left.
    """
    begun = session.beside
    try:
        return begun.land() if begun is not None and begun.target is target else None
    finally:
        session.leave_beside()


def _side_by_side(session: Session, target: Target, others: Sequence[Target], confirmation: Confirmation) -> str:
    """Bring a target up to date, and `others` with it; return what was done to the target."""
    quiet = session.quiet()
    lines: dict[Target, str] = {}

    def done(each: Target, line: str) -> None:
        lines[each] = line
        if each is not target:
            session.progress.done(each.name, line)

    # What failed of the others is asked for again when its own turn comes, and says why then.
    calls = {each: partial(bring, quiet, each, confirmation) for each in (target, *others)}
    failed = at_once(session, target.name, calls, done)
    if target in failed:
        raise failed[target]
    return lines[target]


def at_once(
    session: Session,
    task: str,
    calls: Mapping[Key, Callable[[], Value]],
    done: Callable[[Key, Value], None],
    stop: Callable[[], None] = lambda: None,
) -> dict[Key, WriterError]:
    """Make calls for what the model of a `task` writes, as many at once as `jobs` allow; return what failed of them.

    Each result is given to `done` as it comes. Where no call can succeed, those are not begun that wait. Raises what is
    no WriterError; before it waits for those that are being made, it calls `stop`.
    """
    client = session.client_for(task)
    client.open()
    failed: dict[Key, WriterError] = {}
    with ThreadPoolExecutor(session.jobs) as pool:
        futures = {pool.submit(call): key for key, call in calls.items()}
        try:
            for future in as_completed(futures):
                if future.cancelled():
                    continue
                error = future.exception()
                if isinstance(error, WriterError):
                    failed[futures[future]] = error
                    if isinstance(error, Refused):
                        for other in futures:
                            other.cancel()
                else:
                    done(futures[future], future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop()
            session.close()
            raise
    return failed


def _bring_with_next(session: Session, summary: Target, chapter: Beside, confirmation: Confirmation) -> str:
    """Bring a summary up to date, and begin the chapter behind it."""
    session.beside = chapter
    show = UntilFirstToken(session.progress, chapter.begin, at_once=not session.one_model)
    try:
        return bring(session.shown_by(show), summary, confirmation)
    except BaseException:
        session.leave_beside()
        raise
    finally:
        if not chapter.begun:
            session.beside = None


def _bring_what_tells(session: Session, target: Target, confirmation: Confirmation) -> None:
    """Bring what a target is told by up to date, before it is asked for itself."""
    if tells := target.told_by():
        with session.snapshot.without_bible():
            for each in tells:
                if each.verdict().drafts:
                    session.progress.done(each.name, bring_with_others(session, each, confirmation))


def _independent(session: Session, target: Target) -> Sequence[SummaryTarget]:
    """Return the summaries behind `target`, if it is one, that are to be drafted of chapters that no build drafts."""
    snapshot = session.snapshot
    if not isinstance(target, SummaryTarget) or session.unwritable or session.jobs == 1:
        return ()
    last = int(min(snapshot.count, session.last))
    later = map(snapshot.summary, range(target.number + 1, last + 1))
    return [
        summary
        for summary in later
        if summary.chapter.verdict().state in ("yours", "kept") and summary.verdict().drafts
    ]

"""What is drafted side by side: summaries that wait for no chapter, and a chapter with the summary before it.

Knows which ones those are. Knows no doit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from novelist.drafting.beside import UntilFirstToken, beside
from novelist.drafting.pipeline import bring
from novelist.errors import Refused, WriterError
from novelist.targets.summary import SummaryTarget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.drafting.beside import Beside
    from novelist.drafting.confirm import Confirmation
    from novelist.drafting.session import Session
    from novelist.targets.target import Target


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
    client = session.client_for(target.name)
    client.open()
    quiet = session.quiet()
    with ThreadPoolExecutor(session.jobs) as pool:
        own = pool.submit(bring, quiet, target, confirmation)
        calls = {pool.submit(bring, quiet, other, confirmation): other for other in others}
        try:
            for call in as_completed(calls):
                if call.cancelled():
                    continue
                # What failed is asked for again when its own turn comes, and says why then.
                if call.exception() is None:
                    session.progress.done(calls[call].name, call.result())
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

"""Summaries side by side, where none waits for a chapter. Knows which ones those are. Knows no doit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from novelist.drafting.pipeline import bring
from novelist.errors import Refused, WriterError
from novelist.targets.summary import SummaryTarget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.drafting.confirm import Confirmation
    from novelist.drafting.session import Session
    from novelist.targets.target import Target


def bring_with_others(session: Session, target: Target, confirmation: Confirmation) -> str:
    """Bring a target up to date, and with `jobs` in premise.md the later summaries that wait for no chapter.

    What it is told by comes first. Return what was done to the target. Raises WriterError and BookError; its file is
    then as it was.
    """
    _bring_what_tells(session, target, confirmation)
    others = _independent(session, target)
    if not others:
        return bring(session, target, confirmation)
    client = session.client_for(target.name)
    client.open()
    quiet = session.quiet()
    with ThreadPoolExecutor(session.snapshot.premise.jobs) as pool:
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
    if snapshot.premise.jobs == 1 or not isinstance(target, SummaryTarget) or session.unwritable:
        return ()
    last = int(min(snapshot.count, session.last))
    later = map(snapshot.summary, range(target.number + 1, last + 1))
    return [
        summary
        for summary in later
        if summary.chapter.verdict().state in ("yours", "kept") and summary.verdict().drafts
    ]

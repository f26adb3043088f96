"""The one way in which a target is drafted, whatever its kind; a plan is its dry run.

Is there an earlier draft that takes its place? May what is there be replaced? Then the model is asked, and what it
wrote gets its record and lands. Knows no kind of target, and no doit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from novelist.book import conflict, frontmatter, history, landing
from novelist.book.paths import KEYS
from novelist.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.drafting.confirm import Confirmation
    from novelist.drafting.drafting import Draft, Drafting
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.target import Target
    from novelist.targets.verdict import Verdict


@dataclass(frozen=True)
class Decision:
    """What is to be done with a target: its verdict, and the earlier draft that takes its place, if there is one."""

    verdict: Verdict
    returning: str | None = None


def decide(target: Target) -> Decision:
    """Return what is to be done with a target. Nothing is changed by it. Raises BookError."""
    verdict = target.verdict()
    if not verdict.drafts:
        return Decision(verdict)
    book = target.inputs.book
    text = landing.waiting(book, target.identity, target.lands)
    if text is None and target.returns(verdict):
        text = history.draft(book, target.identity, target.fits)
    return Decision(verdict, text)


def drafting_of(session: Session, target: Target, verdict: Verdict | None = None) -> Drafting[Any]:
    """Return how a target is drafted, which the module of its kind in drafting/ knows.

    With the verdict on it one that is stale may only be adapted; no rehearsal is up to that.
    """
    ripples = verdict is not None and verdict.ripples and not session.profile.repaired
    name = "ripple" if ripples else target.drafted_as
    module = import_module(f"novelist.drafting.{name}")
    drafting: Drafting[Any] = getattr(module, f"{name.capitalize()}Drafting")(session, target)
    return drafting


def request_for(session: Session, target: Target) -> Request:
    """Return what the model would be told for a target as it is. Raises BookError and SettingsError."""
    drafting = drafting_of(session, target, target.verdict())
    return drafting.request(target.inputs.book.files.read_text(target.path))


def request_json(target: Target, request: Request) -> dict[str, Any]:
    """Return what the model is told for programs. Within a version, keys are added and never taken away."""
    return {"version": 1, "of": target.name, "system": request.system, "user": request.user}


def check_writer(session: Session, file: str, *, able: bool) -> None:
    """Raise SettingsError where no model is `able` to change a file, and BookError for a budget that cannot be kept."""
    if not able:
        message = (
            "there is no key and no server, and the embedded model only rehearses. Put MOONSHOT_API_KEY into .env, "
            f"or change {file} yourself."
        )
        raise SettingsError(message)
    session.check_budget()


def bring(session: Session, target: Target, confirmation: Confirmation) -> str:
    """Bring a target up to date as its verdict says, and return what was done; nothing where it is left as it is.

    Raises WriterError, BookError and SettingsError; the file is then as it was.
    """
    # A verdict is asked for three times: by doit, when it looks for what is to be done; by the task's action, since
    # `doit -a` does not look; and here, right after the file was read as it will be compared when the draft lands. Only
    # the last one is believed: between any two a person may have saved the file, and then it is theirs.
    before = target.inputs.book.files.read_text(target.path)
    target.inputs.forget(target.path)
    decision = decide(target)
    verdict = decision.verdict
    if not verdict.drafts:
        return f"kept: {verdict.reason}"
    drafting = drafting_of(session, target, verdict)
    if decision.returning is not None:
        drafting.give_up()
        _land(target, _returned(target, decision.returning, before), before)
        return drafting.back_line()
    if session.unwritable or not drafting.able:
        if may_wait(target, verdict):
            return waits(verdict.reason)
        for line in session.access.notes:  # a slip in .env may be why
            session.progress.line(line)
        message = (
            "there is no key and no server, and the embedded model only rehearses. "
            "Put MOONSHOT_API_KEY into .env, or write it yourself."
        )
        why = "It writes in a book that has nothing but rehearsals in it, and never between what others have written."
        raise SettingsError(message, why=why)
    if target.edited and not drafting.edits:
        return f"kept: you edited it; {verdict.reason}"  # a rehearsal is no editor
    landing.put_away(target.inputs.book, target.identity)
    if not confirmation.given(target, verdict):
        if confirmation.leave(target, verdict, edits=drafting.edits):
            _let_stand(target, before)
        return ""
    session.check_budget()
    fields = drafting.fields()  # of what the model is told, whatever a hand changes meanwhile
    return finish(drafting, drafting.draft(before, verdict), fields, before)


def _let_stand(target: Target, before: str | None) -> None:
    """Remember in a chapter's record that a person has let it stand for what it is told now.

    It is not where it was saved while they were asked: another text is there, and that is theirs.
    """
    page = frontmatter.parse(before or "", KEYS)
    if page.record is not None and (stands := target.let_stand(page.record)) is not None:
        text = frontmatter.edit(target.path, page, {"novelist": stands.front()})
        target.inputs.book.files.exchange(target.path, before, text)
    target.inputs.forget(target.path)


def finish(drafting: Drafting[Any], draft: Draft, fields: Mapping[str, Any], before: str | None) -> str:
    """Have a draft land in place of `before`, with a record of these `fields`, and return what was done.

    Raises BookError where somebody has saved another text in the meantime.
    """
    target, session = drafting.target, drafting.session
    if draft.whole is not None:
        text = draft.whole
    elif draft.body is None or draft.exact:
        page = frontmatter.parse(before or "", KEYS)
        body = page.body if draft.body is None else draft.body
        record = session.record(target.name, body, **{**fields, **draft.fields})
        text = frontmatter.edit(target.path, replace(page, body=body), {**draft.front, "novelist": record.front()})
    else:
        body = conflict.without_marks(draft.body)
        record = session.record(target.name, body, **{**fields, **draft.fields, **drafting.marks(body)})
        front = {**draft.front, "novelist": record.front()}
        text = frontmatter.renewed(target.path, before, front, body)
    _land(target, text, before)
    drafting.landed()
    return draft.line


def may_wait(target: Target, verdict: Verdict) -> bool:
    """Say whether the book can do without a target that nobody can write now, or with what there is of it."""
    return target.waits or verdict.state == "stale"


def waits(reason: str) -> str:
    """Return what is said of a target that nobody can write now, and the book can do without."""
    return f"waits for a model (MOONSHOT_API_KEY in .env): {reason}"


def _land(target: Target, text: str, before: str | None) -> None:
    landing.land(target.inputs.book, target.path, target.identity, text, before)
    target.inputs.forget(target.path)


def _returned(target: Target, text: str, before: str | None) -> str:
    """Return an earlier draft as the file's new text, with its record as it would be now."""
    record = frontmatter.parse(text, KEYS).record
    now = {"novelist": record._replace(**target.fields_by(record)).front()} if record else {}
    return frontmatter.back(target.path, before, {**target.front(), **now}, text, KEYS)

"""A chapter that is adapted to what changed before it, or in the bible, by edits: what it is told, and what it answers.

Knows when that is a redraft after all, and when nothing has to be done. What an edit may be is known in prose/edits.py.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import paragraphs
from novelist.drafting.answers import all_objects
from novelist.drafting.attempts import noted
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning
from novelist.drafting.prompts import told
from novelist.drafting.triage import Triage
from novelist.errors import BookError
from novelist.prose import edits
from novelist.targets.changes import changes
from novelist.targets.chapter import ChapterTarget
from novelist.text import counted, digest
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.book.record import Record
    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.prose.edits import Applied, Edit, Refusal
    from novelist.targets.changes import Change
    from novelist.targets.verdict import Verdict

TOKENS_PER_EDIT = 60  # of what stands around its text
MOST_SHOWN = 3  # reasons for refused edits in a line
SHARE_CHANGED = 0.1  # of a chapter, in a usual answer
NOTHING = re.compile(r"\[\s*\]")

Answer = tuple[list["Edit"], list["Refusal"]]


class RippleDrafting(Drafting[ChapterTarget]):
    """How a chapter is adapted: made when its turn has come, and it is stale only for what is told of the story."""

    adapts = True

    def __init__(self, session: Session, target: ChapterTarget) -> None:
        super().__init__(session, target)
        self._redraft = ChapterDrafting(session, target)
        self._triage = Triage(session)

    @cached_property
    def _text(self) -> str:
        """The chapter as it is, byte for byte."""
        return self.target.text()

    @cached_property
    def _record(self) -> Record:
        info = self.target.info
        if info is None or info.record is None:
            raise BookError(self.target.path, None, "it was changed while it was being adapted. Run `doit` again.")
        return info.record

    @cached_property
    def _drafted(self) -> str:
        """The marks of the paragraphs that a model wrote: all of them where no hand has edited it since."""
        return self._record.drafted or paragraphs.marks(self._text)

    def fields(self) -> dict[str, Any]:
        """Return its brief, as digests, the first chapter that it is told singly, and the marks of what it is told."""
        return self._redraft.fields()

    def marks(self, body: str) -> dict[str, str]:
        """Return the marks of its paragraphs where it is drafted again."""
        return self._redraft.marks(body)

    def stamp(self) -> dict[str, Any]:
        """Return the digests of its brief, and that of the text that is edited."""
        return {"edits": self.target.digest(), "of": digest(str(sorted(self.fields()["brief"].items())))}

    def back_line(self) -> str:
        """Return what is said where an earlier draft takes its place."""
        return self._redraft.back_line()

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - its paragraphs are read from the file
        """Return what the model is told, where nothing was refused yet."""
        return self._request(self._changes(self.target.verdict()), ())

    def _changes(self, verdict: Verdict) -> list[Change]:
        return changes(self.target, self._record, verdict.changed)

    def _request(self, changed: Sequence[Change], refused: Sequence[Refusal]) -> Request:
        target, session = self.target, self.session
        owners = paragraphs.owners(self._text, self._drafted)
        words = count_words(self._text)
        return session.request(
            f"ripple:{target.number}",
            session.profile.tokens(int(words * edits.MOST_CHANGED))
            + TOKENS_PER_EDIT * len(paragraphs.split(self._text)),
            story=told(target.story()),
            number=target.number,
            title=target.section.title,
            section=target.section.text or target.section.title,
            chapter=edits.numbered(self._text, owners.locked),
            locked=bool(owners.locked),
            changes=changed,
            refused=refused,
        )

    def draft(self, before: str | None, verdict: Verdict) -> Draft:
        """Ask for edits, and for a new draft where they are none any more."""
        target, session = self.target, self.session
        session.show.begin(f"chapter:{target.number}", target.section.title)
        if not self.target.edited and self._redraft.partial.found()[0].text:
            return self._redraft.draft(before, verdict)  # a build was killed in it
        changed = self._changes(verdict)
        if not self._triage.follows(target, changed):
            return self._untouched("nothing in it rests on what changed")
        applied = self._applied(changed)
        if applied.too_many and not self.target.edited:
            return self._redraft.draft(before, verdict)
        if applied.too_many:
            return self._tried("it would be another chapter")
        if not applied.accepted:
            reasons = _reasons(applied.refusals)
            return self._tried(reasons) if reasons else self._untouched("nothing in it had to change")
        return self._adapted(applied, verdict)

    def _adapted(self, applied: Applied, verdict: Verdict) -> Draft:
        """Return the chapter with edits in it."""
        target, refused = self.target, applied.refusals
        fields = {
            # What a hand has edited stays so: by its digest it must not look as if it were drafted.
            "body": self._record.body if target.edited else digest(applied.text),
            "drafted": applied.drafted,
            "base": target.digest(),
        }
        old, new = len(paragraphs.split(self._text)), {edit.number for edit in applied.accepted}
        notes = [f"{counted(len(refused), 'edit')} refused: {_reasons(refused)}"] if refused else []
        share = f"{len(new)} of {counted(old, 'paragraph')}"
        line = f"adapted ({verdict.reason}): {target.section.title}, {share} changed{noted(notes)}"
        front = {**target.front(), "words": count_words(applied.text)}
        return Draft(applied.text, line, front, fields=fields, exact=True)

    def _applied(self, changed: Sequence[Change]) -> Applied:
        """Return the chapter with the model's edits in it; those that are refused it may give once more."""
        asked, refused = self._answered(self._request(changed, ()), self.partial)
        applied = edits.apply(self._text, asked, self._drafted)
        refused = [*refused, *applied.refusals]
        if not refused or applied.too_many:
            return applied._replace(refusals=tuple(refused))
        request = self._request(changed, refused)
        partial = Partial(self.target.inputs.book.retry(self.target.identity), {"told": digest(request.user)})
        again, misshapen = self._answered(request, partial)
        applied = edits.apply(self._text, [*applied.accepted, *again], self._drafted)
        return applied._replace(refusals=(*misshapen, *applied.refusals))

    def _answered(self, request: Request, partial: Partial) -> Answer:
        form: Form[Answer] = Form(
            edits.SCHEMA, edits.read, _listed, problems=lambda _: [], repair=lambda answer: (answer, [])
        )
        what = f"edits of chapter {self.target.number}"
        planning = Planning(self.session, what, self.target.identity, form, partial, f"doit {self.target.name}")
        return planning.plan(request, partial.found()[0])

    def _untouched(self, why: str) -> Draft:
        """Return that the chapter stays as it is, true to what it is told now."""
        record = self._record
        kept = {
            "body": record.body,
            "drafted": self._drafted,
            "base": record.base,
            "model": record.model,
            "at": record.at,
        }
        return Draft(None, f"stays as it is: {why}", fields=kept)

    def _tried(self, why: str) -> Draft:
        """Return that the chapter stays as it is, and stale, until what it is told changes again."""
        kept = {**self._record._asdict(), "tried": self.target.tried(self._record)}
        return Draft(None, f"kept: no edit of it could be made: {why}", fields=kept)

    def landed(self) -> None:
        """Keep the brief as it was sent, and forget what was asked for it alone."""
        self._redraft.landed()
        self.partial.drop()
        self._triage.settle(self.target)

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        own = guesses.text(self.target)
        return guesses.prompt(self.target) + own, round(own * SHARE_CHANGED) + TOKENS_PER_EDIT


def _listed(text: str) -> dict[str, Any]:
    """Return what an answer is that is a list and no object; empty where it says that there is nothing to do."""
    entries: list[Mapping[str, Any]] = [each for each in all_objects(text) if {"p", "do"} <= each.keys()]
    return {"edits": entries, "nothing": NOTHING.search(text) is not None}


def _reasons(refusals: Sequence[Refusal]) -> str:
    reasons = [refusal.reason for refusal in refusals]
    more = [f"{len(reasons) - MOST_SHOWN} more"] if len(reasons) > MOST_SHOWN else []
    return "; ".join([*reasons[:MOST_SHOWN], *more])

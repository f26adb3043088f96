"""A chapter that is adapted to what changed before it, or in the bible, by edits: what it is told, and what it answers.

Knows when that is a redraft after all, and when nothing has to be done.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import paragraphs
from novelist.drafting.attempts import noted
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.editing import TOKENS_PER_EDIT, Editing, reasons
from novelist.drafting.prompts import told
from novelist.drafting.triage import Triage
from novelist.errors import BookError
from novelist.targets.changes import changes
from novelist.targets.chapter import ChapterTarget
from novelist.text import counted, digest
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.record import Record
    from novelist.drafting.guesses import Guesses
    from novelist.model.request import Request
    from novelist.prose.applied import Applied
    from novelist.prose.edits import Refusal
    from novelist.targets.changes import Change
    from novelist.targets.verdict import Verdict

SHARE_CHANGED = 0.1  # of a chapter, in a usual answer


class RippleDrafting(Drafting[ChapterTarget]):
    """How a chapter is adapted: made when its turn has come, and it is stale only for what is told of the story."""

    edits = True

    @cached_property
    def _redraft(self) -> ChapterDrafting:
        return ChapterDrafting(self.session, self.target)

    @cached_property
    def _triage(self) -> Triage:
        return Triage(self.session)

    @cached_property
    def _editing(self) -> Editing:
        return Editing(self.session, self.target, self.target.written())

    @cached_property
    def _record(self) -> Record:
        info = self.target.info
        if info is None or info.record is None:
            raise BookError(self.target.path, None, "it was changed while it was being adapted. Run `doit` again.")
        return info.record

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
        target, editing = self.target, self._editing
        return self.session.request(
            f"ripple:{target.number}",
            editing.cap,
            story=told(target.story()),
            changes=changed,
            refused=refused,
            **editing.values,
        )

    def draft(self, before: str | None, verdict: Verdict) -> Draft:
        """Ask for edits, and for a new draft where they are none any more."""
        target, session = self.target, self.session
        session.show.begin(f"chapter:{target.number}", target.section.title)
        if not target.edited and self._redraft.partial.found()[0].text:
            return self._redraft.draft(before, verdict)  # a build was killed in it
        changed = self._changes(verdict)
        if not self._triage.follows(target, changed):
            return self._untouched("nothing in it rests on what changed")
        applied = self._editing.applied(lambda refused: self._request(changed, refused), self.partial)
        if applied.too_many and not target.edited:
            return self._redraft.draft(before, verdict)
        if applied.too_many:
            return self._tried("it would be another chapter")
        if not applied.accepted:
            why = reasons(applied.refusals)
            return self._tried(why) if why else self._untouched("nothing in it had to change")
        return self._adapted(applied, verdict)

    def _adapted(self, applied: Applied, verdict: Verdict) -> Draft:
        """Return the chapter with edits in it."""
        target, refused = self.target, applied.refusals
        old, new = len(paragraphs.split(self._editing.text)), {edit.number for edit in applied.accepted}
        notes = [f"{counted(len(refused), 'edit')} refused: {reasons(refused)}"] if refused else []
        share = f"{len(new)} of {counted(old, 'paragraph')}"
        line = f"adapted ({verdict.reason}): {target.section.title}, {share} changed{noted(notes)}"
        front = {**target.front(), "words": count_words(applied.text)}
        fields = {**edited_fields(target, self._record, applied), "asked": self._record.asked}
        fields["rounds"] = self._record.rounds
        return Draft(applied.text, line, front, fields=fields, exact=True)

    def _untouched(self, why: str) -> Draft:
        """Return that the chapter stays as it is, true to what it is told now."""
        record = self._record
        kept = {
            "body": record.body,
            "drafted": self._editing.drafted,
            "base": record.base,
            "asked": record.asked,
            "rounds": record.rounds,
            "model": record.model,
            "at": record.at,
        }
        return Draft(None, f"stays as it is: {why}", fields=kept)

    def _tried(self, why: str) -> Draft:
        """Return that the chapter stays as it is, and stale, until what it is told changes again."""
        kept = {**self._record._asdict(), "tried": self.target.brief_digest(self._record)}
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


def edited_fields(target: ChapterTarget, record: Record, applied: Applied) -> dict[str, str]:
    """Return the fields of the record of a chapter with edits in it.

    What a hand has edited stays so: by its digest it must not look as if it were drafted.
    """
    body = record.body if target.edited else digest(applied.text)
    return {"body": body, "drafted": applied.drafted, "base": target.digest()}

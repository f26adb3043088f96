"""A chapter that is changed by edits: whose paragraphs are whose, the question, and one more for what was refused.

Knows no reason for a change: who asks brings the request. What an edit may be is known in prose/applied.py.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import notes, paragraphs
from novelist.drafting.answers import all_objects
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning
from novelist.prose import edits
from novelist.prose.applied import MOST_CHANGED, apply
from novelist.text import digest
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from novelist.book.frontmatter import Page
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.prose.applied import Applied
    from novelist.prose.edits import Edit, Refusal
    from novelist.targets.chapter import ChapterTarget

TOKENS_PER_EDIT = 60  # of what stands around its text
MOST_SHOWN = 3  # reasons for refused edits in a line
NOTHING = re.compile(r"\[\s*\]")

Answer = tuple[list["Edit"], list["Refusal"]]


class Editing:
    """One chapter's text in one session, and the edits that are made in it.

    Only the paragraphs with the numbers `only` may be named, where these are given: then the author's own ones, too.
    """

    def __init__(self, session: Session, target: ChapterTarget, page: Page, only: frozenset[int] | None = None) -> None:
        self.session = session
        self.target = target
        self.text = page.body  # byte for byte
        self.drafted = page.drafted
        self._record = page.record
        self._only = only

    @cached_property
    def values(self) -> dict[str, Any]:
        """What a template shows of the chapter."""
        section = self.target.section
        asked, every = self._record.asked.split() if self._record else [], self.target.notes
        numbers = range(1, len(paragraphs.split(self.text)) + 1)
        locked = self.locked if self._only is None else frozenset(numbers) - self._only
        return {
            "number": self.target.number,
            "title": section.title,
            "section": section.text or section.title,
            "chapter": edits.numbered(self.text, locked),
            "locked": bool(locked),
            "notes": [note for note, mark in zip(every, notes.marks(every), strict=True) if mark in asked],
        }

    @cached_property
    def locked(self) -> frozenset[int]:
        """The numbers of the paragraphs that the author typed."""
        return paragraphs.owners(self.text, self.drafted).locked

    @cached_property
    def closed(self) -> bool:
        """Whether no paragraph may be changed: all of them are the author's own, and none was named."""
        return self._only is None and len(self.locked) == len(paragraphs.split(self.text))

    def only(self, applied: Applied, edits: Sequence[Edit]) -> Applied:
        """Return the chapter with some of the edits of `applied`, and what speaks against one without the others."""
        return apply(self.text, [edit for edit in applied.accepted if edit in edits], self.drafted, self._only)

    @property
    def cap(self) -> int:
        """The tokens that an answer may take."""
        words = int(count_words(self.text) * MOST_CHANGED)
        return self.session.profile.tokens(words) + TOKENS_PER_EDIT * len(paragraphs.split(self.text))

    def applied(self, request: Callable[[Sequence[Refusal]], Request], partial: Partial) -> Applied:
        """Return the chapter with the model's edits in it; those that are refused it may give once more.

        Raises WriterError.
        """
        asked, refused = self._answered(request(()), partial)
        applied = apply(self.text, asked, self.drafted, self._only)
        refused = [*refused, *applied.refusals]
        if not refused or applied.too_many:
            return applied._replace(refusals=tuple(refused))
        second = request(refused)
        retry = Partial(self.target.inputs.book.retry(self.target.identity), {"told": digest(second.user)})
        again, misshapen = self._answered(second, retry)
        applied = apply(self.text, [*applied.accepted, *again], self.drafted, self._only)
        return applied._replace(refusals=(*misshapen, *applied.refusals))

    def _answered(self, request: Request, partial: Partial) -> Answer:
        form: Form[Answer] = Form(
            edits.SCHEMA, edits.read, _listed, problems=lambda _: [], repair=lambda answer: (answer, [])
        )
        what = f"edits of chapter {self.target.number}"
        planning = Planning(self.session, what, self.target.identity, form, partial, f"doit {self.target.name}")
        return planning.plan(request, partial.found()[0])


def _listed(text: str) -> dict[str, Any]:
    """Return what an answer is that is a list and no object; empty where it says that there is nothing to do."""
    entries: list[Mapping[str, Any]] = [each for each in all_objects(text) if {"p", "do"} <= each.keys()]
    return {"edits": entries, "nothing": NOTHING.search(text) is not None}


def reasons(refusals: Sequence[Refusal]) -> str:
    """Return why edits were refused, in a line."""
    each = [refusal.reason for refusal in refusals]
    more = [f"{len(each) - MOST_SHOWN} more"] if len(each) > MOST_SHOWN else []
    return "; ".join([*each[:MOST_SHOWN], *more])

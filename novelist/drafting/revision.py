"""A finished chapter, revised as its author asks: what the model is told, and what its edits come to.

Knows no terminal, and not whether the edits are taken.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from novelist.book import frontmatter, landing, paragraphs
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.editing import TOKENS_PER_EDIT, Editing
from novelist.drafting.guesses import Guesses
from novelist.drafting.partial import Partial
from novelist.drafting.prompts import told
from novelist.drafting.ripple import SHARE_CHANGED, edited_fields
from novelist.edits import notes
from novelist.errors import BookError
from novelist.language.lengths import unit
from novelist.text import digest
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.frontmatter import Page
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.prose.applied import Applied
    from novelist.prose.edits import Refusal
    from novelist.targets.chapter import ChapterTarget


class Revision:
    """One wish for one chapter; only the paragraphs on `lines` of its file may change, where these are given."""

    def __init__(
        self,
        session: Session,
        target: ChapterTarget,
        wish: str,
        *,
        lines: range | None = None,
        words: int | None = None,
    ) -> None:
        """Take the wish, the lines of the file from 1, and about how many words the chapter is to have.

        Raises BookError where the chapter is missing, or no paragraph stands on the lines.
        """
        self.session = session
        self.target = target
        self._before = target.inputs.book.files.read_text(target.path) or ""
        self._page = target.written()
        self._editing = Editing(session, target, self._page, _on(target, self._page, lines) if lines else None)
        self._wish, self._words = wish, words
        self._lines = str(lines)
        self._lasting = lines is None  # what is asked of single paragraphs is done with them
        verdict = target.verdict()
        self.stale = verdict.reason if verdict.changed else ""  # why it is not true to what it is told
        self._drafting = ChapterDrafting(session, target)
        self._fields = self._drafting.fields()

    @property
    def text(self) -> str:
        """The chapter as it is."""
        return self._editing.text

    def guess(self) -> tuple[int, float | None]:
        """Return about how many tokens it takes, with a second answer, and what that costs in US dollars."""
        guesses = Guesses(self.session, lambda chapter: ChapterDrafting(self.session, chapter).bare_request())
        own, task = guesses.text(self.target), self.target.name
        prompt = guesses.rates_for(task).prompt(guesses.prompt(self.target) + own)
        text = round(own * SHARE_CHANGED) + TOKENS_PER_EDIT
        dollars = guesses.dollars(task, prompt, text)
        return 2 * (prompt + text), None if dollars is None else 2 * dollars

    def applied(self) -> Applied:
        """Return the chapter with the model's edits in it. Raises WriterError."""
        self.session.show.begin(f"chapter:{self.target.number}", self.target.section.title)
        return self._editing.applied(self._request, self._partial)

    @cached_property
    def _partial(self) -> Partial:
        asked = {"wish": self._wish, "words": self._words, "lines": self._lines, "edits": digest(self._before)}
        return Partial(self.target.inputs.book.unfinished(f"{self.target.identity}/revised"), asked)

    def _request(self, refused: Sequence[Refusal]) -> Request:
        editing, language = self._editing, self.session.snapshot.premise.language
        longer = self.session.profile.tokens(self._words) if self._words else 0
        return self.session.request(
            f"revise:{self.target.number}",
            max(editing.cap, longer),
            story=told(self.target.story()),
            refused=refused,
            wish=self._wish,
            words=self._words,
            unit=unit(language),
            **editing.values,
        )

    def take(self, applied: Applied) -> None:
        """Put a chapter with edits in it in place, and the wish among its notes; what it was is in history.

        It is true to all that its prompt told then. Raises BookError where the file was saved in the meantime.
        """
        target, record = self.target, self._page.record
        if record is None:
            text = f"{self._page.header}{applied.text}"
        else:
            fields = {**self._fields, **edited_fields(target, record, applied)}
            new = self.session.record(target.name, applied.text, **fields)
            front = {**target.front(), "words": count_words(applied.text), "novelist": new.front()}
            page = frontmatter.Page(self._page.front, self._page.header, applied.text)
            text = frontmatter.edit(target.path, page, front)
        if self._lasting:
            notes.add(target, self._wish)  # where it may stand already: a command that was killed may have left it
        landing.land(target.inputs.book, target.path, target.identity, text, self._before)
        target.inputs.forget(target.path)
        self._drafting.landed()
        self.drop()

    def drop(self) -> None:
        """Forget what was answered: it was taken, or refused."""
        self._partial.drop()
        self.target.inputs.book.files.remove(self.target.inputs.book.retry(self.target.identity))


def _on(target: ChapterTarget, page: Page, lines: range) -> frozenset[int]:
    """Return the numbers of the paragraphs on some lines of a chapter's file. Raises BookError where there is none."""
    above = page.header.count("\n")
    numbers = frozenset(
        number
        for number, each in enumerate(paragraphs.split(page.body), 1)
        if (first := above + page.body.count("\n", 0, each.start) + 1) < lines.stop
        and first + each.text.count("\n") >= lines.start
    )
    if not numbers:
        message = f"no paragraph stands on lines {lines.start}-{lines.stop - 1}. Count them as your editor does."
        raise BookError(target.path, None, message)
    return numbers

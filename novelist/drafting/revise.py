"""A finished chapter, revised as its author asks: what the model is told, and what its edits come to.

Knows no terminal, and not whether a person has looked at the edits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from novelist.book import frontmatter, history, notes, paragraphs
from novelist.book.paths import KEYS
from novelist.commands import command
from novelist.drafting.attempts import noted
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.editing import TOKENS_PER_EDIT, Editing, reasons
from novelist.drafting.pipeline import finish
from novelist.drafting.prompts import told
from novelist.drafting.ripple import SHARE_CHANGED, edited_fields
from novelist.edits.notes import add
from novelist.errors import BookError
from novelist.language.lengths import unit
from novelist.lint.worse import worse
from novelist.prose import quotes
from novelist.prose.edits import Refusal
from novelist.targets.revise import ReviseTarget
from novelist.text import counted, digest
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.reviews import Entry
    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.prose.applied import Applied
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.review import ReviewTarget
    from novelist.targets.verdict import Verdict

MOST_ROUNDS = 2  # of revisions by reviews: one of structure, one of lines
TOO_MUCH = "more than 40 % of it would change. Ask for less at once, or change its section in outline.md"


@dataclass(frozen=True)
class Wish:
    """What is asked of a chapter, of what stands on `lines` of its file (from 1) only where these are given.

    `words` are about how many it is to have. One that is `lasting` is put among its notes. `marks` are those of the
    notes and findings that it comes from; one of a review is a `round` of it.
    """

    text: str
    lines: range | None = None
    words: int | None = None
    lasting: bool = False
    marks: tuple[str, ...] = ()
    round: bool = False


def of_notes(target: ReviseTarget) -> Wish:
    """Return what those notes ask that no model was told of yet; nothing where there are none. Raises BookError."""
    asked = target.open_notes()
    return _listed(asked, notes.marks(asked))


def of_desk(target: ReviseTarget, review: ReviewTarget, lines: range | None = None) -> Wish:
    """Return the same with what is left of the chapter's review: what is to be mended, and was not struck.

    With `lines` of the file it is only what quotes something there. Nothing of that is asked where the chapter was
    revised by its reviews as often as that makes it better.
    """
    asked, entries = target.open_notes(), [] if used_up(target, review) else review.to_mend()
    if lines is not None:
        page = target.chapter.written()
        asked, entries = [], [each for each in entries if _line_of(page, each) in lines]
    wish = _listed([*asked, *map(_asks, entries)], [*notes.marks(asked), *(each.mark for each in entries)])
    return replace(wish, lines=lines, round=bool(entries))


def _line_of(page: Page, entry: Entry) -> int:
    """Return the line of a chapter's file on which stands what a finding quotes; 0 where that is nothing of it."""
    span = quotes.find(page.body, entry.own_quote) if entry.own_quote else None
    return 0 if span is None else page.header.count("\n") + page.body.count("\n", 0, span[0]) + 1


def used_up(target: ReviseTarget, review: ReviewTarget) -> str:
    """Return why what is left of a chapter's review is not asked of a model any more; empty where it is."""
    info = target.info
    rounds = info.record.revised if info is not None and info.record is not None else 0
    if rounds < MOST_ROUNDS or not review.to_mend():
        return ""
    return (
        f"{target.chapter.name} was revised by its reviews {MOST_ROUNDS} times, and more makes prose worse. "
        f'Say what you want: `{command("novelist")} revise {target.number} "…"`, or strike what is left.'
    )


def _listed(texts: list[str], marks: list[str]) -> Wish:
    return Wish(texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts), marks=tuple(marks))


def _asks(entry: Entry) -> str:
    """Return what a finding asks for, in a line."""
    shown = " (“{}”)".format("”, against “".join(entry.quotes)) if entry.quotes else ""
    return " ".join(filter(None, [f"{entry.what}{shown}", entry.fix]))


class ReviseDrafting(Drafting[ReviseTarget]):
    """How a chapter is revised: by a wish, or else by those of its notes that no model was told of yet."""

    edits = True
    back = "back: the chapter, revised as it was asked"

    def __init__(self, session: Session, target: ReviseTarget, wish: Wish | None = None) -> None:
        """Raise BookError where the chapter is missing, or no paragraph stands on the lines that are asked for."""
        super().__init__(session, target)
        self._wish = of_notes(target) if wish is None else wish
        self._before = target.inputs.book.files.read_text(target.path) or ""
        self._page = self._chapter.written()
        lines = self._wish.lines
        only = None if lines is None else _on(self._chapter, self._page, lines)
        self._editing = Editing(session, self._chapter, self._page, only)
        self._redraft = ChapterDrafting(session, self._chapter)
        self._brief = self._redraft.fields()  # of what the model is told, whatever a hand changes meanwhile

    @property
    def _chapter(self) -> ChapterTarget:
        return self.target.chapter

    @property
    def able(self) -> bool:
        """Whether the model is up to edits: no rehearsal is."""
        return not self.session.profile.repaired

    @property
    def editing(self) -> Editing:
        """The chapter's text as it is, and the edits that are made in it."""
        return self._editing

    @property
    def answered(self) -> bool:
        """Whether the model has answered, and waits for a person's word: what it proposes is not paid for again."""
        return self.partial.found()[0].finish != ""

    def fields(self) -> dict[str, Any]:
        """Return the fields of the record: it is true to all that its prompt tells, which is no length."""
        record = self._page.record
        before = record.brief if record is not None else {}
        settings = {"settings": before["settings"]} if "settings" in before else {}
        return {**self._brief, "brief": {**self._brief["brief"], **settings}, **self._asked}

    @property
    def _asked(self) -> dict[str, str]:
        """The marks of the notes and findings that a model was told of, now too, and how many rounds there were."""
        record, wish = self._page.record, self._wish
        before = record.asked.split() if record is not None else []
        own = wish.marks or (notes.marks([wish.text]) if wish.lasting else ())
        rounds = record.revised + wish.round if record is not None else 0
        return {"asked": " ".join(dict.fromkeys([*before, *own])), "rounds": str(rounds or "")}

    def stamp(self) -> dict[str, Any]:
        """Return what is asked, and the digest of the text that is edited."""
        wish = self._wish
        return {"wish": wish.text, "words": wish.words, "lines": str(wish.lines), "edits": digest(self._before)}

    @property
    def _unfinished(self) -> Path:
        return self.target.inputs.book.unfinished(f"{self.target.identity}/revised")

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - its paragraphs are read from the file
        """Return what the model is told, where nothing was refused yet."""
        return self._request(())

    def _request(self, refused: Sequence[Refusal]) -> Request:
        editing, wish = self._editing, self._wish
        longer = self.session.profile.tokens(wish.words) if wish.words else 0
        return self.session.request(
            f"revise:{self.target.number}",
            max(editing.cap, longer),
            story=told(self._chapter.story()),
            refused=refused,
            wish=wish.text,
            words=wish.words,
            unit=unit(self.session.snapshot.premise.language),
            **editing.values,
        )

    def applied(self) -> Applied:
        """Return the chapter with the model's edits in it. Raises WriterError.

        In a round of a review none is made with which a paragraph would be what it was before.
        """
        self.session.show.begin(f"chapter:{self.target.number}", self._chapter.section.title)
        applied = self._editing.applied(self._request, self.partial)
        return self._without_returns(applied) if self._wish.round else applied

    def _without_returns(self, applied: Applied) -> Applied:
        """Return the chapter without the edits that bring back a text which a paragraph of it had before."""
        book, there = self.target.inputs.book, {*paragraphs.marks(self._editing.text).split()}
        before = {
            mark
            for path in history.entries(book, self.target.identity)
            if (page := frontmatter.read(book.files, path, KEYS)) is not None
            for mark in paragraphs.marks(page.body).split()
        }
        back = [each for each in applied.accepted if {*paragraphs.marks(each.text).split()} & (before - there)]
        if not back:
            return applied
        rest = self._editing.only(applied, [each for each in applied.accepted if each not in back])
        refusals = [Refusal({"p": each.number}, f"[{each.number}] had this text before") for each in back]
        return rest._replace(refusals=(*applied.refusals, *rest.refusals, *refusals))

    def worse(self, applied: Applied) -> str:
        """Return in what the chapter would be worse in a round of a review; empty where it is not.

        The text is kept in history, with the answers.
        """
        if not self._wish.round:
            return ""
        after = replace(self._page, body=applied.text)
        why = worse(self.session.snapshot, self._chapter, self._page, after)
        if why:
            history.keep(self.target.inputs.book, f"{self.target.identity}/answers", applied.text)
        return why

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - it was read when this was made
        """Ask for edits. Where none can be made the chapter stays, and is asked for the same no second time."""
        if self._editing.closed:
            return self._left("every paragraph of it is yours")
        applied = self.applied()
        if applied.too_many:
            return self._left(self.too_much)
        if not applied.accepted:
            why = reasons(applied.refusals)
            return self._left(f"no edit of it could be made: {why}" if why else "the model leaves it as it is")
        return self._revised(applied)

    def _revised(self, applied: Applied) -> Draft:
        """Return the chapter with edits in it."""
        record, refused = self._page.record, applied.refusals
        if record is None:
            return Draft(None, "", whole=f"{self._page.header}{applied.text}")
        self._redraft.give_up()
        marks = [f"{counted(len(refused), 'edit')} refused: {reasons(refused)}"] if refused else []
        changed = len({edit.number for edit in applied.accepted})
        share = f"{changed} of {counted(len(paragraphs.split(self._editing.text)), 'paragraph')} changed"
        line = f"revised: {self._chapter.section.title}, {share}{noted(marks)}"
        front = {**self._chapter.front(), "words": count_words(applied.text)}
        return Draft(applied.text, line, front, fields=edited_fields(self._chapter, record, applied), exact=True)

    def _left(self, why: str) -> Draft:
        """Return that the chapter stays as it is, with the notes that it was asked for."""
        record = self._page.record
        if record is None:
            raise BookError(self.target.path, None, "it was changed while it was being revised. Run `doit` again.")
        return Draft(None, f"kept: {why}", fields={**record._asdict(), **self._asked})

    def take(self, applied: Applied) -> None:
        """Put a chapter with edits in it in place, and a lasting wish among its notes; what it was is in history.

        Raises BookError where the file was saved in the meantime.
        """
        files, notes_path = self.target.inputs.book.files, self._chapter.notes_path
        asked = files.read_text(notes_path)
        if self._wish.lasting:
            add(self._chapter, self._wish.text)  # where a command that was killed may have put it already
        asks = files.read_text(notes_path)
        try:
            finish(self, self._revised(applied), self.fields(), self._before)
        except BookError:  # nothing was done, so nothing is asked either
            if asks != asked:
                files.exchange(notes_path, asks, asked)
            raise

    @property
    def too_much(self) -> str:
        """What is said where more of the chapter would change than by edits."""
        if self._wish.words:
            return "more than 40 % of its paragraphs would change. Come to that length in two steps"
        return TOO_MUCH

    def leave(self, why: str) -> None:
        """Leave the chapter as it is, and do not ask for the same again: notes and findings count as told of."""
        if self._wish.marks and self._page.record is not None:
            finish(self, self._left(why), self.fields(), self._before)
        self.drop()

    def landed(self) -> None:
        """Keep the brief as it was sent, and forget what was answered."""
        self._redraft.landed()
        self.drop()

    def drop(self) -> None:
        """Forget what was answered: it was taken, or refused."""
        self.partial.drop()
        self.target.inputs.book.files.remove(self.target.inputs.book.retry(self.target.identity))

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        own = guesses.text(self._chapter)
        return guesses.prompt(self._chapter) + own, round(own * SHARE_CHANGED) + TOKENS_PER_EDIT


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

"""A chapter read by a judge: what it is shown, and which of its findings have their evidence in the book.

Knows no terminal, and not what becomes of a finding.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.book import paragraphs
from novelist.book.reviews import SEVERITIES, Entry
from novelist.drafting.drafting import Draft
from novelist.drafting.judging import (
    TEXT,
    TOKENS_PER_FINDING,
    WHOLE,
    Checked,
    Judging,
    one_line,
    severity_by,
    severity_of,
)
from novelist.drafting.prompts import told
from novelist.lint import baseline, pages
from novelist.lint.check import of_chapter
from novelist.lint.finding import CONTINUITY, RULES
from novelist.prose import edits, quotes
from novelist.targets.review import ReviewTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.lint.finding import Finding
    from novelist.model.request import Request

KINDS = ["contradiction", "view", "tense", "section", "other"]
HINT = (
    "<!-- Yours to edit: a finding that you delete or cross out (~~so~~) is not raised again; change it, add yours. "
    "`novelist revise {number}` has what is left of must and should mended. -->"
)


SHOWN_BEFORE, LONGEST_QUOTE = 30, 80  # characters of a line that lint's findings quote


class ReviewDrafting(Judging[ReviewTarget]):
    """How a chapter is reviewed."""

    back = "back: the review of the same text"
    called = "review"
    most = 7
    schema: ClassVar = {
        "severity": {"type": "string", "enum": list(SEVERITIES)},
        "kind": {"type": "string", "enum": KINDS},
        "p": WHOLE,
        **dict.fromkeys(("quote", "against", "what", "fix"), TEXT),
    }

    def __init__(self, session: Session, target: ReviewTarget) -> None:
        super().__init__(session, target)
        self._text = target.chapter.text()

    @property
    def what(self) -> str:
        """What is asked for."""
        return f"review of chapter {self.target.number}"

    @property
    def _title(self) -> str:
        return self.target.chapter.section.title

    @property
    def hint(self) -> str:
        """What a new file says to its author."""
        return HINT.format(number=self.target.number)

    @cached_property
    def _free(self) -> list[Entry]:
        chapter = self.target.chapter
        snapshot, page = self.session.snapshot, chapter.page()
        if page is None:
            return []
        book = pages.read(snapshot)
        findings = of_chapter(snapshot, book, pages.of_page(chapter.number, chapter.section, chapter.path, page))
        if chapter.typed:  # nobody has asked for a length but the import
            findings = [each for each in findings if each.rule != "length"]
        findings += self.session.contradictions.get(chapter.number, [])
        new, _ = baseline.split(findings, baseline.load(snapshot.book.root / baseline.NAME, {**RULES, **CONTINUITY}))
        entries = (self._of_check(each) if each.rule in CONTINUITY else self._of_lint(each) for each in new)
        return [entry for entry in entries if entry.mark not in self._raised]

    def _of_check(self, finding: Finding) -> Entry:
        """Return what contradicts something as a finding of a review, with both of its lines."""
        number = 0
        if (span := quotes.find(self._text, finding.quote)) is not None:
            number = self._number(span[0])
        lines = {one_line(finding.quote): "" if number else f"{finding.path}:{finding.line}"}
        if finding.against is not None:
            lines[one_line(finding.against.quote)] = f"{finding.against.path}:{finding.against.line}"
        what = one_line(f"{finding.message} (check: {finding.rule})")
        return Entry(severity_by(finding.sure), what, "", tuple(lines), tuple(lines.values()), number)

    def _of_lint(self, finding: Finding) -> Entry:
        """Return a finding of lint's as one of a review."""
        lines = self.target.chapter.written().header.count("\n")
        text = self._text.split("\n")
        at = finding.line - lines - 1
        line = text[at].strip() if finding.path == self.target.chapter.path and 0 <= at < len(text) else ""
        quote = (one_line(_around(line, finding.what)),) if line else ()
        number = self._number(sum(len(each) + 1 for each in text[:at])) if line else 0
        what = one_line(f"{finding.message} (lint: {finding.rule})")
        return Entry(severity_by(finding.sure), what, quotes=quote, number=number)

    def _number(self, at: int) -> int:
        """Return the number of the paragraph of the chapter in which a character stands."""
        return max(
            (number for number, each in enumerate(paragraphs.split(self._text), 1) if each.start <= at), default=1
        )

    def _request(self, refused: Sequence[str]) -> Request:
        chapter = self.target.chapter
        known = [*self._there, *self._free]
        return self.session.request(
            f"review:{self.target.number}",
            self.session.profile.tokens(0) + self.most * TOKENS_PER_FINDING,
            story=told(chapter.story()),
            standing=self.session.remembered.before(chapter.number),
            part=chapter.part_text,
            number=chapter.number,
            title=chapter.section.title,
            section=chapter.section.text or chapter.section.title,
            chapter=edits.numbered(self._text, frozenset()),
            notes=chapter.notes,
            known=[line for each in known for line in each.lines()],
            most=self.most,
            refused=refused,
        )

    def _checked(self, answer: Sequence[Mapping[str, Any]]) -> Checked:
        entries: list[Entry] = []
        covers: list[str] = []
        untrue: list[str] = []
        for each in answer:
            quote, against = one_line(each.get("quote")), one_line(each.get("against"))
            span = quotes.find(self._text, quote)
            place = self._place(against, span) if against else None
            if span is None or (against and place is None) or (each.get("kind") == "contradiction" and not against):
                untrue.append(quote if span is None else against or f"{quote} (and what it contradicts)")
                continue
            texts: tuple[str, ...] = (quote,)
            where: tuple[str, ...] = ("",)
            if place is not None:
                texts, where = (quote, against), ("", place[0])
                covers += [place[1]] if place[1] else []
            severity = severity_of(each.get("severity"))
            what, fix = one_line(each.get("what")) or "It is not as it should be.", one_line(each.get("fix"))
            entries.append(Entry(severity, what, fix, texts, where, self._number(span[0])))
        entries = sorted(entries, key=lambda entry: SEVERITIES.index(entry.severity))[: self.most]
        return Checked(entries, list(dict.fromkeys(covers)), untrue)

    def _place(self, quote: str, own: tuple[int, int] | None) -> tuple[str, str] | None:
        """Return where a quote stands in what the chapter is held against, and whose summary that is; else None.

        In the chapter itself it stands elsewhere than the `own` place of what it contradicts.
        """
        files, chapter = self.target.inputs.book.files, self.target.chapter
        for path, identity in self._against():
            text = files.read_text(path) or ""
            span = quotes.find(text, quote)
            if span is not None and path == chapter.path and own is not None:
                above = len(text) - len(self._text)
                overlaps = span[0] - above < own[1] and own[0] < span[1] - above
                span = None if overlaps else span
            if span is not None:
                return f"{path}:{text.count(chr(10), 0, span[0]) + 1}", identity
        return None

    def _against(self) -> Iterator[tuple[Path, str]]:
        """Yield the files that the chapter is held against, and the identity of the chapter whose summary one is."""
        snapshot, number = self.session.snapshot, self.target.number
        book = snapshot.book
        yield self.target.chapter.path, ""
        for path in (book.outline, book.bible, book.style, self.target.chapter.notes_path):
            yield path, ""
        for each in reversed(snapshot.chapters[: number - 1]):
            yield snapshot.summary(each.number).path, each.identity
            yield each.path, ""
        for target in self.target.chapter.context():
            yield target.path, ""

    def _judged(self, checked: Checked) -> Draft:
        new = self._new(checked)
        covers = list(dict.fromkeys([*(self._record.covers if self._record else ()), *checked.covers]))
        fields = self.target.fields()
        quoted = {"quoted": self.target.quoted(covers)} if covers else {}
        brief = {**fields["brief"], **quoted}
        fields |= {"brief": brief, "covers": tuple(covers), "raised": self._raised_with(new)}
        line = f"reviewed: {self._counts(new)}{checked.left_out}. It is all in {self.target.destination}"
        return Draft(self._with(new), line, fields=fields, exact=self._record is not None)

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        chapter = self.target.chapter
        return guesses.prompt(chapter) + guesses.text(chapter), guesses.rates.text("review", self.most * 40)


def _around(line: str, what: str) -> str:
    """Return a piece of a line that has the words that a finding is of; its beginning where it has them nowhere."""
    at = max(line.find(what.strip("… ")), 0)
    start = line.rfind(" ", 0, max(at - SHOWN_BEFORE, 0)) + 1
    if len(line) - start <= LONGEST_QUOTE:
        return line[start:]
    piece = line[start : start + LONGEST_QUOTE]
    return piece.rpartition(" ")[0] or piece

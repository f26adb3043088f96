"""A chapter read by a judge: what it is shown, and which of its findings have their evidence in the book.

What can be found without a model goes in first. Knows no terminal, and not what becomes of a finding.
"""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from novelist.book import paragraphs, reviews
from novelist.book.reviews import SEVERITIES, Entry, Severity
from novelist.drafting.answers import all_objects
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.editing import NOTHING
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning
from novelist.drafting.prompts import told
from novelist.errors import Unusable
from novelist.lint import baseline, pages
from novelist.lint.check import of_chapter
from novelist.prose import edits, quotes
from novelist.targets.review import ReviewTarget
from novelist.text import counted, digest, normalise, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.lint.finding import Finding
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

MOST_FINDINGS = 7
MOST_DROPPED = 0.5  # of an answer's findings, before it is asked for once more
TOKENS_PER_FINDING = 120
LONGEST = 400  # characters of what a finding says
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
SEVERITY = {"sure": "must", "likely": "should", "maybe": "may"}  # of what lint says
KINDS = ["contradiction", "view", "tense", "section", "other"]
HINT = (
    "<!-- Yours to edit: a finding that you delete or cross out (~~so~~) is not raised again; change it, add yours. "
    "`novelist revise {number}` has what is left of must and should mended. -->"
)


class Checked(NamedTuple):
    """What an answer comes to: findings whose quotes are true, the chapters whose summaries they quote; others."""

    entries: list[Entry]
    covers: list[str]
    untrue: list[str]  # quotes


class ReviewDrafting(Drafting[ReviewTarget]):
    """How a chapter is reviewed. What its author has in the file stays; findings are added at its end."""

    edits = True
    back = "back: the review of the same text"

    def __init__(self, session: Session, target: ReviewTarget) -> None:
        super().__init__(session, target)
        self._page = target.page()
        self._body = self._page.body if self._page is not None else ""
        self._record = self._page.record if self._page is not None else None
        self._text = target.chapter.text()
        self._there = reviews.read(self._body)

    @property
    def able(self) -> bool:
        """Whether the model can judge anything: no rehearsal can."""
        return not self.session.profile.repaired

    def stamp(self) -> dict[str, Any]:
        """Return the digest of what the judge is shown."""
        return {"told": digest(self.request(None).user)}

    @cached_property
    def _free(self) -> list[Entry]:
        """What is found without a model, and was not raised before."""
        chapter = self.target.chapter
        snapshot, page = self.session.snapshot, chapter.page()
        if page is None:
            return []
        book = pages.read(snapshot)
        findings = of_chapter(snapshot, book, pages.of_page(chapter.number, chapter.section, chapter.path, page))
        new, _ = baseline.split(findings, baseline.load(snapshot.book.root / baseline.NAME))
        return [entry for each in new if (entry := self._of_lint(each)).mark not in self._raised]

    def _of_lint(self, finding: Finding) -> Entry:
        """Return a finding of lint's as one of a review."""
        lines = self.target.chapter.written().header.count("\n")
        text = self._text.split("\n")
        at = finding.line - lines - 1
        line = text[at].strip() if finding.path == self.target.chapter.path and 0 <= at < len(text) else ""
        quote = (_line(line[:80].rpartition(" ")[0] if len(line) > 80 else line),) if line else ()
        severity = next(each for each in SEVERITIES if SEVERITY[finding.sure] == each)
        number = self._number(sum(len(each) + 1 for each in text[:at])) if line else 0
        return Entry(severity, _line(f"{finding.message} (lint: {finding.rule})"), quotes=quote, number=number)

    @cached_property
    def _raised(self) -> frozenset[str]:
        """The marks of all findings that the file ever had."""
        before = self._record.raised.split() if self._record is not None else []
        return frozenset([*before, *(each.mark for each in self._there)])

    def _number(self, at: int) -> int:
        """Return the number of the paragraph of the chapter in which a character stands."""
        return max(
            (number for number, each in enumerate(paragraphs.split(self._text), 1) if each.start <= at), default=1
        )

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - what is there is read from the file
        """Return what the judge is shown."""
        return self._request(())

    def _request(self, refused: Sequence[str]) -> Request:
        chapter = self.target.chapter
        known = [*self._there, *self._free]
        return self.session.request(
            f"review:{self.target.number}",
            self.session.profile.tokens(0) + MOST_FINDINGS * TOKENS_PER_FINDING,
            story=told(chapter.story()),
            standing=self.session.remembered.before(chapter.number),
            part=chapter.part_text,
            number=chapter.number,
            title=chapter.section.title,
            section=chapter.section.text or chapter.section.title,
            chapter=edits.numbered(self._text, frozenset()),
            notes=chapter.notes,
            known=[line for each in known for line in each.lines()],
            most=MOST_FINDINGS,
            refused=refused,
        )

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as above
        """Ask the judge. Raises WriterError, also where most of its quotes stay untrue."""
        self.session.show.begin(self.target.name, self.target.chapter.section.title)
        checked = self._checked(self._answered(self._request(()), self.partial))
        if self._is_untrue(checked):
            request = self._request(checked.untrue)
            retry = Partial(self.target.inputs.book.retry(self.target.identity), {"told": digest(request.user)})
            checked = self._checked(self._answered(request, retry))
        if self._is_untrue(checked):
            share = f"{len(checked.untrue)} of {len(checked.untrue) + len(checked.entries)}"
            remedy = f"Run `doit {self.target.name}` again, or name another judge: KIMI_MODEL_REVIEW in .env."
            self.give_up()
            self.landed()
            message = f"the review is not taken: of its quotes {share} cannot be found, word for word. {remedy}"
            raise Unusable(message, why="A finding that nobody can check is none.")
        return self._draft(checked)

    @staticmethod
    def _is_untrue(checked: Checked) -> bool:
        return len(checked.untrue) > MOST_DROPPED * (len(checked.untrue) + len(checked.entries))

    def _answered(self, request: Request, partial: Partial) -> list[Mapping[str, Any]]:
        form: Form[list[Mapping[str, Any]]] = Form(
            _schema(), _findings, _listed, problems=lambda _: [], repair=lambda answer: (answer, [])
        )
        what = f"review of chapter {self.target.number}"
        command = f"doit {self.target.name}"
        return Planning(self.session, what, self.target.identity, form, partial, command).plan(
            request, partial.found()[0]
        )

    def _checked(self, answer: Sequence[Mapping[str, Any]]) -> Checked:
        """Return the findings of an answer whose quotes are in the book, the worst first."""
        entries: list[Entry] = []
        covers: list[str] = []
        untrue: list[str] = []
        for each in answer:
            quote, against = _line(each.get("quote")), _line(each.get("against"))
            span = quotes.find(self._text, quote)
            place = self._place(against) if against else None
            if span is None or (against and place is None) or (each.get("kind") == "contradiction" and not against):
                untrue.append(quote if span is None else against or f"{quote} (and what it contradicts)")
                continue
            texts: tuple[str, ...] = (quote,)
            where: tuple[str, ...] = ("",)
            if place is not None:
                texts, where = (quote, against), ("", place[0])
                covers += [place[1]] if place[1] else []
            severity: Severity = next((one for one in SEVERITIES if one == each.get("severity")), "should")
            what, fix = _line(each.get("what")) or "It is not as it should be.", _line(each.get("fix"))
            entries.append(Entry(severity, what, fix, texts, where, self._number(span[0])))
        entries = sorted(entries, key=lambda entry: SEVERITIES.index(entry.severity))[:MOST_FINDINGS]
        return Checked(entries, list(dict.fromkeys(covers)), untrue)

    def _place(self, quote: str) -> tuple[str, str] | None:
        """Return where a quote stands in what the chapter is held against, and whose summary that is; else None."""
        for path, identity in self._against():
            text = self.target.inputs.book.files.read_text(path) or ""
            if (span := quotes.find(text, quote)) is not None:
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

    def _draft(self, checked: Checked) -> Draft:
        """Return the file with the new findings at its end."""
        new = [each for each in checked.entries if each.mark not in self._raised]
        raised = [*sorted(self._raised), *(each.mark for each in (*self._free, *new))]
        covers = list(dict.fromkeys([*(self._record.covers if self._record else ()), *checked.covers]))
        fields = self.target.fields()
        quoted = {"quoted": self.target.quoted(covers)} if covers else {}
        fields |= {"brief": {**fields["brief"], **quoted}, "covers": tuple(covers), "raised": " ".join(raised)}
        every = [*self._free, *new]
        counts = [f"{count} {one}" for one in SEVERITIES if (count := sum(each.severity == one for each in every))]
        left = f"; {counted(len(checked.untrue), 'finding')} left out, whose quotes are not in the text"
        line = f"reviewed: {', '.join(counts) or 'nothing new'}{left if checked.untrue else ''}"
        return Draft(self._with(new), line, fields=fields, exact=self._record is not None)

    def _with(self, new: Sequence[Entry]) -> str:
        """Return the text of the file with findings behind what is there."""
        chapter, day = self.target.chapter, f"{datetime.now(timezone.utc):%Y-%m-%d}"
        model = self.session.client_for(self.target.name).model
        blocks = [self._body.strip("\n")] if self._body.strip() else [HINT.format(number=chapter.number)]
        for by, entries in (("found without a model", self._free), (f"found by {model}", new)):
            if entries:
                lines = [line for each in entries for line in each.lines()]
                blocks.append("\n".join([f"## {day}, {by}", "", *lines]))
        if not self._body.strip() and len(blocks) == 1:
            blocks.append(f"## {day}, by {model}: nothing found")
        begin = "\n" if self._record is not None else ""
        return f"{begin}{chr(10).join([chr(10).join([block, '']) for block in blocks])}"

    def landed(self) -> None:
        """Forget what was answered: it is in the file, or of no use."""
        self.partial.drop()
        self.target.inputs.book.files.remove(self.target.inputs.book.retry(self.target.identity))

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        chapter = self.target.chapter
        return guesses.prompt(chapter) + guesses.text(chapter), guesses.rates.text("review", MOST_FINDINGS * 40)


def _schema() -> dict[str, Any]:
    finding = {
        "severity": {"type": "string", "enum": list(SEVERITIES)},
        "kind": {"type": "string", "enum": KINDS},
        "p": WHOLE,
        **dict.fromkeys(("quote", "against", "what", "fix"), TEXT),
    }
    entry = {"type": "object", "properties": finding, "required": list(finding), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"findings": {"type": "array", "items": entry, "maxItems": MOST_FINDINGS}},
        "required": ["findings"],
        "additionalProperties": False,
    }


def _findings(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the findings in an answer. Raises ValueError where it has no list of them."""
    found = answer.get("findings")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        message = '"findings" is not a list of findings'
        raise ValueError(message)
    return found


def _listed(text: str) -> dict[str, Any]:
    """Return what an answer is that is a list and no object."""
    entries = [each for each in all_objects(text) if "quote" in each]
    if not entries and not NOTHING.search(text):
        message = "it has no findings, and no empty list of them"
        raise ValueError(message)
    return {"findings": entries}


def _line(text: object) -> str:
    """Return what a model says as one line that is safe in a list."""
    line = " ".join(printable(normalise(text)).split()) if isinstance(text, str) else ""
    return line.replace("~~", "").replace("<!--", "")[:LONGEST]

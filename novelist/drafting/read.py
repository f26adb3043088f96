"""The whole book read by a judge: how much of it is shown, and which findings and proposals have their evidence in it.

All texts are shown where they take at most half of the judge's context, since much of what stands in a full one is
overlooked; else what the summaries say, and how each chapter begins and ends. No summary is drafted for it. Knows no
terminal, and not what becomes of a finding.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from novelist.book import conflict
from novelist.book.headings import inert
from novelist.book.proposals import Proposal
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
from novelist.drafting.prompts import contents
from novelist.errors import BookError
from novelist.language.lengths import length
from novelist.lint import across, baseline, pages
from novelist.lint.finding import RULES
from novelist.prose import gates, quotes
from novelist.prose.edges import edges, passages
from novelist.prose.sentences import whole_sentences
from novelist.prose.standing import Standing
from novelist.targets.naming import ranges
from novelist.targets.read import ReadTarget
from novelist.text import counted, normalise, printable
from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.lint.finding import Finding
    from novelist.model.request import Request
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target

LEAST_CONTEXT = 32_000  # tokens, which is assumed where neither the server nor its maker has told more or less
SHARE_READ = 0.5  # of a context that the book may take
MOST_SUMMED = 200_000  # characters of all summaries that do not fit otherwise
LONGEST_SECTION = 4_000  # characters
TOKENS_PER_PROPOSAL = 250
HINT = (
    "<!-- Yours to edit: a finding that you delete or cross out (~~so~~) is not raised again; change it, add yours. "
    "What one proposes is a section of outline.md as it might be: `novelist apply` shows it and takes it. -->"
)


class Shown(NamedTuple):
    """A chapter as the judge is shown it; `text` is all of it, or its summary, or nothing where it has none."""

    number: int
    title: str
    length: str
    text: str
    begins: str = ""
    ends: str = ""


class Page(NamedTuple):
    """A file that is quoted: its text, and the lines above that."""

    path: Path
    above: int
    text: str


class ReadDrafting(Judging[ReadTarget]):
    """How the whole book is read."""

    back = "back: the reading of the same book"
    called = "reading"
    what = "reading of the book"
    hint = HINT
    most = 9
    schema: ClassVar = {
        "severity": {"type": "string", "enum": list(SEVERITIES)},
        "chapters": {"type": "array", "items": WHOLE},
        **dict.fromkeys(("quote", "against", "what", "fix"), TEXT),
        "section": WHOLE,
        "text": TEXT,
    }

    def __init__(self, session: Session, target: ReadTarget) -> None:
        """Raise BookError where there is nothing to read."""
        super().__init__(session, target)
        self._snapshot = session.snapshot
        if not self._snapshot.written:
            message = "there is no chapter to read yet. Run `doit` to have them drafted."
            raise BookError(self._snapshot.book.chapters, None, message)

    @cached_property
    def _free(self) -> list[Entry]:
        entries = [*self._alike(), *(self._threads() if self._is_finished else ())]
        return [each for each in entries if each.mark not in self._raised]

    def _alike(self) -> Iterable[Entry]:
        """Yield what lint finds of chapters that begin or end alike, but for what the author has accepted."""
        chapters = pages.read(self._snapshot).with_prose
        if len(chapters) < across.FEWEST_CHAPTERS:
            return
        findings = [*across.openings(chapters), *across.endings(chapters)]
        new, _ = baseline.split(findings, baseline.load(self._snapshot.book.root / baseline.NAME, RULES))
        shown = edges({chapter.number: chapter.text for chapter in chapters})
        numbers = {chapter.path: chapter.number for chapter in chapters}
        for each in new:
            yield self._of_lint(each, getattr(shown[numbers[each.path]], each.rule))

    @staticmethod
    def _of_lint(finding: Finding, quote: str) -> Entry:
        what, place = one_line(f"{finding.message} (lint: {finding.rule})"), f"{finding.path}:{finding.line}"
        return Entry(severity_by(finding.sure), what, quotes=(one_line(quote),), where=(place,))

    def _threads(self) -> Iterable[Entry]:
        """Yield a finding for each thread that is open when all has been told."""
        for name, line in self._standing.threads():
            quote, where = next(
                (
                    (one_line(own), f"{page.path}:{page.above + at}")
                    for chapter in self._snapshot.written
                    for page in self._pages(chapter)[:1]
                    for at, own in enumerate(page.text.split("\n"), 1)
                    if name in own
                ),
                ("", ""),
            )
            what = one_line(f"A thread is open at the end: {line.removeprefix('- ')}")
            yield Entry("should", what, quotes=(quote,) if quote else (), where=(where,) if quote else ())

    @property
    def _is_finished(self) -> bool:
        """Whether all chapters are there and summed up: what is open then stays so."""
        return len(self._snapshot.written) == self._snapshot.count and not self.target.unsummed

    @cached_property
    def _standing(self) -> Standing:
        """How things stand behind the last chapter."""
        snapshot = self._snapshot
        aliases = snapshot.bible.aliases() if snapshot.book.bible.is_file() else None
        standing = Standing(snapshot.premise.language, aliases)
        for chapter in snapshot.written:
            standing.add(snapshot.summary(chapter.number).text())
        return standing

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the judge is shown all that there is of the book."""
        return sum(chapter.info.tokens for chapter in self._snapshot.written if chapter.info is not None) <= self._room

    @cached_property
    def _room(self) -> int:
        """The tokens that chapters may take."""
        context = self.session.client_for(self.target.name).context or LEAST_CONTEXT
        outline = "\n".join(section.text for section in self._snapshot.outline.sections)
        return round(SHARE_READ * context) - count_tokens(f"{self._bible}{outline}")

    @property
    def _bible(self) -> str:
        return self._snapshot.bible.text if self._snapshot.book.bible.is_file() else ""

    @cached_property
    def _shown(self) -> list[Shown]:
        chapters = self._snapshot.written
        if self._is_whole:
            return [self._chapter(chapter, normalise(chapter.text())) for chapter in chapters]
        summed = [self._summed(chapter) for chapter in chapters]
        if sum(count_tokens(f"{each.text}{each.begins}{each.ends}") for each in summed) <= self._room:
            return summed
        short = edges({chapter.number: chapter.text() for chapter in chapters})
        most = MOST_SUMMED // len(chapters)
        return [
            each._replace(
                text=each.text if len(each.text) <= most else whole_sentences(each.text[:most]),
                begins=short[each.number].opening if each.number in short else "",
                ends=short[each.number].ending if each.number in short else "",
            )
            for each in summed
        ]

    def _chapter(self, chapter: ChapterTarget, text: str) -> Shown:
        words = chapter.info.words if chapter.info is not None else 0
        return Shown(chapter.number, chapter.section.title, length(words, self._snapshot.premise.language), text)

    def _summed(self, chapter: ChapterTarget) -> Shown:
        """Return a chapter by its summary, if it has one, and by how it begins and ends."""
        summary, ends = normalise(self._snapshot.summary(chapter.number).text()), passages(chapter.text())
        shown = self._chapter(chapter, summary)
        return shown if ends is None else shown._replace(begins=ends.opening, ends=ends.ending)

    def _request(self, refused: Sequence[str]) -> Request:
        outline, count = self._snapshot.outline, self._snapshot.count
        missing = [chapter.number for chapter in self._snapshot.chapters if chapter.info is None]
        known = [*self._there, *self._free]
        return self.session.request(
            "read",
            self.session.profile.tokens(0) + self.most * (TOKENS_PER_FINDING + TOKENS_PER_PROPOSAL),
            thinking=True,
            bible=self._bible,
            outline=outline,
            contents=contents(outline, range(1, count + 1)),
            chapters=self._shown,
            whole=self._is_whole,
            missing=", ".join(ranges(missing)),
            threads=[] if self._is_finished else [line for _, line in self._standing.threads()],
            known=[line for each in known for line in each.lines()],
            most=self.most,
            refused=refused,
        )

    def _checked(self, answer: Sequence[Mapping[str, Any]]) -> Checked:
        entries: list[Entry] = []
        untrue: list[str] = []
        for each in answer:
            numbers = self._numbers(each.get("chapters"))
            texts = [text for text in (one_line(each.get("quote")), one_line(each.get("against"))) if text]
            where = [self._place(text, numbers) for text in texts]
            if not texts or not all(where):
                untrue.append(next((text for text, place in zip(texts, where, strict=True) if not place), "(no quote)"))
                continue
            about = (
                f"{'Chapter' if len(numbers) == 1 else 'Chapters'} {', '.join(map(str, numbers))}: " if numbers else ""
            )
            what = f"{about}{one_line(each.get('what')) or 'It is not as it should be.'}"
            entry = Entry(
                severity_of(each.get("severity")), what, one_line(each.get("fix")), tuple(texts), tuple(where)
            )
            entries.append(entry._replace(proposal=self._proposal(each)))
        entries = sorted(entries, key=lambda entry: SEVERITIES.index(entry.severity))[: self.most]
        return Checked(entries, [], untrue)

    def _numbers(self, answer: object) -> list[int]:
        """Return the numbers of chapters in an answer, each once."""
        listed = answer if isinstance(answer, list) else [answer]
        numbers = (_whole(each) for each in listed)
        return list(dict.fromkeys(number for number in numbers if 1 <= number <= self._snapshot.count))

    def _place(self, quote: str, near: Sequence[int]) -> str:
        """Return where a quote stands, looked for in the chapters that it is `near` first; empty where nowhere."""
        first = [self._snapshot.chapter(number) for number in near]
        for chapter in [*first, *(each for each in self._snapshot.chapters if each.number not in near)]:
            for page in self._pages(chapter):
                if (span := quotes.find(page.text, quote)) is not None:
                    return f"{page.path}:{page.above + page.text.count(chr(10), 0, span[0]) + 1}"
        return ""

    def _pages(self, chapter: ChapterTarget) -> list[Page]:
        """Return the summary of a chapter and itself, as far as they are there."""
        targets: list[Target] = [self._snapshot.summary(chapter.number), chapter]
        read = ((target.path, target.page()) for target in targets if target.info is not None)
        return [Page(path, page.header.count("\n"), page.body) for path, page in read if page is not None]

    def _proposal(self, answer: Mapping[str, Any]) -> Proposal | None:
        """Return what a finding proposes; None where that is nothing, or no section of this outline can be so."""
        number, text = _whole(answer.get("section")), answer.get("text")
        if not 1 <= number <= self._snapshot.count or not isinstance(text, str):
            return None
        section, language = self._snapshot.outline.sections[number - 1], self._snapshot.premise.language
        now = normalise(inert(conflict.without_marks(printable(normalise(text)).replace("<!--", ""))))
        if not now.strip() or len(now) > LONGEST_SECTION or now.split() == section.text.split():
            return None
        if gates.foreign(now, language) or gates.in_another_language(now, language):
            return None
        return Proposal(number, now, section.id)

    def _judged(self, checked: Checked) -> Draft:
        new = self._new(checked)
        marks = [*(self._record.told.split() if self._record is not None else ()), *map(self.target.marked, new)]
        fields = {"raised": self._raised_with(new), "told": " ".join(dict.fromkeys(filter(None, marks)))}
        how = "read whole" if self._is_whole else "read by its summaries"
        lacking = [] if self._is_whole else [chapter.number for chapter in self.target.unsummed]
        edges_only = f"; {counted(len(lacking), 'chapter')} only by how they begin and end, without a summary"
        without = f"{edges_only}: `doit summary` has them summed up"
        proposed = sum(each.proposal is not None for each in new)
        takes = (
            f"; {counted(proposed, 'proposal')}: `novelist apply` shows what the outline would say" if proposed else ""
        )
        line = f"{how}: {self._counts(new)}{checked.left_out}{without if lacking else ''}{takes}"
        return Draft(self._with(new), line, fields=fields, exact=self._record is not None)

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return count_tokens(self.request(None).sent), guesses.rates.text("read", self.most * 60)


def _whole(answer: object) -> int:
    """Return a whole number that a model answers, 0 where it is none."""
    try:
        return int(str(answer).strip())
    except ValueError:
        return 0

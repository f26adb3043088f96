"""A chapter from a model: what it is told, and how its answer becomes prose."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.book import frontmatter, history, notes, paragraphs
from novelist.book.paths import KEYS
from novelist.drafting import assignment
from novelist.drafting.assignment import Assignment
from novelist.drafting.attempts import Attempts, no_prose, noted
from novelist.drafting.completion import Completion
from novelist.drafting.criteria import Criteria
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.lengthening import lengthened
from novelist.drafting.prompts import told
from novelist.language.lengths import length, unit
from novelist.prose import edges, gates, markup
from novelist.prose.cleaning import taken_off
from novelist.prose.tense import tense
from novelist.targets.chapter import ChapterTarget
from novelist.targets.digests import story_digest, told_marks
from novelist.text import counted, digest, normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from novelist.book.premise import Span
    from novelist.drafting.attempts import Flaw
    from novelist.drafting.guesses import Guesses
    from novelist.drafting.partial import Begun
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.brief import Brief
    from novelist.targets.summary import SummaryTarget
    from novelist.targets.verdict import Verdict


class ChapterDrafting(Drafting[ChapterTarget]):
    """How a chapter is drafted; its brief is as it was when its turn came.

    What of the text that is there is still right is taken over, unless `takes_over` is false; a `wish` is what is asked
    of this draft beside its notes.
    """

    takes_over: ClassVar[bool] = True
    wish = ""

    def __init__(self, session: Session, target: ChapterTarget) -> None:
        super().__init__(session, target)
        self._asked: Request
        self._answer: Begun
        self._first: Request | None = None

    @property
    def _summary(self) -> SummaryTarget:
        return self.session.snapshot.summary(self.target.number)

    @cached_property
    def brief(self) -> Brief:
        """What the chapter must honour."""
        return self.target.brief()

    @cached_property
    def _previous(self) -> str:
        """The chapter before it, empty where there is none."""
        number, snapshot = self.target.number, self.session.snapshot
        return normalise(snapshot.text(snapshot.chapter(number - 1))) if number > 1 else ""

    @cached_property
    def reads_previous(self) -> bool:
        """Whether it is sent the whole chapter before it, and so not told what its summary tells.

        A template of the book's own may show less, so it is given both.
        """
        profile = self.session.profile
        fits = 0 < len(self._previous) <= profile.previous
        return fits and profile.tells and "chapter.md.j2" not in self.session.prompts.own

    @property
    def _story_told(self) -> Sequence[str]:
        """The story so far as it is told: up to the chapter that is sent whole, or else up to this one."""
        # What the call for the summary of the chapter before is told, so that a server can reuse that prompt up to the
        # end of the chapter in it; and so a draft that is begun beside that call is told what it would be told later.
        return self.brief.story[:-1] if self.reads_previous else self.brief.story

    @property
    def _remark(self) -> str:
        """What an author has said in the summary of a chapter that is sent whole; empty where that is the model's."""
        if not self.reads_previous:
            return ""
        summary = self.session.snapshot.summary(self.target.number - 1)
        info = summary.info
        return normalise(summary.text()) if info is not None and (info.record is None or info.edited) else ""

    @cached_property
    def _notes(self) -> list[str]:
        """What its author has asked of it, and asks of this draft."""
        asked = self.target.notes
        return asked if self.wish in ("", *asked) else [*asked, self.wish]

    def fields(self) -> dict[str, Any]:
        """Return its brief, as digests, the first chapter that it is told singly, and the marks of what it is told."""
        marks, asked = told_marks(map(digest, self.brief.story)), " ".join(notes.marks(self._notes))
        return {"brief": self.brief.digests(), "singles": self.target.border, "told": marks, "asked": asked}

    def marks(self, body: str) -> dict[str, str]:
        """Return the marks of its paragraphs, all of which a model wrote."""
        return {"drafted": paragraphs.marks(body)}

    def stamp(self) -> dict[str, Any]:
        """Return its brief's digests, and whether it is to fit its summary.

        Where it reads the chapter before it, that counts in place of what its summary tells.
        """
        stamp = {**self.brief.digests(), "fits": self._summary.fitted()}
        if self._notes:
            stamp["notes"] = notes.marks(self._notes)
        if self.reads_previous:
            stamp |= {
                "story": story_digest(map(digest, self._story_told)),
                "previous": digest(self._previous),
                "remark": digest(self._remark),
            }
        return stamp

    def take_summary(self) -> None:
        """Have the summary of the chapter before it in its brief as it is now: it came while this one was drafted."""
        summary = self.session.snapshot.summary(self.target.number - 1)
        self.brief = replace(self.brief, story=[*self.brief.story[:-1], self.session.snapshot.text(summary)])

    def back_line(self) -> str:
        """Return what is said where an earlier draft takes its place."""
        return f"back: {self.target.section.title}, as it was drafted from the same outline, bible and story"

    def request(self, before: str | None) -> Request:
        """Return what the model is told."""
        return self._request(self._assignment(before))

    def bare_request(self) -> Request:
        """Return nearly what the model is told, for who only counts it: without what many chapters are read for."""
        return self._request(Assignment(unit(self.brief.language)))

    @cached_property
    def _standing(self) -> list[str]:
        """How things stand, as it is told."""
        return self.session.remembered.before(self.target.number - self.reads_previous)

    def _assignment(self, before: str | None) -> Assignment:
        """Return what the task says beside the section, where `before` is the text of the file as it is."""
        number, brief, session = self.target.number, self.brief, self.session
        chapter = session.snapshot.chapter
        of_section = assignment.of_section(brief.section, brief.language, number, self._standing)
        nearest = range(max(1, number - assignment.NEAREST_EDGES), number)
        texts = {each: normalise(chapter(each).text()) for each in nearest}
        plan = "\n".join([session.snapshot.bible.text, *self._standing])
        names = [name for each in session.snapshot.bible.names for name in each]
        old = normalise(frontmatter.parse(before, KEYS).body) if before is not None else ""
        # Who has released a chapter wants another one; and one in another language is no use.
        foreign = gates.foreign(old, brief.language) or gates.in_another_language(old, brief.language)
        another = not self.takes_over or self.target.verdict().released
        sent = len(old) <= session.profile.previous and not (foreign or another)
        return replace(
            of_section,
            edges=edges.edges(texts),
            tense="" if brief.style else tense("\n\n".join(texts.values()), brief.language),
            worn=session.worn_before(self.target, names, brief.section, plan),
            old=edges.passages(old),
            former=old if sent else "",
            following=self._following,
        )

    @property
    def _following(self) -> str:
        """How the chapter behind it begins, where that is there and stays."""
        if self.target.number == self.session.snapshot.count:
            return ""
        after = self.session.snapshot.chapter(self.target.number + 1)
        if after.info is None or after.verdict().drafts:
            return ""
        passages = edges.passages(normalise(after.text()))
        return passages.opening if passages else ""

    def _request(self, given: Assignment) -> Request:
        target, brief, snapshot = self.target, self.brief, self.session.snapshot
        summary, most, own = self._summary, self.session.profile.previous, self.session.prompts.own
        before_it = snapshot.chapter(target.number - 1) if target.number > 1 else None
        return self.session.request(
            f"chapter:{target.number}",
            self.session.profile.tokens(brief.words.high),
            story=told(self._story_told),
            previous=_end(self._previous, most),
            previous_title=before_it.section.title if before_it else "",
            cut=len(self._previous) > most,
            remark=self._remark,
            standing=self._standing,
            part=brief.part,
            entities=[entity.text for entity in brief.entities],
            names=[entity.heading for entity in brief.entities],
            bible_shown="book.md.j2" not in own,
            old=normalise(snapshot.text(summary)),
            fits=summary.fitted(),
            number=target.number,
            title=target.section.title,
            section=target.section.text or target.section.title,
            words=brief.words,
            notes=self._notes,
            wish=self.wish,
            assignment=given,
        )

    @cached_property
    def criteria(self) -> Criteria:
        """What it is held against."""
        section, brief, session = self.target.section, self.brief, self.session
        return Criteria(
            section.title,
            section.text,
            brief.words,
            brief.language,
            session.grams_before(self.target),
            rehearsed=session.profile.repaired,
        )

    def prepare(self, before: str | None) -> Request:
        """Read everything that it is drafted from, and return its request: nothing of the book is read after that."""
        if self._first is None:
            self._first = replace(self.request(before), attempt=self.earlier)
            self.criteria, self.partial  # noqa: B018 - read now
        return self._first

    @property
    def earlier(self) -> int:
        """How many texts of it there were: a model with a seed is not to write again what was just deleted."""
        return len(history.entries(self.target.inputs.book, self.target.identity))

    def exhausted(self, flaw: Flaw, refused: Mapping[Path, int]) -> str:
        """Say that no answer could be taken. Raises Unusable."""
        return no_prose(flaw, refused)

    def draft(self, before: str | None, verdict: Verdict) -> Draft:
        """Ask for the chapter, going on with what there is of it."""
        target, section = self.target, self.target.section
        request = self.prepare(before)
        self.session.show.begin(request.task, section.title, self.brief.words, unit(self.brief.language))
        prose, remarks = self._prose(request, self.criteria)
        words = count_words(prose)
        how = "drafted" if verdict.state == "missing" else f"drafted again ({verdict.reason})"
        remarks = [*remarks, *_off_length(words, self.brief.words)]
        line = f"{how}: {section.title}, {length(words, self.brief.language)}{noted(remarks)}"
        return Draft(prose, line, {**target.front(), "words": words})

    def landed(self) -> None:
        """Keep the brief as it was sent, for `novelist why`."""
        self.target.inputs.book.files.replace(
            self.target.inputs.book.brief_as_sent(self.target.identity, self.brief.digests()), self.brief.show()
        )

    def _prose(self, request: Request, criteria: Criteria) -> tuple[str, list[str]]:
        """Return prose that passed every gate, and what had to be done to it.

        What is in the partial file is gone on with. Raises WriterError.
        """
        completion = Completion(self.session, criteria.words, self.partial)

        def ask(request: Request, begun: Begun) -> Begun:
            self._asked = request
            self._answer = completion.whole(request, begun)
            return self._answer

        attempts = Attempts(
            self.session,
            self.target.identity,
            self.session.profile.attempts,
            ask,
            criteria,
            refused=lambda flaw, where: f"{request.task}: an answer is not taken: {flaw.reason}.{where}",
            exhausted=self.exhausted,
            partial=self.partial,
        )
        with self.resumable():
            accepted = attempts.accepted(request, self.begun())
            self._keep_whole(completion, accepted)
            prose = lengthened(completion, criteria, self._asked, self.target.identity, accepted)
        return prose, completion.notes

    def _keep_whole(self, completion: Completion, prose: str) -> None:
        """Keep an answer as it came in history, and note it, where more than its headings is not in the prose."""
        answer = normalise(self._answer.text).strip()
        lines = taken_off(answer, prose, self.target.section.title)
        off = [counted(len(lines), "line")] if lines else []
        off += ["markup"] if markup.plain(answer) != answer else []
        if off:
            path = history.keep(self.target.inputs.book, f"{self.target.identity}/answers", self._answer.text)
            completion.notes.append(f"without {' and '.join(off)} around it (the answer is in {path})")

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.prompt(self.target) + guesses.previous(self.target), guesses.chapter(self.target)


def _end(prose: str, most: int) -> str:
    """Return the end of a chapter, from the beginning of a sentence where one begins in it."""
    if len(prose) <= most:
        return prose
    end = prose[-most:]
    first = end.find(". ")
    return end[first + 2 :] if 0 <= first < most // 2 else end


def _off_length(words: int, asked: Span) -> list[str]:
    """Return the note on a chapter that is not as long as was asked."""
    if asked.low <= words <= asked.high:
        return []
    return [f"{'shorter' if words < asked.low else 'longer'} than the {asked} asked for"]

"""A summary from a model, or its word that the old one still holds; and what arcs, which sum up too, share with it."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.book.premise import Span
from novelist.book.record import UNSURE
from novelist.drafting.attempts import FOREIGN, Attempts, Flaw, Judgement, judged, noted
from novelist.drafting.completion import Completion
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.held import Held
from novelist.drafting.prompts import told
from novelist.errors import WriterError
from novelist.language.lengths import as_long_as, length, unit
from novelist.model.stream import STOP
from novelist.prose import fact_keys, facts, gates, markup
from novelist.prose.evidence import Sources
from novelist.prose.sentences import whole_sentences
from novelist.targets.summary import SummaryTarget
from novelist.targets.target import Target
from novelist.text import normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.book.frontmatter import Page
    from novelist.drafting.guesses import Guesses
    from novelist.drafting.partial import Begun
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

UNCHANGED = "UNCHANGED"
NOTHING_TO_EQUAL = Flaw(
    f"it says {UNCHANGED} where there is nothing to compare with", ("There is nothing yet that it could equal.",)
)
REMARKED = Flaw(
    f"it says {UNCHANGED} and more",
    (f"Answer with the one word {UNCHANGED}, or with the whole summary and without that word.",),
)
WORD = re.compile(r"[^\W_]+")
MARKS = "*_\"'`“”’«».!。！:：,;—– \n"
# What a remark behind it is made of that only says it again, in the words of the question.
SAYS_AGAIN = re.compile(
    r"(?:yes|(?:and )?(?:every|all|each)(?: of)?(?: the)?(?: old| lasting)? facts?"
    r"(?: (?:in|of) (?:the|that|this)(?: old)? summary)?(?: still)? (?:holds?|stands?)(?: true)?"
    r"|(?:and )?(?:nothing|no facts?)(?: new| lasting| else| of note)*(?: has| was| have| were)?(?: been)?"
    r" (?:added|changed)"
    r"|(?:and )?no (?:lasting )?changes?)",
    re.IGNORECASE,
)
PAUSE = re.compile(r"[.!,;:\n]+\s*|\s+(?=and )")

SumKind = TypeVar("SumKind", bound=Target)


@dataclass(frozen=True)
class SumCriteria:
    """What a summary is held against: the text of an old one that it may leave as it is, and the book's language.

    The old text is None where there is none, the language empty where it does not count.
    """

    old: str | None
    language: str

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[str]:  # noqa: ARG002 - as for chapters
        """Return the text of an answer, and its flaw; UNCHANGED where the old one holds.

        Its facts are many short lines that are much alike, and no prose: what stands beside them is judged as that.
        """
        text = markup.plain(answer.text)
        unchanged = _unchanged(text, self.old or "")
        if unchanged is None:
            prose = facts.parts(text).prose
            judgement = judged(prose or text, replace(answer, text=prose))
            foreign = gates.foreign(prose, self.language) or gates.in_another_language(prose, self.language)
            flaw = judgement.flaw or (FOREIGN if foreign else None)
            return replace(judgement, flaw=flaw) if flaw is not None else replace(judgement, value=text)
        if self.old is None:
            return Judgement(text, NOTHING_TO_EQUAL, count_words(text))
        return Judgement(UNCHANGED, None) if unchanged else Judgement(text, REMARKED, count_words(text))


def _unchanged(text: str, old: str) -> bool | None:
    """Say whether an answer is the one word UNCHANGED; None where it is a summary, False where it is neither.

    A remark behind the word that only says it again is part of it, and so is the old text; with anything else behind
    it, something may have changed. In capitals it opens no summary, else it may.
    """
    word = WORD.search(text)
    if word is None or word[0].upper() != UNCHANGED:
        return None
    rest = text[word.end() :].strip(MARKS)
    if rest == old.strip(MARKS) or all(SAYS_AGAIN.fullmatch(remark) for remark in PAUSE.split(rest) if remark):
        return True
    return False if word[0] == UNCHANGED else None


class SumCompletion(Completion):
    """A summary being completed: prose, below which stands a list of facts that may end with any line.

    The facts count neither among its words nor for a loop; they have the limits of `facts.never_ends`. Of a list that
    was cut off what came whole is kept, and it is gone on with.
    """

    def prose(self, text: str) -> str:
        """Return what of a text stands beside its facts."""
        return facts.parts(text).prose

    def _written(self, text: str, finish: str) -> tuple[str, bool]:
        return (text if finish == STOP else facts.whole_lines(text)), False

    def _is_over(self, text: str) -> bool:  # noqa: ARG002 - whatever its last line is
        return True

    def _size(self, text: str, finish: str) -> int:
        return count_words(self._written(text, finish)[0])

    def _is_enough(self, text: str, fruitless: int) -> bool:
        """Say whether a list of facts has been given all that there is to it, or goes on without an end."""
        return facts.parts(text).listed and (fruitless > 0 or facts.never_ends(text))

    def _closes(self, text: str) -> bool:
        return not facts.parts(text).listed and super()._closes(text)

    def _endless(self, text: str, most: int) -> bool:
        return facts.never_ends(text) or super()._endless(text, most)

    def _left(self, before: str) -> int | None:
        return None if self.session.profile.fact_tokens else super()._left(before)

    def _cap(self, left: int | None) -> int:
        return super()._cap(left) + self.session.profile.fact_tokens

    def _ended(self, text: str) -> str:
        """Return the text up to its last whole sentence, or line, and note it."""
        lines = text.rpartition("\n")[0]
        if len(lines) <= len(whole_sentences(text)):
            return super()._ended(text)
        self.notes.append("ended at its last whole line")
        return lines


class SumDrafting(Drafting[SumKind]):
    """How a text that sums up others is drafted."""

    back = "back, as it was drafted from the same text"

    @property
    @abstractmethod
    def limit(self) -> int:
        """The most words that it may have."""

    @property
    @abstractmethod
    def task(self) -> str:
        """What its task is called behind the kind, in the ledger and to a server."""

    @property
    def most(self) -> int:
        """The most words that its prose may have, or as many characters as say the same, where those are counted."""
        # What a very small model is told is in words.
        told_in_words = not self.session.profile.tells
        return self.limit if told_in_words else as_long_as(self.limit, self.session.snapshot.premise.language)

    @abstractmethod
    def values(self) -> dict[str, Any]:
        """Return what the template shows beside the old text and the limit."""

    def stamp(self) -> dict[str, Any]:
        """Return the fields of its record, and the old text's digest: an answer may be that it holds."""
        return {**self.fields(), "old": self.target.digest()}

    def request(self, before: str | None) -> Request:
        """Return what the model is told, the old text among it."""
        task = f"{self.target.kind}:{self.task}"
        profile, language = self.session.profile, self.session.snapshot.premise.language
        return self.session.request(
            task,
            profile.tokens(self.most) + profile.fact_tokens,
            **self.values(),
            old=_old(before) or "",
            limit=self.most,
            unit=unit(language),
            heading=facts.heading(language),
            keys=fact_keys.form(language),
        )

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as for each kind
        """Ask for the text."""
        request = self.request(before)
        self.session.show.begin(request.task, unit=unit(self.session.snapshot.premise.language))
        completion = SumCompletion(self.session, Span(1, self.most), self.partial)
        language = self.session.snapshot.premise.language
        sources = Sources([*self.sources(), *self._known()], language)
        criteria = SumCriteria(_old(before), "" if self.session.profile.repaired else language)
        held = Held(criteria, sources, self.session.profile.held, UNCHANGED)
        attempts = Attempts(
            self.session,
            self.target.identity,
            self.session.profile.attempts,
            completion.whole,
            held,
            refused=lambda flaw, where: f"{request.task}: an answer is not taken: {flaw.reason}.{where}",
            exhausted=held.exhausted,
            partial=self.partial,
        )
        with self.resumable():
            try:
                text = attempts.accepted(request, self.begun())
            except WriterError:
                if not held.taken:
                    raise
                text = held.best  # it is paid for, and better than none
        if text == UNCHANGED:
            return Draft(None, "unchanged")
        unsure = str(held.doubts(text))
        notes = [*completion.notes, *([f"unsure: {unsure}"] if unsure else [])]
        text = facts.tidy(text, self.session.snapshot.premise.language)
        words = length(count_words(text), self.session.snapshot.premise.language)
        return Draft(text, f"drafted: {words}{noted(notes)}", {**self.front(), UNSURE: unsure or None})

    def _known(self) -> list[str]:
        """Return what may be named wherever it stands in the book: its title, the premise and the bible."""
        snapshot = self.session.snapshot
        bible = snapshot.bible.text if snapshot.book.bible.is_file() else ""
        return [snapshot.title, snapshot.premise.idea, snapshot.premise.author, bible]

    @abstractmethod
    def sources(self) -> list[str]:
        """Return the texts that it sums up, and what was told before them."""

    def front(self) -> dict[str, object]:
        """Return its front matter beside the record."""
        return {}


def _old(before: str | None) -> str | None:
    """Return the text of a summary's file as it is, None where there is none."""
    return None if before is None else normalise(frontmatter.parse(before, KEYS).body)


class SummaryDrafting(SumDrafting[SummaryTarget]):
    """How a summary is drafted, of the chapter as it was when its turn came."""

    @cached_property
    def chapter(self) -> Page:
        """The chapter."""
        return self.target.chapter.written()

    @property
    def limit(self) -> int:
        """The most words that it may have."""
        return self.session.profile.summary_words

    @property
    def task(self) -> str:
        """Its number."""
        return str(self.target.number)

    def fields(self) -> dict[str, Any]:
        """Return the chapter's digest, and the parts of its brief that a summary remembers."""
        return {**self.target.fields(), "of": self.chapter.info().digest}

    def front(self) -> dict[str, object]:
        """Return its chapter's title."""
        return {"title": self.target.chapter.section.title}

    def sources(self) -> list[str]:
        """Return the chapter, its section and its part of the outline, and the story before it."""
        chapter = self.target.chapter
        section, part = chapter.section, chapter.part
        of_part = [part.heading, part.text] if part else []
        return [self.chapter.body, section.title, section.text, *of_part, *chapter.story()]

    def values(self) -> dict[str, Any]:
        """Return the story that the chapter was told, and the chapter."""
        chapter = self.target.chapter
        return {
            "story": told(chapter.story()),
            # What the chapter behind it is shown, so that a server can reuse the prompt.
            "near": min(chapter.number + 1, self.session.snapshot.count),
            "number": chapter.number,
            "title": chapter.section.title,
            "chapter": normalise(self.chapter.body),
        }

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        chapter = self.target.chapter
        there = guesses.snapshot.outlined and chapter.info is not None
        own = guesses.text(chapter) if there else guesses.chapter(chapter)
        return guesses.prompt(chapter) + own, guesses.rates.text("summary", 0)

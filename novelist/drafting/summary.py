"""A summary from a model, or its word that the old one still holds; and what arcs, which sum up too, share with it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.book.premise import Span
from novelist.drafting.attempts import Attempts, Flaw, Judgement, judged, no_prose, noted
from novelist.drafting.completion import Completion
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.prompts import told
from novelist.prose import facts, markup
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

SumKind = TypeVar("SumKind", bound=Target)


@dataclass(frozen=True)
class SumCriteria:
    """What a summary is held against: whether there is an old one that it may leave as it is."""

    old: bool

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[str]:  # noqa: ARG002 - as for chapters
        """Return the text of an answer, and its flaw; UNCHANGED where the old one holds."""
        text = markup.plain(answer.text)
        unchanged = text.lstrip("*_\"'` \n").upper().startswith(UNCHANGED)
        if not unchanged:
            return judged(text, answer)
        return Judgement(UNCHANGED, None) if self.old else Judgement(text, NOTHING_TO_EQUAL, count_words(text))


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

    @abstractmethod
    def values(self) -> dict[str, Any]:
        """Return what the template shows beside the old text and the limit."""

    def stamp(self) -> dict[str, Any]:
        """Return the fields of its record, and the old text's digest: an answer may be that it holds."""
        return {**self.fields(), "old": self.target.digest()}

    def request(self, before: str | None) -> Request:
        """Return what the model is told, the old text among it."""
        old = frontmatter.parse(before, KEYS).body if before is not None else ""
        task = f"{self.target.kind}:{self.task}"
        limit = self.limit
        cap = self.session.profile.tokens(limit)
        return self.session.request(task, cap, **self.values(), old=normalise(old), limit=limit)

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as for each kind
        """Ask for the text."""
        request = self.request(before)
        self.session.show.begin(request.task)
        completion = Completion(self.session, Span(1, self.limit), self.partial, prose=False)
        attempts = Attempts(
            self.session,
            self.target.identity,
            self.session.profile.attempts,
            completion.whole,
            SumCriteria(before is not None),
            refused=lambda flaw, where: f"{request.task}: an answer is not taken: {flaw.reason}.{where}",
            exhausted=no_prose,
            partial=self.partial,
        )
        with self.resumable():
            text = attempts.accepted(request, self.begun())
        if text == UNCHANGED:
            return Draft(None, "unchanged")
        text = facts.tidy(text)
        return Draft(text, f"drafted: {count_words(text)} words{noted(completion.notes)}", self.front())

    def front(self) -> dict[str, object]:
        """Return its front matter beside the record."""
        return {}


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

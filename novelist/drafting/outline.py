"""How the outline is drafted: a short one in one answer, a longer one as the list of its chapters, and then in runs.

Each answer that is taken is kept: a fault, or a kill, costs a run and never the outline.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.book import frontmatter, outline_text
from novelist.drafting import markdown, outline_plan
from novelist.drafting.answers import objects
from novelist.drafting.drafting import Draft
from novelist.drafting.outline_plan import NO_TITLE, OutlineDraft, Planned, to_outline
from novelist.drafting.partial import Partial
from novelist.drafting.planned import PlannedDrafting
from novelist.drafting.planning import in_another_language
from novelist.drafting.runs import RUN, RUN_TOKENS, Runs, section_words
from novelist.targets.source import OutlineTarget
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.drafting.guesses import Guesses
    from novelist.model.request import Request

OUTLINE_TOKENS, TOKENS_PER_SECTION = 1000, 160  # of the smallest models
BOOK_WORDS, LISTED_WORDS = 200, 40  # of what is said of the book, and of a chapter in the list


class OutlineDrafting(PlannedDrafting[OutlineTarget, OutlineDraft]):
    """How the outline is drafted."""

    lacks: ClassVar = {NO_TITLE: ("title",)}

    @cached_property
    def in_runs(self) -> bool:
        """Whether what happens in its chapters is asked for in runs, behind the list of all."""
        return self.session.snapshot.premise.chapters.high > RUN and not self.session.profile.plain

    @property
    def _cap(self) -> int:
        profile, high = self.session.profile, self.session.snapshot.premise.chapters.high
        if profile.plain:
            return OUTLINE_TOKENS + TOKENS_PER_SECTION * high
        each = LISTED_WORDS if self.in_runs else section_words(self.session.snapshot.premise.language)
        return profile.tokens(BOOK_WORDS + each * high)

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - it is drafted where there is none
        """Return what the model is told."""
        snapshot = self.session.snapshot
        return self.session.request(
            "outline",
            self._cap,
            thinking=True,
            bible=snapshot.bible.text,
            outline=None,
            chapters=snapshot.premise.chapters,
            title=snapshot.premise.title,
            listed=self.in_runs,
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of an outline."""
        return outline_plan.schema(self.session.snapshot.premise.chapters, self.session.schemas, lines=not self.in_runs)

    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return the outline in Markdown as its JSON would be. Raises ValueError where that cannot be read."""
        return markdown.read_outline(text)

    def read(self, answer: Mapping[str, Any]) -> OutlineDraft:
        """Return the outline that was answered."""
        return outline_plan.read(answer)

    def problems(self, plan: OutlineDraft) -> list[str]:
        """Return what is wrong with an outline."""
        premise = self.session.snapshot.premise
        wrong = outline_plan.problems(plan, premise.chapters, listed=self.in_runs)
        wrong += in_another_language(self.session, [plan.about, *(chapter.happens for chapter in plan.chapters)])
        return [problem for problem in wrong if problem != NO_TITLE or not premise.title]

    def mend(self, plan: OutlineDraft) -> tuple[OutlineDraft, list[str]]:
        """Return an outline in which each chapter has a title of its own, and what was done."""
        return outline_plan.mend(plan)

    def repair(self, plan: OutlineDraft) -> tuple[OutlineDraft, list[str]]:
        """Return an outline without what is wrong with it, and what was done."""
        return outline_plan.repair(plan, self.session.snapshot.premise.chapters)

    def plan(self, before: str | None) -> OutlineDraft:
        """Ask for the outline: for all of it, or for the list of its chapters and what happens in them."""
        if not self.in_runs:
            return super().plan(before)
        sections: dict[int, Planned] = {}
        plan = self._kept(sections)
        if plan is None:
            plan = super().plan(before)
            self._keep(plan, sections)
            self.partial.drop()  # only now: a build that is killed in between has it twice, and not nowhere
        runs = Runs(self.session, plan)
        for first in range(1, len(plan.chapters) + 1, RUN):
            run = range(first, min(first + RUN, len(plan.chapters) + 1))
            while missing := [number for number in run if number not in sections]:
                sections.update(runs.told(missing, sections))
                self._keep(plan, sections)
                runs.drop(missing)
        chapters = (
            replace(chapter, happens=sections[number].happens, lines=sections[number].lines)
            for number, chapter in enumerate(plan.chapters, 1)
        )
        return replace(plan, chapters=tuple(chapters))

    @cached_property
    def _store(self) -> Partial:
        """What was taken of it so far: the list of its chapters, and what happens in some of them."""
        return Partial(self.target.inputs.book.unfinished(f"{self.target.identity}/taken"), self.stamp())

    def _keep(self, plan: OutlineDraft, sections: Mapping[int, Planned]) -> None:
        taken = {**plan.answered(), "sections": [{"number": n, **one.answered()} for n, one in sections.items()]}
        self._store.end(json.dumps(taken, ensure_ascii=False), "stop")

    def _kept(self, sections: dict[int, Planned]) -> OutlineDraft | None:
        """Return the list that an earlier build has taken, and put what it knows of chapters into `sections`."""
        with suppress(ValueError, TypeError):
            taken = json.loads(self._store.found()[0].text)
            plan = self.read(taken)
            if not self.problems(plan):
                sections.update({one["number"]: outline_plan.planned(one) for one in objects(taken, "sections")})
                return plan
        return None

    def rendered(self, plan: OutlineDraft) -> Draft:
        """Return the outline as Markdown."""
        premise = self.session.snapshot.premise
        outline = to_outline(plan, premise.title, premise.language)
        body = frontmatter.parse(outline_text.render(outline), outline_text.KEYS).body
        return Draft(body, f"drafted: {counted(len(outline.sections), 'chapter')}", {"title": outline.title})

    def landed(self) -> None:
        """Forget what was taken of it on the way."""
        if self.in_runs:
            self._store.drop()

    def give_up(self) -> None:
        """Put what has come of it away: another text takes its place."""
        super().give_up()
        self._store.drop()

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompts and of its texts."""
        known = guesses.idea + guesses.bible
        if not self.in_runs:
            return known, guesses.outline
        high = self.session.snapshot.premise.chapters.high
        runs, listed = -(-high // RUN), LISTED_WORDS * high
        # A run is told the list, and what happens in the chapters of the runs before it.
        return known + runs * (known + listed) + RUN_TOKENS * runs * (runs - 1) / 2, listed + RUN_TOKENS * runs

"""How the bible is drafted: what the model is told, and that the names of the premise are in it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.drafting import bible_plan, markdown, missing
from novelist.drafting.bible_plan import GROUPS, NO_STYLE, NOBODY, BibleDraft
from novelist.drafting.drafting import Draft
from novelist.drafting.planned import PlannedDrafting
from novelist.drafting.planning import in_another_language
from novelist.errors import Unusable
from novelist.language import lookup
from novelist.prose.evidence import Sources
from novelist.prose.names import counted_names
from novelist.targets.source import BibleTarget
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.drafting.guesses import Guesses
    from novelist.model.request import Request

BIBLE_TOKENS = 4000


class BibleDrafting(PlannedDrafting[BibleTarget, BibleDraft]):
    """How the bible is drafted."""

    lacks: ClassVar = {NOBODY: tuple(GROUPS), NO_STYLE: ("style",)}

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - it is drafted where there is none
        """Return what the model is told: the premise, and what the chapters tell that were there before it."""
        written = self.target.told_by()
        story = self.session.chapters_told() if written else []
        inflections = lookup.table(self.session.snapshot.premise.language).inflections
        texts = [chapter.text() for chapter in self.session.snapshot.chapters] if written else []
        names = counted_names(texts, inflections)
        lines = [f"{name} ({times} times, in {counted(places, 'chapter')})" for name, times, places in names]
        return self.session.request(
            "bible", BIBLE_TOKENS, thinking=True, bible="", outline=None, story=story, names=lines
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a bible."""
        return bible_plan.schema(self.session.schemas)

    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return the bible in Markdown as its JSON would be."""
        return markdown.read_bible(text)

    def read(self, answer: Mapping[str, Any]) -> BibleDraft:
        """Return the bible that was answered."""
        return bible_plan.read(answer)

    def problems(self, plan: BibleDraft) -> list[str]:
        """Return what is wrong with a bible."""
        texts = [entity.about for entities in plan.groups.values() for entity in entities]
        return [*bible_plan.problems(plan), *in_another_language(self.session, [*texts, plan.rules, plan.style])]

    def repair(self, plan: BibleDraft) -> tuple[BibleDraft, list[str]]:
        """Return a bible without what is wrong with it, and what was done."""
        return bible_plan.repair(plan)

    def plan(self, before: str | None) -> BibleDraft:
        """Ask for the bible, and once for what it does not say of the names of the premise."""
        plan = super().plan(before)
        if self.session.profile.repaired or not (names := self._lacking(plan)):
            return plan
        with suppress(Unusable):  # it is good without
            plan = bible_plan.joined(plan, missing.told_of(self.session, names, bible_plan.render(plan)))
        if names := self._lacking(plan):
            self.session.show.line(f"The bible says nothing of {', '.join(names)}, named in the premise.")
        return plan

    def _lacking(self, plan: BibleDraft) -> list[str]:
        """Return the names in the premise's sentences that are not in a bible, in whatever form."""
        premise = self.session.snapshot.premise
        return Sources([bible_plan.render(plan)], premise.language).names_lacking(premise.idea)

    def landed(self) -> None:
        """Forget what came of an answer that is in the bible."""
        missing.drop(self.session)

    def rendered(self, plan: BibleDraft) -> Draft:
        """Return the bible as Markdown."""
        body = bible_plan.render(plan)
        sections = body.count("\n## ")
        return Draft(body, f"drafted: {counted(sections, 'section')}")

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.told if self.target.told_by() else guesses.idea, guesses.bible

"""What is planned: the bible and the outline, asked for in JSON, checked, asked again, and repaired if need be."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from novelist.drafting.answers import read_answer
from novelist.drafting.attempts import Attempts, Flaw, Judgement
from novelist.drafting.completion import DraftHandler
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.partial import Begun
from novelist.edits.renames import check_outline
from novelist.errors import Unusable
from novelist.language import lookup
from novelist.model.faults import FILTER
from novelist.model.stream import LENGTH, STOP
from novelist.prose import gates
from novelist.prose.sentences import join, whole_words
from novelist.targets.source import SourceTarget
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

MOST_ATTEMPTS = 3
MOST_PIECES = 6  # calls for one answer: 40 chapters are some 7,500 tokens, and some servers give 2,048 at most
UNFINISHED = {LENGTH: "it is cut off; be briefer", FILTER: "the content filter stopped it; tell it more gently"}

PlannedSource = TypeVar("PlannedSource", bound=SourceTarget)
Plan = TypeVar("Plan")


class PlannedDrafting(Drafting[PlannedSource], Generic[PlannedSource, Plan]):
    """How a source is drafted: as a plan that is checked, and then rendered."""

    back = "back, as it was drafted from this premise"
    lacks: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # problems for which only these names are asked for again

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema that its answer must follow."""

    @abstractmethod
    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return a plan in Markdown as its JSON would be. Raises ValueError where that cannot be read."""

    @abstractmethod
    def read(self, answer: Mapping[str, Any]) -> Plan:
        """Return the plan that was answered. Raises ValueError with what is wrong, in words for the model."""

    @abstractmethod
    def problems(self, plan: Plan) -> list[str]:
        """Return what is wrong with a plan, in words for the model and for a person."""

    @abstractmethod
    def repair(self, plan: Plan) -> tuple[Plan, list[str]]:
        """Return a plan with its problems repaired as far as can be, and what was done."""

    @abstractmethod
    def rendered(self, plan: Plan) -> Draft:
        """Return a plan without problems as a draft."""

    def in_another_language(self, *texts: str) -> list[str]:
        """Return the problem that the texts of a plan are not in the book's language; none where that is not sure."""
        text, language = "\n\n".join(texts), self.session.snapshot.premise.language
        if self.session.profile.repaired:
            return []  # a small model knows hardly one language
        if not (gates.foreign(text, language) or gates.in_another_language(text, language)):
            return []
        return [f"it is not in {lookup.table(language).name}, the language of the book"]

    def stamp(self) -> dict[str, Any]:
        """Return the digest of what the model is told: the rest of a plan is of no use for anything else."""
        return {**self.fields(), "told": digest(self.request(None).user)}

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as for each kind
        """Ask for the plan, and return it as a draft. Raises BookError where nothing could follow from it."""
        check_outline(self.session.snapshot)
        session, kind = self.session, self.target.kind
        plans: list[Plan] = []  # that could be read, the last of which may be repaired
        names = self.schema()["properties"].keys()
        held: dict[str, Any] = {}  # what was right in an answer of which only the rest is asked for again
        lacking: tuple[str, ...] = ()

        def judge(answer: Begun, *, first: bool) -> Judgement[Plan | None]:  # noqa: ARG001 - as for chapters
            nonlocal held, lacking
            if answer.finish != STOP:
                return _wrong([UNFINISHED.get(answer.finish, "it broke off")], lacking)
            try:
                whole = held | read_answer(answer.text, names, self.from_markdown)
                plan = self.read(whole)
                problems = self.problems(plan)
            except (ValueError, TypeError) as error:
                return _wrong([str(error)], lacking)
            plans.append(plan)
            lacking = self._lacking(problems)
            held = whole if lacking else {}
            return _wrong(problems, lacking) if problems else Judgement(plan, None)

        def exhausted(flaw: Flaw, refused: Mapping[Path, int]) -> Plan | None:  # noqa: ARG001 - none is better
            if not plans or not session.profile.repaired:
                message = f"the model's {kind} stayed wrong: {flaw.reason}. Run `doit` again, or write it yourself."
                raise Unusable(message, why="What the model answered is in .novelist/history/.")
            return self._repaired(plans[-1])

        attempts = Attempts(
            session,
            self.target.identity,
            MOST_ATTEMPTS,
            self._whole,
            judge,
            refused=lambda flaw, _: f"The answer for the {kind} is not right: {flaw.reason}.",
            exhausted=exhausted,
            partial=self.partial,
        )
        with self.resumable():
            plan = attempts.accepted(replace(self.request(before), schema=self.schema()), self.begun())
        if plan is None:
            raise AssertionError  # what has no flaw is a plan
        return self.rendered(plan)

    def _whole(self, request: Request, begun: Begun) -> Begun:
        """Return an answer, gone on with where a server gives no more of it at once.

        Its beginning may have come before this build was begun.
        """
        for _ in range(MOST_PIECES):
            before, begun = begun.text, self._gone_on(request, begun)
            if begun.finish != LENGTH or not self.session.profile.instructed or len(begun.text) <= len(before):
                break
        return begun

    def _gone_on(self, request: Request, begun: Begun) -> Begun:
        """Return an answer with what one more call adds to it."""
        session, partial = self.session, self.partial
        if begun.finish == STOP or self._is_whole(begun.text):
            return Begun(begun.text, STOP)
        session.show.begin(request.task)
        before = whole_words(begun.text).rstrip() if session.profile.instructed else ""
        if before:
            # A schema binds an answer from its first character on; and what was begun is thought out.
            rest = session.prompts.render("continue", text=before, left=None)
            request = replace(request, schema=None, thinking=False, begun=before, instruction=rest)
        try:
            answer = session.client.write(request, DraftHandler(session, before, partial))
        finally:
            partial.close()
        text = join(before, answer.text) if before and not self._is_whole(answer.text) else answer.text
        partial.end(text, answer.finish)
        return Begun(text, answer.finish)

    def _lacking(self, problems: list[str]) -> tuple[str, ...]:
        """Return the names that are to be asked for again; none where that is the whole of it."""
        if not all(problem in self.lacks for problem in problems):
            return ()
        return tuple(name for problem in problems for name in self.lacks[problem])

    def _is_whole(self, text: str) -> bool:
        """Say whether a text is JSON from the first brace to the last, and has all that is required."""
        try:
            answer: dict[str, Any] = json.loads(text[text.find("{") : text.rfind("}") + 1], strict=False)
        except (ValueError, RecursionError):
            return False
        return set(self.schema()["required"]) <= answer.keys()

    def _repaired(self, plan: Plan) -> Plan:
        """Return a plan repaired, each repair in a line. Raises Unusable where that cannot be."""
        kind = self.target.kind
        plan, repairs = self.repair(plan)
        for repair in repairs:
            self.session.show.line(f"Repaired in the {kind}: {repair}.")
        if problems := self.problems(plan):
            message = f"the {kind} could not be repaired: {'; '.join(problems)}. Write it yourself."
            raise Unusable(message)
        return plan


def _wrong(problems: list[str], only: tuple[str, ...]) -> Judgement[Any]:
    return Judgement(None, Flaw("; ".join(problems), tuple(problems), only=only))

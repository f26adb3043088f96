"""A plan asked for in JSON: read, checked, mended where that is sure, asked for again, and repaired if need be.

Knows what can be wrong with an answer as such; what it must be is its `Form`. Knows no target, and not what becomes of
a plan.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from novelist.drafting.answers import read_answer
from novelist.drafting.attempts import Attempts, Flaw, Judgement
from novelist.drafting.completion import DraftHandler
from novelist.drafting.partial import Begun
from novelist.errors import Unusable
from novelist.language import lookup
from novelist.model.faults import FILTER
from novelist.model.stream import LENGTH, STOP
from novelist.prose import gates
from novelist.prose.sentences import join, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from novelist.drafting.partial import Partial
    from novelist.drafting.session import Session
    from novelist.model.request import Request

MOST_ATTEMPTS = 3
MOST_PIECES = 6  # calls for one answer: 40 chapters are some 7,500 tokens, and some servers give 2,048 at most
MOST_SHOWN = 24_000  # characters of an answer that the model is shown again
UNFINISHED = {LENGTH: "it is cut off; be briefer", FILTER: "the content filter stopped it; tell it more gently"}

Plan = TypeVar("Plan")


def in_another_language(session: Session, texts: Iterable[str]) -> list[str]:
    """Return the problem that the texts of a plan are not in the book's language; none where that is not sure."""
    text, language = "\n\n".join(texts), session.snapshot.premise.language
    if session.profile.repaired:
        return []  # a small model knows hardly one language
    if not (gates.foreign(text, language) or gates.in_another_language(text, language)):
        return []
    return [f"it is not in {lookup.table(language).name}, the language of the book"]


def _as_it_is(plan: Plan) -> tuple[Plan, list[str]]:
    return plan, []


@dataclass(frozen=True)
class Form(Generic[Plan]):
    """What an answer must be.

    `read` returns the plan in it, and raises ValueError with what is wrong, in words for the model; so does
    `from_markdown`, which returns what an answer in Markdown would be in JSON. `problems` are what is wrong with a
    plan. `mend` returns it without those that can be put right surely, for every model, and what was done; `repair`
    without all that can be put right somehow, for a model that does no better. `lacks` are problems for which only
    these names are asked for again.
    """

    schema: dict[str, Any]
    read: Callable[[Mapping[str, Any]], Plan]
    from_markdown: Callable[[str], dict[str, Any]]
    problems: Callable[[Plan], list[str]]
    repair: Callable[[Plan], tuple[Plan, list[str]]]
    mend: Callable[[Plan], tuple[Plan, list[str]]] = _as_it_is
    lacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Planning(Generic[Plan]):
    """How one plan is asked for: what it is called in lines for a person, its identity in history, and its form."""

    session: Session
    what: str
    identity: str
    form: Form[Plan]
    partial: Partial
    command: str = "doit"  # that asks again

    def plan(self, request: Request, begun: Begun) -> Plan:
        """Return the plan that a request asks for, going on with what has come of it. Raises WriterError."""
        session, form = self.session, self.form
        plans: list[Plan] = []  # that could be read, the last of which may be repaired
        names = form.schema["properties"].keys()
        held: dict[str, Any] = {}  # what was right in an answer of which only the rest is asked for again
        lacking: tuple[str, ...] = ()

        def judge(answer: Begun, *, first: bool) -> Judgement[Plan | None]:  # noqa: ARG001 - as for chapters
            nonlocal held, lacking
            if answer.finish != STOP:
                return _wrong([UNFINISHED.get(answer.finish, "it broke off")], lacking)
            shown = answer.text.strip() if session.profile.instructed and len(answer.text) <= MOST_SHOWN else ""
            try:
                whole = held | read_answer(answer.text, names, form.from_markdown)
                plan = form.read(whole)
                problems = form.problems(plan)
            except (ValueError, TypeError) as error:
                return _wrong([str(error)], lacking, shown)
            mended, repairs = form.mend(plan) if problems else (plan, [])
            if repairs and not form.problems(mended):
                self._say(repairs)
                return Judgement(mended, None)
            plans.append(plan)
            lacking = self._lacking(problems)
            held = whole if lacking else {}
            return _wrong(problems, lacking, shown) if problems else Judgement(plan, None)

        def exhausted(flaw: Flaw, refused: Mapping[Path, int]) -> Plan | None:  # noqa: ARG001 - none is better
            if not plans or not session.profile.repaired:
                remedy = f"Run `{self.command}` again, or write it yourself."
                message = f"the model's {self.what} stayed wrong: {flaw.reason}. {remedy}"
                raise Unusable(message, why="What the model answered is in .novelist/history/.")
            return self._repaired(plans[-1])

        attempts = Attempts(
            session,
            self.identity,
            MOST_ATTEMPTS,
            self._whole,
            judge,
            refused=lambda flaw, _: f"The answer for the {self.what} is not right: {flaw.reason}.",
            exhausted=exhausted,
            partial=self.partial,
        )
        plan = attempts.accepted(replace(request, schema=form.schema), begun)
        if plan is None:
            raise AssertionError  # what has no flaw is a plan
        return plan

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
            rest = session.prompts.render("continue", text=before, left=None, unit="words")
            request = replace(request, schema=None, thinking=False, begun=before, instruction=rest)
        try:
            answer = session.client_for(request.task).write(request, DraftHandler(session, before, partial))
        finally:
            partial.close()
        text = join(before, answer.text) if before and not self._is_whole(answer.text) else answer.text
        partial.end(text, answer.finish)
        return Begun(text, answer.finish)

    def _lacking(self, problems: list[str]) -> tuple[str, ...]:
        """Return the names that are to be asked for again; none where that is the whole of it."""
        lacks = self.form.lacks
        if not all(problem in lacks for problem in problems):
            return ()
        return tuple(name for problem in problems for name in lacks[problem])

    def _is_whole(self, text: str) -> bool:
        """Say whether a text is JSON from the first brace to the last, and lacks at most one thing that is required."""
        try:
            answer: dict[str, Any] = json.loads(text[text.find("{") : text.rfind("}") + 1], strict=False)
        except (ValueError, RecursionError):
            return False
        required = set(self.form.schema["required"])
        return len(answer.keys() & required) >= max(1, len(required) - 1)

    def _repaired(self, plan: Plan) -> Plan:
        """Return a plan repaired, each repair in a line. Raises Unusable where that cannot be."""
        plan, repairs = self.form.repair(plan)
        self._say(repairs)
        if problems := self.form.problems(plan):
            message = f"the {self.what} could not be repaired: {'; '.join(problems)}. Write it yourself."
            raise Unusable(message)
        return plan

    def _say(self, repairs: list[str]) -> None:
        for repair in repairs:
            self.session.show.line(f"Repaired in the {self.what}: {repair}.")


def _wrong(problems: list[str], only: tuple[str, ...], shown: str = "") -> Judgement[Any]:
    return Judgement(None, Flaw("; ".join(problems), tuple(problems), only=only, shown=shown))

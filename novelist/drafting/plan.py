"""What a build would do before it does it: each draft, why, and what it is likely to take. Asks no model.

It is a dry run of the pipeline, target by target, by the same rules. What is sure, and what is only possible: nobody
can know before whether a new summary will say something new, and so make later chapters stale.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.confirm import asks, replaces_many, said_yes
from novelist.drafting.guesses import Guesses
from novelist.drafting.pipeline import decide, drafting_of, may_wait
from novelist.edits import new_names, renames
from novelist.targets.arc import ArcTarget
from novelist.targets.oversights import check_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from novelist.drafting.session import Session
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target


@dataclass(frozen=True)
class Step:
    """One draft: its target, why, whether it is sure; tokens of prompt and text, US dollars, seconds, and the model.

    It is not sure where it `asks` a person first, and where it depends on what another draft comes to say.
    """

    target: Target
    task: str
    why: str
    sure: bool
    prompt: int
    text: int
    dollars: float | None
    seconds: float | None
    asks: bool = False
    model: str = ""


@dataclass(frozen=True)
class Plan:
    """What a build would draft, in order, and what it would leave as it is although something changed, and why.

    What is `waiting` would be drafted, were there a model that may write it.
    """

    steps: tuple[Step, ...]
    kept: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...] = ()

    def until(self, tasks: Collection[str]) -> Plan:
        """Return the plan as far as the last of `tasks` that it has: each one needs those before it."""
        last = max((place for place, step in enumerate(self.steps) if step.task in tasks), default=None)
        return self if last is None or "book" in tasks else replace(self, steps=self.steps[: last + 1])

    @property
    def models(self) -> list[str]:
        """The names of those who would write it, in the order in which they begin."""
        return list(dict.fromkeys(step.model for step in self.steps))

    @property
    def sure(self) -> list[Step]:
        """The steps that will be taken in any case."""
        return [step for step in self.steps if step.sure]


def dry_run(session: Session, last: float = math.inf) -> Plan:
    """Return what a build up to chapter `last` would do. Raises BookError and SettingsError."""
    check_pages(session.snapshot)
    with session.snapshot.foreseen():
        if session.snapshot.outlined:
            renames.presume(session.snapshot)
            new_names.presume(session.snapshot)
        else:
            renames.check_outline(session.snapshot)
        return _DryRun(session, last).plan()


def total(plan: Plan) -> str:
    """Return a plan in one line, as a build says it before it begins; empty where there is nothing to draft."""
    if not plan.steps:
        return ""
    sure = plan.sure
    line = f"To draft: {_sized(sure)}" if sure else "To draft: perhaps nothing"
    return line if len(sure) == len(plan.steps) else f"{line}; at most {_sized(plan.steps)}"


def by_model(plan: Plan) -> list[str]:
    """Return what each model is to draft at most, in a line; nothing where there is only one."""
    steps = {model: [step for step in plan.steps if step.model == model] for model in plan.models}
    return [f"{model}: {_sized(own)}" for model, own in steps.items()] if len(steps) > 1 else []


def again(session: Session, chapters: Sequence[ChapterTarget]) -> str:
    """Return in words what it takes at most to draft `chapters` again, their summaries, and the arcs that follow."""
    summaries = [session.snapshot.summary(chapter.number) for chapter in chapters]
    names = {target.name for target in (*chapters, *summaries)}
    return _sized(step for step in dry_run(session).steps if step.task in names or isinstance(step.target, ArcTarget))


def _sized(steps: Iterable[Step]) -> str:
    steps = sorted(steps, key=lambda step: step.target.rank)
    counts = Counter(step.target.kind for step in steps)
    plurals = {step.target.kind: step.target.plural for step in steps}
    kinds = [_counted(kind, plurals[kind], count) for kind, count in counts.items()]
    tokens = sum(step.prompt + step.text for step in steps)
    return ", ".join([*kinds, f"about {tokens:,} tokens", *money(steps), *minutes(steps)])


def _counted(kind: str, plural: str, count: int) -> str:
    if not plural:
        return f"the {kind}"
    return f"{count} {kind if count == 1 else plural}"


def money(steps: Iterable[Step]) -> list[str]:
    """Return what steps cost, for a person: nothing where that is unknown, or where nobody is paid."""
    costs = [step.dollars for step in steps]
    known = [cost for cost in costs if cost is not None]
    dollars = sum(known, 0.0)
    return [f"${dollars:.2f}"] if len(known) == len(costs) and dollars else []


def minutes(steps: Iterable[Step]) -> list[str]:
    """Return how long steps take, for a person: nothing where nothing was measured yet."""
    times = [step.seconds for step in steps]
    known = [time for time in times if time is not None]
    if len(known) != len(times):
        return []
    return [f"{sum(known) / 60:.0f} min" if sum(known) >= 60 else f"{max(sum(known), 1):.0f} s"]


class _DryRun:
    """One walk along a build."""

    def __init__(self, session: Session, last: float) -> None:
        self.session = session
        self.snapshot = session.snapshot
        self.last = last
        self.guesses = Guesses(session, lambda chapter: ChapterDrafting(session, chapter).bare_request())
        self.steps: list[Step] = []
        self.kept: list[tuple[str, str]] = []
        self.waiting: list[tuple[str, str]] = []
        # What may say something else than it does now, and whether it surely will.
        self.changing: dict[Target, bool] = {}

    @cached_property
    def many(self) -> bool:
        """Whether more than a few chapters would be replaced for a change of settings, bible, part or voice."""
        return replaces_many(self.snapshot)

    def plan(self) -> Plan:
        early: set[Target] = set()
        for target in self.snapshot.drafts():
            if target.turn > self.last:
                break
            for other in target.told_by():
                if other not in early:
                    early.add(other)
                    self.foresee(other)
            if target not in early:
                self.foresee(target)
        return Plan(tuple(self.steps), tuple(self.kept), tuple(self.waiting))

    def foresee(self, target: Target) -> None:
        """Plan what becomes of a target, after all that come before it."""
        if not self.snapshot.outlined and target.turn:
            # Of a range of chapters, the least number is sure.
            self.step(target, "it is missing", sure=target.turn <= self.snapshot.premise.chapters.low)
            return
        decision, changing = decide(target), [each for each in target.made_from() if each in self.changing]
        verdict = decision.verdict
        if decision.returning is not None and not changing:
            self.snapshot.presume(target.path, frontmatter.parse(decision.returning, KEYS).info())
        elif verdict.drafts and may_wait(target, verdict) and self.session.unwritable:
            self.waiting.append((target.name, verdict.reason))
        elif verdict.drafts:
            question = not said_yes() and asks(verdict, lambda: self.many)
            why = target.if_changed if any(each.surely_new for each in changing) else verdict.reason
            self.step(target, why, sure=not question, asks=question)
        elif changing and target.verdict(changed=True).drafts:
            self.step(target, target.if_changed, sure=all(self.changing[each] for each in changing))
        elif verdict.state == "kept":
            self.kept.append((target.name, verdict.reason))

    def step(self, target: Target, why: str, *, sure: bool, asks: bool = False) -> None:
        """Plan that a target is drafted."""
        guess, text = drafting_of(self.session, target).guess(self.guesses)
        rates, model = self.guesses.rates_for(target.name), self.session.client_for(target.name).model
        prompt = rates.prompt(guess)
        dollars, seconds = self.guesses.dollars(target.name, prompt, text), rates.seconds(text)
        self.steps.append(Step(target, target.name, why, sure, prompt, text, dollars, seconds, asks, model))
        self.changing[target] = sure and target.surely_new

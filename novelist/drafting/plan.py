"""What a build would do before it does it: each draft, why, and what it is likely to take. Asks no model.

It is a dry run of the pipeline, target by target, by the same rules. What is sure, and what is only possible: nobody
can know before whether a new summary will say something new, and so make later chapters stale.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.confirm import Cost, asks, replaces_many, said_yes
from novelist.drafting.guesses import Guesses
from novelist.drafting.pipeline import decide, drafting_of, may_wait, waits
from novelist.drafting.triage import Triage
from novelist.edits import new_names, renames
from novelist.targets.arc import ArcTarget
from novelist.targets.chapter import ChapterTarget
from novelist.targets.naming import last_of, reviews_in
from novelist.targets.oversights import check_pages
from novelist.targets.snapshot import SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from novelist.drafting.session import Session
    from novelist.targets.target import Target
    from novelist.targets.verdict import Verdict

TRIAGE = "triage"
BEFORE_CHAPTERS = frozenset({*SOURCES, "style", "files"})  # tasks that wait for no chapter
VERSION = 1  # of the JSON


@dataclass(frozen=True)
class Step:
    """One draft: its target, why, whether it is sure; tokens of prompt and text, US dollars, seconds, and the model.

    It is not sure where it `asks` a person first, and where it depends on what another draft comes to say. A chapter
    that it `adapts` is not drafted again; which ones are is asked before, in a step without a target of its own.
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
    adapts: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """What it is counted as, and what several of them are called; nothing where there is only one."""
        if self.task == TRIAGE:
            return "question which chapters rest on what changed", ""
        kind, plural = self.target.singular or self.target.kind, self.target.plural
        return (f"{kind} to adapt", f"{plural} to adapt") if self.adapts else (kind, plural)


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
        if tasks and BEFORE_CHAPTERS.issuperset(tasks):
            return replace(self, steps=tuple(step for step in self.steps if not step.target.turn))
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

    def json(self) -> dict[str, Any]:
        """Return it for programs. Within a version, keys are added and never taken away."""
        return {
            "version": VERSION,
            "steps": [
                {
                    "task": step.task,
                    "why": step.why,
                    "sure": step.sure,
                    "asks": step.asks,
                    "adapts": step.adapts,
                    "in": step.prompt,
                    "out": step.text,
                    "dollars": step.dollars,
                    "seconds": step.seconds,
                    "model": step.model,
                }
                for step in self.steps
            ],
            "kept": [
                *({"task": task, "why": why} for task, why in self.kept),
                *({"task": task, "why": waits(why)} for task, why in self.waiting),
            ],
        }


def foresee(session: Session, tasks: Sequence[str]) -> Plan:
    """Return what a build of these tasks would do, of the whole book where there are none.

    Raises BookError and SettingsError.
    """
    last = last_of(session.snapshot, tasks)
    session.snapshot.ask(tasks, last)
    plan = dry_run(session, last, tasks)
    return plan.until(tasks) if tasks else plan


def dry_run(session: Session, last: float = math.inf, tasks: Collection[str] = ()) -> Plan:
    """Return what a build up to chapter `last` would do, with what a judge is to read by the `tasks` asked for.

    Raises BookError and SettingsError.
    """
    check_pages(session.snapshot)
    with session.snapshot.foreseen():
        if session.snapshot.outlined:
            renames.presume(session.snapshot)
            new_names.presume(session.snapshot)
        else:
            renames.check_outline(session.snapshot)
        return _DryRun(session, last).plan(reviews_in(tasks, session.snapshot.count), reads="read" in tasks)


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


def again(session: Session, chapters: Sequence[ChapterTarget]) -> Cost:
    """Return what it takes at most to draft `chapters` again, their summaries, and the arcs that follow."""
    summaries = [session.snapshot.summary(chapter.number) for chapter in chapters]
    names = {target.name for target in (*chapters, *summaries)}
    every = dry_run(session).steps
    steps = [step for step in every if step.task in {*names, TRIAGE} or isinstance(step.target, ArcTarget)]
    return Cost(_sized(steps), _tokens(steps), _dollars(steps))


def summaries_missing(session: Session) -> str:
    """Return in words what it takes to have the summaries of the chapters that are there; empty where none is due."""
    session.snapshot.ask(["summary"], session.snapshot.count)
    written = {chapter.number for chapter in session.snapshot.written}
    steps = [step for step in dry_run(session).steps if step.target.kind == "summary" and step.target.number in written]
    return _sized(steps) if steps else ""


def _sized(steps: Iterable[Step]) -> str:
    steps = sorted(steps, key=lambda step: step.target.rank)
    kinds = [_counted(*kind, count) for kind, count in Counter(step.kind for step in steps).items()]
    return ", ".join([*kinds, f"about {_tokens(steps):,} tokens", *money(steps), *minutes(steps)])


def _counted(kind: str, plural: str, count: int) -> str:
    if not plural:
        return f"the {kind}"
    return f"{count} {kind if count == 1 else plural}"


def _tokens(steps: Iterable[Step]) -> int:
    return sum(step.prompt + step.text for step in steps)


def _dollars(steps: Iterable[Step]) -> float | None:
    """Return what steps cost in US dollars; None where that of one is unknown."""
    costs = [step.dollars for step in steps]
    known = [cost for cost in costs if cost is not None]
    return sum(known, 0.0) if len(known) == len(costs) else None


def money(steps: Iterable[Step]) -> list[str]:
    """Return what steps cost, for a person: nothing where that is unknown, or where nobody is paid."""
    dollars = _dollars(steps)
    return [f"${dollars:.2f}"] if dollars else []


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
        self.triaged = False

    @cached_property
    def many(self) -> bool:
        """Whether more than a few chapters would be replaced for a change of settings, bible, part or voice."""
        return replaces_many(self.snapshot)

    def plan(self, reviews: Iterable[int], *, reads: bool) -> Plan:
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
        if self.snapshot.outlined and not self.snapshot.premise.review:
            for number in reviews:
                self.foresee(self.snapshot.review(number))
        if reads:
            self.foresee(self.snapshot.reading)
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
        elif verdict.drafts and may_wait(target, verdict) and self.unwritable(target, verdict):
            self.waiting.append((target.name, verdict.reason))
        elif target.shares_file and any(self.changing[each] for each in changing):
            return  # the draft of that file leaves nothing to do
        elif verdict.drafts:
            question = not said_yes() and asks(verdict, lambda: self.many)
            why = target.if_changed if any(each.surely_new for each in changing) else verdict.reason
            self.step(target, why, sure=not question, asks=question, verdict=verdict)
        elif changing and (later := target.verdict(changed=True)).drafts:
            self.step(target, target.if_changed, sure=all(self.changing[each] for each in changing), verdict=later)
        elif verdict.state == "kept":
            self.kept.append((target.name, verdict.reason))

    def step(self, target: Target, why: str, *, sure: bool, asks: bool = False, verdict: Verdict | None = None) -> None:
        """Plan that a target is drafted, or adapted where its verdict says so."""
        drafting = drafting_of(self.session, target, verdict)
        adapts = drafting.edits and verdict is not None and verdict.ripples
        if adapts and isinstance(target, ChapterTarget):
            self.triage(target, sure=sure, asks=asks)
        # Whether a chapter that may be adapted rests on what changed is not known before.
        surely = sure and not adapts
        call = self.call(target, target.name, why, drafting.guess(self.guesses))
        self.steps.append(replace(call, sure=surely, asks=asks, adapts=adapts))
        written = target.made_from()[0] if target.shares_file else target
        self.changing[written] = surely and written.surely_new

    def unwritable(self, target: Target, verdict: Verdict) -> bool:
        """Say whether no model may write a target, or the one that there is cannot."""
        return self.session.unwritable or not drafting_of(self.session, target, verdict).able

    def triage(self, first: ChapterTarget, *, sure: bool, asks: bool) -> None:
        """Plan, once, that the model is asked which chapters from `first` on rest on what changed."""
        if self.triaged:
            return
        triage = Triage(self.session)
        later = triage.later(first)
        if len(later) < 2:
            return
        self.triaged = True
        guess = triage.guess(later, self.guesses)
        call = self.call(first, TRIAGE, "which chapters rest on what changed", guess)
        self.steps.append(replace(call, sure=sure, asks=asks))

    def call(self, target: Target, task: str, why: str, guess: tuple[float, int]) -> Step:
        """Return a call with the guessed tokens of its prompt and of its text."""
        prompt_guess, text = guess
        rates, model = self.guesses.rates_for(target.name), self.session.client_for(target.name).model
        prompt = rates.prompt(prompt_guess)
        dollars, seconds = self.guesses.dollars(target.name, prompt, text), rates.seconds(text)
        return Step(target, task, why, False, prompt, text, dollars, seconds, model=model)  # noqa: FBT003 - not yet

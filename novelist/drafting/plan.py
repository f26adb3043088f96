"""What a build would do before it does it: each draft, why, and what it is likely to take. Asks no model.

What is sure, and what is only possible: nobody can know before whether a new summary will say something new, and so
make later chapters stale. Knows the order of a build and its verdicts.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.book.history import draft
from novelist.book.paths import KEYS, label
from novelist.drafting import rates
from novelist.drafting.chapters import PREVIOUS, chapter_request
from novelist.drafting.confirm import FEW, YES
from novelist.edits import follow
from novelist.model import ledger, prices
from novelist.model.tokens import count_tokens
from novelist.targets.story import Story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from novelist.book.premise import Span
    from novelist.drafting.rates import Rates
    from novelist.drafting.session import Session
    from novelist.targets.story import Arc
    from novelist.targets.verdict import Verdict

# Guessed tokens: of what every prompt says, of one section of an outline that is still to be drafted, and the most of
# the chapter before.
INSTRUCTIONS = 300
SECTION = 90
BEFORE = PREVIOUS // 4

MISSING = "it is missing"
ORDER = ("bible", "outline", "chapter", "summary", "arc")


@dataclass(frozen=True)
class Step:
    """One draft: its task, why, whether it is sure; tokens of its prompt and of its text, US dollars, seconds.

    It is not sure where it `asks` a person first, and where it depends on what another draft comes to say.
    """

    task: str
    why: str
    sure: bool
    prompt: int
    text: int
    dollars: float | None
    seconds: float | None
    asks: bool = False


@dataclass(frozen=True)
class Plan:
    """What a build would draft, in order, and what it would leave as it is although something changed, and why."""

    steps: tuple[Step, ...]
    kept: tuple[tuple[str, str], ...]

    def until(self, tasks: Collection[str]) -> Plan:
        """Return the plan as far as the last of `tasks` that it has: each one needs those before it."""
        last = max((place for place, step in enumerate(self.steps) if step.task in tasks), default=None)
        return self if last is None or "book" in tasks else replace(self, steps=self.steps[: last + 1])

    @property
    def sure(self) -> list[Step]:
        """The steps that will be taken in any case."""
        return [step for step in self.steps if step.sure]


def dry_run(session: Session, last: float = math.inf) -> Plan:
    """Return what a build up to chapter `last` would do. Raises BookError and SettingsError."""
    with session.snapshot.presumed():
        if session.snapshot.book.outline.is_file():
            follow.presume(session.snapshot)
        return _Planner(session, last).plan()


def total(found: Plan) -> str:
    """Return a plan in one line, as a build says it before it begins; empty where there is nothing to draft."""
    if not found.steps:
        return ""
    sure = found.sure
    told = f"To draft: {_sized(sure)}" if sure else "To draft: nothing for sure"
    return told if len(sure) == len(found.steps) else f"{told}; at most {_sized(found.steps)}"


def again(session: Session, chapters: Collection[int]) -> str:
    """Return in words what it takes at most to draft `chapters` again, their summaries, and the arcs that follow."""
    names = [label(number, session.snapshot.count) for number in chapters]
    wanted = {f"{kind}:{name}" for kind in ("chapter", "summary") for name in names}
    return _sized(step for step in dry_run(session).steps if step.task in wanted or step.task.startswith("arc:"))


def _sized(steps: Iterable[Step]) -> str:
    steps = list(steps)
    kinds = Counter(step.task.partition(":")[0] for step in steps)
    counts = [_counted(kind, number) for kind, number in sorted(kinds.items(), key=lambda item: ORDER.index(item[0]))]
    tokens = sum(step.prompt + step.text for step in steps)
    return ", ".join([*counts, f"about {tokens:,} tokens", *money(steps), *minutes(steps)])


def _counted(kind: str, number: int) -> str:
    if kind in ("bible", "outline"):
        return f"the {kind}"
    many = "summaries" if kind == "summary" else f"{kind}s"
    return f"{number} {kind if number == 1 else many}"


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


class _Planner:
    """One walk along a build."""

    def __init__(self, session: Session, last: float) -> None:
        self.session = session
        self.snapshot = session.snapshot
        self.last = int(min(last, self.snapshot.premise.chapters.high if self.unplanned else self.snapshot.count))
        self.steps: list[Step] = []
        self.kept: list[tuple[str, str]] = []
        self.usual = self.snapshot.premise.words
        self.yes = os.environ.get(YES) == "1"
        calls = ledger.calls(self.snapshot.book.ledger)
        self.rates: Rates = rates.learn(calls, session.client.model, (self.usual.low + self.usual.high) / 2)

    @property
    def small(self) -> bool:
        """Whether the model is a very small one, which is told of one summary only, and of no chapter."""
        return self.session.client.provider.small

    @property
    def unplanned(self) -> bool:
        """Whether there is no outline yet."""
        return not self.snapshot.book.outline.is_file()

    def plan(self) -> Plan:
        book = self.snapshot.book
        idea = count_tokens(self.snapshot.premise.idea) + INSTRUCTIONS
        bible = self.rates.text("bible", 0)
        if book.bible.is_file():
            bible = count_tokens(self.snapshot.bible.text)
            self.note("bible", self.snapshot.source_verdict(book.bible))
        else:
            self.step("bible", MISSING, idea, bible)
        if self.unplanned:
            outline = SECTION * self.snapshot.premise.chapters.high
            self.step("outline", MISSING, idea + bible, outline)
            self.unknown(idea if self.small else idea + bible + outline)
        else:
            self.note("outline", self.snapshot.source_verdict(book.outline))
            self.known()
        return Plan(tuple(self.steps), tuple(self.kept))

    def unknown(self, base: int) -> None:
        """Plan the chapters of a book without an outline; of a range of chapters, the least number is sure."""
        count = self.snapshot.premise.chapters.high
        story = Story([str(number) for number in range(1, count + 1)])
        text = self.text(self.usual)
        for number in range(1, self.last + 1):
            sure = number <= self.snapshot.premise.chapters.low
            sums = story.told(number)[-1:] if self.small else story.told(number)
            told, name = base + sum(map(self.told, sums)), label(number, count)
            for arc in story.opens(number):
                prompt = told + sum(map(self.told, arc.of))
                self.step(f"arc:{arc.label(count)}", MISSING, prompt, self.rates.text("arc", 0), sure=sure)
            before = min(text, BEFORE) if number > 1 and not self.small else 0
            self.step(f"chapter:{name}", MISSING, told + before, text, sure=sure)
            self.step(f"summary:{name}", MISSING, told + text, self.rates.text("summary", 0), sure=sure)

    def known(self) -> None:
        """Plan the chapters, summaries and arcs of a book that has an outline."""
        snapshot, count = self.snapshot, self.snapshot.count
        many = sum(snapshot.chapter_verdict(number).asks == "many" for number in range(1, count + 1)) > FEW
        # Whether a summary may come to say something new: of the chapters before, and of which ones.
        new: set[int] = set()
        for number in range(1, self.last + 1):
            for arc in snapshot.story.opens(number):
                self.arc(arc, number, changes=not new.isdisjoint(range(arc.first, arc.last + 1)))
            name, verdict = label(number, count), snapshot.chapter_verdict(number)
            asks = not self.yes and (verdict.asks == "always" or (verdict.asks == "many" and many))
            sure = not asks
            drafts, why = verdict.drafts, verdict.reason
            if drafts and self.comes_back(number, verdict):
                drafts = False
                new.add(number)
            elif not drafts and new and self.follows(number):
                drafts, sure, asks, why = True, False, False, "only if the story before it changes"
            words = snapshot.section(number).words or self.usual
            if drafts:
                before, prompt = self.chapter_prompt(number)
                self.step(f"chapter:{name}", why, prompt + before, self.text(words), sure=sure)
                self.steps[-1] = replace(self.steps[-1], asks=asks)
            else:
                self.note(f"chapter:{name}", verdict)
            summary = snapshot.summary_verdict(number)
            if drafts or (summary.drafts and not self.summary_comes_back(number)):
                prompt = self.chapter_prompt(number)[1]
                own, why = self.chapter_text(number, words), "its chapter is drafted" if drafts else summary.reason
                text = self.rates.text("summary", 0)
                self.step(f"summary:{name}", why, prompt + own, text, sure=summary.drafts or (drafts and sure))
                new.add(number)
            else:
                self.note(f"summary:{name}", summary)

    def arc(self, arc: Arc, reader: int, *, changes: bool) -> None:
        """Plan an arc, which comes before its first `reader`."""
        verdict, name = self.snapshot.arc_verdict(arc), f"arc:{arc.label(self.snapshot.count)}"
        maybe = changes and verdict.state == "fresh"
        if not verdict.drafts and not maybe:
            self.note(name, verdict)
            return
        prompt = self.chapter_prompt(reader - 1)[1] + sum(map(self.told, arc.of))
        why = verdict.reason if verdict.drafts else "only if a text in it changes"
        self.step(name, why, prompt, self.rates.text("arc", 0), sure=verdict.drafts)

    def follows(self, number: int) -> bool:
        """Say whether a chapter is drafted anew where the story before it changes."""
        found = self.snapshot.book.info(self.snapshot.chapter_path(number))
        redrafts = self.snapshot.premise.stale == "redraft"
        return redrafts and found is not None and found.record is not None and not found.edited

    def comes_back(self, number: int, verdict: Verdict) -> bool:
        """Say whether a stale chapter has an earlier draft that was written from its brief as it is now."""
        if verdict.state != "stale" or verdict.released:
            return False
        digests, history = self.snapshot.digests(number), self.snapshot.book.history
        return draft(history, self.snapshot.section(number).id, lambda record: record.brief == digests) is not None

    def summary_comes_back(self, number: int) -> bool:
        """Say whether a summary has an earlier draft that was written from its chapter as it is now."""
        chapter, history = self.snapshot.book.info(self.snapshot.chapter_path(number)), self.snapshot.book.history
        of, identity = chapter.digest if chapter else "", f"{self.snapshot.section(number).id}/summary"
        text = draft(history, identity, lambda record: record.of == of)
        if text is not None:
            self.snapshot.presume_told(number, frontmatter.parse(text, KEYS).body)
        return text is not None

    def chapter_prompt(self, number: int) -> tuple[int, int]:
        """Return the guessed tokens of the chapter before `number` that are sent with it, and of all the rest."""
        request = chapter_request(self.session, number, self.snapshot.brief(number))
        whole = count_tokens(f"{request.system}{request.user}")
        if self.small:
            return 0, whole
        previous = self.snapshot.chapter(number - 1) if number > 1 else None
        sent = min(count_tokens(previous.body), BEFORE) if previous else 0
        facts, path = self.snapshot.book.info, self.snapshot.told_path
        missing = [told for told in self.snapshot.story.told(number) if not facts(path(told))]
        rest = whole - sent + sum(map(self.told, missing))
        to_come = min(self.text(self.usual), BEFORE) if number > 1 and previous is None else sent
        return to_come, rest

    def chapter_text(self, number: int, words: Span) -> int:
        """Return the guessed tokens of a chapter, as it is or as it will be."""
        found = self.snapshot.chapter(number)
        return count_tokens(found.body) if found else self.text(words)

    def told(self, told: Arc | int) -> int:
        """Return the guessed tokens of a summary or an arc, as it is or as it will be."""
        path = None if self.unplanned else self.snapshot.told_path(told)
        if path is not None and self.snapshot.book.info(path):
            return count_tokens(self.snapshot.told_text(told))
        return self.rates.text("summary" if isinstance(told, int) else "arc", 0)

    def text(self, words: Span) -> int:
        return self.rates.text("chapter", (words.low + words.high) / 2)

    def step(self, task: str, why: str, guess: float, text: int, *, sure: bool = True) -> None:
        client, prompt = self.session.client, self.rates.prompt(guess)
        dollars = self.rates.dollars(prices.seller(client), client.model, prompt, text)
        self.steps.append(Step(task, why, sure, prompt, text, dollars, self.rates.seconds(text)))

    def note(self, task: str, verdict: Verdict) -> None:
        if verdict.state == "kept":
            self.kept.append((task, verdict.reason))

"""The question before the damage: asked once per build, before finished chapters are replaced that nobody touched.

Knows when to ask and what to list. Knows no model, and draws no chapter itself.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from novelist.commands import here
from novelist.errors import SettingsError, Stopped
from novelist.targets.naming import numbers_in, ranges
from novelist.terminal.lines import on_terminal
from novelist.terminal.questions import ask_program, program_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target
    from novelist.targets.verdict import Verdict
    from novelist.terminal.progress import Progress

YES = "NOVELIST_YES"
QUESTION = "[y]es, [y 4-6], [k]eep them and draft only what is missing, or [q]uit? "
FEW_CHAPTERS = 3  # chapters that may be replaced for a change of settings, bible, part or voice without a question
CHAPTERS_LISTED = 10

Word = Literal["yes", "keep", "quit"]
WORDS: tuple[Word, ...] = ("yes", "keep", "quit")
SOME = re.compile(r"y(?:es)?\s+(.+)")


def said_yes() -> bool:
    """Say whether the environment has given the answer before the question."""
    return os.environ.get(YES) == "1"


def asks(verdict: Verdict, many: Callable[[], bool]) -> bool:
    """Say whether a person is to be asked before a target with this verdict is replaced.

    `many` says whether more than a few are replaced for a change of settings, bible, part or voice. Never where its own
    section was edited: that is the word. Always where only the story before it changed, and nothing that is its own.
    """
    # The author did not ask for a cascade, may not have foreseen it, and pays for each chapter of it: so the first one
    # that would be replaced for the story alone is the moment to ask, before it is drafted, and once for all.
    return verdict.asks == "always" or (verdict.asks == "many" and many())


def replaces_many(snapshot: Snapshot) -> bool:
    """Say whether more than a few chapters are now stale for a change of settings, bible, part or voice."""
    return len(_replaced(snapshot)) > FEW_CHAPTERS


def _replaced(snapshot: Snapshot) -> list[ChapterTarget]:
    """Return the chapters that are now stale for a change of settings, bible, part or voice."""
    return [chapter for chapter in snapshot.chapters if chapter.verdict().asks == "many"]


class Cost(NamedTuple):
    """What drafts take at most: in words, tokens, and US dollars, None where these are unknown."""

    words: str
    tokens: int
    dollars: float | None


class Withheld(NamedTuple):
    """A chapter that is not replaced: why it would be, whether by edits, and whether a person has let it stand."""

    chapter: Target
    reason: str
    edits: bool
    agreed: bool


class Confirmation:
    """A person's word for one build, and what it has left as it is."""

    def __init__(self, snapshot: Snapshot, show: Progress, cost: Callable[[Sequence[ChapterTarget]], Cost]) -> None:
        """Take who says what it takes at most to draft some chapters again."""
        self._snapshot = snapshot
        self._show = show
        self._cost = cost
        self._answer: Word | frozenset[int] | None = None  # the numbers of the chapters that may be replaced
        self._answered = False  # by a person, and not by there being none
        self._withheld: list[Withheld] = []

    def given(self, target: Target, verdict: Verdict) -> bool:
        """Return whether a target may be replaced, asking where it must be asked.

        Raises Stopped where the person wants to quit.
        """
        if verdict.asks == "no":
            return True
        if self._answer is None:
            if not asks(verdict, lambda: replaces_many(self._snapshot)):
                return True
            self._answer = self._ask(target, verdict)
        return target.number in self._answer if isinstance(self._answer, frozenset) else self._answer == "yes"

    def leave(self, target: Target, verdict: Verdict, *, edits: bool) -> bool:
        """Take that a target is left as it is, and return whether a person has said so, which is to be remembered."""
        self._withheld.append(Withheld(target, verdict.reason, edits, self._answered))
        return self._answered

    def left(self) -> list[tuple[str, str]]:
        """Return, once, what was left as it is: a name and a line for each reason, however many chapters have it."""
        groups: dict[tuple[str, bool, bool], list[Target]] = {}
        for chapter, reason, edits, agreed in self._withheld:
            groups.setdefault((reason, edits, agreed), []).append(chapter)
        self._withheld = []
        return [_left(chapters, *why) for why, chapters in groups.items()]

    def _at_most(self, target: Target, verdict: Verdict) -> list[ChapterTarget]:
        """Return the chapters that may be replaced: with a change of the story, every later one that follows it."""
        if verdict.asks == "many":
            return _replaced(self._snapshot)
        later = self._snapshot.chapters[target.number - 1 :]
        return [each for each in later if each.info is not None and each.verdict(changed=True).drafts]

    def _ask(self, target: Target, verdict: Verdict) -> Word | frozenset[int]:
        if said_yes():
            return "yes"
        if program_answers():
            answer = self._answer_of_program(target, verdict)
        else:
            answer = self._answer_of_person(target, verdict) if on_terminal(sys.stdin, sys.stdout) else None
        if answer is None:
            return "keep"
        if answer == "quit":
            message = "you quit; this chapter and those after it are as they were. Run `doit` again when you like."
            raise Stopped(message, why="`novelist accept --all` lets everything stand as it is.")
        self._answered = True
        return answer

    def _answer_of_program(self, target: Target, verdict: Verdict) -> Word | frozenset[int] | None:
        replaced = self._at_most(target, verdict)
        cost = self._cost(replaced)
        question = {
            "question": "replace",
            "adapts": verdict.ripples,
            "reason": verdict.reason,
            "chapters": [{"number": each.number, "title": each.section.title} for each in replaced],
            "cost": {"tokens": cost.tokens, "dollars": cost.dollars, "words": cost.words},
        }
        return ask_program(question, self._understood, self._show.line)

    def _understood(self, answer: Any) -> Word | frozenset[int]:  # noqa: ANN401 - whatever a program answers
        """Return what a program answers. Raises ValueError where that is no answer."""
        for word in WORDS:
            if answer == word:
                return word
        numbers = range(1, self._snapshot.count + 1)
        if isinstance(answer, list) and all(type(each) is int and each in numbers for each in answer):
            return frozenset(answer)
        message = f"the answer is yes, keep, quit, or a list of chapters from 1 to {self._snapshot.count}"
        raise ValueError(message)

    def _answer_of_person(self, target: Target, verdict: Verdict) -> Word | frozenset[int]:
        replaced = self._at_most(target, verdict)
        what = (
            "Finished chapters may be adapted" if verdict.ripples else "Finished chapters are about to be drafted again"
        )
        self._show.line(f"{what}, because {verdict.reason}:")
        for chapter in replaced[:CHAPTERS_LISTED]:
            self._show.line(f"  {chapter.number}. {chapter.section.title}")
        if len(replaced) > CHAPTERS_LISTED:
            self._show.line(f"  and {len(replaced) - CHAPTERS_LISTED} more")
        self._show.line(f"At most {self._cost(replaced).words}.")
        return self._answer_typed()

    def _answer_typed(self) -> Word | frozenset[int]:
        """Return what a person answers, asked until it is an answer."""
        while True:
            answer = self._show.ask(QUESTION).strip().lower()
            if answer in ("y", "yes"):
                return "yes"
            if answer in ("k", "keep"):
                return "keep"
            if answer in ("q", "quit", ""):
                return "quit"
            if some := SOME.fullmatch(answer):
                try:
                    return frozenset(numbers_in(some[1], self._snapshot.count))
                except SettingsError as error:
                    self._show.line(f"{error}")


def _left(chapters: Sequence[Target], reason: str, edits: bool, agreed: bool) -> tuple[str, str]:  # noqa: FBT001 - parts of a key
    """Return whose line it is, and what is said of chapters that are left as they are for one reason."""
    one = len(chapters) == 1
    which = ranges(chapter.number for chapter in chapters)
    name, begin = (chapters[0].name, "") if one else ("chapters", f"{', '.join(which)} ")
    them, verb = ("it", "s") if one else ("them", "")
    numbers = " ".join(which)
    if agreed:
        stays = f"{begin}stay{verb} as {'it is' if one else 'they are'} until something else changes, as you said"
        return name, f"{stays}. {here(f'`novelist unkeep {numbers}` takes that back')}"
    does = f"adapts {them}" if edits else f"writes {them} again"
    why = f"wait{verb} for you: {'' if one else 'for each, '}{reason}"
    keeps = f"`novelist accept {numbers}` keeps {them} as {'it is' if one else 'they are'}"
    return name, f"{begin}{why}. {here(f'`{YES}=1 doit` {does}, {keeps}')}"

"""The tools that cost money: the price first, then no more than a cap, which whoever calls them sets.

The model is asked by a command, as a process of its own. What it proposes for a chapter waits beside the book, and is
paid for once: what is taken of it lands here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple

from anyio.to_thread import run_sync as in_thread
from pydantic import Strict

from novelist.agents.answers import Answer, answer, question
from novelist.agents.looking import text_of
from novelist.book.lock import lock
from novelist.drafting.pipeline import check_writer
from novelist.drafting.plan import TRIAGE, foresee, total
from novelist.drafting.revisions import Asked, Cost, cost, proposed, revisions, wish_of
from novelist.drafting.wishes import wish_in
from novelist.errors import OverBudget, SettingsError, WriterError
from novelist.export.formats import FORMATS
from novelist.model import ledger
from novelist.model.budget import Cap
from novelist.targets.naming import chapter_named, ranges, task_names, tasks
from novelist.text import counted, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.agents.opened import Opened
    from novelist.drafting.plan import Plan
    from novelist.drafting.revise import ReviseDrafting
    from novelist.drafting.session import Session
    from novelist.prose.applied import Applied
    from novelist.prose.edits import Edit
    from novelist.targets.snapshot import Snapshot

GOES_ON = "What may it cost at most, in US dollars (`cap`)?"
UNPRICED = "Nobody knows the price of all of it, and a cap counts only what has one. May it be done all the same?"


Dollars = Annotated[float, Strict()]  # `true` is no amount


class Price(NamedTuple):
    """What something takes, in words; the US dollars without which it is not begun; and what a person is asked of it.

    Some of it may be `unpriced`, and finished chapters may be `replaced`: that is why, empty for none.
    """

    says: str
    least: float
    dear: str
    unpriced: bool
    replaced: str = ""

    def question(self, cap: float | None, *, yes: bool) -> str:
        """Return what a person is asked before it is paid for; empty where there is nothing to ask.

        `yes` is their word on all but the cap.
        """
        asks = [GOES_ON] if cap is None else []
        if cap is not None and self.least > cap:
            asks.append(f"{self.dear} more than the cap of ${cap:g}. May it cost more?")
        if yes and not asks:
            return ""
        asks += [self.replaced] if self.replaced else []
        asks += [UNPRICED] if self.unpriced else []
        return " ".join([self.says, *asks]) if asks else ""


class Revision(NamedTuple):
    """What is asked of one chapter, as `novelist revise` takes it."""

    chapter: str
    wish: str
    lines: str | None
    longer: int | None
    shorter: int | None

    def command(self, number: int) -> list[str]:
        """Return the command that asks the model of the chapter, by its number, and takes nothing."""
        named = {"lines": self.lines, "longer": self.longer, "shorter": self.shorter}
        options = [f"--{name}={value}" for name, value in named.items() if value is not None]
        return ["revise", "--dry-run", *options, "--", str(number), self.wish]


class Paying:
    """What an agent may have a model do."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    async def build(self, task: int | str, cap: Dollars | None = None, *, yes: bool = False) -> Answer:
        """Build one task: a chapter (`7`), `summary:07`, `review:07`, `outline`, `book`, `epub` and so on.

        What it needs before it is built with it. Without `cap`, the plan and its price come back as a question. With
        one, in US dollars, it is built, and no call is begun that might pass the cap. A finished chapter that would be
        replaced only for what changed before it, and a price that nobody knows, are questions to a person: `yes` only
        where they have said so.
        """
        most = None if cap is None else self.opened.capped(cap)
        name, plan, before = await in_thread(self._foreseen, str(task))
        price = _of_build(plan)
        asks = price.question(most, yes=yes)
        if asks or most is None:
            return question(asks, task=name, plan=plan.json())
        kept_to = Cap(most, unpriced=price.unpriced)
        status, lines = await self.opened.run("build", name, yes=bool(price.replaced), cap=kept_to)
        if status:
            raise WriterError("\n".join(lines) or f"{name} was not built. Run `novelist build {name}` to see why.")
        spent = await in_thread(ledger.spent, self.opened.ledger)
        return answer(task=name, lines=lines, dollars=round(spent - before, 6))

    def _foreseen(self, task: str) -> tuple[str, Plan, float]:
        """Return the one task that is named, what building it would do, and the US dollars that are spent so far."""
        with self.opened.foresee() as session:
            name = _one_task(session.snapshot, task)
            return name, foresee(session, [name]), ledger.spent(self.opened.ledger)

    async def revise(  # noqa: PLR0913 - what the verb takes
        self,
        chapter: int | str,
        wish: str = "",
        *,
        lines: str | None = None,
        longer: int | None = None,
        shorter: int | None = None,
        cap: Dollars | None = None,
        take: list[str] | None = None,
        yes: bool = False,
    ) -> Answer:
        """Revise a finished chapter by edits of single paragraphs, as `wish` asks; without one, as notes and review do.

        `lines` of its file, such as `40-62`, are the only ones that may change; `longer` and `shorter` are the words
        that it is to have, 0 for a quarter more or less. In three calls that are otherwise the same: without `cap` the
        price comes back as a question; with one, in US dollars, the model is asked, and the edits that it proposes come
        back, each with a mark, and nothing lands; with `take`, the marks of those that a person wants, these land
        without being paid for again, and with an empty list none does. `yes` only where a person has said that a price
        that nobody knows is all right.
        """
        most = None if cap is None else self.opened.capped(cap)
        asked = Revision(str(chapter), wish_in(wish), lines, longer, shorter)
        if take is not None:
            return await in_thread(self._take, asked, take)
        number, takes, waiting = await in_thread(self._proposed, asked)
        if waiting:
            return waiting
        price = Price(f"{takes}", (takes.dollars or 0.0) / takes.calls, "One call is", unpriced=takes.dollars is None)
        asks = price.question(most, yes=yes)
        if asks or most is None:
            return question(asks, **takes._asdict())
        status, printed = await self.opened.run(*asked.command(number), cap=Cap(most, unpriced=price.unpriced))
        but_price = [line.removeprefix("Error: ") for line in printed if line != str(takes)]
        if status:
            raise WriterError("\n".join(but_price))
        *_, waiting = await in_thread(self._proposed, asked)
        return waiting or answer(edits=[], lines=but_price)

    def _proposed(self, asked: Revision) -> tuple[int, Cost, Answer | None]:
        """Return the number of a chapter, what its revision takes at most, and what its model proposes.

        That is None where the model has not answered.
        """
        with self._revision(asked) as revision:
            waiting = _proposed(revision) if revision.answered else None
            return revision.target.number, cost(revision.session, [revision]), waiting

    def _take(self, asked: Revision, marks: Sequence[str]) -> Answer:
        """Return the chapter with those edits in it that a person wants, of what waits for their word."""
        with self._revision(asked) as revision, lock(revision.session.snapshot.book):
            chapter = revision.target.chapter
            every = _applied(revision)
            known = {_mark(edit): edit for edit in every.accepted}
            for mark in marks:
                if mark not in known:
                    message = f"no edit of {chapter.name} has the mark `{mark}`. Take those that were proposed last."
                    raise SettingsError(message)
            applied = revision.editing.only(every, [edit for mark, edit in known.items() if mark in marks])
            if applied.accepted:
                revision.take(applied)
            else:
                revision.leave("you took none of it")
            taken = [_mark(edit) for edit in applied.accepted]
            return {
                **text_of(revision.session.snapshot, chapter, "chapter"),
                "taken": taken,
                "refused": _reasons(applied),
            }

    @contextmanager
    def _revision(self, asked: Revision) -> Iterator[ReviseDrafting]:
        """Have the revision that is asked for, with a model that is not asked. Raises NovelistError."""
        with self.opened.foresee() as session:
            yield _revision(session, asked)


def _one_task(snapshot: Snapshot, text: str) -> str:
    """Return the task that a text names. Raises SettingsError for none, for several, and for what is no task."""
    names = tasks(snapshot, text)
    if len(names) != 1 or names[0] not in {*task_names(snapshot), *FORMATS}:
        message = f"`{text}` is not one task. Name one, such as `chapter:07`, `review:07`, `book` or `epub`."
        raise SettingsError(message)
    return names[0]


def _of_build(plan: Plan) -> Price:
    """Return what a plan takes, as far as that is sure."""
    replaced = [step for step in plan.steps if step.asks and step.task != TRIAGE]
    names = ", ".join(step.task for step in replaced)
    why = f"Finished chapters may be replaced only because {replaced[0].why} ({names}). May they?" if replaced else ""
    return Price(
        f"{total(plan) or 'Nothing to draft'}.",
        sum(step.dollars or 0.0 for step in plan.sure),
        "That is",
        unpriced=any(step.dollars is None for step in plan.steps),
        replaced=why,
    )


def _revision(session: Session, asked: Revision) -> ReviseDrafting:
    snapshot = session.snapshot
    numbers = [chapter_named(snapshot, asked.chapter).number]
    check_writer(session, "the chapter", able=not session.profile.repaired)
    wish = Asked(wish_of(asked.wish, asked.lines, numbers), asked.longer, asked.shorter)
    return next(revisions(session, numbers, wish, lambda _: None))


def _applied(revision: ReviseDrafting) -> Applied:
    """Return the chapter with all edits that wait for a person's word. Raises SettingsError where none does."""
    message = "no edits wait for a person's word. Call `revise` with a `cap`, and take some of what it proposes."
    if not revision.answered:
        raise SettingsError(message)
    try:
        return revision.applied()
    except OverBudget as error:  # an answer that is not whole: it is gone on with where there is a cap
        raise SettingsError(message) from error


def _proposed(revision: ReviseDrafting) -> Answer:
    """Return what the model proposes, as a question."""
    applied, chapter = _applied(revision), revision.target.chapter
    shown = proposed(revision, applied)
    edits = [{"mark": _mark(edit), **change} for edit, change in zip(applied.accepted, shown["edits"], strict=True)]
    asks = f"{chapter.name} is as it was. Which of these edits does the author want? Their marks go into `take`."
    if own := sorted(revision.editing.locked & {edit.number for edit in applied.accepted if edit.action != "after"}):
        asks += f" They typed {counted(len(own), 'paragraph')} ({', '.join(ranges(own))}) of it themselves."
    return question(asks, of=chapter.name, edits=edits, refused=shown["refused"])


def _mark(edit: Edit) -> str:
    return digest(f"{edit.number}\n{edit.action}\n{edit.text}")


def _reasons(applied: Applied) -> list[str]:
    return [refusal.reason for refusal in applied.refusals]

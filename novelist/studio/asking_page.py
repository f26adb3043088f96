"""What a model can be asked about one chapter, and what that costs at most. Asks no model."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.drafting import plan
from novelist.drafting.guesses import price
from novelist.drafting.redo import Redo
from novelist.drafting.revise import ReviseDrafting, Wish, at_most
from novelist.drafting.session import Session
from novelist.edits.keeping import check_changeable
from novelist.errors import NovelistError
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot

SOME_WISH = "As much as a person says in a sentence or two, of what is to be otherwise in a chapter."


@dataclass(frozen=True)
class Price:
    """What something takes at most, in words; or the `problem` for which it cannot be asked."""

    words: str = ""
    problem: str = ""


@dataclass(frozen=True)
class AskingPage:
    """What can be asked about a chapter: that it is revised, drafted again beside the one that is there, reviewed."""

    revise: Price
    redo: Price
    review: Price


def asking_page(opened: OpenBook, snapshot: Snapshot, number: int) -> AskingPage:
    """Return what can be asked about chapter `number`, which there is."""
    chapter, task = snapshot.chapter(number), snapshot.review(number).name
    with closing(Session(snapshot, Progress(), folders=[opened.root] if opened.uses_env else ())) as session:

        def revise() -> str:
            session.check_writer("the chapter", able=not session.profile.repaired)
            check_changeable(chapter)
            return price(*at_most(session, [ReviseDrafting(session, snapshot.revision(number), Wish(SOME_WISH))]))

        def redo() -> str:
            session.check_writer("the chapter", able=not session.unwritable)
            return price(*Redo(session, chapter, SOME_WISH, 1).guess())

        def review() -> str:
            session.check_writer("reviews/", able=not session.profile.repaired)
            return plan.total(plan.dry_run(session, number, [task]).until([task])).removeprefix("To draft: ")

        def price_of(words: Callable[[], str]) -> Price:
            try:
                return Price(words())
            except NovelistError as error:
                return Price(problem=opened.local(str(error)))

        return AskingPage(price_of(revise), price_of(redo), price_of(review))

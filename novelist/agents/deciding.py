"""The tools that take a decision of the author's: each is what the verb of the same name does, after their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.agents.answers import Answer, answer, question
from novelist.book.lock import lock
from novelist.edits import decisions
from novelist.edits.keeping import keep
from novelist.targets.naming import chapter_named, named
from novelist.targets.why import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.agents.opened import Opened
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target

    Decision = Callable[[Snapshot, Target], str]


class Deciding:
    """What an agent may decide for its author, who has said so."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    def accept(self, of: int | str, *, yes: bool = False) -> Answer:
        """Keep a chapter, `summary:07`, `bible` or `outline` as it is, whatever changed in what it was written from.

        `yes` only where its author has said so.
        """
        return self._decided("accept", of, lambda _, target: decisions.accept(target), yes=yes)

    def release(self, of: int | str, *, yes: bool = False) -> Answer:
        """Have the next build write a chapter again that its author edited; their text stays in history.

        `yes` only where they have said so.
        """
        return self._decided("release", of, lambda _, target: decisions.release(target), yes=yes)

    def keep(self, chapter: int | str, *, yes: bool = False) -> Answer:
        """Have a chapter stay as it is, whatever changes before it; the outline says so. `yes` as for `accept`."""
        return self._decided("keep", chapter, lambda snapshot, target: _kept(snapshot, target, kept=True), yes=yes)

    def unkeep(self, chapter: int | str, *, yes: bool = False) -> Answer:
        """Have a chapter follow what changes before it again. `yes` as for `accept`."""
        return self._decided("unkeep", chapter, lambda snapshot, target: _kept(snapshot, target, kept=False), yes=yes)

    def restore(self, of: int | str, when: str = "", *, yes: bool = False) -> Answer:
        """Bring an earlier text back: that of the time `when` in history, or else the one before this.

        What is replaced goes to history too. `yes` as for `accept`.
        """
        return self._decided("restore", of, lambda _, target: decisions.restore(target, when), yes=yes)

    def _decided(self, verb: str, of: int | str, decision: Decision, *, yes: bool) -> Answer:
        """Return what was done, under the book's lock, or the question whether it is to be."""
        with self.opened.read() as snapshot:
            target = named(snapshot, str(of))
            if not yes:
                now = why(target).json()
                return {**now, **question(f"`{verb}` is the author's decision on {target.name}. Do they want it?")}
            with lock(snapshot.book):
                return answer(of=target.name, done=f"{decision(snapshot, target)}.")


def _kept(snapshot: Snapshot, target: Target, *, kept: bool) -> str:
    return keep(snapshot, [chapter_named(snapshot, target.name)], kept=kept)[0]

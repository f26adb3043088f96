"""Which of a revision's edits are taken, as a person or a program says: all of them, none, or some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from novelist.terminal.questions import ask_program
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.drafting.revise import ReviseDrafting
    from novelist.prose.applied import Applied
    from novelist.prose.edits import Edit

ANSWERS = {"a": "all", "all": "all", "n": "none", "none": "none", "o": "one", "one": "one"}


def shown(revision: ReviseDrafting, applied: Applied) -> list[str]:
    """Return what would change, a word diff for each place."""
    changes = passages(revision.editing.text, applied.text)
    return [f"[{each.number}] {word_diff(each.old, each.new)}" for each in changes]


def chosen_by_person(revision: ReviseDrafting, applied: Applied) -> Applied:
    """Return the chapter with those edits that a person at a terminal wants in it."""
    answer = click.prompt("Take [a]ll of it, [n]one, or [o]ne by one", value_proc=_answer)
    if answer == "all":
        return applied
    wanted = []
    for edit in applied.accepted if answer == "one" else ():
        for line in shown(revision, revision.editing.only(applied, [edit])):
            click.echo(coloured(printable(f"\n{line}")))
        if click.confirm("Take it", default=True):
            wanted.append(edit)
    return _only(revision, applied, wanted)


def chosen_by_program(revision: ReviseDrafting, applied: Applied) -> Applied | None:
    """Return the chapter with those edits that a program wants in it; None where it answers no more."""
    chapter = revision.target.chapter
    question = {
        "question": "edits",
        "chapter": {"number": chapter.number, "title": chapter.section.title},
        "edits": [
            {"edit": number, "changes": _changes(revision, applied, edit)}
            for number, edit in enumerate(applied.accepted, 1)
        ],
        "refused": [refusal.reason for refusal in applied.refusals],
    }

    def understood(answer: Any) -> Sequence[Edit]:  # noqa: ANN401 - whatever a program answers
        if answer in ("all", "none"):
            return applied.accepted if answer == "all" else ()
        numbers = range(1, len(applied.accepted) + 1)
        if isinstance(answer, list) and all(type(each) is int and each in numbers for each in answer):
            return [applied.accepted[number - 1] for number in sorted(set(answer))]
        message = f"the answer is all, none, or a list of edits from 1 to {len(numbers)}"
        raise ValueError(message)

    wanted = ask_program(question, understood, click.echo)
    if wanted is None:
        return None
    return applied if wanted is applied.accepted else _only(revision, applied, wanted)


def _changes(revision: ReviseDrafting, applied: Applied, edit: Edit) -> list[dict[str, Any]]:
    """Return what one edit would change by itself."""
    changes = passages(revision.editing.text, revision.editing.only(applied, [edit]).text)
    return [{"paragraph": each.number, "old": each.old, "new": each.new} for each in changes]


def _only(revision: ReviseDrafting, applied: Applied, wanted: Sequence[Edit]) -> Applied:
    some = revision.editing.only(applied, wanted)
    for refusal in some.refusals:
        click.echo(printable(f"Without the others, an edit is refused: {refusal.reason}."), err=True)
    return some


def _answer(text: str) -> str:
    try:
        return ANSWERS[text.strip().lower()]
    except KeyError:
        message = "answer a, n or o."
        raise click.BadParameter(message) from None

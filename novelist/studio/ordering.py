"""What the buttons beside the outline do: a chapter moved, put in, without its number. Each changes its text alone.

Nothing is done to another text of it than the one that was looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from novelist.edits.keeping import check_writable
from novelist.edits.reordering import inserted, moved, ordered_there, put, with_numbering
from novelist.errors import SettingsError
from novelist.studio.deciding import NUMBER, check_unchanged
from novelist.studio.undoing import Step
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.edits.reordering import Ordered
    from novelist.targets.snapshot import Snapshot

MOVES = ("up", "down", "insert", "unnumber", "number")


class Done(NamedTuple):
    """What was done: in a sentence, the number that the chapter has now, and what takes it back."""

    text: str
    number: int
    step: Step


def order(snapshot: Snapshot, form: Mapping[str, str]) -> Done:
    """Do to the outline what a form says. Raises NovelistError."""
    target = snapshot.outline_target
    check_unchanged(target, form)
    ordered = ordered_there(snapshot)
    what, _, number = form.get("move", "").partition(" ")
    if what not in MOVES or not NUMBER.fullmatch(number) or int(number) not in ordered.sections:
        message = "there is no such move. Load the page again."
        raise SettingsError(message)
    text = _text(ordered, int(number), what, form.get("title", ""))
    check_writable(snapshot.book.files, target.path)
    kept = put(snapshot, ordered.text, text)
    now = replace(ordered, text=text)
    place = _place(ordered, now, int(number), what)
    return Done(_told(now, place, what), place, Step(kept.stem if kept else "", digest(text)))


def _text(ordered: Ordered, number: int, what: str, title: str) -> str:
    if what == "insert":
        return inserted(ordered, number, title)
    if what in {"unnumber", "number"}:
        return with_numbering(ordered, number, numbered=what == "number")
    return moved(ordered, number, up=what == "up")


def _place(before: Ordered, now: Ordered, number: int, what: str) -> int:
    if what == "insert":
        return number + 1
    identity = before.sections[number].id
    return next(place for place, section in now.sections.items() if section.id == identity)


def _told(now: Ordered, number: int, what: str) -> str:
    section = now.sections[number]
    part = now.outline.part_of(section)
    if what in {"unnumber", "number"}:
        return f"{section.title} has {'a' if what == 'number' else 'no'} number now."
    where = f"behind {now.sections[number - 1].title}" if number > 1 else "before all others"
    then = " Say below its heading what happens in it." if what == "insert" else ""
    return f"{section.title} stands {where} now{f', in {part.heading}' if part else ''}.{then}"

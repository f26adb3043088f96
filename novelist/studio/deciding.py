"""A person's decisions on a chapter, as they click them: each is what the verb of the same name does, and no more.

Nothing is decided on another chapter, or another text of it, than the one that was looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import alternatives
from novelist.book.lock import lock
from novelist.edits import decisions, saving, taking
from novelist.edits.keeping import keep
from novelist.edits.striking import strike
from novelist.errors import BookError, SettingsError
from novelist.studio.chapter_page import seen
from novelist.studio.undoing import Step
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.review import ReviewTarget
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import ChapterStatus
    from novelist.targets.target import Target

NUMBER = re.compile("[0-9]{1,6}")
CHANGED = "it has changed since you looked at it, and nothing was done. Look at it again."
Decision = tuple[str, str, str]  # its verb, what it is called on a button, and what it does


class Decided(NamedTuple):
    """What was done, in a sentence; a `step` takes back what was done to the chapter's review.

    `put_back` is the time of the text that was put back there, where that was the decision.
    """

    text: str
    step: Step | None = None
    put_back: str = ""


ACCEPT: Decision = ("accept", "Accept", "It stays as it is; what has changed so far does not have it written again.")
RELEASE: Decision = ("release", "Release", "The next build writes it again; this text stays in history.")
KEEP: Decision = ("keep", "Keep", "It stays as it is, whatever changes: the outline says so, behind its title.")
UNKEEP: Decision = ("unkeep", "No longer keep", "It follows what changes again.")


def offered(chapter: ChapterStatus, *, keeps: bool) -> Sequence[Decision]:
    """Return what can be decided on a chapter as it is."""
    accepts = [ACCEPT] if chapter.state in ("stale", "kept") else []
    releases = [RELEASE] if chapter.state in ("edited", "yours", "kept") else []
    return [*accepts, *releases, UNKEEP if keeps else KEEP]


def decide(snapshot: Snapshot, number: int, form: Mapping[str, str]) -> Decided:
    """Take the decision that a form says on chapter `number`, under the book's lock, and return what was done.

    Raises NovelistError.
    """
    verbs: Mapping[str, Callable[[ChapterTarget], str]] = {
        "accept": decisions.accept,
        "release": decisions.release,
        "keep": lambda target: keep(snapshot, [target], kept=True)[0],
        "unkeep": lambda target: keep(snapshot, [target], kept=False)[0],
        "restore": lambda target: decisions.restore(target, form.get("when") or "nothing"),
        "take": lambda target: _take(target, form),
    }
    of_review: Mapping[str, Callable[[ReviewTarget, Mapping[str, str]], Decided]] = {
        "strike": _strike,
        "unstrike": _unstrike,
    }
    what = form.get("what", "")
    if what not in {**verbs, **of_review}:
        message = "there is no such decision. Load the page again."
        raise SettingsError(message)
    target = snapshot.chapter(number)
    with lock(snapshot.book), snapshot.book.files.writing(target.path):
        check_seen(target, form)
        if what in of_review:
            return of_review[what](snapshot.review(number), form)
        return Decided(f"{verbs[what](target)}.")


def _take(target: ChapterTarget, form: Mapping[str, str]) -> str:
    """Put the alternative that a form names in the place of its chapter. Raises NovelistError."""
    book, number = target.inputs.book, _number_in(form, "number")
    _check_shown(alternatives.path_of(book, target.identity, number), book, form)
    several = len(alternatives.numbers(book, target.identity)) > 1
    taking.take(target, number)
    others = ", and so are the others" if several else ""
    return f"{target.name} is alternative {number} now; what was there is in its history{others}"


def _number_in(form: Mapping[str, str], name: str) -> int:
    """Return a number that a form says, -1 where it says none."""
    text = form.get(name, "")
    return int(text) if NUMBER.fullmatch(text) else -1


def _strike(review: ReviewTarget, form: Mapping[str, str]) -> Decided:
    """Cross out the finding of a review whose place a form says. Raises BookError where that cannot be."""
    _check_shown(review.path, review.inputs.book, form)
    kept = strike(review, review.entries(), _number_in(form, "place"))
    if kept is None:
        message = "that finding could not be crossed out. Do that yourself in the file."
        raise BookError(review.path, None, message)
    text = "It is crossed out: nobody is asked to mend it, and it is not raised again."
    return Decided(text, Step(kept.stem, seen(review)))


def _unstrike(review: ReviewTarget, form: Mapping[str, str]) -> Decided:
    """Put the file of a review back as it was before something was crossed out. Raises BookError."""
    _check_shown(review.path, review.inputs.book, form)
    when = form.get("when", "")
    saved = saving.put_back(review, when)
    step = Step(saved.kept.stem, saved.digest) if saved.kept else None
    return Decided("It is crossed out no more.", step, when)


def _check_shown(path: Path, book: Book, form: Mapping[str, str]) -> None:
    """Raise BookError where a file beside the chapter is not the one that a form was sent about."""
    if form.get("shown") != digest(book.files.read_text(path) or ""):
        raise BookError(path, None, CHANGED)


def check_seen(target: ChapterTarget, form: Mapping[str, str]) -> None:
    """Raise BookError where a chapter is not the one, or has not the text, that a form was sent about."""
    check_same(target, form)
    check_unchanged(target, form)


def check_unchanged(target: Target, form: Mapping[str, str]) -> None:
    """Raise BookError where a file has not the text that a form was sent about."""
    if form.get("seen") != seen(target):
        raise BookError(target.path, None, CHANGED)


def check_same(target: ChapterTarget, form: Mapping[str, str]) -> None:
    """Raise BookError where a form was sent about another chapter, which had the number of this one."""
    if form.get("id") != target.identity:
        message = "the chapters have moved since you looked, and nothing was done. Look for yours by its title."
        raise BookError(target.inputs.book.outline, None, message)

"""Which chapters are revised in one go, by which wish, and what that takes at most. Asks no model, and changes nothing.

What cannot be revised is said here, before anything is paid for. Knows no terminal.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from novelist.commands import command
from novelist.drafting.chapter import ChapterDrafting
from novelist.drafting.guesses import Guesses, price
from novelist.drafting.revise import ReviseDrafting, Wish, of_desk, used_up
from novelist.drafting.wishes import wish_in
from novelist.edits.keeping import check_changeable
from novelist.errors import BookError, SettingsError
from novelist.terminal.words import passages
from novelist.text import counted
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from novelist.drafting.session import Session
    from novelist.prose.applied import Applied
    from novelist.targets.chapter import ChapterTarget

LONGER, SHORTER = 1.25, 0.75  # of what a chapter has, where no number is given
MOST_WORDS = 999_999  # of a chapter: no novel has so many
CALLS = 2  # for each revision, at most: a second one for what was refused


class Asked(NamedTuple):
    """What a person asks: a wish, and about how many words a chapter is to have; 0 for a quarter more or less."""

    wish: Wish
    longer: int | None = None
    shorter: int | None = None


class Cost(NamedTuple):
    """What revisions take at most: calls, tokens, and US dollars, None where nobody knows."""

    calls: int
    tokens: int
    dollars: float | None

    def __str__(self) -> str:
        return f"At most {counted(self.calls, 'call')}, {price(self.tokens, self.dollars)}."


def wish_of(text: str, lines: str | None, numbers: Sequence[int]) -> Wish:
    """Return what is asked in some words of chapters, on some lines of one where these are named.

    Raises SettingsError for no lines, for those of several chapters, and for a wish that is too long.
    """
    return Wish(wish_in(text), _lines(lines, numbers), lasting=lines is None)


def _lines(lines: str | None, numbers: Sequence[int]) -> range | None:
    if lines is None:
        return None
    match = re.fullmatch(r"\s*([0-9]{1,7})(?:\s*[-–]\s*([0-9]{1,7}))?\s*", lines)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        message = f"`{lines.strip()}` are no lines. Name one, or some such as `40-62`."
        raise SettingsError(message)
    if len(numbers) > 1:
        message = "Lines are of one chapter. Name one."
        raise SettingsError(message)
    return range(first, last + 1)


def _of_length(chapter: ChapterTarget, asked: Asked) -> Wish:
    """Return what is asked of one chapter, with the words that it is to have.

    Raises SettingsError where that is no such change, and BookError where the chapter is missing.
    """
    wish, longer, shorter = asked
    if longer is None and shorter is None:
        return wish
    asks = (longer if shorter is None else shorter) or 0
    if not 0 <= asks <= MOST_WORDS:
        message = f"a chapter of {asks:,} words is none. Name a number of words from 1 to {MOST_WORDS:,}."
        raise SettingsError(message)
    has, how = count_words(chapter.written().body), "shorter" if longer is None else "longer"
    words = asks or round(has * (SHORTER if longer is None else LONGER))
    if (words <= has) if how == "longer" else (words >= has):
        message = f"{chapter.name} has {has:,} words, so {words:,} is not {how}. Name another number."
        raise SettingsError(message)
    return replace(wish, text=wish.text or f"Make it {how}.", words=words, lasting=wish.lasting and bool(wish.text))


def revisions(
    session: Session, numbers: Sequence[int], asked: Asked, say: Callable[[str], None]
) -> Iterator[ReviseDrafting]:
    """Yield what is to be revised; without words, what notes and reviews of the chapters ask.

    `say` is told what is not asked any more. Raises SettingsError and BookError for what cannot be, or where that is
    nothing.
    """
    snapshot, wish = session.snapshot, asked.wish
    if asked.longer is not None and asked.shorter is not None:
        message = "A chapter is made longer, or shorter. Say one of them."
        raise SettingsError(message)
    by_notes = not wish.text and asked.longer is None and asked.shorter is None
    wishes: dict[int, Wish] = {}
    if by_notes:
        wishes = {number: of_desk(snapshot.revision(number), snapshot.review(number), wish.lines) for number in numbers}
        over = [used_up(snapshot.revision(number), snapshot.review(number)) for number in numbers]
        numbers = [number for number in numbers if wishes[number].text]
        if not numbers and any(over):
            raise SettingsError(next(filter(None, over)))
        for line in filter(None, over):
            say(line)
        if not numbers:
            message = "nothing new is asked. Say it here, or write it into its file in notes/ or reviews/, a line each."
            raise SettingsError(message)
    for number in numbers:
        chapter = snapshot.chapter(number)
        check_changeable(chapter)
        own = wishes[number] if by_notes else _of_length(chapter, asked)
        revision = ReviseDrafting(session, snapshot.revision(number), own)
        if revision.editing.closed:
            above = chapter.written().header.count("\n") + 1
            lines = f"{above}-{above + revision.editing.text.rstrip().count(chr(10))}"
            again = f"`{command('novelist')} revise {number} --lines {lines} …`"
            message = f"every paragraph of it is yours, and stays. Name lines of it: {again}."
            raise BookError(chapter.path, None, message)
        yield revision


def proposed(revision: ReviseDrafting, applied: Applied) -> dict[str, Any]:
    """Return for programs what edits of a chapter would change, each by itself, and why others cannot be made."""
    edits = []
    for number, edit in enumerate(applied.accepted, 1):
        changes = passages(revision.editing.text, revision.editing.only(applied, [edit]).text)
        changed = [{"paragraph": each.number, "old": each.old, "new": each.new} for each in changes]
        edits.append({"edit": number, "changes": changed})
    return {"edits": edits, "refused": [refusal.reason for refusal in applied.refusals]}


def cost(session: Session, revisions: Sequence[ReviseDrafting]) -> Cost:
    """Return what revisions take at most, with a second answer for each."""
    guesses = Guesses(session, lambda chapter: ChapterDrafting(session, chapter).bare_request())
    tokens, dollars = 0, list[float | None]()
    for revision in revisions:
        task = revision.target.name
        guess, text = revision.guess(guesses)
        prompt = guesses.rates_for(task).prompt(guess)
        tokens += CALLS * (prompt + text)
        dollars.append(guesses.dollars(task, prompt, text))
    known = [CALLS * each for each in dollars if each is not None]
    return Cost(CALLS * len(revisions), tokens, sum(known) if len(known) == len(dollars) else None)

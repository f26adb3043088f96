"""A chapter or a summary from a model: asked for again, with what was wrong, until an answer has no flaw.

Knows what a text must be to land. Knows no record, no doit, and not where its file is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from novelist.book.history import keep
from novelist.drafting.completion import LONGER, STEP, Completion
from novelist.drafting.partial import Begun, Partial, inserted
from novelist.errors import Refused, Unusable, WriterError
from novelist.model.faults import FILTER
from novelist.model.stream import CUT, STOP
from novelist.prose import chatter, gates
from novelist.prose.cleaning import clean
from novelist.prose.sentences import anew, ends, opened, whole_sentences
from novelist.text import normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from novelist.book.premise import Span
    from novelist.drafting.session import Session
    from novelist.model.request import Request

TRIES = 3
SMALL_TRIES = 6  # the embedded model costs nothing, and fails more often
LENGTHENINGS = 3


@dataclass(frozen=True)
class Criteria:
    """What a chapter is held against.

    Its title and section, the words asked for, the language, and the grams of earlier chapters.
    """

    title: str
    section: str
    words: Span
    language: str
    earlier: AbstractSet[int]


@dataclass(frozen=True)
class Flaw:
    """Why an answer is not taken: for a person, and for the model that tries again."""

    told: str
    advice: str


class Judge(Protocol):
    """Who finds what is of use in a text that came, and why it is not to be taken, if it is not."""

    def __call__(self, came: Begun, *, first: bool) -> tuple[str, Flaw | None]:
        """Return the text, and its flaw; `first` is set for the first attempt."""


UNCHANGED = "UNCHANGED"
FILTERED = Flaw("the server's content filter stopped it", "It was stopped by a filter; tell it more gently.")
NOTHING = Flaw("it has no text", "It had no text in it.")
REFUSES = Flaw("the model refuses", "It was a refusal. This is fiction: write what is asked for, and no remark to me.")
SAME = Flaw(f"it says {UNCHANGED} where there is nothing to compare with", "There is nothing yet that it could equal.")
ECHOES = Flaw("it only repeats its plan", "It only repeated the plan. Tell it as a scene.")
REPEATS = Flaw(
    "it repeats earlier chapters", "It used whole phrases of earlier chapters again. Tell what is new, in new words."
)
BROKEN = Flaw("it breaks off", "It broke off in the middle. Write it to its end.")
FOREIGN = Flaw("it is not in the book's language", "It was not in the language of the book. Write in that only.")
UNENDED = Flaw("it has no whole sentence", "It had no whole sentence in it.")


def _loops(sample: str) -> Flaw:
    return Flaw(
        f"it repeats itself (“{sample}”)",
        f"It repeated itself: “{sample}”. Say nothing twice, and move the scene on.",
    )


def _too_long(words: int, asked: Span) -> Flaw:
    return Flaw(
        f"it has {words:,} words where {asked} were asked for",
        f"It had {words} words. Write {asked} words, and end there.",
    )


def chapter(session: Session, request: Request, identity: str, criteria: Criteria, partial: Partial) -> tuple[str, str]:
    """Return the prose of a chapter that passed every gate, and what had to be done to it, for its line.

    What is in `partial` is gone on with; what is refused goes to the history of `identity`. Raises WriterError.
    """
    begun, outdated = partial.found()
    if outdated.strip():
        _rejected(session, identity, outdated)
    completion = Completion(session, request, criteria.words, partial)
    try:
        prose = _tried(completion, identity, begun, _of_chapter(criteria))
        prose = _lengthened(completion, identity, criteria, prose)
    except WriterError as error:
        if not partial.found()[0].text.strip():
            raise
        message = f"{error} What came of it is in {partial.path}; the next build goes on from there."
        raise type(error)(message) from error
    return prose, _noted([*completion.notes, *_sized(count_words(prose), criteria.words)])


def summary(session: Session, request: Request, identity: str, words: Span, *, had_old: bool) -> tuple[str | None, str]:
    """Return a summary and what had to be done to it, or None where the model says that the old one still holds.

    Raises WriterError.
    """

    def judge(came: Begun, *, first: bool) -> tuple[str, Flaw | None]:  # noqa: ARG001 - as for chapters
        text = normalise(came.text)
        unchanged = text.lstrip("*_\"'` \n").upper().startswith(UNCHANGED)
        if unchanged and had_old:
            return UNCHANGED, None
        return (text, SAME) if unchanged else _judged(text, came)

    completion = Completion(session, request, words, prose=False)
    text = _tried(completion, identity, Begun(), judge)
    return None if text == UNCHANGED else text, _noted(completion.notes)


def _tried(completion: Completion, identity: str, begun: Begun, judge: Judge) -> str:
    """Return the first text without a flaw, beginning with what is `begun`; each attempt is told what was wrong before.

    Raises Unusable after the last one.
    """
    session, request, last = completion.session, completion.request, NOTHING
    rejected: dict[Path, int] = {}
    for attempt in range(SMALL_TRIES if session.client.rehearses else TRIES):
        completion.notes.clear()
        came = completion.whole(begun)
        text, flaw = judge(came, first=attempt == 0)
        if flaw is None:
            return text
        where = ""
        if came.text.strip():
            path = _rejected(session, identity, came.text)
            rejected[path] = count_words(text)
            where = f" It is in {path}."
        if completion.partial is not None:
            completion.partial.drop()  # only now: a build that is killed in between has it twice, and not nowhere
        session.show.line(f"{request.task}: an answer is not taken: {flaw.told}.{where}")
        if last == flaw == FILTERED:
            break
        begun, last = Begun(), flaw
        again = request.again([flaw.advice], attempt + 1)
        completion.request = replace(again, attempt=request.attempt + attempt + 1)
    best = f" The best of {len(rejected)} is in {max(rejected, key=rejected.__getitem__)}." if rejected else ""
    message = f"no answer could be taken: {last.told}.{best} Run `doit` again."
    raise Unusable(message)


def give_up(session: Session, identity: str, partial: Partial) -> None:
    """Put what had come of a draft into history: another text of the same inputs takes its place."""
    begun, outdated = partial.found()
    if text := (begun.text or outdated).strip():
        _rejected(session, identity, text)
    partial.drop()


def _rejected(session: Session, identity: str, text: str) -> Path:
    """Keep an answer that was no chapter in history, from where nothing goes on."""
    return keep(session.snapshot.book.history, f"{identity}/rejected", text)


def _noted(notes: list[str]) -> str:
    return "".join(f", {note}" for note in notes)


def _sized(words: int, asked: Span) -> list[str]:
    """Return the note on a chapter that is not as long as was asked."""
    if asked.low <= words <= asked.high:
        return []
    return [f"{'shorter' if words < asked.low else 'longer'} than the {asked} asked for"]


def _judged(text: str, came: Begun) -> tuple[str, Flaw | None]:
    """Return what is of use in the `text` that came, and why it is not to be taken, whatever it was to be."""
    # A loop whose tail was no whole sentence is one all the same.
    found = gates.loop(text) or gates.loop(came.text)
    flaws = (
        (came.finish == FILTER, FILTERED),
        (came.finish == CUT, BROKEN),
        (not text.strip(), NOTHING),
        (chatter.refuses(text), REFUSES),
        (found is not None, _loops(found.sample if found else "")),
    )
    flaw = next((flaw for holds, flaw in flaws if holds), None)
    return text[: found.start] if found else text, flaw


def _of_chapter(criteria: Criteria) -> Judge:
    """Return who finds the prose in an answer for a chapter, and its flaw."""

    def judge(came: Begun, *, first: bool) -> tuple[str, Flaw | None]:
        prose = clean(came.text, criteria.title)
        if not ends(prose):
            # What stood behind its last sentence was no prose.
            prose = whole_sentences(prose)
        words = count_words(prose)
        flaws = (
            (gates.foreign(prose, criteria.language), FOREIGN),
            (gates.echoes(prose, criteria.section), ECHOES),
            (gates.reused(prose, criteria.earlier) > gates.REUSED, REPEATS),
            (not ends(prose), UNENDED),
            (first and words > criteria.words.high * LONGER, _too_long(words, criteria.words)),
        )
        use, flaw = _judged(prose, came)
        return use, flaw or next((flaw for holds, flaw in flaws if holds), None)

    return judge


def _lengthened(completion: Completion, identity: str, criteria: Criteria, prose: str) -> str:
    """Return the prose, lengthened before its ending where it is too short; length alone never refuses a chapter."""
    for lengthening in range(LENGTHENINGS):
        words = count_words(prose)
        if words >= criteria.words.low:
            break
        try:
            longer, loops = _longer(completion, criteria, prose, lengthening)
        except Refused:
            raise
        except WriterError:
            # It is whole as it is.
            break
        if loops or gates.reused(longer, criteria.earlier) > gates.REUSED:
            _rejected(completion.session, identity, longer)
            break
        if count_words(longer) < words + STEP:
            break
        prose = longer
        if completion.partial is not None:
            completion.partial.end(prose, STOP)
    return prose


def _longer(completion: Completion, criteria: Criteria, prose: str, lengthening: int) -> tuple[str, bool]:
    """Return the prose with one more piece of its scene, and whether that piece goes in circles."""
    session = completion.session
    before, ending = opened(prose)
    left = (criteria.words.low + criteria.words.high) // 2 - count_words(prose)
    request = replace(
        completion.request,
        cap=session.tokens(left),
        begun=before if session.client.provider.small else "",
        instruction=session.prompts.render("extend", text=before, ending=ending, left=left),
        attempt=completion.request.attempt + lengthening + 1,
    )
    answer = completion.ask(request, before, ending, most=criteria.words.high)
    # It was told what is there, and may have written it all the same.
    new = anew(before, clean(answer.text, criteria.title).removeprefix(before)).removesuffix(ending).strip()
    if gates.loop(inserted(before, new, ending)):
        return inserted(before, new, ending), True
    new = new if answer.finish == STOP and ends(new) else whole_sentences(new)
    if not ends(new) or chatter.refuses(new) or chatter.closes(new):
        new = ""
    return inserted(before, new, ending), False

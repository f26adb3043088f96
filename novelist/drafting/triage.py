"""Which later chapters rest on what has changed in the story: asked once for all of them, and read off their texts.

Knows the summaries of chapters, and which have a name or a number of the changed lines that few chapters have. Its
answers are kept with the unfinished drafts, by what changed, until no chapter is left that they are about.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.drafting.guesses import INSTRUCTION_TOKENS
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning
from novelist.errors import Unusable
from novelist.prose.evidence import Sources, names_of, numbers_of
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.targets.changes import Change
    from novelist.targets.chapter import ChapterTarget

IDENTITY = "@triage"
RARE = 0.5  # of all chapters: a name that more of them have tells nothing
TOKENS_PER_CHAPTER = 8
LONGEST_SUMMARY = 2_000  # characters of a summary that are shown


class Triage:
    """The answers that are there, and the question for those that are not."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._snapshot = session.snapshot
        self._files = session.snapshot.book.files
        self._path: Path = session.snapshot.book.landing(IDENTITY).with_suffix(".json")

    @cached_property
    def _followers(self) -> dict[str, list[str]]:
        """The identities of the chapters that rest on a change, by its key."""
        try:
            known = json.loads(self._files.read_text(self._path) or "{}")
        except (ValueError, RecursionError):
            return {}
        right = isinstance(known, dict) and all(isinstance(followers, list) for followers in known.values())
        return known if right else {}

    def follows(self, chapter: ChapterTarget, changes: Sequence[Change]) -> bool:
        """Say whether a chapter may rest on what has changed; it does where nobody can say what that is.

        Raises WriterError.
        """
        later = self.later(chapter)
        unknown = [change for change in changes if change.key not in self._followers]
        if not changes or (unknown and len(later) == 1):
            return True
        if unknown:
            self._ask(unknown, later)
        return any(chapter.identity in self._followers[change.key] for change in changes)

    def later(self, chapter: ChapterTarget) -> list[ChapterTarget]:
        """Return the chapter, and those behind it that a change of the story may reach."""
        chapters = self._snapshot.chapters[chapter.number - 1 :]
        return [each for each in chapters if each.info is not None and not each.typed]

    def guess(self, chapters: Sequence[ChapterTarget], guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of the question about these chapters, and of its answer."""
        summaries = [self._snapshot.summary(chapter.number) for chapter in chapters]
        return guesses.texts(summaries) + INSTRUCTION_TOKENS, TOKENS_PER_CHAPTER * len(chapters)

    def _ask(self, changes: Sequence[Change], chapters: Sequence[ChapterTarget]) -> None:
        session, numbers = self.session, {chapter.number for chapter in chapters}
        first = chapters[0].number
        request = session.request(
            "triage",
            session.profile.tokens(0) + TOKENS_PER_CHAPTER * len(chapters),
            number=first,
            changes=changes,
            chapters=[(each.number, each.section.title, self._summary(each)) for each in chapters],
        )
        schemas = session.schemas
        form: Form[set[int]] = Form(
            schemas.record(chapters=schemas.many(schemas.whole(self._snapshot.count), 0, len(chapters))),
            _numbers,
            lambda _: {},
            problems=lambda _: [],
            repair=lambda answer: (answer, []),
        )
        partial = Partial(self._snapshot.book.unfinished(IDENTITY), {"told": digest(request.user)})
        try:
            follow = Planning(session, "triage", IDENTITY, form, partial).plan(request, partial.found()[0])
        except Unusable:
            session.show.line("The answer of which chapters rest on what changed is of no use, so each is asked for.")
            follow = numbers
        texts = {each.number: Sources([each.text()], self._snapshot.premise.language) for each in chapters}
        for change in changes:
            resting = follow | self._telling(change, texts)
            self._followers[change.key] = [each.identity for each in chapters if each.number in resting]
        self._files.replace(self._path, json.dumps(self._followers, ensure_ascii=False))
        partial.drop()

    def _summary(self, chapter: ChapterTarget) -> str:
        return normalise(self._snapshot.text(self._snapshot.summary(chapter.number)))[:LONGEST_SUMMARY]

    def _telling(self, change: Change, texts: Mapping[int, Sources]) -> set[int]:
        """Return the numbers of the chapters with a name or a number of what changed that few chapters have."""
        language = self._snapshot.premise.language
        having = [
            *(
                {number for number, text in texts.items() if text.has_name(name)}
                for name in names_of(change.text, language)
            ),
            *(
                {number for number, text in texts.items() if text.has_number(one)}
                for one in numbers_of(change.text, language)
            ),
        ]
        return {number for numbers in having if len(numbers) <= RARE * len(texts) for number in numbers}

    def settle(self, chapter: ChapterTarget) -> None:
        """Forget the answers where no chapter behind this one is still to be adapted."""
        if self._followers and not any(each.verdict().ripples for each in self.later(chapter)):
            self._files.remove(self._path)


def _numbers(answer: Mapping[str, object]) -> set[int]:
    """Return the numbers of chapters in an answer. Raises ValueError where it has no list of them."""
    numbers = answer.get("chapters")
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        message = '"chapters" is not a list of numbers'
        raise ValueError(message)
    return set(numbers)

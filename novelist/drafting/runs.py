"""What happens in the chapters of an outline, asked for in runs of about eight, with the list of all in view.

All runs begin with the same text, which a server can reuse: the premise, the bible, the list, and what happens in the
chapters that were told before. Knows no target, and not what becomes of what is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from novelist.book import section_lines
from novelist.drafting import markdown
from novelist.drafting.answers import objects
from novelist.drafting.outline_plan import OutlineDraft, Planned, is_open, planned
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning, in_another_language
from novelist.text import counted, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.drafting.session import Session
    from novelist.model.request import Request

IDENTITY = "@outline"
RUN = 8  # chapters
SECTION_WORDS = 200  # that one section may have, with its lines
RUN_TOKENS = 180 * RUN  # that it is likely to have: 130 words, and what JSON takes
Told = dict[int, Planned]  # what happens in chapters, by their numbers


def section_words(language: str) -> int:
    """Return how many words a section may have for its cap; what counts as a word is a character in some scripts."""
    from novelist.language import lookup  # noqa: PLC0415 - only what drafts an outline asks

    return SECTION_WORDS * (2 if lookup.table(language).characters else 1)


class Runs:
    """What happens in the chapters of one planned outline."""

    def __init__(self, session: Session, plan: OutlineDraft) -> None:
        self.session = session
        self.plan = plan

    def told(self, numbers: Sequence[int], before: Mapping[int, Planned]) -> Told:
        """Return what happens in the chapters with these numbers, at least in one of them.

        `before` are the chapters of which that is known. Raises WriterError; what has come is then kept, and gone on
        with.
        """
        request = self._request(numbers, before)
        partial = self._partial(numbers, request)
        planning = Planning(self.session, f"plan of {span_of(numbers)}", IDENTITY, self._form(numbers), partial)
        happens = planning.plan(request, partial.found()[0])
        if silent := [number for number in numbers if number not in happens]:
            line = f"The answer does not say what happens in {span_of(silent)}: asking for {_them(silent)}."
            self.session.show.line(line)
        return happens

    def drop(self, numbers: Sequence[int]) -> None:
        """Forget what has come for these numbers: it is kept elsewhere."""
        self._partial(numbers).drop()

    def _partial(self, numbers: Sequence[int], request: Request | None = None) -> Partial:
        path = self.session.snapshot.book.unfinished(f"{IDENTITY}/{numbers[0]}-{numbers[-1]}")
        return Partial(path, {"told": digest(request.user)} if request else {})

    def _request(self, numbers: Sequence[int], before: Mapping[int, Planned]) -> Request:
        session, plan = self.session, self.plan
        premise = session.snapshot.premise
        chapters = enumerate(plan.chapters, 1)
        request = session.request(
            "outline-run",
            session.profile.tokens(section_words(premise.language) * len(numbers)),
            thinking=True,
            bible=session.snapshot.bible.text,
            outline=None,
            title=premise.title or plan.title,
            about=plan.about,
            threads=plan.threads,
            listed=[f"{number}. {one.title}" + (f": {one.happens}" if one.happens else "") for number, one in chapters],
            parts=[(part, number) for part, number in zip(plan.parts, _firsts(plan), strict=False)],
            told=[f"{number}. {before[number].text(premise.language)}" for number in sorted(before)],
            numbers=list(numbers),
            last=len(plan.chapters) in numbers,
        )
        return replace(request, task=f"outline:{numbers[0]}-{numbers[-1]}")

    def _form(self, numbers: Sequence[int]) -> Form[Told]:
        schemas, count = self.session.schemas, len(numbers)
        lines = {name: schemas.line() for name in section_lines.NAMES}
        number = schemas.whole(len(self.plan.chapters))
        chapter = schemas.record(number=number, happens=schemas.sentences(3), **lines)
        return Form(
            schemas.record(chapters=schemas.many(chapter, count, count)),
            lambda answer: read(answer, numbers, len(self.plan.chapters)),
            lambda text: {"chapters": markdown.read_outline(text)["chapters"]},
            lambda told: (
                in_another_language(self.session, (one.happens for one in told.values()))
                if told
                else [f"it does not say what happens in {span_of(numbers)}"]
            ),
            self._repaired,
        )

    def _repaired(self, told: Told) -> tuple[Told, list[str]]:
        return told, []


def read(answer: Mapping[str, Any], numbers: Sequence[int], count: int) -> Told:
    """Return what a model answered of the chapters with these numbers: by these, or in order where it has none.

    In order they are those that were asked for, or all of the outline, `count`. A chapter of which nothing was
    answered, or that breaks off, is not among them.
    """
    chapters = objects(answer, "chapters")
    given = [number_of(chapter.get("number")) for chapter in chapters]
    if not set(given) & set(numbers):
        in_order = {count: range(1, count + 1), len(numbers): numbers}
        given = list(in_order.get(len(chapters), ()))
    happens = {number: planned(chapter) for number, chapter in zip(given, chapters, strict=False)}
    return {
        number: one
        for number, one in happens.items()
        if number in numbers and one.happens.strip() and not is_open(one, last=False)
    }


def number_of(value: object) -> int:
    """Return the number of a chapter as a model answered it, 0 for what is none."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _firsts(plan: OutlineDraft) -> list[int]:
    """Return the number of the first chapter of each part."""
    parts = [chapter.part for chapter in plan.chapters]
    return [parts.index(part) + 1 for part in range(1, len(plan.parts) + 1) if part in parts]


def span_of(numbers: Sequence[int]) -> str:
    """Return chapters as they are called in a line: `chapter 7`, `chapters 9 to 16`, `chapters 9, 12`."""
    if len(numbers) == 1:
        return f"chapter {numbers[0]}"
    whole = numbers[-1] - numbers[0] == len(numbers) - 1
    return f"chapters {numbers[0]} to {numbers[-1]}" if whole else f"chapters {', '.join(map(str, numbers))}"


def _them(numbers: Sequence[int]) -> str:
    return "it" if len(numbers) == 1 else f"these {counted(len(numbers), 'chapter')}"

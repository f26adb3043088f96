"""Sections of an outline that is there, revised as its author asks: in runs, with all of the outline in view.

What stays as it is need not be answered. Each run that was answered is kept until the revision is taken or refused, so
that none is paid twice. Knows no command, and does not write outline.md.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import conflict, section_lines
from novelist.book.headings import inert
from novelist.book.section_lines import SectionLines
from novelist.drafting import markdown
from novelist.drafting.answers import objects
from novelist.drafting.guesses import Guesses
from novelist.drafting.outline_plan import Planned, is_open, planned
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning, in_another_language
from novelist.drafting.prompts import contents
from novelist.drafting.runs import IDENTITY, RUN, RUN_TOKENS, number_of, section_words, span_of
from novelist.text import digest, slug
from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.book.outline import Outline, Section
    from novelist.drafting.session import Session
    from novelist.model.request import Request

MOST_SHOWN = 80  # sections of a longer outline that a run is shown, and
AROUND = 30  # those before and behind its own

Revised = dict[int, Planned]


class Revision:
    """What one wish makes of the chapters with these numbers."""

    def __init__(self, session: Session, outline: Outline, wish: str, numbers: Sequence[int]) -> None:
        self.session = session
        self.outline = outline
        self.wish = wish
        self.runs = [numbers[first : first + RUN] for first in range(0, len(numbers), RUN)]

    def guess(self) -> tuple[int, int]:
        """Return about how many tokens all prompts and all answers take at most."""
        prompts = [count_tokens(self._request(run, {}).sent) for run in self.runs]
        revised = RUN_TOKENS * sum(range(len(self.runs)))  # a run is shown what the runs before it have revised
        return sum(prompts) + revised, sum(RUN_TOKENS * len(run) // RUN for run in self.runs)

    def cost(self) -> tuple[int, float | None]:
        """Return about how many tokens that is, and US dollars; None where nobody knows."""
        guesses = Guesses(self.session, lambda _: self._request(self.runs[0], {}))
        prompt, text = self.guess()
        read = guesses.rates.prompt(prompt)
        return read + text, guesses.dollars("outline", read, text)

    def sections(self) -> dict[int, Section]:
        """Ask for all runs, and return the sections that are otherwise than before. Raises WriterError."""
        taken = self._taken()
        revised: Revised = {number: one for answer in taken for number, one in answer.items()}
        for run in self.runs[len(taken) :]:
            answer = self._asked(run, revised)
            revised |= answer
            taken.append(answer)
            self._keep(taken)
        return self._changed(revised)

    def drop(self) -> None:
        """Forget what was answered: it was taken, or refused."""
        self._store.drop()

    def _asked(self, numbers: Sequence[int], before: Revised) -> Revised:
        session = self.session
        request = self._request(numbers, before)
        partial = Partial(session.snapshot.book.unfinished(f"{IDENTITY}/revising"), {"told": digest(request.user)})
        what = f"revision of {span_of(numbers)}"
        planning = Planning(session, what, IDENTITY, self._form(numbers), partial, "novelist outline")
        revised = planning.plan(request, partial.found()[0])
        partial.drop()
        return revised

    def _request(self, numbers: Sequence[int], before: Revised) -> Request:
        session, outline = self.session, self.outline
        language, count = session.snapshot.premise.language, len(outline.sections)
        bible = session.snapshot.bible.text if session.snapshot.book.bible.is_file() else ""
        near = range(max(1, numbers[0] - AROUND), min(count, numbers[-1] + AROUND) + 1)
        request = session.request(
            "outline-revise",
            session.profile.tokens(section_words(language) * len(numbers)),
            thinking=True,
            bible=bible,
            outline=outline,
            contents=contents(outline, range(1, count + 1) if count <= MOST_SHOWN else near),
            revised=[f"{number}. {one.title}: {one.text(language)}" for number, one in sorted(before.items())],
            numbers=list(numbers),
            wish=self.wish,
        )
        return replace(request, task=f"outline:{numbers[0]}-{numbers[-1]}")

    def _form(self, numbers: Sequence[int]) -> Form[Revised]:
        schemas = self.session.schemas
        lines = {name: schemas.line() for name in section_lines.NAMES}
        number = schemas.whole(len(self.outline.sections))
        chapter = schemas.record(number=number, title=schemas.title(), happens=schemas.sentences(3), **lines)

        def read(answer: Mapping[str, Any]) -> Revised:
            if "chapters" not in answer:
                message = 'it has no list "chapters"'
                raise ValueError(message)
            chapters = objects(answer, "chapters")
            return {number_of(chapter.get("number")): self._safe(planned(chapter)) for chapter in chapters}

        def problems(revised: Revised) -> list[str]:
            others = [str(number) for number in revised if number not in numbers]
            wrong = [f"chapter {', '.join(others)} is none of those to be revised"] if others else []
            wrong += [
                f"what happens in chapter {number} is missing or cut off"
                for number, one in revised.items()
                if number in numbers and (not one.happens.strip() or is_open(one, last=False))
            ]
            wrong += in_another_language(self.session, (one.happens for one in revised.values()))
            return wrong + [
                f"chapter {number} has the title of chapter {taken}" for number, taken in self._taken_titles(revised)
            ]

        return Form(
            schemas.record(chapters=schemas.many(chapter, 0, len(numbers))),
            read,
            markdown.read_outline,
            problems,
            lambda revised: (revised, []),
            mend=lambda revised: self._mended(revised, numbers),
        )

    def _safe(self, one: Planned) -> Planned:
        return replace(one, happens=inert(conflict.without_marks(one.happens)))

    def _taken_titles(self, revised: Revised) -> list[tuple[int, int]]:
        """Return the chapters whose new title another one has, and that one."""
        titles = {number: slug(section.title) for number, section in enumerate(self.outline.sections, 1)}
        new = {number: slug(one.title) or titles[number] for number, one in revised.items() if number in titles}
        after = titles | new
        return [
            (number, other)
            for number, title in new.items()
            if title != titles[number]
            for other, taken in after.items()
            if other != number and taken == title
        ]

    def _mended(self, revised: Revised, numbers: Sequence[int]) -> tuple[Revised, list[str]]:
        """Return a revision without chapters that nobody asked for, and with the old title where a new one is taken."""
        taken = {number for number, _ in self._taken_titles(revised)}
        others = [number for number in revised if number not in numbers]
        kept = {
            number: replace(one, title="") if number in taken else one
            for number, one in revised.items()
            if number in numbers
        }
        if not kept:
            return revised, []
        left_out = [f"chapter {number}, which is not to be revised, is left out" for number in others]
        return kept, [*left_out, *(f"chapter {number} keeps its title" for number in sorted(taken & kept.keys()))]

    @cached_property
    def _store(self) -> Partial:
        outline = self.session.snapshot.book.files.read_text(self.session.snapshot.book.outline) or ""
        asked = {"wish": self.wish, "runs": [list(run) for run in self.runs], "outline": digest(outline)}
        return Partial(self.session.snapshot.book.unfinished(f"{IDENTITY}/revised"), asked)

    def _keep(self, taken: Sequence[Revised]) -> None:
        answers = [[{"number": number, **one.answered()} for number, one in answer.items()] for answer in taken]
        self._store.end(json.dumps(answers, ensure_ascii=False), "stop")

    def _taken(self) -> list[Revised]:
        """Return the answers for the first runs that an earlier command was given."""
        with suppress(ValueError, TypeError, KeyError):
            answers = json.loads(self._store.found()[0].text)
            return [{one["number"]: planned(one) for one in objects({"of": each}, "of")} for each in answers]
        return []

    def _changed(self, revised: Revised) -> dict[int, Section]:
        """Return the sections that are now otherwise, by their numbers."""
        language = self.session.snapshot.premise.language
        changed = {}
        for number, one in sorted(revised.items()):
            old = self.outline.sections[number - 1]
            lines = one.lines or section_lines.read(old.text, language).lines
            text = inert(section_lines.render(SectionLines(lines, one.happens), language))
            new = replace(old, title=one.title or old.title, text=text)
            if (new.title, new.text.split()) != (old.title, old.text.split()):
                changed[number] = new
        return changed

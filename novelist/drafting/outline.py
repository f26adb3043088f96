"""An outline from a model: its JSON Schema, what is wrong with an answer, and what can be repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.book import frontmatter, outline_text
from novelist.book.headings import inert, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.drafting import markdown
from novelist.drafting.answers import objects
from novelist.drafting.drafting import Draft
from novelist.drafting.planned import PlannedDrafting
from novelist.prose.sentences import SENTENCE_END, whole_sentences
from novelist.targets.source import OutlineTarget
from novelist.text import counted, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.premise import Span
    from novelist.drafting.guesses import Guesses
    from novelist.drafting.schemas import Schemas
    from novelist.model.request import Request

OUTLINE_TOKENS, TOKENS_PER_SECTION = 1000, 160
ENDS_OPEN = re.compile(r"(?<![\s,;:–—-])[\s,;:–—-]+$")
DANGLING = re.compile(r"(?:[\s,;:–—-]+(?:a|an|and|at|by|for|from|in|of|on|the|to|with)(?![^\s,;:–—-]))*[\s,;:–—-]*$")
LONGEST_NEW_TITLE = 200  # characters
NO_TITLE = "the book has no title"


@dataclass(frozen=True)
class Planned:
    """One chapter as the model planned it; `part` counts from 1, 0 is none."""

    part: int
    title: str
    happens: str


@dataclass(frozen=True)
class OutlineDraft:
    """A planned book, its texts made safe but not yet checked."""

    title: str
    about: str
    parts: tuple[str, ...]
    chapters: tuple[Planned, ...]


def schema(chapters: Span, schemas: Schemas) -> dict[str, Any]:
    """Return the JSON Schema of an outline: flat and small, since not every model keeps to a larger one."""
    chapter = schemas.record(part=schemas.whole(0), title=schemas.title(), happens=schemas.sentences(2))
    return schemas.record(
        title=schemas.title(),
        about=schemas.sentences(1),
        parts=schemas.many(schemas.title(), 0, 0),
        chapters=schemas.many(chapter, chapters.low, chapters.high),
    )


def read(answer: Mapping[str, Any]) -> OutlineDraft:
    """Return the outline that a model answered.

    Raises ValueError with what is wrong, in words for the model.
    """
    parts = answer.get("parts")
    return OutlineDraft(
        title=tidy_title(str(answer.get("title") or "")),
        about=inert(str(answer.get("about") or "")),
        parts=tuple(tidy_title(str(part)) for part in parts) if isinstance(parts, list) else (),
        chapters=tuple(_planned(chapter) for chapter in objects(answer, "chapters")),
    )


def _planned(chapter: Mapping[str, Any]) -> Planned:
    part = chapter.get("part")
    return Planned(
        part=part if isinstance(part, int) else 0,
        title=tidy_title(str(chapter.get("title") or "")),
        happens=inert(str(chapter.get("happens") or "")),
    )


def problems(draft: OutlineDraft, chapters: Span) -> list[str]:
    """Return what is wrong with the draft, in words for the model and for a person."""
    wrong = []
    count = len(draft.chapters)
    if not chapters.low <= count <= chapters.high:
        wrong.append(f"it has {count} chapters, not {chapters}")
    if not draft.title:
        wrong.append(NO_TITLE)
    seen: dict[str, int] = {}
    for number, chapter in enumerate(draft.chapters, 1):
        identity = slug(chapter.title)
        if not identity:
            wrong.append(f"chapter {number} has no title")
        elif identity in seen:
            wrong.append(f"chapter {number} has the title of chapter {seen[identity]}")
        seen.setdefault(identity, number)
        if not chapter.happens.strip():
            wrong.append(f"chapter {number} does not say what happens")
        elif _open(chapter, last=number == count):
            wrong.append(f"what happens in chapter {number} is cut off")
    wrong.extend(f"part {number} has no title" for number, part in enumerate(draft.parts, 1) if not part)
    if _misplaced(draft):
        wrong.append("the parts do not follow each other, each with a chapter")
    return wrong


def _misplaced(draft: OutlineDraft) -> bool:
    """Say whether the chapters' parts are not 1, 2, 3 … in order, with all of the parts used."""
    order = [chapter.part for chapter in draft.chapters]
    if not draft.parts:
        return any(order)
    return order != sorted(order) or set(order) - {0} != set(range(1, len(draft.parts) + 1))


def repair(draft: OutlineDraft, chapters: Span) -> tuple[OutlineDraft, list[str]]:
    """Return the draft with all of its problems but missing chapters repaired, and what was done."""
    done = []
    if len(draft.chapters) > chapters.high:
        done.append(f"{counted(len(draft.chapters) - chapters.high, 'chapter')} too many left out")
        draft = replace(draft, chapters=draft.chapters[: chapters.high])
    if _misplaced(draft) or not all(draft.parts):
        done.append("the parts are left out")
        draft = replace(draft, parts=(), chapters=tuple(replace(chapter, part=0) for chapter in draft.chapters))
    if not draft.title:
        done.append("the book is now `Untitled`")
        draft = replace(draft, title="Untitled")
    planned: list[Planned] = []
    taken: set[str] = set()
    for number, chapter in enumerate(draft.chapters, 1):
        title = _new_title(chapter, number, taken)
        taken.add(slug(title))
        if title != chapter.title:
            done.append(f"chapter {number}, `{chapter.title}`, is now `{title}`")
        happens = _whole(chapter.happens) if _open(chapter, last=number == len(draft.chapters)) else chapter.happens
        happens = happens if happens.strip() else inert(f"{title}.")
        if happens != chapter.happens:
            done.append(f"what happens in chapter {number} now ends in a whole sentence")
        planned.append(Planned(chapter.part, title, happens))
    return replace(draft, chapters=tuple(planned)), done


def _open(chapter: Planned, *, last: bool) -> bool:
    """Say whether what happens in a chapter was cut off: in the last one by the lack of an end, else by a comma."""
    happens = chapter.happens
    return happens.endswith((",", ";", ":", "–", "—", "-")) or (last and not SENTENCE_END.search(happens[-4:]))


def _whole(happens: str) -> str:
    """Return a text that was cut off up to its last whole sentence, or closed by a full stop."""
    whole = ENDS_OPEN.sub("", whole_sentences(happens))
    return whole if not whole or SENTENCE_END.search(whole[-4:]) else f"{whole}."


def _new_title(chapter: Planned, number: int, taken: set[str]) -> str:
    """Return the chapter's title; where that is none, or taken, the first words of what happens in it."""
    words = re.split(r"[.,;:!?]", chapter.happens)[0].split()
    titles = [
        ENDS_OPEN.sub("", chapter.title),
        *(DANGLING.sub("", " ".join(words[:most])[:LONGEST_NEW_TITLE]) for most in (5, 9)),
        f"Chapter {number}",
    ]
    tidied = (tidy_title(title) for title in titles)
    free = (title for title in tidied if slug(title) and slug(title) not in taken)
    return next(free, f"Chapter {number}, again")


def to_outline(draft: OutlineDraft, title: str) -> Outline:
    """Return a draft without problems as an outline; `title` is the premise's, where it has one."""
    sections = tuple(
        Section(slug(chapter.title), chapter.title, chapter.happens, chapter.part - 1 if chapter.part else None)
        for chapter in draft.chapters
    )
    return Outline(tidy_title(title) or draft.title, draft.about, tuple(map(Part, draft.parts)), sections)


class OutlineDrafting(PlannedDrafting[OutlineTarget, OutlineDraft]):
    """How the outline is drafted."""

    lacks: ClassVar = {NO_TITLE: ("title",)}

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - it is drafted where there is none
        """Return what the model is told."""
        snapshot, chapters = self.session.snapshot, self.session.snapshot.premise.chapters
        return self.session.request(
            "outline",
            OUTLINE_TOKENS + TOKENS_PER_SECTION * chapters.high,
            thinking=True,
            bible=snapshot.bible.text,
            outline=None,
            chapters=chapters,
            title=snapshot.premise.title,
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of an outline."""
        return schema(self.session.snapshot.premise.chapters, self.session.schemas)

    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return the outline in Markdown as its JSON would be. Raises ValueError where that cannot be read."""
        return markdown.read_outline(text)

    def read(self, answer: Mapping[str, Any]) -> OutlineDraft:
        """Return the outline that was answered."""
        return read(answer)

    def problems(self, plan: OutlineDraft) -> list[str]:
        """Return what is wrong with an outline."""
        premise = self.session.snapshot.premise
        wrong = problems(plan, premise.chapters)
        wrong += self.in_another_language(plan.about, *(chapter.happens for chapter in plan.chapters))
        return [problem for problem in wrong if problem != NO_TITLE or not premise.title]

    def repair(self, plan: OutlineDraft) -> tuple[OutlineDraft, list[str]]:
        """Return an outline without what is wrong with it, and what was done."""
        return repair(plan, self.session.snapshot.premise.chapters)

    def rendered(self, plan: OutlineDraft) -> Draft:
        """Return the outline as Markdown."""
        outline = to_outline(plan, self.session.snapshot.premise.title)
        body = frontmatter.parse(outline_text.render(outline), outline_text.KEYS).body
        return Draft(body, f"drafted: {counted(len(outline.sections), 'chapter')}", {"title": outline.title})

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.idea + guesses.bible, guesses.outline

"""A story bible from a model: its JSON Schema, what is wrong with an answer, what can be repaired, and its Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.book.headings import inert, tidy_title
from novelist.drafting import markdown
from novelist.drafting.answers import objects
from novelist.drafting.drafting import Draft
from novelist.drafting.planned import PlannedDrafting
from novelist.language import lookup
from novelist.prose.names import counted_names
from novelist.targets.source import BibleTarget
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.schemas import Schemas
    from novelist.model.request import Request

BIBLE_TOKENS = 4000

# The groups, and how many of each a small model is asked for at most.
GROUPS = {"people": 3, "places": 2, "things": 2}
NOBODY, NO_STYLE = "it names nobody and nothing", "it says nothing about the style"


@dataclass(frozen=True)
class EntityDraft:
    """One person, place or thing as the model planned it."""

    name: str
    also: str
    about: str


@dataclass(frozen=True)
class BibleDraft:
    """A planned bible: its entities by group, the rules of its world, and its style."""

    groups: dict[str, tuple[EntityDraft, ...]]
    rules: str
    style: str


def schema(schemas: Schemas) -> dict[str, Any]:
    """Return the JSON Schema of a bible: flat and small, since not every model keeps to a larger one."""
    entity = schemas.record(name=schemas.name(), also={"type": "string"}, about=schemas.sentences(1))
    if schemas.plain:
        entity = schemas.record(name=schemas.name(), about=schemas.sentences(1))
    groups = {group: schemas.many(entity, 1, most) for group, most in GROUPS.items()}
    return schemas.record(**groups, rules=schemas.sentences(1), style=schemas.sentences(1))


def read(answer: Mapping[str, Any]) -> BibleDraft:
    """Return the bible that a model answered.

    Raises ValueError with what is wrong, in words for the model.
    """
    groups = {
        group: tuple(
            EntityDraft(
                name=tidy_title(str(entry.get("name") or "")),
                also=tidy_title(str(entry.get("also") or "")),
                about=inert(str(entry.get("about") or "")),
            )
            for entry in objects(answer, group)
        )
        for group in GROUPS
    }
    return BibleDraft(groups, inert(str(answer.get("rules") or "")), inert(str(answer.get("style") or "")))


def problems(draft: BibleDraft) -> list[str]:
    """Return what is wrong with the draft, in words for the model and for a person."""
    wrong = []
    if not any(draft.groups.values()):
        wrong.append(NOBODY)
    seen: set[str] = set()
    for group, entities in draft.groups.items():
        for number, entity in enumerate(entities, 1):
            if not entity.name:
                wrong.append(f"number {number} of the {group} has no name")
            elif not entity.about.strip():
                wrong.append(f"it says nothing about `{entity.name}`")
            if entity.name and entity.name.casefold() in seen:
                wrong.append(f"`{entity.name}` is named twice")
            seen.add(entity.name.casefold())
    if not draft.style.strip():
        wrong.append(NO_STYLE)
    return wrong


def repair(draft: BibleDraft) -> tuple[BibleDraft, list[str]]:
    """Return the draft without its entities that are unnamed, empty or named twice, and what was done."""
    done = []
    groups: dict[str, tuple[EntityDraft, ...]] = {}
    seen: set[str] = {""}
    for group, entities in draft.groups.items():
        kept = []
        for entity in entities:
            if entity.name.casefold() in seen or not entity.about.strip():
                done.append(f"`{entity.name}` of the {group} is left out")
            else:
                kept.append(entity)
            if entity.about.strip():
                seen.add(entity.name.casefold())
        groups[group] = tuple(kept)
    return BibleDraft(groups, draft.rules, draft.style or "Plain words."), done


def render(draft: BibleDraft) -> str:
    """Return the body of bible.md: one `##` section per entity, the rules and the style told to every chapter."""
    blocks = []
    for group, entities in draft.groups.items():
        if entities:
            blocks.append(f"# {group.capitalize()}")
        for entity in entities:
            also = f"\n\nAlso: {entity.also}" if entity.also else ""
            blocks.append(f"## {entity.name}\n\n{entity.about}{also}")
    blocks.append("# The world and the telling")
    if draft.rules.strip():
        blocks.append(f"## Rules of this world {{.always}}\n\n{draft.rules}")
    blocks.append(f"## Style and voice {{.always}}\n\n{draft.style}")
    return "\n\n".join(blocks)


class BibleDrafting(PlannedDrafting[BibleTarget, BibleDraft]):
    """How the bible is drafted."""

    lacks: ClassVar = {NOBODY: tuple(GROUPS), NO_STYLE: ("style",)}

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - it is drafted where there is none
        """Return what the model is told: the premise, and what the chapters tell that were there before it."""
        written = self.target.told_by()
        story = self.session.chapters_told() if written else []
        inflections = lookup.table(self.session.snapshot.premise.language).inflections
        texts = [chapter.text() for chapter in self.session.snapshot.chapters] if written else []
        names = counted_names(texts, inflections)
        lines = [f"{name} ({times} times, in {counted(places, 'chapter')})" for name, times, places in names]
        return self.session.request(
            "bible", BIBLE_TOKENS, thinking=True, bible="", outline=None, story=story, names=lines
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a bible."""
        return schema(self.session.schemas)

    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return the bible in Markdown as its JSON would be."""
        return markdown.read_bible(text)

    def read(self, answer: Mapping[str, Any]) -> BibleDraft:
        """Return the bible that was answered."""
        return read(answer)

    def problems(self, plan: BibleDraft) -> list[str]:
        """Return what is wrong with a bible."""
        texts = [entity.about for entities in plan.groups.values() for entity in entities]
        return [*problems(plan), *self.in_another_language(*texts, plan.rules, plan.style)]

    def repair(self, plan: BibleDraft) -> tuple[BibleDraft, list[str]]:
        """Return a bible without what is wrong with it, and what was done."""
        return repair(plan)

    def rendered(self, plan: BibleDraft) -> Draft:
        """Return the bible as Markdown."""
        body = render(plan)
        sections = body.count("\n## ")
        return Draft(body, f"drafted: {counted(sections, 'section')}")

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.told if self.target.told_by() else guesses.idea, guesses.bible

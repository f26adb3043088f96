"""A bible as a model plans it: its schema, what is wrong with an answer, what can be put right, its Markdown. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from novelist.book.headings import inert, tidy_title
from novelist.drafting.answers import objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from novelist.drafting.schemas import Schemas

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
    groups = {group: schemas.many(entity_schema(schemas), 1, most) for group, most in GROUPS.items()}
    return schemas.record(**groups, rules=schemas.sentences(1), style=schemas.sentences(1))


def entity_schema(schemas: Schemas) -> dict[str, Any]:
    """Return the JSON Schema of one person, place or thing."""
    if schemas.plain:
        return schemas.record(name=schemas.name(), about=schemas.sentences(1))
    return schemas.record(name=schemas.name(), also={"type": "string"}, about=schemas.sentences(1))


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
    blocks = list(render_groups(draft))
    blocks.append("# The world and the telling")
    if draft.rules.strip():
        blocks.append(f"## Rules of this world {{.always}}\n\n{draft.rules}")
    blocks.append(f"## Style and voice {{.always}}\n\n{draft.style}")
    return "\n\n".join(blocks)


def render_groups(draft: BibleDraft) -> Iterator[str]:
    """Yield the blocks of the entities: a heading for each group that has any, and a section for each of them."""
    for group, entities in draft.groups.items():
        if entities:
            yield f"# {group.capitalize()}"
        for entity in entities:
            also = f"\n\nAlso: {entity.also}" if entity.also else ""
            yield f"## {entity.name}\n\n{entity.about}{also}"


def joined(draft: BibleDraft, more: BibleDraft) -> BibleDraft:
    """Return a draft with the entities of another one that it does not have behind its own."""
    there = {entity.name.casefold() for entities in draft.groups.values() for entity in entities}
    groups = {
        group: (*draft.groups[group], *(one for one in more.groups[group] if one.name.casefold() not in there))
        for group in GROUPS
    }
    return replace(draft, groups=groups)

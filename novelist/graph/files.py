"""The files of chapters and summaries follow the outline: names, numbers, titles and parts.

Knows which file belongs to which section. Never changes prose, and never removes prose that a person typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novelist.book import history, page
from novelist.book.layout import KEYS, arcs_in, names_in
from novelist.errors import BookError
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.page import Facts
    from novelist.graph.build import Build


@dataclass
class Moves:
    """What has to be done: `renames` from old to new path, `edits` of front matter, `removals` of files to history.

    `heirs` are the new identities of chapters that were retitled without an id, `landed` the waiting drafts that are in
    place already.
    """

    renames: dict[Path, Path] = field(default_factory=dict)
    edits: dict[Path, dict[str, object]] = field(default_factory=dict)
    removals: dict[Path, str] = field(default_factory=dict)
    heirs: dict[str, str] = field(default_factory=dict)
    landed: list[Path] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.renames or self.edits or self.removals or self.landed)


def plan(build: Build) -> Moves:
    """Return how the files come to follow the outline.

    Raises BookError for a chapter that no section knows and that may not be put away.
    """
    chapters, summaries = build.book.by_id(build.book.chapters), build.book.by_id(build.book.summaries)
    sections = {section.id: section for section in build.outline.sections}
    orphans = {old: path for old, path in chapters.items() if old not in sections}
    heirs = _heirs(build, orphans, [new for new in sections if new not in chapters])
    moves = Moves(heirs=heirs)
    _check_orphans(build, {old: path for old, path in orphans.items() if old not in heirs}, len(chapters))
    for old, path in chapters.items():
        if old not in sections and old not in heirs:
            moves.removals[path] = old
    for old, path in summaries.items():
        if old not in sections and old not in heirs and _as_drafted(build.book.facts(path)):
            moves.removals[path] = f"{old}/summary"
    _move_arcs(build, moves)
    landed = [*_landed(build, chapters, ""), *_landed(build, summaries, "/summary")]
    going = {build.book.landing(identity) for identity in moves.removals.values()}
    moves.landed = [landing for landing in landed if landing not in going]
    names = {section.id: build.name(number) for number, section in enumerate(build.outline.sections, 1)}
    for folder, files in ((build.book.chapters, chapters), (build.book.summaries, summaries)):
        for identity, path in files.items():
            new = heirs.get(identity, identity)
            if new in names and path.name != names[new]:
                moves.renames[path] = folder / names[new]
    owners = {new: heir for heir, new in heirs.items()}
    for number, section in enumerate(build.outline.sections, 1):
        owner = owners.get(section.id, section.id)
        if owner in chapters and (changed := _changed(build, number, build.book.facts(chapters[owner]))):
            moves.edits[chapters[owner]] = changed
    return moves


def presume(build: Build) -> None:
    """Have a build find the chapters that were retitled where they are still: for those who only look.

    Raises BookError as `plan` does.
    """
    build.heirs = {new: old for old, new in plan(build).heirs.items()}


def _move_arcs(build: Build, moves: Moves) -> None:
    """Have each arc go by the chapters that it now covers; one that covers none is removed, if it is as drafted."""
    there = build.arc_files
    for arc, path in there.items():
        if path.name != (name := arc.file_name(build.count)):
            moves.renames[path] = path.with_name(name)
    for path in set(arcs_in(build.book.summaries)) - set(there.values()):
        found = build.book.facts(path)
        if found is not None and found.record is not None and found.record.covers and not found.edited:
            moves.removals[path] = f"@arc-{found.record.covers[0]}"


def follow(build: Build, moves: Moves) -> None:
    """Do what `moves` says. Raises BookError where the disk does not let it.

    What is removed waits to land again, should its section come back.
    """
    for path, front in moves.edits.items():
        found = build.book.read(path)
        if found is not None:
            page.replace(path, page.edit(path, found, front))
    for path, identity in moves.removals.items():
        landing = build.book.landing(identity)
        for text in (page.read_text(landing), page.read_text(path)):
            if text is not None:
                history.keep(build.book.history, identity, text)
        page.move(path, landing)
    for heir, identity in moves.heirs.items():
        history.follow(build.book.history, heir, identity)
    for landing in moves.landed:
        page.remove(landing)
    for old, new in _in_order(moves.renames):
        page.move(old, new)
    for path in (*moves.edits, *moves.removals, *moves.renames, *moves.renames.values()):
        build.forget(path)


def _in_order(renames: dict[Path, Path]) -> list[tuple[Path, Path]]:
    """Return the renames so that none takes a name before its file has left it; two change places by a detour."""
    waiting, steps = dict(renames), []
    while waiting:
        free = [old for old, new in waiting.items() if new not in waiting]
        if not free:
            old = next(iter(waiting))
            detour = old.with_name(f"{old.name}.moving")
            steps.append((old, detour))
            waiting[detour] = waiting.pop(old)
        steps += [(old, waiting.pop(old)) for old in free]
    return steps


def front_of(build: Build, number: int) -> dict[str, object]:
    """Return what the outline says in the front matter of chapter `number`."""
    section = build.section(number)
    part = build.outline.part_of(section)
    return {"title": section.title, "number": number, "part": part.name if part else None}


def _changed(build: Build, number: int, found: Facts | None) -> dict[str, object]:
    """Return the keys of our own that no longer say what the outline says; none in a page without a record."""
    if found is None or found.record is None:
        return {}
    want = front_of(build, number)
    return {
        key: value for key, value in want.items() if found.front.get(key) != (None if value is None else str(value))
    }


def _heirs(build: Build, orphans: dict[str, Path], free: list[str]) -> dict[str, str]:
    """Return the new identity of each orphan whose section lives on, word for word, under exactly one free identity."""
    by_digest: dict[str, list[str]] = {}
    for old, path in orphans.items():
        found = build.book.facts(path)
        if found and found.record and (section := found.record.brief.get("section")):
            by_digest.setdefault(section, []).append(old)
    texts = {section.id: digest(section.text) for section in build.outline.sections if section.id in free}
    heirs = {}
    for section, olds in by_digest.items():
        news = [identity for identity, text in texts.items() if text == section]
        if len(olds) == len(news) == 1:
            heirs[olds[0]] = news[0]
    return heirs


def _check_orphans(build: Build, orphans: dict[str, Path], count: int) -> None:
    """Raise BookError for orphans that hold a person's words, and where most chapters vanish at once."""
    ids = ", ".join(f"`{{#{section.id}}}`" for section in build.outline.sections[:3])
    for identity, path in orphans.items():
        if not _as_drafted(build.book.facts(path)):
            message = (
                f"outline.md has no section `{{#{identity}}}` for it, and you have worked on it. "
                f"Give a section that id (the first have {ids}), or move the file out of chapters/."
            )
            raise BookError(path, None, message)
    if len(orphans) > 1 and len(orphans) * 2 > count:
        names = ", ".join(f"`{{#{identity}}}`" for identity in list(orphans)[:3])
        message = (
            f"it no longer has {len(orphans)} of the {count} chapters that are written ({names} …). "
            "Put their ids back, or move their files out of chapters/."
        )
        raise BookError(build.book.outline, None, message)


def _as_drafted(found: Facts | None) -> bool:
    return found is not None and found.record is not None and not found.edited


def _landed(build: Build, files: dict[str, Path], kind: str) -> list[Path]:
    """Return the drafts that wait to land although their prose is in place."""
    there = {build.book.partial / name for name in names_in(build.book.partial)}
    waiting = {path: build.book.landing(f"{identity}{kind}") for identity, path in files.items()}
    return [landing for path, landing in waiting.items() if landing in there and _same(path, landing)]


def _same(path: Path, landing: Path) -> bool:
    """Say whether the prose that waits to land is the prose in place."""
    one, other = page.read(path, KEYS), page.read(landing, KEYS)
    if one is None or other is None or normalise(one.body) != normalise(other.body):
        return False
    return (one.record.of if one.record else "") == (other.record.of if other.record else "")

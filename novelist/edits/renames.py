"""How the files of chapters, summaries and notes come to follow the outline: names, numbers, titles and parts.

Knows which file belongs to which section. Changes nothing, and never plans to remove prose that a person typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book.paths import arcs_in, leads_elsewhere
from novelist.errors import BookError
from novelist.text import counted, digest, normalise

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.record import PageInfo
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


class RenamePlan:
    """What has to be done: `renames` from old to new path, `edits` of front matter, `removals` of files to history.

    `renamed_ids` are the new identities of chapters that were retitled without an id, by the old ones; `landed` the
    waiting drafts that are in place already.
    """

    def __init__(self, renamed_ids: dict[str, str]) -> None:
        self.renamed_ids = renamed_ids
        self.renames: dict[Path, Path] = {}
        self.edits: dict[Path, dict[str, object]] = {}
        self.removals: dict[Path, str] = {}
        self.landed: list[Path] = []

    def __bool__(self) -> bool:
        return bool(self.renames or self.edits or self.removals or self.landed)


def rename_plan(snapshot: Snapshot) -> RenamePlan:
    """Return how the files come to follow the outline.

    Raises BookError for a chapter that no section knows and that may not be put away.
    """
    chapters, summaries = snapshot.book.by_id(snapshot.book.chapters), snapshot.book.by_id(snapshot.book.summaries)
    sections = {section.id: section for section in snapshot.outline.sections}
    orphans = {old: path for old, path in chapters.items() if old not in sections}
    renamed_ids = _renamed_ids(snapshot, orphans, [new for new in sections if new not in chapters])
    plan = RenamePlan(renamed_ids)
    _check_orphans(snapshot, {old: path for old, path in orphans.items() if old not in renamed_ids}, len(chapters))
    for old, path in chapters.items():
        if old not in sections and old not in renamed_ids:
            plan.removals[path] = old
    for old, path in summaries.items():
        if old not in sections and old not in renamed_ids and _as_drafted(snapshot.book.info(path)):
            plan.removals[path] = f"{old}/summary"
    _move_arcs(snapshot, plan)
    landed = [*_landed(snapshot, chapters, ""), *_landed(snapshot, summaries, "/summary")]
    going = {snapshot.book.landing(identity) for identity in plan.removals.values()}
    plan.landed = [landing for landing in landed if landing not in going]
    names = {chapter.identity: chapter.file_name for chapter in snapshot.chapters}
    notes, reviews = snapshot.book.by_id(snapshot.book.notes), snapshot.book.by_id(snapshot.book.reviews)
    for folder, by_id in (
        (snapshot.book.chapters, chapters),
        (snapshot.book.summaries, summaries),
        (snapshot.book.notes, notes),
        (snapshot.book.reviews, reviews),
    ):
        for identity, path in by_id.items():
            new = renamed_ids.get(identity, identity)
            if new in names and path.name != names[new]:
                plan.renames[path] = folder / names[new]
    owners = {new: old for old, new in renamed_ids.items()}
    for chapter in snapshot.chapters:
        file = chapters.get(owners.get(chapter.identity, chapter.identity))
        if file is not None and (changed := _changed(chapter, snapshot.book.info(file))):
            plan.edits[file] = changed
    return plan


def check_outline(snapshot: Snapshot) -> None:
    """Raise BookError where the chapters that are there do not follow the outline, or would follow no new one.

    A draft of the bible or the outline would be paid for, and the build would stop all the same.
    """
    if snapshot.outlined:
        rename_plan(snapshot)
        return
    chapters = snapshot.book.by_id(snapshot.book.chapters)
    if len(chapters) > 1 or not all(_as_drafted(snapshot.book.info(path)) for path in chapters.values()):
        message = (
            f"it is missing, and a new one would not have the {counted(len(chapters), 'chapter')} in chapters/. "
            "Put it back (`novelist restore outline`, or git), write it, or move chapters/ elsewhere."
        )
        why = "A new outline has chapters of its own, and what is written would be in none of them."
        raise BookError(snapshot.book.outline, None, message, why=why)


def presume(snapshot: Snapshot) -> None:
    """Have a build find the chapters that were retitled where they are still: for those who only look.

    Raises BookError as `rename_plan` does.
    """
    snapshot.renamed_ids = {new: old for old, new in rename_plan(snapshot).renamed_ids.items()}


def _move_arcs(snapshot: Snapshot, plan: RenamePlan) -> None:
    """Have each arc go by the chapters that it now covers; one that covers none is removed, if it is as drafted."""
    there = snapshot.arc_files
    for run, path in there.items():
        if path.name != (name := run.file_name(snapshot.count)):
            plan.renames[path] = path.with_name(name)
    for path in set(arcs_in(snapshot.book.files, snapshot.book.summaries)) - set(there.values()):
        info = snapshot.book.info(path)
        if info is not None and info.record is not None and info.record.covers and not info.edited:
            if leads_elsewhere(first := info.record.covers[0]):
                raise BookError(path, None, f"it says that it covers `{first}`, which is no chapter. Remove the file.")
            plan.removals[path] = f"@arc-{first}"


def _changed(chapter: ChapterTarget, info: PageInfo | None) -> dict[str, object]:
    """Return the keys of our own that no longer say what the outline says; none in a page without a record."""
    if info is None or info.record is None:
        return {}
    return {
        key: value
        for key, value in chapter.front().items()
        if info.front.get(key) != (None if value is None else str(value))
    }


def _renamed_ids(snapshot: Snapshot, orphans: dict[str, Path], free: list[str]) -> dict[str, str]:
    """Return the new identity of each orphan whose section lives on, word for word, under exactly one free identity."""
    by_digest: dict[str, list[str]] = {}
    for old, path in orphans.items():
        info = snapshot.book.info(path)
        if info and info.record and (section := info.record.brief.get("section")):
            by_digest.setdefault(section, []).append(old)
    texts = {section.id: digest(section.text) for section in snapshot.outline.sections if section.id in free}
    # A section without an id is known by its title, so a new title is a new identity. Where exactly one chapter has
    # lost its section, and exactly one section without a file says word for word what that chapter was written from,
    # the author has retitled it. With two of either nobody can know which is which, and prose is not to be guessed at.
    renamed_ids = {}
    for section, olds in by_digest.items():
        news = [identity for identity, text in texts.items() if text == section]
        if len(olds) == len(news) == 1:
            renamed_ids[olds[0]] = news[0]
    return renamed_ids


def _check_orphans(snapshot: Snapshot, orphans: dict[str, Path], count: int) -> None:
    """Raise BookError for orphans that hold a person's words, and where most chapters vanish at once."""
    ids = ", ".join(f"`{{#{section.id}}}`" for section in snapshot.outline.sections[:3])
    for identity, path in orphans.items():
        if not _as_drafted(snapshot.book.info(path)):
            message = (
                f"outline.md has no section `{{#{identity}}}` for it, and you have worked on it. "
                f"Give a section that id (the first have {ids}), or move the file out of chapters/."
            )
            raise BookError(path, None, message, why="What a person has typed is never put away by itself.")
    if len(orphans) > 1 and len(orphans) * 2 > count:
        names = ", ".join(f"`{{#{identity}}}`" for identity in list(orphans)[:3])
        message = (
            f"it no longer has {len(orphans)} of the {count} chapters that are written ({names} …). "
            "Put their ids back, or move their files out of chapters/."
        )
        why = "Most titles have changed at once, or the file was replaced: nothing is put away until that is clear."
        raise BookError(snapshot.book.outline, None, message, why=why)


def _as_drafted(info: PageInfo | None) -> bool:
    return info is not None and info.record is not None and not info.edited


def _landed(snapshot: Snapshot, by_id: dict[str, Path], kind: str) -> list[Path]:
    """Return the drafts that wait to land although their prose is in place."""
    there = {snapshot.book.partial / name for name in snapshot.book.files.names(snapshot.book.partial)}
    if not there:
        return []
    waiting = {path: snapshot.book.landing(f"{identity}{kind}") for identity, path in by_id.items()}
    return [landing for path, landing in waiting.items() if landing in there and _same(snapshot, path, landing)]


def _same(snapshot: Snapshot, path: Path, landing: Path) -> bool:
    """Say whether the prose that waits to land is the prose in place."""
    one, other = snapshot.book.read(path), snapshot.book.read(landing)
    if one is None or other is None or normalise(one.body) != normalise(other.body):
        return False
    return (one.record.of if one.record else "") == (other.record.of if other.record else "")

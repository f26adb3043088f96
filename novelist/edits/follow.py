"""Files follow the outline, as was planned. Never changes prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import alternatives, frontmatter, history, landing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.edits.renames import RenamePlan
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target


def follow(snapshot: Snapshot, plan: RenamePlan) -> None:
    """Do what `plan` says. Raises BookError where the disk does not let it.

    What is removed waits to land again, should its section come back.
    """
    files = snapshot.book.files
    for path, front in plan.edits.items():
        page = snapshot.book.read(path)
        if page is not None:
            landing.replace(snapshot.book, path, frontmatter.edit(path, page, front), page.whole)
    for path, identity in plan.removals.items():
        waiting = snapshot.book.landing(identity)
        for text in (files.read_text(waiting), files.read_text(path)):
            if text is not None:
                history.keep(snapshot.book, identity, text)
        files.move(path, waiting)
    for old_id, new_id in plan.renamed_ids.items():
        history.follow(snapshot.book, old_id, new_id)
        alternatives.follow(snapshot.book, old_id, new_id)
    for waiting in plan.landed:
        files.remove(waiting)
    for old, new in _in_order(plan.renames):
        files.move(old, new)
    for path in (*plan.edits, *plan.removals, *plan.renames, *plan.renames.values()):
        snapshot.forget(path)


def respell(snapshot: Snapshot, texts: Mapping[Target, tuple[str, str]]) -> None:
    """Put the second of two `texts` in place of the first, which is in history.

    Raises BookError where one was saved meanwhile, and where the disk does not let it.
    """
    for target, (before, text) in texts.items():
        landing.put(snapshot.book, target.path, target.identity, text, before)
        snapshot.forget(target.path)


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

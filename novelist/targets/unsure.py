"""Summaries and arcs in which something is unsure: their model says it, and no text before them does.

Knows the key of their front matter. What is unsure was found when they were drafted; nothing is looked for here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from novelist.book.frontmatter import line_of
from novelist.book.record import UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target


class Unsure(NamedTuple):
    """A summary or an arc, the line of its file (from 1) that says what is unsure in it, and that."""

    target: Target
    line: int
    what: str


def unsure(snapshot: Snapshot) -> Iterator[Unsure]:
    """Yield the summaries and arcs in which something is unsure, in the order of the book. Raises BookError."""
    for target in snapshot.drafts():
        info = target.info if target.kind in ("summary", "arc") else None
        if info is not None and info.unsure and (page := target.page()) is not None:
            yield Unsure(target, line_of(page, UNSURE), info.unsure)

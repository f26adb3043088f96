"""continuity.md: who and what stands where, by chapter, as the facts of the summaries tell it.

It is the program's file, which no build reads: written when it is asked for, over nothing but what the program wrote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.prose.standing import Standing
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from novelist.targets.snapshot import Snapshot

NAME = "continuity.md"
TOP = "<!-- Made by `novelist check --continuity` from the facts of summaries/; no build reads it. {} -->"
OURS = re.compile(re.escape(TOP).replace(r"\{\}", "(h[0-9a-f]+)") + "\n")


def write(snapshot: Snapshot) -> Path:
    """Write the file, and return where it is. Raises BookError where a hand has edited what stands there."""
    path = snapshot.book.root / NAME
    before = snapshot.book.files.read_text(path)
    if before is not None and not _is_ours(before):
        message = "you edited it, or wrote it yourself. Move it elsewhere, or delete it, to have it made anew."
        raise BookError(path, None, message)
    text = normalise("\n".join(_lines(snapshot)))
    snapshot.book.files.replace(path, f"{TOP.format(digest(text))}\n\n{text}\n")
    return path


def _is_ours(text: str) -> bool:
    """Say whether a text is as the program wrote it."""
    match = OURS.match(text)
    return match is not None and digest(text[match.end() :]) == match[1]


def _lines(snapshot: Snapshot) -> Iterator[str]:
    """Yield the lines: of each chapter what its facts tell of, as that stands behind it, and open threads."""
    aliases = snapshot.bible.aliases() if snapshot.book.bible.is_file() else {}
    standing = Standing(snapshot.premise.language, aliases)
    yield f"# {snapshot.title}: who and what stands where"
    for number, section in enumerate(snapshot.outline.sections, 1):
        summary = snapshot.summary(number)
        yield f"\n## {number}. {section.title}\n"
        if summary.info is None:
            yield "(no summary)"
            continue
        before = {*standing.lines()}
        standing.add(snapshot.text(summary))
        now = standing.lines()
        changed = [line for line in now if line not in before]
        yield from changed or ["(nothing stands differently)"]

"""What is shown of a chapter's alternatives: each text beside the one that is there, and what `compare` says of it.

Lint looks at each by itself: beside the other chapters of a long book it takes too long for a page. Asks no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from novelist.edits import comparing
from novelist.lint import versions
from novelist.lint.check import alone
from novelist.studio.prose import set_as_read
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.lint.versions import Facts, Version
    from novelist.studio.books import OpenBook
    from novelist.studio.prose import Passage
    from novelist.targets.snapshot import Snapshot


class Column(NamedTuple):
    """One version of a chapter, 0 the one in the book: its text, and what can be said of it.

    `kinds` is what is said of it in words, by what it is of; `seen` is the digest of its file.
    """

    version: Version
    facts: Facts
    kinds: Mapping[str, str]
    text: Sequence[Passage]
    seen: str


def alternatives_page(_: OpenBook, snapshot: Snapshot, number: int) -> Sequence[Column]:
    """Return the versions of chapter `number`, the one in the book first. Raises BookError."""
    target = snapshot.chapter(number)
    with snapshot.without_bible():
        every = comparing.versions(target, lambda each: alone(snapshot, each))
        facts = versions.facts(every, comparing.plan(snapshot, target))
    files = {at: (path, page) for at, path, page in comparing.there(target)}
    return [
        Column(
            version,
            facts[version.number],
            versions.kinds_of(version, facts[version.number]),
            set_as_read(target, files[version.number][1], f"v{version.number}-"),
            digest(snapshot.book.files.read_text(files[version.number][0]) or ""),
        )
        for version in every
    ]

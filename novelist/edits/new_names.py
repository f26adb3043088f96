"""A name that a person has changed everywhere by hand: what was drafted with the old one is true to the new one.

No record says what a name was. But a chapter's history has the text as it was drafted, and so which words stand for
which now; and with the old ones put back, the book is as it was before: what was true to it then is true to it now, but
for the name. That is proved by the records' own digests, and where it is not so, nothing is done. A summary that is as
it was drafted gets the new names. Changes nothing itself, and never plans to change the prose of a chapter.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from novelist.book import frontmatter, history
from novelist.book.frontmatter import Page
from novelist.book.paths import KEYS
from novelist.edits.stamping import copied, held
from novelist.targets.snapshot import Snapshot
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target

WORD = re.compile(r"\w+")


def respelled(snapshot: Snapshot) -> dict[Target, tuple[str, str]]:
    """Return each file that was true to the book before names were changed: its text, and its new one.

    Raises BookError.
    """
    if not snapshot.book.bible.is_file():
        return {}
    edited = [chapter for chapter in snapshot.chapters if (info := chapter.info) is not None and info.edited]
    if not any(_for_its_sources(chapter) for chapter in edited):
        return {}
    names = _names(snapshot, edited)
    if not names:
        return {}
    with TemporaryDirectory() as folder, snapshot.foreseen():
        back = {new: old for old, new in names.items()}
        prompts = snapshot.book.prompts
        old_texts = copied(
            snapshot.book, Path(folder), lambda path, text: text if path.parent == prompts else _put(back, text)
        )
        before = Snapshot(old_texts)
        return dict(_moved_on(snapshot, before, names)) if _proved(snapshot, before) else {}


def presume(snapshot: Snapshot) -> None:
    """Have the files be seen as they will be: for those who only look. Raises BookError."""
    for target, (_, text) in respelled(snapshot).items():
        snapshot.presume(target.path, frontmatter.parse(text, KEYS).info())


def _for_its_sources(chapter: ChapterTarget) -> bool:
    """Say whether an edited chapter is kept because its section or the bible has changed, too."""
    verdict = chapter.verdict()
    return verdict.state == "kept" and not {"section", "bible"}.isdisjoint(verdict.changed)


def _names(snapshot: Snapshot, edited: list[ChapterTarget]) -> dict[str, str]:
    """Return the words that a hand has put others in place of in the whole book, and these."""
    pairs: set[tuple[str, str]] = set()
    for chapter in edited:
        pairs |= set(_replaced(chapter))
    planned = set(WORD.findall(snapshot.bible.text)) | set(WORD.findall(snapshot.outline.about))
    for section in snapshot.outline.sections:
        planned |= {*WORD.findall(section.title), *WORD.findall(section.text)}
    written = planned.union(*(WORD.findall(chapter.text()) for chapter in snapshot.chapters))
    known = {word.casefold() for word in planned}
    names = {old: new for old, new in pairs if new.casefold() in known and old not in written}
    one_to_one = len(set(names.values())) == len(names) == sum(old in names for old, _ in pairs)
    return names if one_to_one else {}


def _replaced(chapter: ChapterTarget) -> Iterator[tuple[str, str]]:
    """Yield the words of a chapter as it was drafted that others stand in place of, and these."""
    record = chapter.info.record if chapter.info else None
    if record is None:
        return
    drafted = history.draft(chapter.inputs.book, chapter.identity, lambda other: other.body == record.body)
    if drafted is None:
        return
    old, new = WORD.findall(frontmatter.parse(drafted, KEYS).body), WORD.findall(chapter.text())
    if len(old) == len(new):
        yield from ((one, other) for one, other in zip(old, new, strict=True) if one != other)


def _put(names: Mapping[str, str], text: str) -> str:
    return WORD.sub(lambda match: names.get(match[0], match[0]), text)


def _moved_on(
    snapshot: Snapshot, before: Snapshot, names: Mapping[str, str]
) -> Iterator[tuple[Target, tuple[str, str]]]:
    """Yield each file that was true to the book `before`, with its text and the one that is true to the book now."""
    for target, old in zip(snapshot.drafts(), before.drafts(), strict=False):
        page, info = target.page(), old.info
        if (
            target.shares_file
            or target.name != old.name
            or page is None
            or page.record is None
            or info is None
            or info.record is None
        ):
            continue
        record, body = held(old, target, info.record), page.body
        if not info.edited:
            body = _put(names, body)
            record = record._replace(body=digest(body))
        text = frontmatter.edit(target.path, Page(page.front, page.header, body), {"novelist": record.front()})
        if normalise(body) != normalise(page.body) or record != page.record:
            snapshot.presume(target.path, frontmatter.parse(text, KEYS).info())
            yield target, (page.whole, text)


def _proved(snapshot: Snapshot, before: Snapshot) -> bool:
    """Say whether a chapter is true to the book with the old names, and not to the book as it is."""
    for chapter, old in zip(snapshot.chapters, before.chapters, strict=False):
        record = old.info.record if old.info else None
        if record is not None and old.fits(record) and not chapter.fits(record):
            return True
    return False

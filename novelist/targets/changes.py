"""What has changed of what a chapter was told since it was drafted: lines that are no longer there, and new ones.

Knows a chapter's record, the history of what tells the story, and the brief as it was sent, as far as those are there.
Asks no model, and writes nothing.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import frontmatter, history
from novelist.book.paths import KEYS
from novelist.errors import FileError
from novelist.prose.sentences import sentences
from novelist.targets.digests import told_marks
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.record import Record
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target

ENTITY = re.compile(r"^(?=## )", re.MULTILINE)


class Change(NamedTuple):
    """What one text said and says no longer, and what it says now, sentence by sentence.

    Where nobody knows what it said, `old` is empty, and `new` all of it.
    """

    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its digest."""
        return digest("\n".join([self.what, *self.old, "", *self.new]))

    @property
    def text(self) -> str:
        """All its lines."""
        return "\n".join([*self.old, *self.new])


def changes(chapter: ChapterTarget, record: Record, changed: tuple[str, ...]) -> list[Change]:
    """Return what has changed for a chapter with this record, whose brief is another in the parts `changed`.

    It may be that nobody can say what: then there is none.
    """
    of_bible = _of_bible(chapter, record) if "bible" in changed else ()
    of_story = _of_story(chapter, record) if "story" in changed else ()
    return [change for change in (*of_bible, *of_story) if change.old or change.new]


def briefs(target: Target) -> tuple[str, str] | None:
    """Return the brief that a target was drafted from and the one that it has now; None where nobody knows both."""
    info, now = target.info, target.brief()
    if info is None or info.record is None or now is None:
        return None
    book, sent = target.inputs.book, None
    with suppress(FileError):  # a cache that cannot be read is none
        sent = book.files.read_text(book.brief_as_sent(target.identity, info.record.brief))
    return None if sent is None else (sent, now.show())


def _of_story(chapter: ChapterTarget, record: Record) -> Iterator[Change]:
    recorded = {*record.told.split()}
    if not recorded:
        return
    targets = chapter.made_from()
    now = [told_marks([chapter.inputs.text_digests[target]]) for target in targets]
    for target, mark in zip(targets, now, strict=True):
        if mark not in recorded:
            yield _change(_name(target), _earlier(target, recorded.difference(now)), chapter.inputs.text(target))


def _name(target: Target) -> str:
    """Return what a text that tells the story tells of."""
    if target.number:
        return f"Chapter {target.number}, {target.inputs.section(target.number).title}"
    return f"Chapters {target.name.partition(':')[2]}"


def _earlier(target: Target, gone: set[str]) -> str | None:
    """Return the newest text of a file's history that has one of the marks `gone`."""
    book = target.inputs.book
    for path in history.entries(book, target.identity):
        page = frontmatter.read(book.files, path, KEYS)
        if page is not None and told_marks([digest(page.body)]) in gone:
            return page.body
    return None


def _of_bible(chapter: ChapterTarget, record: Record) -> Iterator[Change]:
    inputs = chapter.inputs
    sent = inputs.book.files.read_text(inputs.book.brief_as_sent(chapter.identity, record.brief)) or ""
    sections = ENTITY.split(sent.partition("# bible\n\n")[2].partition("\n\n# ")[0])
    before = {text.partition("\n")[0]: text for text in sections}
    for entity in inputs.bible.named_in(chapter.section.text):
        if not entity.always:
            old = before.get(entity.text.partition("\n")[0])
            yield _change(f"The story bible, {entity.heading}", old, entity.text)


def _change(what: str, old: str | None, new: str) -> Change:
    before, now = _lines(old or ""), _lines(new)
    return Change(
        what,
        tuple(line for line in before if line not in now),
        tuple(line for line in now if line not in before),
    )


def _lines(text: str) -> dict[str, None]:
    """Return the sentences of a text, and its lines of facts, each once."""
    return {
        sentence.strip(): None
        for line in normalise(text).split("\n")
        for sentence in ([line] if line.lstrip().startswith(("-", "*")) else [each for _, each in sentences(line)])
        if sentence.strip()
    }

"""The tool that puts a text in place: a chapter's, or that of its section in the outline.

It lands only where the file still says what was read. What its author typed is not changed without their word. What was
there is in history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.agents.answers import Answer, question
from novelist.agents.looking import What, text_of
from novelist.book import frontmatter, paragraphs
from novelist.book.headings import tidy_text
from novelist.book.paths import KEYS
from novelist.edits import resection, saving
from novelist.edits.editable import ChapterText
from novelist.edits.keeping import check_changeable
from novelist.targets.naming import chapter_named, ranges
from novelist.text import counted, normalise

if TYPE_CHECKING:
    from novelist.agents.opened import Opened
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


class Editing:
    """What an agent may type."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    def edit(self, chapter: int | str, text: str, digest: str, what: What = "chapter", *, yes: bool = False) -> Answer:
        """Put a text in place of a chapter's, or of its section's in the outline, and return it as `read` does.

        `digest` is that of the text that was read. Where the file says something else by now, nothing is saved, and
        both texts come back with a question. So it is where something would change that the author typed: `yes` only
        where they have said so. No model is asked; what was there is in history, and `restore` brings it back.
        """
        with self.opened.read() as snapshot:
            target = chapter_named(snapshot, str(chapter))
            there = text_of(target, what)
            if there["digest"] != digest:
                asks = (
                    f"{there['path']} has changed since it was read, and nothing was saved. Which text is to be there?"
                )
                return question(asks, theirs=there, yours=text)
            if what == "chapter":
                check_changeable(target)
            typed = _typed_in_outline(snapshot) if what == "section" else _typed_in(target, text)
            if typed and not yes:
                asks = f"{typed}, and nothing was saved. Does the author want it changed?"
                return question(asks, theirs=there, yours=text)
            if what == "section":
                _put_section(snapshot, target, text)
            else:
                saving.save(ChapterText(snapshot, target), saving.Edit(there["text"], normalise(text)))
            return text_of(snapshot.chapter(target.number), what)


def _typed_in(target: ChapterTarget, text: str) -> str:
    """Return in words what of a chapter its author typed and another text has not; empty for nothing."""
    page = target.written()
    every, stays = paragraphs.split(page.body), {*paragraphs.marks(text).split()}
    locked = paragraphs.owners(page.body, page.drafted).locked
    gone = [number for number in sorted(locked) if paragraphs.mark(every[number - 1].text) not in stays]
    if not gone:
        return ""
    return f"{target.path}: {counted(len(gone), 'paragraph')} ({', '.join(ranges(gone))}) of it the author typed"


def _typed_in_outline(snapshot: Snapshot) -> str:
    """Return in words that a hand has had a part in the outline; empty where it is as drafted."""
    path = snapshot.book.outline
    page = frontmatter.parse(snapshot.book.files.read_text(path) or "", KEYS)
    return f"{path} is the author's" if page.record is None or page.edited else ""


def _put_section(snapshot: Snapshot, target: ChapterTarget, text: str) -> None:
    """Put a text into a section of the outline, every other byte as it was. Raises BookError."""
    there, outline = resection.sections_there(snapshot)
    section = replace(target.section, text=tidy_text(normalise(text)))
    resection.put(snapshot, there, resection.with_sections(snapshot, there, outline, {target.number: section}))

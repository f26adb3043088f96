"""The tool that puts a text in place: a chapter's, or that of its section in the outline.

It lands only where the file still says what was read. What its author typed is not changed without their word. What was
there is in history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.agents.answers import Answer, question
from novelist.agents.looking import What, editable, text_of
from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.edits import saving
from novelist.edits.editable import lines
from novelist.edits.keeping import check_changeable, check_writable
from novelist.errors import SettingsError
from novelist.prose.typed import touched
from novelist.targets.naming import chapter_named, ranges
from novelist.text import counted, printable

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
        both texts come back with a question. So it is where something would change that the author typed, or come back
        that they took out: `yes` only where they have said so. No model is asked; what was there is in history, and
        `restore` brings it back.
        """
        with self.opened.read() as snapshot:
            target = chapter_named(snapshot, str(chapter))
            there = text_of(snapshot, target, what)
            if there["digest"] != digest:
                return _changed(there, text)
            if what == "chapter":
                check_changeable(target)
            place = editable(snapshot, target, what)
            check_writable(snapshot.book.files, place.path)
            new = place.tidy(text)
            _check(text, there["text"])
            if not yes and (typed := _typed_in_outline(snapshot) if what == "section" else _typed_in(target, new)):
                asks = f"{typed}, and nothing was saved. Does the author want it changed?"
                return question(asks, theirs=there, yours=text)
            identity = target.identity  # its number may be another by then
            saved = saving.save(place, saving.Edit(there["text"], new))
            now = text_of(snapshot, next(each for each in snapshot.chapters if each.identity == identity), what)
            return now if isinstance(saved, saving.Saved) else _changed(now, text)


def _check(text: str, before: str) -> None:
    """Raise SettingsError for control characters that the text before has not."""
    if strange := {*text} - {*printable(text)} - {*before}:
        signs = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in strange))
        message = f"the text has control characters in it ({signs}), and nothing was saved. Leave them out."
        raise SettingsError(message)


def _changed(there: Answer, text: str) -> Answer:
    asks = f"{there['path']} has changed since it was read, and nothing was saved. Which text is to be there?"
    return question(asks, theirs=there, yours=text)


def _typed_in(target: ChapterTarget, text: str) -> str:
    """Return in words what another text changes of what the author of a chapter typed; empty for nothing."""
    page = target.written()
    changed, back = touched(lines(page.body), page.drafted, text)
    says = []
    if changed:
        says.append(f"{counted(len(changed), 'paragraph')} ({', '.join(ranges(changed))}) of it the author typed")
    if back:
        says.append(f"{counted(len(back), 'paragraph')} ({', '.join(ranges(back))}) of your text the author took out")
    return f"{target.path}: {'; '.join(says)}" if says else ""


def _typed_in_outline(snapshot: Snapshot) -> str:
    """Return in words that a hand has had a part in the outline; empty where it is as drafted."""
    path = snapshot.book.outline
    page = frontmatter.parse(snapshot.book.files.read_text(path) or "", KEYS)
    return f"{path} is the author's" if page.record is None or page.edited else ""

"""A person's word, in the outline, that a chapter stays as it is: `{stale=keep}` behind its title. Asks no model.

Every other character of outline.md stays; the outline as it was goes to history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import frontmatter, landing, outline_text
from novelist.book.headings import attributed
from novelist.commands import command
from novelist.errors import BookError
from novelist.targets.source import OutlineTarget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.files import Files
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot

KEEP = "stale=keep"


def keep(snapshot: Snapshot, chapters: Sequence[ChapterTarget], *, kept: bool) -> list[str]:
    """Have chapters kept as they are, or no longer `kept` by the outline, and return what was done, a line for each.

    Raises BookError where the outline has no place to say so.
    """
    book, lines = snapshot.book, []
    forgotten = [] if kept else [chapter for chapter in chapters if _forgotten(chapter)]
    before = book.files.read_text(book.outline) or ""
    text = before
    for chapter in chapters:
        if (chapter.section.stale == "keep") == kept:
            already = "is kept already" if kept else "was not kept"
            lines.append(f"{chapter.name} {'follows what changed' if chapter in forgotten else already}")
            continue
        text = _marked(snapshot, text, chapter, kept=kept)
        lines.append(f"{chapter.name} is {'kept as it is, whatever changes' if kept else 'no longer kept'}")
    if text != before:
        landing.put(book, book.outline, OutlineTarget.identity, text, before)
        snapshot.forget(book.outline)
    return lines


def check_changeable(chapter: ChapterTarget) -> None:
    """Raise BookError where the author of a chapter has it stay as it is."""
    if chapter.section.stale == "keep":
        message = f"you keep it as it is. `{command('novelist')} unkeep {chapter.number}` lets it be changed."
        raise BookError(chapter.path, None, message)
    check_writable(chapter.inputs.book.files, chapter.path)


def check_writable(files: Files, path: Path) -> None:
    """Raise BookError where the author of a file made it read-only, and so wants it to stay as it is."""
    if files.is_read_only(path):
        raise BookError(path, None, "you made it read-only. Make it writable to have it changed.")


def _forgotten(chapter: ChapterTarget) -> bool:
    """Have a chapter's record no longer say that a person let it stand, and return whether it did."""
    page = chapter.page()
    if page is None or page.record is None or not page.record.kept:
        return False
    text = frontmatter.edit(chapter.path, page, {"novelist": page.record._replace(kept="").front()})
    landing.put(chapter.inputs.book, chapter.path, chapter.identity, text, page.whole)
    chapter.inputs.forget(chapter.path)
    return True


def _marked(snapshot: Snapshot, text: str, chapter: ChapterTarget, *, kept: bool) -> str:
    """Return the text of the outline with the word on one chapter in it or taken out of it."""
    section, path = chapter.section, snapshot.book.outline
    lines = text.split("\n")
    line = lines[section.line - 1]
    end = "\r" if line.endswith("\r") else ""

    def marked(words: list[str]) -> list[str]:
        others = [word for word in words if not word.startswith("stale=")]
        named = [] if any(word.startswith("#") for word in others) else [f"#{section.id}"]
        return [*named, *others, *([KEEP] if kept else [])]

    lines[section.line - 1] = f"{attributed(line.removesuffix(end), section.title, marked)}{end}"
    now = "\n".join(lines)
    if not _says_only_that(text, now, snapshot, chapter, kept=kept):
        word = f"`{{#{section.id} {KEEP}}}`" if kept else f"`{KEEP}`"
        what = f"Put {word} behind" if kept else f"Take {word} from"
        message = f"its form has no place that is sure. {what} the title of `{section.title}` yourself."
        raise BookError(path, section.line, message)
    return now


def _says_only_that(before: str, now: str, snapshot: Snapshot, chapter: ChapterTarget, *, kept: bool) -> bool:
    """Say whether an outline is read as it was, but for what becomes of one chapter."""
    path, language = snapshot.book.outline, snapshot.premise.language
    try:
        old, new = (outline_text.parse(text, path, snapshot.premise.title, language) for text in (before, now))
    except BookError:
        return False
    same = [(one.title, one.text, one.part, one.words, one.model) for one in old.sections] == [
        (one.title, one.text, one.part, one.words, one.model) for one in new.sections
    ]
    states = {one.id: one.stale for one in old.sections} | {chapter.identity: "keep" if kept else ""}
    return same and states == {one.id: one.stale for one in new.sections}

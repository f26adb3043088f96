"""book.md: title page, front matter, contents, the chapters in the order of the outline, back matter. Asks no model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.book import history, landing
from novelist.book.frontmatter import compose
from novelist.book.matter import headed
from novelist.book.record import Record
from novelist.language import labels
from novelist.language.matter import page_title
from novelist.prose.cleaning import below_chapters, without_own_heading
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from novelist.book import frontmatter
    from novelist.book.matter import PageKind, Place
    from novelist.book.outline import Part
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot

# Two blanks end a line of verse, in Markdown; to normalise is to take them away, and a backslash says the same.
VERSE = re.compile(r"(?<=\S) {2,}(?=\r?\n[ \t]*\S)")


def put_together(snapshot: Snapshot) -> str:
    """Put book.md together from the chapters as they are, and return what is to be said of the one that was there.

    Where a hand has edited it, its text is in history. Raises BookError for a chapter that is missing or empty.
    """
    target = snapshot.book_text
    text = assembled(snapshot)
    there, info = snapshot.book.files.read_text(target.path), target.info
    line = ""
    if info is not None and (info.record is None or info.edited or info.front.keys() - set(FRONT)):
        mine = there or ""
        others = [chapter.section.title for chapter in snapshot.chapters if _chapter(chapter) not in normalise(mine)]
        kept = history.keep(snapshot.book, target.identity, mine)
        where = ", ".join(f"`{title}`" for title in others) or "not in a chapter"
        line = f"{target.path} was edited ({where}). Your text is in {kept}; edit the chapters instead."
        if info.conflict:
            line = f"{target.path} had a merge conflict of git in it: it is made anew from the chapters."
    landing.replace(snapshot.book, target.path, text, there)
    snapshot.forget(target.path)
    return line


FRONT = ("title", "author", "language")


def assembled(snapshot: Snapshot) -> str:
    """Return the text of book.md. Raises BookError for a chapter that is missing or empty."""
    target = snapshot.book_text
    blocks = [f"# {snapshot.title}"]
    if snapshot.premise.author:
        blocks.append(snapshot.premise.author)
    pages = matter(snapshot)
    blocks += (_page(page, "##") for page in pages if page.place == "front")
    blocks += ["## Contents", _contents(snapshot)]
    for part, chapter in by_part(snapshot):
        blocks += [f"# {part.heading}"] if part else []
        blocks.append(_chapter(chapter))
    # Behind the last chapter of a part, what is as deep as chapters would be in it.
    blocks += (_page(page, "#" if snapshot.outline.parts else "##") for page in pages if page.place == "back")
    body = "\n\n".join(blocks)
    return compose({**target.front(), "novelist": Record(digest(body), **target.fields()).front()}, body)


@dataclass(frozen=True)
class Page:
    """A page of front or back matter: its title, whether that is shown above it, and what stands below."""

    name: str
    kind: PageKind | None
    place: Place
    opens: bool
    title: str
    headed: bool
    body: str
    path: Path


def matter(snapshot: Snapshot) -> list[Page]:
    """Return the pages of front and back matter, in the order of the book. Raises BookError."""
    pages = []
    for page in snapshot.matter:
        read = snapshot.book.read(page.path)
        own, text = headed(read.body if read else "")
        if page.title and own.casefold() != page.title.casefold():
            own, text = "", read.body if read else ""  # the heading is another one
        typed = page.title or own
        usual = page_title(page.kind.name if page.kind else "", snapshot.premise.language, snapshot.premise.author)
        title = typed or usual or page.name.replace("-", " ").capitalize()
        shown = bool(typed) or page.kind is None or page.kind.headed
        body = below_chapters(normalise(VERSE.sub(r"\\", text)))
        pages.append(Page(page.name, page.kind, page.place, page.opens, title, shown, body, page.path))
    return pages


def _page(page: Page, marks: str) -> str:
    return f"{marks} {page.title}\n\n{page.body}" if page.headed else f"* * *\n\n{page.body}"


def by_part(snapshot: Snapshot) -> Iterator[tuple[Part | None, ChapterTarget]]:
    """Yield the chapters in the order of the book, each with the part that begins with it, if one does."""
    place = None
    for chapter in snapshot.chapters:
        begins = chapter.section.part is not None and chapter.section.part != place
        if begins:
            place = chapter.section.part
        yield chapter.part if begins else None, chapter


def words(snapshot: Snapshot) -> int:
    """Return the words of all chapters, without reading any text."""
    infos = (chapter.info for chapter in snapshot.chapters)
    return sum(info.words for info in infos if info is not None)


def _contents(snapshot: Snapshot) -> str:
    lines = []
    for part, chapter in by_part(snapshot):
        lines += [f"- {part.heading}"] if part else []
        section = chapter.section
        lines.append(f"{'  ' if chapter.part else ''}- [{_heading(chapter)}](#{section.id})")
    return "\n".join(lines)


def _chapter(chapter: ChapterTarget) -> str:
    section = chapter.section
    return f"## {_heading(chapter)} {{#{section.id}}}\n\n{body(chapter)}"


def _heading(chapter: ChapterTarget) -> str:
    """Return a chapter's number and title; its title alone where it has none, or is its label: `Chapter 3`."""
    title, number = chapter.section.title, chapter.printed
    return title if number is None or labels.only(title, "chapter") else f"{number}. {title}"


def body(chapter: ChapterTarget) -> str:
    """Return what stands below the heading of a chapter. Raises BookError where it is missing or empty."""
    return shown(chapter, chapter.written())


def shown(chapter: ChapterTarget, page: frontmatter.Page) -> str:
    """Return what stands below the heading of a chapter whose text is that of a page."""
    prose = normalise(VERSE.sub(r"\\", page.body))
    return below_chapters(without_own_heading(prose, chapter.section.title, chapter.printed or 0))

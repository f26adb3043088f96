"""book.md: title page, contents, and the chapters in the order of the outline. Asks no model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book.frontmatter import compose
from novelist.book.record import Record
from novelist.prose.cleaning import below_chapters, without_title
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from novelist.targets.snapshot import Snapshot

# Two blanks end a line of verse, in Markdown; to normalise is to take them away, and a backslash says the same.
VERSE = re.compile(r"(?<=\S) {2,}(?=\r?\n[ \t]*\S)")


def assemble(snapshot: Snapshot) -> str:
    """Return the text of book.md from the chapters as they are.

    Raises BookError for a chapter that is missing or empty.
    """
    blocks = [f"# {snapshot.title}"]
    if snapshot.premise.author:
        blocks.append(snapshot.premise.author)
    blocks += ["## Contents", _contents(snapshot)]
    part = None
    for number, section in enumerate(snapshot.outline.sections, 1):
        if section.part is not None and section.part != part:
            part = section.part
            blocks.append(f"# {snapshot.outline.parts[part].heading}")
        blocks.append(_chapter(snapshot, number))
    body = "\n\n".join(blocks)
    return compose({**snapshot.front, "novelist": Record(digest(body), of=snapshot.made_of()).front()}, body)


def edited(snapshot: Snapshot, text: str) -> list[str]:
    """Return the titles of the chapters that an edited book.md has not as they are in their files."""
    numbers = range(1, len(snapshot.outline.sections) + 1)
    return [snapshot.section(number).title for number in numbers if _chapter(snapshot, number) not in normalise(text)]


def words(snapshot: Snapshot) -> int:
    """Return the words of all chapters, without reading any text."""
    found = (snapshot.book.info(snapshot.chapter_path(number)) for number in range(1, snapshot.count + 1))
    return sum(facts.words for facts in found if facts is not None)


def _contents(snapshot: Snapshot) -> str:
    lines = []
    part = None
    for number, section in enumerate(snapshot.outline.sections, 1):
        if section.part is not None and section.part != part:
            part = section.part
            lines.append(f"- {snapshot.outline.parts[part].heading}")
        indent = "" if section.part is None else "  "
        lines.append(f"{indent}- [{number}. {section.title}](#{section.id})")
    return "\n".join(lines)


def _chapter(snapshot: Snapshot, number: int) -> str:
    section = snapshot.section(number)
    return f"## {number}. {section.title} {{#{section.id}}}\n\n{body(snapshot, number)}"


def body(snapshot: Snapshot, number: int) -> str:
    """Return what stands below the heading of chapter `number`. Raises BookError where it is missing or empty."""
    prose = normalise(VERSE.sub(r"\\", snapshot.written(number).body))
    return below_chapters(without_title(prose, snapshot.section(number).title))

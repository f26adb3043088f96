"""book.md: title page, contents, and the chapters in the order of the outline. Asks no model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book.page import Record, compose
from novelist.prose.cleaning import below_chapters, without_title
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from novelist.graph.build import Build

# Two blanks end a line of verse, in Markdown; to normalise is to take them away, and a backslash says the same.
VERSE = re.compile(r"(?<=\S) {2,}(?=\r?\n[ \t]*\S)")


def assemble(build: Build) -> str:
    """Return the text of book.md from the chapters as they are.

    Raises BookError for a chapter that is missing or empty.
    """
    blocks = [f"# {build.title}"]
    if build.premise.author:
        blocks.append(build.premise.author)
    blocks += ["## Contents", _contents(build)]
    part = None
    for number, section in enumerate(build.outline.sections, 1):
        if section.part is not None and section.part != part:
            part = section.part
            blocks.append(f"# {build.outline.parts[part].heading}")
        blocks.append(_chapter(build, number))
    body = "\n\n".join(blocks)
    return compose({**build.front, "novelist": Record(digest(body), of=build.made_of()).front()}, body)


def edited(build: Build, text: str) -> list[str]:
    """Return the titles of the chapters that an edited book.md has not as they are in their files."""
    numbers = range(1, len(build.outline.sections) + 1)
    return [build.section(number).title for number in numbers if _chapter(build, number) not in normalise(text)]


def words(build: Build) -> int:
    """Return the words of all chapters, without reading any text."""
    found = (build.book.facts(build.chapter_path(number)) for number in range(1, build.count + 1))
    return sum(facts.words for facts in found if facts is not None)


def _contents(build: Build) -> str:
    lines = []
    part = None
    for number, section in enumerate(build.outline.sections, 1):
        if section.part is not None and section.part != part:
            part = section.part
            lines.append(f"- {build.outline.parts[part].heading}")
        indent = "" if section.part is None else "  "
        lines.append(f"{indent}- [{number}. {section.title}](#{section.id})")
    return "\n".join(lines)


def _chapter(build: Build, number: int) -> str:
    section = build.section(number)
    return f"## {number}. {section.title} {{#{section.id}}}\n\n{body(build, number)}"


def body(build: Build, number: int) -> str:
    """Return what stands below the heading of chapter `number`. Raises BookError where it is missing or empty."""
    prose = normalise(VERSE.sub(r"\\", build.written(number).body))
    return below_chapters(without_title(prose, build.section(number).title))

"""book.md: title page, contents, and the chapters in the order of the outline. Asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.errors import BookError
from novelist.page import Record, compose
from novelist.prose import below_chapters, without_title
from novelist.text import count_words, digest, normalise

if TYPE_CHECKING:
    from novelist.build import Build


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


def size(text: str) -> int:
    """Return the words of the chapters in an assembled book, headings left out."""
    chapters = text[text.index("\n## Contents\n") :].split("\n\n", 2)[-1]
    return count_words("\n".join(line for line in chapters.split("\n") if not line.startswith("#")))


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
    prose = below_chapters(without_title(_prose(build, number), section.title))
    return f"## {number}. {section.title} {{#{section.id}}}\n\n{prose}"


def _prose(build: Build, number: int) -> str:
    found = build.chapter(number)
    if found is None:
        raise BookError(build.chapter_path(number), None, "the chapter is missing. Run `doit` to have it drafted.")
    prose = normalise(found.body)
    if not prose.strip():
        message = "the chapter is empty. Write it, or delete the file to have it drafted."
        raise BookError(build.chapter_path(number), None, message)
    return prose

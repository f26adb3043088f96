"""What in a book's files is probably not as it was meant: keys that nobody reads, prose in no chapter, open merges.

So are people of the outline of whom the bible has no section.

Knows where each is looked for, and asks the cache first. Changes nothing.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from novelist.book.paths import KEYS, file_name
from novelist.errors import BookError
from novelist.text import slug

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.targets.inputs import Inputs

CHAPTER_KEYS = ("title", "number", "part", "words")
MATTER_KEYS = ("title", "place")


def unknown_names(inputs: Inputs, *, near: bool = False) -> list[str]:
    """Return a line for each name that nobody reads, where the book's files have one that was probably meant.

    Without `near`, each key of the premise that is no setting has one, too. Raises BookError where the premise is
    no file of the book.
    """
    inputs.book.check()
    path = inputs.book.premise_to_read

    def read() -> Any:  # noqa: ANN401 - what JSON holds
        from novelist.book import settings  # noqa: PLC0415 - what has not changed since it was last read is not read again

        return settings.unknown(path)

    lines = [line for line, is_near in inputs.book.cache.get("unknown", path, read) if is_near or not near]
    with suppress(BookError):  # what is wrong with another file is told where that is read
        lines += _slips(inputs, inputs.book.outline)
        lines += _passed_over(inputs) if inputs.outlined else []
        lines += _slips(inputs, inputs.book.bible)
        for chapter in inputs.book.by_id(inputs.book.chapters).values():
            info = inputs.book.info(chapter)
            if info is not None and not (info.front and KEYS.issuperset(info.front)):
                lines += _slips(inputs, chapter)
        for page in inputs.matter:
            lines += _slips(inputs, page.path)
    return lines


def _passed_over(inputs: Inputs) -> list[str]:
    """Return a line for each prologue and the like that the outline has come to have, and is not read as a chapter."""
    return [
        f"{inputs.book.outline}:{section.line}: {section.title}: is no chapter, since the book was finished without "
        f"it. Give it an id if it is to be one: `{{#{section.id}}}`."
        for section in inputs.outline.passed_over
    ]


def names_without_section(inputs: Inputs) -> list[str]:
    """Return the names that several sections of the outline have, and the bible has not; none where there is no bible.

    Raises BookError.
    """
    from novelist.prose.evidence import Sources  # noqa: PLC0415 - no build asks for it that has nothing to do

    if not inputs.book.bible.is_file() or inputs.bible.open:
        return []
    language, sections = inputs.premise.language, [section.text for section in inputs.outline.sections]
    names = Sources([inputs.bible.text], language).names_lacking("\n\n".join(sections))
    texts = [Sources([section], language) for section in sections] if names else []
    return [name for name in names if sum(section.has_name(name) for section in texts) > 1]


def check_pages(inputs: Inputs) -> None:
    """Raise BookError for a conflict that git has left, and for prose in chapters/ or matter/ that is in no book.

    It is asked before anything is paid for or put together.
    """
    from novelist.book import conflict  # noqa: PLC0415 - as above

    book = inputs.book
    for path in inputs.pages():
        info = book.info(path)
        if info is not None:
            conflict.check(path, info.conflict)
    for name in book.files.names(book.prompts):
        if name.endswith(".j2"):
            path = book.prompts / name
            conflict.check(path, conflict.line_of_mark(book.files.read_text(path) or ""))
    inputs.matter  # noqa: B018 - read once, and checked here
    for path in book.unread_prose():
        raise _unread(inputs, path)


def _slips(inputs: Inputs, path: Path) -> list[str]:
    """Return a line for each name in the file at `path` that is nearly one that is read there."""

    def read() -> Any:  # noqa: ANN401 - what JSON holds
        from novelist.book import settings, slips  # noqa: PLC0415 - as above

        text = inputs.book.files.read_text(path) or ""
        if path == inputs.book.outline:
            keys = slips.page_keys(path, text, ("title",))
            return [*keys, *slips.section_attributes(path, text, settings.ORDERED)]
        if path == inputs.book.bible:
            return slips.entity_attributes(path, text)
        return slips.page_keys(path, text, MATTER_KEYS if path.parent == inputs.book.matter else CHAPTER_KEYS)

    lines: list[str] = inputs.book.cache.get("slips", path, read)
    return lines


def _unread(inputs: Inputs, path: Path) -> BookError:
    """Return the error for prose that is in no chapter, with the name that would have it in one."""
    bare = re.sub(r"(?:\.[A-Za-z]{1,8})+$", "", path.name)
    identity = slug(re.sub(r"^[0-9]+(?:[\W_]+|$)", "", bare)) or "a-new-id"
    sections = inputs.outline.sections if inputs.outlined else ()
    number = next((number for number, section in enumerate(sections, 1) if section.id == identity), 0)
    name = inputs.book.chapters / file_name(identity, number or len(sections) + 1, max(inputs.count, 1))
    if name.exists():
        message = f"it is not in the book, where `{name}` is that chapter. Move it out of chapters/."
    elif number:
        message = f"it is not in the book. Call it `{name}`, or move it out of chapters/."
    else:
        section = f"a section `{{#{identity}}}`"
        message = f"it is not in the book. Give outline.md {section} and call it `{name}`, or move it out of chapters/."
    why = "The name of a chapter's file ends with what outline.md calls it, and begins with a number."
    return BookError(path, None, message, why=why)

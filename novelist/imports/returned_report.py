"""What readers changed and noted in a DOCX, in lines for a person."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.paths import label
from novelist.commands import here
from novelist.text import counted, printable
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.imports.matching import Edit
    from novelist.imports.paragraphs import Remark
    from novelist.imports.returned import Returned, ReturnedChapter

LONGEST = 72  # characters of a text that is shown
CONTEXT = 24  # of them, before what is not the same
KINDS = (("changed", "{} changed"), ("inserted", "{} new"), ("deleted", "{} deleted"))
OLDER = (
    "It was made when the book was another, and no such copy is here. "
    "What you have changed since then may look like a change of theirs."
)
SUGGESTED = "What is suggested is not in the text. Accept it in the word processor, and import it again."


def lines(returned: Returned) -> Iterator[str]:
    """Yield what came back, chapter by chapter, and what could not be matched."""
    for what, text in _all(returned):
        yield printable(f"{what:12} {text}").rstrip().replace("\n", " ")


def undo(returned: Returned) -> Iterator[str]:
    """Yield how what was put into the chapters is taken back."""
    for chapter in returned.changed:
        target = chapter.target
        root = target.inputs.book.root
        folder = "" if root == Path() else f"-C {shlex.quote(str(root))} "
        remedy = here(f"`novelist {folder}restore {label(target.number, target.inputs.count)}`")
        yield printable(f"{target.name:12} {target.path} has it now. {remedy} takes it back.")


def _all(returned: Returned) -> Iterator[tuple[str, str]]:
    for chapter in returned.chapters:
        yield from _chapter(chapter)
    for place in returned.others:
        where = f"`{place.heading}`" if place.heading else "the title page"
        if place.changed:
            yield "not put in", f"what was changed below {where}, which is no chapter"
        yield from (_noted(where, remark) for remark in place.remarks)
    for section in returned.strange:
        words = counted(sum(count_words(paragraph.text) for paragraph in section.paragraphs), "word")
        where = f"`{section.heading or _short(section.paragraphs[0].text)}`"
        yield "not matched", f"{where}, {words}: no chapter of the book. It is left out"
        yield from (_noted(where, remark) for paragraph in section.paragraphs for remark in paragraph.remarks)
    if returned.changed and not returned.sure:
        yield "note", OLDER
    if not returned.changed:
        yield "book", "no chapter is changed"
    if any(remark.kind != "comment" for remark in returned.remarks):
        yield "note", SUGGESTED


def _chapter(chapter: ReturnedChapter) -> Iterator[tuple[str, str]]:
    name = chapter.target.name
    if not chapter.there:
        yield name, "not in it: it stays as it is"
    if chapter.title:
        yield name, f"its title came back as `{chapter.title}`: give it that in outline.md, if you like"
    if chapter.edits:
        yield name, _counts(chapter)
    yield from (("", shown(edit)) for edit in chapter.edits)
    yield from ((name, f"not put in, do it by hand: {shown(edit)}") for edit in chapter.left)
    if chapter.pictures:
        yield name, f"not put in, do it by hand: {counted(chapter.pictures, 'new picture')}"
    yield from (_noted(name, remark) for remark in chapter.remarks)


def _counts(chapter: ReturnedChapter) -> str:
    counts = {kind: sum(edit.kind == kind for edit in chapter.edits) for kind, _ in KINDS}
    kinds = [text.format(counts[kind]) for kind, text in KINDS if counts[kind]]
    return f"{'paragraph' if len(chapter.edits) == 1 else 'paragraphs'}: {', '.join(kinds)}"


def _noted(name: str, remark: Remark) -> tuple[str, str]:
    by = f" by {remark.author}" if remark.author else ""
    about = f" on “{_short(remark.about)}”" if remark.about else ""
    if remark.kind == "comment":
        return "comment", f"{name}{by}{about}: {remark.text}"
    what = "insert" if remark.kind == "insertion" else "delete"
    return "suggested", f"{name}{by}{about}: {what} “{remark.text.strip()}”"


def shown(edit: Edit) -> str:
    """Return an edit as a person reads it: what was there and what is, around what is not the same."""
    before, after = (" ".join(_without_signs(text).split()) for text in edit.shown())
    if edit.kind == "inserted":
        return f"new: “{_short(after)}”"
    if edit.kind == "deleted":
        return f"deleted: “{_short(before)}”"
    if before == after:
        return f"set otherwise: “{_short(after)}”"
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    start = max(0, min(same, len(after)) - CONTEXT)
    start = before.rfind(" ", 0, start + 1) + 1
    return f"“{_short(before, start)}” → “{_short(after, start)}”"


def _without_signs(text: str) -> str:
    return "".join(char for char in text if char >= " " or char.isspace())


def _short(text: str, start: int = 0) -> str:
    """Return the beginning of a text from `start` on, in one line."""
    text = f"{'…' if start else ''}{' '.join(_without_signs(text)[start:].split())}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

"""A text that was edited comes into its file, where that is still as it was read.

What is replaced goes to history. Where another hand, or a build, was faster, its changes and these come together by
paragraphs, and nothing is saved before a person has seen that. Of a chapter it is what stands below the front matter,
which is left alone; of what chapters are made from, the `whole` file, whatever can be read of it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import frontmatter, history, paragraphs
from novelist.book.paths import KEYS
from novelist.errors import BookError
from novelist.text import BOM, digest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.targets.target import Target

# A paragraph, or the blank lines between two.
PASSAGE = re.compile(r"[^\n]+(?:\n[^\n]+)*|\n+")


@dataclass(frozen=True)
class Edit:
    """A text in the hands of a person: as it was read, and as it is now."""

    before: str
    text: str


class Clash(NamedTuple):
    """Paragraphs that both have changed: as they are in the file, and as they were typed, which counts."""

    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """Two edits of one text in one; what clashed is as this hand has typed it."""

    text: str
    clashes: Sequence[Clash]


def begun(target: Target, *, whole: bool = False) -> Edit:
    """Return the text of a file as it is taken into one's hands; empty where it is missing. Raises BookError."""
    text = _lines(target.inputs.book.files.read_text(target.path) or "") if whole else normalise(target.text())
    return Edit(text, text)


def edit_of(form: Mapping[str, str], *, whole: bool = False) -> Edit:
    """Return what a form sends."""
    tidy = _lines if whole else normalise
    return Edit(tidy(form.get("before", "")), tidy(form.get("text", "")))


def save(target: Target, edit: Edit, *, whole: bool = False) -> Merged | None:
    """Save an edit, and return None; where the file says something else than was read, return both in one instead.

    Raises BookError where that would leave nothing, or the disk does not let it.
    """
    book, path = target.inputs.book, target.path
    raw = book.files.read_text(path)
    page = frontmatter.Page({}, "", raw or "") if whole else frontmatter.parse(raw or "", KEYS)
    if page.damage is not None:
        frontmatter.check(path, page)
    if not edit.text.strip():
        if path == book.premise:
            raise BookError(path, None, "it would be empty, and is as it was. Write what the book is about.")
        message = "it would be empty, and is as it was. Delete the file to have it drafted."
        raise BookError(path, None, message)
    if digest(page.body) != digest(edit.before):
        if digest(page.body) == digest(edit.text):
            return None
        if whole:
            return merge(edit.before, edit.text, _lines(page.body), whole=True)
        return merge(edit.before, edit.text, normalise(page.body))
    text = _whole(page, edit.text, raw or "")
    if not whole and frontmatter.parse(text, KEYS).header != page.header:
        # Such lines say what a text was drafted from: nobody may come to say so of what an author typed.
        message = "its first lines would be read as front matter, and it is as it was. Begin with something else."
        raise BookError(path, None, message)
    if raw is not None:
        history.keep(book, target.identity, raw)
    book.files.replace(path, text)
    target.inputs.forget(path)
    return None


def put_back(target: Target, when: str) -> None:
    """Put back a text of a file, to the byte, by the time at which it came into history, where the one there now goes.

    Raises BookError where there is none of that time.
    """
    book = target.inputs.book
    entry = next((path for path in history.entries(book, target.identity) if path.stem == when), None)
    if entry is None:
        message = "there is no text of that time, and nothing was done. Look at it again."
        raise BookError(target.path, None, message)
    now, text = book.files.read_text(target.path), book.files.read_text(entry) or ""
    if now is not None:
        history.keep(book, target.identity, now)
    book.files.replace(target.path, text)
    target.inputs.forget(target.path)


def _lines(text: str) -> str:
    """Return a text with line ends as browsers have them in a form, each line as it is."""
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _whole(page: frontmatter.Page, text: str, raw: str) -> str:
    """Return a file with another text below its front matter, with the line ends that it has."""
    blank = page.body[: len(page.body) - len(page.body.lstrip("\r\n"))]
    lines = text.replace("\n", "\r\n") + "\r\n" if "\r\n" in raw else f"{text}\n"
    return f"{page.header}{blank}{lines}"


def merge(before: str, mine: str, theirs: str, *, whole: bool = False) -> Merged:
    """Return what comes of two edits of one text, by paragraphs; of a `whole` file every line is kept. Pure."""
    texts = (f"{text}\n\n" for text in (before, mine, theirs)) if whole else (before, mine, theirs)
    old, my_paragraphs, their_paragraphs = map(PASSAGE.findall if whole else _paragraphs, texts)
    merged: list[str] = []
    clashes: list[Clash] = []
    for ours, my_part, their_part in _stretches(old, my_paragraphs, their_paragraphs):
        if my_part == ours:
            merged += their_part
        else:
            merged += my_part
            if their_part not in (ours, my_part):
                clashes.append(Clash("\n\n".join(their_part), "\n\n".join(my_part)))
    return Merged("".join(merged).strip("\n") if whole else "\n\n".join(merged), clashes)


def _paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs.split(text)]


def _stretches(old: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield the three texts in stretches that are cut where all of them have a paragraph in common."""
    my_place, their_place = _places(old, mine), _places(old, theirs)
    start, my_start, their_start = 0, 0, 0
    for place in [*(each for each in range(len(old)) if each in my_place and each in their_place), len(old)]:
        my_end, their_end = my_place.get(place, len(mine)), their_place.get(place, len(theirs))
        yield from _singly(old[start:place], mine[my_start:my_end], theirs[their_start:their_end])
        yield old[place : place + 1], mine[my_end : my_end + 1], theirs[their_end : their_end + 1]
        start, my_start, their_start = place + 1, my_end + 1, their_end + 1


def _singly(old: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield a stretch paragraph by paragraph where all have as many, else as it is."""
    if len(old) == len(mine) == len(theirs):
        yield from (([one], [my], [their]) for one, my, their in zip(old, mine, theirs, strict=True))
    else:
        yield old, mine, theirs


def _places(old: list[str], new: list[str]) -> dict[int, int]:
    """Return where the paragraphs of an old text are in a new one, as far as they are."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in blocks for at in range(block.size)}

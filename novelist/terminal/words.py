"""What has changed between two texts, word by word, for a person. Pure."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from novelist.book import paragraphs
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = re.compile(r"(\[-.*?-\]|\{\+.*?\+\})", re.DOTALL)
NEAR = 6  # words beside what has changed
WORD = re.compile(r"(\S+)(\s*)")


class Piece(NamedTuple):
    """Words in a row that stayed, have gone, or have come."""

    kind: Literal["same", "gone", "new"]
    text: str


class Passage(NamedTuple):
    """Paragraphs that are otherwise: the number of the first, from 1, how they were and are; empty for none."""

    number: int
    old: str
    new: str


def passages(old: str, new: str) -> list[Passage]:
    """Return where two texts differ, by the paragraphs of the new one; as many for as many are taken one by one."""
    before, after = ([each.text for each in paragraphs.split(normalise(text))] for text in (old, new))
    changed: list[Passage] = []
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        olds, news = before[start:end], after[begin:stop]
        if kind == "replace" and len(olds) == len(news):
            changed += [Passage(begin + at, *pair) for at, pair in enumerate(zip(olds, news, strict=True), 1)]
        elif kind != "equal":
            changed.append(Passage(begin + 1, "\n\n".join(olds), "\n\n".join(news)))
    return changed


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield a text in pieces: what stayed, what has gone and what has come. White space is that of the new text."""
    before, after = old.split(), WORD.findall(new)
    words = [word for word, _ in after]
    last = new[: len(new) - len(new.lstrip())]
    yield Piece("same", last)
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, before, words, autojunk=False).get_opcodes():
        gone, come = " ".join(before[start:end]), "".join(f"{word}{gap}" for word, gap in after[begin:stop])
        text = come.rstrip()
        if kind == "equal":
            yield Piece("same", come)
            last = come
            continue
        if last and not last[-1].isspace():
            yield Piece("same", " ")
        yield Piece("gone", gone)
        yield Piece("new", text)
        yield Piece("same", come[len(text) :] if come else " ")
        last = come or " "


def word_diff(old: str, new: str) -> str:
    """Return a text in which what has gone stands in `[-` and `-]`, what has come in `{+` and `+}`, as git has it."""
    signs = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    return "".join(f"{signs[kind][0]}{text}{signs[kind][1]}" for kind, text in pieces(old, new) if text)


def shortened(words: str) -> str:
    """Return a word diff with a few words only beside what has changed."""
    pieces = MARKED.split(words)
    for place in range(0, len(pieces), 2):
        each = pieces[place].split(" ")
        behind = NEAR if place else 0
        before = NEAR if place < len(pieces) - 1 else 0
        if len(each) > behind + before + 1:
            pieces[place] = " ".join([*each[:behind], "…", *each[len(each) - before :]])
    return "".join(pieces)


def coloured(words: str) -> str:
    """Return a word diff with colours for a terminal."""
    words = re.sub(r"\[-.*?-\]", lambda gone: click.style(gone[0], fg="red"), words, flags=re.DOTALL)
    return re.sub(r"\{\+.*?\+\}", lambda new: click.style(new[0], fg="green"), words, flags=re.DOTALL)

"""Footnotes that are told within footnotes, which pandoc follows until no memory is left. Pure."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

LABEL = r"\[\^([^\[\]\s]+)\]"
NEXT = rf"(?![ \t>]*{LABEL}:)"  # another one begins without a blank line between them
DEFINED = re.compile(
    rf"^[ \t>]*(?:(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]+)*{LABEL}:"
    rf"(.*(?:\n{NEXT}(?![ \t>]*\n).*|\n[ \t>]*(?=\n(?:    |\t|>|[ \t>]*\n)))*)",
    re.MULTILINE,
)
MARK = re.compile(rf"{LABEL}(?!:)")
MOST_TOLD = 20_000_000  # characters of a chapter where each mark is its footnote: pandoc reads a million a second


def endless(text: str) -> str:
    """Return the name of a footnote in `text` that is told, by others or at once, within itself; else nothing."""
    told_in = {name: frozenset(marks) for name, (_, marks) in _defined(text).items()}
    try:
        TopologicalSorter(told_in).prepare()
    except CycleError as error:
        circle = frozenset(error.args[1])
        return next(name for name in told_in if name in circle)
    return ""


def told(text: str) -> int:
    """Return how many characters a text without an `endless` footnote has, where each mark is its footnote."""
    notes = _defined(text)
    length: dict[str, int] = {}
    for name in TopologicalSorter({name: frozenset(marks) for name, (_, marks) in notes.items()}).static_order():
        size, marks = notes.get(name, (0, []))
        length[name] = size + sum(length[mark] for mark in marks)
    return len(text) + sum(length.get(mark, 0) for mark in _marks(text))


def _defined(text: str) -> dict[str, tuple[int, list[str]]]:
    """Return the footnotes by name: the characters of each, and the footnotes that it has marks of."""
    notes: dict[str, tuple[int, list[str]]] = {}
    for definition in DEFINED.finditer(text):
        size, marks = notes.get(name := definition[1].casefold(), (0, []))
        notes[name] = max(size, len(definition[2])), [*marks, *_marks(definition[2])]
    return notes


def _marks(text: str) -> list[str]:
    return [name.casefold() for name in MARK.findall(text)]

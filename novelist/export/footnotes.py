"""Footnotes that lead to themselves, which pandoc would follow until no memory is left. Pure."""

from __future__ import annotations

import re

NEXT = r"(?![ \t>]*\[\^[^\]\s]+\]:)"  # another one begins without a blank line between them
DEFINED = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*\[\^([^\]\s]+)\]:"
    rf"(.*(?:\n{NEXT}(?![ \t>]*\n).*|\n[ \t>]*(?=\n(?:    |\t|>|[ \t>]*\n)))*)",
    re.MULTILINE,
)
MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def endless(text: str) -> str:
    """Return the name of a footnote in `text` that is told, by others or at once, within itself; else nothing."""
    marks_of: dict[str, set[str]] = {}
    for definition in DEFINED.finditer(text):
        marks_of.setdefault(definition[1].casefold(), set()).update(
            each.casefold() for each in MARK.findall(definition[2])
        )
    left = dict(marks_of)
    while ends := [name for name, marks in left.items() if not marks & left.keys()]:
        for name in ends:
            del left[name]
    # What only leads to a circle is no part of it.
    while entries := [name for name in left if not any(name in marks for marks in left.values())]:
        for name in entries:
            del left[name]
    return next(iter(left), "")

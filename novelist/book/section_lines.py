"""The lines of an outline's section that say what they tell: `POV: Mara`, `Ends with: the lamp goes out`.

A model is asked for them, and people may write them; they stay text of the section. Pure. Knows no outline, no file,
and not what is made of them. What they are called in a language stands in its table; English is read in every book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from novelist.book.headings import tidy_text
from novelist.language import lookup

if TYPE_CHECKING:
    from collections.abc import Mapping

# Whose point of view; place and time; what that person wants, and what is against it; what changes; how it ends; the
# threads that it opens and closes.
NAMES = ("pov", "where", "wants", "against", "turn", "ends", "opens", "closes")

# A key, perhaps in a list and in bold, its colon inside of the emphasis or behind it. No key is longer.
LINE = re.compile(
    r"([ \t]*)(?:[-*+•–][ \t]+)?([*_]{0,3})([^\s:：*_][^:：*_\n]{0,39}?)[ \t]{0,4}(?:\2)?[ \t]{0,4}[:：][ \t]*(.*)"
)
ITEM = re.compile(r"[ \t]*[-*+•–][ \t]+")
BETWEEN_WORDS = re.compile(r"[\s,/&、،]+")


@dataclass(frozen=True)
class SectionLines:
    """The lines of a section by their names (see `NAMES`), in the order of the text, and its other text.

    A line that is there twice, or has more lines below it, is one text with line breaks in it.
    """

    lines: Mapping[str, str]
    prose: str


def read(text: str, language: str) -> SectionLines:
    """Return the lines of a section's text in a book of `language` (a code such as `de`), and what else it says."""
    keys = _keys("en") | _keys(language)
    values: dict[str, list[str]] = {}
    prose: list[str] = []
    name, indent, is_list = "", 0, False  # the line that may go on, and whether a list below it is its own
    for line in text.split("\n"):
        match = LINE.fullmatch(line)
        key = keys.get(_folded(match[3])) if match else None
        if match and key:
            name, indent = key, len(match[1])
            value = _bare(match[4], match[2])
            is_list = not value
            values.setdefault(key, []).extend([value] if value else [])
        elif name and line.strip() and (_indent(line) > indent or (is_list and ITEM.match(line))):
            bullet = ITEM.match(line)
            values[name].append(line[bullet.end() if bullet else 0 :].strip())
        elif name and is_list and line.strip() and not values[name]:
            values[name].append(line.strip())
        else:
            name = name if name and is_list and not line.strip() and not values[name] else ""
            prose.append(line)
    lines = {name: "\n".join(value) for name, value in values.items() if value}
    return SectionLines(lines, tidy_text("\n".join(prose)))


def render(section: SectionLines, language: str) -> str:
    """Return the text of a section: what happens, then each line under what it is called in the book's `language`."""
    named = ((label(name, language), section.lines[name]) for name in NAMES if name in section.lines)
    lines = [f"{called}: {' '.join(value.split())}" for called, value in named]
    return "\n\n".join(filter(None, [section.prose, "\n".join(lines)]))


def label(name: str, language: str) -> str:
    """Return what a line is called in a book of `language`; English where its table does not say it."""
    return (lookup.table(language).section_lines or lookup.table("en").section_lines)[name][0]


@cache
def _keys(language: str) -> dict[str, str]:
    """Return the names of lines by what they are called in a language."""
    called = lookup.table(language).section_lines
    return {_folded(each): name for name, all_of_it in called.items() for each in all_of_it}


def _folded(key: str) -> str:
    return BETWEEN_WORDS.sub(" ", lookup.fold(key)).strip()


def _bare(value: str, emphasis: str) -> str:
    """Return a line's value without the end of an emphasis that began before its key."""
    value = value.strip()
    if emphasis and value.startswith(emphasis):
        value = value.removeprefix(emphasis)
    elif emphasis and value.endswith(emphasis) and value.count(emphasis) % 2:
        value = value.removesuffix(emphasis)
    return value.strip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))

"""Headings in a person's or a model's Markdown: their attributes, the titles in them, and texts that have none.

Pure. Knows no file, and not what a heading stands for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book import conflict
from novelist.text import normalise, printable

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = re.compile(r"\ufeff? {0,3}(#{1,6})(?:[ \t]+(.*))?$")  # a BOM stands where files were joined
ATTRIBUTES = re.compile(r"[*_]*(?:[ \t]*\{(?=[#.-]|[^{}]*=)([^{}]*)\})?")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")


def split_attributes(text: str) -> tuple[str, str]:
    """Return a heading without pandoc's attributes (`{#id words=600}`) behind it, and these, empty for none."""
    heading = text.rstrip(" \t")
    start = _attributes_at(heading, 0, len(heading))
    return (text, "") if start < 0 else (heading[:start].rstrip(" \t"), heading[start + 1 : -1])


def _attributes_at(heading: str, start: int, end: int) -> int:
    """Return where the attributes begin that end a heading, which is between `start` and `end`; -1 where none do."""
    if not heading.endswith("}", start, end):
        return -1
    at = heading.rfind("{", start, end)
    inner = heading[at + 1 : end - 1]
    return at if "}" not in inner and (any(mark in inner for mark in "#.=") or inner.strip() == "-") else -1


def attributed(line: str, title: str, change: Callable[[list[str]], list[str]]) -> str:
    """Return a chapter's line with what `change` makes of the attributes behind its title, as it is without a place.

    `title` is as it stands in the line, if that is no heading.
    """
    if HEADING.match(line):
        text, attributes = split_attributes(line)
        behind = ""
    elif (at := line.find(title)) >= 0 and (match := ATTRIBUTES.match(line, at + len(title))):
        end = match.start(1) - 1 if match[1] is not None else match.end()
        text, attributes, behind = line[:end], match[1] or "", line[match.end() :]
    else:
        return line
    words = change(attributes.split())
    if words == attributes.split():
        return line
    return f"{text.rstrip()} {{{' '.join(words)}}}{behind}" if words else f"{text.rstrip()}{behind}"


def id_in(attributes: str) -> str:
    """Return the id among attributes as they are written (`#the-lamp`), empty where there is none."""
    return next((word for word in attributes.split() if word.startswith("#")), "")


def says_unnumbered(attributes: str) -> bool:
    """Say whether attributes as they are written take a heading's number from it, as pandoc reads them."""
    return not {"-", ".unnumbered"}.isdisjoint(attributes.split())


def tidy_title(text: str) -> str:
    """Return a title on one line, without Markdown's emphasis around it or attributes behind it."""
    title = " ".join(printable(text).split())
    start, end = 0, len(title)
    while (inner := _peeled(title, start, end)) != (start, end):
        start, end = inner
        start += title.startswith(" ", start, end)
        end -= title.endswith(" ", start, end)
    return title[start:end]


def _peeled(title: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of a title without one thing at them: attributes, closing hashes, or marks of emphasis.

    Whatever there is of them, each character is looked at a few times at most.
    """
    if (attributes := _attributes_at(title, start, end)) >= 0:
        return start, attributes
    if title.endswith("#", start, end):
        word = max(start, title.rfind(" ", start, end) + 1)
        return (start, end) if title[word:end].strip("#") else (start, word)
    for mark in ("**", "__", "*", "_"):
        around = title.startswith(mark, start, end) and title.endswith(mark, start, end)
        if around and end - start > 2 * len(mark):
            return start + len(mark), end - len(mark)
    return start, end


def tidy_text(text: str) -> str:
    """Return a section's text without outer blank lines and rules."""
    lines = normalise(text).split("\n")
    places = [place for place, line in enumerate(lines) if line.strip() and not RULE.match(line)]
    return "\n".join(lines[places[0] : places[-1] + 1]) if places else ""


def inert(text: str) -> str:
    """Return `text` so that no line of it reads as a heading of a part or a chapter, or as a merge conflict."""
    lines = tidy_text(printable(text)).split("\n")
    return "\n".join(f"\\{line.lstrip()}" if _structural(line) else line for line in lines)


def _structural(line: str) -> bool:
    heading = HEADING.match(line)
    return bool(heading and len(heading[1]) <= 2) or bool(conflict.MARK.match(line))

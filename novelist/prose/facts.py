"""How things stand: the lasting facts in summaries, one short line for each person or thing.

`Facts:` on a line of its own, then lines such as `- Mara: at the Glassworks; has the bottle; knows that Eskil lied`. A
later line for the same name takes the place of an earlier one. Pure. Knows no chapters and no files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from novelist.language import lookup
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADING = "Facts:"
LINE = re.compile(r"\s*[-*•–]\s+(?P<name>[^:：\s][^:：]{0,59}?)[*_ ]*[:：][*_ ]*(?P<facts>\S.*)$")
MOST_NAMES = 24  # names, those spoken of last
LONGEST_HEADING = 60  # characters of a line that says that facts follow


def tidy(summary: str) -> str:
    """Return a model's summary with its facts, if it has any, in their form."""
    lines = normalise(summary).split("\n")
    start = next((at for at, line in enumerate(lines) if _opens(line)), None)
    if start is None:
        return normalise(summary)
    prose = normalise("\n".join(lines[:start]))
    facts = [line for _, line in _facts("\n".join(lines[start:]))]
    return normalise("\n".join([prose, "", HEADING, *facts])) if facts else prose


def newest(story: Iterable[str]) -> list[str]:
    """Return the newest line of each name in texts that are in the order of the story, the newest last."""
    lines: dict[str, str] = {}
    for text in story:
        for name, line in _facts(text):
            lines.pop(name, None)
            lines[name] = line
    return list(lines.values())[-MOST_NAMES:]


def _opens(line: str) -> bool:
    """Say whether a line says that facts follow, in any language."""
    return len(line) <= LONGEST_HEADING and lookup.fold(line.strip("#*_:： \t")) in lookup.words("facts")


@lru_cache(maxsize=256)  # chapters in a row are told nearly the same
def _facts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names in a text, without capitals, and the line of each."""
    pairs: list[tuple[str, str]] = []
    inside = False
    for line in text.split("\n"):
        if _opens(line):
            inside = True
        elif inside and (fact := LINE.match(line)):
            name = fact["name"].strip("*_ ")
            pairs.append((name.casefold(), f"- {name}: {fact['facts'].strip('*_ ')}"))
    return tuple(pairs)

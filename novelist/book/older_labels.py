"""How labels were read before languages had tables: twelve numbers, and the labels of seven languages.

Identities rest on it. A section without an id of its own is known by its title, so a label that is now understood would
give a finished chapter another identity, and its file another name; where a file goes by the older reading, that stays.
So nothing is ever added here.
"""

from __future__ import annotations

import re

ORDINAL = (
    r"(?:[0-9]{1,4}|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|eins|zwei|drei|vier|fünf|un|deux|trois|quatre|cinq|uno|dos|tres|cuatro|cinco|due|tre|quattro|cinque)"
)
CHAPTER = re.compile(
    rf"(?:[0-9]{{1,4}}(?:[.:)][ \t]+|[ \t]+[-–—][ \t]+)"
    r"|(?:chapter|ch\.|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|глава)[ \t]+"
    rf"{ORDINAL}(?![^\W_])[ \t]*[.:)–—-]?[ \t]*"
    rf"|第[0-9一二三四五六七八九十百千零〇]+[章回話话節节][ \t:：、.]*)",
    re.IGNORECASE,
)
PART = re.compile(
    rf"(?:(?:part|act|book|volume|teil|akt|buch|band|partie|acte|livre|tome|parte|acto|atto|libro|часть|том|книга)"
    rf"[ \t]+{ORDINAL}(?![^\W_])[ \t]*(?:[.:)–—-]+[ \t]*|$)"
    r"|第[0-9一二三四五六七八九十百千零〇]+[部卷篇幕][ \t:：、.]*)",
    re.IGNORECASE,
)


def numbered(bare: str) -> bool:
    """Say whether a heading has a chapter's number."""
    return bool(CHAPTER.match(bare))


def is_part(bare: str) -> bool:
    """Say whether a heading has a part's number."""
    return bool(PART.match(bare))


def title_of(bare: str, place: int, *, named: bool) -> str:  # noqa: ARG001 - as any reading of labels
    """Return a chapter's heading without its number, empty where there is nothing else."""
    label = CHAPTER.match(bare)
    return bare[label.end() :] if label else bare


def name_of(heading: str) -> str:
    """Return a part's heading without its number; all of it where there is nothing else."""
    return PART.sub("", heading, count=1) or heading

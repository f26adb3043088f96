"""A novel for benchmarks: what the scripted server answers, at the sizes that real novels have.

A bible of 14 entries, an outline with about sixty words for each chapter and a part for every twenty-five, chapters of
2,000 words, summaries of about a hundred words with four facts, arcs of a hundred and fifty with six.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import bench  # noqa: F401 - puts tests/ on the path
from scripted import Reply, Request, prose

if TYPE_CHECKING:
    from collections.abc import Callable

PART = 25
WORDS = 2000
NAMES = ("Mara", "Eskil", "Joel", "Tilda", "Ines", "Bruno", "Vera", "Anton", "Signe", "Olof", "Runa", "Karin")


def premise(chapters: int, more: str = "") -> str:
    """Return premise.md of a book of so many chapters."""
    return (
        f"---\ntitle: The Book of Days\nauthor: Ines Halden\nchapters: {chapters}\nwords: 1500-2500\n{more}---\n"
        "Mara keeps a lighthouse, and each day the sea brings her something that her brother has lost.\n\n"
        f"{prose(200, 1)}\n"
    )


def section(number: int) -> str:
    """Return what happens in a chapter, with two names in it."""
    one, other = NAMES[number % len(NAMES)], NAMES[number * 5 % len(NAMES)]
    return f"{one} finds what the tide of day {number} has left, and {other} hears of it. {prose(48, 10_000 + number)}"


def outline(chapters: int) -> str:
    """Return a whole outline in JSON."""
    planned = [
        {"part": (number - 1) // PART + 1, "title": f"Day {number}", "happens": section(number)}
        for number in range(1, chapters + 1)
    ]
    parts = [f"Part {part}" for part in range(1, (chapters - 1) // PART + 2)]
    return json.dumps({"title": "The Book of Days", "about": prose(60, 2), "parts": parts, "chapters": planned})


def bible() -> str:
    """Return a whole bible in JSON."""
    people = [{"name": name, "also": "", "about": prose(45, 100 + at)} for at, name in enumerate(NAMES)]
    place = {"name": "The Glassworks", "also": "", "about": prose(45, 200)}
    return json.dumps(
        {"people": people, "places": [place], "things": [], "rules": prose(60, 201), "style": prose(60, 202)}
    )


def author(chapters: int) -> Callable[[Request], Reply]:
    """Return a script that writes a book of so many chapters, with new words each time."""
    seeds = itertools.count(1_000_000)

    def script(request: Request) -> Reply:
        kind, seed = request.task.partition(":")[0], next(seeds)
        if kind == "bible":
            return Reply(bible())
        if request.run:
            happens = [{"number": number, "happens": section(number)} for number in request.run]
            return Reply(json.dumps({"chapters": happens}))
        if request.run:
            return Reply(json.dumps({"chapters": [{"number": n, "happens": section(n)} for n in request.run]}))
        if kind == "outline":
            return Reply(outline(chapters))
        return Reply(text(kind, seed))

    return script


def text(kind: str, seed: int) -> str:
    """Return the text of a chapter, a summary or an arc."""
    if kind == "chapter":
        return prose(WORDS, seed)
    words, count = (150, 6) if kind == "arc" else (70, 4)
    names = (NAMES[(seed + at) % len(NAMES)] for at in range(count))
    facts = (f"- {name}: {prose(9, seed * 31 + at).rstrip('.')}" for at, name in enumerate(names))
    return "\n".join([prose(words, seed), "", "Facts:", *facts])

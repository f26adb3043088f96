"""A book that a person typed to the end: nothing is left to draft, so its build asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from in_process import Here

SETTINGS = """\
title: The Salt Lamp
author: Ines Halden
language: en
"""
OUTLINE = """\
# Part One: The Shore

## 1. The Bottle {#bottle}

Mara finds a bottle.

## 2. The Lamp {#lamp}

Mara lights it.
"""
BOTTLE = """\
Mara said, "It's *here*, Tom -- the 'lamp' is warm."

She waited...

* * *

The tide came in.[^1]

[^1]: It does so twice a day.
"""
LAMP = "The lamp was lit.[^1]\n\n[^1]: By Eskil.\n"


def type_book(
    here: Here, *texts: str, settings: str = SETTINGS, outline: str = OUTLINE, ids: tuple[str, ...] = ("bottle", "lamp")
) -> Here:
    """Put a typed book in place: its premise has the front matter `settings`, its chapters these `texts`."""
    (here / "premise.md").write_text(f"---\n{settings}---\nAn idea.\n", encoding="utf-8")
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n", encoding="utf-8")
    (here / "outline.md").write_text(outline, encoding="utf-8")
    for folder in ("chapters", "summaries"):
        (here / folder).mkdir()
    for number, (identity, text) in enumerate(zip(ids, texts or (BOTTLE, LAMP), strict=True), 1):
        (here / "chapters" / f"{number:02d}-{identity}.md").write_text(text, encoding="utf-8")
        (here / "summaries" / f"{number:02d}-{identity}.md").write_text("It happened.\n", encoding="utf-8")
    return here

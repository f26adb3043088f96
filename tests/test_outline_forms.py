"""An outline as people and models write it has all its chapters, and no other ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from novelist.book.outline_text import parse
from novelist.errors import BookError

OUTLINE = Path("outline.md")


def read(text: str, language: str = "en", title: str = "") -> list[str]:
    """Return what an outline has: its parts as `# name`, its chapters by their titles."""
    outline = parse(text, OUTLINE, title, language)
    shown: list[str] = []
    part = None
    for section in outline.sections:
        if section.part is not None and section.part != part:
            part = section.part
            shown.append(f"# {outline.parts[part].name}")
        shown.append(section.title)
    return shown


KIMI = """\
# The Salt Lamp

## Overview

A book about the sea.

## Part I: The Arrival

### Themes for Part I

Salt.

### Chapter 1: The Bottle

Mara finds a bottle.

### Chapter 2: The Tide

The sea comes back.

### Part I Summary

Much has happened.

## Part II: The Lamp

### Interlude: A Letter

It is from her brother.

### Chapter 3: The Lamp

#### Key Beats

1. It goes out.
2. It rains.

### Epilogue

Calm.

### Tone and Style Notes

Plain words.
"""
LISTS = """\
# The Salt Lamp

## Act I: Ebb

1. **Chapter 1: Opening** — Mara finds a bottle.
2. **Chapter 2: Salt** — She opens it.

## Act II: Flood

3. **Chapter 3: Sand** — The sea comes back.

## Key Plot Threads

1. **Main Plot:** The lamp.
2. **Subplot:** The letter.
"""
ACTS = """\
# Salt

## Part One: The Arrival

### Chapter 1: The Bottle

A.

### Chapter 2: The Tide

B.

## Part Two: The Lamp

### Chapter 3: The Lamp

C.
"""
ARRIVAL = ["# The Arrival", "The Bottle", "The Tide", "# The Lamp", "The Lamp"]
FORMS = {
    "notes beside chapters": (
        KIMI,
        ["# The Arrival", "The Bottle", "The Tide", "# The Lamp", "Interlude: A Letter", "The Lamp", "Epilogue"],
    ),
    "lists beside chapters": (LISTS, ["# Ebb", "Opening", "Salt", "# Flood", "Sand"]),
    "lists without labels": (
        LISTS.replace("Chapter 1: ", "").replace("Chapter 2: ", "").replace("Chapter 3: ", ""),
        ["# Ebb", "Opening", "Salt", "# Flood", "Sand"],
    ),
    "a list of chapters, and others": (
        (
            "# Salt\n\n## Characters\n\n1. **Mara** — keeps the light.\n2. **Joel** — rows.\n\n"
            "## Chapter Outline\n\n"
            "1. **The Bottle** — A.\n2. **The Tide** — B.\n\n## What the Sea Wants\n\n1. Salt.\n2. Sand.\n"
        ),
        ["The Bottle", "The Tide"],
    ),
    "numbers that go on": (
        "# Salt\n\n## Arrival\n\n1. The Bottle\n2. The Tide\n\n## Leaving\n\n3. The Lamp\n\n## Wants\n\n1. Salt\n",
        ["# Arrival", "The Bottle", "The Tide", "# Leaving", "The Lamp"],
    ),
    "numbers that begin again": (
        "# Salt\n\n## Arrival\n\n1. The Bottle\n2. The Tide\n\n## Leaving\n\n1. The Lamp\n",
        ["# Arrival", "The Bottle", "The Tide", "# Leaving", "The Lamp"],
    ),
    **{f"headings of level {level}": (ACTS.replace("###", "#" * level), ARRIVAL) for level in (3, 4, 5, 6)},
    "bold lines": (
        (
            "# Salt\n\n## Part One: The Arrival\n\n**Chapter 1: The Bottle**\n\nA.\n\n- a beat\n\n"
            "**Chapter 2: The Tide**\nB.\n\n"
            "## Part Two: The Lamp\n\n**Chapter 3: The Lamp** — C.\n"
        ),
        ARRIVAL,
    ),
    "bold labels": (
        (
            "**Part One: The Arrival**\n\n**Chapter 1:** The Bottle\nA.\n\n**Chapter 2:** The Tide — B.\n\n"
            "**Part Two: The Lamp**\n\n**Chapter 3:** The Lamp\n\nC.\n"
        ),
        ARRIVAL,
    ),
    "bold numbers": (
        "# Salt\n\n## Notes\n\nA.\n\n**1. The Bottle**\n\n1. a beat\n\n**2. The Tide**\n\nB.\n",
        ["The Bottle", "The Tide"],
    ),
    "plain lines": (
        (
            "Part One: The Arrival\n\nChapter 1: The Bottle\nMara finds a bottle.\n\nChapter 2: The Tide\nB.\n\n"
            "Part Two: The Lamp\n\nChapter 3: The Lamp\nChapter 1 of the ledger was missing.\n"
        ),
        ARRIVAL,
    ),
    "plain lines one below another": (
        "Chapter 1: The Bottle\nChapter 2: The Tide\nChapter Three - The Lamp\n",
        ["The Bottle", "The Tide", "The Lamp"],
    ),
    "plain lines that tell": (
        (
            "Prologue: Salt\n\nChapter 1: The Bottle — Mara finds a bottle.\n\n"
            "Chapter 2: She walks out into the sea and does not come back.\n"
        ),
        ["Prologue: Salt", "The Bottle", "Chapter 2"],
    ),
    "bullets": (
        (
            "## Part One: The Arrival\n- Chapter 1: The Bottle\n  - Mara finds it.\n"
            "- **Chapter 2: The Tide** — B.\n\n"
            "## Part Two: The Lamp\n* Chapter 3: The Lamp\n"
        ),
        ARRIVAL,
    ),
    "bullets below bullets": (
        (
            "- Part One: The Arrival\n  - Chapter 1: The Bottle\n    - Mara finds it.\n  - Chapter 2: The Tide\n"
            "- Part Two: The Lamp\n  - Chapter 3: The Lamp\n"
        ),
        ARRIVAL,
    ),
    "items below items": (
        (
            "1. **Part One: The Arrival**\n   1. Chapter 1: The Bottle\n   2. Chapter 2: The Tide\n"
            "2. **Part Two: The Lamp**\n   1. Chapter 3: The Lamp\n"
        ),
        ARRIVAL,
    ),
    "parts among items": (
        (
            "1. Part One: The Arrival\n2. Chapter 1: The Bottle\n3. Chapter 2: The Tide\n"
            "4. Part Two: The Lamp\n5. Chapter 3: The Lamp\n"
        ),
        ARRIVAL,
    ),
    "a table": (
        (
            "## Part One: The Arrival\n\n| # | Title | What happens |\n|---|---|---|\n"
            "| 1 | The Bottle | Mara finds it. |\n| 2 | **The Tide** | B. |\n\n"
            "## Part Two: The Lamp\n\n| # | Title | What happens |\n|---|:-:|---|\n"
            "| 3 | The Lamp | C. |\n| 4 | The Boat | D. |\n"
        ),
        [*ARRIVAL, "The Boat"],
    ),
    "a table with labels": (
        (
            "| Chapter | Summary |\n| --- | --- |\n| Prologue | Salt. |\n"
            "| Chapter 1: The Bottle | Mara finds it. |\n| Chapter 2: The Tide | B. |\n"
        ),
        ["Prologue", "The Bottle", "The Tide"],
    ),
    "a table without numbers": (
        "| Chapter | Summary |\n| --- | --- |\n| The Bottle | Mara finds it. |\n| The Tide | B. |\n",
        ["The Bottle", "The Tide"],
    ),
    "a table of something else": (
        "| Person | Age |\n|---|---|\n| Mara | 40 |\n| Joel | 30 |\n\n## The Bottle\n\nA.\n\n## The Tide\n\nB.\n",
        ["The Bottle", "The Tide"],
    ),
    "headings below parts": (
        (
            "# Salt\n\n## Characters\n\n### Mara\n\n## Act I: The Arrival\n\n### The Bottle\n\nA.\n\n"
            "### The Tide\n\n## Act II: The Lamp\n\n### The Lamp\n"
        ),
        ARRIVAL,
    ),
    "headings and notes": (
        "# Salt\n\n## Themes\n\nA.\n\n## The Bottle\n\nA.\n\n## The Tide\n\nB.\n\n## Notes on Style\n",
        ["The Bottle", "The Tide"],
    ),
    "numbers and notes": (
        "# Salt\n\n## Logline\n\nA.\n\n## 1. The Bottle\n\nA.\n\n## 2. The Tide\n\nB.\n\n## Character Arcs\n\nC.\n",
        ["The Bottle", "The Tide"],
    ),
    "numbered notes": (
        (
            "# Salt\n\n## 1. Premise\n\nA.\n\n## 2. Characters\n\nB.\n\n## 3. Chapter Outline\n\n"
            "### Chapter 1: The Bottle\n\nA.\n\n### Chapter 2: The Tide\n"
        ),
        ["The Bottle", "The Tide"],
    ),
    "numbered acts": (
        (
            "# Salt\n\n## 1. Act One: The Arrival\n\n### Chapter 1: The Bottle\n\nA.\n\n"
            "### Chapter 2: The Tide\n\n## 2. Act Two: The Lamp\n\n### Chapter 3: The Lamp\n"
        ),
        ["# 1. Act One: The Arrival", "The Bottle", "The Tide", "# 2. Act Two: The Lamp", "The Lamp"],
    ),
    "a prologue beside parts": (
        (
            "# Salt\n\n## Prologue\n\nA.\n\n## Part One: The Arrival\n\n### Chapter 1: The Bottle\n\n"
            "A.\n\n### Chapter 2: The Tide\n\n## Epilogue: Home\n\nB.\n"
        ),
        ["Prologue", "# The Arrival", "The Bottle", "The Tide", "Epilogue: Home"],
    ),
    "a prologue beside acts": (
        "# Salt\n\n## Prologue\n\nA.\n\n## Act I: The Arrival\n\n1. The Bottle\n2. The Tide\n\n## Epilogue\n\nB.\n",
        ["Prologue", "# The Arrival", "The Bottle", "The Tide", "Epilogue"],
    ),
    "levels that were mixed up": (
        (
            "## Chapter 1: The Bottle\n\n### Chapter 2: The Tide\n\nB.\n\n## Chapter 3: The Lamp\n\n"
            "### Chapter 7: no chapter\n"
        ),
        ["The Bottle", "The Tide", "The Lamp"],
    ),
    "acts that say which chapters they hold": (
        "## Act I (Chapters 1-2)\n\n### 1. The Bottle\n\n### 2. The Tide\n\n## Act II (Chapter 3)\n\n### 3. The Lamp\n",
        ["# Act I (Chapters 1-2)", "The Bottle", "The Tide", "# Act II (Chapter 3)", "The Lamp"],
    ),
    "boxes to tick": ("- [x] Chapter 1: The Bottle\n- [ ] Chapter 2: The Tide\n", ["The Bottle", "The Tide"]),
    "forms that were mixed up": (
        "## Chapter 1: The Bottle\n\n**Chapter 2: The Tide**\n\nB.\n\n## Chapter 3: The Lamp\n\n- Chapter 4: soon\n",
        ["The Bottle", "The Tide", "The Lamp"],
    ),
    "parts with ids": (
        (
            "## Part One: The Arrival {#one}\n\n### The Bottle {#bottle}\n\n### The Tide {#tide}\n\n"
            "## Part Two: The Lamp {#two}\n\n### The Lamp {#lamp}\n"
        ),
        ARRIVAL,
    ),
    "chapters with small headings": (
        (
            "## 1. The Bottle\n\n### Chapter 12 of the ledger\n\n**Chapter 1: a note**\n\n"
            "- Chapter 2: another\n\n## 2. The Tide\n"
        ),
        ["The Bottle", "The Tide"],
    ),
    "contents above chapters": (
        (
            "# Salt\n\n## Contents\n\n- Chapter 1: The Bottle\n- Chapter 2: The Tide\n\n"
            "## Chapter 1: The Bottle\n\nA.\n\n## Chapter 2: The Tide\n\nB.\n"
        ),
        ["The Bottle", "The Tide"],
    ),
}
LANGUAGES = {
    "de": (
        (
            "# Salz\n\n## Erster Teil: Ebbe\n\n### Themen des ersten Teils\n\n"
            "### 1. Kapitel – Die Flasche\n\nA.\n\n## Zweiter Teil: Flut\n\n"
            "### Kapitel Zwei: Die Lampe\n\n### Anmerkungen zum Stil\n"
        ),
        ["# Ebbe", "Die Flasche", "# Flut", "Die Lampe"],
    ),
    "ru": ("## Глава первая. Соль\n\nА.\n\n## Глава вторая. Песок\n\nБ.\n\n## Основные темы\n", ["Соль", "Песок"]),
    "fr": (
        "**Chapitre premier : Sel**\n\nA.\n\n**Chapitre deux : Sable**\n\nB.\n\n**Thèmes principaux**\n",
        ["Sel", "Sable"],
    ),
    "zh": (
        "# 盐灯\n\n## 第一部：来\n\n第一章 青石\n甲。\n\n第二章：盐\n乙。\n\n## 主题与风格\n\n丙。\n",
        ["# 来", "青石", "盐"],
    ),
    "tr": ("1. Bölüm: Tuz\n2. Bölüm: Kum\n", ["Tuz", "Kum"]),
    "pl": ("1. Rozdział: Sól\nA.\n\n2. Rozdział: Piasek\n", ["Sól", "Piasek"]),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_outline_in_any_form_has_its_chapters_and_its_parts(name: str) -> None:
    text, shown = FORMS[name]
    assert read(text) == shown


def test_one_plain_line_is_no_outline() -> None:
    with pytest.raises(BookError, match="no chapter found"):
        parse("Chapter one: The lamp goes out.\n", OUTLINE)


def test_what_happens_is_what_stands_below_a_line_and_behind_its_title() -> None:
    text = (
        "Chapter 1: The Bottle\n=====\nMara finds it.\n\n**Chapter 2: The Tide** {#tide words=600} — It comes back.\n\n"
        "Chapter 3: Mara rows over to the ferry, alone.\n\nChapter 4: The Lamp\n\n- It goes out.\n"
    )
    assert [(section.id, section.text, str(section.words)) for section in parse(text, OUTLINE).sections] == [
        ("the-bottle", "Mara finds it.", "None"),
        ("tide", "It comes back.", "600"),
        ("chapter-3", "Mara rows over to the ferry, alone.", "None"),
        ("the-lamp", "- It goes out.", "None"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_it_is_in_other_languages(language: str) -> None:
    text, shown = LANGUAGES[language]
    assert read(text, language) == shown

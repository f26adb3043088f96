"""Nothing of a hand's text is taken off in book.md, but a heading that says no more than the one above it."""

from __future__ import annotations

import pytest
from in_process import Here, body
from scripted import Scripted

from novelist.prose.cleaning import without_own_heading

PROSE = "Nobody moved.\n\nIt rained."


@pytest.mark.parametrize(
    ("heading", "title", "number"),
    [
        ("# Fire!", "Fire!", 1),
        ("### **FIRE!**", "Fire!", 1),
        ("# Fire! {#fire}", "Fire!", 1),
        ("# Fire! {-}", "Fire!", 1),
        ("Fire!\n=====", "Fire!", 1),
        ("## 1. Fire!", "Fire!", 1),
        ("## 7. Fire!", "Fire!", 1),
        ("# Chapter Thirteen: Fire!", "Fire!", 13),
        ("# Chapter Thirteen", "Fire!", 13),
        ("# Mara’s Lamp", "Mara's Lamp", 1),
        ("# 3", "Fire!", 3),
        ("# 6. Kapitel", "Feuer", 6),
        ("## 第一节", "青石村", 1),
        ("## 第一节 青石村", "青石村", 1),
        ("# Chapter 3", "Chapter 3", 4),
    ],
)
def test_a_heading_that_says_what_ours_says_is_one_with_it(heading: str, title: str, number: int) -> None:
    assert without_own_heading(f"{heading}\n\n{PROSE}", title, number) == PROSE
    assert without_own_heading(f"\n{heading}\n{PROSE}", title, number) == PROSE


@pytest.mark.parametrize(
    "first",
    [
        '"Fire!"',
        "“Fire!”",
        "Fire!",
        "**Fire!**",
        "*Fire!*",
        "Chapter 1",
        "**Chapter 1: Fire!**",
        "1. Fire!",
        "## 1. Morning",
        "## 第一节 青石村",
        "## Chapter 12 of the ledger",
        "# Chapter 7",
        "# Part One",
        '# "Fire!"',
        "#",
        "# Fire",
        "Fire!\n---",
    ],
)
def test_all_else_stays(first: str) -> None:
    text = f"{first}\n\n{PROSE}"
    assert without_own_heading(text, "Fire!", 1) == text


OUTLINE = "# Part One\n\n## Chapter 1\n\nA.\n\n## Kapitel Neunundneunzig {#last}\n\nB.\n\n## 3. Fire!\n\nC.\n"
BOOK = """\
# The Salt Lamp

Ines Halden

## Contents

- Part One
  - [Chapter 1](#chapter-1)
  - [Kapitel Neunundneunzig](#last)
  - [3. Fire!](#fire)

# Part One

## Chapter 1 {#chapter-1}

### 1. Morning

She woke.

### 2. Noon

She slept.

## Kapitel Neunundneunzig {#last}

Kapitel Neunundneunzig

It rained.

## 3. Fire! {#fire}

"Fire!"

Nobody moved."""
TYPED = {
    "01-chapter-1.md": "# Chapter 1\n\n## 1. Morning\n\nShe woke.\n\n## 2. Noon\n\nShe slept.\n",
    "02-last.md": "Kapitel Neunundneunzig\n\nIt rained.\n",
    "03-fire.md": '"Fire!"\n\nNobody moved.\n',
}


def test_a_typed_book_has_all_that_was_typed_and_a_title_that_is_a_label_once(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    (here / "chapters").mkdir(exist_ok=True)
    for name, text in TYPED.items():
        (here / "chapters" / name).write_text(text, encoding="utf-8")
    assert here.doit().status == 0
    assert body((here / "book.md").read_text(encoding="utf-8")) == BOOK
    assert not [task for task in server.tasks if task.startswith("chapter:")]

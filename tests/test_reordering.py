"""A chapter of the outline is moved, put in or loses its number: the lines that must change do, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.edits.reordering import Ordered, inserted, is_movable, moved, with_numbering
from novelist.errors import BookError

HERE = Path("outline.md")

OUTLINE = """\
---
title: The Salt Lamp  # ours
novelist: {v: 1}
---
Mara waits.

# Part One: The Arrival

Autumn.

## 1. The Bottle {#the-bottle}

Mara finds it.  \n
```
# no part
```

## 2. The Tide {#tide words=600-900}
<!-- to be told -->


# Part Two

## 3. The Lamp

It goes out.

***

## 4. The Ferry"""


def ordered(text: str, language: str = "en") -> Ordered:
    return Ordered(text, HERE, "The Salt Lamp", language)


def changed(before: str, after: str) -> list[str]:
    """Return the lines that are gone, and those that are new."""
    old, new = before.splitlines(), after.splitlines()
    gone = [f"-{line}" for line in old if line.strip() and line not in new]
    return [*gone, *(f"+{line}" for line in new if line.strip() and line not in old)]


def error(text: str, number: int, *, up: bool) -> str:
    with pytest.raises(BookError) as raised:
        moved(ordered(text), number, up=up)
    return str(raised.value)


def test_a_chapter_changes_places_with_its_neighbour_and_their_numbers_are_right() -> None:
    after = moved(ordered(OUTLINE), 2, up=True)
    assert changed(OUTLINE, after) == [
        "-## 1. The Bottle {#the-bottle}",
        "-## 2. The Tide {#tide words=600-900}",
        "+## 1. The Tide {#tide words=600-900}",
        "+## 2. The Bottle {#the-bottle}",
    ]
    assert "Autumn.\n\n## 1. The Tide {#tide words=600-900}\n<!-- to be told -->\n\n## 2. The Bottle" in after
    assert "Mara finds it.  \n\n```\n# no part\n```\n\n\n# Part Two" in after


def test_a_chapter_goes_into_another_part_over_its_heading_alone() -> None:
    after = moved(ordered(OUTLINE), 3, up=True)
    assert changed(OUTLINE, after) == []
    assert "## 3. The Lamp\n\nIt goes out.\n\n# Part Two" in after
    assert moved(ordered(after), 3, up=False) == OUTLINE


def test_a_file_without_a_last_line_end_and_with_those_of_windows_keeps_them() -> None:
    text = OUTLINE.replace("\n", "\r\n")
    after = moved(ordered(text), 4, up=True)
    assert after == moved(ordered(OUTLINE), 4, up=True).replace("\n", "\r\n")
    assert after.endswith("## 3. The Ferry\r\n\r\n***\r\n\r\n## 4. The Lamp\r\n\r\nIt goes out.")


@pytest.mark.parametrize(
    ("lines", "after", "language"),
    [
        ("## Chapter One: A|## Chapter Two: B", "## Chapter One: B|## Chapter Two: A", "en"),
        ("## CHAPTER IX: A|## CHAPTER X: B", "## CHAPTER IX: B|## CHAPTER X: A", "en"),
        ("## Sechstes Kapitel: A|## Siebtes Kapitel: B", "## Sechstes Kapitel: B|## Siebtes Kapitel: A", "de"),
        ("## 第一章 A|## 第二章 B", "## 第一章 B|## 第二章 A", "zh"),
        ("## 07. A|## 08. B", "## 07. B|## 08. A", "en"),
        ("## Chapter 1|## Chapter 2", "## Chapter 1 {#chapter-2}|## Chapter 2 {#chapter-1}", "en"),
        ("## 7. A|## 8. B", "## 7. B|## 8. A", "en"),
        ("## A|## B", "## B|## A", "en"),
        ("1. **A** — Mara.|2. **B** — Eskil.", "1. **B** — Eskil.|2. **A** — Mara.", "en"),
        ("**Chapter 1: A**|**Chapter 2: B**", "**Chapter 1: B**|**Chapter 2: A**", "en"),
        ("Chapter 1: A|---|Chapter 2: B|---", "Chapter 1: B|---|Chapter 2: A|---", "en"),
        ("|#|Title|\n|-|-|\n|1|A|\n|2|B|\n\nBelow.", "|#|Title|\n|-|-|\n|1|B|\n|2|A|\n\nBelow.", "en"),
        ("## Prologue|## 1. A|## 2. B", "## Prologue|## 1. B|## 2. A", "en"),
    ],
)
def test_numbers_are_written_as_they_were(lines: str, after: str, language: str) -> None:
    text = lines if lines.startswith("|") else lines.replace("|", "\n\n")
    last = len(ordered(text, language).outline.sections)
    now = moved(ordered(text, language), last, up=True)
    assert now == (after if lines.startswith("|") else after.replace("|", "\n\n"))


def test_parts_that_are_numbered_anew_stay_so() -> None:
    text = "# Part One\n\n## 1. A\n\n## 2. B\n\n# Part Two\n\n## 1. C\n\n## 2. D\n"
    assert moved(ordered(text), 3, up=True) == (
        "# Part One\n\n## 1. A\n\n## 2. B\n\n## 3. C\n\n# Part Two\n\n## 1. D\n"
    )


def test_a_new_chapter_is_written_as_those_around_it_are() -> None:
    after = inserted(ordered(OUTLINE), 1, "  The *Storm* ")
    assert changed(OUTLINE, after) == [
        "-## 2. The Tide {#tide words=600-900}",
        "-## 3. The Lamp",
        "-## 4. The Ferry",
        "+## 2. The *Storm* {#the-storm}",
        "+## 3. The Tide {#tide words=600-900}",
        "+## 4. The Lamp",
        "+## 5. The Ferry",
    ]
    assert inserted(ordered(OUTLINE), 4, "The Bottle").endswith(
        "## 4. The Ferry\n\n***\n\n## 5. The Bottle {#the-bottle-2}"
    )
    assert inserted(ordered("1. **A** — x\n2. **B** — y\n"), 1, "C") == "1. **A** — x\n2. **C**\n3. **B** — y\n"
    assert inserted(ordered("## 1. A\n"), 1, "Epilogue") == "## 1. A\n\n## Epilogue\n"


def test_a_chapter_loses_its_number_and_has_it_again() -> None:
    without = with_numbering(ordered(OUTLINE), 2, numbered=False)
    assert changed(OUTLINE, without) == [
        "-## 2. The Tide {#tide words=600-900}",
        "-## 3. The Lamp",
        "-## 4. The Ferry",
        "+## The Tide {#tide words=600-900 .unnumbered}",
        "+## 2. The Lamp",
        "+## 3. The Ferry",
    ]
    assert with_numbering(ordered(without), 2, numbered=True) == OUTLINE
    items = "1. **A** — x\n2. **B** — y\n"
    without = with_numbering(ordered(items), 1, numbered=False)
    assert without == "1. **A** {.unnumbered} — x\n1. **B** — y\n"


def test_what_has_no_place_in_its_form_is_refused_at_its_line() -> None:
    assert error(OUTLINE, 4, up=False) == (
        "outline.md:31: `The Ferry` has nothing on that side that it could be moved over. Move it in the file, by hand."
    )
    with pytest.raises(BookError) as raised:
        inserted(ordered("|#|Title|\n|-|-|\n|1|A|\n|2|B|\n"), 1, "C")
    assert str(raised.value) == (
        "outline.md:3: `C` has no place in its form, or would be no chapter there. Write it in the file, by hand."
    )
    with pytest.raises(BookError) as raised:
        with_numbering(ordered("|#|Title|\n|-|-|\n|1|A|\n|2|B|\n"), 2, numbered=False)
    assert str(raised.value) == (
        "outline.md:4: its form has no place to say whether `B` has a number. Say it in the file, by hand."
    )
    with pytest.raises(BookError) as raised:
        inserted(ordered(OUTLINE), 1, "…")
    assert str(raised.value) == (
        "outline.md:11: `…` gives no name for a file. Choose a title with a letter or a digit in it."
    )


BODIES = st.sampled_from(
    [
        "",
        "Mara waits.",
        "a\n\nb  ",
        "```\n# x\n```",
        "<!-- c -->",
        "| a | b |\n|--|--|",
        "Title\n---",
        "- x\n- y",
        "#9",
    ]
)
GAPS = st.sampled_from(["\n\n", "\n\n\n", "\n\n---\n\n", "\n \n"])
HEADS = st.sampled_from(
    ["## {}. {}", "## Chapter {}: {}", "## {1}", "### {}. {}", "**Chapter {}: {}**", "{}. **{}** — x"]
)


@st.composite
def outlines(draw: st.DrawFn) -> str:
    head, above = draw(HEADS), draw(st.sampled_from(["", "---\ntitle: T\n---\n", "About.\n\n", "# The Salt Lamp\n\n"]))
    pieces, number = [above], draw(st.integers(1, 3))
    for part in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            pieces += [f"# Part {part + 1}: P{part}", draw(GAPS), draw(st.sampled_from(["", "Of it.\n\n"]))]
        for _ in range(draw(st.integers(1, 3))):
            title, body = f"T{number}", draw(BODIES)
            named = draw(st.sampled_from(["", f" {{#n{number}}}", " {.unnumbered}"])) if head[0] == "#" else ""
            pieces += [head.format(number, title), named, f"\n{body}" if body else "", draw(GAPS)]
            number += 1
    return "".join(pieces[:-1] if draw(st.booleans()) else pieces).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(deadline=None, max_examples=60)
@given(outlines(), st.data())
def test_whatever_is_moved_is_read_as_the_same_in_another_order(text: str, data: st.DataObject) -> None:
    one = ordered(text)
    number, up = data.draw(st.integers(1, len(one.outline.sections))), data.draw(st.booleans())
    sections = list(one.outline.sections)
    try:
        after = moved(one, number, up=up)
    except BookError:
        return
    again = ordered(after)
    ids = [section.id for section in again.outline.sections]
    moving = sections[number - 1]
    assert sorted(ids) == sorted(section.id for section in sections)
    assert [each for each in ids if each != moving.id] == [each.id for each in sections if each != moving]
    texts = {section.id: (section.title, section.text, section.words, section.unnumbered) for section in sections}
    assert {each.id: (each.title, each.text, each.words, each.unnumbered) for each in again.outline.sections} == texts
    assert sorted(re.sub("[0-9]+", "", line) for line in after.splitlines()) == sorted(
        re.sub("[0-9]+", "", line) for line in text.splitlines()
    )
    back = ids.index(moving.id) + 1
    if is_movable(again, back, up=not up):
        assert moved(again, back, up=not up) == text


@settings(deadline=None, max_examples=60)
@given(outlines(), st.data())
def test_a_number_that_is_taken_and_given_back_leaves_the_chapters_as_they_were(text: str, data: st.DataObject) -> None:
    one = ordered(text)
    number = data.draw(st.integers(1, len(one.outline.sections)))
    section = one.outline.sections[number - 1]
    try:
        after = ordered(with_numbering(one, number, numbered=section.unnumbered))
        new = ordered(inserted(one, number, "Anew"))
    except BookError:
        return
    assert after.outline.sections[number - 1].unnumbered != section.unnumbered
    assert [each.id for each in after.outline.sections] == [each.id for each in one.outline.sections]
    assert [each.title for each in new.outline.sections[: number + 1]][-1] == "Anew"
    assert len(new.outline.sections) == len(one.outline.sections) + 1

"""What was no chapter when a book was finished is none now, and what was one stays; a new book is read as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted

from novelist.book.outline import Outline, as_filed, dump, undump
from novelist.book.outline_text import parse
from novelist.errors import BookError
from novelist.text import digest

OUTLINE = Path("outline.md")
NOTES = "### Chapter 1: Salt\n\nA.\n\n### Themes\n\nB.\n\n### Chapter 2: Sand\n\nC.\n"
FRAMED = (
    "# Sea\n\n## Prologue\n\nA.\n\n## Part One\n\n### Chapter 1: Salt\n\nB.\n\n"
    "## Part Two\n\n### Chapter 2: Sand\n\nC.\n"
)
CLOSED = "# Sea\n\n## Part One\n\n### Chapter 1: Salt\n\nB.\n\n## Epilogue\n\nC.\n"
LABELLED = "1. Chapter 1: Salt\n2. Chapter 2: Sand — B.\n"


def filed(text: str, *fronts: tuple[str, dict[str, object]], whole: bool = False) -> list[str]:
    """Return the ids of an outline's chapters as a book with these files has it, by way of the cache."""
    outline = undump(dump(parse(text, OUTLINE, language="en")))
    return [section.id for section in as_filed(outline, dict(fronts).get, whole=whole).sections]


@pytest.mark.parametrize(
    ("text", "fronts", "whole", "ids"),
    [
        (NOTES, [], False, ["salt", "sand"]),
        (NOTES, [("salt", {})], False, ["salt", "sand"]),
        (NOTES, [("salt", {}), ("themes", {})], False, ["salt", "themes", "sand"]),
        (FRAMED, [], False, ["prologue", "salt", "sand"]),
        (FRAMED, [("salt", {"number": "1"})], False, ["salt", "sand"]),
        (FRAMED, [("salt", {"number": "2"})], False, ["prologue", "salt", "sand"]),
        (FRAMED, [("salt", {"number": "1"}), ("prologue", {})], False, ["prologue", "salt", "sand"]),
        (CLOSED, [("salt", {"number": "1"})], False, ["salt", "epilogue"]),
        (CLOSED, [("salt", {"number": "1"})], True, ["salt"]),
        (CLOSED, [("salt", {"number": "1"}), ("epilogue", {})], True, ["salt", "epilogue"]),
        (LABELLED, [], False, ["salt", "sand"]),
        (LABELLED, [("chapter-1", {})], False, ["chapter-1", "sand"]),
    ],
)
def test_the_files_of_a_book_say_how_its_outline_was_read(
    text: str,
    fronts: list[tuple[str, dict[str, object]]],
    whole: bool,  # noqa: FBT001 - one of the cases
    ids: list[str],
) -> None:
    assert filed(text, *fronts, whole=whole) == ids


def test_a_section_has_the_text_that_its_chapter_was_written_from() -> None:
    text = "1. Salt\n   A.\n\n**Part Two**\n\n2. Sand\n\n   B.\n\n**Key Threads**\n\nC.\n"
    outline = parse(text, OUTLINE)
    assert outline.older is not None
    older = outline.older.sections[1].text
    assert (outline.sections[1].text, older) == ("B.", "B.\n\n**Key Threads**\n\nC.")
    for written in ("B.", older):
        found = as_filed(outline, {"sand": {}}.get, lambda _, text=written: digest(text))  # type: ignore[misc]
        assert found.sections[1].text == written


def test_a_book_that_is_finished_is_read_as_it_was_finished(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text(NOTES, encoding="utf-8")
    assert here.doit().status == 0
    assert [path.name for path in sorted((here / "chapters").iterdir())] == ["01-salt.md", "02-sand.md"]
    server.clear()
    assert here.doit().out == "Everything is up to date.\n"
    with (here / "outline.md").open("a", encoding="utf-8") as file:
        file.write("\n## Epilogue {#epilogue}\n\nD.\n")
    assert here.doit().status == 0
    assert server.tasks == ["chapter:3", "summary:3"]


def test_a_finished_book_says_which_epilogue_it_was_finished_without(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text("# Sea\n\n## Part One\n\n### Chapter 1: Salt\n\nB.\n", encoding="utf-8")
    assert here.doit().status == 0
    with (here / "outline.md").open("a", encoding="utf-8") as file:
        file.write("\n## Epilogue\n\nC.\n")
    server.clear()
    line = (
        "outline.md:9: Epilogue: is no chapter, since the book was finished without it. "
        "Give it an id if it is to be one: `{#epilogue}`.\n"
    )
    assert here.doit().err == line
    assert here.novelist("status").err == line
    assert not server.tasks
    here.edit("outline.md", "Epilogue", "Epilogue {#epilogue}")
    assert not here.doit().err
    assert server.tasks == ["chapter:2", "summary:2"]


LINES = st.sampled_from(
    [
        *("# Sea", "## Part One", "## Prologue", "## Epilogue: Home", "### Themes", "## Key Threads", "Mara waits."),
        *("## Chapter 1: Salt", "### Chapter 1: Salt", "### Chapter 2: Sand", "#### Chapter 3: Sun", "### Sand"),
        *("**Chapter 1: Salt**", "**Chapter 2:** Sand — B.", "**Part Two**", "Chapter 3: Sun", "- Chapter 4: Tide"),
        *("1. Salt", "2. **Sand** — B.", "1. Chapter 1: Sun", "| 1 | Salt | B. |", "| 2 | Sand | C. |", "## 1. Salt"),
        *("## Sand {#sand}", "## 2. Kapitel: Sonne", "   1. Chapter 5: Wind", "Chapter One", "---"),
    ]
)
TEXTS = st.lists(LINES, min_size=1, max_size=9).map("\n\n".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_book_of_any_reading_is_read_so_again(text: str) -> None:
    try:
        outline = parse(text, OUTLINE, language="en")
    except BookError:
        return
    reading: Outline | None = outline
    while reading is not None:
        part_names = {section.id: reading.part_name(section) for section in reading.sections}
        fronts: dict[str, dict[str, object]] = {
            section.id: {"title": section.title, "number": str(number), "part": part_names[section.id]}
            for number, section in enumerate(reading.sections, 1)
        }
        texts = {section.id: digest(section.text) for section in reading.sections}
        again = as_filed(outline, fronts.get, lambda identity, texts=texts: texts.get(identity, ""), whole=True)  # type: ignore[misc]
        assert [
            (section.id, section.title, digest(section.text), again.part_name(section)) for section in again.sections
        ] == [(section.id, section.title, texts[section.id], part_names[section.id]) for section in reading.sections]
        reading = reading.older

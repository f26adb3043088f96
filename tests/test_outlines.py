from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import NOVELS, with_novels

from novelist.book.headings import inert, tidy_title
from novelist.book.outline import Outline, Part, Section
from novelist.book.outline_text import parse, render
from novelist.book.premise import Span
from novelist.errors import BookError
from novelist.language import matter
from novelist.text import slug

HERE = Path("outline.md")

HEADINGS = """\
---
title: The Salt Lamp
---
Mara waits; the sea answers.

# Part One: The Arrival

Autumn.

## 1. The Bottle {#the-bottle}

Mara finds a bottle.
It is warm.

## 2. The Second Tide {#tide words=600-900}

# Part Two

## 3. The Lamp

The lamp goes out.
"""

WORDS = st.sampled_from(
    [
        "The Bottle",
        "Part One",
        "Act II:",
        "1.",
        "2)",
        "#",
        "##",
        "# ",
        "{#a}",
        "{words=3}",
        "**x**",
        "Chapter 3",
        "第1章",
        "Teil",
        "2. Teil",
        "Zweiter Teil",
        "Kapitel Sechs",
        "One",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "---",
        "- a",
        "1. ",
        "<<<<<<< HEAD",
        ":",
        "— b",
        "\\",
        "\ufeff",
        "é",
        "`",
        "盐灯",
        "*",
        "_",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map("".join) | st.lists(WORDS, max_size=8).map("\n".join) | st.text(max_size=60)
TITLES = TEXTS.map(tidy_title).filter(bool)
# A heading such as `Chapters` or `Themes` says what follows, and names no part.
PARTS = TITLES.filter(lambda title: not (matter.is_notes(title) or matter.lists_chapters(title)))
SPANS = st.sampled_from([None, Span(3, 9), Span(5, 5)])
MODELS = st.sampled_from(["", "kimi-k3", "moonshotai/kimi-k2:free", "qwen3:8b"])


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    parts = tuple(Part(draw(PARTS), inert(draw(TEXTS))) for _ in range(draw(st.integers(0, 3))))
    places: list[int | None] = [None] * draw(st.integers(0 if parts else 1, 2))
    for number in range(len(parts)):
        places += [number] * draw(st.integers(1, 2))
    sections = tuple(
        Section(
            slug(f"{number} {draw(TEXTS)}"), draw(TITLES), inert(draw(TEXTS)), part, draw(SPANS), model=draw(MODELS)
        )
        for number, part in enumerate(places)
    )
    return Outline(draw(TEXTS.map(tidy_title)), inert(draw(TEXTS)), parts, sections)


def error(text: str) -> str:
    with pytest.raises(BookError) as raised:
        parse(text, HERE)
    return str(raised.value)


def titles(text: str, title: str = "") -> list[str]:
    return [section.title for section in parse(text, HERE, title).sections]


def test_an_outline_of_headings_is_parts_and_sections() -> None:
    assert parse(HEADINGS, HERE) == Outline(
        "The Salt Lamp",
        "Mara waits; the sea answers.",
        (Part("Part One: The Arrival", "Autumn."), Part("Part Two")),
        (
            Section("the-bottle", "The Bottle", "Mara finds a bottle.\nIt is warm.", 0),
            Section("tide", "The Second Tide", "", 0, Span(600, 900)),
            Section("the-lamp", "The Lamp", "The lamp goes out.", 1),
        ),
    )


def test_a_section_knows_its_line() -> None:
    assert [section.line for section in parse(HEADINGS, HERE).sections] == [10, 15, 19]


@pytest.mark.parametrize("text", ["## The Salt Lamp\n", "## The Salt Lamp\n\n### The Bottle\n"])
def test_a_title_of_the_book_alone_is_read_as_an_older_novelist_did(text: str) -> None:
    assert titles(text, "The Salt Lamp") == ["The Salt Lamp"]


def test_windows_line_ends_and_a_bom_change_nothing() -> None:
    assert parse("\ufeff" + HEADINGS.replace("\n", "\r\n"), HERE) == parse(HEADINGS, HERE)


def test_an_outline_of_a_list_is_parts_and_sections() -> None:
    text = """\
# **The Salt Lamp**
*A novel*

---

## **Act I: The Arrival**

1. **The Bottle** — Mara finds a bottle.
   It is warm.

   - She opens it.

2. **The Second Tide** {#tide words=600-900} — The sea comes back.

**Act II: The Lamp**

3. __The Lamp:__ It goes out.
4) The Boat: Joel rows.
5. The Shore - She walks.
6. The End
"""
    assert parse(text, HERE, "The Salt Lamp") == Outline(
        "The Salt Lamp",
        "*A novel*",
        (Part("Act I: The Arrival"), Part("Act II: The Lamp")),
        (
            Section("the-bottle", "The Bottle", "Mara finds a bottle.\nIt is warm.\n\n- She opens it.", 0),
            Section("tide", "The Second Tide", "The sea comes back.", 0, Span(600, 900)),
            Section("the-lamp", "The Lamp", "It goes out.", 1),
            Section("the-boat", "The Boat", "Joel rows.", 1),
            Section("the-shore", "The Shore", "She walks.", 1),
            Section("the-end", "The End", "", 1),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "## 1. The Bottle\n\n1. a beat\n2. another\n\n## The Tide\n",
        "## The Bottle {#bottle}\n\n1. a beat\n2. another\n\n## The Tide\n",
        "1. a note before\n\n## The Bottle\n\n## 2. The Tide\n",
    ],
)
def test_a_list_below_headings_that_are_chapters_is_no_chapter(text: str) -> None:
    assert titles(text) == ["The Bottle", "The Tide"]


def test_a_list_below_headings_that_are_not_numbered_is_the_chapters() -> None:
    assert titles("# The Salt Lamp\n\n## Arrival\n\n1. The Bottle\n2. The Tide\n\n## Leaving\n\n3. The Lamp\n") == [
        "The Bottle",
        "The Tide",
        "The Lamp",
    ]


def test_headings_without_numbers_and_lists_are_chapters() -> None:
    assert titles("# The Salt Lamp\n\n## Part One\n\n## The Bottle\n\n## The Tide\n") == ["The Bottle", "The Tide"]


def test_a_prologue_beside_numbered_chapters_is_a_chapter() -> None:
    assert titles("## Prologue\n\n## 1. The Bottle\n\n## Epilogue\n") == ["Prologue", "The Bottle", "Epilogue"]


@pytest.mark.parametrize(
    "label",
    [
        "Part One",
        "PART 2: The Arrival",
        "Act I",
        "Act II — Fish",
        "Book Three",
        "Volume 4",
        "Teil eins: Ankunft",
        "Partie 1",
        "Acte II",
        "Parte due",
        "Часть 1",
        "第一部 到来",
        "第2卷",
    ],
)
@pytest.mark.parametrize("marks", ["#", "##"])
def test_a_part_is_never_a_chapter(label: str, marks: str) -> None:
    assert titles(f"{marks} {label}\n\n## 1. The Bottle\n\n## 2. The Tide\n") == ["The Bottle", "The Tide"]
    assert titles(f"{marks} {label}\n\n1. The Bottle\n2. The Tide\n") == ["The Bottle", "The Tide"]
    assert titles(f"{marks} **{label}**\n\n### 1. The Bottle\n\n### 2. The Tide\n") == ["The Bottle", "The Tide"]


@pytest.mark.parametrize("title", ["The Salt Lamp", "1984", "Part One", "2001: A Salt Odyssey"])
@pytest.mark.parametrize(
    "chapters",
    ["## 1. The Bottle\n\n## 2. The Tide\n", "1. The Bottle\n2. The Tide\n", "## The Bottle\n\n## The Tide\n"],
)
def test_the_title_of_the_book_is_never_a_chapter_or_a_part(title: str, chapters: str) -> None:
    found = parse(f"# {title}\n\nAll of it.\n\n{chapters}", HERE, title)
    assert [section.title for section in found.sections] == ["The Bottle", "The Tide"]
    assert (found.title, found.about, found.parts) == (title, "All of it.", ())


def test_the_first_heading_is_the_title_when_another_opens_before_any_chapter() -> None:
    found = parse("# Salt\n\n# The Arrival\n\n## 1. The Bottle\n", HERE, "The Salt Lamp")
    assert (found.title, found.parts) == ("Salt", (Part("The Arrival"),))


def test_a_first_heading_that_is_not_the_title_is_a_part() -> None:
    found = parse("# The Arrival\n\n## 1. The Bottle\n", HERE, "The Salt Lamp")
    assert (found.title, found.parts) == ("", (Part("The Arrival"),))


def test_the_title_is_known_in_any_case_and_emphasis() -> None:
    assert parse("# **THE SALT LAMP**\n\n## 1. The Bottle\n", HERE, "The Salt Lamp").parts == ()


def test_the_front_matter_has_the_last_word_on_the_title() -> None:
    assert parse("---\ntitle: 1984\n---\n# 1984\n\n## 1. The Bottle\n", HERE, "Salt").title == "1984"


def test_title_part_and_chapter_are_three_levels() -> None:
    text = (
        "# Salt\n\nAbout.\n\n## Part One: Sea\n\nGrey.\n\n### 1. A\n\nIt rains.\n### B\n\n## Land\n### Chapter 3: C\n"
    )
    assert parse(text, HERE) == Outline(
        "Salt",
        "About.",
        (Part("Part One: Sea", "Grey."), Part("Land")),
        (Section("a", "A", "It rains.", 0), Section("b", "B", "", 0), Section("c", "C", "", 1)),
    )


def test_chapters_may_be_the_only_level() -> None:
    assert titles("# 1. The Bottle\n\nWarm.\n\n# 2. The Tide\n") == ["The Bottle", "The Tide"]


def test_a_smaller_heading_belongs_to_its_section() -> None:
    assert parse("## 1. The Bottle\n\n### Dusk\n\nMara.\n", HERE).sections[0].text == "### Dusk\n\nMara."


def test_a_rule_between_sections_is_not_their_text() -> None:
    found = parse("## 1. The Bottle\n\nWarm.\n\n***\n\nCold.\n\n---\n\n## 2. The Tide\n\n* * *\n", HERE)
    assert [section.text for section in found.sections] == ["Warm.\n\n***\n\nCold.", ""]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Part One: The Arrival", "The Arrival"),
        ("Act II — Fish Out of Water", "Fish Out of Water"),
        ("Part Two", "Part Two"),
        ("The Arrival", "The Arrival"),
        ("Partners", "Partners"),
        ("第一部 到来", "到来"),
    ],
)
def test_the_name_of_a_part_is_without_its_label(heading: str, name: str) -> None:
    assert Part(heading).name == name


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("1. The Bottle", "The Bottle"),
        ("12) The Bottle", "The Bottle"),
        ("3: The Bottle", "The Bottle"),
        ("4 – The Bottle", "The Bottle"),
        ("Chapter 5: The Bottle", "The Bottle"),
        ("CHAPTER TWELVE. The Bottle", "The Bottle"),
        ("Ch. IV — The Bottle", "The Bottle"),
        ("**1. The Bottle**", "The Bottle"),
        ("1. **The Bottle**", "The Bottle"),
        ("1. The Bottle ##", "The Bottle"),
        ("Kapitel 2: Die Flasche", "Die Flasche"),
        ("Chapitre deux – La Bouteille", "La Bouteille"),
        ("Capítulo 3. La botella", "La botella"),
        ("Глава 1. Бутылка", "Бутылка"),
        ("第1章 瓶子", "瓶子"),
        ("第十二章：瓶子", "瓶子"),
        ("Chapter Seven", "Chapter Seven"),
        ("7. 1984", "1984"),
        ("8. 39 Steps", "39 Steps"),
        ("9. *Stella Maris*, Ascending", "*Stella Maris*, Ascending"),
    ],
)
def test_a_title_is_what_stands_behind_the_number(heading: str, title: str) -> None:
    assert titles(f"## {heading} {{#x}}\n") == [title]
    assert titles(f"## {heading}\n") == [title]


def test_headings_in_any_script_give_ids() -> None:
    text = "# 盐灯\n# 第一部 到来\n## 第1章 瓶子\n## 第二章：潮\n# 第二部 离开\n## Глава 3. Ёлка\n## 4. Über\n"
    found = parse(text, HERE, "盐灯")
    assert [(section.id, section.title, section.part) for section in found.sections] == [
        ("瓶子", "瓶子", 0),
        ("潮", "潮", 0),
        ("ёлка", "Ёлка", 1),
        ("über", "Über", 1),
    ]
    assert [part.name for part in found.parts] == ["到来", "离开"]


@pytest.mark.parametrize("numbers", [(1, 2, 3), (7, 7, 7), (3, 2, 1), (0, 10, 9999)])
def test_a_wrong_number_is_no_error(numbers: tuple[int, int, int]) -> None:
    first, second, third = numbers
    assert titles(f"## {first}. A\n\n## {second}. B\n\n## {third}. C\n\n## D\n") == ["A", "B", "C", "D"]
    assert titles(f"{first}. A\n{second}. B\n{third}. C\n") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("attributes", "identity", "words"),
    [
        ("{#the-bottle}", "the-bottle", None),
        ("{#The-Bottle}", "the-bottle", None),
        ("{#瓶子}", "瓶子", None),
        ("{#../../etc}", "etc", None),
        ("{words=600}", "salt", Span(600, 600)),
        ('{words="600-900" #x}', "x", Span(600, 900)),
        ("{#x .unnumbered words=600–900 mood=grey}", "x", Span(600, 900)),
    ],
)
def test_attributes_give_the_id_and_the_words(attributes: str, identity: str, words: Span | None) -> None:
    section = parse(f"## 1. Salt {attributes}\n", HERE).sections[0]
    assert (section.id, section.title, section.words) == (identity, "Salt", words)


def test_braces_that_are_no_attributes_belong_to_the_title() -> None:
    assert titles("## 1. The {Empty} Set\n\n## 2. The End {maybe}\n") == ["The {Empty} Set", "The End {maybe}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: no chapter found. Give each chapter a heading such as `## 1. The Bottle`."),
        ("# The Salt Lamp\n\nMara.\n", "1: no chapter found. Give each chapter a heading such as `## 1. The Bottle`."),
        ("# Salt\n\n## Part One\n", "1: no chapter found. Give each chapter a heading such as `## 1. The Bottle`."),
        (
            "## 1. A {#x}\n\n## 2. B {#x}\n",
            (
                "3: `B` has the id `x`, as line 1 has. "
                "Give one of them an id of its own behind its title: `{#another-id}`."
            ),
        ),
        (
            "---\ntitle: Salt\n---\n\n1. The Bottle\n2. The bottle!\n",
            (
                "6: `The bottle!` has the id `the-bottle`, as line 5 has. "
                "Give one of them an id of its own behind its title: `{#another-id}`."
            ),
        ),
        ("## 1. A\n\n## 2. …\n", "3: `…` gives no name for a file. Add one behind the title: `{#name}`."),
        ("## {#x}\n", "1: a chapter without a title. Give it one."),
        ("## 1. A {#…}\n", "1: the id `#…` gives no name for a file. Use letters, digits and hyphens."),
        ("## 1. A {words=9-3}\n", "1: `words=9-3` has its larger end first. Change it."),
        ("## 1. A {words=0}\n", "1: `words=0` is not within 1 and 20000. Change it."),
        (
            "---\ntitle: Salt\n---\n\n## 1. A {words=many}\n",
            "5: `words=many` is neither a whole number nor a range such as `20-40`. Change it.",
        ),
        ("---\ntitle: Salt\n\n## 1. A\n", "1: the front matter has no closing `---`. Put it right."),
    ],
)
def test_what_cannot_be_an_outline_is_named_with_its_line_and_remedy(text: str, message: str) -> None:
    assert error(text) == f"outline.md:{message}"


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base", "<<<<<<<"])
def test_a_merge_conflict_is_named_with_its_line(marker: str) -> None:
    assert error(f"## 1. A\n\n{marker}\nMara.\n") == "outline.md:3: a merge conflict of git. Resolve it."
    assert titles(f"## 1. A\n\n    {marker}\n") == ["A"]


def test_a_draft_cannot_open_chapters_or_conflicts_of_its_own() -> None:
    text = "Mara.\n# Part Two\n  ## 2. The End\n### Dusk\n<<<<<<< HEAD\n---\n"
    assert inert(text) == "Mara.\n\\# Part Two\n\\## 2. The End\n### Dusk\n\\<<<<<<< HEAD"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  The \n Bottle ", "The Bottle"),
        ("**The Bottle**", "The Bottle"),
        ("_**The Bottle**_ {#x}", "The Bottle"),
        ("The Bottle ##", "The Bottle"),
        ("The Bottle #1", "The Bottle #1"),
        ("\x1b[31mThe\x00 Bottle", "[31mThe Bottle"),
        ("*The* Bottle", "*The* Bottle"),
        ("", ""),
    ],
)
def test_a_title_is_tidied(text: str, title: str) -> None:
    assert tidy_title(text) == title


@with_novels
@pytest.mark.parametrize(
    ("name", "title", "counts", "ends"),
    [
        (
            "bird-planes-and-plain-birds",
            "Elsewhere, USA: A Novel",
            [7, 11, 8, 6],
            ("The Night We Both Ran Away", "Elsewhere, Together"),
        ),
        ("the-whoosh-of-love", "The Timber Terror", [11, 14, 4], ("The Sigh", "Hostage")),
    ],
)
def test_the_outlines_of_two_real_novels_are_read(
    name: str, title: str, counts: list[int], ends: tuple[str, str]
) -> None:
    state = json.loads((NOVELS / f"{name}.novel_state.json").read_text(encoding="utf-8"))
    found = parse(state["outline_text"], HERE)
    assert found.title == title
    assert [sum(section.part == part for section in found.sections) for part in range(len(found.parts))] == counts
    assert len(found.sections) == sum(counts)
    assert (found.sections[0].title, found.sections[-1].title) == ends
    assert all(section.text for section in found.sections)
    assert all(part.heading.startswith("Act ") for part in found.parts)
    assert not {section.title for section in found.sections} & {title, *(part.heading for part in found.parts)}
    assert parse(render(found), HERE) == found


@settings(max_examples=300, deadline=None)
@given(outlines())
def test_whatever_is_rendered_is_read_as_itself(outline: Outline) -> None:
    assert parse(render(outline), HERE) == outline


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["", "The Bottle"]))
def test_any_text_is_an_outline_or_an_error_with_a_line(text: str, title: str) -> None:
    try:
        found = parse(text, HERE, title)
    except BookError as wrong:
        assert wrong.line  # noqa: PT017 - both ends are right
    else:
        assert len({section.id for section in found.sections}) == len(found.sections) > 0


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_is_tidy_stays_so(text: str) -> None:
    assert tidy_title(tidy_title(text)) == tidy_title(text)
    assert inert(inert(text)) == inert(text)

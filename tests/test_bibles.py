from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.bible import Bible, Entity
from novelist.book.bible_text import parse
from novelist.errors import BookError

HERE = Path("bible.md")

BIBLE = """\
---
title: The Salt Lamp
---
What everybody knows.

# People

## Mara Venn

She keeps the lighthouse.

Also: the keeper; Old Tern

### Childhood

At sea.

## Joel Venn
Her brother.
**Also:** the Boy.

# Places

## The House of Glass
By the sea.

# The telling

## Style and voice {.always}

Short sentences.

## Rules {#rules .always}
"""


def named(bible: str, text: str) -> list[str]:
    return [entity.heading for entity in parse(bible, HERE).named_in(text)]


def who(text: str) -> list[str]:
    return [heading for heading in named(BIBLE, text) if heading not in ("Style and voice", "Rules")]


def test_a_bible_is_one_entity_for_each_section() -> None:
    found = parse(BIBLE, HERE)
    assert found.entities == (
        Entity(
            "Mara Venn",
            "## Mara Venn\n\n\nShe keeps the lighthouse.\n\nAlso: the keeper; Old Tern\n\n### Childhood\n\nAt sea.",
        ),
        Entity("Joel Venn", "## Joel Venn\n\nHer brother.\n**Also:** the Boy."),
        Entity("The House of Glass", "## The House of Glass\n\nBy the sea."),
        Entity("Style and voice", "## Style and voice\n\n\nShort sentences.", always=True),
        Entity("Rules", "## Rules", always=True),
    )
    assert found.text.startswith("What everybody knows.\n\n# People")


def test_windows_line_ends_and_a_bom_change_nothing() -> None:
    assert parse("\ufeff" + BIBLE.replace("\n", "\r\n"), HERE) == parse(BIBLE, HERE)


def test_an_empty_bible_names_nobody() -> None:
    assert parse("", HERE) == Bible("", ())
    assert parse("Only prose.\n", HERE).named_in("Mara") == ()


def test_what_is_marked_always_is_told_to_every_chapter() -> None:
    assert named(BIBLE, "It rains.") == ["Style and voice", "Rules"]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Mara waits.", ["Mara Venn"]),
        ("It is Mara’s lamp, and Joel's.", ["Mara Venn", "Joel Venn"]),
        ("“Mara!”", ["Mara Venn"]),
        ("_Mara_", ["Mara Venn"]),
        ("Mara-of-the-sea", ["Mara Venn"]),
        ("Joel rows. Mara waits.", ["Mara Venn", "Joel Venn"]),
        ("Glass breaks.", ["The House of Glass"]),
        ("the House", ["The House of Glass"]),
        ("The keeper, that is the keeper, waits.", ["Mara Venn"]),
        ("Old friends", ["Mara Venn"]),
        ("A Tern", ["Mara Venn"]),
        ("the Boy", ["Joel Venn"]),
        ("Boy meets girl.", ["Joel Venn"]),
    ],
)
def test_a_capitalised_word_of_heading_or_also_names(text: str, entities: list[str]) -> None:
    assert who(text) == entities


@pytest.mark.parametrize(
    "text",
    [
        "Marathon, Maras, Tamara, MARA, mara",
        "Mara1 and 1Mara and Marä",
        "a house of glass",
        "The lamp is of glass.",
        "keeper, keepers",
        "an old tern",
        "Childhood",
        "People and Places",
    ],
)
def test_part_of_a_word_and_another_case_name_nobody(text: str) -> None:
    assert who(text) == []


def test_a_name_that_two_share_names_neither() -> None:
    assert who("The Venn house") == []
    assert who("Venn and Mara Venn") == ["Mara Venn"]


def test_a_name_given_twice_to_one_is_its_own() -> None:
    assert named("## Mara\n\nAlso: Mara; Mara Venn\n", "Mara") == ["Mara"]


@pytest.mark.parametrize("article", ["The", "A", "An", "Of", "Der", "Die", "Das", "Le", "La", "Les", "El", "Von"])
def test_an_article_does_not_name(article: str) -> None:
    assert named(f"## {article} Lamp\n", f"{article} sea is grey.") == []
    assert named(f"## {article} Lamp\n", "Lamp") == [f"{article} Lamp"]


@pytest.mark.parametrize(
    "line", ["Also: Tern, the keeper", "also: Tern; the keeper.", "**Also:** Tern, the keeper", "ALSO:Tern ,the keeper"]
)
def test_a_line_of_aliases_may_be_written_in_many_ways(line: str) -> None:
    bible = f"## Mara\n\nShe waits.\n\n{line}\n"
    assert named(bible, "Tern") == named(bible, "the keeper") == ["Mara"]
    assert named(bible, "the sea") == []


def test_scripts_without_spaces_name_by_any_run() -> None:
    bible = "## 玛拉\n\n守灯人。\n\nAlso: 守灯人\n\n## 盐灯\n\n灯塔。\n\n## アヤ\n"
    assert named(bible, "黄昏，玛拉点亮了盐灯。") == ["玛拉", "盐灯"]
    assert named(bible, "老守灯人走了。") == ["玛拉"]
    assert named(bible, "アヤは笑った。") == ["アヤ"]
    assert named(bible, "灯") == []


def test_scripts_with_spaces_name_by_whole_words() -> None:
    bible = "## Мара Вент\n\n## Zoë Öre\n\n## 마라\n"
    assert named(bible, "Мара ждёт; Öre auch.") == ["Мара Вент", "Zoë Öre"]
    assert named(bible, "Марафон, Zoëlla") == []
    assert named(bible, "마라 왔다.") == ["마라"]


def test_a_name_with_signs_is_itself_and_no_pattern() -> None:
    assert named("## R.U.R. (robot)\n", "an R.U.R. (robot) came") == ["R.U.R. (robot)"]
    assert named("## Mr. .* [x]\n", "anything") == []


def test_a_heading_may_close_with_hashes() -> None:
    assert named("## Mara ##\n", "Mara") == ["Mara"]
    assert named("## Nocturne in C#\n", "Nocturne") == ["Nocturne in C#"]


def test_a_part_of_the_bible_ends_an_entity() -> None:
    assert parse("## Mara\n\nShe waits.\n\n# Places\n\nAlso: Tern\n", HERE).named_in("Tern") == ()


def test_damaged_front_matter_is_an_error() -> None:
    with pytest.raises(BookError) as raised:
        parse("---\ntitle: Salt\n\n## Mara\n", HERE)
    assert str(raised.value) == "bible.md:1: the front matter has no closing `---`. Put it right."


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["## ", "# ", "Mara", "Also:", ", ", "\n", "{.always}", "**", "盐灯", "(", "\\", "#"]),
        max_size=12,
    )
    .map("".join)
    .flatmap(lambda text: st.tuples(st.just(text), st.text(max_size=20) | st.just(text)))
)
def test_no_bible_is_too_strange_to_read(texts: tuple[str, str]) -> None:
    bible = parse(texts[0], HERE)
    assert set(bible.named_in(texts[1])) <= set(bible.entities)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.premise import Premise, Span, span
from novelist.book.settings import parse_premise as parse
from novelist.book.settings import read_premise as load
from novelist.errors import BookError

HERE = Path("premise.md")


def setting(line: str) -> Premise:
    return parse(HERE, f"---\ntitle: The Salt Lamp\n{line}\n---\nMara keeps a lighthouse.\n")


def error(text: str) -> str:
    with pytest.raises(BookError) as raised:
        parse(HERE, text)
    return str(raised.value)


def test_an_idea_alone_is_a_premise_with_every_default() -> None:
    assert parse(HERE, "Mara keeps a lighthouse.\n") == Premise(
        idea="Mara keeps a lighthouse.",
        title="",
        author="",
        language="en",
        chapters=Span(20, 40),
        words=Span(1500, 2500),
        stale="ripple",
    )


def test_every_setting_is_read() -> None:
    text = """\
---
title: The Salt Lamp
author: Ines Halden
language: de
chapters: 24            # as many as hours
words: 1500-2500
stale: keep
---

Mara keeps a lighthouse.

---

In the first person.
"""
    assert parse(HERE, text) == Premise(
        idea="Mara keeps a lighthouse.\n\n---\n\nIn the first person.",
        title="The Salt Lamp",
        author="Ines Halden",
        language="de",
        chapters=Span(24, 24),
        words=Span(1500, 2500),
        stale="keep",
    )


def test_a_setting_left_empty_has_its_default() -> None:
    text = "---\ntitle:\nauthor: ''\nlanguage:\nchapters:\nwords:\nstale:\n---\nMara.\n"
    assert parse(HERE, text) == Premise(idea="Mara.")


def test_a_setting_means_what_it_says() -> None:
    assert setting("language: no").language == "no"
    assert setting("author: 1984").author == "1984"
    assert setting("author: >\n  Ines\n  Halden").author == "Ines Halden"


def test_keys_that_are_not_ours_are_left_alone() -> None:
    assert setting("mood: [grey, salt]") == setting("author: ''")


def test_windows_line_ends_and_a_bom_change_nothing() -> None:
    text = "---\ntitle: The Salt Lamp\nchapters: 5\n---\n\nMara keeps a lighthouse.\n"
    assert parse(HERE, "\ufeff" + text.replace("\n", "\r\n")) == parse(HERE, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", Span(7, 7)),
        ("20-40", Span(20, 40)),
        ("20 - 40", Span(20, 40)),
        ("20–40", Span(20, 40)),
        ("20—40", Span(20, 40)),
        (" 1 ", Span(1, 1)),
        ("5-5", Span(5, 5)),
        ("2000", Span(2000, 2000)),
    ],
)
def test_a_number_or_a_range_is_a_span(text: str, found: Span) -> None:
    assert span(text, 2000) == found


def test_a_span_is_written_as_a_setting_is() -> None:
    assert str(Span(7, 7)) == "7"
    assert str(Span(20, 40)) == "20-40"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("chapters: many", "`chapters: many` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: -3", "`chapters: -3` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: 1,000", "`chapters: 1,000` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: 12.5", "`chapters: 12.5` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: ٣", "`chapters: ٣` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: 1-2-3", "`chapters: 1-2-3` is neither a whole number nor a range such as `20-40`. Change it."),
        ("chapters: 0", "`chapters: 0` is not within 1 and 2000. Change it."),
        ("chapters: 2001", "`chapters: 2001` is not within 1 and 2000. Change it."),
        ("chapters: 40-20", "`chapters: 40-20` has its larger end first. Change it."),
        ("words: 20001", "`words: 20001` is not within 1 and 20000. Change it."),
        ("words: 0-10", "`words: 0-10` is not within 1 and 20000. Change it."),
        ("words: lots", "`words: lots` is neither a whole number nor a range such as `20-40`. Change it."),
        ("stale: never", "`stale: never` is neither `ripple`, `redraft` nor `keep`. Change it."),
        ("stale: Keep", "`stale: Keep` is neither `ripple`, `redraft` nor `keep`. Change it."),
        ("author: [Ines, Joel]", "`author: ['Ines', 'Joel']` is not a single value. Change it."),
        ("language: {a: b}", "`language: {'a': 'b'}` is not a single value. Change it."),
        ("words:\n- 1\n- 2", "`words: ['1', '2']` is not a single value. Change it."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(line: str, message: str) -> None:
    text = f"---\ntitle: The Salt Lamp\n# my settings\n{line}\n---\nMara.\n"
    assert error(text) == f"premise.md:4: {message}"


def test_no_idea_is_an_error() -> None:
    message = "premise.md: there is no idea below the settings. Write what the book is about."
    assert error("") == message
    assert error("\ufeff \r\n\t\r\n") == message
    assert error("---\ntitle: The Salt Lamp\n---\n\n \n") == message


def test_settings_that_are_never_closed_are_an_error() -> None:
    text = "---\ntitle: The Salt Lamp\n\nMara.\n"
    assert error(text) == "premise.md:1: the front matter has no closing `---`. Put it right."


def test_settings_that_are_not_yaml_are_an_error_with_the_line() -> None:
    found = error("---\ntitle: The Salt Lamp\nauthor: Ines: Halden\n---\nMara.\n")
    assert found.startswith("premise.md:3: the front matter is not YAML (")
    assert found.endswith("). Put it right.")


def test_no_premise_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError) as raised:
        load(tmp_path / "premise.md")
    place = tmp_path / "premise.md"
    assert str(raised.value) == f"{place}: there is no premise. Write the idea of the book into it."
    place.write_text("Mara.\n", encoding="utf-8")
    assert load(place) == Premise(idea="Mara.")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["title", "author", "language", "chapters", "words", "stale"]))
def test_any_setting_gives_a_premise_or_an_error_of_the_book(value: str, key: str) -> None:
    try:
        found = parse(HERE, f"---\n{key}: {value}\n---\nMara.\n")
    except BookError as wrong:
        assert str(wrong).startswith("premise.md:")  # noqa: PT017 - both ends are right
    else:
        assert found.idea

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novelist.book import section_lines
from novelist.book.section_lines import NAMES, SectionLines, read, render
from novelist.language import lookup

WHOLE = """Mara rows out to the light.

POV: Mara
Where, when: the skerry, the night of the storm
Wants: the second letter
Against: Eskil has the key
Turn: the letter is hers
Ends with: the lamp goes out
Opens: who wrote it
Closes: the missing boat"""


def test_all_lines_of_a_section_are_read_and_the_rest_is_prose() -> None:
    assert read(WHOLE, "en") == SectionLines(
        {
            "pov": "Mara",
            "where": "the skerry, the night of the storm",
            "wants": "the second letter",
            "against": "Eskil has the key",
            "turn": "the letter is hers",
            "ends": "the lamp goes out",
            "opens": "who wrote it",
            "closes": "the missing boat",
        },
        "Mara rows out to the light.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "POV: Mara",
        "pov: Mara",
        "**POV:** Mara",
        "**POV**: Mara",
        "- **POV:** Mara",
        "* POV: Mara",
        "_POV:_ Mara",
        "*POV: Mara*",
        "POV：Mara",
        "  POV : Mara",
        "Point of view: Mara",
        "POV:\nMara",
        "POV:\n- Mara",
        "POV:\n\n- Mara",
    ],
)
def test_a_line_is_read_however_it_is_written(line: str) -> None:
    assert read(f"It rains.\n\n{line}", "en") == SectionLines({"pov": "Mara"}, "It rains.")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Точка зрения: Мара", "ru"),
        ("视角：玛拉", "zh"),
        ("視点：マラ", "ja"),
        ("시점: 마라", "ko"),
        ("Perspektive: Mara", "de"),
        ("POINT DE VUE : Mara", "fr"),
        ("وجهة النظر: مارا", "ar"),
        ("POV: Mara", "fi"),
        ("POV: Mara", "xx"),
    ],
)
def test_a_line_is_read_in_the_books_language_and_in_english(line: str, language: str) -> None:
    assert list(read(line, language).lines) == ["pov"]


def test_a_line_goes_on_below_it_and_may_be_there_more_than_once() -> None:
    text = "Opens: the letter\n  and who wrote it\nOpens: the key\nCloses:\n- the boat\n- the debt\n\nIt rains."
    assert read(text, "en") == SectionLines(
        {"opens": "the letter\nand who wrote it\nthe key", "closes": "the boat\nthe debt"}, "It rains."
    )


@pytest.mark.parametrize(
    "text",
    [
        "She says: go.",
        "Mara: go home.",
        "It ends with: nothing",
        "“POV: mine,” he says.",
        "At 12:30 the ferry comes.",
        "## POV",
        "",
    ],
)
def test_what_is_no_such_line_is_prose(text: str) -> None:
    assert read(text, "en") == SectionLines({}, text)


def test_another_languages_word_is_no_line_of_this_book() -> None:
    assert read("Perspektive: Mara", "en").lines == {}


@pytest.mark.parametrize("language", lookup.codes())
def test_what_is_written_in_a_language_is_read_in_it(language: str) -> None:
    lines = SectionLines({name: f"{name} it is" for name in NAMES}, "It rains.")
    assert set(lookup.table(language).section_lines) == set(NAMES)
    assert read(render(lines, language), language) == lines


@pytest.mark.parametrize("language", lookup.codes())
def test_no_two_lines_are_called_alike(language: str) -> None:
    called = lookup.table(language).section_lines
    folded = [section_lines.BETWEEN_WORDS.sub(" ", lookup.fold(one)) for each in called.values() for one in each]
    assert len(folded) == len(set(folded))


@given(st.text(alphabet="POVTurn:： -*_\n\tx") | st.text())
def test_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    section = read(text, "en")
    assert set(section.lines) <= set(NAMES)
    whole = "".join([section.prose, *section.lines.values()])
    assert all(char in whole for char in text if char.isalpha() and char not in "POVTurn")


def test_a_key_whose_value_stands_below_it_may_be_followed_by_prose_and_a_blank_line() -> None:
    text = "It rains.\n\nWants:\nrest\nThe sea is calm.\n\nMore."
    assert read(text, "en") == SectionLines({"wants": "rest"}, "It rains.\n\nThe sea is calm.\n\nMore.")


def test_a_dash_within_a_line_that_goes_on_stays() -> None:
    assert read("Wants:\n  - rest - and more\n", "en").lines == {"wants": "rest - and more"}

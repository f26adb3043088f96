from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.prose.cleaning import below_chapters, clean, without_title
from novelist.prose.sentences import ends, whole_sentences


@pytest.mark.parametrize(
    "heading",
    [
        "The Bottle",
        "THE BOTTLE",
        "# The Bottle",
        "## 1. The Bottle",
        "# **The Bottle**",
        "**The Bottle**",
        "**Chapter 1: The Bottle**",
        "“The Bottle”",
        "Chapter One — The Bottle",
        "Chapter 7",
        "# Chapter Seven",
        "# Chapter One: A Bottle",
        "## 3. Quite another",
        "### The Bottle",
        "Kapitel 3",
        "第三章",
        "#",
    ],
)
def test_an_opening_line_that_repeats_the_title_is_no_prose(heading: str) -> None:
    assert without_title(f"{heading}\n\nMara waits.\n\nIt rains.", "The Bottle") == "Mara waits.\n\nIt rains."
    assert without_title(f"\n\n{heading}\nMara waits.", "The Bottle") == "Mara waits."


@pytest.mark.parametrize(
    "opening",
    [
        "The Bottle was warm.",
        "The bottle, the sea.",
        "“The Bottle,” she said.",
        "Chapter 7 was the last he read.",
        "1. First, the lamp.",
        "1984 was a cold year.",
        "1984.",
        "---",
        "***",
        "### Dusk",
        "# Dusk",
        "#dusk",
        "*Dear Mara,*",
    ],
)
def test_an_opening_line_of_prose_stays(opening: str) -> None:
    text = f"{opening}\n\nMara waits."
    assert without_title(text, "The Bottle") == text


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Mara waits.", "Mara waits."),
        ("\ufeff\r\nMara waits.  \r\nIt rains.\r\n\r\n", "Mara waits.\nIt rains."),
        ("```\nMara waits.\n```", "Mara waits."),
        ("\n```markdown\n# 1. The Bottle\n\nMara waits.\n```\n\n", "Mara waits."),
        ("```\nMara waits.", "Mara waits."),
        ("Mara reads:\n\n```\nHELP\n```\n\nShe waits.", "Mara reads:\n\n```\nHELP\n```\n\nShe waits."),
        ("# The Bottle\n\n---\n\nMara waits.", "---\n\nMara waits."),
        ("Sure! Here is chapter 7:\n\nMara waits.", "Mara waits."),
        ("Here's the continuation of the scene:\n\nMara waits.", "Mara waits."),
        ("**Chapter Seven: The Storm**\n\nMara waits.", "Mara waits."),
        ("第七章 风暴\n\n玛拉等着。", "玛拉等着。"),
        ("Mara waits.\n\nChapter 8\n\nIt rains.", "Mara waits."),
        ("Mara waits.\n\n## 2\n\nIt rains.", "Mara waits.\n\n## 2\n\nIt rains."),
        ("Mara waits.\n\nWould you like me to continue with the next chapter?", "Mara waits."),
        ("Mara waits.\n\n---\n\n*(Word count: 1,812)*\n\nLet me know if you want changes.", "Mara waits."),
        ("Mara waits.\n\n[End of Chapter 7]", "Mara waits."),
        ("Mara waits.\n\nTHE END", "Mara waits."),
        ("Mara waits.\n\n***", "Mara waits."),
        ("Mara waits.\n\n“Would you like me to continue the chapter?” he asked.",) * 2,
        ("Mara waits.\n\nThe end of the rope was wet.",) * 2,
        ("Chapter and verse, she knew it all.",) * 2,
        ("Sure of the tide, Mara waits.",) * 2,
        ("# The Bottle", ""),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_a_chapter_is_prose_only(text: str, prose: str) -> None:
    assert clean(text, "The Bottle") == prose


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Mara waits. She", "Mara waits."),
        ("Mara waits.", "Mara waits."),
        ("Mara waits.\n\nIt rains! And then, as", "Mara waits.\n\nIt rains!"),
        ("“Go,” she said. “Why?” he", "“Go,” she said. “Why?”"),
        ("*She waits.* And", "*She waits.*"),
        ("He has 3.5 boats", "He has 3.5 boats"),
        ("She waits… and", "She waits…"),
        ("»Geh!« sagte", "»Geh!«"),
        ("no end at all", "no end at all"),
        ("", ""),
    ],
)
def test_prose_that_was_cut_off_ends_with_its_last_whole_sentence(text: str, whole: str) -> None:
    assert whole_sentences(text) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("盐灯亮了。她看见", "盐灯亮了。"),
        ("“走！”她说。他", "“走！”她说。"),
        ("「行け。」と彼", "「行け。」"),
        ("她问：为什么？他", "她问：为什么？"),
        ("盐灯亮了。", "盐灯亮了。"),
    ],
)
def test_a_sentence_ends_without_a_space_where_the_script_has_none(text: str, whole: str) -> None:
    assert whole_sentences(text) == whole


def test_headings_in_prose_stand_below_chapters() -> None:
    text = "# One\n\n##  Two ##\n\n### Three\n\n#\n\n  # Four\n\n#five\n\nMara. # six"
    assert below_chapters(text) == ("### One\n\n### Two ##\n\n### Three\n\n###\n\n### Four\n\n#five\n\nMara. # six")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["# ", "## ", "The Bottle", "Mara.", "\n", "```", " ", "**", "1. ", "。", "”"]), max_size=10
    ).map("".join)
    | st.text(max_size=40)
)
def test_no_prose_is_too_strange_to_clean(text: str) -> None:
    prose = clean(text, "The Bottle")
    assert prose == prose.strip("\n")
    assert text.startswith(whole_sentences(text))
    assert below_chapters(below_chapters(text)) == below_chapters(text)


THAI = "เธอจุดตะเกียง แล้วเดินขึ้นบันไดไป " * 30


@pytest.mark.parametrize(
    "text",
    [
        "Mara waits.",
        "“Go!” she said. “Now?!”",
        'He said: "Go."',
        "‘Go,’ he said. ‘It is late.’",
        "*The sea forgets nothing.*",
        "(She waits.)",
        "“I never—”",
        "She waits…",
        "»Geh.«",
        "»Er sagte: ›Geh.‹«",
        "„Geh.“",
        "« Non ! »",
        "«\u00a0Non.\u00a0»",
        "Elle dit : « Je ne sais… »",
        "¿Adónde vas?",
        "— Куда ты?",
        "Πού πας;",
        "वह चली गई।",
        "هل ذهب؟",
        "盐灯亮了。",
        "他说：“走吧。”",
        "“你——”",
        "她没有回答……",
        "彼女は言った。\n\n「さようなら」",
        "『行け！』",
        "그녀는 기다렸다.",
        f"ใช่! {THAI}".strip(),
        f"{THAI}\n\n“ไปไหน?”\n\n{THAI}".strip(),
    ],
)
def test_a_text_ends_with_a_sentence_in_the_ways_of_its_language(text: str) -> None:
    assert ends(text)
    assert ends(f"{text}\n\n")
    assert whole_sentences(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Mara waits. She walks to the",
        "Mara waits. “Go",
        "Mara waits. She has 3.5",
        "Mara waits,",
        "Mara waits. And then—",
        "Dear Mara,",
        "Er kam. »Geh",
        "Elle vint. « Non",
        "盐灯亮了。她看见",
        "彼女は言った。「さよ",
        "她说：“走",
        "",
    ],
)
def test_a_text_that_breaks_off_does_not_end(text: str) -> None:
    assert not ends(text)

"""Two edits of one text come together by paragraphs, and no word of either is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novelist.edits.merging import Clash, merge

TEXTS = st.lists(st.sampled_from(["A.", "B.", "A. B.", "C.  ", "D.\nE.", "* * *"]), max_size=6).map("\n\n".join)


def typed(words: str) -> str:
    return words.replace(" ", "\n\n")


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "clashes"),
    [
        ("A. B1. C. D.", "A0. B2. C.", "A0. B1. C. D.", [("B2.", "B1.")]),
        ("A. B. C. D.", "B. C.", "B. C. D.", []),
        ("A. C.", "A. B. B1. C.", "A. B1. C.", []),
        ("A. B. X. C.", "A. Y. B. C.", "A. Y. B. X. C.", []),
        ("A. B. X. C.", "A. B. Y. C.", "A. B. Y. X. C.", []),
        ("A. B. X. C.", "A. B. X. C.", "A. B. X. C.", []),
        ("A. C.", "A. B2. C.", "A. C.", [("B2.", "")]),
        ("A. B2. C.", "A. C.", "A. B2. C.", [("", "B2.")]),
        ("", "A. B. C. D.", "D.", []),
    ],
)
def test_two_edits_come_together_by_paragraphs(
    mine: str, theirs: str, text: str, clashes: list[tuple[str, str]]
) -> None:
    merged = merge(typed("A. B. C."), typed(mine), typed(theirs))
    assert (merged.text, merged.clashes) == (typed(text), [Clash(typed(one), typed(other)) for one, other in clashes])


def test_what_another_hand_put_in_beside_a_paragraph_that_both_have_rewritten_stays() -> None:
    before = "Mara went down to the sea.\n\nShe swam."
    theirs = "Mara went down to the grey sea.\n\nGulls cried.\n\nShe swam."
    merged = merge(before, "Mara ran down to the sea.\n\nShe swam.", theirs)
    assert merged.text == "Mara ran down to the sea.\n\nGulls cried.\n\nShe swam."
    assert merged.clashes == [Clash("Mara went down to the grey sea.", "Mara ran down to the sea.")]


@pytest.mark.parametrize("theirs", ["One.  \nTwo.", "One.\n Two.", "One.\n\n\n\nTwo.", "One.\\\nTwo."])
def test_a_change_of_blanks_is_one(theirs: str) -> None:
    assert merge("One.\nTwo.", "One.\nTwo.\n\nThree.", theirs).text == f"{theirs}\n\nThree."


@given(TEXTS, TEXTS)
def test_edits_of_one_hand_alone_are_taken_whole(before: str, after: str) -> None:
    assert merge(before, after, before) == merge(before, before, after) == merge(before, after, after)
    assert merge(before, after, before).text == after
    assert merge(before, after, before).clashes == []


@given(TEXTS, TEXTS, TEXTS)
def test_no_paragraph_that_a_hand_typed_is_lost(before: str, mine: str, theirs: str) -> None:
    merged = merge(before, mine, theirs)
    old, now = _paragraphs(before), _paragraphs(merged.text)
    shown = _paragraphs("\n\n".join(clash.theirs for clash in merged.clashes))
    assert not _paragraphs(mine) - old - now
    assert not _paragraphs(theirs) - old - now - shown


def _paragraphs(text: str) -> Counter[str]:
    return Counter(paragraph for paragraph in text.split("\n\n") if paragraph)

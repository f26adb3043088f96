"""A quote is true where a text says it word for word, however who quotes it sets quotation marks, dashes and spaces."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novelist.book import reviews
from novelist.prose.quotes import find

TEXT = "She put the *old* lamp down. “It’s done,” she said — and left.\n\nNobody came. The sea was red."


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("She put the old lamp down", True),
        ("she put the old lamp down.", True),
        ('"It\'s done," she said - and left', True),
        ("Nobody came … red", True),
        ("put the old lamp … The sea was red.", True),
        ("Nobody came at all", False),
        ("put down the old lamp", False),
        ("The sea is red", False),
        ("sea", False),
        ("a … b … c … d … e", False),
        ("", False),
    ],
)
def test_a_quote_is_found_word_for_word(quote: str, *, there: bool) -> None:
    assert (find(TEXT, quote) is not None) == there


@pytest.mark.parametrize(
    ("text", "quote"), [("—" * 400, "—" * 200 + " gone now"), ("a b " * 5000, "a … b … never there")]
)
def test_no_quote_takes_long(text: str, quote: str) -> None:
    began = time.process_time()
    assert find(text, quote) is None
    assert time.process_time() - began < 1


@given(st.text(), st.integers(0, 200), st.integers(0, 200))
def test_no_text_makes_it_fail(text: str, start: int, end: int) -> None:
    find(text, text[start:end])


@given(st.text(st.characters(exclude_categories=["C"]) | st.just("\n")))
def test_whatever_stands_in_a_review_is_read(text: str) -> None:
    for entry in reviews.read(text):
        assert entry.severity in reviews.SEVERITIES


@pytest.mark.parametrize(
    ("line", "severity", "what"),
    [
        ("- **must** [4] It rains. Fix: Let it snow.", "must", "It rains."),
        ("- must: It rains.", "must", "It rains."),
        ("- [may] It rains.", "may", "It rains."),
        ("- May is too angry in this chapter.", "should", "May is too angry in this chapter."),
        ("It rains.", "should", "It rains."),
    ],
)
def test_how_much_a_finding_matters_stands_before_it(line: str, severity: str, what: str) -> None:
    (entry,) = reviews.read(line)
    assert (entry.severity, entry.what) == (severity, what)

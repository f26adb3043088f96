"""What errors say, read from the source: what happened and what to do, and why where that says more."""

from __future__ import annotations

import re

import pytest
from error_texts import KINDS, ErrorText, error_texts

EXPLAINED = [each for each in error_texts() if each.why]


@pytest.mark.parametrize("error", error_texts(), ids=lambda error: f"{error.module}: {error.text}")
def test_an_error_says_what_happened_and_what_to_do(error: ErrorText) -> None:
    assert re.fullmatch(r".*\S\. *(?:…|\S.*[.…])", error.text, re.DOTALL)


@pytest.mark.parametrize("error", EXPLAINED, ids=lambda error: f"{error.module}: {error.text}")
def test_a_why_is_short_and_of_its_kind(error: ErrorText) -> None:
    assert re.fullmatch(r"\S.*\.", error.why)
    assert "…" not in error.why
    assert len(error.why.split()) <= 30
    assert error.why not in error.text


def test_every_class_has_texts() -> None:
    assert {error.kind for error in error_texts()} == {kind.__name__ for kind in KINDS}


def test_a_text_is_found_however_it_is_raised() -> None:
    texts = {error.text: error.why for error in error_texts()}
    named = "it was saved while it was being drafted, so your text stays. The draft is in …."
    assert texts[named].startswith("Your text is never written over.")
    assert texts["a merge conflict of git. Resolve it."] == ""
    assert "…: … is neither ripple, redraft nor keep. Change it." in texts
    assert texts["… did not answer in … tries (…). Run doit again later."].startswith("The server")

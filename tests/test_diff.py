"""`novelist diff` shows how a chapter was changed last, word by word."""

from __future__ import annotations

import json
import re

import pytest
from finished import C3, finish
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted

from novelist.terminal.words import passages, word_diff


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def test_what_a_hand_has_changed_is_shown(finished: Here) -> None:
    page = (finished / C3).read_text()
    head, text = page.split("\n---\n", 1)
    first = text.split()[0]
    (finished / C3).write_text(f"{head}\n---\n{text.replace(first, 'Nothing', 1)}\nMine.\n")
    out = finished.novelist("diff", "3").out.splitlines()
    assert out[0].startswith("Since 20")
    assert out[2].startswith(f"[1] [-{first}-]{{+Nothing+}} ")
    assert out[-1] == "[3] {+Mine.+}"
    told = json.loads(finished.novelist("diff", "3", "--json").out)
    assert (told["of"], [each["number"] for each in told["changes"]]) == ("chapter:03", [1, 3])


def test_a_chapter_that_never_was_another_says_so(finished: Here) -> None:
    assert finished.novelist("diff", "3").out == "chapter:03 has no text but the one that it has now.\n"
    assert json.loads(finished.novelist("diff", "3", "--json").out) == {
        "of": "chapter:03",
        "since": None,
        "version": 1,
        "changes": [],
    }


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_both_texts_can_be_read_from_what_is_shown(old: str, new: str) -> None:
    shown = word_diff(old, new)
    before = re.sub(r"\[-(.*?)-\]", r"\1", re.sub(r"\{\+.*?\+\}", "", shown, flags=re.DOTALL), flags=re.DOTALL)
    after = re.sub(r"\{\+(.*?)\+\}", r"\1", re.sub(r"\[-.*?-\]", "", shown, flags=re.DOTALL), flags=re.DOTALL)
    assert (before.split(), after.split()) == (old.split(), new.split())
    assert passages(old, old) == []

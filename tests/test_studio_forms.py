"""A form is taken with the largest text that a book takes, and a larger one is refused in words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visiting import Visitor, type_book

from novelist.studio import forms

BOOK = "/book/salt/"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SENTENCE = "Смотрительница неторопливо перечитывала отсыревшее письмо, неразборчиво подписанное незнакомцем. "
LONG = SENTENCE * 17_000  # 120,000 words


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of which one chapter is there."""
    return type_book(tmp_path / "salt")


def test_a_chapter_of_a_hundred_thousand_russian_words_is_saved(root: Path) -> None:
    path = root / "chapters" / "01-bottle.md"
    path.write_text(LONG, encoding="utf-8")
    form = {"id": "bottle", "before": LONG, "text": f"{LONG}Конец."}
    assert Visitor.of(root).post(f"{BOOK}chapter/1/edit", form).status == 303
    assert path.read_text(encoding="utf-8") == f"{LONG}Конец."


def test_more_than_a_book_takes_is_refused_in_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LONGEST_FORM", 10_000)
    answer = Visitor.of(root).post(f"{BOOK}chapter/1/edit", {"id": "bottle", "text": "a" * 10_000})
    assert answer.status == 413
    assert (
        "That is more than 97 MB, and nothing was done. Go back, where it still stands, and send less." in answer.words
    )
    assert Visitor.of(root).post(f"{BOOK}env", dict.fromkeys(map(str, range(6000)), "on")).status == 413


@given(st.dictionaries(TEXTS, TEXTS))
def test_a_form_says_what_was_typed(typed: dict[str, str]) -> None:
    body = urlencode(typed)
    assert forms.fields(body.encode()) == typed == dict(parse_qsl(body, keep_blank_values=True))


@pytest.mark.parametrize("body", [b"", b"&&", b"a", b"a=%", b"a=%zz&b=%D0", b"=x", b"a=1&a=2", b"a=b=c", b"\xff=\xff"])
def test_what_no_browser_sends_is_read_as_anywhere(body: bytes) -> None:
    text = body.decode("utf-8", "replace")
    assert forms.fields(body) == dict(parse_qsl(text, keep_blank_values=True))

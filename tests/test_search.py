"""Words are found in the whole book, in its order, whatever their capitals, accents and line ends."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from visiting import type_book

from novelist.cli.main import main
from novelist.prose.search import pattern, places

BOOK = {
    "chapters/01-bottle.md": (
        "---\ntitle: The Bottle\nsalt lamp: x\nnovelist:\n  v: 1\n---\n\nMara saw the salt\nlamp. "
        "It burned on the sill, and nobody had ever told her who it was that lit it there, "
        "so she called it the Salt Lamp, too.\n\nSalt\n\nlamp.\n"
    ),
    "chapters/02-lamp.md": "No light.\n",
    "chapters/03-ferry.md": "A SALT  LÁMP, “the *salt* lamp”.\r\n",
    "chapters/04-lost.md": "An old salt lamp.\n",
    "summaries/01-bottle.md": "The salt lamp burns.\n",
    "notes/03-ferry.md": "- More of the salt lamp.\n",
    "reviews/book.md": "- **must** The salt lamp is never lit.\n",
}


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of three chapters, and one that the outline does not know."""
    root = type_book(tmp_path / "salt", **BOOK)
    monkeypatch.chdir(root)
    return root


def said(*arguments: str) -> str:
    """Return what the verb says."""
    ran = CliRunner().invoke(main, ["search", *arguments])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.output
    return ran.output


def test_places_come_in_the_order_of_the_book_with_their_lines() -> None:
    assert said("salt", "lamp") == (
        "premise.md:2: title: The Salt Lamp\n"
        "chapters/01-bottle.md:8: Mara saw the salt lamp. It burned on the sill, and nobody had ever told her who …\n"
        "chapters/01-bottle.md:9: … her who it was that lit it there, so she called it the Salt Lamp, too.\n"
        "summaries/01-bottle.md:1: The salt lamp burns.\n"
        "chapters/03-ferry.md:1: A SALT LÁMP, “the *salt* lamp”.\n"
        "notes/03-ferry.md:1: - More of the salt lamp.\n"
        "chapters/04-lost.md:1: An old salt lamp.\n"
        "reviews/book.md:1: - **must** The salt lamp is never lit.\n"
        "\n"
        "8 places in 7 files.\n"
    )
    assert said("salt lamps") == "That is nowhere in the book.\n"
    assert said("“eskil”").startswith("bible.md:5: ## Eskil\noutline.md:")


def test_programs_are_told_of_which_chapter_a_place_is() -> None:
    places_found = json.loads(said("light it", "--json"))["places"]
    assert places_found == [
        {
            "file": "outline.md",
            "line": 9,
            "of": "outline",
            "chapter": 2,
            "text": "Mara and Eskil light it.",
            "words": ["light it"],
        }
    ]
    assert [each["chapter"] for each in json.loads(said("old salt", "--json"))["places"]] == [None]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("cafe", "Café"),
        ("CAFÉ", "cafe\u0301"),
        ("strasse", "Straße"),
        ("straße", "STRASSE"),
        ("finden", "\ufb01nden"),
        ("don't - now", "don’t — now"),
        ("елка", "Ёлка"),
        ("οδος", "Ὁδός"),
        ("قلم", "قَلَم"),
        ("塩の灯", "塩の\n灯"),
        ("a.b", "a.b"),
        ('"the lamp"', "the\n  lamp"),
    ],
)
def test_forms_of_a_letter_are_alike(query: str, text: str) -> None:
    words = pattern(query)
    assert words is not None
    assert [place.text for place in places(f"x {text} y", words)] == [" ".join(f"x {text} y".split())]
    assert words.search("axb, ガ, der, ا") is None


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("“ ”", "there is nothing to look for. Say a word of the text, or a few in a row."),
        ("x" * 201, "that is more than 200 characters. Say a word of the text, or a few in a row."),
    ],
)
def test_what_cannot_be_looked_for_is_said(query: str, problem: str) -> None:
    assert said(query) == f"Error: {problem}\n"


def test_a_long_text_is_searched_in_no_time() -> None:
    words = pattern("mara mara mara lamp")
    assert words is not None
    began = time.process_time()
    assert list(places("mara " * 200_000, words)) == []
    assert time.process_time() - began < 5


def test_marks_of_italics_are_no_words_of_their_own() -> None:
    text = "_ " * 80 + "x"
    words = pattern("_ _ _ _ _ *x*")
    assert words is not None
    assert [place.text.strip()[-1] for place in places(text, words)] == ["x"]
    assert pattern("_ *") is None

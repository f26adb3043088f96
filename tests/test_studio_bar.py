"""Every page of a book has the same bar and a title of one form, and those about a chapter lead back to it."""

from __future__ import annotations

import re

import pytest
from visiting import Visitor, type_book

pytestmark = pytest.mark.slow
HOME = "/book/salt/"
LINKS = ("Book", "Premise", "Bible", "Outline", "Search", "Exports", "Spent", "Build")
ENTRY = "20261127T101112.000000Z"
TITLES = {
    "": "The Salt Lamp — Studio",
    "premise": "Premise — The Salt Lamp",
    "bible": "Bible — The Salt Lamp",
    "outline": "Outline — The Salt Lamp",
    "search?q=wept": "Search: wept — The Salt Lamp",
    "spent": "Spent — The Salt Lamp",
    "build": "Build — The Salt Lamp",
    "chapter/1": "1. The Bottle — The Salt Lamp",
    "chapter/1/edit": "Edit: The Bottle — The Salt Lamp",
    "chapter/1/ask": "Ask a model: The Bottle — The Salt Lamp",
    "chapter/1/alternatives": "Alternatives: The Bottle — The Salt Lamp",
    "chapter/1/beside/notes": "Notes on it: The Bottle — The Salt Lamp",
    f"chapter/1/history/{ENTRY}": r"Since \S+ \S+: The Bottle — The Salt Lamp",
}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A browser with the studio of a book that was typed."""
    root = type_book(tmp_path_factory.mktemp("books") / "salt")
    entry = root / ".novelist" / "history" / "bottle" / f"{ENTRY}.md"
    entry.parent.mkdir(parents=True)
    entry.write_text("Mara found nothing.\n")
    return Visitor.of(root)


@pytest.mark.parametrize("path", TITLES)
def test_a_page_has_the_bar_and_a_title_of_the_form_of_all(visitor: Visitor, path: str) -> None:
    page = visitor.get(f"{HOME}{path}").text
    bar = re.search(r'<nav class="trail".*?</nav>', page, re.DOTALL)
    assert bar
    assert re.findall(r"<a [^>]*>([^<]*)</a>", bar[0]) == [*LINKS]
    title = re.search("<title>(.*?)</title>", page)
    assert title
    assert re.fullmatch(TITLES[path], title[1])


@pytest.mark.parametrize("path", [each for each in TITLES if "1/" in each])
def test_a_page_about_a_chapter_leads_back_to_it(visitor: Visitor, path: str) -> None:
    page = visitor.get(f"{HOME}{path}").text
    back = re.search(r'<nav class="way".*?</nav>', page, re.DOTALL)
    assert back
    assert f'<a href="{HOME}chapter/1"><span aria-hidden="true">←</span> 1. <span lang="en"' in back[0]


def test_a_page_of_the_bar_is_marked_in_it(visitor: Visitor) -> None:
    page = visitor.get(f"{HOME}premise").text
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', page) == [f"{HOME}premise"]

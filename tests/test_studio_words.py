"""The studio says one thing in one word, which is the terminal's, and in sentences what a terminal has in columns."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from in_process import Here
from rippling import change_the_story, write_story
from scripted import Scripted
from visiting import Visitor, type_book

from novelist.studio.wording import plain, sentence

NUMBERED = {
    "outline.md": (
        "## Before {#before .unnumbered}\n\nEskil waits.\n\n## 1. The Bottle {#bottle}\n\nMara finds it.\n\n"
        "## 2. The Lamp {#lamp}\n\nMara lights it.\n"
    ),
    "chapters/01-before.md": "Eskil waited.\n",
    "chapters/02-bottle.md": "Mara wept.\n",
}
ENTRY = "20261127T101112.000000Z"
AT = f"{datetime.fromisoformat('2026-11-27T10:11:12+00:00').astimezone():%Y-%m-%d, %H:%M}"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("chapter:02   drafted: The Lamp, 50 words", "chapter:02 drafted: The Lamp, 50 words"),
        ("`novelist unkeep 3` takes that back", "“novelist unkeep 3” takes that back"),
        ("`stale: keep`; the story before it changed", "you keep it, whatever changes; the story before it changed"),
        (f"it is as it was at {ENTRY}; then", f"it is as it was at {AT}; then"),
        (f"It is in .novelist/history/a/{ENTRY}.md.", f"It is in .novelist/history/a/{ENTRY}.md."),
    ],
)
def test_a_line_for_a_terminal_is_plain(line: str, shown: str) -> None:
    assert plain(line) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("not begun, since it runs", "Not begun, since it runs"),
        ("you wrote it", "You wrote it"),
        ("premise.md:3: it is no YAML", "premise.md:3: it is no YAML"),
        ("chapter:03 is kept", "chapter:03 is kept"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_file_with_its_name(line: str, shown: str) -> None:
    assert sentence(line) == shown


@pytest.mark.slow
def test_a_chapter_has_the_number_that_readers_see_on_every_page(tmp_path: Path) -> None:
    root = type_book(tmp_path / "salt", **NUMBERED)
    (root / "chapters" / "01-bottle.md").unlink()
    visitor = Visitor.of(root)
    book = visitor.get("/book/salt/")
    numbers = re.findall(r'<span class="number">(.*?)</span> <span class="title"', book.text)
    assert numbers == ['<span class="unseen">no number</span>', "1", "2"]
    assert re.findall(r'text-anchor="middle">(.*?)</text>', book.text) == ["–", "1", "2"]
    assert "<title>Before: yours</title>" in book.text
    assert "<title>1. The Bottle: yours</title>" in book.text
    assert (
        '<span class="number">1</span> <span class="title">The Bottle</span>'
        in visitor.get("/book/salt/chapter/2").text
    )
    assert "1. The Bottle Mara wept" in visitor.get("/book/salt/search?q=wept").words
    assert "Named in 1 , 2" in visitor.get("/book/salt/bible").words


@pytest.mark.slow
def test_a_page_says_what_a_chapter_lacks_once_and_in_plain_words(tmp_path: Path) -> None:
    visitor = Visitor.of(type_book(tmp_path / "salt"))
    assert "Missing Not written yet. Write it yourself" in visitor.get("/book/salt/chapter/2").words
    assert '<span class="state" title="Not written yet">missing</span>' in visitor.get("/book/salt/").text


@pytest.mark.slow
def test_no_length_is_held_against_what_an_author_wrote(tmp_path: Path) -> None:
    root = type_book(tmp_path / "salt", **{"outline.md": "## 1. The Bottle {#bottle}\n\nMara finds it.\n"})
    visitor = Visitor.of(root)
    assert "The Salt Lamp Ines Halden 10 words · 1 of 1 chapters" in visitor.get("/book/salt/").words
    assert "Yours · 10 words You wrote it, and no build changes it." in visitor.get("/book/salt/chapter/1").words


def test_what_is_to_be_adapted_is_called_so_in_a_terminal_and_on_each_page(here: Here, server: Scripted) -> None:
    write_story(here, server)
    change_the_story(here, server)
    assert here.doit().status == 0
    assert "to be adapted  the story before it changed\n" in here.novelist("status").out
    visitor = Visitor.of(here.root)
    home = f"/book/{here.root.name}/"
    for page in (visitor.get(home), visitor.get(f"{home}chapter/3")):
        assert "written again" not in page.words.replace("does not have it written again", "")
        assert re.search("[Tt]o be adapted", page.words)
        assert re.search("[Tt]he story before it changed", page.words)

"""The studio shows a chapter as the reading page does: its text, whose it is, why it is stale, what it was before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from finished import C3, entries, finish
from in_process import Here
from scripted import Scripted
from visiting import Visitor, type_book

BOOK = "/book/salt/"
CHAPTER = f"{BOOK}chapter/1"

pytestmark = pytest.mark.slow


def test_prose_is_set_as_the_reading_page_sets_it(tmp_path: Path) -> None:
    prose = 'She said "no"\nand *left*.\n\n***\n\nA note[^1].\n\n[^1]: What it says.\n'
    page = Visitor.of(type_book(tmp_path / "salt", **{"chapters/01-bottle.md": prose})).get(CHAPTER)
    assert "<p>She said “no” and <em>left</em>.</p>\n<hr />\n<p>A note<a" in page.text
    assert '<main id="main" tabindex="-1" lang="en" dir="ltr" data-live>' in page.text
    assert '<link rel="stylesheet" href="/static/prose.css">' in page.text


def test_prose_that_may_be_anybodys_is_made_safe(tmp_path: Path) -> None:
    prose = (
        "<script>alert(1)</script>\n\n[words](javascript:alert(1)) ![x](https://evil.example/x.png)\n\n"
        '<img src=x onerror="alert(1)"> <a href="javascript:x">y</a>\n\n# A heading {onclick=alert(1)}\n'
    )
    page = Visitor.of(type_book(tmp_path / "salt", **{"chapters/01-bottle.md": prose})).get(CHAPTER)
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert not re.search(r"<(script|img|a)\b", main)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in main
    assert re.findall(r"<[^<>]*onclick", main) == []


def test_a_chapter_that_is_not_there_shows_its_section(tmp_path: Path) -> None:
    words = Visitor.of(type_book(tmp_path / "salt")).get(f"{BOOK}chapter/2").words
    assert "2 The Lamp This chapter is not written yet. Its section of the outline: Mara and Eskil light it." in words
    assert "← The Bottle The Ferry →" in words


def test_paragraphs_that_a_hand_typed_are_marked(here: Here, server: Scripted) -> None:
    finish(here, server)
    visitor = Visitor.of(here.root)
    where = f"/book/{here.root.name}/chapter/3"
    assert "Typed by hand" not in visitor.get(where).text
    text = (here / C3).read_text().rstrip("\n")
    (here / C3).write_text(f"{text}\n\nMara put it *down*.\n")
    page = visitor.get(where)
    assert '<p data-typed=""><span class="unseen">Typed by hand: </span>Mara put it <em>down</em>.</p>' in page.text
    assert page.text.count('<p data-typed="">') == 1
    assert "Edited · " in page.words


def test_it_is_said_what_a_stale_chapter_is_told_otherwise(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.edit("outline.md", "Mara lights the lamp.", "Mara burns the lamp.")
    page = Visitor.of(here.root).get(f"/book/{here.root.name}/chapter/3")
    assert "Its part of the outline changed." in page.words
    assert "Mara <del>lights</del><ins>burns</ins> the lamp." in page.text


def test_its_history_is_compared_word_by_word(here: Here, server: Scripted) -> None:
    finish(here, server)
    before = (here / C3).read_text()
    (here / C3).write_text(before.rstrip("\n") + "\n\nA last word.\n")
    here.novelist("release", "3")
    visitor, chapter = Visitor.of(here.root), f"/book/{here.root.name}/chapter/3"
    assert "drafted by kimi-k2.6" in visitor.get(chapter).words
    when = entries(here, "the-lamp")[0].stem
    page = visitor.get(f"{chapter}/history/{when}")
    assert page.status == 200
    assert page.text.count("<ins>") == 1
    assert "<ins>A last word.</ins>" in page.text
    assert visitor.get(f"{chapter}/history/2026").status == 404

"""The studio shows a chapter as the reading page does: its text, whose it is, why it is stale, what it was before."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest
from finished import C3, entries, finish
from in_process import Here
from scripted import Scripted
from visiting import Answer, Visitor, type_book

from novelist.studio.books import Shelf

BOOK = "/book/salt/"
CHAPTER = f"{BOOK}chapter/1"
PNG = b"\x89PNG\r\n\x1a\n"

pytestmark = pytest.mark.slow


def text_of(page: Answer) -> str:
    """Return a chapter's text as it is set, without what is said of it at its paragraphs."""
    text = re.sub("<details.*?</details>", "", page.text.partition("</h1>")[2], flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", text.partition("</section>")[0])


def test_prose_is_set_as_the_reading_page_sets_it(tmp_path: Path) -> None:
    prose = 'She said "no"\nand *left*.\n\n***\n\nA note[^1].\n\n[^1]: What it says.\n'
    page = Visitor.of(type_book(tmp_path / "salt", **{"chapters/01-bottle.md": prose})).get(CHAPTER)
    assert text_of(page).startswith(
        '<p id="p-1">She said “no” and <em>left</em>.</p><hr id="p-2" /><p id="p-3">A note<a'
    )
    assert '<main id="main" tabindex="-1" lang="en" dir="ltr" data-live>' in page.text
    assert '<link rel="stylesheet" href="/static/prose.css">' in page.text


def test_a_picture_is_followed_as_texts_are(tmp_path: Path) -> None:
    root = type_book(tmp_path / "salt", **{"chapters/01-bottle.md": "She wept.\n\n![A map](pictures/shore/map.png)\n"})
    visitor, opened = Visitor.of(root), Shelf(root).books()["salt"]
    assert "<img" not in visitor.get(CHAPTER).text
    folder = root / "pictures" / "shore"
    folder.mkdir(parents=True)
    for drawn in (b"one", b"the other"):
        (folder / "map.png").write_bytes(PNG + drawn)
        assert f'<img src="data:image/png;base64,{b64encode(PNG + drawn).decode()}"' in visitor.get(CHAPTER).text
    before = opened.stamp
    (root / "cover.JPG").write_bytes(b"")
    assert opened.stamp != before


def test_each_paragraph_has_its_number_in_the_file_and_is_set_as_without_it(tmp_path: Path) -> None:
    prose = (
        "# The Bottle\n\n*One* line.\n\n*Two* lines\n---\n1. First\n\n2. Second\n\n   goes on\n\nBehind it.\n\n"
        '<pre>\n\n<p id="p-99">x</p>\n\n> A quote.\n\n</pre>\n\nThe end.\n'
    )
    page = Visitor.of(type_book(tmp_path / "salt", **{"chapters/01-bottle.md": prose})).get(CHAPTER)
    assert text_of(page) == (
        '<p id="p-2"><em>One</em> line.</p><p id="p-3"><em>Two</em> lines</p><hr id="p-4" />'
        '<ol id="p-5" type="1"><li><p>First</p></li><li><p>Second</p><p>goes on</p></li></ol>'
        '<p id="p-8">Behind it.</p><p>&lt;pre&gt; &lt;p id="p-99"&gt;x&lt;/p&gt; &gt; A quote. &lt;/pre&gt;</p>'
        '<p id="p-13">The end.</p>'
    )


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
    assert 'data-typed=""><span class="unseen">Typed by hand: </span>Mara put it <em>down</em>.</p>' in page.text
    assert len(re.findall(r'<p id="p-[0-9]+" data-typed="">', page.text)) == 1
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

"""`doit epub pdf docx html`: files to hold, made of the book as it is, and made again only when it has changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import docx
import pytest
from exported import epubcheck, picture, unzipped
from finished import lines
from in_process import Here
from scripted import Scripted
from typed import SETTINGS, type_book

from novelist.book.paths import Book
from novelist.errors import BookError
from novelist.export import reading
from novelist.export.formats import Export
from novelist.export.quotes import curled
from novelist.language import lookup
from novelist.targets.snapshot import Snapshot

FORMATS = ("epub", "pdf", "docx", "html")
ALL_SETTINGS = """\
title: "Salt & <Lamp>: a very long title, that goes on about the sea, the lamp, the letter and the island it came from"
author: Ines O’Halden
language: en
publisher: Gull & Sons
isbn: 978-0-306-40615-7
rights: © 2026 Ines Halden
date: 2026-11
description: Mara finds a letter.
subjects: [Sea stories, Lighthouses]
series: "The Northern Lights #2"
trim: a5
"""
NO_TRIM = "is neither a size such as `5.5x8.5in` nor one of pocket, digest, b-format, a5, royal, trade, bunko"
OUTLINE = """\
## 1. Before {#before}

Mara waits.

# Part One: The Shore

## 2. The Bottle {#bottle}

Mara finds a bottle.

# Part Two: <b>The Light</b>

## 3. "The *Lamp*" {#lamp}

Mara lights it.
"""
RICH = """\
She rowed.[^1] "I *know*," he said, "that it's the ***lamp***."

> A letter,
> in two lines.

* * *

1. salt
2. light

- a rope
- a boat

![The lamp](lamp.png)

***

It was <b>not</b> over: [a link](https://example.org/?a=1&b=2), `code`, 3 < 4 & 5 > 2.

    four spaces

[^1]: With *one* oar.
"""


def test_each_format_is_made_once_and_no_model_is_asked(here: Here, server: Scripted) -> None:
    type_book(here)
    ran = here.doit(*FORMATS)
    assert (ran.status, ran.err) == (0, "")
    told = lines(ran.out)
    assert [re.sub(r"[0-9.]+ [kM]B$", "…", line) for line in told] == [
        "book         assembled: 2 chapters, 29 words",
        "The book is book.md.",
        *(f"{kind:12} dist/book.{kind}: 2 chapters, 29 words, …" for kind in FORMATS),
    ]
    assert server.requests == []
    assert here.doit(*FORMATS).out == "Everything is up to date.\n"
    assert here.doit().out == "Everything is up to date.\n"


def test_an_epub_has_nothing_that_epubcheck_complains_of(here: Here) -> None:
    picture(here / "lamp.png")
    picture(here / "cover.jpg")
    type_book(
        here, "Before it began.\n", RICH, RICH, settings=ALL_SETTINGS, outline=OUTLINE, ids=("before", "bottle", "lamp")
    )
    ran = here.doit("epub")
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert epubcheck(here / "dist" / "book.epub") == []
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    package = found["EPUB/content.opf"]
    for told in (
        '<dc:identifier id="epub-id-1">urn:isbn:9780306406157</dc:identifier>',
        "<dc:publisher>Gull &amp; Sons</dc:publisher>",
        "<dc:rights>© 2026 Ines Halden</dc:rights>",
        "<dc:description>Mara finds a letter.</dc:description>",
        "<dc:language>en</dc:language>",
        ">Sea stories</dc:subject>",
        ">Lighthouses</dc:subject>",
        ">The Northern Lights</meta>",
        'property="group-position">2</meta>',
        "schema:accessibilityFeature",
        'properties="cover-image"',
    ):
        assert told in package
    contents = re.sub("<[^>]*>", " ", found["EPUB/nav.xhtml"].partition("<ol")[2].partition("</nav>")[0]).split()
    assert " ".join(contents).endswith(
        "1. Before Part One: The Shore 2. The Bottle Part Two: &lt;b&gt;The Light&lt;/b&gt; 3. “The *Lamp*”"
    )
    assert "<title>The Bottle</title>" in found["EPUB/text/chapter-bottle.xhtml"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_format_that_is_made_again_from_the_same_sources_is_the_same_to_the_byte(here: Here, kind: str) -> None:
    type_book(here)
    assert here.doit(kind).status == 0
    path = here / "dist" / f"book.{kind}"
    first = path.read_bytes()
    path.unlink()
    assert here.doit(kind).status == 0
    assert path.read_bytes() == first


def test_the_date_of_the_sources_is_that_of_the_environment_where_it_says_one(here: Here) -> None:
    type_book(here)
    assert here.doit("epub", SOURCE_DATE_EPOCH="1700000000").status == 0
    first = (here / "dist" / "book.epub").read_bytes()
    assert "2023-11-14T22:13:20Z" in unzipped(first)["EPUB/content.opf"]
    for path in here.root.rglob("*.md"):
        os.utime(path, (1_800_000_000, 1_800_000_000))
    assert here.doit("-a", "epub", SOURCE_DATE_EPOCH="1700000000").status == 0
    assert (here / "dist" / "book.epub").read_bytes() == first


def test_what_changes_a_format_has_it_made_again(here: Here) -> None:
    type_book(here)
    assert here.doit("epub").status == 0
    here.edit("chapters/01-bottle.md", "The tide came in.", "The tide went out.")
    (here / "summaries" / "01-bottle.md").write_text("It happened.\n")
    assert "dist/book.epub" in here.doit("epub").out
    assert (
        "The tide went out." in unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/text/chapter-bottle.xhtml"]
    )
    here.edit("premise.md", "language: en\n", "language: en\nrights: Mine\n")
    assert "dist/book.epub" in here.doit("epub").out
    picture(here / "cover.png")
    assert "dist/book.epub" in here.doit("epub").out
    picture(here / "cover.png", "red")
    assert "dist/book.epub" in here.doit("epub").out
    assert here.doit("epub").out == "Everything is up to date.\n"


def test_a_file_that_a_hand_has_edited_is_kept_in_history(here: Here) -> None:
    type_book(here)
    assert here.doit("docx").status == 0
    path = here / "dist" / "book.docx"
    path.write_bytes(b"mine")
    here.edit("chapters/02-lamp.md", "The lamp was lit.", "The lamp was out.")
    ran = here.doit("docx")
    assert ran.status == 0
    (kept,) = (here / ".novelist" / "history" / "@dist").iterdir()
    assert kept.read_bytes() == b"mine"
    assert f"dist/book.docx was not as it was made; what was there is in {kept.relative_to(here.root)}.\n" in ran.out
    assert path.read_bytes()[:2] == b"PK"


def test_clean_removes_what_was_made_and_nothing_else(here: Here) -> None:
    type_book(here)
    assert here.doit(*FORMATS).status == 0
    assert here.doit("clean", *FORMATS, "book").status == 0
    assert not any((here / "dist").iterdir())
    assert (here / "chapters" / "01-bottle.md").exists()


def test_an_empty_chapter_is_named(here: Here) -> None:
    type_book(here, "It began.\n", "\n\n")
    ran = here.doit("epub")
    assert ran.status != 0
    assert "chapters/02-lamp.md: the chapter is empty. Write it, or delete the file to have it drafted." in ran.out
    assert not (here / "dist").exists()


def test_a_folder_that_leads_out_of_the_book_is_refused(here: Here, tmp_path: Path) -> None:
    type_book(here)
    (tmp_path / "elsewhere").mkdir()
    (here / "dist").symlink_to(tmp_path / "elsewhere")
    ran = here.doit("epub")
    assert ran.status != 0
    assert "dist: it is a symbolic link. Make it a folder of the book." in ran.out + ran.err
    assert not any((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("isbn: 978-0-306-40615-8", "`isbn: 978-0-306-40615-8` is not an ISBN: its check digit does not fit"),
        ("date: yesterday", "`date: yesterday` is not a year or a date such as `2026-11-25`"),
        ("trim: huge", f"`trim: huge` {NO_TRIM}"),
        ("trim: 1x1in", f"`trim: 1x1in` {NO_TRIM}"),
        ("cover: ../../etc/passwd", "`cover: ../../etc/passwd` is outside the book"),
        ("cover: none.png", "`cover: none.png` is not there"),
        ("publisher: [a, b]", "`publisher: ['a', 'b']` is not a single value"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(here: Here, setting: str, said: str) -> None:
    type_book(here, settings=f"{SETTINGS}{setting}\n")
    ran = here.doit("epub")
    assert ran.status != 0
    assert f"epub         failed: premise.md:5: {said}. Change it.\n" in ran.out
    assert ran.err == ""


def test_a_manuscript_has_its_styles_its_head_and_its_breaks(here: Here) -> None:
    type_book(here)
    assert here.doit("docx").status == 0
    made = docx.Document(str(here / "dist" / "book.docx"))
    told = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.style is not None]
    assert told == [
        ("Title", "The Salt Lamp"),
        ("Author", "Ines Halden"),
        ("Author", "29 words"),
        ("Heading 1", "Part One: The Shore"),
        ("Heading 2", "1. The Bottle"),
        ("First Paragraph", "Mara said, “It’s here, Tom – the ‘lamp’ is warm.”"),
        ("Body Text", "She waited…"),
        ("Scene Break", "#"),
        ("Body Text", "The tide came in."),
        ("Heading 2", "2. The Lamp"),
        ("First Paragraph", "The lamp was lit."),
    ]
    (section,) = made.sections
    assert section.header.paragraphs[0].text == "Halden / THE SALT LAMP / "
    assert made.styles["Body Text"].font.name == "Times New Roman"


def test_a_title_page_rounds_the_words_of_a_book(here: Here) -> None:
    type_book(here, "word " * 1600 + ".", "The end.\n")
    assert here.doit("docx").status == 0
    assert "about 2,000 words" in [each.text for each in docx.Document(str(here / "dist" / "book.docx")).paragraphs]


def test_footnotes_of_the_same_name_stay_with_their_chapters(here: Here) -> None:
    type_book(here)
    assert here.doit("epub").status == 0
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    assert "It does so twice a day." in found["EPUB/text/chapter-bottle.xhtml"]
    assert "By Eskil." in found["EPUB/text/chapter-lamp.xhtml"]


def test_without_pandoc_what_to_install_is_said(here: Here, tmp_path: Path) -> None:
    type_book(here)
    empty = tmp_path / "empty"
    (empty / "pypandoc").mkdir(parents=True)
    (empty / "pypandoc" / "__init__.py").write_text("")
    old = tmp_path / "bin"
    old.mkdir()
    (old / "pandoc").write_text("#!/bin/sh\necho pandoc 2.9.2\n")
    (old / "pandoc").chmod(0o755)
    ran = super(Here, here).doit("epub", PYTHONPATH=str(empty), PATH=f"{old}{os.pathsep}{os.environ['PATH']}")
    assert ran.status != 0
    assert (
        "epub         failed: there is no pandoc 3.6 or later. "
        "Install it, or novelist's extra `export`, which brings it along.\n"
    ) in ran.out


def test_a_comment_is_left_out_and_a_tag_is_shown(here: Here) -> None:
    type_book(here, "He typed <enter>.<br>Then <!-- check\nthis --> he left.\n\n<!-- all -->\n", "The end.\n")
    assert here.doit("epub").status == 0
    found = unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/text/chapter-bottle.xhtml"]
    assert ">He typed &lt;enter&gt;.<br /> Then he left.</div> </section>" in re.sub(r"\s+", " ", found)


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        ("en", "A Winter's Errand", "A Winter’s Errand"),
        ("en", "\"The 'Lamp'\" and the boys' boat", "“The ‘Lamp’” and the boys’ boat"),
        ("de", '"Die Lampe"', "„Die Lampe“"),
        ("fr", 'L\'île "perdue"', "L’île «\u00a0perdue\u00a0»"),
    ],
)
def test_a_title_has_the_quotation_marks_of_its_language(language: str, title: str, shown: str) -> None:
    assert curled(title, lookup.table(language).quotes) == shown


def test_a_typed_book_is_not_taken_for_a_rehearsal(here: Here) -> None:
    type_book(here)
    del here.environ["KIMI_BASE_URL"], here.environ["MOONSHOT_API_KEY"]
    ran = here.doit("epub")
    assert (ran.status, ran.err) == (0, "")
    assert "To have Kimi write it" not in ran.out


def test_verse_keeps_its_lines_and_a_rule_below_a_line_is_a_break(here: Here) -> None:
    type_book(here, "Roses are red  \nViolets are blue\n\nShe left.\n---\nThe next day.\n", "The end.\n")
    assert here.doit("epub").status == 0
    found = unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/text/chapter-bottle.xhtml"]
    verse = '<div class="line-block">Roses are red<br />\nViolets are blue</div>'
    assert f"{verse}\n<p>She left.</p>\n<hr />\n<p>The next day.</p>" in found
    assert "Roses are red\\\nViolets are blue" in (here / "book.md").read_text()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_is_gone_while_the_book_is_made_is_told(here: Here, kind: str) -> None:
    type_book(here)
    lamp = picture(here / "lamp.png")
    here.chapter(2).write_text("The lamp was lit.\n\n![A lamp](lamp.png)\n", encoding="utf-8")
    read = reading.read(Snapshot(Book(here.root)))
    lamp.unlink()
    with pytest.raises(BookError) as told:
        Export(Book(here.root), kind).make(read, {}, pytest.fail)
    assert str(told.value) == f"{lamp}: the picture is gone. Put it back, or take it out of its chapter."


def test_an_export_after_one_that_failed_blames_nobody(here: Here) -> None:
    type_book(here)
    assert here.doit("epub").status == 0
    here.edit("premise.md", "language: en", "language: en\nisbn: 978-0-306-40615-8")
    assert here.doit("epub").status == 1
    here.edit("premise.md", "\nisbn: 978-0-306-40615-8", "\npublisher: Gull")
    ran = here.doit("epub")
    assert ran.status == 0
    assert "was not as it was made" not in ran.out

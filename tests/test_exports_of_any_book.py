"""Exports of books in any script and with what novels have in them, as readers’ devices and shops take them."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from exported import epubcheck, picture, unzipped
from in_process import Here
from pypdf import PdfReader
from typed import type_book

PROSE = {
    "en": '"It\'s 6\'2"," she said.\n\n| A line\n|   and one\n\n[Sea]{.smallcaps} <i>and</i> salt.\n\n#\n\nThe end.\n',
    "de": '"Halt", rief er.\n\n* * *\n\nRosen  \nVeilchen\n',
    "ru": "- Привет, - сказал он.\n\n- Нет.\n\n<br>\n\nОна ушла.[^1]\n\n[^1]: Вчера.\n",
    "zh": '他说："你好。"她说"再见"。\n\n｜字《zì》\n\n✦ ✦ ✦\n\n她等着。\n',
    "ja": '｜山田《やまだ》は漢字《かんじ》で"はい"と。\n\n<center>＊　＊　＊</center>\n\n終わり。\n',
    "he": '"שלום," אמרה מרה. צה"ל\n\n&nbsp;\n\nהסוף.\n',
    "ar": '"مرحبا،" قالت.\n\n- واحد\n- اثنان\n\nالنهاية.\n',
}


@pytest.mark.parametrize(
    "language",
    [language if language == "he" else pytest.param(language, marks=pytest.mark.soak) for language in PROSE],
)
def test_an_epub_in_each_script_has_its_direction_and_nothing_to_complain_of(here: Here, language: str) -> None:
    type_book(
        here, PROSE[language], PROSE[language], settings=f"title: {PROSE[language][1:8]!r}\nlanguage: {language}\n"
    )
    ran = here.doit("epub")
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert epubcheck(here / "dist" / "book.epub") == []
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    pages = {name: text for name, text in found.items() if name.endswith(".xhtml")}
    assert len(pages) == 6  # cover, title page, contents, a part and two chapters
    assert f"<dc:language>{language}</dc:language>" in found["EPUB/content.opf"]
    right_to_left = language in ("he", "ar")
    assert [('<html dir="rtl" ' in text) for text in pages.values()] == [right_to_left] * len(pages)
    assert ('page-progression-direction="rtl"' in found["EPUB/content.opf"]) is right_to_left


def test_landmarks_lead_to_the_contents_and_to_where_the_story_begins(here: Here) -> None:
    type_book(here)
    assert here.doit("epub").status == 0
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    landmarks = found["EPUB/nav.xhtml"].rpartition('epub:type="landmarks"')[2]
    assert re.findall(r'<a href="([^"]*)" epub:type="([^"]*)">([^<]*)<', landmarks) == [
        ("text/title_page.xhtml", "titlepage", "Title Page"),
        ("text/cover.xhtml", "cover", "Cover"),
        ("#toc", "toc", "Contents"),
        ("text/part-1.xhtml", "bodymatter", "Part One: The Shore"),
    ]
    spine = re.findall(r'<itemref idref="([^"]*)"', found["EPUB/content.opf"])
    assert spine == [
        "cover_xhtml",
        "title_page_xhtml",
        "nav",
        "part-1_xhtml",
        "chapter-bottle_xhtml",
        "chapter-lamp_xhtml",
    ]


def names(here: Here) -> dict[str, str]:
    """Return the files of chapters by their titles, and the place that each leads to."""
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    entries = re.findall(
        r'href="text/([^"]*)"><span class="number">[0-9]+\.</span> <span class="title">([^<]*)', found["EPUB/nav.xhtml"]
    )
    assert {name.partition("#")[0] for name, _ in entries} <= {Path(name).name for name in found}
    return {title: name for name, title in entries}


def test_a_chapter_keeps_its_place_in_the_epub_when_others_come_before_it(here: Here) -> None:
    outline = "## 1. The Bottle {#bottle}\n\nA.\n\n## 2. 灯 {#灯}\n\nB.\n"
    type_book(here, "One.\n", "Two.\n", outline=outline, ids=("bottle", "灯"))
    assert here.doit("epub").status == 0
    before = names(here)
    assert before["The Bottle"] == "chapter-bottle.xhtml#chapter-bottle"
    assert re.fullmatch(r"chapter-h[0-9a-f]{12}\.xhtml#chapter-灯", before["灯"])
    (here / "outline.md").write_text(f"## 1. New {{#new}}\n\nC.\n\n# A Part\n\n{outline}", encoding="utf-8")
    (here / "chapters" / "00-new.md").write_text("New.\n", encoding="utf-8")
    (here / "summaries" / "00-new.md").write_text("It happened.\n", encoding="utf-8")
    ran = here.doit("epub")
    assert ran.status == 0, ran.out
    after = names(here)
    assert {title: after[title] for title in before} == before
    found = unzipped((here / "dist" / "book.epub").read_bytes())
    titled = {name: re.findall("<title>(.*?)</title>", text) for name, text in found.items() if "text/" in name}
    assert titled["EPUB/text/chapter-bottle.xhtml"] == ["The Bottle"]
    assert sorted(titled) == sorted(
        f"EPUB/text/{name}.xhtml"
        for name in ("cover", "title_page", "chapter-new", "part-1", "chapter-bottle", Path(before["灯"]).stem)
    )


CLAIMED = r"accessibilityFeature\">(\w+)<|accessMode\">(\w+)<|accessModeSufficient\">([\w,]+)<|Hazard\">(\w+)<"


@pytest.mark.parametrize(
    ("text", "claims", "line"),
    [
        ("One.", ["textual", "textual", "alternativeText", "none"], ""),
        ("![A lamp](lamp.png)", ["textual", "visual", "textual", "alternativeText", "none"], ""),
        (
            "![A lamp](lamp.png) ![](lamp.png) ![](lamp.png)",
            ["textual", "visual", "textual,visual", "none"],
            "2 pictures have no words for who cannot see them (chapter 1). Write some between the brackets of `![]`.\n",
        ),
    ],
)
def test_what_is_claimed_of_pictures_is_true_and_told_once(here: Here, text: str, claims: list[str], line: str) -> None:
    picture(here / "lamp.png")
    type_book(here, f"{text}\n", "The end.\n")
    ran = here.doit("epub", "html")
    assert (ran.status, ran.out.count("no words for who")) == (0, int(bool(line)))
    assert line in ran.out
    package = unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/content.opf"]
    found = ["".join(each) for each in re.findall(CLAIMED, package)]
    always = ("readingOrder", "structuralNavigation", "tableOfContents")
    assert [each for each in found if each not in always] == claims
    assert here.doit("epub", "html").out == "Everything is up to date.\n"


@pytest.mark.parametrize(("isbn", "code"), [("978-0-306-40615-7", "15"), ("0-306-40615-2", "02")])
def test_an_isbn_is_told_as_what_it_is(here: Here, isbn: str, code: str) -> None:
    type_book(here, settings=f"title: Lamp\nlanguage: en\nisbn: {isbn}\n")
    assert here.doit("epub").status == 0
    package = unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/content.opf"]
    assert f'property="identifier-type" scheme="onix:codelist5">{code}<' in package
    assert f">urn:isbn:{isbn.replace('-', '')}<" in package


def test_what_no_export_sets_is_told_in_one_line(here: Here) -> None:
    typed = "::: note\nSee [[Mara]] and [[Tom]].\n:::\n\n%%later%%\n\n\\newpage\n\n{frontmatter}\n\n<small>x</small>\n"
    type_book(here, typed, "| a | b |\n|---|---|\n| c | d |\n\nSee [[Mara]].\n")
    ran = here.doit("epub", "docx")
    line = (
        "printed as typed, since no export sets it: tables once (chapter 2), `[[…]]` 3 times (chapters 1, 2), "
        "`%%…%%` once (chapter 1), `:::` 2 times (chapter 1), commands of LaTeX once (chapter 1), "
        "attributes (`{…}`) once (chapter 1), tags of HTML 2 times (chapter 1). Take out what readers are not to see.\n"
    )
    assert ran.out.count(line) == 1
    assert here.doit("epub", "docx").out == "Everything is up to date.\n"


def test_verse_small_capitals_and_readings_are_set_in_each_format(here: Here) -> None:
    verse = "Roses  \nViolets\n"
    text = f"A [The Lamp]{{.smallcaps}}.\n\n{verse}\nThe <ruby>lamp<rt>light</rt></ruby> and ｜salt《sea》.\n"
    type_book(here, text, "The end.\n")
    ran = here.doit("epub", "html", "docx", "pdf")
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert "printed as typed" not in ran.out
    epub = unzipped((here / "dist" / "book.epub").read_bytes())["EPUB/text/chapter-bottle.xhtml"]
    for page in (epub, (here / "dist" / "book.html").read_text(encoding="utf-8")):
        assert '<span class="smallcaps">The Lamp</span>' in page
        assert '<div class="line-block">Roses<br />\nViolets</div>' in page
        assert "<ruby>lamp<rp>(</rp><rt>light</rt><rp>)</rp></ruby>" in page
        assert "<ruby>salt<rp>(</rp><rt>sea</rt><rp>)</rp></ruby>" in page
    made = docx.Document(str(here / "dist" / "book.docx"))
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.style and paragraph.style.name == "Verse"] == [
        "Roses\nViolets"
    ]
    markup = made.element.xml
    assert [
        run.font.small_caps for paragraph in made.paragraphs for run in paragraph.runs if run.text == "The Lamp"
    ] == [True]
    assert re.findall(r"<w:rt>.*?<w:t>(\w+)</w:t>.*?<w:rubyBase>.*?<w:t>(\w+)</w:t>", markup, re.DOTALL) == [
        ("light", "lamp"),
        ("sea", "salt"),
    ]
    pdf = " ".join(page.extract_text() for page in PdfReader(here / "dist" / "book.pdf").pages)
    for word in ("Roses", "Violets", "light", "lamp", "sea", "salt"):
        assert word in pdf


def test_a_book_in_a_script_that_no_font_here_has_is_made_and_what_to_install_is_said(here: Here) -> None:
    type_book(here, "々\U00030000「。」\n", "The end.\n", settings="title: Lamp\nlanguage: zh\n")
    ran = here.doit("pdf")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(
        r"^no font here has these Chinese or Japanese characters, .* Install Noto Serif CJK\.$", ran.out, re.MULTILINE
    )
    assert (here / "dist" / "book.pdf").exists()

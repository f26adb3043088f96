"""Prose may be anybody's: in no format does it run, or bring in what is not in the book."""

from __future__ import annotations

import html
import json
import re
import socket
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from in_process import Here
from PIL import Image
from pypdf import PdfReader
from typed import type_book

from novelist.export.footnotes import endless

OUTSIDE = "ROOT-TEXT-7731"
HOSTILE = f"""\
She typed <script>alert(1)</script> and <img src="x" onerror="alert(2)"> on the wall.

![a password](/etc/passwd) ![above](../above.png) ![a way out](way-out.png) ![a file](file:///etc/passwd)
![some data](data:image/png;base64,AAAA) ![the web](http://127.0.0.1:PORT/lamp.png) ![text](text.png)

\\input{{{OUTSIDE}.txt}} $\\input{{x}}$ #read("../{OUTSIDE}.txt") #import "x.typ" @label <label> // = no

[run me](javascript:alert(3)) [take it](file:///etc/passwd) [relative](../above.png) [go there](https://example.org)

<style>@import url("http://127.0.0.1:PORT/style.css");</style>

```{{=html}}
<script>alert(4)</script>
```

`<script>alert(5)</script>`{{=html}} `#panic()`{{=typst}} {{{{ 7 * 7 }}}} {{% raw %}}

<iframe src="http://127.0.0.1:PORT/frame"></iframe>
"""
LEFT_OUT = ["/etc/passwd", "../above.png", "way-out.png", "file:///etc/passwd", "text.png"]


@pytest.fixture
def hostile(here: Here, tmp_path: Path) -> Here:
    """A book whose author wants out of it; `above.png` and a text lie beside it."""
    Image.new("RGB", (9, 9), "red").save(tmp_path / "above.png")
    (tmp_path / f"{OUTSIDE}.txt").write_text(OUTSIDE)
    (here / "way-out.png").symlink_to(tmp_path / "above.png")
    (here / "text.png").write_text(f"{OUTSIDE} is no picture")
    return here


def shown(path: Path) -> str:
    """Return the words that a reader sees, whatever the format, without the space between them."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    elif path.suffix == ".html":
        text = _words(data.decode())
    else:
        with ZipFile(BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if re.search(r"text/ch|word/document", name)]
            text = "".join(_words(archive.read(name).decode()) for name in names)
    return re.sub(r"[\s\u00ad-]", "", text)


def _words(markup: str) -> str:
    """Return what stands between the tags."""
    from html import unescape

    return unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", markup, flags=re.DOTALL))


def contents(path: Path) -> bytes:
    """Return all that is in a file, unpacked."""
    if path.suffix in (".epub", ".docx"):
        with ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["epub", "pdf", "docx", "html"])
def test_hostile_prose_ends_as_words_or_not_at_all(hostile: Here, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as handler:
        handler.settimeout(0)
        text = HOSTILE.replace("PORT", str(handler.getsockname()[1]))
        type_book(
            hostile, text, "The end.\n", settings='title: "<script>alert(6)</script> #panic()"\nauthor: "</title>"\n'
        )
        ran = hostile.doit(kind)
        assert (ran.status, ran.err) == (0, ""), ran.out
        with pytest.raises(BlockingIOError):
            handler.accept()
    for name in LEFT_OUT:
        assert f"the picture `{name}` is left out: it is no PNG, JPEG or GIF in the book\n" in ran.out
    path = hostile / "dist" / f"book.{kind}"
    words = shown(path)
    for said in (
        'Shetyped<script>alert(1)</script>and<imgsrc="x"onerror="alert(2)">onthewall.',
        "apassword",
        f"\\input{{{OUTSIDE.replace('-', '')}.txt}}",
        "#importx.typ".replace("x.typ", "“x.typ”"),
        "@label<label>//=no",
        "runme",
        "<script>alert(4)</script>",
        "{{7*7}}{%raw%}",
    ):
        assert said in words, said
    found = contents(path)
    assert b"root:x:" not in found
    assert f"{OUTSIDE} is no picture".encode() not in found
    assert (hostile.root.parent / "above.png").read_bytes() not in found
    assert re.search(rb"""(src|href|Target)="?(javascript:|file:|\.\./above|/etc)""", found) is None
    assert b"/JavaScript" not in found
    assert re.search(rb"""<(script|iframe|img)[^>]*(alert|127\.0\.0\.1|/etc)""", found) is None


MARKUP = """en"><script>alert(1)</script> ]]> & <b> #read(../OUT) #panic() $x$ \\ @y <z> {{ 7 }} $title$ \u202e \x07'"""
# Straight marks are curled, and what no format can hold is gone.
SHOWN = MARKUP.replace('"', "”").replace("'", "’").replace("\x07", "")
TEXTS = ("title", "author", "publisher", "rights", "description", "series")
NO_CODE = "is no code such as `en` or `pt-BR`, so exports name no language.\n"


@pytest.mark.parametrize("kind", ["epub", "docx", "html", "pdf"])
def test_no_setting_becomes_markup(here: Here, kind: str) -> None:
    values = dict.fromkeys((*TEXTS, "language"), MARKUP) | {"subjects": [MARKUP, MARKUP]}
    type_book(
        here, "It *began*.\n", "The end.\n", settings="".join(f"{n}: {json.dumps(v)}\n" for n, v in values.items())
    )
    ran = here.doit(kind)
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert NO_CODE in ran.out
    assert "\x07" not in ran.out
    data = (here / "dist" / f"book.{kind}").read_bytes()
    if kind == "pdf":
        about = PdfReader(BytesIO(data)).metadata
        assert about is not None
        assert (about.title, about.author) == (SHOWN, SHOWN)
        return
    found = contents(here / "dist" / f"book.{kind}")
    assert re.search(rb"<(script|b)>alert|<b>", found) is None
    if kind == "html":
        assert b"<html dir=" in found
        assert html.escape(SHOWN).encode() in found
        return
    with ZipFile(BytesIO(data)) as archive:
        markup = [name for name in archive.namelist() if name.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels"))]
        read = [ET.fromstring(archive.read(name)) for name in markup]  # noqa: S314 - our own
    titles = [each.text for tree in read for each in tree.iter("{http://purl.org/dc/elements/1.1/}title")]
    assert titles == [SHOWN]


@pytest.mark.parametrize("language", ["British English", "en&", 'en"', "en-", "e", "deutsch", "en-US.UTF-8", "../en"])
def test_a_language_that_is_no_tag_is_in_no_markup(here: Here, language: str) -> None:
    type_book(here, settings=f"title: Lamp\nlanguage: {language}\n")
    ran = here.doit("epub", "html")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count(f"premise.md:3: `language: {language}` {NO_CODE}") == 1
    assert b"<dc:language>und</dc:language>" in contents(here / "dist" / "book.epub")
    assert b'<html dir="ltr"' in (here / "dist" / "book.html").read_bytes()
    assert here.doit("epub", "html").out == "Everything is up to date.\n"


@pytest.mark.parametrize("kind", ["epub", "docx", "html"])
def test_a_link_to_the_web_and_a_picture_of_the_book_stay(here: Here, kind: str) -> None:
    (here / "pictures").mkdir()
    Image.new("RGB", (9, 9), "green").save(here / "pictures" / "the lamp.png")
    type_book(here, "[Go](https://example.org/a?b=1&c=2) ![The lamp](pictures/the%20lamp.png)\n", "The end.\n")
    ran = here.doit(kind)
    assert (ran.status, ran.err) == (0, "")
    assert "left out" not in ran.out
    found = contents(here / "dist" / f"book.{kind}")
    assert b"https://example.org/a?b=1&amp;c=2" in found
    data = (here / "pictures" / "the lamp.png").read_bytes()
    if kind == "html":
        from base64 import b64encode

        data = b64encode(data)
    assert data in found


def test_a_picture_that_was_left_out_is_looked_for_again(here: Here) -> None:
    type_book(here, "![The lamp](lamp.png)\n", "The end.\n")
    told = "the picture `lamp.png` is left out: it is no PNG, JPEG or GIF in the book\n"
    assert told in here.doit("epub").out
    assert told in here.doit("epub").out
    Image.new("RGB", (9, 9), "green").save(here / "lamp.png")
    assert told not in here.doit("epub").out
    assert here.doit("epub").out == "Everything is up to date.\n"


@pytest.mark.parametrize("depth", [3000, 20_000])
def test_quotations_too_deep_for_any_reader_are_an_error_and_no_traceback(here: Here, depth: int) -> None:
    type_book(here, f"{'>' * depth} deep\n", "The end.\n")
    ran = here.doit("epub")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.endswith(
        "epub         failed: a chapter has lists, quotations or emphases too deep within one another. "
        "Write them flatter.\n"
    )


def test_a_footnote_that_leads_to_itself_is_named(here: Here) -> None:
    type_book(here, "One.[^a]\n\n[^a]: See [^b].\n\n[^b]: See [^a].\n", "Two.[^1]\n\n[^1]: a\n[^2]: b[^1]\n")
    ran = here.doit("epub")
    assert ran.status == 1
    assert "01-bottle.md: the footnote `[^a]` leads to itself" in ran.out + ran.err


def test_footnotes_that_double_are_an_error_before_they_are_read(here: Here) -> None:
    notes = "".join(f"[^{number}]: Rain.[^{number + 1}] And rain.[^{number + 1}]\n\n" for number in range(40))
    type_book(here, f"One.[^0]\n\n{notes}[^40]: The end.\n", "The end.\n")
    ran = here.doit("epub")
    assert ran.status == 1
    assert (
        "01-bottle.md: with its footnotes within footnotes it has 115,448,720,912,631 characters. "
        "Take marks out of their texts.\n"
    ) in ran.out


@pytest.mark.parametrize("count", [1, 3000])
def test_footnotes_of_a_long_row_lead_nowhere_and_those_in_a_circle_to_themselves(count: int) -> None:
    notes = "".join(f"[^{number}]: Rain.[^{number + 1}]\n\n" for number in range(count))
    assert endless(f"One.[^0]\n\n{notes}[^{count}]: The end.\n") == ""
    assert endless(f"One.[^0]\n\n{notes}[^{count}]: Again.[^0]\n") == "0"


def test_an_underlined_heading_opens_no_chapter(here: Here) -> None:
    type_book(here, "She left.\n---\nThe next day.\n\nBig\n===\n\n> # Quoted\n", "The end.\n")
    assert here.doit("epub").status == 0
    with ZipFile(here / "dist" / "book.epub") as archive:
        nav = archive.read("EPUB/nav.xhtml").decode()
        first = archive.read("EPUB/text/chapter-bottle.xhtml").decode()
    assert "She left" not in nav
    assert "Big" not in nav
    assert "<p>She left.</p>" in first
    assert "<hr />" in first
    assert "Quoted</h3>" in first


def test_links_in_a_circle_are_no_picture(here: Here) -> None:
    type_book(here, "![A lamp](a.png)\n", "![B](a.png)\n")
    (here / "a.png").symlink_to("a.png")
    ran = here.doit("epub")
    assert ran.status == 0
    assert "`a.png` is left out" in ran.out


@pytest.mark.parametrize("kind", ["epub", "pdf", "docx", "html"])
def test_a_damaged_picture_is_named(here: Here, kind: str) -> None:
    (here / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    type_book(here, "![The lamp](bad.png)\n", "The end.\n")
    ran = here.doit(kind)
    assert (ran.status, ran.err) == (1, "")
    told = f"the picture `{(here / 'bad.png').resolve()}` is damaged. Save it again, or take it out of its chapter."
    assert ran.out.endswith(f"{kind:12} failed: {told}\n")


@pytest.mark.parametrize("letter", ["א", "👩\u200d"])
def test_a_word_as_long_as_a_book_is_one_line(here: Here, letter: str) -> None:
    type_book(here, letter * 40_000, "The lamp was lit.\n")

    ran = here.doit("pdf")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "pdf          failed: Typst cannot set a chapter: a word in it is as long as a book. "
        "Look for a run of letters without a blank."
    )


def test_what_pandoc_does_not_come_to_an_end_with_is_given_up(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novelist.export.pandoc.LEAST_TIMEOUT", 0.5)
    monkeypatch.setattr("novelist.export.pandoc.SLOWEST", 1_000_000)
    type_book(here, "a" + "\u0301" * 60_000, "The lamp was lit.\n")

    ran = here.doit("html")

    assert ran.status == 1
    assert "it takes pandoc too long, or too much memory" in ran.out

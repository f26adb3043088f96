from __future__ import annotations

import json
import re
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from novelist.book.edition import Edition
from novelist.export import html
from novelist.export.manuscript import ExportChapter, ExportPart, Manuscript
from novelist.export.sanitize import Node, Sanitizer
from novelist.language import lookup

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.slow

HOSTILE = "</title></style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7 * 7 }} <!-- ]]>"
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
FEW_WORDS = "The lamp burned all night and nobody came, and in the morning the sea had gone. "
VOID = {"meta", "link", "img", "br", "hr", "path", "circle"}

Open = Callable[..., "Page"]


def text(words: str) -> Node:
    return {"t": "Str", "c": words}


def paragraph(*inlines: Node | str) -> Node:
    return {"t": "Para", "c": [text(each) if isinstance(each, str) else each for each in inlines]}


def note(words: str) -> Node:
    return {"t": "Note", "c": [paragraph(words)]}


def link(target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], [text("words")], [target, ""]]}


def picture(target: str, words: str = "") -> Node:
    return {"t": "Image", "c": [["", [], []], [text(words)] if words else [], [target, ""]]}


PROSE = [paragraph(FEW_WORDS * 8) for _ in range(20)]


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x60" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a book that has a cover and a wide picture."""
    (tmp_path / "cover.png").write_bytes(png(1600, 2560))
    (tmp_path / "wide.png").write_bytes(png(1800, 300))
    return tmp_path


def page_of(book: Manuscript) -> bytes:
    """Return the page of a book of which there is nothing to be noted."""
    return html.make(book, pytest.fail)


def manuscript(root: Path, contents: Sequence[str | tuple[str, list[Node]]], **told: Any) -> Manuscript:
    """Return a book of parts, each its heading, and of chapters, each its title and what pandoc read of it."""
    language = told.get("language", "en")
    sanitizer = Sanitizer(root, lookup.table(language).quotes)
    made: list[ExportPart | ExportChapter] = []
    number = 0
    for each in contents:
        if isinstance(each, str):
            made.append(ExportPart(each, f"part-{len(made)}"))
            continue
        number += 1
        made.append(ExportChapter(number, each[0], f"chapter-{number}", json.dumps(sanitizer.blocks(each[1]))))
    return Manuscript(
        title=told.get("title", "The Salt Lamp"),
        author=told.get("author", "Ines Halden"),
        language=language,
        edition=Edition(cover=root / "cover.png", **told.get("imprint", {})),
        contents=made,
        pictures=sanitizer.pictures,
        words=told.get("words", 1000),
        at=1_764_000_000,
        notes=[],
    )


def three(root: Path) -> Manuscript:
    noted = [*PROSE[:2], paragraph("With a note", note("What it says.")), *PROSE]
    return manuscript(root, ["The Arrival", ("The Bottle", noted), ("The Tide", PROSE), "The Leaving", ("Home", noted)])


@dataclass
class Parsed(HTMLParser):
    """What a browser would find in a page."""

    page: bytes
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the page."""
        super().__init__()
        self._open: list[str] = []
        self.feed(self.page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that has no content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which is the innermost one."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.texts.setdefault(self._open[-1] if self._open else "", []).append(data)

    def of(self, tag: str, attribute: str) -> list[str]:
        """Return an attribute of every element of a kind that has it."""
        return [attrs[attribute] or "" for name, attrs in self.elements if name == tag and attribute in attrs]

    def all_of(self, attribute: str) -> list[str]:
        """Return an attribute of every element that has it."""
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


def test_the_page_is_whole_in_itself(root: Path) -> None:
    page = Parsed(page_of(three(root)))
    assert all(each.startswith("data:image/") for each in page.all_of("src"))
    assert page.of("link", "href") == ["data:,"]
    assert all(each.startswith("#") for each in page.of("a", "href"))
    assert [name for name, _ in page.elements if name in ("style", "script")] == ["style", "script"]
    assert not re.search(r"url\(|@import|https?:", "".join(page.texts["style"] + page.texts["script"]))


def test_the_policy_allows_one_style_and_one_script_and_nothing_else(root: Path) -> None:
    page = Parsed(page_of(three(root)))
    style, script = (
        b64encode(sha256("".join(page.texts[tag]).encode()).digest()).decode() for tag in ("style", "script")
    )
    policy = f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    head = [attrs for name, attrs in page.elements if name == "meta"]
    assert head[:2] == [
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": f"{policy}base-uri 'none'; form-action 'none'"},
    ]


def test_no_text_of_a_book_becomes_markup(root: Path) -> None:
    prose = [
        paragraph(HOSTILE, note(HOSTILE), link("javascript:alert(1)"), link(f"https://example.org/{HOSTILE}")),
        paragraph(picture("wide.png", HOSTILE)),
        {"t": "RawBlock", "c": ["html", HOSTILE]},
        {"t": "CodeBlock", "c": [[HOSTILE, [HOSTILE], [[HOSTILE, HOSTILE]]], HOSTILE]},
        {"t": "Header", "c": [3, [HOSTILE, [], [["onclick", "alert(1)"]]], [text(HOSTILE)]]},
    ]
    edition = {"description": HOSTILE, "publisher": HOSTILE, "rights": HOSTILE, "series": HOSTILE, "volume": HOSTILE}
    made: list[str | tuple[str, list[Node]]] = [HOSTILE, (HOSTILE, prose)]
    page = Parsed(
        page_of(manuscript(root, made, title=HOSTILE, author=HOSTILE, language=f'en-"{HOSTILE}', edition=edition))
    )
    assert [name for name, _ in page.elements if name in ("style", "script", "title")] == ["title", "style", "script"]
    assert not [each for _, attrs in page.elements for each in attrs if each.startswith("on") or each == "style"]
    assert page.texts["title"] == [f"{HOSTILE} – {HOSTILE}"]
    assert page.texts["h1"] == [HOSTILE]
    assert page.of("html", "lang") == []
    assert page.of("img", "alt") == ["", HOSTILE]
    outside = [each for each in page.of("a", "href") if not each.startswith("#")]
    assert [each[:20] for each in outside] == ["https://example.org/"]


def test_every_identity_is_there_once_and_every_link_leads_to_one(root: Path) -> None:
    page = Parsed(page_of(three(root)))
    ids = page.all_of("id")
    assert len(ids) == len(set(ids))
    assert {each[1:] for each in page.of("a", "href")} <= set(ids)
    assert {"fn1", "fnref1", "fn2", "fnref2"} <= set(ids)


def test_the_contents_have_parts_and_chapters_in_order(root: Path) -> None:
    page = page_of(three(root)).decode()
    contents = page[page.index('<nav id="contents"') : page.index("</nav>")]
    assert re.findall(r'href="#([^"]+)"', contents) == ["part-0", "chapter-1", "chapter-2", "part-3", "chapter-3"]
    assert "<details>" not in contents


def test_the_contents_of_a_thousand_chapters_are_folded(root: Path) -> None:
    short = [paragraph("Short.")]
    page = page_of(manuscript(root, [(f"Night {night}", short) for night in range(1, 1001)])).decode()
    assert re.findall("<summary>(.*)</summary>", page)[:2] == ["1–50", "51–100"]
    assert page.count("<details>") == 20
    told: list[str | tuple[str, list[Node]]] = [
        ("Before", short),
        "One",
        *[("Night", short)] * 99,
        "Two",
        ("End", short),
    ]
    page = page_of(manuscript(root, told)).decode()
    assert re.findall("<summary>(.*)</summary>", page) == ["1", "One", "Two"]


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("UR", "rtl")]
)
def test_a_book_reads_in_the_direction_of_its_language(root: Path, language: str, direction: str) -> None:
    page = Parsed(page_of(manuscript(root, [("One", PROSE)], language=language)))
    assert [(attrs["lang"], attrs["dir"]) for name, attrs in page.elements if name == "html"] == [(language, direction)]


def test_a_picture_is_in_the_page_with_its_words(root: Path) -> None:
    prose = [paragraph(picture("wide.png", "The sea")), paragraph("Inside ", picture("wide.png"), " a line.")]
    page = page_of(manuscript(root, [("One", prose)]))
    sources = Parsed(page).of("img", "src")[1:]
    assert [b64decode(each.removeprefix("data:image/png;base64,")) for each in sources] == [png(1800, 300)] * 2
    assert Parsed(page).of("img", "alt")[1:] == ["The sea", ""]
    assert page.count(b'<p class="picture">') == 1


def test_an_indent_typed_by_hand_gives_way_to_that_of_the_page(root: Path) -> None:
    page = page_of(manuscript(root, [("瓶", [paragraph("\u3000吾輩は猫である。")])], language="ja")).decode()
    assert "<p>吾輩は猫である。</p>" in page


def test_a_page_says_only_what_the_book_has_said(root: Path) -> None:
    page = Parsed(page_of(manuscript(root, [("One", PROSE)], author="")))
    assert page.texts["title"] == ["The Salt Lamp"]
    assert page.of("meta", "name") == ["viewport", "color-scheme", "referrer"]
    assert "footer" not in [name for name, _ in page.elements]


def test_the_same_manuscript_gives_the_same_bytes(root: Path) -> None:
    assert page_of(three(root)) == page_of(three(root))


@pytest.fixture
def said() -> list[str]:
    """What a browser complained of."""
    return []


@pytest.fixture
def opened(browser: Browser, root: Path, said: list[str]) -> Iterator[Open]:
    """Open a book in a browser that is new in each test, as often as is asked; it may not complain."""
    contexts: list[BrowserContext] = []

    def opened(
        book: Manuscript | None = None, *, fragment: str = "", width: int = 390, scheme: str = "light", first: str = ""
    ) -> Page:
        file = root / "book.html"
        if book:
            file.write_bytes(page_of(book))
            told: Any = {"color_scheme": scheme, "viewport": {"width": width, "height": 844}}
            contexts.append(browser.new_context(**told))
            if first:
                contexts[-1].add_init_script(first)
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{file.as_uri()}{fragment}")
        page.locator(".read").wait_for()  # it is there once the page has come to its place
        return page

    yield opened
    for each in contexts:
        each.close()
    assert said == []


def reload(page: Page) -> None:
    """Load a page anew, and wait until it has come to its place."""
    page.reload()
    page.locator(".read").wait_for()


def at_top(page: Page, selector: str) -> float:
    """Return how far the top of an element is from that of the window."""
    return float(page.locator(selector).evaluate("element => element.getBoundingClientRect().top"))


def count(page: Page, told: str) -> None:
    """Wait until the page tells where it is."""
    from playwright.sync_api import expect

    expect(page.locator(".count")).to_have_text(told)


def read_into(page: Page, chapter: int) -> None:
    """Go to the middle of a chapter."""
    page.evaluate(f"document.querySelector('#chapter-{chapter} > p:nth-of-type(12)').scrollIntoView()")


def test_the_contents_lead_to_their_chapters(root: Path, opened: Open) -> None:
    page = opened(three(root))
    for number, title in enumerate(("The Bottle", "The Tide", "Home"), 1):
        page.get_by_role("navigation", name="Contents").get_by_role("link", name=title).click()
        assert at_top(page, f"#chapter-{number}") == pytest.approx(0, abs=1)
        count(page, f"{number} / 3")
        assert page.locator(".place").text_content() == title
        page.evaluate("scrollTo(0, 0)")
        count(page, "")
    page.get_by_role("link", name="Contents", exact=True).click()
    assert page.locator("#contents").evaluate("element => element.getBoundingClientRect().top") < 844 / 2


def test_progress_moves_from_nothing_to_all(root: Path, opened: Open) -> None:
    page = opened(three(root))
    bar = page.get_by_role("progressbar")
    values = []
    for told, where in (("", "0"), ("2 / 3", "document.getElementById('chapter-2').offsetTop + 900"), ("3 / 3", "1e9")):
        page.evaluate(f"scrollTo(0, {where})")
        count(page, told)
        values.append(float(bar.evaluate("element => element.value")))
    assert values[0] == 0
    assert 1 / 3 < values[1] < 2 / 3
    assert values[2] == 1


def test_the_place_is_remembered(root: Path, opened: Open) -> None:
    page = opened(three(root))
    read_into(page, 2)
    place = at_top(page, "#chapter-2 > p:nth-of-type(12)")
    reload(page)
    count(page, "2 / 3")
    assert at_top(page, "#chapter-2 > p:nth-of-type(12)") == pytest.approx(place, abs=2)
    page.close()
    again = opened()
    assert at_top(again, "#chapter-2 > p:nth-of-type(12)") == pytest.approx(place, abs=2)
    again.set_viewport_size({"width": 844, "height": 390})
    count(again, "2 / 3")
    assert abs(at_top(again, "#chapter-2 > p:nth-of-type(12)")) < 390


def test_a_link_to_a_chapter_wins_over_the_place(root: Path, opened: Open) -> None:
    page = opened(three(root))
    read_into(page, 1)
    page.close()
    assert at_top(opened(fragment="#chapter-3"), "#chapter-3") == pytest.approx(0, abs=1)


def test_a_link_to_a_chapter_has_no_say_once_one_has_read_on(root: Path, opened: Open) -> None:
    from playwright.sync_api import expect

    page = opened(three(root), fragment="#chapter-1")
    read_into(page, 2)
    expect(page).to_have_url((root / "book.html").as_uri())
    reload(page)
    count(page, "2 / 3")


def test_a_note_leads_there_and_back(root: Path, opened: Open) -> None:
    page = opened(three(root))
    page.locator("#fnref2").click()
    assert 0 <= at_top(page, "#fn2") < 844
    page.locator("#fn2 .footnote-back").click()
    assert 0 <= at_top(page, "#fnref2") < 844


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_follows_the_system_until_it_is_switched(root: Path, opened: Open, scheme: str, other: str) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page = opened(three(root), scheme=scheme)
    button = page.get_by_role("button", name="Dark theme")
    own = page.evaluate(ground)
    assert button.get_attribute("aria-pressed") == str(scheme == "dark").lower()
    button.click()
    switched = page.evaluate(ground)
    assert switched != own
    reload(page)
    assert page.evaluate(ground) == switched
    assert button.get_attribute("aria-pressed") == str(other == "dark").lower()
    button.click()
    reload(page)
    assert page.evaluate(ground) == own
    page.emulate_media(color_scheme="dark" if other == "dark" else "light")
    assert page.evaluate(ground) == switched


def test_a_browser_that_keeps_nothing_shows_the_book_all_the_same(root: Path, opened: Open) -> None:
    page = opened(
        three(root), first="Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }});"
    )
    page.get_by_role("button", name="Dark theme").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    read_into(page, 2)
    count(page, "2 / 3")
    page.close()
    count(opened(), "")


def test_what_is_put_into_the_page_neither_runs_nor_loads(root: Path, opened: Open, said: list[str]) -> None:
    page = opened(three(root))
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        '\'<img src="http://127.0.0.1:9/x.png" onerror="document.title = 1"><p style="color: red">\')'
    )
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'document.title = 1'}))")
    assert page.title() == "The Salt Lamp – Ines Halden"
    assert len(said) >= 3
    assert all("Content Security Policy" in each for each in said)
    said.clear()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(root: Path, opened: Open, width: int) -> None:
    prose = [
        *PROSE,
        paragraph(LONG_WORD, note(LONG_WORD)),
        paragraph(picture("wide.png")),
        {"t": "CodeBlock", "c": [["", [], []], "x" * 300]},
        {"t": "Header", "c": [3, ["", [], []], [text(LONG_WORD)]]},
        {"t": "BlockQuote", "c": [{"t": "BulletList", "c": [[paragraph(LONG_WORD)], PROSE[:1]]}]},
        {"t": "HorizontalRule"},
    ]
    edition = {"series": LONG_WORD, "publisher": LONG_WORD, "rights": LONG_WORD}
    named = {"title": LONG_WORD, "author": LONG_WORD, "imprint": edition}
    for language in ("en", "he"):
        page = opened(manuscript(root, [LONG_WORD, (LONG_WORD, prose)], language=language, **named), width=width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.soak
def test_a_very_long_book_keeps_its_place_too(root: Path, opened: Open) -> None:
    from playwright.sync_api import expect

    page = opened(manuscript(root, [(f"Night {night}", PROSE) for night in range(200)], words=html.LONG_BOOK + 1))
    page.locator("summary", has_text="101–150").click()
    page.get_by_role("link", name="Night 119", exact=False).click()
    assert at_top(page, "#chapter-120") == pytest.approx(0, abs=1)
    reload(page)
    count(page, "120 / 200")
    assert at_top(page, "#chapter-120") == pytest.approx(0, abs=1)
    read_into(page, 130)
    expect(page).to_have_url((root / "book.html").as_uri())
    place = at_top(page, "#chapter-130 > p:nth-of-type(12)")
    reload(page)
    count(page, "130 / 200")
    assert at_top(page, "#chapter-130 > p:nth-of-type(12)") == pytest.approx(place, abs=2)


def test_in_print_chapters_begin_pages_and_there_are_no_buttons(root: Path, opened: Open) -> None:
    page = opened(three(root), scheme="dark")
    page.emulate_media(media="print")
    for selector in (".bar", ".read", ".skip", ".cover"):
        assert not page.locator(selector).is_visible()
    breaks = page.evaluate(
        "[...document.querySelectorAll('section.chapter')].map(e => getComputedStyle(e).breakBefore)"
    )
    assert breaks == ["page"] * 3
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_the_keyboard_skips_to_the_text(root: Path, opened: Open) -> None:
    page = opened(three(root))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"

"""What a writer sees of the studio in a real browser: nothing is cut, covered or slanted, links lead there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Window, flaws
from visiting import type_book

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SENTENCE = "Mara keeps the light, and whoever comes by must say where from. "
CAUGHT = "A gull is caught."
IN_SIGHT = """
() => {
  const field = document.getElementById("text"), above = field.cloneNode();
  above.value = field.value.slice(0, field.selectionEnd);
  Object.assign(above.style, { inlineSize: `${field.offsetWidth}px`, blockSize: 0, minBlockSize: 0 });
  field.after(above);
  const end = above.scrollHeight - field.scrollTop;
  above.remove();
  return end > 0 && end <= field.clientHeight;
}
"""


def selected(page: Page) -> str:
    """Return what is selected in the text of a page, which must be in sight there."""
    page.wait_for_function("getSelection().toString()")
    assert page.evaluate(IN_SIGHT)
    return str(page.evaluate("getSelection().toString()"))


@pytest.mark.parametrize("width", [390, 1280])
def test_no_title_is_too_long_for_a_page(tmp_path: Path, studio: Callable[..., Window], width: int) -> None:
    outline = f"# {LONG}\n\n## 1. The Bottle\n\n## 2. {LONG} {{#lamp}}\n\n## 3. The Ferry\n\n{LONG}\n\n## 4. The End\n"
    root = type_book(tmp_path / "salt", **{"outline.md": outline, "bible.md": f"## {LONG}\n\nShe rows.\n"})
    page = studio(root).page(viewport={"width": width, "height": 844})
    for path in ("", "outline", "bible", "build", "chapter/1", "chapter/3", "chapter/2/beside/section", "search?q=the"):
        page.goto(f"{page.url.partition('/book/')[0]}/book/salt/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    page.goto(f"{page.url.partition('/book/')[0]}/book/salt/chapter/3")
    turned = page.locator(".turn a").first.bounding_box()
    assert turned is not None
    assert turned["width"] <= width / 2


def test_no_button_lies_over_the_fields_of_a_new_book(tmp_path: Path, studio: Callable[..., Window]) -> None:
    (tmp_path / "shelf").mkdir()
    page = studio(tmp_path / "shelf").page("/new", viewport={"width": 1280, "height": 700})
    for field in page.locator("main input:not([type=hidden])").all():
        field.scroll_into_view_if_needed()
        assert field.evaluate(
            "one => { const at = one.getBoundingClientRect();"
            "return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === one }"
        )


def test_a_link_leads_to_its_line_however_long_the_lines_before_it_are(
    tmp_path: Path, studio: Callable[..., Window]
) -> None:
    sections = [f"## {number}. Day {number}\n\n{SENTENCE * 12}" for number in range(1, 31)]
    root = type_book(tmp_path / "salt", **{"outline.md": "\n\n".join(sections) + "\n"})
    (root / "chapters" / "01-bottle.md").unlink()
    before = "\n\n".join([SENTENCE * 12] * 30)
    (root / "bible.md").write_text(f"## Mara\n\n{before}\n\n## Gulls\n\n{CAUGHT}\n")
    page = studio(root).page("/book/salt/outline")
    page.get_by_role("link", name="Day 29", exact=True).click()
    assert selected(page) == "## 29. Day 29"
    page.get_by_role("searchbox").fill("gull")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=CAUGHT).click()
    page.wait_for_url("**/bible#line-*")
    assert selected(page) == CAUGHT


@pytest.mark.parametrize(("language", "direction"), [("ja", "ltr"), ("ar", "rtl")])
def test_what_is_never_slanted_in_a_script_is_not_in_the_studio(
    tmp_path: Path, studio: Callable[..., Window], language: str, direction: str
) -> None:
    root = type_book(tmp_path / "salt", **{"chapters/01-bottle.md": "瓶 *手紙* رسالة\n"})
    premise = root / "premise.md"
    premise.write_text(premise.read_text().replace("language: en", f"language: {language}"))
    page = studio(root).page("/book/salt/")
    # In one step: a page that hears of a change puts other elements in the place of these.
    style = (
        "what => (({fontStyle, direction}) => [fontStyle, direction])(getComputedStyle(document.querySelector(what)))"
    )
    for path, what in (("", "h3.part"), ("chapter/1", "main em"), ("chapter/1", ".turn a span[lang]")):
        page.goto(f"{page.url.partition('/book/')[0]}/book/salt/{path}")
        page.locator(what).first.wait_for()
        assert page.evaluate(style, what) == ["normal", direction], what


def test_what_is_read_as_one_types_needs_no_button(tmp_path: Path, studio: Callable[..., Window]) -> None:
    window = studio(type_book(tmp_path / "salt"))
    page = window.page("/book/salt/premise")
    assert page.get_by_role("button", name="Read it").count() == 0
    page.locator("#text").fill("---\nwords: many\n---\nA letter.\n")
    page.locator("#problem", has_text="“words: many” is neither").wait_for()
    page.locator("#text").fill("---\nwords: 40\n---\nA letter.\n")
    page.locator("#problem").wait_for(state="detached")
    plain = window.page("/book/salt/premise", java_script_enabled=False)
    plain.locator("#text").fill("---\nwords: many\n---\nA letter.\n")
    plain.get_by_role("button", name="Read it").click()
    plain.locator("#problem", has_text="“words: many” is neither").wait_for()


def test_the_text_that_comes_is_reached_by_keys(tmp_path: Path, studio: Callable[..., Window]) -> None:
    root = type_book(tmp_path / "salt")
    coming = root / ".novelist" / "partial" / "lamp.part"
    coming.parent.mkdir(parents=True)
    coming.write_text('{"stamp": {}}\n' + SENTENCE * 40)
    os.utime(coming, (time.time() + 3600,) * 2)  # so that it counts as written just now for as long as this takes
    page = studio(root).page("/book/salt/build", viewport={"width": 390, "height": 600})
    page.locator("#text", has_text=SENTENCE).wait_for()
    assert page.evaluate("(one => one.scrollHeight > one.clientHeight)(document.getElementById('text'))")
    assert flaws(page) == []

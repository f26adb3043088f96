"""The studio in a real browser: it follows the files, is whole without scripts, and builds as a terminal does."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Window, flaws, text_of
from finished import C3, PLANNED, finish
from in_process import Here, body
from rippling import answer, edit, write_story
from scripted import Reply, Request, Scripted, prose, rest, write_book
from shelf import Shelf
from visiting import type_book

if TYPE_CHECKING:
    from playwright.sync_api import Dialog

RUNS = "document.title='ran'"
HOSTILE = f'</title></style></script><script>{RUNS}</script>"\'><img src=x onerror="{RUNS}">'


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        (1280, "light"),
        pytest.param(390, "light", marks=pytest.mark.soak),
        pytest.param(1280, "dark", marks=pytest.mark.soak),
    ],
)
def test_a_book_fits_each_screen_in_both_themes(
    finished: Here, studio: Callable[[], Window], width: int, scheme: str
) -> None:
    finished.edit("outline.md", "Mara lights the lamp.", "Mara burns the lamp.")
    window = studio()
    page = window.page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.get_by_text("To draft: 1 chapter, 1 summary").wait_for()
    assert page.title() == "The Salt Lamp — Studio"
    home = page.url
    chapter = ("chapter/3", "chapter/3/edit", "chapter/3/beside/section", "chapter/3/alternatives")
    for path in ("", *chapter, "build", "premise", "bible", "outline", "search?q=mara", "spent"):
        page.goto(f"{home}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == {"light": "rgb(251, 249, 244)", "dark": "rgb(24, 23, 21)"}[scheme]
        assert page.locator(".top").bounding_box()["height"] < 60  # type: ignore[index] # it is there
        assert flaws(page) == []
    page.goto(f"{home}chapter/3")
    prose_at, panel_at = (page.locator(each).bounding_box() for each in ("#main", "#side"))
    assert prose_at is not None
    assert panel_at is not None
    assert (prose_at["y"] < panel_at["y"]) == (width < 1000)
    if width < 1000:
        page.get_by_role("link", name="About this chapter").click()
        assert page.evaluate("document.getElementById('side').getBoundingClientRect().top < innerHeight / 2")


def test_pages_follow_the_files_in_two_windows(finished: Here, studio: Callable[[], Window]) -> None:
    window = studio()
    pages = [window.page(f"/book/{finished.root.name}/"), window.page(f"/book/{finished.root.name}/chapter/3")]
    finished.edit("outline.md", "## 3. The Lamp", "## 3. The Broken Lamp")
    finished.edit(C3, "\n---\n\n", "\n---\n\nMara *slept*. ")
    pages[0].locator(".title", has_text="The Broken Lamp").wait_for()
    pages[1].locator("em", has_text="slept").wait_for()
    pages[1].get_by_text("Marked is what was typed by hand.").wait_for()


def test_it_is_whole_without_scripts(finished: Here, studio: Callable[[], Window]) -> None:
    window = studio()
    page = window.page(java_script_enabled=False)
    page.get_by_role("link", name="What it would do, and its price").click()
    assert "Nothing to draft." in text_of(page)
    page.get_by_role("link", name="3 The Lamp").first.click()
    assert body((finished / C3).read_text())[:20] in text_of(page)
    page.get_by_text("Decide").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    assert text_of(page, "[role=status]") == "chapter:03 is kept as it is, whatever changes."
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("The text of the chapter").fill("Mara slept.\n\nShe woke.")
    page.get_by_role("button", name="Save").click()
    assert text_of(page, "[role=status]") == "Saved. What was there is in its history."
    assert (finished / C3).read_text().endswith("\n---\n\nMara slept.\n\nShe woke.\n")


def test_books_come_onto_an_empty_shelf_without_scripts(tmp_path: Path, studio: Callable[..., Window]) -> None:
    (tmp_path / "shelf").mkdir()
    page = studio(tmp_path / "shelf").page(java_script_enabled=False)
    page.get_by_role("link", name="New book").click()
    page.get_by_label("What is it about?").fill("A letter in a bottle.\n\nIt is wet.")
    page.get_by_label("Chapters").fill("many")
    page.get_by_role("button", name="Make it").click()
    assert "“chapters: many” is neither" in text_of(page, "main [role=alert]")
    page.get_by_label("Chapters").fill("3")
    page.get_by_role("button", name="Make it").click()
    assert "The book is there." in text_of(page, "[role=status]")
    assert (tmp_path / "shelf" / "a-letter-in-a-bottle" / "premise.md").read_text().endswith(".\n\nIt is wet.\n")
    page.get_by_role("link", name="Shelf").click()
    page.get_by_role("link", name="Import one").click()
    both = [("02 Süß.md", "# Süß\n\nIt burned.\n"), ('01 A "b".md', "# The Bottle\n\nShe wept.\n")]
    for name, text in both:
        (tmp_path / name).write_text(text)
    page.get_by_label("Its file").set_input_files([tmp_path / name for name, _ in both])
    page.get_by_label("Title").fill("Zwei Flüsse")
    page.get_by_role("button", name="Import").click()
    assert "Its chapters are yours." in text_of(page, "[role=status]")
    chapters = tmp_path / "shelf" / "zwei-flüsse" / "chapters"
    assert [path.name for path in sorted(chapters.iterdir())] == ["01-the-bottle.md", "02-süss.md"]
    assert (chapters / "02-süss.md").read_text() == "It burned.\n"


def test_no_title_and_no_prose_runs(finished: Here, studio: Callable[[], Window]) -> None:
    finished.edit("premise.md", "title: The Salt Lamp", f"title: {json.dumps(HOSTILE)}")
    finished.edit("outline.md", "## 3. The Lamp", f"## 3. {HOSTILE}")
    finished.edit(C3, "\n---\n\n", f"\n---\n\n{HOSTILE}\n\n")
    window = studio()
    page = window.page()
    page.get_by_text("chapters,").or_(page.get_by_text("Nothing to draft.")).first.wait_for()
    for path in ("", "chapter/3", "chapter/3/edit", "build", "premise", "outline"):
        page.goto(f"{window.base}/book/{finished.root.name}/{path}")
        assert page.title() != "ran"
        assert page.locator("main script, main img").count() == 0


def test_the_outline_is_put_in_order_by_keys_and_read_as_it_is_typed(
    finished: Here, studio: Callable[[], Window]
) -> None:
    before = (finished / "outline.md").read_text()
    page = studio().page(f"/book/{finished.root.name}/outline")
    page.get_by_role("link", name="The Lamp", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator("#said", has_text="The Lamp stands behind The Bottle now").wait_for(state="attached")
    assert page.evaluate("document.activeElement.textContent") == "The Lamp"
    assert page.evaluate("document.activeElement.closest('li').id") == "chapter-2"
    assert "## 2. The Lamp" in (finished / "outline.md").read_text()
    assert "## 2. The Lamp" in page.input_value("#text")
    page.keyboard.press("Alt+ArrowDown")
    page.locator("#said", has_text="The Lamp stands behind The Second Tide now").wait_for(state="attached")
    assert (finished / "outline.md").read_text() == before
    page.get_by_role("link", name="The Bottle", exact=True).focus()
    for way, place in (("Down", 4), ("Up", 1)):
        for _ in range(3):  # faster than the page says what comes of it
            page.keyboard.press(f"Alt+Arrow{way}")
        page.locator(f"#chapter-{place} .title", has_text="The Bottle").wait_for()
    assert (finished / "outline.md").read_text() == before
    page.fill("#text", page.input_value("#text").replace("{#the-bottle", "{words=x #the-bottle"))
    link = page.locator("#problem a")
    link.wait_for()
    line = int(link.inner_text().removeprefix("Line "))
    assert "words=x" in page.input_value("#text").split("\n")[line - 1]
    link.click()
    assert "words=x" in page.evaluate("getSelection().toString()")
    page.fill("#text", page.input_value("#text").replace("{words=x #the-bottle", "{words=30-60 #the-bottle"))
    finished.edit("outline.md", "Mara lights the lamp.", "Mara burns the lamp.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The file was changed while you edited it").wait_for()
    assert flaws(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    after = (finished / "outline.md").read_text()
    assert "Mara burns the lamp." in after
    assert "{words=30-60 #the-bottle" in after


def test_a_button_ends_it_and_every_window_says_so(finished: Here, studio: Callable[..., Window]) -> None:
    window = studio()
    page = window.page()
    home = f"/book/{finished.root.name}/"
    others = [window.page(f"{home}{path}") for path in ("", "build", "chapter/3/edit", "outline")]
    assert not any(other.get_by_role("alert").is_visible() for other in others)
    page.get_by_role("button", name="End").click()
    page.get_by_role("heading", name="End the studio?").wait_for()
    assert flaws(page) == []
    page.get_by_role("button", name="End it").click()
    page.get_by_role("heading", name="The studio has ended").wait_for()
    assert flaws(page) == []
    for other in others:
        other.get_by_role("alert").get_by_text("The studio has ended.").wait_for()
    assert flaws(others[0]) == []
    assert window.process.wait(20) == 0
    assert finished.root.is_dir()


def test_a_shelf_follows_its_books_and_says_that_it_has_ended(tmp_path: Path, studio: Callable[..., Window]) -> None:
    shelf = tmp_path / "shelf"
    salt = type_book(shelf / "salt")
    window = studio(shelf)
    page = window.page()
    others = [page, *map(window.page, ("/new", "/import", "/book/salt/search?q=Mara"))]
    text = "A lighthouse keeper finds a letter."
    others[1].get_by_label("What is it about?").fill(text)
    (salt / "premise.md").write_text("---\ntitle: The Second Tide\n---\nA letter.\n", encoding="utf-8")
    page.get_by_text("The Second Tide").wait_for()
    type_book(shelf / "rain")
    page.get_by_role("link", name="The Salt Lamp").wait_for()
    window.process.send_signal(signal.SIGINT)
    for other in others:
        other.get_by_role("alert").get_by_text("The studio has ended.").wait_for()
    assert others[1].get_by_label("What is it about?").input_value() == text
    assert window.process.wait(20) == 0


def test_a_build_is_stopped_and_gone_on_with(book: Shelf, server: Scripted, studio: Callable[[], Window]) -> None:
    usual = write_book()
    whole = {number: prose(50, number) for number in range(1, 6)}
    slow = {"pause": 0.2}

    def script(request: Request) -> Reply:
        kind, _, number = request.task.partition(":")
        if kind == "chapter":
            return Reply(rest(whole[int(number)], request.begun), piece=10, pause=slow["pause"] if number == "2" else 0)
        return usual(request)

    server.script = script
    server.on("outline", json.dumps(PLANNED))
    window = studio()
    page = window.page(f"/book/{book.root.name}/build")
    page.get_by_role("button", name="Build", exact=True).click()
    page.get_by_text("chapter:01 drafted: The Bottle").wait_for()
    page.locator("#text", has_text=whole[2][:60]).wait_for()
    page.locator("#about", has_text="The Second Tide").wait_for()  # the summary before it may come in between
    other = window.page(f"/book/{book.root.name}/")
    other.get_by_text("1 of 5 chapters").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Stopped").wait_for()
    assert "Stopped. Every finished file is safe" in text_of(page)
    assert not list((book / "chapters").glob("02-*"))
    slow["pause"] = 0
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Built").wait_for()
    assert "The book is book.md." in text_of(page)
    other.get_by_text("5 of 5 chapters").wait_for()
    assert body(book.chapter(2).read_text()) == whole[2]
    begun = [request.begun for request in server.requests if request.task == "chapter:2"]
    assert whole[2].startswith(begun[1])
    assert begun[1]


def test_a_cascade_and_the_edits_of_a_revision_are_decided_by_clicks(
    here: Here, server: Scripted, studio: Callable[[], Window]
) -> None:
    write_story(here, server)
    server.on("revise:3", answer(edit(4, "Odile shouted."), edit(6, "Nobody answered.")))
    here.edit("premise.md", "words: 80-160", "words: 90-160")
    here.edit("outline.md", "## 5. The Letter", f"## 5. {'Letter' * 20}")
    window = studio()
    page = window.page(f"/book/{here.root.name}/build", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.get_by_role("button", name="Build", exact=True).click()
    page.get_by_role("heading", name="It asks you").wait_for()
    assert flaws(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Keep them all").click()
    page.get_by_role("heading", name="Built").wait_for()
    assert "1-5 stay as they are until something else changes, as you said." in text_of(page)

    before = body(here.chapter(3).read_text()).split("\n\n")
    page.goto(f"{window.base}/book/{here.root.name}/chapter/3")
    page.get_by_role("link", name="Revise, redo, review").click()
    assert flaws(page) == []
    page.get_by_label("What is to be otherwise", exact=True).fill("Odile is angry")
    page.get_by_role("button", name="Revise").click()
    page.get_by_role("heading", name="It asks you").wait_for()
    assert flaws(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_label("Take this one").first.uncheck()
    page.get_by_role("button", name="Take those chosen").click()
    page.get_by_role("heading", name="Revised").wait_for()
    page.get_by_role("link", name="To the chapter").click()
    assert "Nobody answered." in text_of(page)
    after = body(here.chapter(3).read_text()).split("\n\n")
    assert after == [*before[:5], "Nobody answered.", *before[6:]]


def test_findings_and_notes_are_at_hand_beside_the_text(book: Shelf, studio: Callable[[], Window]) -> None:
    type_book(
        book.root,
        **{
            "bible.md": "# People\n\n## Eskil\n\nHe has two brothers.\n",
            "chapters/01-bottle.md": "Mara slept.\n\nTODO: more.\n\nEskil, who has three brothers, wept all night.\n",
            "reviews/01-bottle.md": "- **must** He wept too soon.\n  > “wept all night”\n",
        },
    )
    window = studio()
    page = window.page(f"/book/{book.root.name}/chapter/1", viewport={"width": 390, "height": 844})
    page.get_by_text("Findings (4)").click()
    page.get_by_role("link", name="3 brothers, and elsewhere 2").click()
    assert page.url.endswith("/chapter/1#p-3")
    page.locator("#f-3 > summary").press("Enter")
    page.locator("#f-3").get_by_text("“He has two brothers.” bible.md:5").wait_for()
    (book / "reviews" / "01-bottle.md").write_text("- **may** He wept too late.\n  > “wept all night”\n")
    page.locator("#f-3").get_by_text("He wept too late.").wait_for()
    assert flaws(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#f-3").get_by_role("button", name="Strike").click()
    assert text_of(page, "[role=status]").startswith("It is crossed out: ")
    page.get_by_text("Notes", exact=True).click()
    page.get_by_role("link", name="Write one").click()
    page.get_by_label("What you ask of the chapter").fill("- More salt.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Notes (1)").click()
    page.get_by_text("No build revises it: you wrote it.").wait_for()
    assert (book / "notes" / "01-bottle.md").read_text() == "- More salt.\n"


@pytest.mark.parametrize("scripts", [True, False])
def test_who_goes_back_to_what_they_typed_writes_over_nothing_that_came_meanwhile(
    book: Shelf, studio: Callable[[], Window], *, scripts: bool
) -> None:
    type_book(book.root, **{"chapters/01-bottle.md": "Mara slept.\n\nShe woke.\n"})
    window, home = studio(), f"/book/{book.root.name}/"
    for path, file in (("chapter/1/edit", "chapters/01-bottle.md"), ("bible", "bible.md")):
        mine, theirs = ("Mara slept.\n\nMine." if file != "bible.md" else "## Mara\n\nMine."), "Theirs.\n\nShe woke.\n"
        page = window.page(f"{home}{path}", java_script_enabled=scripts)
        page.on("dialog", lambda dialog: dialog.accept())
        page.fill("#text", mine)
        (book / file).write_text(theirs)
        page.get_by_role("button", name="Save").click()
        page.get_by_text("nothing is saved yet").wait_for()
        page.go_back()
        page.get_by_text("nothing is saved yet").wait_for(state="detached")
        assert page.input_value("#text") == (mine if scripts else theirs.strip())
        page.get_by_role("button", name="Save").click()
        page.get_by_text("nothing is saved yet" if scripts else "The file says that already.").wait_for()
        assert (book / file).read_text() == theirs


def test_what_is_typed_is_left_by_no_other_form_unasked(book: Shelf, studio: Callable[[], Window]) -> None:
    type_book(book.root)
    window, home = studio(), f"/book/{book.root.name}/"
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    for path, button in (("chapter/1/edit", "End"), ("outline", "End"), ("outline", "Move down: The Bottle")):
        page = window.page(f"{home}{path}")
        page.on("dialog", stay)
        page.locator("#text").press_sequentially("Typed. ")
        page.get_by_role("button", name=button, exact=True).evaluate("each => each.form.requestSubmit(each)")
        assert "Typed. " in page.input_value("#text")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Saved.").wait_for()
    assert asked == ["beforeunload"] * 3


def test_what_is_typed_while_a_chapter_moves_stays(book: Shelf, studio: Callable[[], Window]) -> None:
    type_book(book.root)
    page = studio().page(f"/book/{book.root.name}/outline")
    page.evaluate(
        """() => {
            const real = fetch;
            window.fetch = async (...given) => {
                const answer = await real(...given);
                if (String(given[0]).endsWith("/outline/move")) document.getElementById("text").value += "Typed.";
                return answer;
            };
        }"""
    )
    page.get_by_role("button", name="Move down: The Bottle").click()
    page.locator("#said", has_text="The Bottle stands behind The Lamp now").wait_for(state="attached")
    assert page.input_value("#text").endswith("Eskil rows.Typed.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("nothing is saved yet").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    text = (book / "outline.md").read_text()
    assert text.endswith("Eskil rows.Typed.\n")
    assert text.index("The Lamp") < text.index("The Bottle")


def test_who_clicks_twice_makes_one_book_and_is_led_to_it(tmp_path: Path, studio: Callable[..., Window]) -> None:
    (tmp_path / "shelf").mkdir()
    page = studio(tmp_path / "shelf").page("/new")
    page.get_by_label("What is it about?").fill("A letter in a bottle.")
    make = page.get_by_role("button", name="Make it")
    make.evaluate("each => { for (const wait of [0, 20, 40, 60]) setTimeout(() => each.click(), wait); }")
    page.get_by_text("The book is there.").wait_for()

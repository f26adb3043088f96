"""What is asked of a model in the studio is what the verbs do, and what these ask is answered by boxes and buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from finished import finish
from in_process import Here, body
from rippling import answer, edit, write_story
from running import wait_for
from scripted import Scripted
from visiting import Answer, Visitor, type_book

from novelist.book.paths import Book
from novelist.studio.routes.asking import command_of
from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDITED = ["chapter:2", "summary:2"]
HOSTILE = "<script>document.title='ran'</script>"


@pytest.fixture
def visitor(here: Here, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """A browser with the studio of the book, whose commands write with the scripted server."""
    for name, value in here.environ.items():
        monkeypatch.setenv(name, value)
    visitor = Visitor.of(here.root)
    yield visitor
    visitor.studio.close()


def home(book: Here, more: str = "") -> str:
    return f"/book/{book.root.name}/{more}"


def page_when(visitor: Visitor, book: Here, heading: str) -> Answer:
    """Return the page of what runs once it has this heading."""
    page = visitor.get(home(book, "build"))

    def there() -> bool:
        nonlocal page
        page = visitor.get(home(book, "build"))
        return f"<h1>{heading}</h1>" in page.text

    wait_for(there)
    assert f"<h1>{heading}</h1>" in page.text
    return page


def test_an_outline_is_drafted_before_the_rest_is_paid_for(here: Here, visitor: Visitor, server: Scripted) -> None:
    page = visitor.get(home(here, "build"))
    shown = re.fullmatch(
        ".* To draft: the bible, the outline, 5 chapters, 5 summaries, about ([0-9,]+) tokens.* As far as the outline, "
        "to be read and edited before the rest is paid for: the bible, the outline, about ([0-9,]+) tokens.*",
        page.words,
    )
    assert shown, page.words
    whole, first = (int(tokens.replace(",", "")) for tokens in shown.groups())
    assert first < whole
    assert '<button name="until" value="outline">' in page.text
    visitor.post(home(here, "build"), {"until": "outline"})
    built = page_when(visitor, here, "Built")
    assert (here / "outline.md").is_file()
    assert not (here / "chapters").exists()
    assert {request.task for request in server.requests} == {"bible", "outline"}
    assert "To draft: 5 chapters, 5 summaries" in built.words
    assert 'value="outline"' not in built.text


def reply(visitor: Visitor, book: Here, page: Answer, word: str, *chosen: int) -> None:
    """Answer what a page asks, by a button and boxes."""
    assert f'name="answer" value="{word}"' in page.text
    asked = re.findall(r'name="asked" value="(\d+)"', page.text)[0]
    boxes = {f"chosen-{number}": "on" for number in chosen}
    assert all(f'name="{box}" checked' in page.text for box in boxes)
    assert visitor.post(home(book, "build/answer"), {"asked": asked, "answer": word, **boxes}).status == 303


def begin(visitor: Visitor, book: Here, what: str, **fields: str) -> Answer:
    """Ask for something about chapter 3, as its page offers it."""
    page = visitor.get(home(book, "chapter/3/ask"))
    assert f'name="what" value="{what}"' in page.text
    identity = re.findall(r'name="id" value="([^"]*)"', page.text)[0]
    return visitor.post(home(book, "chapter/3/ask"), {"id": identity, "what": what, **fields})


def text(book: Here) -> list[str]:
    """Return the paragraphs of chapter 3."""
    return body(book.chapter(3).read_text()).split("\n\n")


def test_a_build_asks_and_replaces_those_chosen(here: Here, server: Scripted, visitor: Visitor) -> None:
    finish(here, server)
    here.edit("outline.md", "Mara walks", "Mara runs")
    here.edit("outline.md", "## 5. The Letter", f"## 5. {HOSTILE}")
    visitor.post(home(here, "build"))
    page = page_when(visitor, here, "It asks you")
    ending = visitor.get("/end")
    assert f"{here.root.name}: Building" in ending.words
    assert f'<a href="{home(here, "build")}">' in ending.text
    assert "<script>document" not in page.text
    begun = (
        "Finished chapters are about to be drafted again, because the story before it changed. At most 3 chapters, 3 "
    )
    assert begun in page.words
    assert "3. The Lamp To be written again: the story before it changed. What changed for The Lamp" in page.words
    assert f'<a href="{home(here, "chapter/3")}">What changed' in page.text
    assert "Quit The build ends here. Nothing is lost: what it has drafted stays" in page.words
    assert "Keep them all No finished chapter is changed, only what is missing is drafted" in page.words
    assert server.tasks == EDITED
    reply(visitor, here, page, "chosen", 4)
    done = page_when(visitor, here, "Built")
    assert server.tasks == [*EDITED, "chapter:4", "summary:4"]
    assert "The book is book.md." in done.words
    assert "<li>chapter:02 drafted again (its part of the outline changed): The Second Tide," in done.text
    assert "“novelist unkeep 3 5” takes that back" in done.text


def test_a_revision_proposes_its_edits_one_by_one(here: Here, server: Scripted, visitor: Visitor) -> None:
    write_story(here, server)
    before = text(here)
    server.on("revise:3", answer(edit(4, "Odile & Co: a < b."), edit(6, "Nobody answered.")))
    asking = visitor.get(home(here, "chapter/3/ask"))
    assert re.search(r"At most 2 calls, about [\d,]+ tokens\.", asking.words)
    assert re.search(r"Review it Review To draft: 1 review, about [\d,]+ tokens", asking.words)
    assert begin(visitor, here, "revise", wish="--yes, be angry").headers["location"] == home(here, "build")
    page = page_when(visitor, here, "It asks you")
    assert "2 edits are proposed." in page.words
    assert "<ins>Odile &amp; Co: a &lt; b.</ins>" in page.text
    assert text(here) == before
    assert "Revise the chapter as its author asks:\n\n--yes, be angry\n" in server.requests[0].prompt
    reply(visitor, here, page, "chosen", 2)
    done = page_when(visitor, here, "Revised")
    assert "Revised: 1 paragraph." in done.words
    assert f'href="{home(here, "chapter/3")}"' in done.text
    assert text(here) == [*before[:5], "Nobody answered.", *before[6:]]


def test_what_waits_for_an_answer_is_stopped_and_nothing_is_asked_twice(
    here: Here, server: Scripted, visitor: Visitor
) -> None:
    write_story(here, server)
    before = text(here)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    begin(visitor, here, "revise", wish="Odile is angry")
    page = page_when(visitor, here, "It asks you")
    assert visitor.post(home(here, "build/answer"), {"asked": "7", "answer": "all"}).status == 303
    assert visitor.post(home(here, "build/stop")).status == 303
    page_when(visitor, here, "Stopped")
    assert text(here) == before
    begin(visitor, here, "revise", wish="Odile is angry")
    again = page_when(visitor, here, "It asks you")
    reply(visitor, here, page, "chosen", 1)  # of the question before
    assert "<h1>It asks you</h1>" in visitor.get(home(here, "build")).text
    reply(visitor, here, again, "none")
    page_when(visitor, here, "Revised")
    assert (text(here), server.tasks) == (before, ["revise:3"])


def test_what_a_form_cannot_ask_is_refused(here: Here, server: Scripted, visitor: Visitor) -> None:
    write_story(here, server)
    assert begin(visitor, here, "redo", times="10").status == 400
    assert begin(visitor, here, "revise", words="many").status == 400
    moved = "the chapters have moved since you looked, and nothing was done. Look for yours by its title."
    for number, identity in (("3", "the-letter"), ("4", "the-lamp"), ("9", "the-lamp"), ("3", "other")):
        form = {"id": identity, "what": "revise", "wish": "Be <angry>"}
        refused = visitor.post(home(here, f"chapter/{number}/ask"), form)
        assert f"outline.md: {moved if number != '9' else 'it has 5 chapters, '}" in refused.words
        assert "\nBe &lt;angry&gt;</textarea>" in refused.text
    assert server.tasks == []


def test_what_was_typed_for_a_model_that_is_not_asked_stays_on_the_page(tmp_path: Path) -> None:
    visitor, address = Visitor.of(type_book(tmp_path / "salt")), "/book/salt/chapter/1/ask"
    form = {"id": "bottle", "what": "revise", "wish": "Be angry. " * 1001, "length": "longer", "words": "900"}
    refused = visitor.post(address, form)
    assert "A wish of 10,009 characters is too long. Say it in 10,000 at most." in refused.words
    assert f"\n{form['wish']}</textarea>" in refused.text
    assert '<input type="radio" name="length" value="longer" checked>' in refused.text
    assert 'name="words" inputmode="numeric" pattern="[0-9]{1,6}" size="6" value="900"' in refused.text
    (tmp_path / "salt" / ".env").write_text("KIMI_MODEL=x\n")
    alone = visitor.post(address, {**form, "wish": "Be <angry>"})
    assert "Not begun, since the book has a “.env” by now. Say first whether it is to be used." in alone.words
    assert "\nBe &lt;angry&gt;</textarea>" in alone.text
    (tmp_path / "salt" / ".env").unlink()
    again = visitor.post(address, {**form, "what": "redo", "times": "3"}).text
    assert again.index('id="redo-wish"') < again.index(f"\n{form['wish']}</textarea>")
    assert 'pattern="[1-9]" size="2" value="3"' in again


def test_what_is_asked_is_the_verb_of_the_same_name(tmp_path: Path) -> None:
    chapters = {"chapters/03-ferry.md": "Eskil rowed.\n"}
    ferry = Snapshot(Book(type_book(tmp_path / "salt", **chapters))).chapter(3)

    def arguments(**form: str) -> list[str]:
        command = command_of(form, ferry)
        return [*command.arguments] if command else []

    assert arguments(what="revise", wish="-h", length="shorter", words="900") == [
        "revise", "--shorter=900", "--", "3", "-h",
    ]  # fmt: skip
    assert arguments(what="revise", wish=" ", length="longer", words="") == ["revise", "--longer=0", "--", "3", ""]
    only = [arguments(what="revise", wish="", length="", words=words)[1] for words in ("900", "1", "2", "")]
    assert only == ["--longer=900", "--shorter=1", "--", "--"]
    assert arguments(what="redo", wish="darker", times="3") == ["redo", "--times=3", "--", "3", "darker"]
    assert arguments(what="review") == ["build", "review:03"]
    assert arguments(what="rename") == []


def test_one_command_runs_at_a_time_and_the_other_is_told_so(here: Here, server: Scripted, visitor: Visitor) -> None:
    write_story(here, server)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    begin(visitor, here, "revise", wish="Odile is angry")
    page_when(visitor, here, "It asks you")
    assert f'href="{home(here, "build")}">A question waits</a>' in visitor.get(home(here)).text
    refusal = "Not begun, since something else runs here (Revising The Lamp). Wait for it, or stop it."
    refused = begin(visitor, here, "redo", wish="darker")
    assert refusal in refused.words
    assert "\ndarker</textarea>" in refused.text
    led = visitor.post(home(here, "export"), {"format": "epub"})
    assert refusal in visitor.get(led.headers["location"]).words
    assert server.tasks == ["revise:3"]


def test_what_runs_is_shown_and_stopped_whatever_becomes_of_the_premise(
    here: Here, server: Scripted, visitor: Visitor
) -> None:
    write_story(here, server)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    begin(visitor, here, "revise", wish="Odile is angry")
    page_when(visitor, here, "It asks you")
    here.edit("premise.md", "words: 80-160", "words: eighty")
    page = page_when(visitor, here, "It asks you")
    assert f'action="{home(here, "build/stop")}"' in page.text
    (here / "premise.md").rename(here / "away.md")
    assert f'action="{home(here, "build/stop")}"' in page_when(visitor, here, "It asks you").text
    assert visitor.post(home(here, "build/stop")).status == 303
    assert "premise.md: " in page_when(visitor, here, "Stopped").words


def test_a_chapter_of_a_book_that_cannot_be_read_leads_to_what_is_wrong(
    here: Here, server: Scripted, visitor: Visitor
) -> None:
    write_story(here, server)
    here.edit("premise.md", "words: 80-160", "words: eighty")
    page = visitor.get(home(here, "chapter/3"))
    assert page.status == 200
    assert "premise.md:" in page.words
    assert str(here.root) not in page.text
    assert f'href="{home(here, "premise")}"' in page.text

"""An alternative takes the place of its chapter, and no other text ever does by itself."""

from __future__ import annotations

import pytest
from finished import C3, entries, finish, hold
from in_process import Here, body
from redoing import WISH, alternate, alternatives, chapter, kept, text_of, unfinished
from scripted import Scripted

IDLE = "Everything is up to date.\n"
RESTORES = "`novelist restore 3` brings back what was there."
OTHERS = "the others are in `novelist history 3`"
YES = {"NOVELIST_YES": "1"}


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book with three alternatives to chapter 3; the summaries of all others hold whatever it says."""
    finish(here, server)
    here.edit("premise.md", "chapters: 5", "chapters: 5\njobs: 1")
    alternate(server)
    hold(server, "1 2 3 4 5")
    assert here.novelist("redo", "3", WISH, "--times", "3").status == 0
    server.clear()
    return here


def test_an_alternative_takes_the_place_of_its_chapter(book: Here, server: Scripted) -> None:
    before = chapter(book)
    ran = book.novelist("take", "3", "2")
    assert (ran.status, ran.out) == (0, f"chapter:03 is alternative 2 now; {OTHERS}. {RESTORES}\n")
    assert chapter(book) == text_of(2)
    assert "\nasked:" not in (book / C3).read_text()
    assert list((book / ".novelist" / "alternatives" / "the-lamp").iterdir()) == []
    assert kept(book) == [before, text_of(1), text_of(3), before, text_of(2)]
    assert (book / "notes" / "03-the-lamp.md").read_text() == f"- {WISH}\n"
    listed = book.novelist("history", "3").out.splitlines()
    assert [line.partition("words  ")[2] for line in listed[:5]] == [
        "drafted by kimi-k2.6, as it is now",
        "drafted by kimi-k2.6",
        f"drafted by kimi-k2.6, not taken ({WISH})",
        f"drafted by kimi-k2.6, not taken ({WISH})",
        "drafted by kimi-k2.6",
    ]
    assert server.requests == []
    assert book.doit().status == 0
    assert server.tasks == ["summary:3"]
    assert book.doit().out == IDLE
    assert book.novelist("restore", "3").status == 0
    assert chapter(book) == before


def test_what_was_not_taken_can_be_restored_and_counts_from_then_on(book: Here, server: Scripted) -> None:
    assert book.novelist("take", "3", "2").status == 0
    time = book.novelist("history", "3").out.splitlines()[2].split()[0]
    assert book.novelist("restore", "3", time).status == 0
    assert chapter(book) == text_of(3)
    assert "\nasked:" not in (book / C3).read_text()
    assert book.doit().status == 0
    assert server.tasks == ["summary:3"]


def test_a_note_that_is_taken_away_brings_nothing_back(book: Here, server: Scripted) -> None:
    assert book.novelist("take", "3", "2").status == 0
    assert book.doit().status == 0
    (book / "notes" / "03-the-lamp.md").unlink()
    assert book.doit().out == IDLE
    assert chapter(book) == text_of(2)
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    server.clear()
    assert book.doit(**YES).status == 0
    assert server.tasks[0] == "chapter:3"
    book.edit("outline.md", "Mara breaks the lamp.", "Mara lights the lamp.")
    server.clear()
    assert book.doit(**YES).status == 0
    assert "chapter:3" not in server.tasks
    assert chapter(book) == text_of(2)


def test_an_alternative_of_another_brief_never_comes_back(book: Here, server: Scripted) -> None:
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    assert book.novelist("redo", "3").status == 0
    assert book.novelist("take", "3", "4").status == 0
    assert body((book / C3).read_text()) == text_of(4)
    assert book.doit().status == 0
    book.edit("outline.md", "Mara breaks the lamp.", "Mara lights the lamp.")
    server.clear()
    assert book.doit(**YES).status == 0
    # What was drafted from that section and taken is what was there at first, and no alternative.
    assert chapter(book) == kept(book)[0]
    assert chapter(book) not in {text_of(1), text_of(2), text_of(3), text_of(4)}


def test_one_whose_brief_has_changed_since_is_stale_for_its_true_reason(book: Here, server: Scripted) -> None:
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    ran = book.novelist("take", "3", "1")
    keeps = "The next build writes it again: its part of the outline changed. `novelist accept 3` keeps it as it is."
    assert ran.out.splitlines()[1:] == [keeps]
    assert book.novelist("accept", "3").status == 0
    assert book.doit().status == 0
    assert server.tasks == ["summary:3"]
    assert chapter(book) == text_of(1)


@pytest.mark.parametrize("missing", [False, True])
def test_a_text_of_a_hand_is_replaced_too_and_can_be_brought_back(book: Here, *, missing: bool) -> None:
    (book / C3).write_text("Mara waits.\n")
    if missing:
        (book / C3).unlink()
    assert book.novelist("take", "3", "3").status == 0
    assert chapter(book) == text_of(3)
    if not missing:
        assert book.novelist("restore", "3").status == 0
        assert (book / C3).read_text() == "Mara waits.\n"


def test_what_has_come_of_unfinished_drafts_is_in_history(book: Here) -> None:
    partial = book / ".novelist" / "partial"
    partial.mkdir(exist_ok=True)
    for name, text in {"the-lamp.part": "Half a draft", "the-lamp.alternative-9.part": "A ninth"}.items():
        (partial / name).write_text(f'{{"stamp": {{}}, "finish": "", "before": 0, "ending": ""}}\n{text}')
    with (partial / "the-lamp.part").open("ab") as file:
        file.write("…".encode()[:2])
    (partial / "the-lamp.md").write_text("It waits to land.\n")
    (partial / "the-lamp-oil.alternative-1.part").write_text("{}\nof another chapter")
    assert book.novelist("take", "3", "1").status == 0
    rejected = sorted((book / ".novelist" / "history" / "the-lamp" / "rejected").iterdir())
    assert {path.read_text() for path in rejected} == {"Half a draft", "A ninth"}
    assert "It waits to land.\n" in [path.read_text() for path in entries(book, "the-lamp")]
    assert [path.name for path in unfinished(book)] == ["the-lamp-oil.alternative-1.part"]


def test_what_cannot_be_taken_is_as_it_was(book: Here) -> None:
    def error(*arguments: str) -> str:
        texts, there = book.texts(), alternatives(book)
        ran = book.novelist("take", *arguments)
        assert (ran.status, book.texts(), alternatives(book)) == (1, texts, there)
        return ran.err.removeprefix("Error: ").rstrip("\n")

    assert error("3", "4") == "chapter:03 has no alternative 4: it has 1, 2, 3. Name one of these."
    assert (
        error("2", "1")
        == "chapter:02 has no alternatives. `novelist redo 2` drafts one; what was not taken is in history."
    )
    (book / C3).chmod(0o444)
    assert error("3", "1") == f"{C3}: you made it read-only. Make it writable to have it changed."
    (book / C3).chmod(0o644)
    assert book.novelist("keep", "3").status == 0
    assert error("3", "1") == f"{C3}: you keep it as it is. `novelist unkeep 3` lets it be changed."
    assert book.novelist("unkeep", "3").status == 0
    path = book / ".novelist" / "alternatives" / "the-lamp" / "1.md"
    path.write_text("Mara waits.\n")
    remedy = "Copy its text into the chapter yourself."
    name = path.relative_to(book.root)
    assert error("3", "1") == f"{name}: nothing says what it was drafted from. {remedy}"

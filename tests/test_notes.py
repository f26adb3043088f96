"""What an author writes into notes/ is asked of the chapter by the next build, once, and is told to later drafts."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from finished import lines
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from rippling import YES, answer, change_the_story, edit, write_story
from scripted import Scripted
from terminal import Terminal

from novelist.book import notes

IDLE = "Everything is up to date.\n"
WISH = "Odile is angry, and says so"
NOTES = "notes/03-the-lamp.md"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    write_story(here, server)
    return here


def text(book: Here, number: int = 3) -> list[str]:
    """Return the paragraphs of a chapter."""
    return body(book.chapter(number).read_text()).split("\n\n")


def ask(book: Here, *wishes: str) -> None:
    """Write notes on chapter 3, as an author does in an editor."""
    (book / "notes").mkdir(exist_ok=True)
    (book / NOTES).write_text("\n".join(wishes))


def test_a_note_is_asked_by_the_next_build_once(book: Here, server: Scripted) -> None:
    before = text(book)
    ask(book, "# My notes", "", f"- {WISH}", "- The lamp is", "  never lit.", "")
    assert "R revise:03" in book.doit("list", "--all", "--status").out
    assert book.novelist("why", "revise:3").out == f"revise:03 is to be revised: {NOTES} asks something new.\n"
    plan = book.novelist("plan").out.splitlines()
    assert [line.split()[0] for line in plan[:2]] == ["revise:03", "summary:03"]
    assert plan[-1].startswith("To draft: 1 chapter to revise, 1 summary, about ")
    wrong = edit(5, "No lamp.", was="no such words")
    server.on("revise:3", answer(edit(4, "Odile shouted."), wrong), answer(wrong))
    ran = book.doit()
    first = "revised: The Lamp, 1 of 10 paragraphs changed, 1 edit refused: [5] begins with other words: "
    assert ran.status == 0, ran.err
    assert [line for line in lines(ran.out) if line.startswith(f"revise:03    {first}")], ran.out
    wishes = f"Revise the chapter as its author asks:\n\n- {WISH}\n- The lamp is never lit.\n"
    assert wishes in server.requests[0].prompt
    assert text(book) == [*before[:3], "Odile shouted.", *before[4:]]
    assert server.tasks == ["revise:3", "revise:3", "summary:3"]
    server.clear()
    shutil.rmtree(book / ".novelist")  # the record knows it, in a clone too
    assert book.doit().out == IDLE
    ask(book, f"* {WISH}", "")
    assert book.doit().out == IDLE
    assert "U revise:03" in book.doit("list", "--all", "--status").out
    ask(book, f"* {WISH}", "Odile sings.", "")
    assert book.novelist("accept", "revise:3").status == 0
    assert book.doit().out == IDLE
    assert server.requests == []


def test_what_cannot_be_done_is_said_and_not_asked_for_again(book: Here, server: Scripted) -> None:
    before = text(book)
    ask(book, f"- {WISH}\n")
    wrong = answer(edit(4, "Odile shouted.", was="No such words"))
    server.on("revise:3", wrong, wrong)
    ran = book.doit("revise:03")
    begin = "revise:03    kept: no edit of it could be made: [4] begins with other words: "
    assert (ran.status, [line for line in lines(ran.out) if line.startswith(begin)] != []) == (0, True)
    assert text(book) == before
    server.clear()
    assert book.doit().out == IDLE
    assert server.requests == []


def test_a_chapter_that_is_missing_is_drafted_as_its_notes_ask(book: Here, server: Scripted) -> None:
    book.chapter(3).unlink()
    ask(book, f"- {WISH}\n")
    assert book.doit().status == 0
    assert server.tasks == ["chapter:3"]
    assert f"and it still holds:\n\n- {WISH}\n" in server.requests[0].prompt
    assert book.doit().out == IDLE


def test_a_chapter_is_adapted_first_and_then_revised(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    ask(book, f"- {WISH}\n")
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", answer(edit(2, "The lamp is red.")))
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    order = [task for task in server.tasks if task.endswith(":3")]
    assert order == ["ripple:3", "revise:3", "summary:3"]
    prompts = {request.task: request.prompt for request in server.requests}
    assert WISH not in prompts["ripple:3"]
    assert (text(book)[1], text(book)[3]) == ("The lamp is red.", "Odile shouted.")
    server.clear()
    assert book.doit().out == IDLE


def test_what_its_author_keeps_is_not_revised(book: Here, server: Scripted) -> None:
    before = book.chapter(3).read_text()
    assert book.novelist("keep", "3").status == 0
    ask(book, f"- {WISH}\n")
    assert f"revise:03    kept: you keep it; {NOTES} asks something new" in lines(book.doit().out)
    ran = book.novelist("revise", "3", WISH, "--yes")
    remedy = "you keep it as it is. `novelist unkeep 3` lets it be changed."
    assert (ran.status, ran.err) == (1, f"Error: chapters/{book.chapter(3).name}: {remedy}\n")
    assert book.novelist("unkeep", "3").status == 0
    book.chapter(3).chmod(0o444)
    assert f"revise:03    kept: you made it read-only; {NOTES} asks something new" in lines(book.doit().out)
    ran = book.novelist("revise", "3", "--yes")
    remedy = "you made it read-only. Make it writable to have it changed."
    assert (ran.status, ran.err) == (1, f"Error: chapters/{book.chapter(3).name}: {remedy}\n")
    assert (server.requests, book.chapter(3).read_text()) == ([], before)


def test_what_its_author_typed_stays(book: Here, server: Scripted) -> None:
    path = book.chapter(3)
    path.write_text(path.read_text().replace("Paragraph 5 of 3.", "Mine, and mine alone."))
    ask(book, f"- {WISH}\n")
    server.on("revise:3", answer(edit(4, "Odile shouted."), edit(5, "Theirs.", was="Mine")), answer())
    assert book.doit("revise:03").status == 0
    assert (text(book)[3], text(book)[4][:21]) == ("Odile shouted.", "Mine, and mine alone.")
    path.write_text("All of it is mine.\n")
    ask(book, "- Otherwise.\n")
    server.clear()
    assert book.doit("revise:03").out == IDLE
    ran = book.novelist("revise", "3", WISH, "--yes")
    again = "Name lines of it: `novelist revise 3 --lines 1-1 …`."
    assert (ran.status, ran.err) == (
        1,
        f"Error: {path.relative_to(book.root)}: every paragraph of it is yours, and stays. {again}\n",
    )
    assert server.requests == []


def test_nothing_is_asked_of_a_chapter_without_notes(book: Here, server: Scripted) -> None:
    ran = book.novelist("build", "revise:3")
    error = f"nothing is asked of chapter 3. Write it into {NOTES}, a line each."
    assert (ran.status, ran.err) == (3, f"ERROR: {error}\n")
    ran = book.novelist("revise", "3")
    error = "nothing new is asked. Say it here, or write it into its file in notes/ or reviews/, a line each."
    assert (ran.status, ran.err) == (1, f"Error: {error}\n")
    assert server.requests == []


def test_notes_go_with_their_chapter(book: Here, server: Scripted) -> None:
    ask(book, f"- {WISH}\n")
    outline = book / "outline.md"
    outline.write_text(outline.read_text().replace("## 3. The Lamp", "## 3. New\n\nMara sleeps.\n\n## 4. The Lamp"))
    server.on("revise:4", answer(edit(4, "Odile shouted.")))
    assert book.doit("revise:04", **YES).status == 0
    assert "revise:4" in server.tasks
    assert (book / "notes" / "04-the-lamp.md").read_text() == f"- {WISH}\n"


@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("", []),
        ("- One.\n- Two.\n", ["One.", "Two."]),
        ("* One\n  and more.\n\n  And more yet.\n2) Two.\n", ["One and more. And more yet.", "Two."]),
        ("# What I want\n\nOne,\nand more.\n\nTwo.\n", ["One, and more.", "Two."]),
        ("<!-- not this -->\n- One.\n- One.\n<!-- nor\n- that", ["One."]),
        ("- One.\nlazy line\n\nNot in the list.\n", ["One. lazy line", "Not in the list."]),
        ("- One.\n  - with a point below\n", ["One. - with a point below"]),
    ],
)
def test_each_point_and_each_paragraph_is_a_note(file: str, read: list[str]) -> None:
    assert notes.read(file) == read


@given(st.text(), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_a_note_that_is_added_is_read_and_no_other_is_lost(file: str, wish: str) -> None:
    added = notes.added(file, wish)
    assert notes.added(added, wish) == added
    assert {wish, *notes.read(file)} <= {*notes.read(added)}


def test_a_chapter_that_was_restored_is_not_revised_again(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", WISH, "--yes").status == 0
    assert book.novelist("restore", "3").status == 0
    server.clear()
    assert book.doit().status == 0
    assert [task for task in server.tasks if task.startswith("revise")] == []
    assert text(book) == before


def test_what_a_person_does_not_take_is_not_asked_again(book: Here, server: Scripted) -> None:
    ask(book, f"- {WISH}\n")
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    novelist = str(Path(sys.executable).with_name("novelist"))
    with Terminal(book, novelist, "revise", "3", columns=200) as run:
        run.wait(lambda shown: "Take [a]ll of it, [n]one, or [o]ne by one:" in shown)
        run.type("n\n")
        assert run.end() == 0
    server.clear()
    assert (book.doit().out, server.requests) == (IDLE, [])


def test_a_wish_whose_edits_could_not_land_is_no_note(book: Here, server: Scripted) -> None:
    path = book.chapter(3)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    novelist = str(Path(sys.executable).with_name("novelist"))
    with Terminal(book, novelist, "revise", "3", WISH, columns=200) as run:
        run.wait(lambda shown: "Take [a]ll of it, [n]one, or [o]ne by one:" in shown)
        path.write_text(path.read_text().replace("Paragraph 9 of 3.", "Mine."))
        run.type("a\n")
        assert run.end() == 1
    assert "Mine." in path.read_text()
    assert not (book / NOTES).exists()

"""A finished chapter is revised as its author asks, by edits that are shown first, and what they typed stays."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from finished import entries, lines
from in_process import Here, body
from rippling import YES, answer, change_the_story, edit, write_story
from scripted import Scripted
from terminal import Terminal

NOVELIST = str(Path(sys.executable).with_name("novelist"))
IDLE = "Everything is up to date.\n"
WISH = "Odile is angry, and says so"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    write_story(here, server)
    return here


def text(book: Here, number: int = 3) -> list[str]:
    """Return the paragraphs of a chapter."""
    return body(book.chapter(number).read_text()).split("\n\n")


def test_a_chapter_is_revised_as_it_is_asked(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    ran = book.novelist("revise", "3", WISH, "--yes")
    assert ran.status == 0, ran.err
    out = re.sub(r"about [\d,]+ tokens", "about N tokens", ran.out).splitlines()
    assert out[:2] == ["At most 2 calls, about N tokens.", "chapter:03: The Lamp"]
    assert out[3].startswith("[4] [-Paragraph 4 of 3. ")
    assert out[3].endswith("-]{+Odile shouted.+}")
    assert out[4] == "Revised: 1 paragraph. `novelist restore 3` brings it back as it was."
    assert text(book) == [*before[:3], "Odile shouted.", *before[4:]]
    assert f"Revise the chapter as its author asks:\n\n{WISH}\n" in server.requests[0].prompt
    server.clear()
    assert book.doit().status == 0
    assert server.tasks == ["summary:3"]
    assert book.doit().out == IDLE
    assert book.novelist("restore", "3").status == 0
    assert text(book) == before


def test_a_dry_run_shows_the_edits_and_asks_no_second_time(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    ran = book.novelist("revise", "3", WISH, "--dry-run")
    assert ran.status == 0
    assert ran.out.splitlines()[-1] == (
        "chapter:03 is as it was. The same command without --dry-run takes this, and asks no model."
    )
    assert text(book) == before
    ran = book.novelist("revise", "3", WISH)
    error = "chapter:03 is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
    assert (ran.status, ran.err) == (1, f"Error: {error}\n")
    assert book.novelist("revise", "3", WISH, "--yes").status == 0
    assert text(book)[3] == "Odile shouted."
    assert server.tasks == ["revise:3"]
    assert list((book / ".novelist" / "partial").glob("*")) == []


def test_several_chapters_are_revised(book: Here, server: Scripted) -> None:
    for number in (2, 3):
        first = f"Paragraph 4 of {number}"
        place = next(at for at, each in enumerate(text(book, number), 1) if each.startswith(first))
        server.on(f"revise:{number}", answer(edit(place, "Odile shouted.", was=first)))
    assert book.novelist("revise", "2-3", WISH, "--yes").status == 0
    assert ["Odile shouted." in text(book, number) for number in (2, 3)] == [True, True]


def test_what_its_author_typed_stays_unless_its_lines_are_named(book: Here, server: Scripted) -> None:
    path = book.chapter(3)
    book.edit(f"chapters/{path.name}", "Paragraph 5 of 3.", "Mine, and mine alone.")
    before = text(book)
    wanted = answer(edit(5, "Theirs.", was="Mine, and mine"))
    server.on("revise:3", wanted, wanted)
    ran = book.novelist("revise", "3", WISH, "--yes")
    assert ran.status == 1
    assert ran.err == (
        "chapter:03: an edit is refused: [5]* is the author's own.\n"
        "chapter:03 is as it was: none of the edits could be made.\n"
    )
    assert text(book) == before
    line = next(at for at, each in enumerate(path.read_text().split("\n"), 1) if each.startswith("Mine"))
    server.on("revise:3", answer(edit(5, "Theirs.", was="Mine, and mine"), edit(4, "No.")), answer())
    ran = book.novelist("revise", "3", WISH, "--lines", str(line), "--yes")
    assert ran.status == 0, ran.err
    assert text(book) == [*before[:4], "Theirs.", *before[5:]]


def test_too_much_at_once_leaves_the_chapter_as_it_was(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("revise:3", answer(*(edit(number, f"New {number}.") for number in range(1, 7))))
    ran = book.novelist("revise", "3", WISH, "--yes")
    remedy = "Ask for less at once, or change its section in outline.md."
    assert (ran.status, ran.err) == (1, f"chapter:03 is as it was: more than 40 % of it would change. {remedy}\n")
    assert text(book) == before


def test_a_chapter_that_is_stale_is_true_to_what_it_is_told_afterwards(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    assert book.doit().status == 0
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    ran = book.novelist("revise", "3", WISH, "--yes")
    again = "`novelist release 3` has it drafted again"
    assert ran.out.splitlines()[-1] == (
        f"It counts as true to what it is told now, though the story before it changed. {again}."
    )
    server.clear()
    ran = book.doit(**YES)
    assert not [line for line in lines(ran.out) if line.startswith("chapter:03")]
    assert text(book)[3] == "Odile shouted."


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["9", WISH], "there is no chapter `9`. Name one of the 5, or some such as `1-3` or `1,3`."),
        (["3", WISH, "--lines", "x"], "`x` are no lines. Name one, or some such as `40-62`."),
        (["2-3", WISH, "--lines", "4"], "Lines are of one chapter. Name one."),
        (
            ["3", WISH, "--lines", "900-901"],
            "{path}: no paragraph stands on lines 900-901. Count them as your editor does.",
        ),
    ],
)
def test_what_cannot_be_revised_is_said_before_a_call(
    book: Here, server: Scripted, arguments: list[str], error: str
) -> None:
    ran = book.novelist("revise", *arguments, "--yes")
    path = f"chapters/{book.chapter(3).name}"
    assert (ran.status, ran.err) == (1, f"Error: {error.format(path=path)}\n")
    assert server.requests == []


def test_what_was_asked_is_kept_and_holds_for_later_drafts(book: Here, server: Scripted) -> None:
    server.on("revise:3", answer(edit(4, "Odile shouted.")), answer(edit(5, "Odile sang.")))
    for wish in (WISH, "Odile sings", WISH):
        book.novelist("revise", "3", wish, "--yes")
    notes = book / "notes" / "03-the-lamp.md"
    assert notes.read_text() == f"- {WISH}\n- Odile sings\n"
    assert book.novelist("history", "3").out.endswith(
        f"Asked of it, in notes/03-the-lamp.md:\n- {WISH}\n- Odile sings\n"
    )
    asked = f"This its author has asked of the chapter before, and it still holds:\n\n- {WISH}\n- Odile sings\n"
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    server.clear()
    assert book.doit("chapter:03").status == 0
    assert asked in next(request.prompt for request in server.requests if request.task == "chapter:3")
    change_the_story(book, server)
    server.on("triage", '{"chapters": [3]}')
    assert book.doit(**YES).status == 0
    assert asked in next(request.prompt for request in server.requests if request.task == "ripple:3")


def test_notes_follow_their_chapter(book: Here, server: Scripted) -> None:
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", WISH, "--yes").status == 0
    outline = (book / "outline.md").read_text()
    (book / "outline.md").write_text(
        outline.replace("## 3. The Lamp", "## 3. The Fog {#the-fog}\n\nFog.\n\n## 4. The Lamp")
    )
    assert book.doit("files").status == 0
    assert [path.name for path in (book / "notes").iterdir()] == ["04-the-lamp.md"]
    assert server.tasks == ["revise:3"]


def test_what_is_asked_of_single_lines_is_done_with_them(book: Here, server: Scripted) -> None:
    path = book.chapter(3)
    line = next(at for at, each in enumerate(path.read_text().split("\n"), 1) if each.startswith("Paragraph 4"))
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", WISH, "--lines", str(line), "--yes").status == 0
    assert not (book / "notes").exists()


def test_an_answer_for_some_lines_is_none_for_others(book: Here, server: Scripted) -> None:
    lines_of_it = book.chapter(3).read_text().split("\n")
    first, other = (
        next(str(at) for at, each in enumerate(lines_of_it, 1) if each.startswith(f"Paragraph {number} of"))
        for number in (4, 6)
    )
    server.on("revise:3", answer(edit(4, "Odile shouted.")), answer(edit(6, "Odile sang.")))
    assert book.novelist("revise", "3", WISH, "--lines", first, "--dry-run").status == 0
    assert book.novelist("revise", "3", WISH, "--lines", other, "--yes").status == 0
    assert text(book)[5] == "Odile sang."
    assert server.tasks == ["revise:3", "revise:3"]


def test_every_text_is_in_history(book: Here, server: Scripted) -> None:
    before = book.chapter(3).read_text()
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", WISH, "--yes").status == 0
    kept = [path.read_text() for path in entries(book, "the-lamp")]
    assert {before, book.chapter(3).read_text()} <= set(kept)


def test_the_words_may_come_from_a_file_or_an_editor(
    book: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "wish.md").write_text("Odile is angry,\nand says so.\n")
    monkeypatch.setenv("VISUAL", "cp wish.md")
    for way in (["--file", "wish.md"], ["--edit"]):
        server.on("revise:3", answer(edit(4, "Odile shouted.")))
        assert book.novelist("revise", "3", *way, "--dry-run").status == 0
    assert server.tasks == ["revise:3"]  # the same words
    assert "as its author asks:\n\nOdile is angry, and says so.\n" in server.requests[0].prompt
    assert book.novelist("revise", "3", "--file", "wish.md", "--yes").status == 0
    assert (book / "notes" / "03-the-lamp.md").read_text() == "- Odile is angry, and says so.\n"
    assert book.doit("revise:03").out == IDLE


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (["--longer"], "Make it longer.", 162),
        (["--shorter", "90"], "Make it shorter.", 90),
        ([WISH, "--shorter"], WISH, 98),
    ],
)
def test_a_chapter_is_made_longer_or_shorter(
    book: Here, server: Scripted, arguments: list[str], text: str, words: int
) -> None:
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", *arguments, "--yes").status == 0
    prompt = server.requests[0].prompt
    assert f"as its author asks:\n\n{text}\n" in prompt
    assert f"; the whole chapter is to have about {words} words." in prompt
    assert (book / "notes").exists() == (WISH in arguments)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--longer", "20"], "chapter:03 has 130 words, so 20 is not longer. Name another number."),
        (["--longer", "--shorter"], "A chapter is made longer, or shorter. Say one of them."),
        (
            ["--lines", "9"],
            "nothing new is asked. Say it here, or write it into its file in notes/ or reviews/, a line each.",
        ),
        (
            [WISH, "--edit"],
            "What you ask is said, or stands in a file, or is written in an editor. Use one of these.",
        ),
        (
            ["--file", "premise.md", "--edit"],
            "What you ask is said, or stands in a file, or is written in an editor. Use one of these.",
        ),
        (["--file", "empty.md"], "nothing is asked. Write it down in a line or two."),
        (["--file", "latin.md"], "latin.md: it is no UTF-8 text. Save it as UTF-8."),
    ],
)
def test_what_is_asked_of_nothing_or_twice_is_said_before_a_call(
    book: Here, server: Scripted, arguments: list[str], error: str
) -> None:
    (book / "empty.md").write_text("\n")
    (book / "latin.md").write_bytes(b"\xe4rgerlich")
    ran = book.novelist("revise", "3", *arguments)
    assert (ran.status, ran.err) == (1, f"Error: {error}\n")
    assert server.requests == []


def test_a_length_that_was_not_asked_for_stays_open(book: Here, server: Scripted) -> None:
    book.edit("outline.md", "{#the-lamp}", "{#the-lamp words=300-400}")
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    ran = book.novelist("revise", "3", WISH, "--yes")
    assert ran.out.splitlines()[-1] == "It is stale still: the length, the language or a prompt changed."


def test_edits_are_taken_one_by_one(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("revise:3", answer(edit(4, "Odile shouted."), edit(5, "She left."), edit(6, "Silence.")))
    with Terminal(book, NOVELIST, "revise", "3", WISH, columns=200) as run:
        run.wait(lambda shown: "Take [a]ll of it, [n]one, or [o]ne by one:" in shown)
        assert "[5] [-Paragraph 5 of 3." in "\n".join(run.shown)
        assert "-]{+She left.+}" in "\n".join(run.shown)
        run.type("x\n")
        run.wait(lambda shown: "Error: answer a, n or o." in shown)
        run.type("o\n")
        for count, reply in enumerate("yny", 1):
            run.wait(lambda shown, count=count: sum("Take it [Y/n]" in line for line in shown) == count)  # type: ignore[misc]
            run.type(f"{reply}\n")
        assert run.end() == 0
    assert run.shown[-1] == "Revised: 2 paragraphs. `novelist restore 3` brings it back as it was."
    assert text(book) == [*before[:3], "Odile shouted.", before[4], "Silence.", *before[6:]]

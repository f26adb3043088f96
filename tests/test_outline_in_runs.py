"""An outline of more chapters than one run has: first the list of all, then what happens in them, run by run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Here
from scripted import Reply, Request, Scripted, outline, sections

from novelist.book import section_lines
from novelist.book.outline import Outline
from novelist.book.outline_text import parse

LIST = ["bible", "outline"]
RUNS = ["outline:1-8", "outline:9-16", "outline:17-20"]


@pytest.fixture
def long(here: Here) -> Here:
    """A book of twenty chapters."""
    here.edit("premise.md", "chapters: 5", "chapters: 20")
    return here


def written(book: Here) -> Outline:
    """Return the outline of a book as it is read."""
    return parse((book / "outline.md").read_text(encoding="utf-8"), Path("outline.md"))


def partial(book: Here) -> list[str]:
    """Return the names of what is unfinished."""
    return sorted(path.name for path in (book / ".novelist" / "partial").glob("@outline*"))


def test_the_list_comes_first_and_then_eight_chapters_at_a_time(long: Here, server: Scripted) -> None:
    ran = long.doit("outline")

    assert ran.status == 0, ran.out
    assert server.tasks == [*LIST, *RUNS]
    assert ran.out.splitlines()[-1].startswith("outline      drafted: 20 chapters (")
    last = written(long).sections[19]
    assert section_lines.read(last.text, "en") == section_lines.SectionLines(
        {"pov": "Mara", "ends": "The lamp goes out on day 20."},
        "On day 20 Mara finds a horse. She takes it to Eskil, who hides it.",
    )
    assert partial(long) == []
    server.clear()
    assert "up to date" in long.doit("outline").out
    assert server.tasks == []


def test_all_runs_begin_alike_with_the_list_of_all_and_what_was_planned_before(long: Here, server: Scripted) -> None:
    long.doit("outline")

    _, _, first, second, third = (request.prompt for request in server.requests)
    listed = first.partition("\n# Your task")[0]
    assert second.startswith(listed)
    assert third.startswith(second.partition("\n# Your task")[0])
    for number in (1, 20):
        assert f"\n{number}. {written(long).sections[number - 1].title}: On day {number} Mara finds" in listed
    assert "chapters 9, 10, 11, 12, 13, 14, 15, 16" in second
    assert "The lamp goes out on day 8." in second
    assert "The last chapter ends the book." not in second.partition("# Your task")[2]
    assert "The last chapter ends the book." in third.partition("# Your task")[2]


def test_a_title_that_is_there_twice_costs_no_call(long: Here, server: Scripted) -> None:
    plan = json.loads(outline(20))
    plan["chapters"][11]["title"] = plan["chapters"][3]["title"].upper()
    server.on("outline", json.dumps(plan))

    ran = long.doit("outline")

    assert ran.status == 0
    assert server.tasks == [*LIST, *RUNS]
    assert "is now `On day 12 Mara finds`." in ran.out


def test_a_run_that_stays_wrong_costs_a_run_and_not_the_outline(long: Here, server: Scripted) -> None:
    server.on("outline:9-16", *['{"chapters": []}'] * 3)

    ran = long.doit("outline")

    assert ran.status == 1
    wrong = "it does not say what happens in chapters 9 to 16"
    assert f"The answer for the plan of chapters 9 to 16 is not right: {wrong}." in ran.out.splitlines()
    assert ran.out.splitlines()[-1] == (
        f"outline      failed: the model's plan of chapters 9 to 16 stayed wrong: {wrong}. "
        "Run `doit` again, or write it yourself."
    )
    assert not (long / "outline.md").exists()
    server.clear()

    assert long.doit("outline").status == 0

    assert server.tasks == RUNS[1:]
    assert len(written(long).sections) == 20
    assert partial(long) == []


def test_only_the_chapters_are_asked_for_again_of_which_nothing_was_said(long: Here, server: Scripted) -> None:
    answer = json.loads(sections(range(1, 9)))
    answer["chapters"][2]["happens"] = ""
    answer["chapters"][5]["happens"] = "Mara runs to the,"
    server.on("outline:1-8", json.dumps(answer))

    ran = long.doit("outline")

    assert ran.status == 0
    assert [request.run for request in server.requests[2:]] == [
        [1, 2, 3, 4, 5, 6, 7, 8],
        [3, 6],
        [9, 10, 11, 12, 13, 14, 15, 16],
        [17, 18, 19, 20],
    ]
    assert "The answer does not say what happens in chapters 3, 6: asking for these 2 chapters." in ran.out
    assert all(section.text for section in written(long).sections)


def test_what_was_planned_is_not_asked_for_again_after_a_kill(long: Here, server: Scripted) -> None:
    book = server.script

    def script(request: Request) -> Reply:
        whole = book(request)
        return Reply(whole.text, cut=100, drop=True) if request.task == "outline:9-16" else whole

    server.script = script
    assert long.doit("outline").status == 1
    asked = server.tasks
    assert asked[:3] == [*LIST, "outline:1-8"]
    assert set(asked[3:]) == {"outline:9-16"}
    server.clear()
    server.script = book

    assert long.doit("outline").status == 0

    assert server.tasks == RUNS[1:]


def test_another_premise_takes_nothing_of_what_was_planned_for_the_one_before(long: Here, server: Scripted) -> None:
    server.on("outline:9-16", *['{"chapters": []}'] * 3)
    assert long.doit("outline").status == 1
    long.edit("premise.md", "her brother", "her sister")
    server.clear()

    assert long.doit("outline").status == 0

    assert server.tasks == ["outline", *RUNS]


def test_a_run_that_a_server_cuts_off_is_gone_on_with(long: Here, server: Scripted) -> None:
    book = server.script

    def script(request: Request) -> Reply:
        whole = book(request).text
        rest = whole[len(request.begun) :] if request.begun else whole
        return Reply(rest[:400], finish="stop" if len(rest) <= 400 else "length")

    server.script = script
    long.edit("premise.md", "chapters: 20", "chapters: 9")

    ran = long.doit("outline")

    assert ran.status == 0, ran.out
    assert "is not right" not in ran.out
    assert len(written(long).sections) == 9


def test_an_answer_for_one_chapter_alone_is_taken_by_its_number_or_its_place(long: Here, server: Scripted) -> None:
    plain = [{"happens": f"Mara rows out on day {number}."} for number in range(1, 9)]
    server.on("outline:1-8", json.dumps({"chapters": plain}))

    assert long.doit("outline").status == 0

    assert server.tasks == [*LIST, *RUNS]
    assert written(long).sections[7].text == "Mara rows out on day 8."


def test_all_chapters_answered_in_place_of_a_run_are_as_good(long: Here, server: Scripted) -> None:
    server.on("outline:9-16", outline(20))

    assert long.doit("outline").status == 0

    assert server.tasks == [*LIST, *RUNS]
    assert written(long).sections[15].text.startswith("On day 16 Mara finds")


def test_lines_are_called_as_the_books_language_calls_them(long: Here, server: Scripted) -> None:
    long.edit("premise.md", "language: en", "language: de")
    book, happens = (
        server.script,
        "Am Morgen findet Mara die Lampe und geht mit ihr zu Eskil, der sie nicht haben will.",
    )

    def script(request: Request) -> Reply:
        if not request.task.startswith("outline"):
            return book(request)
        plan = json.loads(book(request).text)
        german = [{**chapter, "happens": happens} for chapter in plan["chapters"]]
        return Reply(json.dumps({**plan, "about": happens, "chapters": german}))

    server.script = script

    assert long.doit("outline").status == 0

    text = written(long).sections[0].text
    assert text.startswith(f"{happens}\n\nPerspektive: Mara\nEndet mit: ")
    assert section_lines.read(text, "de").lines["pov"] == "Mara"


def test_threads_stand_below_what_the_book_is_about(long: Here, server: Scripted) -> None:
    plan = {**json.loads(outline(20)), "threads": ["The second letter: chapter 3, chapter 17", "none"]}
    server.on("outline", json.dumps(plan))

    assert long.doit("outline").status == 0

    assert written(long).about == "A book.\n\nOpens:\n- The second letter: chapter 3, chapter 17"
    assert "\n- The second letter: chapter 3, chapter 17\n" in server.requests[2].prompt

"""`novelist outline "…"`: sections of an outline revised as its author asks, the others byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, everything
from scripted import Reply, Request, Scripted
from shelf import Ran

from novelist.book import outline_text
from novelist.book.headings import inert
from novelist.book.outline import Outline
from novelist.book.retold import retold

OUTLINE = """\
---
title: The Salt Lamp   # mine
---
A keeper waits.

# Part One: The Arrival

What the part is about.

## 1. The Bottle {#the-bottle words=600-900}
Mara finds a bottle. It is warm.

POV: Mara

## 2. The *Second* Tide

The sea comes back.



# Part Two: The Lamp

## 3. The Lamp {.unnumbered}
The lamp goes out.
***

## 4. The Shore
Mara waits on the shore.
"""
PATH = Path("outline.md")
WISH = "Odile is angry in the middle"


def read(text: str) -> Outline:
    return outline_text.parse(text, PATH)


def answer(*chapters: dict[str, object]) -> str:
    return json.dumps({"chapters": list(chapters)})


@pytest.fixture
def mine(here: Here) -> Here:
    """A book with an outline of its author's."""
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    return here


def revising(server: Scripted, *replies: str | Reply) -> None:
    """Answer what is asked of the outline with these in order."""
    waiting = iter([reply if isinstance(reply, Reply) else Reply(reply) for reply in replies])
    book = server.script
    server.script = lambda request: next(waiting) if asked(request) else book(request)


def asked(request: Request) -> bool:
    return "The author asks this of the outline:\n\nOdile is angry" in request.prompt


def revise(book: Here, *arguments: str) -> Ran:
    return book.novelist("outline", WISH, *arguments)


def text_of(book: Here) -> str:
    return (book / "outline.md").read_text(encoding="utf-8")


NEW = {"number": 2, "title": "The Second Tide", "happens": "The sea comes back for Odile.", "turn": "she is angry"}


def test_a_section_is_revised_and_every_other_byte_stays(mine: Here, server: Scripted) -> None:
    revising(server, answer({**NEW, "title": ""}))

    ran = revise(mine, "--chapters", "2", "--yes")

    assert (ran.status, ran.err) == (0, "")
    assert text_of(mine) == OUTLINE.replace(
        "The sea comes back.\n", "The sea comes back for Odile.\n\nTurn: she is angry\n"
    )
    lines = ran.out.splitlines()
    assert lines[0].startswith("At most 1 call, about ")
    assert lines[1:] == [
        "2. The *Second* Tide",
        "",
        "The sea comes [-back.-]{+back for Odile.",
        "",
        "Turn: she is angry+}",
        "Revised: 1 chapter. `novelist restore outline` brings the outline back as it was.",
    ]
    assert len(server.requests) == 1
    assert OUTLINE.split("\n# Part Two", maxsplit=1)[0].splitlines()[11] in server.requests[0].prompt


def test_the_undo_that_is_named_brings_the_outline_back(mine: Here, server: Scripted) -> None:
    revising(server, answer({**NEW, "title": ""}))
    revise(mine, "--chapters", "2", "--yes")

    ran = mine.novelist("restore", "outline")

    assert ran.status == 0
    assert text_of(mine) == OUTLINE


def test_a_title_may_change_and_the_id_stays(mine: Here, server: Scripted) -> None:
    revising(
        server, answer({**NEW, "number": 4, "title": "The Anger"}, {"number": 1, "title": "A", "happens": "It is."})
    )

    assert revise(mine, "--yes").status == 0

    after = read(text_of(mine))
    assert [(one.id, one.title) for one in after.sections] == [
        ("the-bottle", "A"),
        ("the-second-tide", "The *Second* Tide"),
        ("the-lamp", "The Lamp"),
        ("the-shore", "The Anger"),
    ]
    assert after.sections[0].text == "It is.\n\nPOV: Mara"
    assert "\n## 1. A {#the-bottle words=600-900}\n" in text_of(mine)
    assert "\n## 4. The Anger {#the-shore}\n" in text_of(mine)


def test_nobody_asked_leaves_the_outline_and_the_answer_is_not_paid_twice(mine: Here, server: Scripted) -> None:
    revising(server, answer({**NEW, "title": ""}))

    ran = revise(mine, "--chapters", "2")

    assert (ran.status, text_of(mine)) == (1, OUTLINE)
    assert ran.err == (
        "Error: outline.md is as it was: nobody was asked. The same command with --yes takes this, and asks no model.\n"
    )
    assert revise(mine, "--chapters", "2", "--yes").status == 0
    assert "Turn: she is angry" in text_of(mine)
    assert len(server.requests) == 1


def test_an_answer_that_stays_wrong_leaves_the_outline_as_it_was(mine: Here, server: Scripted) -> None:
    wrong = answer({**NEW, "happens": "The sea comes,"})
    revising(server, wrong, wrong, wrong)

    ran = revise(mine, "--chapters", "2", "--yes")

    assert (ran.status, text_of(mine)) == (1, OUTLINE)
    assert ran.err == (
        "Error: the model's revision of chapter 2 stayed wrong: what happens in chapter 2 is missing or cut off. "
        "Run `novelist outline` again, or write it yourself.\n"
    )
    assert f"Your last answer:\n\n{wrong}\n\nIt was not right:" in server.requests[1].prompt


def test_a_chapter_that_nobody_asked_for_stays(mine: Here, server: Scripted) -> None:
    revising(server, answer({**NEW, "title": ""}, {"number": 3, "happens": "Nothing."}))

    ran = revise(mine, "--chapters", "2", "--yes")

    assert "Repaired in the revision of chapter 2: chapter 3, which is not to be revised, is left out." in ran.out
    assert "The lamp goes out." in text_of(mine)


def test_a_title_that_another_chapter_has_is_not_taken(mine: Here, server: Scripted) -> None:
    revising(server, answer({**NEW, "title": "The Shore"}))

    ran = revise(mine, "--chapters", "2", "--yes")

    assert "Repaired in the revision of chapter 2: chapter 2 keeps its title." in ran.out
    assert "## 2. The *Second* Tide\n" in text_of(mine)


def test_where_the_wish_changes_nothing_that_is_said(mine: Here, server: Scripted) -> None:
    revising(server, answer())

    ran = revise(mine)

    assert (ran.status, text_of(mine)) == (0, OUTLINE)
    assert ran.out.splitlines()[1:] == ["The model leaves all of it as it is."]


def test_many_chapters_are_revised_in_runs_that_know_those_before(here: Here, server: Scripted) -> None:
    sections = "".join(f"## {n}. Day {n}\n\nIt rains on day {n}.\n\n" for n in range(1, 13))
    (here / "outline.md").write_text(sections, encoding="utf-8")
    revising(server, answer({"number": 3, "happens": "It snows."}), answer({"number": 12, "happens": "It hails."}))

    assert revise(here, "--yes").status == 0

    assert text_of(here) == sections.replace("It rains on day 3.", "It snows.").replace(
        "It rains on day 12.", "It hails."
    )
    assert "# Revised so far\n\n3. " in server.requests[1].prompt
    assert "chapters 9, 10, 11, 12" in server.requests[1].prompt


def test_a_run_is_not_paid_again_where_the_next_one_fails(here: Here, server: Scripted) -> None:
    sections = "".join(f"## {n}. Day {n}\n\nIt rains on day {n}.\n\n" for n in range(1, 13))
    (here / "outline.md").write_text(sections, encoding="utf-8")
    revising(server, answer({"number": 3, "happens": "It snows."}), "no", "no", "no", answer())
    assert revise(here, "--yes").status == 1
    assert text_of(here) == sections

    assert revise(here, "--yes").status == 0

    assert "It snows." in text_of(here)
    assert len(server.requests) == 5


def test_what_was_drafted_and_then_revised_is_as_drafted(here: Here, server: Scripted) -> None:
    assert here.doit("outline").status == 0
    revising(server, answer({"number": 2, "happens": "Odile is angry."}))

    assert revise(here, "--chapters", "2", "--yes").status == 0

    listed = here.novelist("history", "outline").out.splitlines()
    assert [line.rpartition("words  ")[2] for line in listed[:-1]] == [
        "drafted by kimi-k2.6, as it is now",
        "drafted by kimi-k2.6",
    ]


def test_the_next_build_drafts_the_chapters_again_whose_sections_were_revised(here: Here, server: Scripted) -> None:
    assert here.doit().status == 0
    revising(server, answer({"number": 5, "happens": "Odile is angry."}))
    assert revise(here, "--chapters", "5", "--yes").status == 0
    server.clear()

    assert here.doit().status == 0

    assert server.tasks == ["chapter:5", "summary:5"]


@pytest.mark.parametrize(
    ("arguments", "wrong", "status"),
    [
        ((), "Say what is to be otherwise: `novelist outline", 2),
        (
            (WISH, "--chapters", "3-9"),
            "there is no chapter `3-9`. Name one of the 4, or some such as `1-3` or `1,3`.",
            1,
        ),
        ((WISH, "--chapters", "x"), "there is no chapter `x`. Name one of the 4", 1),
        ((WISH, "--chapters", "3-2"), "there is no chapter `3-2`. Name one of the 4", 1),
    ],
)
def test_what_cannot_be_asked_is_said_and_costs_nothing(
    mine: Here, server: Scripted, arguments: tuple[str, ...], wrong: str, status: int
) -> None:
    ran = mine.novelist("outline", *arguments)
    assert ran.status == status
    assert wrong in ran.err
    assert server.requests == []


def test_without_an_outline_it_is_said_how_one_is_drafted(here: Here, server: Scripted) -> None:
    ran = revise(here)
    assert (ran.status, server.requests) == (1, [])
    assert ran.err == "Error: outline.md: there is no outline yet. Run `doit outline` to have it drafted.\n"


def test_nothing_that_a_model_answers_opens_a_chapter_or_a_part(mine: Here, server: Scripted) -> None:
    revising(
        server, answer({"number": 2, "title": "# X {#y}", "happens": "# Part\n\n## 9. New {#new}\n\x1b[31m<<<<<<< a."})
    )

    revise(mine, "--chapters", "2", "--yes")

    after = read(text_of(mine))
    assert [one.id for one in after.sections] == [one.id for one in read(OUTLINE).sections]
    assert "\x1b" not in everything(mine)


LIST = "1. **The Bottle** — Mara finds a bottle.\n2. **The Tide** — The sea comes back.\n   Nobody sees it.\n"


@pytest.mark.parametrize("form", [OUTLINE, LIST, "## 1. A\n## 2. B\n\nIt rains.\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_outline_in_any_form_is_told_anew(form: str, end: str) -> None:
    outline = form.replace("\n", end)
    before = read(outline)
    new = replace(before.sections[1], text="It snows.")
    now = retold(outline, before, {2: new}, read)
    assert now is not None
    assert read(now).sections[1].text == "It snows."
    assert read(now).sections[0] == before.sections[0]
    assert now.count("\n") == now.count(end)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_of_a_list_has_the_lines_of_its_text_below_one_another(end: str) -> None:
    before = read(LIST.replace("\n", end))
    new = replace(before.sections[0], text="Mara finds it.\n\nIt is wet.\nPOV: Mara")
    now = retold(LIST.replace("\n", end), before, {1: new}, read)
    item = "1. **The Bottle** — Mara finds it.\n   It is wet.\n   POV: Mara\n2. **The Tide**"
    assert now is not None
    assert now.startswith(item.replace("\n", end))
    assert read(now).sections[1] == replace(before.sections[1], line=4)


def test_what_would_be_read_as_a_chapter_below_an_item_is_folded_into_its_line() -> None:
    before = read(LIST)
    now = retold(LIST, before, {1: replace(before.sections[0], text="Mara finds it.\n## 3. Rain")}, read)
    assert now is not None
    assert now.startswith("1. **The Bottle** — Mara finds it. ## 3. Rain\n2. **The Tide**")


@given(
    st.lists(st.sampled_from(["It rains.", "", "- a", "***", "POV: Mara", "“Go.”", "A 1. b"]), min_size=1, max_size=6),
    st.text(max_size=60),
    st.integers(1, 4),
)
def test_a_text_is_put_in_place_of_another_or_nothing_is(below: list[str], text: str, number: int) -> None:
    outline = OUTLINE.replace("The sea comes back.", "\n".join(below))
    before = read(outline)
    sections = {number: replace(before.sections[number - 1], text=inert(text))}
    now = retold(outline, before, sections, read)
    if now is not None:
        after = read(now).sections
        assert after[number - 1].text.split() == inert(text).split()
        assert [one for n, one in enumerate(after, 1) if n != number] == [
            one for n, one in enumerate(before.sections, 1) if n != number
        ]

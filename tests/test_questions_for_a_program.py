"""A program answers in place of a person: a question is a line of JSON with a word of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest
from finished import finish, lines
from in_process import Here, body
from rippling import answer, edit, write_story
from scripted import Scripted

WORD = "q7"
NOBODY = "chapter:03 is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
EDITED = ["chapter:2", "summary:2"]


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, of which the section of chapter 2 was edited; a program answers for it."""
    finish(here, server)
    here.edit("outline.md", "Mara walks", "Mara runs")
    here.environ["NOVELIST_ASK"] = WORD
    return here


@pytest.fixture
def story(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, for which a program answers, and a model with two edits to chapter 3."""
    write_story(here, server)
    here.environ["NOVELIST_ASK"] = WORD
    server.on("revise:3", answer(edit(4, "Odile shouted."), edit(6, "Nobody answered.")))
    return here


def asked(out: str) -> list[dict[str, Any]]:
    """Return the questions among what was printed."""
    return [json.loads(line) for line in out.splitlines() if line.startswith(f'{{"ask": "{WORD}"')]


def build(book: Here, monkeypatch: pytest.MonkeyPatch, *answers: str) -> tuple[int, str, list[dict[str, Any]]]:
    """Build, and return the status, what was printed and what was asked."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each}\n" for each in answers)))
    ran = book.doit()
    return ran.status, ran.out, asked(ran.out)


@pytest.mark.parametrize(
    ("given", "drafted"),
    [('{"answer": "yes"}', "3 4 5"), ('{"answer": [5, 4]}', "4 5"), ('{"answer": "keep"}', ""), ('{"answer": []}', "")],
)
def test_a_cascade_is_asked_about_once(
    novel: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch, given: str, drafted: str
) -> None:
    status, _, questions = build(novel, monkeypatch, given)
    assert status == 0
    assert server.tasks == [*EDITED, *(f"{kind}:{each}" for each in drafted.split() for kind in ("chapter", "summary"))]
    (question,) = questions
    cost = question.pop("cost")
    assert (list(cost), cost["tokens"] > 0, cost["dollars"]) == (["tokens", "dollars", "words"], True, None)
    assert cost["words"].startswith("3 chapters, 3 summaries, about ")
    titles = {3: "The Lamp", 4: "The Ferry", 5: "The Letter"}
    assert question == {
        "ask": WORD,
        "question": "replace",
        "adapts": False,
        "reason": "the story before it changed",
        "chapters": [{"number": number, "title": title} for number, title in titles.items()],
    }


def test_quit_stops_the_build(novel: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, _ = build(novel, monkeypatch, '{"answer": "quit"}')
    assert (status, server.tasks) == (1, EDITED)
    assert "stopped: you quit; this chapter and those after it are as they were." in out


def test_without_an_answer_it_is_as_where_there_is_no_terminal(
    novel: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, questions = build(novel, monkeypatch)
    assert (status, len(questions), server.tasks) == (0, 1, EDITED)
    assert any(line.startswith("chapters     3-5 wait for you: ") for line in lines(out))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("yes", 'an answer is a line such as {"answer": "yes"}'),
        ("[" * 50_000, 'an answer is a line such as {"answer": "yes"}'),
        ('["yes"]', 'an answer is a line such as {"answer": "yes"}'),
        ('{"answer": "y"}', "the answer is yes, keep, quit, or a list of chapters from 1 to 5"),
        ('{"answer": [6]}', "the answer is yes, keep, quit, or a list of chapters from 1 to 5"),
        ('{"answer": [true]}', "the answer is yes, keep, quit, or a list of chapters from 1 to 5"),
        ('{"answer": {}}', "the answer is yes, keep, quit, or a list of chapters from 1 to 5"),
    ],
)
def test_what_is_no_answer_is_asked_for_again(
    novel: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch, given: str, problem: str
) -> None:
    status, _, questions = build(novel, monkeypatch, given, '{"answer": "keep"}')
    assert (status, server.tasks) == (0, EDITED)
    assert [question.get("problem") for question in questions] == [None, problem]


def test_it_is_asked_over_a_pipe_while_the_build_waits(novel: Here, server: Scripted) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", "novelist", "build"],
        cwd=novel.root,
        env=novel.environ,
        stdin=pipe,
        stdout=pipe,
        encoding="utf-8",
        errors="surrogateescape",
    ) as building:
        assert building.stdin is not None
        assert building.stdout is not None
        answers = iter(['{"answer": "\udcff"}\n', "\udcff\n", '{"answer": [3]}\n'])  # bytes that are no text come first
        for line in building.stdout:
            if asked(line):
                assert server.tasks == EDITED
                building.stdin.write(next(answers))
                building.stdin.flush()
    assert (building.returncode, [*answers]) == (0, [])
    assert server.tasks == [*EDITED, "chapter:3", "summary:3"]


def text(book: Here) -> list[str]:
    """Return the paragraphs of chapter 3."""
    return body(book.chapter(3).read_text()).split("\n\n")


@pytest.mark.parametrize(("given", "taken"), [('"all"', (4, 6)), ('"none"', ()), ("[2]", (6,)), ("[]", ())])
def test_the_edits_of_a_revision_are_taken_as_it_says(story: Here, given: str, taken: tuple[int, ...]) -> None:
    before = text(story)
    ran = story.novelist("revise", "3", "Odile is angry", answers=f'{{"answer": [3]}}\n{{"answer": {given}}}\n')
    assert ran.status == 0, ran.err
    new = {4: "Odile shouted.", 6: "Nobody answered."}
    edits = [
        {"edit": place, "changes": [{"paragraph": number, "old": before[number - 1], "new": new[number]}]}
        for place, number in enumerate(new, 1)
    ]
    problem = "the answer is all, none, or a list of edits from 1 to 2"
    question = {
        "ask": WORD,
        "question": "edits",
        "chapter": {"number": 3, "title": "The Lamp"},
        "edits": edits,
        "refused": [],
    }
    assert asked(ran.out) == [question, {**question, "problem": problem}]
    assert text(story) == [new[at] if at in taken else each for at, each in enumerate(before, 1)]


def test_edits_that_nobody_answers_for_wait(story: Here, server: Scripted) -> None:
    before = text(story)
    ran = story.novelist("revise", "3", "Odile is angry")
    assert (ran.status, ran.err) == (1, f"Error: {NOBODY}\n")
    assert text(story) == before
    assert story.novelist("revise", "3", "Odile is angry", "--yes").status == 0
    assert (text(story)[3], server.tasks) == ("Odile shouted.", ["revise:3"])

"""A draft of any kind that a build had to leave in the middle: it is gone on with, unless it is of something else."""

from __future__ import annotations

import json

import pytest
from finished import PLANNED, S1, finish
from first_chapter import QUOTA, partials, rejected, told
from in_process import Here, body
from scripted import Reply, Scripted, bible, outline

SUMMARY = "Mara finds a bottle on the shore and keeps it from Eskil, who saw it.\n\nFacts:\n- Mara: has the bottle"
WHOLE = {"bible": bible(), "outline": json.dumps(PLANNED), "summary:1": SUMMARY}


def add(here: Here, text: str) -> None:
    """Type a paragraph at the end of chapter 1."""
    with here.chapter(1).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def interrupt(here: Here, server: Scripted, task: str) -> str:
    """Have the server give out in the middle of a draft, and return what came of it."""
    if task == "summary:1":
        finish(here, server)
        add(here, "The lamp went out.")
    whole = WHOLE[task]
    server.on(task, Reply(whole[: len(whole) // 2], error=QUOTA))
    ran = here.doit(task.replace(":", ":0"))
    assert ran.status == 1
    assert f"{partials(here)[0].relative_to(here.root)}; the next build goes on from there." in ran.out
    server.clear()
    return whole[: len(whole) // 2]


def test_json_is_gone_on_with_without_a_schema_and_without_thinking_again(here: Here, server: Scripted) -> None:
    began = interrupt(here, server, "outline")
    begun = began[: began.rindex(" ")]
    server.on("outline", WHOLE["outline"][len(begun) :])

    ran = here.doit("outline", KIMI_PROVIDER="moonshot")

    assert ran.status == 0, ran.out
    assert server.tasks == ["outline"]
    assert told(server, "outline")[0].begun == begun
    assert told(server, "outline")[0].body["messages"][-1] == {"role": "assistant", "content": begun, "partial": True}
    assert "response_format" not in told(server, "outline")[0].body
    assert "## 5. The Letter" in (here / "outline.md").read_text(encoding="utf-8")
    assert (partials(here), rejected(here, "@outline")) == ([], [])


@pytest.mark.parametrize("task", ["bible", "outline"])
def test_a_model_that_answers_with_all_of_it_again_is_taken_at_its_word(
    here: Here, server: Scripted, task: str
) -> None:
    interrupt(here, server, task)
    server.on(task, f"```json\n{WHOLE[task]}\n```")

    assert here.doit(task).status == 0
    assert server.tasks == [task]
    assert bool(told(server, task)[0].begun)
    assert rejected(here, f"@{task}") == []


def test_a_plan_that_was_whole_but_for_its_end_is_not_asked_for_again(here: Here, server: Scripted) -> None:
    server.on("bible", Reply(bible(), error=QUOTA))
    assert here.doit("bible").status == 1
    server.clear()

    assert here.doit("bible").status == 0
    assert server.requests == []
    assert "## Mara Halden" in (here / "bible.md").read_text(encoding="utf-8")


def test_what_goes_on_and_makes_no_plan_is_kept_in_history_and_asked_for_anew(here: Here, server: Scripted) -> None:
    began = interrupt(here, server, "outline")
    server.on("outline", "I have told you all of it.", outline(5))

    assert here.doit("outline").status == 0
    first, second = told(server, "outline")
    assert (bool(first.begun), second.begun) == (True, "")
    assert second.body["response_format"]["type"] == "json_schema"
    assert [text.startswith(began[: began.rindex(" ")]) for text in rejected(here, "@outline")] == [True]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("premise.md", "chapters: 5", "chapters: 4"),
        ("premise.md", "Mara keeps", "Tilda keeps"),
        ("bible.md", "ferry", "tram"),
    ],
)
def test_an_outline_that_was_begun_from_something_else_goes_to_history(
    here: Here, server: Scripted, name: str, old: str, new: str
) -> None:
    began = interrupt(here, server, "outline")
    here.edit(name, old, new)

    assert here.doit("outline").status == 0
    assert [request.begun for request in told(server, "outline")] == [""]
    assert [began.startswith(text) and len(began) - len(text) < 20 for text in rejected(here, "@outline")] == [True]


def test_a_summary_is_gone_on_with_at_its_last_whole_word(here: Here, server: Scripted) -> None:
    began = interrupt(here, server, "summary:1")
    begun = began[: began.rindex(" ")]
    server.on("summary:1", SUMMARY[len(begun) :])

    assert here.doit("summary:01").status == 0
    assert [(request.task, request.begun) for request in server.requests] == [("summary:1", begun)]
    assert body((here / S1).read_text(encoding="utf-8")) == SUMMARY


def test_a_summary_that_was_begun_from_another_text_goes_to_history(here: Here, server: Scripted) -> None:
    began = interrupt(here, server, "summary:1")
    add(here, "Nobody came.")

    assert here.doit("summary:01").status == 0
    assert [request.begun for request in server.requests] == [""]
    assert rejected(here, "the-bottle/summary") == [began]


def test_an_unfinished_summary_goes_to_history_where_an_earlier_one_takes_its_place(
    here: Here, server: Scripted
) -> None:
    finish(here, server)
    summary, chapter = (here / S1).read_text(encoding="utf-8"), here.chapter(1).read_text(encoding="utf-8")
    interrupt(here, server, "summary:1")
    here.chapter(1).write_text(chapter, encoding="utf-8")
    (here / S1).unlink()

    assert here.doit("summary:01").status == 0
    assert body((here / S1).read_text(encoding="utf-8")) == body(summary)
    assert (server.requests, partials(here)) == ([], [])
    assert len(rejected(here, "the-bottle/summary")) == 1


def test_what_a_killed_write_of_it_has_left_goes_with_it(here: Here, server: Scripted) -> None:
    interrupt(here, server, "summary:1")
    unfinished = partials(here)[0]
    left = unfinished.with_name(f".{unfinished.name}.tmp")
    left.write_text("half a li")

    assert here.doit("summary:01").status == 0
    assert not left.exists()

"""A finished book costs nothing to export: what a person typed is summed up only where a chapter is to be drafted."""

from __future__ import annotations

import pytest
from finished import finish, lines
from in_process import Here
from scripted import Scripted, prose, refusal

IDLE = "Everything is up to date.\n"


def type_chapters(here: Here, typed: int, count: int) -> Here:
    """Put a book in place of which a person has typed the first chapters, and of none has a summary."""
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n")
    sections = (f"## {number}. Day {number} {{#day-{number}}}\n\nMara waits.\n" for number in range(1, count + 1))
    (here / "outline.md").write_text("\n".join(sections))
    (here / "chapters").mkdir()
    for number in range(1, typed + 1):
        (here / "chapters" / f"{number:02d}-day-{number}.md").write_text(f"{prose(50, 700 + number)}\n")
    return here


@pytest.mark.parametrize("task", ["book", "epub", "docx", "html"])
def test_a_typed_book_is_made_without_a_call(here: Here, server: Scripted, task: str) -> None:
    type_chapters(here, 3, 3)
    ran = here.doit(task)
    assert (ran.status, ran.to_draft, server.requests) == (0, "", []), ran.out
    assert not (here / "summaries").exists()
    assert here.doit(task).out == IDLE


def test_all_that_looks_ahead_agrees_that_a_typed_book_has_nothing_to_draft(here: Here) -> None:
    type_chapters(here, 3, 3)
    assert here.novelist("plan").out == "Nothing to draft.\n"
    assert here.statuses() == here.statuses() | {f"summary:0{number}": "U" for number in (1, 2, 3)} | {"summary": "U"}
    assert "summary" not in here.novelist("status").out
    assert here.novelist("why", "summary:01").out == "summary:01 is fresh: no chapter that is to be drafted reads it.\n"


def test_what_a_person_typed_is_summed_up_for_the_chapter_that_is_to_be_drafted(here: Here, server: Scripted) -> None:
    type_chapters(here, 3, 4)
    assert [line.split()[0] for line in here.novelist("plan").out.splitlines()[:-1]] == [
        "summary:01",
        "summary:02",
        "summary:03",
        "chapter:04",
        "summary:04",
    ]
    ran = here.doit("epub")
    assert ran.status == 0, ran.out
    assert ran.to_draft.startswith("To draft: 1 chapter, 4 summaries, ")
    assert (sorted(server.tasks[:3]), server.tasks[3:]) == (
        ["summary:1", "summary:2", "summary:3"],
        ["chapter:4", "summary:4"],
    )
    server.clear()
    assert here.doit("epub").out == IDLE


def test_what_stands_behind_the_last_chapter_to_be_drafted_is_not_summed_up(here: Here, server: Scripted) -> None:
    type_chapters(here, 5, 5).chapter(3).unlink()
    assert here.doit().status == 0
    assert (sorted(server.tasks[:2]), server.tasks[2:]) == (["summary:1", "summary:2"], ["chapter:3", "summary:3"])
    server.clear()
    assert here.doit().out == IDLE


def test_a_build_up_to_a_typed_chapter_drafts_nothing(here: Here, server: Scripted) -> None:
    type_chapters(here, 3, 4)
    assert here.doit("chapter:03").status == 0
    assert server.requests == []


def test_a_summary_that_is_asked_for_by_name_is_drafted(here: Here, server: Scripted) -> None:
    type_chapters(here, 3, 3)
    assert here.doit("summary:02").status == 0
    assert sorted(server.tasks) == ["summary:1", "summary:2"]
    server.clear()
    assert (here.doit("summary:02").out, here.doit().status, server.requests) == (IDLE, 0, [])


def test_a_chapter_that_a_person_adds_at_the_end_is_not_summed_up(here: Here, server: Scripted) -> None:
    finish(here, server)
    with (here / "outline.md").open("a") as outline:
        outline.write("\n## 6. The End {#the-end}\n\nMara leaves.\n")
    (here / "chapters" / "06-the-end.md").write_text("She left.\n")
    assert here.doit("epub").status == 0
    assert server.requests == []


def test_a_typed_chapter_that_changed_has_the_summary_checked_that_it_has(here: Here, server: Scripted) -> None:
    type_chapters(here, 3, 4)
    here.doit()
    server.clear()
    here.edit("chapters/02-day-2.md", " ", "  and ")
    assert here.doit().status == 0
    assert server.tasks[:1] == ["summary:2"]


@pytest.mark.soak
def test_a_long_typed_book_wants_no_arcs_until_a_chapter_is_to_be_drafted(here: Here, server: Scripted) -> None:
    type_chapters(here, 72, 72)
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 1")
    here.doit("summary:01")  # one that is there is checked, and it alone
    here.edit("chapters/01-day-1.md", " ", "  and ")
    server.clear()
    assert here.doit("epub").status == 0
    assert server.tasks == ["summary:1"]
    assert here.doit("epub").out == IDLE
    here.chapter(72).unlink()
    server.clear()
    ran = here.doit("epub")
    assert ran.status == 0, ran.out
    assert server.tasks == [
        *(f"summary:{number}" for number in range(2, 71)),
        "arc:1-10",
        "summary:71",
        "chapter:72",
        "summary:72",
    ]


def test_the_book_does_not_wait_for_a_summary_that_no_chapter_waits_for(here: Here, server: Scripted) -> None:
    type_chapters(here, 1, 2)
    book = server.script
    filtered = refusal(400, "content_filter", "no")
    server.script = lambda request: filtered if request.task == "summary:2" else book(request)
    ran = here.doit("epub")
    assert ran.status == 0
    because = "the content filter of an OpenAI-compatible server stopped the request (400: no)."
    line = f"summary:02   waits for the next build: {because} Change what it is asked for, or set another KIMI_MODEL."
    assert line in lines(ran.out)
    assert (here / "dist" / "book.epub").exists()
    server.script = book
    server.clear()
    assert here.doit().status == 0
    assert server.tasks == ["summary:2"]


def test_a_summary_that_a_chapter_waits_for_stops_the_build(here: Here, server: Scripted) -> None:
    type_chapters(here, 1, 2)
    book = server.script
    filtered = refusal(400, "content_filter", "no")
    server.script = lambda request: filtered if request.task == "summary:1" else book(request)
    ran = here.doit()
    assert ran.status == 1
    assert any(line.startswith("summary:01   failed: ") for line in lines(ran.out))
    assert set(server.tasks) == {"summary:1"}

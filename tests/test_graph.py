"""doit's verbs on a fresh book, a half-built one and a finished one."""

from __future__ import annotations

import pytest
from in_process import Here
from scripted import Scripted, outline, refusal
from shelf import Shelf

CHAPTERS = [f"chapter:{number:02d}" for number in range(1, 6)]
SUMMARIES = [f"summary:{number:02d}" for number in range(1, 6)]
ALL_CALLS = ["bible", "outline"] + [f"{kind}:{number}" for number in range(1, 6) for kind in ("chapter", "summary")]
UNKNOWN = """\
ERROR: Invalid parameter: "chapter:99". Must be a command, task, or a target.
Type "doit help" to see available commands.
Type "doit list" to see available tasks.

"""


def stop_at(server: Scripted, task: str) -> None:
    """Have the server refuse `task`, so that the build ends there."""
    server.on(task, refusal(401, "invalid_authentication_error", "bad key"))


def test_doit_writes_the_whole_book(book: Shelf, server: Scripted) -> None:
    ran = book.doit()
    assert (ran.status, ran.err) == (0, "")
    assert server.tasks == ALL_CALLS
    assert sorted(book.texts()) == [
        "bible.md",
        "book.md",
        "chapters/01-the-lamp-of-day-1.md",
        "chapters/02-the-tide-of-day-2.md",
        "chapters/03-the-gull-of-day-3.md",
        "chapters/04-the-rope-of-day-4.md",
        "chapters/05-the-harbour-of-day-5.md",
        "dodo.py",
        "outline.md",
        "premise.md",
        "summaries/01-the-lamp-of-day-1.md",
        "summaries/02-the-tide-of-day-2.md",
        "summaries/03-the-gull-of-day-3.md",
        "summaries/04-the-rope-of-day-4.md",
        "summaries/05-the-harbour-of-day-5.md",
    ]
    assert ran.out.endswith("assembled: 5 chapters, 250 words\nThe book is book.md.\n")


def test_a_second_doit_does_nothing(here: Here, server: Scripted) -> None:
    here.doit()
    before = here.texts()
    server.clear()
    ran = here.doit()
    assert (ran.status, ran.out, ran.err) == (0, "Everything is up to date.\n", "")
    assert server.requests == []
    assert here.texts() == before


def test_doit_a_asks_for_nothing_either(here: Here, server: Scripted) -> None:
    here.doit()
    before = here.texts()
    server.clear()
    assert here.doit("-a").status == 0
    assert server.requests == []
    assert here.texts() == before


@pytest.mark.parametrize("gone", [".novelist", ".novelist/cache"])
def test_a_book_whose_cache_is_deleted_is_up_to_date_before_any_run(here: Here, server: Scripted, gone: str) -> None:
    here.doit()
    server.clear()
    here.run("rm", "-r", gone)
    statuses = here.statuses()
    assert {statuses[task] for task in ["bible", "outline", "files", "book", *CHAPTERS, *SUMMARIES]} == {"U"}
    assert here.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_a_fresh_clone_is_up_to_date_before_any_run(here: Here, server: Scripted) -> None:
    here.doit()
    server.clear()
    (here / ".gitignore").write_text(".novelist/\n.env\n__pycache__/\n")
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -qm book", "clone -q . ../clone"):
        assert here.run("git", *command.split()).status == 0
    clone = Shelf(here.root.parent / "clone", here.environ)
    statuses = clone.statuses()
    assert {statuses[task] for task in ["bible", "outline", "files", "book", *CHAPTERS, *SUMMARIES]} == {"U"}
    assert not (clone / ".novelist").exists()
    assert clone.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_doit_forget_costs_nothing(here: Here, server: Scripted) -> None:
    here.doit()
    server.clear()
    assert here.doit("forget").status == 0
    assert here.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_doit_clean_takes_away_only_what_was_assembled(here: Here, server: Scripted) -> None:
    here.doit()
    before = here.texts()
    server.clear()
    assert here.doit("clean", "-a").status == 0
    assert set(before) - set(here.texts()) == {"book.md"}
    assert here.doit().status == 0
    assert here.texts() == before
    assert server.requests == []


def test_a_fresh_book_lists_its_tasks_without_writing_anything(here: Here, server: Scripted) -> None:
    before = sorted(here.root.rglob("*"))
    statuses = here.statuses()
    exports = {"epub", "pdf", "docx", "html"}
    groups = {"chapter", "summary"}
    assert set(statuses) == {"bible", "outline", "files", "book", "read", *groups, *CHAPTERS, *SUMMARIES, *exports}
    assert set(statuses.values()) == {"R"}
    assert sorted(here.root.rglob("*")) == before
    assert server.requests == []


def test_a_chapter_of_a_fresh_book_brings_what_it_needs(here: Here, server: Scripted) -> None:
    assert here.doit("chapter:02").status == 0
    assert server.tasks == ["bible", "outline", "chapter:1", "summary:1", "chapter:2"]
    assert here.statuses()["chapter:02"] == "U"
    assert here.statuses()["chapter:03"] == "R"


def test_the_book_of_a_fresh_book_is_all_of_it(here: Here, server: Scripted) -> None:
    assert here.doit("book").status == 0
    assert server.tasks == ALL_CALLS


@pytest.mark.parametrize("built", [False, True])
def test_a_chapter_that_does_not_exist_is_an_error_of_doit(book: Shelf, server: Scripted, *, built: bool) -> None:
    if built:
        book.doit()
    server.clear()
    ran = book.doit("chapter:99")
    assert (ran.status, ran.out, ran.err) == (3, "", UNKNOWN)
    assert server.requests == []


def test_doit_info_says_why(here: Here) -> None:
    fresh = here.doit("info", "chapter:02")
    assert fresh.status == 1
    assert "    - outline.md: it is missing. Run `doit outline` to have it drafted. (args=[], kwargs={})" in fresh.out
    here.doit()
    assert "status     : up-to-date" in here.doit("info", "chapter:02").out
    here.edit("outline.md", "On day 2 Mara finds", "On day 2 Mara breaks")
    stale = here.doit("info", "chapter:02")
    assert "    - its part of the outline changed (args=[], kwargs={})" in stale.out


def test_a_chapter_is_asked_for_by_its_file(here: Here, server: Scripted) -> None:
    here.doit("chapter:01")
    server.clear()
    assert here.doit("chapters/02-the-tide-of-day-2.md").status == 0
    assert server.tasks == ["summary:1", "chapter:2"]


def test_a_half_built_book_goes_on_where_it_stopped(here: Here, server: Scripted) -> None:
    stop_at(server, "chapter:3")
    assert here.doit().status == 1
    statuses = here.statuses()
    assert [statuses[task] for task in CHAPTERS] == ["U", "U", "R", "R", "R"]
    server.clear()
    ran = here.doit()
    assert ran.status == 0, ran.out
    assert server.tasks == [f"{kind}:{number}" for number in (3, 4, 5) for kind in ("chapter", "summary")]


def test_one_edited_section_redrafts_one_chapter_while_its_summary_holds(here: Here, server: Scripted) -> None:
    here.doit()
    before = here.texts()
    server.clear()
    server.on("summary:2", "UNCHANGED")
    here.edit("outline.md", "On day 2 Mara finds", "On day 2 Mara breaks")
    statuses = here.statuses()
    assert [statuses[task] for task in CHAPTERS] == ["U", "R", "U", "U", "U"]
    ran = here.doit()
    assert server.tasks == ["chapter:2", "summary:2"]
    changed = {name for name, text in here.texts().items() if text != before[name]}
    assert changed == {
        "outline.md",
        "book.md",
        "chapters/02-the-tide-of-day-2.md",
        "summaries/02-the-tide-of-day-2.md",
    }
    assert "chapter:02   drafted again (its part of the outline changed): The Tide of Day 2, 50 words" in ran.out
    assert "summary:02   unchanged" in ran.out


def test_a_chapter_edited_by_hand_is_kept(here: Here, server: Scripted) -> None:
    here.doit()
    server.clear()
    server.on("summary:2", "UNCHANGED")
    with here.chapter(2).open("a", encoding="utf-8") as file:
        file.write("\nA sentence of my own.\n")
    mine = here.chapter(2).read_text()
    assert here.doit().status == 0
    assert server.tasks == ["summary:2"]
    assert here.chapter(2).read_text() == mine
    assert "A sentence of my own." in (here / "book.md").read_text()


def test_a_chapter_edited_by_hand_is_kept_when_its_section_changes_and_that_is_said(
    here: Here, server: Scripted
) -> None:
    here.doit()
    with here.chapter(2).open("a", encoding="utf-8") as file:
        file.write("\nA sentence of my own.\n")
    server.on("summary:2", "UNCHANGED")
    here.doit()
    mine = here.chapter(2).read_text()
    here.edit("outline.md", "On day 2 Mara finds", "On day 2 Mara breaks")
    server.clear()
    for _ in range(2):
        ran = here.doit()
        assert ran.status == 0
        assert ran.out.startswith("chapter:02   kept: you edited it; its part of the outline changed\n")
    assert server.requests == []
    assert here.chapter(2).read_text() == mine
    assert here.statuses()["chapter:02"] == "R"


def test_a_chapter_typed_by_hand_is_summarised_and_never_overwritten(here: Here, server: Scripted) -> None:
    here.doit("outline")
    (here / "chapters").mkdir()
    typed = here / "chapters" / "01-the-lamp-of-day-1.md"
    typed.write_text("I wrote this.\n\n---\n\nAll of it.\n")
    server.clear()
    assert here.doit().status == 0
    assert server.tasks[:2] == ["summary:1", "chapter:2"]
    assert typed.read_text() == "I wrote this.\n\n---\n\nAll of it.\n"
    assert "I wrote this." in (here / "book.md").read_text()


def test_a_range_of_chapters_is_settled_by_the_outline(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 3-9")
    assert "chapter:09" in here.statuses()
    ran = here.doit()
    assert ran.status == 0, ran.out + ran.err
    assert server.tasks == [
        *("bible", "outline", "outline:1-3"),
        *(f"{kind}:{n}" for n in (1, 2, 3) for kind in ("chapter", "summary")),
    ]
    assert "chapter:09" not in here.statuses()
    assert here.doit().out == "Everything is up to date.\n"


def test_over_a_range_a_number_too_high_fails_once_there_is_an_outline(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 3-9")
    ran = here.doit("chapter:07")
    assert ran.status == 1
    assert ran.out.splitlines()[-1].startswith("chapter:04   failed: outline.md: it has 3 chapters, so there is no ")
    assert server.tasks == [
        *("bible", "outline", "outline:1-3"),
        *(f"{kind}:{n}" for n in (1, 2, 3) for kind in ("chapter", "summary")),
    ]


def test_an_outline_of_ones_own_is_built_without_asking_for_one(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text("1. **One** — Mara wakes.\n2. **Two** — Mara sleeps.\n")
    assert here.doit().status == 0
    assert server.tasks == ["bible", "chapter:1", "summary:1", "chapter:2", "summary:2"]


def test_doit_without_a_premise_says_what_to_do(book: Shelf) -> None:
    (book / "premise.md").unlink()
    ran = book.doit()
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "ERROR: there is no premise.md here. Go to the folder of a book, or write the idea of one into premise.md.\n"
    )


def test_a_setting_that_cannot_be_used_is_found_before_any_call(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: many")
    ran = here.doit()
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "ERROR: premise.md:7: `words: many` is neither a whole number nor a range such as `20-40`. Change it.\n"
    )
    assert server.requests == []


def test_a_book_is_built_from_elsewhere_by_its_name(here: Here, server: Scripted) -> None:
    (here.root.parent / "dodo.py").write_bytes((here / "dodo.py").read_bytes())
    elsewhere = Shelf(here.root.parent, {**here.environ, "NOVELIST_BOOK": "book"})
    ran = elsewhere.doit()
    assert ran.status == 0
    assert ran.out.endswith("The book is book/book.md.\n")
    server.clear()
    assert elsewhere.doit("book/chapters/02-the-tide-of-day-2.md").out == "Everything is up to date.\n"
    assert here.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_entities_of_one_heading_are_told_apart(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 2")
    (here / "bible.md").write_text("## The twin\n\nAlso: Anna\n\nTall.\n\n## The twin\n\nAlso: Berta\n\nSmall.\n")
    (here / "outline.md").write_text("## 1. Noon\n\nAnna waits.\n\n## 2. Dusk\n\nBerta waits.\n")
    assert here.doit().status == 0
    server.clear()
    assert here.doit().out == "Everything is up to date.\n"


@pytest.mark.parametrize("task", ["chapter:9*", "summary:07*"])
def test_a_pattern_that_no_task_has_is_told(here: Here, task: str) -> None:
    ran = here.doit(task)
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.soak
def test_an_arc_of_more_chapters_than_the_outline_has_is_told(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 60-80")
    server.on("outline", outline(70))
    ran = here.doit("arc")
    assert (
        "arc:001-010  failed: outline.md: it has 70 chapters, so no chapter reads a summary of 1 to 10. "
        "Ask for another."
    ) in ran.out

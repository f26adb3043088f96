"""A book that came without a plan: idea, bible and sections are told from its chapters, once one is to be drafted."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner
from finished import lines
from in_process import Here
from scripted import Reply, Request, Scripted, prose, refusal

from novelist.cli.main import main

IDLE = "Everything is up to date.\n"


@pytest.fixture
def brought(here: Here, tmp_path: Path) -> Here:
    """A book of three chapters that was brought in from a manuscript, which says nothing else."""
    chapters = (f"## Chapter {number}: Day {number}\n\n{prose(60, 700 + number)}" for number in (1, 2, 3))
    manuscript = tmp_path / "sea.md"
    manuscript.write_text("# The Sea\n\n" + "\n\n".join(chapters) + "\n")
    root = tmp_path / "brought"
    ran = CliRunner().invoke(main, ["import", str(manuscript), str(root)], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return Here(root, here.environ, here.capfd)


def one_more(book: Here, text: str = "") -> None:
    """Have a fourth chapter planned, which is to be drafted."""
    with (book / "outline.md").open("a") as outline:
        outline.write(f"\n## 4. The End {{#the-end}}\n\n{text}\n")


PLAN = ["summary:1", "summary:2", "summary:3", "idea", "bible", "sections"]


def asked(server: Scripted) -> list[str]:
    """Return the tasks of all requests; the scripted server does not know these two."""
    names = {"what this novel is about": "idea", "have their titles already": "sections"}
    tasks = [next((name for words, name in names.items() if words in one.prompt), one.task) for one in server.requests]
    first = list(takewhile(lambda task: task.startswith("summary:"), tasks))  # which come side by side
    return [*sorted(first), *tasks[len(first) :]]


def test_a_book_that_is_all_there_is_exported_without_a_call(brought: Here, server: Scripted) -> None:
    assert brought.novelist("plan").out == "Nothing to draft.\n"
    assert set(brought.statuses().items()) >= {(f"{name}", "U") for name in ("idea", "bible", "outline", "summary")}
    before = brought.texts()
    assert brought.doit("html").status == 0
    assert server.requests == []
    assert brought.doit("html").out == IDLE
    after = brought.texts()
    assert {name: after[name] for name in before} == before


def test_what_nobody_wrote_is_told_from_the_chapters_once_one_is_to_be_drafted(brought: Here, server: Scripted) -> None:
    one_more(brought, "Mara comes home.")
    plan = [line.split()[0] for line in brought.novelist("plan").out.splitlines()[:-1]]
    assert plan == ["summary:01", "summary:02", "summary:03", "idea", "bible", "outline", "chapter:04", "summary:04"]
    ran = brought.doit("html")
    assert ran.status == 0, ran.out
    assert ran.to_draft.startswith("To draft: the idea, the bible, the outline, 1 chapter, 4 summaries, ")
    assert asked(server) == [*PLAN, "chapter:4", "summary:4"]
    for name in ("premise.md", "bible.md", "outline.md"):
        assert "<!--" not in brought.texts()[name]
    assert "What happens" not in brought.texts()["outline.md"]
    server.clear()
    assert brought.doit("html").out == IDLE
    assert server.requests == []


def test_no_placeholder_is_ever_sent(brought: Here, server: Scripted) -> None:
    one_more(brought)
    assert brought.doit().status == 0
    for request in server.requests:
        assert "<!--" not in request.prompt
        assert "It begins" not in request.prompt
        assert "in a few sentences what" not in request.prompt


def test_the_sections_say_what_happens_and_every_other_line_stays(brought: Here) -> None:
    one_more(brought, "Mara comes home.")
    before = (brought / "outline.md").read_text().splitlines()
    assert brought.doit("outline").status == 0
    after = (brought / "outline.md").read_text().splitlines()
    assert [line for line in before if not line.startswith("<!--")] == [line for line in after if "On day" not in line]
    assert [line[:19] for line in after if "On day" in line] == [f"On day {day} Mara finds" for day in (1, 2, 3)]
    assert "Mara comes home." in after


@pytest.mark.parametrize(("task", "calls"), [("bible", PLAN[:5]), ("outline", PLAN)])
def test_what_is_asked_for_by_name_is_told_from_the_chapters(
    brought: Here, server: Scripted, task: str, calls: list[str]
) -> None:
    assert brought.doit(task).status == 0
    assert asked(server) == calls
    server.clear()
    assert brought.doit(task).out == IDLE
    assert brought.doit().status == 0
    assert server.requests == []


def test_what_an_author_writes_beside_a_placeholder_counts_and_is_not_asked_for(
    brought: Here, server: Scripted
) -> None:
    for name in ("premise.md", "bible.md"):
        with (brought / name).open("a") as file:
            file.write("\n## Mara\n\nShe keeps the light.\n")
    one_more(brought, "Mara comes home.")
    assert brought.doit().status == 0
    assert asked(server) == ["summary:1", "summary:2", "summary:3", "sections", "chapter:4", "summary:4"]
    assert "<!-- novelist:" in (brought / "bible.md").read_text()
    assert "<!-- novelist:" not in server.requests[-2].prompt


def test_a_chapter_before_the_others_is_told_of_all_of_them_by_the_bible(brought: Here, server: Scripted) -> None:
    brought.chapter(1).unlink()
    assert brought.doit().status == 0
    assert asked(server) == ["summary:2", "summary:3", "idea", "bible", "sections", "chapter:1", "summary:1"]


def test_people_are_counted_for_the_bible(brought: Here, server: Scripted) -> None:
    for number in (1, 2, 3):
        with brought.chapter(number).open("a") as file:
            file.write("\nThen Mara saw Eskil. And Mara ran. He saw her, then he ran.\n")
    assert brought.doit("bible").status == 0
    assert "often: Mara (6 times, in 3 chapters), Eskil (3 times, in 3 chapters)." in server.requests[-1].prompt


def test_a_missing_bible_is_told_from_the_chapters(brought: Here, server: Scripted) -> None:
    (brought / "bible.md").unlink()
    assert brought.doit("html").status == 0
    assert server.requests == []
    assert brought.doit("html").out == IDLE
    one_more(brought, "Mara comes home.")
    ran = brought.doit()
    assert ran.status == 0, ran.out
    assert asked(server) == [*PLAN, "chapter:4", "summary:4"]


def test_an_outline_as_a_list_is_told_in_its_items(brought: Here) -> None:
    (brought / "outline.md").write_text("# The Sea\n\n1. **Day 1**\n2. **Day 2** — Mara waits.\n3. Day 3\n4. Day 4\n")
    assert brought.doit("outline").status == 0
    lines_of_it = (brought / "outline.md").read_text().splitlines()
    assert lines_of_it[3] == "2. **Day 2** — Mara waits."
    assert [line[:24] for line in lines_of_it[2:]] == [
        "1. **Day 1** — On day 1 ",
        "2. **Day 2** — Mara wait",
        "3. Day 3 — On day 3 Mara",
        "4. Day 4 — On day 4 Mara",
    ]


def test_chapters_that_were_drafted_without_a_bible_stay_fresh(brought: Here, server: Scripted) -> None:
    left_open = (brought / "bible.md").read_text()
    (brought / "bible.md").write_text("Nobody yet.\n")
    one_more(brought, "Mara comes home.")
    assert brought.doit().status == 0
    (brought / "bible.md").write_text(left_open)
    with (brought / "outline.md").open("a") as outline:
        outline.write("\n## 5. After {#after}\n\nMara sleeps.\n")
    server.clear()
    assert brought.doit().status == 0
    assert asked(server) == ["chapter:5", "summary:5"]


def test_an_idea_that_no_chapter_tells_is_asked_of_the_author(here: Here, server: Scripted) -> None:
    (here / "premise.md").write_text("---\ntitle: The Sea\n---\n<!-- novelist: What is it about? -->\n")
    ran = here.doit()
    assert ran.status == 1
    reason = "there is no idea below the settings, and no chapter that tells it. Write what the book is about."
    assert f"idea         failed: premise.md: {reason}" in lines(ran.out)
    assert server.requests == []


def test_with_jobs_the_summaries_come_side_by_side(brought: Here, server: Scripted) -> None:
    brought.edit("premise.md", "\n---\n", "\njobs: 3\n---\n")
    (brought / "bible.md").unlink()
    assert brought.doit("outline").status == 0
    assert (sorted(asked(server)[:3]), asked(server)[3:]) == (PLAN[:3], PLAN[3:])


def test_what_has_come_is_not_asked_for_again_after_a_failure(brought: Here, server: Scripted) -> None:
    book = server.script
    refused = refusal(401, "invalid_authentication_error")
    server.script = lambda request: refused if request.task == "bible" else book(request)
    assert brought.doit("outline").status == 1
    assert asked(server) == PLAN[:5]
    server.script = book
    server.clear()
    assert brought.doit("outline").status == 0
    assert asked(server) == PLAN[4:]


OLDER = {
    "premise.md": "This book was brought in from a manuscript, which does not say what it is about. "
    "Say it here in a few sentences.",
    "bible.md": "# The story bible\n\nNo one is in here yet. Give each person, place and thing a `##` heading, and say "
    "below it what must stay true.",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_imports_once_wrote_in_the_place_of_words_is_nobodys(brought: Here, server: Scripted, end: str) -> None:
    for name, text in OLDER.items():
        now = (brought / name).read_text()
        start = now.index("<!-- novelist:")
        (brought / name).write_bytes(f"{now[:start]}{text}\n".replace("\n", end).encode())
    outline = (brought / "outline.md").read_text()
    begins = f"It begins: {'day by day, ' * 13}… …"
    (brought / "outline.md").write_text(re.sub("<!-- novelist: .* -->", begins, outline))
    one_more(brought, "Mara comes home.")
    assert brought.doit().status == 0
    assert asked(server) == [*PLAN, "chapter:4", "summary:4"]
    for request in server.requests:
        assert not any(text in request.prompt for text in ("brought in from", "No one is in here", "It begins: "))
    texts = brought.texts()
    assert not any(text in texts[name] for name, text in OLDER.items())
    assert "It begins: " not in texts["outline.md"]


def test_a_section_that_says_how_it_begins_is_its_authors(brought: Here) -> None:
    (brought / "outline.md").write_text(
        "# The Sea\n\n## 1. Day 1\n\nIt begins: a war, and nobody comes …\n\n## 2. Day 2\n\n## 3. Day 3\n"
    )
    assert brought.doit("outline").status == 0
    assert "\nIt begins: a war, and nobody comes …\n" in brought.texts()["outline.md"]


@pytest.mark.parametrize(("task", "name"), [("idea", "premise.md"), ("sections", "outline.md")])
def test_an_answer_is_not_asked_for_again_where_its_file_was_saved_before_it_landed(
    brought: Here, server: Scripted, task: str, name: str
) -> None:
    book = server.script

    def save(request: Request) -> Reply:
        if asked(server)[-1] == task:
            with (brought / name).open("a") as file:
                file.write("\n")
        return book(request)

    server.script = save
    ran = brought.doit("outline")
    assert ran.status == 1
    assert f"{name}: it was saved while it was being drafted, so your text stays." in ran.out
    server.script = book
    done = asked(server)
    assert task in done
    server.clear()
    assert brought.doit("outline").status == 0
    assert task not in asked(server)
    assert not list((brought / ".novelist" / "partial").glob("*"))

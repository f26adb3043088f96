"""The call for a chapter's summary and that for the chapter behind it have one beginning, up to the chapter's end."""

from __future__ import annotations

import pytest
from finished import HAPPENS, TITLES, finish
from in_process import Here, body
from scripted import Request, Scripted, prose

LONGER_THAN_IS_SENT = 7000  # words


def asked(server: Scripted, task: str) -> Request:
    """Return the only request for `task`."""
    (request,) = (request for request in server.requests if request.task == task)
    return request


def above_task(request: Request) -> str:
    """Return a prompt without its last section, the task."""
    return request.prompt.rpartition("# Your task\n\n")[0]


def headings(request: Request) -> list[str]:
    """Return the headings of a prompt's parts."""
    return [line for line in request.prompt.splitlines() if line.startswith("# ")]


def test_a_summary_and_the_chapter_behind_it_share_everything_before_what_is_asked(
    here: Here, server: Scripted
) -> None:
    assert here.doit().status == 0
    for number in range(1, 5):
        summary, chapter = asked(server, f"summary:{number}"), asked(server, f"chapter:{number + 1}")
        shared = above_task(summary)
        assert chapter.prompt.startswith(shared)
        told = body(here.chapter(number).read_text())
        assert shared.rstrip().endswith(told)
        assert chapter.prompt.count(told) == 1
        assert chapter.prompt.removeprefix(shared).startswith("# Your task\n\n")


def test_of_a_long_outline_both_are_shown_the_same_sections(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: 10-20")
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n")
    parts = ("".join(f"## {part} {n}\n\nMara waits.\n\n" for n in range(24)) for part in ("First", "Second"))
    (here / "outline.md").write_text("# Part One\n\n{}# Part Two\n\n{}".format(*parts))
    (here / "chapters").mkdir()
    for number in range(1, 24):
        (here / "chapters" / f"{number:02d}-first-{number - 1}.md").write_text("Mara waits for the ferry.\n")
        (here / "summaries").mkdir(exist_ok=True)
        (here / "summaries" / f"{number:02d}-first-{number - 1}.md").write_text("Mara waited.\n")
    for arc in ("001-010",):
        (here / "summaries" / f"arc-{arc}.md").write_text("Mara waited.\n")
    ran = here.doit("chapter:25")
    assert ran.status == 0, ran.out
    shared = above_task(asked(server, "summary:24"))
    assert "\n25. Second 0: Mara waits." in shared
    assert "\n24. First 23: Mara waits." not in shared
    assert asked(server, "chapter:25").prompt.startswith(shared)


def test_the_chapter_before_is_read_and_its_summary_is_not_told(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.run("rm", str(here.chapter(4)), str(here.summary(4)))
    assert here.doit("chapter:04").status == 0
    prompt = asked(server, "chapter:4").prompt
    assert [body(here.summary(number).read_text()) in prompt for number in (1, 2, 3)] == [True, True, False]
    assert "# What its author says of it" not in prompt


@pytest.mark.parametrize("whose", ["edited", "typed"])
def test_what_its_author_says_of_the_chapter_before_is_told_behind_its_text(
    here: Here, server: Scripted, whose: str
) -> None:
    finish(here, server)
    path = here.summary(3)
    path.write_text(f"{path.read_text()}\nEskil saw her.\n" if whose == "edited" else "Eskil saw her.\n")
    here.run("rm", str(here.chapter(4)), str(here.summary(4)))
    assert here.doit("chapter:04").status == 0
    request = asked(server, "chapter:4")
    behind = request.prompt.partition("# What its author says of it\n\n")[2].partition("\n\n# ")[0]
    assert behind == (body(path.read_text()) if whose == "edited" else "Eskil saw her.")
    assert headings(request)[-3:] == [f'# Chapter 3, "{TITLES[2]}"', "# What its author says of it", "# Your task"]


def test_of_a_chapter_longer_than_what_is_sent_its_end_is_sent_and_its_summary_told(
    here: Here, server: Scripted
) -> None:
    finish(here, server)
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    whole = prose(LONGER_THAN_IS_SENT, 99)
    here.chapter(3).write_text(f"{whole}\n")
    here.run("rm", str(here.chapter(4)), str(here.summary(4)))
    assert here.doit("chapter:04").status == 0
    request = asked(server, "chapter:4")
    assert body(here.summary(3).read_text()) in request.prompt
    end = request.prompt.partition(f'# The end of chapter 3, "{TITLES[2]}"\n\n')[2].partition("\n\n# ")[0]
    assert 35_000 < len(end) <= 40_000
    assert whole.endswith(end)
    assert whole != end


def test_the_task_stands_last_and_names_what_of_the_bible_it_must_honour_without_saying_it_twice(
    here: Here, server: Scripted
) -> None:
    assert here.doit().status == 0
    request = asked(server, "chapter:2")
    assert headings(request)[-1] == "# Your task"
    task = request.prompt.rpartition("# Your task\n\n")[2]
    assert "Honour what the story bible says of Mara Halden, Eskil" in task
    assert request.prompt.count("She keeps the light.") == 1
    assert "\n\nChapter 1 ended as it stands above. Begin where the plan puts this one" in task


def test_a_book_whose_own_template_leaves_out_the_bible_has_its_sections_told(here: Here, server: Scripted) -> None:
    finish(here, server)
    (here / "prompts").mkdir()
    (here / "prompts/book.md.j2").write_text("{{ premise }}\n\n{% for told in story %}{{ told }}\n\n{% endfor %}")
    here.run("rm", str(here.chapter(2)), str(here.summary(2)))
    assert here.doit("chapter:02").status == 0
    request = asked(server, "chapter:2")
    assert "# What this chapter must honour\n\n## Mara Halden" in request.prompt
    assert HAPPENS[1] in request.prompt


def test_a_template_of_the_books_own_for_chapters_is_given_the_whole_story(here: Here, server: Scripted) -> None:
    finish(here, server)
    (here / "prompts").mkdir()
    (here / "prompts/chapter.md.j2").write_text("Write chapter {{ number }} of {{ count }}.\n\n{{ story | join }}")
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    here.run("rm", str(here.chapter(3)), str(here.summary(3)))
    assert here.doit("chapter:03").status == 0
    prompt = server.requests[0].prompt
    assert server.tasks[0] == "chapter:3"
    assert all(body(here.summary(number).read_text()) in prompt for number in (1, 2))

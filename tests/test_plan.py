"""What a build would do, said before it does it: by `novelist plan`, and by `doit` in one line."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from finished import C3, S3, finish, lines
from in_process import Here
from scripted import Reply, Request, Scripted, prose, refusal
from shelf import Ran

if TYPE_CHECKING:
    from collections.abc import Callable

NOVELIST = str(Path(sys.executable).with_name("novelist"))
TOKENS = re.compile(r"about ([\d,]+) tokens")


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, and a model with other words."""
    return finish(here, server)


def plan(book: Here) -> Ran:
    ran = book.run(NOVELIST, "plan")
    assert (ran.status, ran.err) == (0, "")
    return ran


def steps(book: Here) -> dict[str, str]:
    """Return each planned task, and why."""
    found = (re.match(r"(\S+) +[\d,]+ \+ +[\d,]+ tokens.*?  (\S.*)$", line) for line in plan(book).out.splitlines())
    return {match[1]: re.sub(r"^.*  ", "", match[2]) for match in found if match}


def used(book: Here, since: int = 0) -> int:
    """Return the tokens that the calls in the ledger took."""
    entries = [json.loads(line) for line in (book / ".novelist" / "ledger.jsonl").read_text().splitlines()[since:]]
    return sum(entry["in"] + entry["out"] for entry in entries)


def test_a_finished_book_has_nothing_to_draft(novel: Here, server: Scripted) -> None:
    assert plan(novel).out == "Nothing to draft.\n"
    assert server.requests == []
    assert novel.doit().to_draft == ""


def test_a_fresh_book_is_planned_without_an_outline(here: Here, server: Scripted) -> None:
    found = plan(here)
    told = found.to_draft or found.out.splitlines()[-1]
    assert told.startswith("To draft: the bible, the outline, 5 chapters, 5 summaries, about ")
    assert "at most" not in told
    assert server.requests == []
    ran = here.doit()
    assert ran.to_draft.startswith("To draft: the bible, the outline, 5 chapters, 5 summaries, about ")


def test_of_a_range_of_chapters_the_least_number_is_sure(here: Here) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 3-6")
    assert re.match(
        r"To draft: the bible, the outline, 3 chapters, 3 summaries, about [\d,]+ tokens; "
        r"at most the bible, the outline, 6 chapters, 6 summaries, about [\d,]+ tokens\.$",
        plan(here).to_draft,
    )


def test_what_depends_on_a_summary_is_not_sure(novel: Here) -> None:
    novel.edit("outline.md", "Mara lights the lamp", "Mara breaks the lamp")
    assert steps(novel) == {
        "chapter:03": "its part of the outline changed",
        "summary:03": "its chapter is drafted",
        "chapter:04": "only if the story before it changes (not sure)",
        "summary:04": "its chapter is drafted (not sure)",
        "chapter:05": "only if the story before it changes (not sure)",
        "summary:05": "its chapter is drafted (not sure)",
    }
    assert re.match(
        r"To draft: 1 chapter, 1 summary, about [\d,]+ tokens(, \d+ s)?; "
        r"at most 3 chapters, 3 summaries, about [\d,]+ tokens",
        novel.doit().to_draft,
    )


def test_what_is_kept_is_named_with_its_reason(novel: Here) -> None:
    novel.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    novel.edit("outline.md", "Mara lights the lamp", "Mara breaks the lamp")
    assert "chapter:03   kept: `stale: keep`; its part of the outline changed" in plan(novel).out.splitlines()
    assert steps(novel) == {}


def test_a_draft_that_comes_back_from_history_costs_nothing(novel: Here) -> None:
    novel.edit("outline.md", "Mara lights the lamp", "Mara breaks the lamp")
    assert novel.doit().status == 0
    novel.edit("outline.md", "Mara breaks the lamp", "Mara lights the lamp")
    assert [task for task, why in steps(novel).items() if not why.endswith(("(not sure)", "(asks you first)"))] == []


def test_a_deleted_chapter_is_drafted_to_fit_its_summary(novel: Here) -> None:
    novel.run("rm", C3)
    assert list(steps(novel).items())[:2] == [
        ("chapter:03", "it is missing"),
        ("summary:03", "its chapter is drafted"),
    ]
    novel.run("rm", S3)
    assert list(steps(novel))[:2] == ["chapter:03", "summary:03"]


def test_only_what_a_task_needs_is_planned_for_it(novel: Here, server: Scripted) -> None:
    novel.run("rm", C3, S3)
    assert novel.doit("chapter:03").to_draft.startswith("To draft: 1 chapter, about ")
    assert server.tasks == ["chapter:3"]


def test_what_waits_for_no_chapter_is_planned_without_any(novel: Here) -> None:
    novel.chapter(3).unlink()
    for name in ("outline", "outline.md", "bible"):
        assert novel.novelist("plan", name).out == "Nothing to draft.\n", name
    assert "chapter:03" in novel.novelist("plan", "book.md").out


@pytest.mark.parametrize(
    ("name", "then"),
    [("summry", "The nearest is `summary`."), ("chaptr:03", "The nearest is `chapter:03`."), ("nonsense", "`")],
)
def test_what_is_no_task_is_told(novel: Here, name: str, then: str) -> None:
    ran = novel.novelist("plan", "3", name)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: there is no task `{name}`. {then}")


def test_a_build_that_only_renames_has_nothing_to_draft(novel: Here) -> None:
    novel.edit("outline.md", "The Lamp", "The Great Lamp")
    ran = novel.doit()
    assert (ran.status, ran.to_draft) == (0, "")


def test_settings_that_cannot_be_used_are_told_by_the_plan(novel: Here) -> None:
    novel.environ["KIMI_THINKING"] = "sometimes"
    ran = novel.run(NOVELIST, "plan")
    assert ran.status == 1
    assert ran.err == (
        "Error: KIMI_THINKING in the environment is `sometimes`. Set one of plan, always, never, or leave it out.\n"
    )


def long_book(here: Here, server: Scripted) -> None:
    """Let the server write chapters and summaries of ordinary sizes."""
    here.edit("premise.md", "words: 40-60", "words: 700-900")
    here.edit("premise.md", "chapters: 5", "chapters: 12")
    book = server.script

    def script(request: Request) -> Reply:
        if request.task.startswith("summary:"):
            return Reply(f"{prose(100, len(server.requests))}")
        return Reply(book(request).text, piece=1000)

    server.script = script


def test_what_is_sure_is_within_fifteen_percent_of_what_the_build_then_takes(here: Here, server: Scripted) -> None:
    long_book(here, server)
    assert here.doit("summary:04").status == 0
    before = len((here / ".novelist" / "ledger.jsonl").read_text().splitlines())

    ran = here.doit()

    assert ran.status == 0
    found = TOKENS.search(ran.to_draft)
    assert found is not None
    told, took = int(found[1].replace(",", "")), used(here, before)
    assert ran.to_draft.startswith("To draft: 8 chapters, 8 summaries, about ")
    assert "at most" not in ran.to_draft
    assert abs(told - took) <= 0.15 * took, (told, took)


def test_money_and_minutes_are_told_where_they_are_known(here: Here, server: Scripted) -> None:
    long_book(here, server)
    assert here.doit("summary:02", KIMI_PROVIDER="moonshot").status == 0
    here.environ["KIMI_PROVIDER"] = "moonshot"
    assert re.search(r"about [\d,]+ tokens, \$\d+\.\d\d, \d+ (s|min)\.$", plan(here).to_draft)
    here.environ["KIMI_PROVIDER"] = "unknown"
    assert "$" not in plan(here).to_draft


def test_a_call_that_brought_nothing_does_not_tell_how_fast_a_model_writes(novel: Here) -> None:
    ledger = novel / ".novelist" / "ledger.jsonl"
    empty = [json.loads(line) | {"out": 0, "first": 0.1, "seconds": 0.3} for line in ledger.read_text().splitlines()]
    ledger.write_text("".join(f"{json.dumps(call)}\n" for call in empty), encoding="utf-8")
    novel.run("rm", C3)
    assert " min" not in plan(novel).out
    assert novel.doit().status == 0


def test_a_build_that_stops_at_once_says_why_and_not_only_what_it_would_do(here: Here, server: Scripted) -> None:
    server.replies(refusal(401, "invalid_authentication_error", "no"))
    ran = here.doit()
    assert ran.to_draft.startswith("To draft: the bible, ")
    assert lines(ran.out) == [
        "bible        failed: an OpenAI-compatible server refuses the key (401: no). Check the key in MOONSHOT_API_KEY."
    ]


def test_what_waits_for_a_word_is_said_to_and_is_sure_once_that_was_given(novel: Here) -> None:
    novel.edit("premise.md", "words: 40-60", "words: 30-40")
    assert steps(novel)["chapter:01"] == "the length, the language or a prompt changed (asks you first)"
    novel.environ["NOVELIST_YES"] = "1"
    assert steps(novel)["chapter:01"] == "the length, the language or a prompt changed"
    assert plan(novel).to_draft.startswith("To draft: 5 chapters, 5 summaries, about ")


def test_a_chapter_that_was_retitled_is_not_missing(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "{#the-lamp}", "{#the-great-lamp}")
    assert plan(novel).out == "Nothing to draft.\n"
    assert "missing" not in novel.run(NOVELIST, "status").out
    assert novel.doit().to_draft == ""
    assert server.requests == []


def test_a_summary_that_comes_back_from_history_costs_nothing(novel: Here, server: Scripted) -> None:
    novel.run("rm", S3)
    assert plan(novel).out == "Nothing to draft.\n"
    assert novel.doit().status == 0
    assert server.requests == []


def test_what_will_stop_the_build_is_said_before(novel: Here) -> None:
    (novel / C3).write_text("Mine.\n")
    novel.edit("outline.md", "{#the-lamp}", "{#another}")
    said = f"{C3}: outline.md has no section `{{#the-lamp}}` for it, and you have worked on it."
    assert f"The next build will stop: {said}" in novel.run(NOVELIST, "status").out
    assert novel.run(NOVELIST, "plan").err.startswith(f"Error: {said}")


def outlined(book: Here, chapters: int) -> None:
    """Put an outline of so many chapters in place."""
    sections = (f"## {number}. Day {number}\n\nMara waits.\n" for number in range(1, chapters + 1))
    (book / "outline.md").write_text("\n".join(sections))
    (book / "bible.md").write_text("## Mara\n\nShe keeps the light.\n")


def told(book: Here, chapters: int) -> None:
    """Type a book of so many chapters and their summaries, none of whose arcs is there."""
    outlined(book, chapters)
    for folder in ("chapters", "summaries"):
        (book / folder).mkdir(exist_ok=True)
        for number in range(1, chapters + 1):
            (book / folder / f"{number:03}-day-{number}.md").write_text(f"Mara waits for day {number}.\n")


def work(book: Here) -> int:
    """Return how many functions a plan calls, which no load of the machine changes."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        ran = book.novelist("plan")
    finally:
        sys.setprofile(None)
    assert (ran.status, ran.err) == (0, "")
    return calls


@pytest.mark.parametrize("written", [outlined, told])
def test_the_work_of_a_plan_grows_as_the_book_does(
    here: Here, server: Scripted, written: Callable[[Here, int], None]
) -> None:
    written(here, 100)
    here.novelist("plan")  # it loads what the others find there
    few = work(here)
    written(here, 400)
    assert work(here) < 4.4 * few
    assert server.requests == []

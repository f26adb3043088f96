"""A chapter is drafted again beside the one that is there, and nothing in the book changes by that."""

from __future__ import annotations

import re
import threading

import pytest
from finished import C1, C3, S2, finish
from in_process import Here
from redoing import WISH, alternate, alternatives, chapter, kept, text_of, unfinished, without_figures
from scripted import Reply, Request, Scripted

IDLE = "Everything is up to date.\n"
REFUSES = "I'm sorry, but I can't help with that request."
SPENT = (
    '{"at": "2026-11-22T13:04:10Z", "task": "chapter:1", "model": "kimi-k2.6", "provider": "moonshot", "in": 900, '
    '"guessed": 880, "cached": 0, "out": 70, "reasoning": 0, "estimated": false, "first": 0.9, "seconds": 2.4, '
    '"finish": "stop", "tries": 1, "cost": 0.01}\n'
)
SHOWS = "`novelist compare 3` shows them beside the chapter as it is."


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, of which one is drafted at a time."""
    finish(here, server)
    here.edit("premise.md", "chapters: 5", "chapters: 5\njobs: 1")
    alternate(server)
    return here


def test_a_chapter_is_drafted_again_beside_the_one_that_is_there(finished: Here, server: Scripted) -> None:
    texts, before = finished.texts(), kept(finished)
    ran = finished.novelist("redo", "3", f" {WISH}\n")
    assert (ran.status, ran.err) == (0, "")
    assert without_figures(ran.out) == [
        "1 call, about N tokens.",
        "chapter:03   alternative 1 drafted: The Lamp, 51 words; `novelist take 3 1` takes it",
        f"Alternatives: 1. {SHOWS}",
    ]
    (request,) = server.requests
    assert f"This its author asks of the chapter:\n\n- {WISH}\n" in request.prompt
    assert "The chapter as it was" not in request.prompt
    page = (finished / ".novelist" / "alternatives" / "the-lamp" / "1.md").read_text()
    assert f"\nwords: 51\nasked: {WISH}\nnovelist:\n" in page
    record = re.search(r"(?s)  brief: .*?\n  (?=told)", (finished / C3).read_text())
    assert record is not None
    assert record[0] in page
    assert (alternatives(finished), unfinished(finished)) == ({"1.md": text_of(1)}, [])
    assert (finished.texts(), kept(finished)) == (texts, before)
    server.clear()
    assert (finished.doit().out, server.requests) == (IDLE, [])


def test_what_was_asked_before_holds_too(finished: Here, server: Scripted) -> None:
    (finished / "notes").mkdir()
    (finished / "notes" / "03-the-lamp.md").write_text("- No fog.\n")
    assert finished.novelist("redo", "3", WISH).status == 0
    assert finished.novelist("redo", "the-lamp").status == 0
    asked = f"This its author asks of the chapter:\n\n- No fog.\n- {WISH}\n"
    before = "This its author has asked of the chapter before, and it still holds:\n\n- No fog.\n"
    assert [said in one.prompt for said, one in zip((asked, before), server.requests, strict=True)] == [True, True]
    assert list(alternatives(finished)) == ["1.md", "2.md"]


def test_several_are_drafted_at_once_as_far_as_jobs_allow(finished: Here, server: Scripted) -> None:
    finished.edit("premise.md", "jobs: 1", "jobs: 2")
    usual, both = server.script, threading.Event()

    def script(request: Request) -> Reply:
        if len(server.requests) == 2:
            both.set()
        return Reply(usual(request).text, wait=both)

    server.script = script
    ran = finished.novelist("redo", "3", "--times", "3")
    assert (ran.status, ran.err, both.is_set()) == (0, "", True)
    assert without_figures(ran.out)[0] == "3 calls, about N tokens."
    assert without_figures(ran.out)[-1] == f"Alternatives: 1, 2, 3. {SHOWS}"
    assert {*alternatives(finished).values()} == {text_of(number) for number in (1, 2, 3)}


def test_what_a_gate_refuses_is_asked_for_again(finished: Here, server: Scripted) -> None:
    server.on("chapter:3", REFUSES)
    ran = finished.novelist("redo", "3")
    assert (ran.status, server.tasks) == (0, ["chapter:3", "chapter:3"])
    assert alternatives(finished) == {"1.md": text_of(1)}


def test_where_one_fails_the_others_are_there_and_the_same_command_drafts_what_is_missing(
    finished: Here, server: Scripted
) -> None:
    finished.edit("premise.md", "jobs: 1", "jobs: 3")
    usual = server.script
    again = [Reply(REFUSES)]  # one draft is refused whenever it is asked for
    server.script = lambda request: (
        again[0] if again and (len(server.requests) == 1 or "It was a refusal" in request.prompt) else usual(request)
    )
    ran = finished.novelist("redo", "3", WISH, "--times", "3")
    assert ran.status == 1
    error = r"no answer could be taken: the model refuses\. The best of \d is in \S+ Run the same command again\."
    assert re.fullmatch(f"Error: {error}\n", ran.err)
    assert len(alternatives(finished)) == 2
    again.clear()
    server.clear()
    ran = finished.novelist("redo", "3", WISH, "--times", "3")
    assert (ran.status, server.tasks) == (0, ["chapter:3"])
    assert list(alternatives(finished)) == ["1.md", "2.md", "3.md"]
    server.clear()
    assert finished.novelist("redo", "3", WISH, "--times", "3").status == 0
    assert len(server.tasks) == 3
    assert len(alternatives(finished)) == 6


@pytest.mark.parametrize("what", ["kept", "read-only", "typed"])
def test_a_chapter_that_is_to_stay_can_be_drafted_beside(finished: Here, what: str) -> None:
    if what == "kept":
        assert finished.novelist("keep", "3").status == 0
    elif what == "typed":
        (finished / C3).write_text("Mara waits.\n")
    else:
        (finished / C3).chmod(0o444)
    texts = finished.texts()
    assert finished.novelist("redo", "3", WISH).status == 0
    assert (finished.texts(), alternatives(finished)) == (texts, {"1.md": text_of(1)})


def test_what_cannot_be_drafted_again_is_said_before_a_call(finished: Here, server: Scripted) -> None:
    def error(*arguments: str) -> str:
        ran = finished.novelist("redo", *arguments)
        assert ran.status == 1, ran.out
        return ran.err.removeprefix("Error: ").rstrip("\n")

    assert error("9") == "there is no chapter `9`. Name one of the 5 by its number, its id or its file."
    assert error("bible") == "`bible` is no chapter. Name one by its number, its id or its file."
    (finished / S2).unlink()
    assert error("3") == f"{C3}: it is to be told summary:02, which is missing. Run `doit summary:02` first."
    (finished / C1).unlink()
    assert error("1") == f"{C1}: the chapter is missing. Run `doit chapter:01` to have it drafted."
    finished.edit("premise.md", "words:", "budjet: 5\nwords:")
    assert "budjet" in error("4")
    for name in ("KIMI_BASE_URL", "MOONSHOT_API_KEY"):
        finished.environ.pop(name)
    assert error("4") == (
        "there is no key and no server, and the embedded model only rehearses. "
        "Put MOONSHOT_API_KEY into .env, or change the chapter yourself."
    )
    (finished / "outline.md").unlink()
    assert error("3") == (
        "outline.md: there is no outline yet, so there is no chapter. Run `doit` to have both drafted."
    )
    assert server.requests == []


@pytest.mark.parametrize("left", ["", "[]", "\xff", "[" * 100_000, '{"numbers": [0, -1, "7"]}'])
def test_what_was_asked_for_and_cannot_be_read_is_as_good_as_nothing(finished: Here, left: str) -> None:
    path = finished / ".novelist" / "alternatives" / "the-lamp" / "asked-for.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(left.encode("latin-1"))
    assert finished.novelist("redo", "3").status == 0
    assert (alternatives(finished), path.exists()) == ({"1.md": text_of(1)}, False)


def test_a_budget_that_could_be_passed_stops_it(finished: Here, server: Scripted) -> None:
    finished.edit("premise.md", "words:", "budget: 0.01\nwords:")
    finished.environ["KIMI_PROVIDER"] = "moonshot"
    with (finished / ".novelist" / "ledger.jsonl").open("a") as ledger:
        ledger.write(SPENT)
    ran = finished.novelist("redo", "3")
    assert ran.status == 1
    assert ran.err.startswith("Error: the budget of $0.01 could be passed: $0.01 are spent, and this call may cost $")
    assert server.requests == []


def test_alternatives_follow_a_chapter_that_is_called_otherwise(finished: Here) -> None:
    assert finished.novelist("redo", "3").status == 0
    (finished / ".novelist" / "alternatives" / "nobody").mkdir()
    finished.edit("outline.md", "## 3. The Lamp {#the-lamp}", "## 3. The Lamp {#the-light}")
    assert finished.doit("files").status == 0
    assert alternatives(finished, "the-light") == {"1.md": text_of(1)}
    assert finished.novelist("take", "3", "1").status == 0
    assert chapter(finished) == text_of(1)


@pytest.mark.embedded
def test_a_rehearsal_can_be_drafted_again(finished: Here, server: Scripted) -> None:
    for path in finished.root.rglob("*.md"):
        path.write_text(path.read_text().replace("model: kimi-k2.6", "model: SmolLM2-135M-Instruct.Q4_1"))
    for name in ("KIMI_BASE_URL", "MOONSHOT_API_KEY"):
        finished.environ.pop(name)
    before = chapter(finished)
    ran = finished.novelist("redo", "3", "It rains.", "--times", "2")
    assert (ran.status, server.requests) == (0, [])
    assert len({*alternatives(finished).values()}) == 2  # it has a seed
    assert chapter(finished) == before

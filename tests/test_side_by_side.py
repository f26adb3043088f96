"""Summaries that wait for no chapter are asked for side by side, never more at once than `jobs`."""

from __future__ import annotations

import threading

import pytest
from finished import lines
from in_process import Here
from scripted import Reply, Request, Scripted, prose, refusal

COUNT = 12


@pytest.fixture
def typed(here: Here) -> Here:
    """A book whose chapters a person has brought along, and whose summaries are missing."""
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 4")
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n")
    sections = "".join(
        f"## {number}. Day {number} {{#day-{number}}}\n\nMara waits.\n\n" for number in range(1, COUNT + 1)
    )
    (here / "outline.md").write_text(sections)
    (here / "chapters").mkdir()
    for number in range(1, COUNT + 1):
        (here / "chapters" / f"{number:02d}-day-{number}.md").write_text(f"{prose(50, 700 + number)}\n")
    return here


class Crowd:
    """A server that lets nobody go before `size` are there, and knows how many there were at most."""

    def __init__(self, server: Scripted, size: int) -> None:
        self.book = server.script
        self.size = size
        self.there = self.most = 0
        self.come = threading.Condition()
        server.script = self

    def __call__(self, request: Request) -> Reply:
        """Answer a request once enough of them wait."""
        self.there += 1
        self.most = max(self.most, self.there)
        gate = threading.Event()
        threading.Thread(target=self.open, args=(gate,), daemon=True).start()
        reply = self.book(request)
        return Reply(reply.text, wait=gate)

    def open(self, gate: threading.Event) -> None:
        """Let one go."""
        with self.come:
            self.come.notify_all()
            self.come.wait_for(lambda: self.there >= self.size, timeout=5)
        self.there -= 1
        gate.set()


def test_missing_summaries_of_typed_chapters_are_asked_for_side_by_side(typed: Here, server: Scripted) -> None:
    crowd = Crowd(server, 4)
    ran = typed.doit("summary")
    assert ran.status == 0, ran.out
    assert sorted(server.tasks) == sorted(f"summary:{number}" for number in range(1, COUNT + 1))
    assert crowd.most == 4
    told = [line.split()[0] for line in lines(ran.out) if line.startswith("summary:")]
    assert sorted(told) == [f"summary:{number:02d}" for number in range(1, COUNT + 1)]
    server.clear()
    assert typed.doit("summary").out == "Everything is up to date.\n"


def test_with_one_job_there_is_one_call_at_a_time(typed: Here, server: Scripted) -> None:
    typed.edit("premise.md", "\njobs: 4", "\njobs: 1")
    crowd = Crowd(server, 1)
    assert typed.doit("summary").status == 0
    assert crowd.most == 1
    assert server.tasks == [f"summary:{number}" for number in range(1, COUNT + 1)]


def test_a_build_up_to_a_chapter_asks_for_no_summary_behind_it(typed: Here, server: Scripted) -> None:
    assert typed.doit("summary:03").status == 0
    assert sorted(server.tasks) == ["summary:1", "summary:2", "summary:3"]


def test_a_summary_that_fails_beside_others_is_told_when_its_turn_comes(typed: Here, server: Scripted) -> None:
    book = server.script
    filtered = refusal(400, "content_filter", "no")
    server.script = lambda request: filtered if request.task == "summary:3" else book(request)
    ran = typed.doit("summary")
    assert ran.status == 1
    told = [line for line in lines(ran.out) if "failed" in line and "not begun" not in line]
    filtered_3 = "the content filter of an OpenAI-compatible server stopped the request (400: no)."
    remedy = "Change what it is asked for, or set another KIMI_MODEL."
    assert told == [f"summary:03   failed: {filtered_3} {remedy}"]
    assert len(list((typed / "summaries").iterdir())) == COUNT - 1


def test_where_no_call_can_succeed_the_others_are_not_asked_for(typed: Here, server: Scripted) -> None:
    server.script = lambda _: refusal(429, "exceeded_current_quota_error", "suspended")
    ran = typed.doit("summary")
    assert ran.status == 1
    assert len(server.requests) < COUNT
    assert "summary:01   failed: the account has no balance left (429: suspended)." in ran.out


def test_a_chapter_that_is_to_be_drafted_holds_up_nothing_before_it(typed: Here, server: Scripted) -> None:
    typed.chapter(6).unlink()
    ran = typed.doit()
    assert ran.status == 0, ran.out
    assert server.tasks.count("chapter:6") == 1
    assert server.tasks.index("chapter:6") > server.tasks.index("summary:5")


@pytest.mark.parametrize("jobs", ["0", "65", "many"])
def test_jobs_that_are_no_number_of_calls_are_refused(typed: Here, jobs: str) -> None:
    typed.edit("premise.md", "jobs: 4", f"jobs: {jobs}")
    ran = typed.doit()
    assert ran.status == 3
    assert f"premise.md:8: `jobs: {jobs}` is" in ran.out + ran.err

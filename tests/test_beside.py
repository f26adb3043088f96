"""A chapter is begun beside the summary of the one before it, and is what it would be in its turn."""

from __future__ import annotations

import itertools
import json
import re
import threading
import zlib
from collections.abc import Callable, Iterator

import pytest
import scripted
from finished import finish
from in_process import Here, body
from running import wait_for
from scripted import Reply, Request, Scripted, prose, refusal, rest

IDLE = "Everything is up to date.\n"
DONE = [f"{kind}:{number}" for number in range(1, 6) for kind in ("chapter", "summary")]
LONGEST = 5.0  # seconds that an answer waits for another request


def write(request: Request) -> Reply:
    """Answer with a text that depends on the task only."""
    if request.task in ("bible", "outline"):
        return scripted.write_book()(request)
    words = 50 if request.task.startswith("chapter:") else 30
    text = f"{prose(words, zlib.crc32(request.task.encode()))} This is {request.task}."
    return Reply(rest(text, request.begun))


class Overlapping:
    """A server whose summaries stop behind their first token until the next chapter has been asked for, if it ever is.

    `pairs` are the calls that were there at one time.
    """

    def __init__(self, server: Scripted, answer: Callable[[Request], Reply] = write) -> None:
        self.server = server
        self.answer = answer
        self.pairs: set[tuple[str, str]] = set()
        self.waited_in_vain: list[str] = []
        self.ended: set[str] = set()
        self._open: list[str] = []
        self._change = threading.Condition()
        server.script = self

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        reply = self.answer(request)
        if reply.status != 200 or reply.events is not None:
            return reply
        return Reply(events=self.stream(request, reply))

    def stream(self, request: Request, reply: Reply) -> Iterator[str]:
        """Yield the events of an answer, those of a summary with a pause behind its first token."""
        with self._change:
            self.pairs |= {(other, request.task) for other in self._open}
            self._open.append(request.task)
            self._change.notify_all()
        try:
            for count, event in enumerate(scripted.events(request, reply)):
                yield event
                if count == 1 and request.task.startswith("summary:"):
                    self.wait_for_the_chapter_behind(request.task)
        finally:
            with self._change:
                self._open.remove(request.task)
                self.ended.add(request.task)

    def wait_for_the_chapter_behind(self, summary: str) -> None:
        """Wait until the chapter behind a summary is asked for."""
        chapter = f"chapter:{int(summary.partition(':')[2]) + 1}"
        with self._change:
            if not self._change.wait_for(lambda: chapter in self.server.tasks, self.patience):
                self.waited_in_vain.append(chapter)

    patience = LONGEST


def settled(book: Here) -> dict[str, str]:
    """Return the book's texts without the times at which they were drafted."""
    return {name: re.sub(r"(?m)^  at: .*$", "  at:", text) for name, text in book.texts().items()}


def one_at_a_time(here: Here) -> None:
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 1")


def begun(here: Here) -> str:
    """Return what has come of the chapter that is unfinished."""
    files = (path for path in (here / ".novelist" / "partial").glob("*.part") if ".summary" not in path.name)
    return "".join(path.read_text().partition("\n")[2] for path in files)


def test_a_chapter_is_begun_at_the_first_token_of_the_summary_before_it(here: Here, server: Scripted) -> None:
    overlapping = Overlapping(server)
    ran = here.doit()
    assert (ran.status, ran.err) == (0, "")
    assert overlapping.pairs == {(f"summary:{number}", f"chapter:{number + 1}") for number in range(1, 5)}
    assert server.tasks == ["bible", "outline", *DONE]
    told = [line.split()[0] for line in ran.out.splitlines()]
    assert told[2:12] == [task.replace(":", ":0") for task in DONE]
    server.clear()
    assert here.doit().out == IDLE
    here.run("rm", "-r", ".novelist")
    assert here.doit().out == IDLE
    assert server.requests == []


def test_the_book_and_every_prompt_are_those_of_one_call_at_a_time(here: Here, server: Scripted) -> None:
    overlapping = Overlapping(server)
    assert here.doit().status == 0
    beside, prompts = settled(here), {request.task: request.prompt for request in server.requests}
    assert len(overlapping.pairs) == 4
    here.run("rm", "-r", "bible.md", "outline.md", "chapters", "summaries", "book.md", ".novelist")
    server.clear()
    server.script = write
    one_at_a_time(here)
    assert here.doit().status == 0
    assert {request.task: request.prompt for request in server.requests} == prompts
    in_turn = settled(here)
    assert {name: text for name, text in in_turn.items() if name != "premise.md"} == {
        name: text for name, text in beside.items() if name != "premise.md"
    }


def test_with_one_job_a_chapter_waits_for_the_summary_before_it(here: Here, server: Scripted) -> None:
    one_at_a_time(here)
    overlapping = Overlapping(server)
    overlapping.patience = 0.05
    assert here.doit().status == 0
    assert overlapping.pairs == set()
    assert server.tasks == ["bible", "outline", *DONE]


def test_where_the_summary_fails_the_chapter_is_stopped_and_gone_on_with_by_the_next_build(
    here: Here, server: Scripted
) -> None:
    over = threading.Event()

    def answer(request: Request) -> Reply:
        if request.task == "chapter:2":
            return Reply(events=held(request))
        if request.task == "summary:1":
            return Reply(events=failing(request))
        return write(request)

    def held(request: Request) -> Iterator[str]:
        for count, event in enumerate(scripted.events(request, write(request))):
            if count == 6:
                over.wait(LONGEST)
            yield event

    def failing(request: Request) -> Iterator[str]:
        yield from itertools.islice(scripted.events(request, write(request)), 3)
        wait_for(lambda: len(begun(here)) >= 3 * 40)
        yield 'data: {"error": {"type": "invalid_authentication_error", "message": "no"}}\n\n'

    server.script = answer
    ran = here.doit()
    over.set()
    assert ran.status == 1
    assert "summary:01   failed: " in ran.out
    assert "Traceback" not in ran.out + ran.err
    there = begun(here)
    assert len(there) >= 3 * 40
    assert len(list((here / "chapters").iterdir())) == 1
    server.clear()
    server.script = write
    assert here.doit().status == 0
    asked = {request.task: request.begun for request in server.requests}
    assert there.startswith(asked["chapter:2"])
    assert len(asked["chapter:2"]) > 60
    assert "This is chapter:2." in here.chapter(2).read_text()


def test_a_server_that_takes_one_call_at_a_time_is_asked_in_turn_for_the_rest_of_the_run(
    here: Here, server: Scripted
) -> None:
    busy = "request reached max organization concurrency: 1, please try again after 1 seconds"

    def answer(request: Request) -> Reply:
        if request.task == "chapter:2" and "summary:1" not in overlapping.ended:
            return refusal(429, "rate_limit_reached_error", busy)
        return write(request)

    overlapping = Overlapping(server, answer)
    overlapping.patience = 0.2
    ran = here.doit()
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("The server takes one call at a time, so it is asked in turn.") == 1
    assert "Trying again" not in ran.out
    assert [task for task in server.tasks if task.startswith("chapter:3")] == ["chapter:3"]
    assert overlapping.pairs == set()


def test_a_chapter_waits_where_the_budget_does_not_hold_it_beside_the_summary(here: Here, server: Scripted) -> None:
    paid = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6"}
    assert here.doit("outline", **paid).status == 0
    calls = (here / ".novelist/ledger.jsonl").read_text().splitlines()
    spent = sum(json.loads(line)["cost"] for line in calls)
    here.edit("premise.md", "words: 40-60", f"words: 40-60\nbudget: {spent + 0.032:.4f}")
    overlapping = Overlapping(server)
    overlapping.patience = 0.1
    ran = here.doit(**paid)
    assert (ran.status, ran.err) == (0, "")
    assert ("summary:1", "chapter:2") in overlapping.pairs
    assert ("summary:4", "chapter:5") not in overlapping.pairs


@pytest.mark.parametrize("why", ["story", "typed", "kept"])
def test_a_chapter_that_is_not_sure_to_be_due_is_not_begun(here: Here, server: Scripted, why: str) -> None:
    finish(here, server)
    if why == "typed":
        here.chapter(2).write_text("Mara waits for the ferry.\n")
    if why == "kept":
        here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
        here.edit("outline.md", "Mara walks to", "Mara runs to")
    here.edit(f"chapters/{here.chapter(1).name}", "\n---\n\n", "\n---\n\nMine. ")
    overlapping = Overlapping(server)
    overlapping.patience = 0.05
    assert here.doit().status == 0
    assert [pair for pair in overlapping.pairs if pair[1].startswith("chapter:")] == []
    assert "chapter:2" not in server.tasks


def test_a_chapter_whose_own_section_changed_is_begun_beside_the_summary_before_it(
    here: Here, server: Scripted
) -> None:
    finish(here, server)
    here.edit("outline.md", "Mara walks to", "Mara runs to")
    here.edit(f"chapters/{here.chapter(1).name}", "\n---\n\n", "\n---\n\nMine. ")
    overlapping = Overlapping(server)
    here.doit("chapter:02")
    assert overlapping.pairs == {("summary:1", "chapter:2")}


def test_a_chapter_that_the_build_was_not_asked_for_is_not_begun(here: Here, server: Scripted) -> None:
    overlapping = Overlapping(server)
    overlapping.patience = 0.05
    assert here.doit("summary:01").status == 0
    assert server.tasks == ["bible", "outline", "chapter:1", "summary:1"]
    assert overlapping.waited_in_vain == ["chapter:2"]


def test_an_edit_undone_brings_the_earlier_draft_back_and_begins_none(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.edit("outline.md", "Mara walks to", "Mara runs to")
    server.script = write
    assert here.doit("chapter:02").status == 0
    here.edit("outline.md", "Mara runs to", "Mara walks to")
    here.run("rm", str(here.summary(1)))
    here.run("rm", "-r", str(here / ".novelist/history" / here.chapter(1).stem.partition("-")[2] / "summary"))
    server.clear()
    overlapping = Overlapping(server)
    overlapping.patience = 0.05
    here.doit("chapter:02")
    assert overlapping.pairs == set()


def test_a_file_that_its_author_saves_meanwhile_stays_theirs(here: Here, server: Scripted) -> None:
    def answer(request: Request) -> Reply:
        if request.task == "chapter:2" and not there.exists():
            there.write_text("Mine.\n")
        return write(request)

    finish(here, server)
    there = here.chapter(2)
    here.run("rm", str(there), str(here.summary(1)), str(here.summary(2)))
    here.run("rm", "-r", ".novelist")
    overlapping = Overlapping(server, answer)
    ran = here.doit()
    assert ("summary:1", "chapter:2") in overlapping.pairs
    assert there.read_text() == "Mine.\n"
    assert "Traceback" not in ran.out + ran.err
    assert body(here.chapter(1).read_text())

"""Up to about sixty chapters are told one by one, and a book from before that stays as true as it was."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from finished import hold, lines
from in_process import Here, body
from scripted import Reply, Request, Scripted

from novelist.targets.story import TOLD_SINGLY

OLDER = json.loads((Path(__file__).parent / "golden" / "arcs-17f8e3e.json").read_bytes())["files"]
MOST = 72  # chapters of the longest book here

_written: dict[int, dict[str, bytes]] = {}
_asked: dict[int, list[str]] = {}


@pytest.fixture(params=[10, pytest.param(TOLD_SINGLY, marks=pytest.mark.soak)])
def singly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many chapters before a run are told one by one: sixty, or few enough for a short book."""
    monkeypatch.setattr("novelist.targets.story.TOLD_SINGLY", request.param)
    return int(request.param)


@pytest.fixture
def long(here: Here, server: Scripted, singly: int) -> Here:
    """A finished book with twelve short chapters more than are told singly, written once by the real build."""
    here.edit("premise.md", "chapters: 5", f"chapters: {singly + 12}")
    here.edit("premise.md", "words: 40-60", "words: 10-20")
    if singly not in _written:
        ran = here.doit()
        assert ran.status == 0, ran.out
        paths = (path for path in here.root.rglob("*") if path.is_file())
        _written[singly] = {str(path.relative_to(here.root)): path.read_bytes() for path in paths}
        _asked[singly] = server.tasks
    put(here, server, _written[singly])
    return here


@pytest.fixture
def older(here: Here, server: Scripted) -> Here:
    """A finished book of 45 chapters, of which each is told the current and the previous run one by one."""
    put(here, server, {name: text.encode() for name, text in OLDER.items()})
    return here


def put(here: Here, server: Scripted, files: dict[str, bytes]) -> None:
    """Put files into a book, and have the model go on with words that are not in it."""
    for name, data in files.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(data)
    for _ in range(2 * MOST + 8):
        server.script(Request("", {}, {}))
    server.clear()


def redrafted(out: str) -> list[int]:
    """Return the numbers of the chapters that wait for a person's word, as only the story before them changed."""
    match = re.search(r"^chapters +([0-9-]+) wait for you: for each, the story before it", out, re.MULTILINE)
    first, last = map(int, match[1].split("-")) if match else (1, 0)
    return list(range(first, last + 1))


def test_the_first_arc_is_drafted_when_the_chapters_before_a_run_do_not_reach_back_to_it(
    long: Here, singly: int
) -> None:
    asked = _asked[singly]
    assert [task for task in asked if task.startswith("arc:")] == ["arc:1-10"]
    assert asked[asked.index("arc:1-10") + 1] == f"chapter:{singly + 11}"
    first, eleventh = (long.chapter(number).stem.partition("-")[2] for number in (1, 11))
    for number, border in ((1, first), (singly + 10, first), (singly + 11, eleventh), (singly + 12, eleventh)):
        assert f"\n  singles: {border}\n" in long.chapter(number).read_text()


@pytest.mark.parametrize("gone", ["", ".novelist", ".novelist/cache"])
def test_a_finished_book_of_many_chapters_asks_for_nothing(long: Here, server: Scripted, gone: str) -> None:
    if gone:
        shutil.rmtree(long / gone)
    assert long.statuses()["arc:001-010"] == "U"
    assert long.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_a_summary_that_changes_is_told_to_the_last_chapter_that_is_told_it_singly(
    long: Here, server: Scripted, singly: int
) -> None:
    long.edit(f"chapters/{long.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    script = server.script
    server.script = lambda request: Reply("UNCHANGED") if request.task.startswith("arc:") else script(request)
    ran = long.doit()
    assert server.tasks == ["summary:3", "arc:1-10"]
    assert redrafted(ran.out) == list(range(4, singly + 11))


@pytest.mark.soak
def test_an_arc_that_no_chapter_reads_is_no_task_and_its_file_stays(older: Here, server: Scripted) -> None:
    script = server.script
    hold(server, " ".join(map(str, range(1, 46))))
    for number in range(21, 46):
        older.chapter(number).unlink()
    arcs = {path.name: path.read_bytes() for path in (older / "summaries").glob("arc-*")}
    assert older.doit().status == 0
    assert server.tasks == [task for n in range(21, 46) for task in (f"chapter:{n}", f"summary:{n}")]
    assert not [name for name in older.statuses() if name.startswith("arc")]
    older.edit("outline.md", "## 4. ", "## The Guest {#guest}\n\nA guest comes.\n\n## 4. ")
    server.clear()
    server.script = script
    assert older.doit().status == 0
    assert server.tasks == ["chapter:4", "summary:4"]
    texts = [(older / "summaries" / f"arc-{name}.md").read_bytes() for name in ("001-011", "012-021", "022-031")]
    assert texts == list(arcs.values())


def test_a_summary_that_changes_makes_stale_in_an_older_book_what_it_made_stale(older: Here, server: Scripted) -> None:
    older.edit(f"chapters/{older.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    script = server.script
    server.script = lambda request: Reply("UNCHANGED") if request.task.startswith("arc:") else script(request)
    ran = older.doit()
    assert server.tasks == ["summary:3", "arc:1-10"]
    assert redrafted(ran.out) == list(range(4, 21))
    server.clear()
    assert redrafted(older.doit().out) == list(range(4, 21))
    assert server.requests == []


def test_an_arc_that_changes_makes_stale_what_was_told_it_and_a_redraft_is_told_summaries(
    older: Here, server: Scripted
) -> None:
    shutil.rmtree(older / ".novelist")
    older.edit("premise.md", "\n---\n", "\nstale: redraft\n---\n")
    older.edit("summaries/arc-001-010.md", "\n---\n\n", "\n---\n\nMine. ")
    assert redrafted(older.doit().out) == list(range(21, 46))
    assert server.requests == []
    hold(server, " ".join(map(str, range(1, 46))))
    ran = older.doit(NOVELIST_YES="1")
    assert ran.status == 0
    assert [task for task in server.tasks if task.startswith("arc")] == []
    prompt = next(request.prompt for request in server.requests if request.task == "chapter:45")
    # Of the chapter right before it, it is told the text.
    assert all(body(older.summary(number).read_text()) in prompt for number in range(1, 44))
    assert body((older / "summaries" / "arc-001-010.md").read_text()) not in prompt
    assert older.doit().out == "Everything is up to date.\n"


def test_a_person_accepts_a_chapter_by_what_it_would_be_told_now(older: Here, server: Scripted) -> None:
    older.edit("summaries/arc-001-010.md", "\n---\n\n", "\n---\n\nMine. ")
    before = older.chapter(45).read_bytes()
    assert older.novelist("accept", "21").status == 0
    assert "\n  singles: the-lamp-of-day-1\n" in older.chapter(21).read_text()
    assert redrafted(older.doit().out) == list(range(22, 46))
    assert older.chapter(45).read_bytes() == before
    assert server.requests == []


def test_a_plan_says_what_a_build_then_asks_for(older: Here, server: Scripted) -> None:
    older.edit(f"chapters/{older.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    older.chapter(45).unlink()
    steps = json.loads(older.novelist("plan", "--json").out)["steps"]
    sure = [step["task"] for step in steps if step["sure"]]
    assert sure == ["summary:03", "chapter:45", "summary:45"]
    assert [step["task"] for step in steps if step["task"].startswith("arc")] == [
        "arc:001-010",
        "arc:011-020",
        "arc:021-030",
    ]
    hold(server, "3 45")
    assert older.doit().status == 0
    assert server.tasks == ["summary:3", "chapter:45", "summary:45"]
    assert lines(older.doit().out) == ["Everything is up to date."]

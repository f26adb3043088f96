"""Arcs take the place of old summaries, keep their borders, and are refreshed with early cutoff.

The book is one of 45 chapters whose records name no border: it is from when arcs began at chapter 21.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from finished import history, hold, lines
from in_process import Here, body
from scripted import Reply, Request, Scripted

NOVELIST = str(Path(sys.executable).with_name("novelist"))
COUNT = 45
BOOK = json.loads((Path(__file__).parent / "golden" / "arcs-17f8e3e.json").read_bytes())


@pytest.fixture
def serial(here: Here, server: Scripted) -> Here:
    """The book."""
    for name, text in BOOK["files"].items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(text.encode())
    for _ in range(2 * COUNT + 8):
        server.script(Request("", {}, {}))
    server.clear()
    return here


def arc_files(book: Here) -> list[str]:
    return sorted(path.name for path in (book / "summaries").glob("arc-*"))


@pytest.mark.parametrize("gone", [None, ".novelist", ".novelist/cache"])
def test_a_finished_book_with_arcs_asks_for_nothing(serial: Here, server: Scripted, gone: str | None) -> None:
    serial.doit()
    if gone:
        serial.run("rm", "-r", gone)
    assert serial.statuses()["arc:011-020"] == "U"
    assert serial.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_a_chapter_that_is_drafted_now_is_told_all_summaries_and_no_arc(serial: Here, server: Scripted) -> None:
    serial.run("rm", str(serial.chapter(45)))
    assert serial.doit("chapter:45").status == 0
    prompt = server.requests[0].prompt
    assert [arc for arc in arc_files(serial) if body((serial / "summaries" / arc).read_text()) in prompt] == []
    ones = [number for number in range(1, 45) if body(serial.summary(number).read_text()) in prompt]
    assert ones == list(range(1, 44))  # and the text of chapter 44
    assert "\n  singles: the-lamp-of-day-1\n" in serial.chapter(45).read_text()
    assert "singles" not in serial.chapter(44).read_text()


def test_an_arc_whose_facts_still_hold_leaves_the_chapters_that_read_it_fresh(serial: Here, server: Scripted) -> None:
    serial.edit("premise.md", "words: 10-20", "words: 10-20\nstale: keep")
    serial.edit(f"chapters/{serial.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    book = server.script
    server.script = lambda request: Reply("UNCHANGED") if request.task == "arc:1-10" else book(request)
    ran = serial.doit()
    assert ran.status == 0
    assert server.tasks == ["summary:3", "arc:1-10"]
    kept = [line.split()[0] for line in lines(ran.out) if "kept: `stale: keep`; the story before it changed" in line]
    assert kept == [f"chapter:{number:02d}" for number in range(4, 21)]
    assert "arc:001-010  unchanged" in lines(ran.out)


def test_an_inserted_section_widens_one_arc_and_renames_the_others(serial: Here, server: Scripted) -> None:
    second, third = body((serial / "summaries" / "arc-011-020.md").read_text()), serial / "summaries/arc-021-030.md"
    old = third.read_bytes()
    serial.edit("outline.md", "## 4. ", "## The Guest {#guest}\n\nA guest comes.\n\n## 4. ")
    hold(server, "")
    ran = serial.doit()
    assert ran.status == 0
    assert [task for task in server.tasks if task.startswith("arc")] == ["arc:1-11"]
    assert arc_files(serial) == ["arc-001-011.md", "arc-012-021.md", "arc-022-031.md"]
    assert body((serial / "summaries" / "arc-012-021.md").read_text()) == second
    assert (serial / "summaries" / "arc-022-031.md").read_bytes() == old
    server.clear()
    assert serial.doit().status == 0
    assert server.requests == []


def test_a_deleted_arc_comes_back_from_history(serial: Here, server: Scripted) -> None:
    path = serial / "summaries" / "arc-011-020.md"
    before = body(path.read_text())
    path.unlink()
    ran = serial.doit()
    assert (ran.status, server.requests) == (0, [])
    assert "arc:011-020  back, as it was drafted from the same text" in lines(ran.out)
    assert body(path.read_text()) == before


def test_an_arc_edited_by_hand_is_kept_and_reported(serial: Here, server: Scripted) -> None:
    serial.edit("premise.md", "words: 10-20", "words: 10-20\nstale: keep")
    serial.edit("summaries/arc-001-010.md", "\n---\n\n", "\n---\n\nMine. ")
    serial.edit(f"chapters/{serial.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    mine = (serial / "summaries" / "arc-001-010.md").read_bytes()
    ran = serial.doit()
    assert server.tasks == ["summary:3"]
    assert "arc:001-010  kept: you edited it; a summary in it changed" in lines(ran.out)
    assert (serial / "summaries" / "arc-001-010.md").read_bytes() == mine


def test_an_arc_of_chapters_that_are_all_gone_goes_to_history(serial: Here, server: Scripted) -> None:
    outline = (serial / "outline.md").read_text()
    start, end = outline.index("## 11. "), outline.index("## 21. ")
    arc = (serial / "summaries" / "arc-011-020.md").read_text()
    (serial / "outline.md").write_text(outline[:start] + outline[end:])
    ran = serial.doit()
    assert ran.status == 0, ran.out
    assert arc in history(serial, "@arc-the-ferry-of-day-11")
    assert (serial / ".novelist" / "partial" / "@arc-the-ferry-of-day-11.md").read_text() == arc
    assert arc_files(serial) == ["arc-001-010.md", "arc-011-020.md"]
    assert [task for task in server.tasks if task.startswith("arc")] == []


def test_two_arcs_that_change_places_keep_their_texts(serial: Here, server: Scripted) -> None:
    outline = (serial / "outline.md").read_text()
    first, second, third = outline.index("## 1. "), outline.index("## 11. "), outline.index("## 21. ")
    texts = [body((serial / "summaries" / f"arc-{name}.md").read_text()) for name in ("001-010", "011-020")]
    swapped = outline[:first] + outline[second:third] + outline[first:second] + outline[third:]
    (serial / "outline.md").write_text(swapped)
    ran = serial.doit()
    assert ran.status == 0, ran.out
    now = [body((serial / "summaries" / f"arc-{name}.md").read_text()) for name in ("001-010", "011-020")]
    assert now == texts[::-1]
    assert [task for task in server.tasks if task.startswith("arc")] == []


@pytest.mark.parametrize("how", ["--all", "arc:001-010", "summaries/arc-001-010.md"])
def test_an_arc_that_is_kept_can_be_accepted(serial: Here, server: Scripted, how: str) -> None:
    serial.edit("premise.md", "words: 10-20", "words: 10-20\nstale: keep")
    serial.edit("summaries/arc-001-010.md", "\n---\n\n", "\n---\n\nMine. ")
    serial.edit(f"chapters/{serial.chapter(3).name}", "\n---\n\n", "\n---\n\nMine. ")
    serial.doit()
    server.clear()
    ran = serial.run(NOVELIST, "accept", how)
    assert "arc:001-010 is kept as it is: what has changed so far does not have it written again.\n" in ran.out
    assert "arc:001-010" not in serial.doit().out
    assert server.requests == []

"""A disk that takes no more, or a folder that cannot be written to: one line, and every file as it was."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from finished import finish
from in_process import Here
from scripted import Reply, Request, Scripted

DOIT = str(Path(sys.executable).with_name("doit"))
ROOM = 2000  # bytes that a file may have
FOLDERS = ["chapters", "summaries", ".novelist/partial", ".novelist/cache", ".novelist/history"]
FOLDERS += [".novelist/history/the-second-tide", ".novelist/history/the-second-tide/summary"]


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def begun(book: Here) -> subprocess.Popen[str]:
    """Begin a build."""
    pipe = subprocess.PIPE
    return subprocess.Popen([DOIT], cwd=book.root, env=book.environ, stdout=pipe, stderr=pipe, text=True)


def fill(running: subprocess.Popen[str]) -> None:
    """Let no file of a build have more than `ROOM` bytes from now on, as on a disk that is full."""
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (ROOM, ROOM))


def test_a_disk_without_room_for_a_draft_is_told_before_one_is_paid_for(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    before = novel.texts()
    with begun(novel) as running:
        fill(running)
        told, faults = running.communicate(timeout=60)
    assert (running.returncode, faults) == (1, "")
    assert told == ".: the disk has no room for a draft (File too large). Make room on it.\n"
    assert (novel.texts(), server.requests) == (before, [])
    assert novel.doit().status == 0
    assert server.tasks == ["chapter:2", "summary:2"]


def test_a_disk_that_fills_up_during_a_draft_leaves_everything_as_it_was(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "words: 40-60", "words: 600-700")
    before, script = novel.texts(), server.script

    def filling(request: Request) -> Reply:
        fill(running)
        return script(request)

    server.script = filling
    with begun(Here(novel.root, {**novel.environ, "NOVELIST_YES": "1"})) as running:
        told, faults = running.communicate(timeout=60)
    assert (running.returncode, faults) == (1, "")
    first, said = told.splitlines()
    assert first.startswith("To draft: 5 chapters, 5 summaries, ")
    assert said == (
        "chapter:01   failed: .novelist/partial/the-bottle.part: it cannot be written (File too large). "
        "Check the disk and its rights."
    )
    assert novel.texts() == before
    assert list(novel.root.rglob("*.tmp")) == []
    server.script = script
    server.clear()
    assert novel.doit(NOVELIST_YES="1").status == 0
    assert server.tasks[0] == "chapter:1"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_is_a_file_is_named_before_a_draft_is_paid_for(novel: Here, server: Scripted, name: str) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    if (novel / name).exists():
        (novel / name).rename(novel / "elsewhere")
    (novel / name).write_text("mine")
    ran = novel.doit()
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == f"{name}: it is a file. Move it elsewhere: a folder belongs here.\n"
    assert ((novel / name).read_text(), server.requests) == ("mine", [])

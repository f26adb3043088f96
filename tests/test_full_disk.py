"""A disk that takes no more, or a folder that cannot be written to: one line, and every file as it was."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from finished import finish
from in_process import Here
from scripted import Scripted

DOIT = str(Path(sys.executable).with_name("doit"))
ROOM = 2000  # bytes that a file may have


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def on_a_full_disk(book: Here) -> subprocess.CompletedProcess[str]:
    """Run doit where no file can grow beyond `ROOM`, as on a disk that is full: writing fails in the middle."""
    return subprocess.run(
        [DOIT],
        cwd=book.root,
        env=book.environ,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_draft_that_does_not_fit_on_the_disk_leaves_everything_as_it_was(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "words: 40-60", "words: 600-700")
    before = novel.texts()
    ran = on_a_full_disk(Here(novel.root, {**novel.environ, "NOVELIST_YES": "1"}))
    assert (ran.returncode, ran.stderr) == (1, "")
    first, said = ran.stdout.splitlines()
    assert first.startswith("To draft: 5 chapters, 5 summaries, ")
    assert said == (
        "chapter:01   failed: .novelist/partial/the-bottle.part: it cannot be written (File too large). "
        "Check the disk and its rights."
    )
    assert novel.texts() == before
    assert list(novel.root.rglob("*.tmp")) == []
    server.clear()
    assert novel.doit(NOVELIST_YES="1").status == 0
    assert server.tasks[0] == "chapter:1"


@pytest.mark.parametrize("name", ["chapters", "summaries"])
def test_a_folder_that_is_a_file_is_named(novel: Here, name: str) -> None:
    novel.run("mv", name, "elsewhere")
    (novel / name).write_text("")
    ran = novel.doit()
    assert ran.status == 1
    assert "Traceback" not in ran.out + ran.err
    assert f"{name}" in ran.out.splitlines()[-1]
    assert (novel / name).read_text() == ""

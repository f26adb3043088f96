"""`novelist write`: a whole book in one line."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from scripted import Scripted, refusal
from shelf import Ran, Shelf

NOVELIST = str(Path(sys.executable).with_name("novelist"))
LINE = ["--prompt", "A keeper finds a letter.", "--title", "The Salt Lamp", "--chapters", "3", "--words", "40-60"]


@pytest.fixture
def desk(tmp_path: Path, server: Scripted, bare_environ: dict[str, str]) -> Shelf:
    """An empty folder, and a server to write with."""
    root = tmp_path / "desk"
    root.mkdir()
    return Shelf(root, {**bare_environ, "KIMI_BASE_URL": server.base_url})


def write(desk: Shelf, *arguments: str) -> Ran:
    return desk.run(NOVELIST, "write", *arguments)


def test_one_line_writes_a_whole_book(desk: Shelf, server: Scripted) -> None:
    ran = write(desk, *LINE, "--out", "out/book.md")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "The book's folder is the-salt-lamp/."
    assert ran.out.splitlines()[-2:] == ["The book is the-salt-lamp/book.md.", "A copy is out/book.md."]
    text = (desk / "out/book.md").read_text(encoding="utf-8")
    assert text == (desk / "the-salt-lamp/book.md").read_text(encoding="utf-8")
    parts = [
        "# The Salt Lamp\n",
        "## Contents\n",
        "- [2. The Tide of Day 2](#the-tide-of-day-2)",
        "## 3. The Gull of Day 3",
    ]
    assert [part for part in parts if part not in text] == []
    assert len(server.requests) == 8


@pytest.mark.parametrize(
    "again",
    [
        LINE,
        *(
            pytest.param(line, marks=pytest.mark.soak)
            for line in (["--title", "The Salt Lamp", "--resume"], [*LINE, "--resume"])
        ),
    ],
)
def test_the_same_line_goes_on_where_it_stopped(desk: Shelf, server: Scripted, again: list[str]) -> None:
    server.on("chapter:2", refusal(401, "invalid_authentication_error", "bad key"))
    assert write(desk, *LINE).status == 1
    server.clear()
    assert write(desk, *again).status == 0
    assert server.tasks == ["chapter:2", "summary:2", "chapter:3", "summary:3"]


def test_the_folder_it_makes_is_a_book_for_doit(desk: Shelf, server: Scripted) -> None:
    write(desk, *LINE)
    server.clear()
    ran = Shelf(desk / "the-salt-lamp", desk.environ).doit()
    assert ran.out == "Everything is up to date.\n"
    assert server.requests == []


def test_another_premise_under_the_same_title_is_refused(desk: Shelf) -> None:
    write(desk, *LINE)
    ran = write(desk, "--prompt", "Something else.", "--title", "The Salt Lamp")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        "Error: the-salt-lamp/premise.md: there is another premise. Edit this one, or choose another title.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "there is nothing to write about. Give --prompt, and --title if you have one."),
        (["--title", "The Map"], "there is no book in the-map/ yet. Say with --prompt what it is about."),
        (
            ["--prompt", "A map.", "--chapters", "x"],
            "`chapters: x` is neither a whole number nor a range such as `20-40`. Change it.",
        ),
        (["--prompt", "A map.", "--words", "90-60"], "`words: 90-60` has its larger end first. Change it."),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_made(
    desk: Shelf, server: Scripted, arguments: list[str], error: str
) -> None:
    ran = write(desk, *arguments)
    assert (ran.status, ran.out, ran.err) == (1, "", f"Error: {error}\n")
    assert list(desk.root.iterdir()) == []
    assert server.requests == []


def test_an_unknown_option_is_wrong_usage(desk: Shelf) -> None:
    assert write(desk, "--nonsense").status == 2


def test_on_a_terminal_it_asks_for_the_prompt(desk: Shelf) -> None:
    controller, terminal = pty.openpty()
    command = [NOVELIST, "write", "--chapters", "1", "--words", "40-60"]
    with subprocess.Popen(
        command, cwd=desk.root, env=desk.environ, stdin=terminal, stdout=terminal, stderr=terminal
    ) as run:
        os.close(terminal)
        shown = answer(controller, b"What is the book about: ", b"A keeper finds a letter.\n")
        shown += answer(controller, b"Its title (leave it empty, and the model finds one): ", b"\n")
        shown += answer(controller, b"The book is a-keeper-finds-a-letter/book.md.", b"")
        assert run.wait(60) == 0
    os.close(controller)
    assert (desk / "a-keeper-finds-a-letter" / "book.md").is_file()
    assert b"Traceback" not in shown


def answer(controller: int, question: bytes, reply: bytes) -> bytes:
    """Read the terminal until `question` is on it, then type `reply`."""
    shown = b""
    while question not in shown:
        assert select.select([controller], [], [], 60)[0], shown
        shown += os.read(controller, 4096)
    os.write(controller, reply)
    return shown


def test_settings_that_the_book_there_has_otherwise_are_said_to_be(desk: Shelf) -> None:
    assert write(desk, *LINE).status == 0
    ran = write(desk, "--title", "The Salt Lamp", "--chapters", "9", "--words", "40-60", "--language", "de")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "The book's folder is the-salt-lamp/.\n"
        "the-salt-lamp/outline.md says what chapters there are, and that counts. Change it there.\n"
        "the-salt-lamp/premise.md says `language: en`, and that counts. Change it there.\n"
        "Everything is up to date.\n"
    )

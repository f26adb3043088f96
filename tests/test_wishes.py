"""What is asked in words is one line that a command can take, from wherever it is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import anyio
import pytest
from click.testing import CliRunner
from visiting import type_book

from novelist.agents.opened import Opened
from novelist.agents.paying import Paying
from novelist.book.paths import Book
from novelist.cli.main import main
from novelist.drafting.wishes import wish_in
from novelist.errors import SettingsError
from novelist.studio.routes.asking import command_of
from novelist.targets.snapshot import Snapshot

LONG = "o" * 140_000
TOO_LONG = "a wish of 140,000 characters is too long. Say it in 10,000 at most."


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that its author typed, which is gone to."""
    root = type_book(tmp_path / "salt")
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (" Odile is\n angry,\tand\r\nsays so ", "Odile is angry, and says so"),
        ("angry\0 and\x1b[31m\ud800 loud\x07", "angry and[31m loud"),
        ("\0", ""),
        ("--yes", "--yes"),
        ("o" * 10_000, "o" * 10_000),
    ],
)
def test_a_wish_is_one_line_without_control_characters(text: str, wish: str) -> None:
    assert wish_in(text) == wish


def test_a_wish_that_is_too_long_for_a_command_is_refused_in_the_studio_and_from_an_agent(book: Path) -> None:
    chapter = Snapshot(Book(book)).chapter(1)
    for what in ("revise", "redo"):
        with pytest.raises(SettingsError) as refused:
            command_of({"what": what, "wish": LONG}, chapter)
        assert str(refused.value) == TOO_LONG
    with pytest.raises(SettingsError) as refused:
        anyio.run(partial(Paying(Opened(Path())).revise, 1, LONG, cap=1))
    assert str(refused.value) == TOO_LONG
    command = command_of({"what": "revise", "wish": "angry\0\nand loud"}, chapter)
    assert command is not None
    assert command.arguments == ["revise", "--", "1", "angry and loud"]
    assert [path for path in book.rglob("*") if "novelist" in path.name] == []


def test_a_wish_that_is_too_long_is_refused_in_a_terminal(book: Path) -> None:
    (book / "wish.txt").write_text(LONG, "utf-8")
    ran = CliRunner().invoke(main, ["revise", "1", "--file", "wish.txt"])
    assert (ran.exit_code, ran.stderr) == (1, f"Error: {TOO_LONG}\n")

"""The README's commands and trees, held against the program."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from shelf import REPOSITORY, Shelf

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    fenced: list[tuple[str, str]] = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [text for named, text in fenced if named == language]


HELP = [tuple(block.split("\n", 1)) for block in blocks("console") if " --help\n" in block]


@pytest.mark.parametrize(("command", "printed"), HELP)
def test_help_is_as_printed(book: Shelf, command: str, printed: str) -> None:
    program, *arguments = command.removeprefix("$ ").split()
    assert book.run(str(BIN / program), *arguments).out == printed


def test_the_two_commands_are_named() -> None:
    assert "$ pip install uv && uv run doit\n" in README
    assert "`uv run --group dev pytest`" in README


def test_the_settings_shown_are_a_premise(tmp_path: Path) -> None:
    from novelist.book.premise import load

    path = tmp_path / "premise.md"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    assert str(load(path).chapters) == "24"


def test_every_setting_of_the_environment_is_in_the_example() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "novelist").rglob("*.py"))
    names = set(re.findall(r'"((?:KIMI|MOONSHOT|NOVELIST)_[A-Z_]+)"', source)) - {"NOVELIST_BOOK", "NOVELIST_YES"}
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if name not in example] == []

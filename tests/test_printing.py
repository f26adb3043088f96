"""All that is printed goes through one place: no control character reaches a terminal, and no traceback a person."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from in_process import Here
from shelf import PREMISE, Shelf
from terminal import Terminal
from typed import type_book

BIN = Path(sys.executable).parent
DOIT, NOVELIST = str(BIN / "doit"), str(BIN / "novelist")
SWITCHES = "\x1b]0;PWNED\x07\x1b[2J\x9b2J\x1b[8m\u202e"
NOT_UTF8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

SETTINGS = ["title", "words", "budget", "cover"]
COMMANDS = [
    (DOIT, "list"),
    (DOIT, "list", "--all", "--status"),
    (DOIT, "info", "chapter:01"),
    (NOVELIST, "build", "list"),
    (NOVELIST, "status"),
    (NOVELIST, "plan"),
    (NOVELIST, "why", "1"),
    (NOVELIST, "lint"),
    (NOVELIST, "history", "1"),
]


def controls(text: str) -> list[str]:
    """Return the control characters in what was printed, but for ends of lines."""
    return [char for char in text if not char.isprintable() and char not in "\n\r\t\u202e"]


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_value_of_a_setting_reaches_a_terminal_as_it_is(book: Shelf, setting: str) -> None:
    value = SWITCHES.replace("\x1b", r"\e").replace("\x07", r"\a").replace("\x9b", r"\x9b")
    front = [line for line in PREMISE.splitlines() if not line.startswith(f"{setting}:")]
    text = "\n".join([front[0], f'{setting}: "{value}"', *front[1:]])
    (book / "premise.md").write_text(f"{text}\n", encoding="utf-8")

    for command in ((DOIT, "list"), (NOVELIST, "plan")):
        ran = book.run(*command)
        assert controls(ran.out + ran.err) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_a_control_character_of_a_title(here: Here, command: tuple[str, ...]) -> None:
    type_book(here)
    here.edit("outline.md", "## 1. The Bottle", f"## 1. The {SWITCHES}Bottle")
    here.edit("outline.md", "# Part One: The Shore", f"# Part One: {SWITCHES}")

    ran = here.novelist(*command[1:]) if command[0] == NOVELIST else here.run(*command)

    assert controls(ran.out + ran.err) == []


def test_a_terminal_gets_colours_and_nothing_else_of_a_title(here: Here) -> None:
    type_book(here)
    here.edit("outline.md", "## 1. The Bottle", f"## 1. The {SWITCHES}Bottle")

    with Terminal(here, NOVELIST, "status") as terminal:
        terminal.end()
        raw = terminal.raw.decode("utf-8")

    assert "\x1b[1m" in raw
    assert not any(mark in raw for mark in ("\x1b]", "\x1b[2J", "\x9b", "\x07", "\u202e"))


@pytest.mark.parametrize("command", [f"{DOIT} list --all", f"{NOVELIST} build list --all", f"{NOVELIST} --help"])
def test_a_reader_that_goes_ends_a_command_without_a_word(here: Here, command: str) -> None:
    type_book(here)
    sections = "\n".join(f"## {number}. Day {number} {{#day-{number}}}\n" for number in range(3, 1500))
    with (here / "outline.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{sections}")

    ran = here.run("bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}")

    assert (ran.status, ran.err) in ((141, ""), (0, ""))


DOIT_CANNOT = {
    (DOIT, "info", "nosuch"): "ERROR: there is no `nosuch`. `doit list --all` says what there is.\n",
    (NOVELIST, "build", "info", "nosuch"): "ERROR: there is no `nosuch`. `doit list --all` says what there is.\n",
    (DOIT, "--backend", "dbm", "list"): "ERROR: doit cannot do this (DatabaseException: ",
    (NOVELIST, "build", "dumpdb"): "ERROR: doit cannot do this (error: ",
}


@pytest.mark.parametrize("command", DOIT_CANNOT, ids=lambda command: " ".join(command[1:]))
def test_what_doit_has_no_words_for_is_one_line(here: Here, command: tuple[str, ...]) -> None:
    type_book(here)

    ran = here.run(*command, PATH=str(BIN))

    assert ran.status != 0
    assert ran.err.startswith(DOIT_CANNOT[command])
    assert ran.err.count("\n") == 1


def test_a_fault_of_a_persons_own_dodo_stays_theirs_to_see(here: Here) -> None:
    type_book(here)
    with (here / "dodo.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef task_mine():\n    raise ZeroDivisionError\n")

    ran = here.run(DOIT, "list")

    assert "dodo.py" in ran.err
    assert "ZeroDivisionError" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are always Unicode there")
@pytest.mark.parametrize("command", [COMMANDS[1], COMMANDS[4]], ids=" ".join)
def test_a_locale_without_letters_does_not_matter_to_names_of_files(here: Here, command: tuple[str, ...]) -> None:
    type_book(here)
    (here / "chapters" / "01-bottle.md").rename(here / "chapters" / "01-été.md")
    here.edit("outline.md", "{#bottle}", "{#été}")
    plain = here.run(*command)

    ran = here.run(*command, **NOT_UTF8)

    assert (ran.status, ran.err) == (plain.status, plain.err)
    assert sorted(ran.out.splitlines()) == sorted(plain.out.splitlines())

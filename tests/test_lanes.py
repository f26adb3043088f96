"""Each test is in a lane, and one that does in it what is not done there fails and is told where it belongs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from shelf import REPOSITORY, Shelf

TESTS = """\
import subprocess
import sys

import pytest


@pytest.fixture
def bare_environ():
    return {}


@pytest.fixture
def book(bare_environ):
    return bare_environ


def test_plain():
    pass


def test_forgotten():
    subprocess.run([sys.executable, "-c", ""], check=True)


def test_book(book):
    subprocess.run([sys.executable, "-c", ""], check=True)


@pytest.mark.slow
def test_marked():
    subprocess.run([sys.executable, "-c", ""], check=True)


@pytest.mark.slow
def test_engine():
    import xllamacpp


@pytest.mark.embedded
def test_model(book):
    import xllamacpp


@pytest.mark.soak
def test_long():
    pass
"""


@pytest.mark.parametrize(
    ("expression", "ends", "why"),
    [
        (
            "fast",
            {"plain": "PASSED", "forgotten": "FAILED"},
            f"`{sys.executable}` is a process, and this test is in the fast lane. Mark it `slow`.",
        ),
        (
            "slow or embedded",
            {"book": "PASSED", "marked": "PASSED", "model": "PASSED", "engine": "FAILED"},
            "The embedded model's engine is loaded outside its lane. Mark this test `embedded`.",
        ),
    ],
)
def test_a_lane_has_what_belongs_in_it_and_nothing_else_passes_there(
    tmp_path: Path, bare_environ: dict[str, str], expression: str, ends: dict[str, str], why: str
) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "xllamacpp.py").touch()  # an engine that is quickly loaded
    tests = Shelf(tmp_path, {**bare_environ, "PYTHONPATH": str(REPOSITORY / "tests")})
    command = [sys.executable, "-m", "pytest", "-c", str(REPOSITORY / "pyproject.toml"), "-n", "0", "-p", "lanes"]
    ran = tests.run(*command, "-p", "no:cacheprovider", "-q", "-rA", "-m", expression, "test_it.py")
    assert {name: end for end, name in re.findall(r"^(PASSED|FAILED) .*::test_(\w+)", ran.out, re.MULTILINE)} == ends
    assert why in ran.out

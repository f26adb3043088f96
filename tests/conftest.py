"""What every test stands on: a book in an empty folder, doit run for real, a scripted server in place of a model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted import Scripted
from shelf import NO_CERTIFICATES, OURS, PREMISE, REPOSITORY, Shelf

pytest_plugins = ["browser", "in_process", "lanes"]


# uv runs the tests; what they say to give commands is not given by uv.
os.environ.pop("UV_RUN_RECURSION_DEPTH", None)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run tests: more than there are cores, since many tests wait for what they began."""
    return (os.cpu_count() or 1) + 2


@pytest.fixture(autouse=True)
def _unreported(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is unforeseen in this process is the test's to see."""
    monkeypatch.setattr("novelist.book.crash.REPORTS", False)


@pytest.fixture
def server() -> Iterator[Scripted]:
    """A scripted server."""
    with Scripted() as running:
        yield running


@pytest.fixture
def bare_environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a new user: no key, no server, an empty home."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **kept,
        **NO_CERTIFICATES,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }


@pytest.fixture
def book(tmp_path: Path, server: Scripted, bare_environ: dict[str, str]) -> Shelf:
    """A book of five chapters with nothing but its premise, written by the scripted server."""
    root = tmp_path / "book"
    root.mkdir()
    (root / "premise.md").write_text(PREMISE, encoding="utf-8")
    (root / "dodo.py").write_bytes((REPOSITORY / "project_template" / "dodo.py").read_bytes())
    return Shelf(root, {**bare_environ, "KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-test-key"})

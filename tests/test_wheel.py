"""What people install: a wheel in an empty environment makes and builds a book."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from scripted import Scripted
from shelf import REPOSITORY, Shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository, built by uv from a copy of what it is made from."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(REPOSITORY / name, source / name)
    for name in ("novelist", "project_template"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    run("uv", "build", "--wheel", "--out-dir", str(source / "dist"), str(source))
    return next((source / "dist").glob("*.whl"))


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr


def test_a_wheel_in_an_empty_environment_makes_and_builds_a_book(
    wheel: Path, tmp_path: Path, server: Scripted, bare_environ: dict[str, str]
) -> None:
    run("uv", "venv", "--python", sys.executable, str(tmp_path / "venv"))
    run("uv", "pip", "install", "--python", str(tmp_path / "venv"), str(wheel))
    programs = tmp_path / "venv" / "bin"
    desk = Shelf(tmp_path, {**bare_environ, "KIMI_BASE_URL": server.base_url})
    line = ["--prompt", "A letter.", "--title", "The Salt Lamp", "--chapters", "2", "--words", "40-60"]
    ran = desk.run(str(programs / "novelist"), "write", *line)
    assert (ran.status, ran.err) == (0, "")
    book = Shelf(tmp_path / "the-salt-lamp", desk.environ)
    assert book.run(str(programs / "doit")).out == "Everything is up to date.\n"
    without = {name: value for name, value in desk.environ.items() if name != "KIMI_BASE_URL"}
    (book / "bible.md").unlink()
    ran = Shelf(book.root, without).run(str(programs / "doit"))
    assert ran.status == 1
    assert ran.out == (
        "bible        failed: there is no key and no server, and the embedded model only rehearses. "
        "Put MOONSHOT_API_KEY into .env, or write it yourself.\n"
    )


def test_a_wheel_holds_the_template_the_prompts_and_the_looks_of_exports(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        *(f"novelist/export/{name}" for name in ("book.typ", "cover.typ", "epub.css")),
        *(f"novelist/export/page.{kind}" for kind in ("css", "html", "js")),
        *(f"novelist/export/{name}.css" for name in ("prose", "type")),
        *(f"novelist/studio/static/studio.{kind}" for kind in ("css", "js")),
        *(f"novelist/studio/templates/{name}.html" for name in ("book", "chapter", "frame")),
        "novelist/prose/slop.txt",
        "novelist/project_template/.gitignore",
        "novelist/project_template/dodo.py",
        "novelist/project_template/premise.md",
        "novelist/drafting/prompts/chapter.md.j2",
        "novelist/drafting/prompts/small/chapter.md.j2",
        "novelist/py.typed",
    }
    assert wanted - names == set()

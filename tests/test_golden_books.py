"""A book that an earlier novelist made is idle for this one: nothing is asked of a model, and nothing is written.

Each file in golden/ is a whole book as the commit in its name left it: its files, what its next build printed, and what
is said of it on stderr (`warns`). The oldest have a book.md that does not say what it was put together from, so that is
put together once more; no other file is touched. A few have their .novelist too. Whenever what is written into a book
changes, run golden/golden_book.py: it adds the books that differ.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from in_process import Here, body
from scripted import Scripted

from novelist.language import labels

PATHS = sorted((Path(__file__).parent / "golden").glob("*.json"))
BOOKS: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_bytes()) for path in PATHS}
HIDDEN = ".novelist/"
MACHINE = re.compile(r"\.novelist/(?:cache/|lock)")  # what a build may write though there is nothing to do


def left_as_it_is(here: Here, server: Scripted, book: dict[str, Any], files: dict[str, str]) -> None:
    """Put `files` of a book in place, and assert that builds do nothing: the first, the next, one without a cache."""
    for name, text in files.items():
        file = here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    if "book.md" in book:
        assert "book         assembled: " in here.doit().out
        assert body(now(here)["book.md"]) == _without_twofold_labels(body(files["book.md"]))
        files = {**files, "book.md": now(here)["book.md"]}
    for _ in ("a fresh clone", "what a build has left in .novelist"):
        idle(here, server, book, files)
    shutil.rmtree(here / HIDDEN / "cache", ignore_errors=True)  # where nothing was to do, there may be none
    idle(here, server, book, files)


def _without_twofold_labels(text: str) -> str:
    """Return the text of a book as it is put together now: a title that is a label had its number before it then."""
    return re.sub(r"(?m)^(## | *- \[)\d+\. (.+?)(?=\]\(#| \{#)", _titled, text)


def _titled(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}" if labels.only(match[2], "chapter") else match[0]


def idle(here: Here, server: Scripted, book: dict[str, Any], files: dict[str, str]) -> None:
    """Assert that a build does nothing."""
    ran = here.doit()
    assert (ran.status, ran.out, ran.err, server.tasks) == (0, book["prints"], book.get("warns", ""), [])
    assert now(here) == files


def now(here: Here) -> dict[str, str]:
    """Return the text of every file that a build with nothing to do leaves alone."""
    paths = [path for path in sorted(here.root.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    names = {path.relative_to(here.root).as_posix(): path for path in paths}
    return {name: path.read_bytes().decode() for name, path in names.items() if not MACHINE.match(name)}


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_an_earlier_novelist_is_left_as_it_is(here: Here, server: Scripted, name: str) -> None:
    files = BOOKS[name]["files"]
    cloned = {file: text for file, text in files.items() if not file.startswith(HIDDEN)}
    left_as_it_is(here, server, BOOKS[name], cloned)


@pytest.mark.parametrize("name", [name for name, book in BOOKS.items() if HIDDEN in " ".join(book["files"])])
def test_so_it_is_where_it_was_made(here: Here, server: Scripted, name: str) -> None:
    left_as_it_is(here, server, BOOKS[name], BOOKS[name]["files"])


def test_there_are_books_of_more_than_one_earlier_novelist() -> None:
    commits = {name.rpartition("-")[2] for name in BOOKS}
    assert len(commits) > 1
    assert len(BOOKS) > len(commits)

"""A book that an earlier novelist made is idle for this one: nothing is asked of a model, and nothing is written.

Each file in golden/ is a whole book as the commit in its name left it: its files, and what that commit's next build
printed. The oldest have a book.md that does not say what it was put together from, so that is put together once more;
no other file is touched. Add one with `golden/golden_book.py` whenever what is written into a book changes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Here
from scripted import Scripted

BOOKS = sorted((Path(__file__).parent / "golden").glob("*.json"))


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_book_of_an_earlier_novelist_is_left_as_it_is(here: Here, server: Scripted, path: Path) -> None:
    book = json.loads(path.read_text(encoding="utf-8"))
    for name, text in book["files"].items():
        file = here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    if "book.md" in book:
        assert "book         assembled: " in here.doit().out
    for _ in ("a fresh clone", "what a build has left in .novelist"):
        ran = here.doit()
        assert (ran.status, ran.out, ran.err) == (0, book["prints"], "")
    assert server.requests == []
    now = here.texts()
    changed = {name for name in {*now, *book["files"]} if now.get(name) != book["files"].get(name)}
    assert changed == ({"book.md"} if "book.md" in book else set())


def test_there_are_books_of_more_than_one_earlier_novelist() -> None:
    commits = {path.stem.rpartition("-")[2] for path in BOOKS}
    assert len(commits) > 1
    assert len(BOOKS) > len(commits)

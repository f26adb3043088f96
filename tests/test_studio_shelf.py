"""The shelf has each book once, for as long as its folder is there, whatever that is called."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from visiting import Visitor, type_book

from novelist.studio.books import Shelf
from novelist.studio.names import within


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A shelf of two books."""
    for name in ("rain", "salt"):
        type_book(tmp_path / name)
    return tmp_path


def test_a_book_that_is_open_stays_so_while_an_editor_saves_its_premise(shelf: Path) -> None:
    books = Shelf(shelf)
    salt = books.books()["salt"]
    premise = shelf / "salt" / "premise.md"
    premise.rename(shelf / "away")
    assert books.books()["salt"] is salt
    (shelf / "away").rename(premise)
    assert books.books()["salt"] is salt


def test_a_book_whose_folder_is_gone_is_gone(shelf: Path) -> None:
    books = Shelf(shelf)
    assert [*books.books()] == ["rain", "salt"]
    (shelf / "salt").rename(shelf / "sea")
    assert [*books.books()] == ["rain", "sea"]


def test_a_book_is_opened_once_whoever_asks(shelf: Path) -> None:
    books, at_once = Shelf(shelf), threading.Barrier(8)

    def salt(_: int) -> object:
        at_once.wait()
        return books.books()["sea"]

    type_book(shelf / "sea")
    with ThreadPoolExecutor(8) as threads:
        assert len({id(each) for each in threads.map(salt, range(8))}) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names are Unicode")
def test_a_folder_whose_name_is_no_text_is_a_book_as_others(shelf: Path) -> None:
    type_book(Path(os.fsdecode(os.fsencode(shelf) + b"/b\xff")))
    visitor = Visitor.of(shelf)
    page = visitor.get("/")
    assert page.status == 200
    assert page.text.count("The Salt Lamp") == 3
    assert 'href="/book/b%5Cxff/"' in page.text
    for path in ("", "next", "outline", "build", "search?q=wept"):
        assert visitor.get(f"/book/b\\xff/{path}").status == 200  # as a server hands it on


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_neither_is_the_folder_of_the_shelf_nor_what_is_wrong_in_a_book(tmp_path: Path) -> None:
    shelf = Path(os.fsdecode(os.fsencode(tmp_path) + b"/s\xff"))
    type_book(shelf / "salt", **{"premise.md": "---\ntitle: [\n---\nx\n"})
    page = Visitor.of(shelf).get("/")
    assert "<h1>s\\xff</h1>" in page.text
    assert "premise.md:3: the front matter is not YAML" in page.words


def test_the_sample_that_a_clone_has_is_no_book(tmp_path: Path) -> None:
    type_book(tmp_path / "project_template")
    assert [*Shelf(tmp_path).books()] == ["project_template"]
    (tmp_path / "dodo.py").write_text('"""This book\'s build."""\n')
    type_book(tmp_path / "book")
    assert [*Shelf(tmp_path).books()] == ["book"]
    (tmp_path / "book").rename(tmp_path / ".book")
    assert "There is no book here yet." in Visitor.of(tmp_path).get("/").words


def test_files_are_named_from_their_folder_as_this_system_writes_it(tmp_path: Path) -> None:
    assert within(tmp_path, f"{tmp_path / 'premise.md'}:3: no") == "premise.md:3: no"
    assert within(tmp_path, f"{tmp_path}x") == f"{tmp_path}x"

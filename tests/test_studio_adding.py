"""A book comes onto the shelf by a form as it does by `novelist new` and `novelist import`."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from visiting import Answer, Visitor, type_book

from novelist.errors import SettingsError
from novelist.studio.adding import add_new
from novelist.studio.names import file_name

CHAPTERS = {"02 The Lamp.md": "# The Lamp\n\nIt burned.\n", "01 The Bottle.md": "# The Bottle\n\nShe found it.\n"}
MANUSCRIPT = "# 1. The Bottle\n\nShe found it.\n\n# 2. The Lamp\n\nIt burned.\n"
HOSTILE = "<script>document.title='ran'</script>"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder."""
    monkeypatch.delenv("KIMI_BASE_URL", raising=False)
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


def upload(visitor: Visitor, files: dict[str, str | bytes], **fields: str) -> Answer:
    """Send the form with files, as a browser does."""
    lines = b""
    for name, value in {"form": visitor.studio.keys.form, **fields}.items():
        lines += f'--x1\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, content in files.items():
        head = f'--x1\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: a/b\r\n\r\n'
        lines += head.encode() + (content.encode() if isinstance(content, str) else content) + b"\r\n"
    return visitor.post_body("/import", lines + b"--x1--\r\n", content_type="multipart/form-data; boundary=x1")


def led_to(visitor: Visitor, answer: Answer) -> str:
    """Return what one reads on the page to which a form leads."""
    assert answer.status == 303, answer.words
    return unescape(visitor.get(answer.headers["location"]).words)


def test_a_new_book_begins_on_an_empty_shelf(shelf: Path) -> None:
    visitor = Visitor.of(shelf)
    assert "There is no book here yet. New book Import one" in visitor.get("/").words
    assert 'name="chapters" value="20-40"' in visitor.get("/new").text
    form = {"idea": "A letter.\r\n\r\nIt is wet.", "title": "The Salt Lamp", "author": "Ines Halden", "language": "de"}
    page = led_to(visitor, visitor.post("/new", {**form, "chapters": "3", "words": ""}))
    assert "The book is there." in page
    assert "There is no outline yet." in page
    assert (shelf / "the-salt-lamp" / "premise.md").read_text() == (
        "---\ntitle: The Salt Lamp\nauthor: Ines Halden\nlanguage: de\nchapters: 3\nwords: 1500-2500\n---\n\n"
        "A letter.\n\nIt is wet.\n"
    )
    assert "The Salt Lamp Ines Halden no outline yet" in visitor.get("/").words
    assert led_to(visitor, visitor.post("/new", {"idea": "Rain, for ever and a day longer."})).count("is there.") == 1
    assert sorted(path.name for path in shelf.iterdir()) == ["rain-for-ever-and-a", "the-salt-lamp"]


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"title": "Rain"}, "There is nothing to write about. Say what the book is about."),
        ({"title": "../..", "idea": "…"}, "Its title gives no name for a folder. Choose one with letters or digits."),
        (
            {"title": "There", "idea": "x"},
            "There is something called “there” on the shelf already. Choose another title.",
        ),
        (
            {"title": "Link", "idea": "x"},
            "There is something called “link” on the shelf already. Choose another title.",
        ),
        (
            {"idea": "Rain", "chapters": "many"},
            "“chapters: many” is neither a whole number nor a range such as “20-40”. Change it.",
        ),
        ({"idea": "Rain", "language": "Klingon!"}, "“language: Klingon!” is no code of a language"),
    ],
)
def test_what_cannot_be_made_is_said_and_what_was_typed_stays(
    shelf: Path, tmp_path: Path, form: dict[str, str], problem: str
) -> None:
    type_book(shelf / "there")
    (tmp_path / "outside").mkdir()
    (shelf / "link").symlink_to(tmp_path / "outside")
    visitor = Visitor.of(shelf)
    answer = visitor.post("/new", {"author": HOSTILE, **form})
    assert answer.status == 200
    assert problem in unescape(answer.words)
    assert HOSTILE not in answer.text
    assert HOSTILE in unescape(answer.text)
    for name, value in form.items():
        assert unescape(answer.text).count(f"\n{value}</textarea>" if name == "idea" else f'value="{value}"') == 1
    assert sorted(path.name for path in shelf.iterdir()) == ["link", "there"]
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_manuscript_and_files_of_chapters_are_brought(shelf: Path) -> None:
    visitor = Visitor.of(shelf)
    page = led_to(visitor, upload(visitor, {"The Salt Lamp.md": MANUSCRIPT}))
    assert "What was brought title The Salt Lamp chapter:01 The Bottle, 3 words" in page
    assert "premise.md does not say what the book is about" in page
    assert (shelf / "the-salt-lamp" / "chapters" / "02-the-lamp.md").read_text() == "It burned.\n"
    led_to(visitor, upload(visitor, dict(CHAPTERS), title="The Ferry: a novel"))
    assert sorted(path.name for path in (shelf / "the-ferry-a-novel" / "chapters").iterdir()) == [
        "01-the-bottle.md",
        "02-the-lamp.md",
    ]
    assert str(shelf) not in visitor.get("/").text


def test_what_cannot_be_brought_is_said(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor.of(shelf)
    wrong: list[tuple[dict[str, str | bytes], str]] = [
        ({}, "There is no file. Choose one, or one for each chapter."),
        ({"": ""}, "There is no file. Choose one, or one for each chapter."),
        ({"a.md": "x"}, " a.md: no headings make chapters of it."),
        ({"a.md": b"\xff\xfe\xfa"}, " a.md:1: this is not UTF-8 text. Save it as UTF-8."),
        ({"x/a.md": "x", "y/A.md": "x"}, "Two files have one name. Rename one of them."),
    ]
    for files, problem in wrong:
        answer = upload(visitor, files, title="Rain")
        assert answer.status == 200
        assert problem in unescape(answer.words)
        assert 'value="Rain"' in answer.text
    monkeypatch.setattr("novelist.studio.routes.adding.LARGEST_FILE", 1000)
    assert "Choose fewer, or leave their pictures out." in upload(visitor, {"a.md": "x" * 2000}).words
    assert upload(visitor, {"a.md": MANUSCRIPT}, form="x").status == 403
    assert visitor.post("/import", {"title": "Rain"}).status == 400
    assert list(shelf.iterdir()) == []


def test_of_two_books_of_one_title_that_are_made_at_once_one_is(shelf: Path) -> None:
    at_once = threading.Barrier(8)

    def make(idea: str) -> str:
        at_once.wait()
        try:
            return add_new(shelf, {"title": "Rain", "idea": idea})
        except SettingsError as error:
            return str(error)

    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(make, map(str, range(8))))
    taken = "there is something called `rain` on the shelf already. Choose another title."
    assert sorted(names) == ["rain", *[taken] * 7]
    assert (shelf / "rain" / "premise.md").read_text().split()[-1] == str(names.index("rain"))


def test_there_may_be_as_many_files_as_a_book_has_chapters(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor.of(shelf)
    files: dict[str, str | bytes] = {f"{number:04}.md": "x" for number in range(1000)}
    answer = upload(visitor, {**files, "a.md": "x", "A.md": "x"}, title="Rain")  # which is found out before any is read
    assert "Two files have one name. Rename one of them." in answer.words
    monkeypatch.setattr("novelist.studio.adding.MOST_SECTIONS", 999)
    answer = upload(visitor, files, title="Rain")
    assert answer.status == 200
    assert (
        "There are more than 999 files. Put several chapters into each, below headings, or make several books of them."
    ) in answer.words
    assert 'value="Rain"' in answer.text
    assert list(shelf.iterdir()) == []


@pytest.mark.parametrize("letter", ["😀", "字", "é", "x"])
def test_the_name_of_a_file_may_be_as_long_as_a_title(shelf: Path, letter: str) -> None:
    visitor = Visitor.of(shelf)
    led_to(visitor, upload(visitor, {f"{letter * 80}.md": MANUSCRIPT}, title="Rain"))
    assert [path.name for path in shelf.iterdir()] == ["rain"]
    name = file_name(f"{letter * 200}", "markdown")
    assert len(name.encode()) <= 255
    assert set(name) == {letter, *".markdown"}


def test_where_one_book_is_looked_at_none_is_added(shelf: Path) -> None:
    visitor = Visitor.of(type_book(shelf / "salt"))
    assert [visitor.get("/new").status, visitor.get("/import").status] == [404, 404]
    assert visitor.post("/new", {"idea": "x"}).status == 404
    assert not re.search(r'href="/(new|import)"', visitor.get("/book/salt/").text)


def test_a_form_that_is_none_is_refused(shelf: Path) -> None:
    visitor = Visitor.of(shelf)
    form = "multipart/form-data; boundary=x1"
    assert visitor.post_body("/import", b"--x1\r\nfiles\r\n", content_type=form).status == 400
    assert visitor.post_body("/import", b"--x1--\r\n", content_type="multipart/form-data").status == 400
    assert visitor.post_body("/import", b"--x1--\r\n", content_type=form, **{"content-length": ""}).status == 411
    assert list(shelf.iterdir()) == []


@pytest.mark.parametrize("name", ["../a.md", "C:\\x\\a.md", "/etc/a.md"])
def test_the_name_of_a_file_leads_nowhere(shelf: Path, name: str) -> None:
    visitor = Visitor.of(shelf)
    led_to(visitor, upload(visitor, {name: MANUSCRIPT}, title="Rain"))
    assert [path.name for path in shelf.iterdir()] == ["rain"]
    assert [path.name for path in shelf.parent.iterdir()] == ["shelf"]

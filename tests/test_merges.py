"""A merge that nobody has finished: no file of a book is sent, put together or exported with git's marks in it."""

from __future__ import annotations

import pytest
from finished import C2, S2, finish
from in_process import Here
from scripted import Scripted

from novelist.book.conflict import line_of_mark, without_marks

MERGED = "<<<<<<< HEAD\nMara waits.\n=======\nMara goes.\n>>>>>>> theirs\n"
BASED = "<<<<<<< HEAD\nMara waits.\n||||||| 1f2e3d4\nMara sleeps.\n=======\nMara goes.\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MERGED, 1),
        (BASED, 1),
        (MERGED.replace("\n", "\r\n"), 1),
        (f"\ufeff{MERGED}", 1),
        (f"Mara.\n\n{MERGED}", 3),
        ("Mara.\n<<<<<<<\nWaits.\n", 2),
        ("Mara.\n>>>>>>> 1f2e3d4 (Mara waits)", 2),
        ("Mara.\n||||||| base\n", 2),
        (f"> > Mara.\n{MERGED}", 2),
        ("> Mara.\n\n> Eskil.\n=======\n> Mara.\n>>>>>>> theirs\n\n<<<<<<< HEAD\n", 8),
    ],
)
def test_a_mark_is_found_with_its_line(text: str, line: int) -> None:
    assert line_of_mark(text) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Bottle\n=======\n\nMara.\n",
        "=======\n",
        "Mara.\n\n    <<<<<<< HEAD\n",
        "<<<<<<<< eight\n",
        "<<<<<<<and more\n",
        ">>>>>>\n>>>>>>> Mara asked in her seventh letter.\n",
        "|a||||||\n|||||||\n",
        "She wrote <<<<<<< on the wall.\n",
    ],
)
def test_what_is_no_mark_is_left_alone(text: str) -> None:
    assert line_of_mark(text) == 0


def test_a_model_cannot_leave_marks() -> None:
    assert without_marks(BASED).splitlines()[::2] == [
        "\\<<<<<<< HEAD",
        "\\||||||| 1f2e3d4",
        "=======",
        "\\>>>>>>> theirs",
    ]
    assert line_of_mark(without_marks(BASED)) == 0


@pytest.mark.parametrize("merged", [MERGED, BASED], ids=["merge", "diff3"])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        (C2, ""),
        (C2, "novelist:"),
        (S2, ""),
        ("premise.md", ""),
        ("premise.md", "author:"),
        ("bible.md", ""),
        ("outline.md", "Mara walks"),
        ("outline.md", "title:"),
        ("prompts/chapter.md.j2", ""),
        ("summaries/arc-001-010.md", ""),
    ],
)
def test_a_conflict_in_a_file_of_the_book_is_told_before_anything_is_done(
    here: Here, server: Scripted, name: str, before: str, merged: str
) -> None:
    finish(here, server)
    path, calls = here / name, len(server.requests)
    text = path.read_text() if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(before, merged + before, 1) if before else text + merged)
    line = path.read_text().partition("<<<<<<<")[0].count("\n") + 1
    texts = here.texts()
    for tasks in ((), ("epub",), ("chapter:05",)):
        ran = here.doit(*tasks)
        assert f"{name}:{line}: a merge conflict of git. Resolve it." in ran.out + ran.err
        assert ran.status
    assert (len(server.requests), here.texts()) == (calls, texts)


def test_status_plan_and_accept_tell_of_a_conflict(here: Here, server: Scripted) -> None:
    finish(here, server)
    path = here / C2
    path.write_text(path.read_text() + MERGED)
    line = path.read_text().partition("<<<<<<<")[0].count("\n") + 1
    told = f"{C2}:{line}: a merge conflict of git. Resolve it."
    assert here.novelist("status").out.splitlines()[-1] == f"The next build will stop: {told}"
    assert here.novelist("plan").err.splitlines()[-1] == f"Error: {told}"
    assert here.novelist("accept", "2").err.splitlines()[-1] == f"Error: {told}"


@pytest.mark.parametrize("before", ["title:", "novelist:", "## Contents", "## 2. "])
def test_a_conflict_in_the_text_of_the_book_is_made_anew_and_told(here: Here, server: Scripted, before: str) -> None:
    finish(here, server)
    path = here / "book.md"
    text = path.read_text()
    path.write_text(text.replace(before, MERGED + before, 1))
    ran = here.doit()
    assert ran.status == 0
    assert "book.md had a merge conflict of git in it: it is made anew from the chapters.\n" in ran.out
    assert path.read_text() == text
    assert here.doit().out == "Everything is up to date.\n"


def test_what_is_exported_is_made_anew_without_a_conflict(here: Here, server: Scripted) -> None:
    finish(here, server)
    assert here.doit("html").status == 0
    path = here / "dist" / "book.html"
    content = path.read_bytes()
    path.write_bytes(MERGED.encode() + content)
    ran = here.doit("html")
    assert "dist/book.html had a merge conflict of git in it: it is made anew." in ran.out
    assert path.read_bytes() == content

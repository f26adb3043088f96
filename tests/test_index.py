"""What was read is kept between builds, and never believed where a file may have changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from finished import C2, finish
from in_process import Here
from scripted import Scripted

OLD = 1_700_000_000_000_000_000  # ns, long ago


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book whose files were written long ago, and read by a build."""
    finish(here, server)
    for path in here.root.rglob("*.md"):
        os.utime(path, ns=(OLD, OLD))
    assert here.doit().out == "Everything is up to date.\n"
    return here


def index(book: Here) -> Path:
    return book / ".novelist" / "cache" / "index.json"


def test_a_build_with_nothing_to_do_reads_no_page_that_it_knows(novel: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    known = json.loads(index(novel).read_bytes())["files"]
    assert {f"page {C2}", "page book.md", "outline outline.md", "premise premise.md", "bible bible.md"} <= known.keys()
    read: list[str] = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or real(path))  # type: ignore[func-returns-value]
    assert novel.doit().out == "Everything is up to date.\n"
    assert [name for name in read if name.endswith(".md")] == []


def test_a_file_of_the_same_size_and_time_is_read_again_where_it_is_another_file(novel: Here) -> None:
    path = novel / C2
    text = path.read_text()
    other = path.with_name("other")
    other.write_text(text[:-3] + ("x" if text[-3] != "x" else "y") + text[-2:])
    os.utime(other, ns=(OLD, OLD))
    other.replace(path)
    assert novel.statuses()["summary:02"] == "R"


def test_what_changed_a_moment_before_it_was_read_is_not_kept(novel: Here) -> None:
    novel.edit(C2, "\n---\n\n", "\n---\n\nMine. ")
    novel.statuses()
    assert novel.doit().status == 0
    assert json.loads(index(novel).read_bytes())["files"][f"page {C2}"][2] == OLD
    os.utime(novel / C2, ns=(OLD + 1, OLD + 1))
    assert novel.doit().status == 0
    assert json.loads(index(novel).read_bytes())["files"][f"page {C2}"][2] == OLD + 1


@pytest.mark.parametrize(
    "rubbish", ["", "{", "[]", '{"by": 1}', '{"files": {}}', '{"by": "x", "files": {"page a": [1, 2, 3, 4]}}', "\udcff"]
)
def test_an_index_that_cannot_be_used_is_made_anew(novel: Here, server: Scripted, rubbish: str) -> None:
    index(novel).write_bytes(rubbish.encode("utf-8", "surrogateescape"))
    assert novel.doit().out == "Everything is up to date.\n"
    assert server.requests == []
    assert f"page {C2}" in json.loads(index(novel).read_bytes())["files"]


def test_looking_at_a_book_writes_no_index(novel: Here) -> None:
    index(novel).unlink()
    novel.statuses()
    assert not index(novel).exists()


def test_an_index_of_other_code_is_forgotten(novel: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novelist.book.cache._signature", lambda: "another")
    assert novel.doit().out == "Everything is up to date.\n"
    assert json.loads(index(novel).read_bytes())["by"] == "another"


def test_a_name_that_is_no_text_is_no_reason_to_fail(novel: Here) -> None:
    path = os.fsencode(novel / "chapters") + b"/03-caf\xe9.md"
    Path(os.fsdecode(path)).write_text("Mine.\n")
    ran = novel.doit()
    assert "Traceback" not in ran.out + ran.err


def test_what_is_gone_is_forgotten(novel: Here) -> None:
    before = len(json.loads(index(novel).read_bytes())["files"])
    for name in ("one", "two", "three"):
        path = novel / "chapters" / f"06-{name}.md"
        path.write_text("Mine.\n")
        os.utime(path, ns=(OLD, OLD))
        assert novel.doit().status == 1
        path.unlink()
    os.utime(novel / C2, ns=(OLD + 5, OLD + 5))
    assert novel.doit().status == 0
    assert len(json.loads(index(novel).read_bytes())["files"]) == before


def test_an_outline_is_read_once_for_each_title_that_the_premise_gives(
    novel: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    novel.edit("premise.md", "title: The Salt Lamp", "title: Salt")
    os.utime(novel / "premise.md", ns=(OLD, OLD))
    assert novel.doit().status == 0
    monkeypatch.setattr("novelist.book.outline_text.parse", pytest.fail)
    assert novel.doit().out == "Everything is up to date.\n"

"""What a symbolic link leads to outside of a book is neither read, sent to a server nor printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from finished import C2, S2, finish
from in_process import Here, everything
from scripted import Scripted

ELSEWHERE = "The word is swordfish."


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


@pytest.mark.parametrize("file", [C2, S2, "bible.md", "outline.md", "premise.md", "book.md", "prompts/chapter.md.j2"])
def test_a_link_out_of_the_book_is_refused(novel: Here, server: Scripted, tmp_path: Path, file: str) -> None:
    (tmp_path / "secret").write_text(ELSEWHERE, encoding="utf-8")
    (novel / "prompts").mkdir()
    (novel / file).unlink(missing_ok=True)
    (novel / file).symlink_to(tmp_path / "secret")
    ran = novel.doit()
    assert ran.status != 0
    assert f"{file}: it is a symbolic link that leads out of the book. Put a file in its place.\n" in ran.out + ran.err
    (novel / file).unlink()
    assert ELSEWHERE not in everything(novel)
    assert server.requests == []


def test_a_link_within_the_book_is_as_good_as_a_file(novel: Here, server: Scripted) -> None:
    (novel / "bible.md").rename(novel / "people.md")
    (novel / "bible.md").symlink_to("people.md")
    assert novel.doit().out == "Everything is up to date.\n"
    assert server.requests == []

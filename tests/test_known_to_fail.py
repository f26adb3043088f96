"""Nothing is paid for a bible or an outline from which no book could follow."""

from __future__ import annotations

import pytest
from finished import C1, finish
from in_process import Here, body
from scripted import Scripted

GONE = (
    "outline.md: it is missing, and a new one would not have the {} in chapters/. "
    "Put it back (`novelist restore outline`, or git), write it, or move chapters/ elsewhere."
)


@pytest.mark.parametrize("gone", ["outline.md", "bible.md outline.md"])
def test_no_outline_is_paid_for_that_would_lack_the_chapters(here: Here, server: Scripted, gone: str) -> None:
    finish(here, server)
    server.clear()
    here.edit("premise.md", "Mara keeps", "Mara once kept")
    for name in gone.split():
        (here / name).unlink()
    ran = here.doit()
    assert (ran.status, ran.to_draft) == (1, "")
    assert f"{gone.split(maxsplit=1)[0].removesuffix('.md'):12} failed: {GONE.format('5 chapters')}\n" in ran.out
    assert here.novelist("plan").err == f"Error: {GONE.format('5 chapters')}\n"
    assert server.requests == []
    assert here.novelist("restore", "outline").status == 0
    assert "chapter:01" not in here.doit("outline").out
    assert (here / "outline.md").is_file()


def test_no_outline_is_paid_for_that_would_lack_a_typed_chapter(here: Here, server: Scripted) -> None:
    finish(here, server)
    for path in (here / "chapters").iterdir():
        if path != here / C1:
            path.unlink()
    (here / C1).write_text(body((here / C1).read_text()))
    (here / "outline.md").unlink()
    server.clear()
    assert f"outline      failed: {GONE.format('1 chapter')}\n" in here.doit().out
    assert server.requests == []


def test_no_bible_is_paid_for_where_a_chapter_has_no_section(here: Here, server: Scripted) -> None:
    finish(here, server)
    (here / "bible.md").unlink()
    (here / "chapters" / "06-the-storm.md").write_text("It blows.\n")
    server.clear()
    ran = here.doit()
    assert "bible        failed: chapters/06-the-storm.md: outline.md has no section `{#the-storm}` for it" in ran.out
    assert server.requests == []


def test_one_chapter_as_it_was_drafted_is_in_no_new_outlines_way(here: Here, server: Scripted) -> None:
    finish(here, server)
    for path in (here / "chapters").iterdir():
        if path != here / C1:
            path.unlink()
    (here / "outline.md").unlink()
    server.clear()
    here.doit("outline")
    assert server.tasks == ["outline"]

"""A chapter that its author keeps stays as it is, whatever changes before it, until they say otherwise."""

from __future__ import annotations

import pytest
from finished import C2, C3, finish, lines
from in_process import Here
from scripted import Scripted

IDLE = "Everything is up to date.\n"


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def test_a_kept_chapter_stays_and_the_outline_says_so(finished: Here, server: Scripted) -> None:
    before = (finished / "outline.md").read_text()
    assert finished.novelist("keep", "3").out == "chapter:03 is kept as it is, whatever changes.\n"
    now = (finished / "outline.md").read_text()
    assert now == before.replace("{#the-lamp}", "{#the-lamp stale=keep}") != before
    assert finished.novelist("keep", "3").out == "chapter:03 is kept already.\n"
    assert "The Lamp             50 words  fresh   `stale: keep`" in finished.novelist("status").out
    assert finished.doit().out == IDLE
    text = (finished / C3).read_text()
    finished.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    ran = finished.doit(NOVELIST_YES="1")
    assert "chapter:03   kept: `stale: keep`; its part of the outline changed" in lines(ran.out)
    assert (server.requests, (finished / C3).read_text()) == ([], text)
    assert finished.novelist("unkeep", "3").out == "chapter:03 is no longer kept.\n"
    assert "stale" not in (finished / "outline.md").read_text()
    assert finished.doit("chapter:03").status == 0
    assert server.tasks == ["chapter:3"]


def test_a_kept_chapter_that_is_missing_is_drafted(finished: Here, server: Scripted) -> None:
    assert finished.novelist("keep", "2", "3").status == 0
    (finished / C2).unlink()
    assert finished.doit("chapter:02").status == 0
    assert server.tasks == ["chapter:2"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("## 3. The Lamp", "## 3. The Lamp {#the-lamp stale=keep}"),
        ("## 3. The Lamp {#the-lamp words=40-60 stale=redraft}", "## 3. The Lamp {#the-lamp words=40-60 stale=keep}"),
        ("## 3. The Lamp {#the-lamp}\r", "## 3. The Lamp {#the-lamp stale=keep}\r"),
        ("## Chapter 3: The Lamp  ", "## Chapter 3: The Lamp {#the-lamp stale=keep}"),
    ],
)
def test_only_the_one_line_changes_in_whatever_form_it_is(finished: Here, line: str, kept: str) -> None:
    text = (finished / "outline.md").read_text().replace("## 3. The Lamp {#the-lamp}", line)
    (finished / "outline.md").write_bytes(text.encode())
    ran = finished.novelist("keep", "3")
    assert ran.status == 0, ran.err
    assert (finished / "outline.md").read_bytes().decode() == text.replace(line, kept, 1)
    assert finished.novelist("restore", "outline").status == 0
    assert (finished / "outline.md").read_bytes().decode() == text


def test_an_outline_without_a_place_for_it_says_what_to_write(finished: Here) -> None:
    items = "# The Sea\n\n1. **The Bottle** — Mara.\n2. **The Second Tide** — Eskil.\n3. **The Lamp** — Light.\n"
    (finished / "outline.md").write_text(items)
    assert finished.novelist("keep", "3").status == 0
    assert (finished / "outline.md").read_text() == items.replace("Lamp**", "Lamp** {#the-lamp stale=keep}")
    rows = "| 1 | The Bottle | Mara. |\n| 2 | The Second Tide | Eskil. |\n| 3 | The Lamp | Light. |\n"
    (finished / "outline.md").write_text(f"# The Sea\n\n{rows}")
    ran = finished.novelist("keep", "3")
    place = "Put `{#the-lamp stale=keep}` behind the title of `The Lamp` yourself."
    assert (ran.status, ran.err) == (1, f"Error: outline.md:5: its form has no place that is sure. {place}\n")


@pytest.mark.parametrize("name", ["bible", "summary:03"])
def test_only_chapters_are_kept(finished: Here, name: str) -> None:
    ran = finished.novelist("keep", name)
    error = "Error: Only chapters are kept, once there is an outline. Name them by number.\n"
    assert (ran.status, ran.err) == (1, error)

"""What an outline says of a part, and the voice in style.md: told, and what chapters are true to, if they were told."""

from __future__ import annotations

import re
import shutil

import pytest
from finished import C2, C3, C4, finish, hold, lines
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted

from novelist.targets.digests import LATER, changed_parts

PART = "It is winter, and nobody trusts the ferry."
VOICE = "Short sentences. No similes."
NEW = re.compile(r"(?:, )?(?:part|style): h[0-9a-f]{12}")


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, without parts and without a voice."""
    return finish(here, server)


def asked(server: Scripted, task: str) -> str:
    """Return what the model was told for a task."""
    return next(request.prompt for request in server.requests if request.task == task)


def stale(book: Here) -> list[str]:
    """Return the tasks that a build would do something for, of chapters and their summaries."""
    states = book.statuses()
    return [name for name, state in states.items() if re.match(r"(?:chapter|summary):\d", name) and state != "U"]


def in_two_parts(book: Here, text: str) -> None:
    """Put the first two chapters of an outline into a part, and the others into another one with a text."""
    outline = (book / "outline.md").read_text()
    first, third = outline.index("## 1. "), outline.index("## 3. ")
    parts = outline[:first] + "# Part One: Here\n\n" + outline[first:third] + f"# Part Two: There\n\n{text}\n\n"
    (book / "outline.md").write_text(parts + outline[third:])


def as_older(book: Here) -> None:
    """Take out of all records what came into them later."""
    for path in [*book.root.glob("chapters/*.md"), *book.root.glob("summaries/*.md")]:
        text = path.read_text()
        assert NEW.search(text)
        path.write_text(NEW.sub("", text))
    shutil.rmtree(book / ".novelist")


def test_a_book_without_either_is_told_nothing_of_them(finished: Here, server: Scripted) -> None:
    (finished / C3).unlink()
    assert finished.doit().status == 0
    assert "# The voice" not in asked(server, "chapter:3") + asked(server, "summary:3")
    assert "# This part of the book" not in asked(server, "chapter:3")


def test_what_the_outline_says_of_a_part_is_told_to_its_chapters_and_makes_only_them_stale(
    finished: Here, server: Scripted
) -> None:
    in_two_parts(finished, PART)
    assert stale(finished) == ["chapter:03", "chapter:04", "chapter:05"]
    assert "what the outline says of its part changed" in finished.novelist("why", "3").out
    assert f"+{PART}" in lines(finished.novelist("why", "3").out)
    (finished / C2).unlink()
    (finished / C3).unlink()
    assert finished.doit("chapter:03").status == 0
    block = f"# This part of the book\n\n{PART}\n\n# Your task\n"
    assert block in asked(server, "chapter:3")
    assert "# This part of the book" not in asked(server, "chapter:2")
    assert block in finished.novelist("brief", "3").out


def test_the_voice_is_told_before_the_outline_and_makes_all_chapters_stale(finished: Here, server: Scripted) -> None:
    (finished / "style.md").write_text(f"---\ntitle: Voice\n---\n\n{VOICE}\n")
    assert stale(finished) == [f"chapter:0{number}" for number in range(1, 6)]
    assert "the voice in style.md changed" in finished.novelist("why", "2").out
    (finished / C2).unlink()
    hold(server, "2")
    assert finished.doit("summary:02").status == 0
    for task in ("chapter:2", "summary:2"):
        prompt = asked(server, task)
        assert f"# The voice\n\n{VOICE}\n\n# The outline of" in prompt
    (finished / "style.md").unlink()
    assert stale(finished) == ["chapter:02"]


def test_more_than_a_few_are_replaced_for_them_only_with_a_word(finished: Here, server: Scripted) -> None:
    (finished / "style.md").write_text(f"{VOICE}\n")
    ran = finished.doit()
    assert ran.status == 0
    assert server.requests == []
    assert lines(ran.out)[-1].startswith("chapters     1-5 wait for you: for each, the voice in style.md changed. ")
    assert finished.novelist("accept", "--all").status == 0
    assert stale(finished) == []


@pytest.mark.parametrize("edited", ["style.md", "outline.md"])
def test_a_record_that_has_nothing_of_them_is_not_judged_by_them(finished: Here, server: Scripted, edited: str) -> None:
    as_older(finished)
    if edited == "style.md":
        (finished / "style.md").write_text(f"{VOICE}\n")
    else:
        in_two_parts(finished, PART)
        assert finished.doit("files").status == 0
    assert stale(finished) == []
    assert finished.doit().status == 0
    assert server.requests == []
    (finished / C4).unlink()
    assert finished.doit("chapter:04").status == 0
    assert "This chapter was written before, and the chapters after it rest on what it told." in asked(
        server, "chapter:4"
    )
    assert "part: h" in (finished / C4).read_text()
    assert "part: h" not in (finished / C3).read_text()


def test_an_earlier_draft_comes_back_by_what_its_record_has(finished: Here, server: Scripted) -> None:
    history = finished / ".novelist/history"
    before = (finished / C2).read_text()
    as_of_before = NEW.sub("", before)
    for path in (history / "the-second-tide").glob("*.md"):
        path.write_text(NEW.sub("", path.read_text()))
    (finished / C2).write_text(as_of_before.replace("section: h", "section: h0"))
    (finished / "style.md").write_text(f"{VOICE}\n")
    ran = finished.doit("chapter:02")
    assert server.requests == []
    assert "chapter:02   back: " in ran.out
    assert (finished / C2).read_text() == as_of_before


def test_a_voice_with_the_marks_of_a_merge_stops_a_build_before_it_is_paid(finished: Here, server: Scripted) -> None:
    (finished / "style.md").write_text("<<<<<<< HEAD\nShort.\n=======\nLong.\n>>>>>>> other\n")
    ran = finished.doit()
    assert ran.status == 3
    assert "style.md:1: " in ran.out + ran.err
    assert server.requests == []


DIGESTS = st.dictionaries(st.sampled_from(["section", "bible", "settings", "story", *LATER]), st.sampled_from("ab"))


@given(before=DIGESTS, now=DIGESTS)
def test_a_part_has_changed_where_it_differs_and_a_later_one_only_where_it_was_recorded(
    before: dict[str, str], now: dict[str, str]
) -> None:
    changed = changed_parts(before, now)
    assert set(changed) == {
        part for part in now if before.get(part) != now[part] and (part in before or part not in LATER)
    }

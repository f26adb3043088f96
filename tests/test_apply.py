"""What a reading of the book proposes is put into the outline by a person's word: that section, and no other byte."""

from __future__ import annotations

import pytest
from finished import history
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from reading import READING, SECTION, finding, judged
from rippling import summary_of, write_story
from scripted import Scripted

from novelist.book import reviews
from novelist.book.proposals import Proposal
from novelist.book.reviews import Entry
from novelist.text import normalise

DIFF = "3. The Lamp\n\nMara [-lights-]{+breaks+} the lamp.\n\n{+She hides the pieces from Eskil.+}\n"
ROWS = "Mara rows to the Glassworks alone."


@pytest.fixture
def story(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters whose reading proposes two sections."""
    write_story(here, server)
    two = finding(summary_of(3), section=3, text=SECTION), finding(summary_of(4), section=4, text=ROWS, chapters=[4])
    server.on("read", judged(*two, finding(summary_of(5))))
    assert here.doit("read").status == 0
    server.clear()
    return here


def test_one_is_applied_byte_for_byte_and_never_offered_again(story: Here, server: Scripted) -> None:
    listed = [
        "  1  section 3, The Lamp: Chapter 2: Nothing changes.",
        "  2  section 4, The Ferry: Chapter 4: Nothing changes.",
    ]
    opens = "2 proposals open. `novelist apply 1` shows the first."
    assert story.novelist("apply").out.splitlines() == [*listed, opens]
    before, reading = (story / "outline.md").read_text(), (story / READING).read_text()
    ran = story.novelist("apply", "1", "--yes")
    undo = "`novelist restore outline` brings the outline back as it was"
    left = "chapter:03 is to be written again: its part of the outline changed; what the bible says of it changed."
    assert (ran.status, ran.out, ran.err) == (0, f"{DIFF}Applied to section 3. {undo}.\n{left}\n", "")
    after = (story / "outline.md").read_text()
    assert after.split("\n---\n")[1] == before.split("\n---\n")[1].replace("Mara lights the lamp.", SECTION)
    assert before in history(story, "@outline")
    entry = f"**should** Chapter 2: Nothing changes. Fix: Change it.\n  > “{summary_of(3)}”"
    assert (story / READING).read_text() == reading.replace(entry, entry.replace("**should**", "~~**should**~~"))
    assert server.requests == []
    opens = "1 proposal open. `novelist apply 2` shows the first."
    assert story.novelist("apply").out.splitlines() == [listed[1], opens]
    ran = story.novelist("apply", "1", "--yes")
    message = "proposal 1 is crossed out, or the outline says so already. `novelist apply` lists what is left."
    assert (ran.status, ran.err) == (1, f"Error: {READING}: {message}\n")
    assert story.doit().status == 0
    assert server.tasks[0] == "chapter:3"
    assert "She hides the pieces from Eskil." in server.requests[0].prompt


def test_nothing_is_applied_that_nobody_has_said_yes_to(story: Here) -> None:
    before = story.texts()
    ran = story.novelist("apply", "1", "--dry-run")
    assert (ran.status, ran.out) == (0, f"{DIFF}outline.md is as it was.\n")
    ran = story.novelist("apply", "1")
    message = "outline.md is as it was: nobody was asked. The same command with --yes takes this."
    assert (ran.status, ran.err) == (1, f"Error: {message}\n")
    ran = story.novelist("apply", "7")
    message = f"there is no proposal 7 in {READING}. `novelist apply` lists those that are open."
    assert (ran.status, ran.err) == (1, f"Error: {message}\n")
    assert story.texts() == before


def test_a_section_that_has_changed_since_is_left_to_its_author(story: Here) -> None:
    story.edit("outline.md", "Mara lights the lamp.", "Mara lights the lamp again.")
    story.edit("outline.md", "## 4. The Ferry {#the-ferry}", "## 4. The Ship {#the-ship}")
    before = (story / "outline.md").read_text()
    assert story.novelist("apply").out.splitlines() == [
        "  1  section 3, The Lamp: Chapter 2: Nothing changes. (its section has changed since the book was read)",
        "  2  Chapter 4: Nothing changes. (the outline has no such section any more)",
        "No proposal is open in reviews/book.md.",
    ]
    ran = story.novelist("apply", "1", "--yes")
    remedy = "Change outline.md yourself; what was proposed stands in reviews/book.md."
    message = f"proposal 1 is about a section that has changed since the book was read. {remedy}"
    assert (ran.status, ran.err) == (1, f"Error: {READING}: {message}\n")
    ran = story.novelist("apply", "2", "--yes")
    message = "proposal 2 is about a section that the outline has no more. Change outline.md yourself."
    assert (ran.status, ran.err) == (1, f"Error: {READING}: {message}\n")
    assert (story / "outline.md").read_text() == before


def test_what_its_author_makes_of_a_proposal_is_applied(story: Here) -> None:
    story.edit(READING, "    She hides the pieces from Eskil.\n", "    Eskil sees it.\n")
    story.edit(READING, "Chapter 4: Nothing", "Chapter 4: Hardly anything")
    with (story / READING).open("a") as file:
        file.write("\nThe end comes too early.\n  section 5: Mara burns the letter.\n")
    for number in ("1", "2", "3"):
        assert story.novelist("apply", number, "--yes").status == 0
    outline = (story / "outline.md").read_text()
    assert [
        each in outline for each in ("Mara breaks the lamp.\n\nEskil sees it.", ROWS, "Mara burns the letter.")
    ] == [True] * 3
    assert "\n~~The end comes too early.~~\n" in (story / READING).read_text()
    assert story.novelist("apply").out == f"No proposal is open in {READING}.\n"
    status = story.novelist("status").out
    assert "before the outline changed: 2 should open.\n" in status


LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@given(st.lists(st.lists(LINES, min_size=1), min_size=1), st.integers(1, 400), st.booleans())
def test_a_proposal_is_read_as_it_was_written(paragraphs: list[list[str]], number: int, named: bool) -> None:  # noqa: FBT001
    text = normalise("\n\n".join("\n".join(line.strip() for line in lines) for lines in paragraphs)).replace("<!--", "")
    entry = Entry("should", "Nothing changes.", "Change it.", ("a quote of it",), ("a.md:3",))
    if text.strip():
        entry = entry._replace(proposal=Proposal(number, text, "the-lamp" if named else ""))
    others = [Entry("must", "Before."), Entry("may", "Behind.")]
    file = "\n".join(["## A day", "", *others[0].lines(), *entry.lines(), *others[1].lines(), ""])
    assert reviews.read(file) == [others[0], entry, others[1]]
    crossed = reviews.struck(file, 1)
    assert crossed is not None
    assert crossed.replace("~~**should**~~", "**should**") == file
    assert reviews.read(crossed)[1] == entry._replace(struck=True)

"""The whole book is read when a person asks for it: whole or by its summaries, as it is, and with true quotes only."""

from __future__ import annotations

import re

import pytest
from finished import lines
from in_process import Here
from reading import READING, SECTION, desk, finding, judged
from rippling import summary_of, write_story
from scripted import Scripted, prose
from typed import type_book

from novelist.book.files import Files
from novelist.model.limits import Limit, Limits

IDLE = "Everything is up to date.\n"
ALIKE = "- **should** 5 of 5 chapters open with “paragraph 1 of”: 1, 2, 3, 4, 5 (lint: opening)"


@pytest.fixture
def story(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, whose judge is another model."""
    here.environ["KIMI_MODEL_REVIEW"] = "kimi-judge"
    write_story(here, server)
    return here


def give_context(book: Here, tokens: int, model: str = "kimi-judge") -> None:
    """Have a server have told how much a model takes."""
    limits = Limits(Files(book.root), book / ".novelist" / "cache" / "limits.json")
    limits.keep(book.environ["KIMI_BASE_URL"], model, Limit(context=tokens))


def test_a_short_book_is_read_whole_and_what_is_proved_is_in_its_reading(story: Here, server: Scripted) -> None:
    known = summary_of(2)
    server.on(
        "read",
        judged(
            finding(known, against="Paragraph 7 of 3", chapters=[2, 3], section=3, text=SECTION),
            finding("Nobody wrote this sentence."),
            finding("Paragraph 4 of 5", "must", chapters=[5]),
        ),
    )
    plan = story.novelist("plan", "read").out.splitlines()
    assert re.fullmatch(r"read +[\d,]+ \+ +[\d,]+ tokens  no model has read the book", plan[0])
    assert plan[1].startswith("To draft: the reading of the whole book, about ")
    assert story.novelist("plan").out == "Nothing to draft.\n"
    ran = story.doit("read")
    assert ran.status == 0, ran.err
    left_out = "1 finding left out, whose quotes are not in the text"
    proposes = "1 proposal: `novelist apply` shows what the outline would say"
    assert lines(ran.out)[-1] == f"read         read whole: 1 must, 2 should; {left_out}; {proposes}"
    assert desk(story) == [
        "## DAY, found without a model",
        "",
        ALIKE,
        "  > “Paragraph 1 of 2.” chapters/02-the-second-tide.md:16",
        "",
        "## DAY, found by kimi-judge",
        "",
        "- **must** Chapter 5: Nothing changes. Fix: Change it.",
        "  > “Paragraph 4 of 5” chapters/05-the-letter.md:22",
        "- **should** Chapters 2, 3: Nothing changes. Fix: Change it.",
        f"  > “{known}” summaries/02-the-second-tide.md:12",
        "  > “Paragraph 7 of 3” chapters/03-the-lamp.md:28",
        "  Section 3 {#the-lamp}:",
        "    Mara breaks the lamp.",
        "",
        "    She hides the pieces from Eskil.",
    ]
    (request,) = server.requests
    assert request.body["model"] == "kimi-judge"
    assert all(f"Paragraph 7 of {number}." in request.prompt for number in range(1, 6))
    assert ALIKE in request.prompt
    server.clear()
    assert story.doit("read").out == story.doit().out == IDLE
    assert server.requests == []


def test_a_book_that_is_too_long_for_its_judge_is_read_by_its_summaries_and_edges(
    story: Here, server: Scripted
) -> None:
    thread = "- ?the red light: planted: in chapter 5"
    story.edit("summaries/05-the-letter.md", summary_of(5), f"{summary_of(5)}\n\nFacts:\n\n{thread}")
    story.edit("chapters/02-the-second-tide.md", "Paragraph 5 of 2.", f"Paragraph 5 of 2. {prose(2_000, 5)}")
    give_context(story, 7_000)
    server.on("read", judged(finding("Paragraph 5 of 2")))
    assert lines(story.doit("read").out)[-1] == "read         read by its summaries: 3 should"
    prompt = server.requests[-1].prompt
    shown = prompt.split('## Chapter 2, "The Second Tide", 2,130 words\n\n')[1].split("\n\n## ")[0]
    assert shown.startswith(f"{summary_of(2)}\n\nIt begins: Paragraph 1 of 2.")
    assert "Paragraph 10 of 2." in shown.split("It ends: ")[1]
    assert prose(2_000, 5)[600:640] not in prompt
    assert "- **should** A thread is open at the end: ?the red light: planted: in chapter 5" in desk(story)


def test_most_quotes_untrue_are_asked_for_once_more_and_then_nothing_is_taken(story: Here, server: Scripted) -> None:
    untrue = judged(finding("It rained on the lamp."), finding("She was gone by then."), finding(summary_of(2)))
    server.on("read", untrue, untrue)
    ran = story.doit("read")
    remedy = "Run `doit read` again, or name another judge: KIMI_MODEL_REVIEW in .env."
    assert lines(ran.out)[-1] == (
        f"read         failed: the reading is not taken: of its quotes 2 of 3 cannot be found, word for word. {remedy}"
    )
    assert (ran.status, (story / "reviews").exists(), server.tasks) == (1, False, ["read", "read"])
    assert server.requests[1].prompt.endswith("- It rained on the lamp.\n- She was gone by then.")


def test_it_is_stale_by_the_summaries_and_the_outline_and_status_says_so(story: Here, server: Scripted) -> None:
    server.on("read", judged(finding(summary_of(2), section=3, text=SECTION)))
    assert "read on" not in story.novelist("status").out
    assert story.doit("read").status == 0

    def said() -> str:
        line = story.novelist("status").out.split("The whole book was ")[1].split("\n")[0]
        return re.sub(r"\d{4}-\d\d-\d\d", "DAY", line)

    lists = "1 proposal is open: `novelist apply` shows what."
    assert said() == f"read on DAY by kimi-judge: 2 should open; {lists}"
    story.edit(f"chapters/{story.chapter(2).name}", "Paragraph 9 of 2.", "Rain.")
    assert said() == f"read on DAY by kimi-judge: 2 should open; {lists}"
    story.edit("summaries/02-the-second-tide.md", "waits for", "looks for")
    assert said() == f"read on DAY by kimi-judge, before a summary changed: 2 should open; {lists}"
    assert story.novelist("accept", "read").status == 0
    story.edit("outline.md", "Mara reads the letter.", "Mara burns the letter.")
    assert said() == f"read on DAY by kimi-judge, before the outline changed: 2 should open; {lists}"
    assert story.novelist("why", READING).out == "read is fresh: nobody has asked for it.\n"


def test_what_its_author_has_struck_or_written_stays_and_is_not_raised_again(story: Here, server: Scripted) -> None:
    two = [finding(summary_of(2)), finding(summary_of(4))]
    server.on("read", judged(*two), judged(*two, finding(summary_of(5), "may")))
    assert story.doit("read").status == 0
    path = story / READING
    text = path.read_text().replace(ALIKE, ALIKE.replace("**should**", "~~**should**~~"))
    gone = re.sub(r"- \*\*should\*\* Chapter 2: [^\n]*\n[^\n]*“On day 2[^\n]*\n", "", text)
    assert gone != text
    path.write_text(f"{gone}\nThe middle is too long.\n")
    story.edit("summaries/05-the-letter.md", "boat.", "boat. It rains.")
    before = desk(story)
    assert lines(story.doit("read").out)[-1] == "read         read whole: 1 may"
    assert desk(story) == [
        *before,
        "",
        "## DAY, found by kimi-judge",
        "",
        "- **may** Chapter 2: Nothing changes. Fix: Change it.",
        f"  > “{summary_of(5)}” summaries/05-the-letter.md:12",
    ]
    assert "The middle is too long." in server.requests[-1].prompt


def test_a_typed_book_is_read_as_it_is_and_says_what_it_lacks(here: Here, server: Scripted) -> None:
    type_book(
        here,
        outline="## 1. The Bottle {#bottle}\n\nMara.\n\n## 2. The Lamp {#lamp}\n\nOil.\n\n## 3. The End\n\nNight.\n",
    )
    for path in (here / "summaries").iterdir():
        path.unlink()
    server.on("read", judged(finding("The lamp was lit.", chapters=[2])))
    assert "2 chapters without a summary" in here.novelist("plan", "read").out
    assert lines(here.doit("read").out)[-1] == "read         read whole: 1 should"
    assert server.tasks == ["read"]
    assert "\nNot written yet: 3.\n" in server.requests[0].prompt
    give_context(here, 100, "kimi-k2.6")
    here.edit("chapters/02-lamp.md", "The lamp was lit.", "The lamp was red.")
    server.on("read", judged(finding("The lamp was red.", chapters=[2])))
    lacks = "2 chapters only by how they begin and end, without a summary: `doit summary` has them summed up"
    assert lines(here.doit("read").out)[-1] == f"read         read by its summaries: 1 should; {lacks}"
    assert server.tasks == ["read", "read"]


def test_a_book_that_is_half_written_is_read_as_far_as_it_is_there(here: Here, server: Scripted) -> None:
    assert here.doit("summary:02").status == 0
    server.clear()
    (step, total) = here.novelist("plan", "read").out.splitlines()
    assert step.startswith("read ")
    assert total.startswith("To draft: the reading of the whole book, ")
    ran = here.doit("read")
    assert (ran.to_draft, server.tasks) == (total, ["read"])
    assert "\nNot written yet: 3-5.\n" in server.requests[0].prompt
    assert lines(ran.out) == ["read         read whole: nothing new"]
    assert desk(here)[0].endswith(": nothing found")


def test_nothing_is_read_where_nothing_is_written(here: Here, server: Scripted) -> None:
    ran = here.doit("read")
    message = "chapters: there is no chapter to read yet. Run `doit` to have them drafted."
    assert (ran.status, lines(ran.out)) == (1, [f"read         failed: {message}"])
    assert server.requests == []

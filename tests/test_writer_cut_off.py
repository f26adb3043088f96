from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from in_process import Here, everything
from scripted import Reply, Scripted, prose

if TYPE_CHECKING:
    from shelf import Shelf

CAME = "The lamp went out, and Mara"


def kept_in(book: Shelf, out: str) -> str:
    """Return the text of the file that the last line of a build names."""
    found = re.search(r"What came of it is in (\S+)\.$", out.splitlines()[-1])
    assert found, out
    return (book / found[1]).read_text(encoding="utf-8")


def test_a_chapter_cut_off_by_length_leaves_the_old_file(book: Shelf, server: Scripted) -> None:
    assert book.doit("summary:01").status == 0
    book.edit("outline.md", "On day 1 Mara finds", "On day 1 Eskil finds")
    before = book.texts()
    server.clear()
    server.on("chapter:1", Reply(CAME, finish="length"))

    ran = book.doit()

    assert (ran.status, ran.err) == (1, "")
    assert re.fullmatch(
        r"chapter:01   failed: the answer was cut off at its cap of 580 tokens\. Set KIMI_MAX_OUTPUT_TOKENS higher, "
        r"or ask for fewer words\. What came of it is in \.novelist/history/the-lamp-of-day-1/[0-9T.]+Z\.md\.\n",
        ran.out,
    )
    assert kept_in(book, ran.out) == CAME
    assert book.texts() == before
    assert server.tasks == ["chapter:1"]


def test_a_stream_that_closes_without_a_finish_reason_leaves_the_old_file(here: Here, server: Scripted) -> None:
    assert here.doit("summary:01").status == 0
    here.edit("outline.md", "On day 1 Mara finds", "On day 1 Eskil finds")
    before = here.texts()
    server.clear()
    server.on("chapter:1", Reply(CAME + " ran to the stair.", cut=len(CAME)))

    ran = here.doit()

    assert ran.status == 1
    assert re.fullmatch(
        r"chapter:01   failed: the connection closed before the answer's end\. Run `doit` again\. "
        r"What came of it is in \.novelist/history/the-lamp-of-day-1/[0-9T.]+Z\.md\.",
        ran.out.splitlines()[-1],
    )
    assert kept_in(here, ran.out) == CAME
    assert here.texts() == before
    assert server.tasks == ["chapter:1"]


@pytest.mark.parametrize(
    ("finish", "told"),
    [
        (
            "content_filter",
            "the server's content filter stopped the answer. Change what it is asked for, or set another KIMI_MODEL.",
        ),
        ("abort", "the answer stopped early (`abort`). Run `doit` again."),
        (None, "the connection closed before the answer's end. Run `doit` again."),
    ],
)
def test_a_chapter_that_stopped_for_any_other_reason_is_no_chapter(
    here: Here, server: Scripted, finish: str | None, told: str
) -> None:
    server.on("chapter:1", Reply(CAME, finish=finish))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1].startswith(f"chapter:01   failed: {told} What came of it is in .novelist/history/")
    assert kept_in(here, ran.out) == CAME
    assert not (here / "chapters").exists()
    assert server.tasks == ["bible", "outline", "chapter:1"]


def test_a_summary_cut_off_leaves_the_old_one(here: Here, server: Scripted) -> None:
    assert here.doit("summary:01").status == 0
    old = here.summary(1).read_bytes()
    here.chapter(1).write_text(here.chapter(1).read_text(encoding="utf-8") + "\nAnd the ferry burned.\n", "utf-8")
    server.on("summary:1", Reply(CAME, finish="length"))

    ran = here.doit("summary:01")

    assert ran.status == 1
    assert kept_in(here, ran.out) == CAME
    assert here.summary(1).read_bytes() == old


def test_the_message_names_the_cap_that_was_sent(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply(CAME, finish="length"))

    ran = here.doit("chapter:01", KIMI_MAX_OUTPUT_TOKENS="77")

    assert ran.status == 1
    assert ran.out.splitlines()[-1].startswith("chapter:01   failed: the answer was cut off at its cap of 77 tokens.")


def test_a_cap_spent_on_thinking_alone_leaves_nothing_to_keep(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply("", reasoning="Let me think of a wombat.", finish="length"))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the answer was cut off at its cap of 580 tokens. "
        "Set KIMI_MAX_OUTPUT_TOKENS higher, or ask for fewer words."
    )
    assert "wombat" not in everything(here)


def test_the_next_build_asks_again_for_a_chapter_that_was_cut_off(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply(CAME, finish="length"))
    assert here.doit("chapter:01").status == 1
    server.clear()

    assert here.doit("chapter:01").status == 0

    assert server.tasks == ["chapter:1"]
    assert CAME not in here.chapter(1).read_text(encoding="utf-8")


@pytest.mark.parametrize("empty", ["", " \n\n ", "\x1b\x00"])
def test_an_empty_answer_is_no_chapter(here: Here, server: Scripted, empty: str) -> None:
    server.on("chapter:1", Reply(empty))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the model answered with no text. Run `doit` again, or set another KIMI_MODEL."
    )
    assert not (here / "chapters").exists()
    assert server.tasks == ["bible", "outline", "chapter:1"]


def test_an_answer_that_is_only_the_chapters_heading_is_no_chapter(here: Here, server: Scripted) -> None:
    server.on("chapter:1", "# The Lamp of Day 1\n")

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert not (here / "chapters").exists()


def test_an_empty_answer_leaves_the_old_chapter(here: Here, server: Scripted) -> None:
    server.on("chapter:1", prose(50, 1), "")
    assert here.doit("summary:01").status == 0
    here.edit("outline.md", "On day 1 Mara finds", "On day 1 Eskil finds")
    before = here.texts()

    assert here.doit().status == 1

    assert here.texts() == before

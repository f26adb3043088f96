"""The lasting facts of summaries: their form, and the newest of each name."""

from __future__ import annotations

from finished import finish
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from scripted import Scripted

from novelist.prose.facts import newest, tidy

TOLD = "Mara finds the bottle.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: dead"


def test_facts_are_put_into_one_form_whatever_a_model_makes_of_it() -> None:
    for text in (
        TOLD,
        "Mara finds the bottle.\n**Facts:**\n* **Mara**: at the shore; has the bottle\n* **Eskil**: dead\n",
        "Mara finds the bottle.\n\n## Facts\n\n• Mara: at the shore; has the bottle\n• Eskil: dead",
        "Mara finds the bottle.\n\nFACTS:\n- Mara : at the shore; has the bottle\nand so on\n- Eskil:  dead",
    ):
        assert tidy(text) == TOLD


def test_a_summary_without_facts_stays_as_it_is() -> None:
    assert tidy("Mara knows the facts: it rains.\n\n- and so on") == "Mara knows the facts: it rains.\n\n- and so on"
    assert tidy("Mara waits.\n\nFacts:\n") == "Mara waits."


def test_a_later_fact_takes_the_place_of_an_earlier_one_of_the_same_name() -> None:
    later = "She leaves.\n\nFacts:\n- mara: on the ferry; has nothing"
    assert newest([TOLD, "Nothing.", later]) == ["- Eskil: dead", "- mara: on the ferry; has nothing"]


@given(st.lists(st.sampled_from(["Facts:", "- Mara: here", "- x", "Mara.", "", "**Facts**", "* B: c: d"]), max_size=8))
def test_the_form_of_facts_is_a_fixed_point(told: list[str]) -> None:
    once = tidy("\n".join(told))
    assert tidy(once) == once
    assert newest([once]) == newest(["\n".join(told)])


def test_a_chapter_is_told_how_things_stand_now(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    server.on("summary:1", TOLD)
    here.edit(f"chapters/{here.chapter(1).name}", "\n---\n\n", "\n---\n\nMine. ")
    here.run("rm", str(here.chapter(3)), str(here.summary(3)))

    assert here.doit("chapter:03").status == 0

    assert body(here.summary(1).read_text(encoding="utf-8")) == TOLD
    standing = server.requests[-1].prompt.partition("# How things stand now\n\n")[2].partition("\n\n# ")[0]
    assert standing == (
        "- Mara: at the shore; has the bottle\n- Eskil: dead\n\n"
        "So it was before chapter 2; what that chapter tells counts more."
    )

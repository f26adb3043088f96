"""The list of facts below a summary: read in any language by its form, gone on with where cut, no prose to any gate."""

from __future__ import annotations

import pytest
from finished import S1, finish, history
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from scripted import WORDS, Reply, Request, Scripted, outline, prose

from novelist.prose.facts import parts, tidy
from novelist.words import count_words

TOLD = "Mara finds the bottle.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: dead"
LIST = "- Mara: at the shore; has the bottle\n- Eskil: dead"


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "Mara finds the bottle.\n**Facts:**\n* **Mara**: at the shore; has the bottle\n* **Eskil**: dead\n",
        "Mara finds the bottle.\n\n## Facts\n\n• Mara: at the shore; has the bottle\n• Eskil: dead",
        "Mara finds the bottle.\n\nFACTS:\n- Mara : at the shore; has\nthe bottle\n- Eskil:  dead",
        "Mara finds the bottle.\n\nFacts:\nMara: at the shore; has the bottle\nEskil: dead",
        "Mara finds the bottle.\n\nFacts:\n\n1. Mara: at the shore; has the bottle\n2. Eskil: dead\n3. Eskil: dead",
        "Mara finds the bottle.\n\nFacts:\n- Mara:\n  - at the shore\n  - has the bottle\n- Eskil: dead",
        "Facts:\n- Mara： at the shore; has the bottle\n- Eskil： dead\n\nMara finds the bottle.",
        *(
            f"Mara finds the bottle.\n\n{heading}\n{LIST}"
            for heading in (
                *(
                    "Факты:",
                    "Fakten:",
                    "事实：",
                    "事実",
                    "Facts (after chapter 3):",
                    "**Факты**",
                    "## Fakten",
                    "Faktid:",
                ),
                *("Key facts:", "Faktoj:", "## Kio estas nun", "**Wie es steht**", "第三章之后的事实："),
            )
        ),
    ],
)
def test_facts_are_put_into_one_form_whatever_a_model_makes_of_it(text: str) -> None:
    assert tidy(text) == TOLD


def test_their_heading_is_that_of_the_books_language() -> None:
    assert [tidy(f"It rains.\n\nFacts:\n{LIST}", code).split("\n")[2] for code in ("ru", "de-AT", "zh", "tlh")] == [
        *("Факты:", "Fakten:", "事实：", "Facts:")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mara knows the facts: it rains.\n\n- and so on",
        "They meet:\n- Mara: “Where is it?”\n- Eskil: “Gone.”",
        "They meet:\n- Mara: Where is it?\n- Eskil: Gone.",
        "They meet:\n- Mara: here\n- Eskil: there\n\nThen they leave.",
        "Mara writes that nothing on the island is where it was, and that she has counted all of it:\n- Mara: here",
        "It rains.\n\n- Mara: here",
        "Mara counts:\n- one\n- two\n- three: all",
    ],
)
def test_a_list_in_prose_is_prose(text: str) -> None:
    assert tidy(text) == text


def test_a_summary_without_facts_has_none() -> None:
    assert tidy("Mara waits.\n\nFacts:\n") == "Mara waits."
    assert tidy("Mara waits.\n\nFacts:\n- ---\n- it rains") == "Mara waits.\n\nFacts:\n- it rains"


@given(
    st.lists(
        st.sampled_from(
            [
                "Facts:",
                "- Mara: here",
                "- x",
                "Mara.",
                "",
                "**Facts**",
                "* B: c: d",
                "Ĝi:",
                "  - y",
                "- Mara:",
                "1. z: a",
            ]
        ),
        max_size=8,
    )
)
def test_the_form_of_facts_is_a_fixed_point(lines: list[str]) -> None:
    once = tidy("\n".join(lines))
    assert tidy(once) == once


@given(st.text("Facts:-* \n#M.“”：?", max_size=60))
def test_any_text_has_a_form(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


RAFT = "\n".join(
    f"- {name}: on the raft with the others; has nothing; knows that the ship burned; since the storm"
    for name in ("Anna", "Ben", "Clara", "Dov")
)


def summary(here: Here) -> str:
    """Return the first summary's text."""
    return body((here / S1).read_text(encoding="utf-8"))


def again(here: Here, server: Scripted, language: str = "") -> None:
    """Have a finished book in which the first summary is missing."""
    finish(here, server)
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    if language:
        here.edit("premise.md", "words: 40-60", f"words: 40-60\nlanguage: {language}")
    here.run("rm", str(here / S1))
    here.run("rm", "-r", str(here / ".novelist/history/the-bottle/summary"))


def calls(server: Scripted, task: str) -> list[Request]:
    """Return the requests for a task."""
    return [request for request in server.requests if request.task == task]


def test_four_people_in_one_state_are_no_loop(here: Here, server: Scripted) -> None:
    again(here, server)
    server.on("summary:1", f"The ship burns, and four reach the raft.\n\nFacts:\n{RAFT}")

    assert here.doit("summary:01").status == 0

    assert summary(here) == f"The ship burns, and four reach the raft.\n\nFacts:\n{RAFT}"
    assert len(calls(server, "summary:1")) == 1


def test_but_prose_above_facts_is_judged(here: Here, server: Scripted) -> None:
    again(here, server)
    server.on("summary:1", "\n".join(["The four of them sat on the raft and said nothing."] * 3 + ["", "Facts:", RAFT]))

    ran = here.doit("summary:01")

    assert ran.status == 0
    assert "an answer is not taken: it repeats itself (“The four of them sat" in ran.out
    assert len(calls(server, "summary:1")) == 2


@pytest.mark.soak
def test_nor_is_an_arc_a_loop(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 75")
    server.on("outline", outline(75))
    book = server.script
    told = f"The ship burns, and four reach the raft.\n\nFacts:\n{RAFT}"
    server.script = lambda request: Reply(told) if request.task.startswith("arc:") else book(request)

    assert here.doit().status == 0

    arcs = [task for task in server.tasks if task.startswith("arc:")]
    assert arcs
    assert len(set(arcs)) == len(arcs)


TWENTY = {
    "en": "- the {0}: in the hall of the mill; has oil; knows that no {0} was ever sent; since the flood",
    "ru": "- её {0}: в зале мельницы; имеет масло; знает, что {0} не отправлено; с момента потопа",
    "zh": "- {0}: 在磨坊的长厅里; 持有盐灯; 知道{0}从未寄出; 自从洪水之后",
}
PROSE = {
    "en": prose(120, 3).lower(),
    "ru": "Мара ждёт у мельницы и считает лодки. " * 1,
    "zh": "玛拉在磨坊里等待，数着归来的船。",
}
HEADINGS = {"en": "Facts:", "ru": "Факты:", "zh": "事实："}


@pytest.mark.parametrize("language", TWENTY)
def test_twenty_facts_below_prose_take_one_call(here: Here, server: Scripted, language: str) -> None:
    again(here, server, language)
    facts = [TWENTY[language].format(word) for word in WORDS[:20]]
    told = "\n".join([PROSE[language].strip(), "", HEADINGS[language], *facts])
    server.on("summary:1", told)

    assert here.doit("summary:01").status == 0

    assert summary(here) == told
    (request,) = calls(server, "summary:1")
    assert int(request.body.get("max_completion_tokens") or request.body["max_tokens"]) >= 2500
    assert f'write the line "{HEADINGS[language]}"' in request.prompt


def test_a_list_that_is_cut_off_is_gone_on_with_behind_its_last_whole_line(here: Here, server: Scripted) -> None:
    again(here, server)
    first = "It rains.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: in the bo"
    server.on("summary:1", Reply(first, finish="length"), "- Eskil: in the boat\n- The key: lost")

    assert here.doit("summary:01").status == 0

    assert summary(here) == (
        "It rains.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: in the boat\n- The key: lost"
    )
    _, more = calls(server, "summary:1")
    assert more.begun == "It rains.\n\nFacts:\n- Mara: at the shore; has the bottle"


def test_a_model_that_adds_nothing_to_its_list_has_ended_it(here: Here, server: Scripted) -> None:
    again(here, server)
    first = "It rains.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: in the bo"
    server.on("summary:1", Reply(first, finish="length"), Reply("- Eskil: in", finish="length"))

    assert here.doit("summary:01").status == 0

    assert summary(here) == "It rains.\n\nFacts:\n- Mara: at the shore; has the bottle"
    assert len(calls(server, "summary:1")) == 2


@pytest.mark.parametrize(
    "endless",
    [
        "- Mara: at the shore\n" * 2000,
        "\n".join(f"- the {one} of the {other}: at the shore" for one in WORDS for other in WORDS),
        f"- Mara: at the shore\n- Eskil: {'has the key; ' * 4000}",
    ],
    ids=["one line", "ever more", "a line without an end"],
)
def test_a_list_without_an_end_is_stopped_and_kept_as_far_as_it_is_one(
    here: Here, server: Scripted, endless: str
) -> None:
    again(here, server)
    server.on("summary:1", *[f"It rains.\n\nFacts:\n{endless}", endless.rpartition("\n- ")[2]] * 2)

    assert here.doit("summary:01").status == 0

    lines = summary(here).split("\n")
    assert lines[:3] == ["It rains.", "", "Facts:"]
    assert "at the shore" in lines[3]
    assert 1 <= len(lines) - 3 <= 60
    assert len(set(lines[3:])) == len(lines) - 3
    assert len(calls(server, "summary:1")) <= 2


UNCHANGED = ["UNCHANGED", "unchanged.", "**UNCHANGED**", "“UNCHANGED”", "`Unchanged`", "UNCHANGED。"]
UNCHANGED += ["UNCHANGED. Every fact holds.", "UNCHANGED. All facts still hold, and nothing lasting was added."]
CHANGED = [
    "Unchanged by the storm, Mara leaves the island.",
    "Unchanged: Mara. But the ferry sank.",
    "Mara is UNCHANGED.",
]
NEITHER = ["UNCHANGED. Mara is dead.", "UNCHANGED. No fact holds.", "UNCHANGED\n\nMara leaves the island."]


def checked(here: Here, server: Scripted, *answers: str) -> tuple[str, int]:
    """Return the first summary, and how often it was asked for, where its chapter was edited."""
    finish(here, server)
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    chapter = here.chapter(1)
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nAnd it rained.\n", encoding="utf-8")
    server.on("summary:1", *answers)
    assert here.doit("summary:01").status == 0
    return summary(here), len(calls(server, "summary:1"))


@pytest.mark.parametrize("answer", UNCHANGED)
def test_unchanged_is_an_answer_of_one_word(here: Here, server: Scripted, answer: str) -> None:
    finish(here, server)
    before = summary(here)
    assert checked(here, server, answer) == (before, 1)


def test_so_is_the_word_and_the_old_text(here: Here, server: Scripted) -> None:
    finish(here, server)
    before = summary(here)
    assert checked(here, server, f"UNCHANGED\n\n{before}") == (before, 1)


@pytest.mark.parametrize("answer", CHANGED)
def test_a_summary_may_begin_with_it(here: Here, server: Scripted, answer: str) -> None:
    assert checked(here, server, answer) == (answer, 1)


@pytest.mark.parametrize("answer", NEITHER)
def test_what_says_both_is_asked_again_and_nothing_is_lost(here: Here, server: Scripted, answer: str) -> None:
    assert checked(here, server, answer, "Mara leaves.") == ("Mara leaves.", 2)
    assert "Answer with the one word UNCHANGED, or with the whole summary" in calls(server, "summary:1")[1].prompt
    assert history(here, "the-bottle/summary/rejected") == [answer]


def test_without_an_old_one_it_is_asked_again(here: Here, server: Scripted) -> None:
    again(here, server)
    server.on("summary:1", "UNCHANGED.", "Mara leaves.")
    assert here.doit("summary:01").status == 0
    assert summary(here) == "Mara leaves."


def test_words_are_those_of_prose() -> None:
    assert count_words(parts(TOLD).prose) == 4

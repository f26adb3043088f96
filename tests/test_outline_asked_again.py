from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from in_process import Here
from scripted import Reply, Scripted, outline

if TYPE_CHECKING:
    from shelf import Shelf

GOOD = outline(5)
TWIN = GOOD.replace("The Gull of Day 3", "The lamp of day 1")
NAMELESS = GOOD.replace("The Gull of Day 3", "")

WRONG = {
    "too few chapters": (Reply(outline(3)), "it has 3 chapters, not 5"),
    "too many chapters": (Reply(outline(8)), "it has 8 chapters, not 5"),
    "closed before its end": (Reply(GOOD, cut=200), "it broke off"),
    "no JSON": (Reply("Chapter one: The lamp goes out."), "it is not a JSON object"),
    "no list of chapters": (Reply('{"title": "A", "chapters": "many"}'), '"chapters" is not a list of objects'),
}


def rejected(book: Shelf) -> list[str]:
    """Return the answers for the outline that were rejected, in order."""
    files = sorted((book / ".novelist" / "history" / "@outline" / "rejected").glob("*.md"))
    return [file.read_text(encoding="utf-8") for file in files]


@pytest.mark.parametrize(("reply", "wrong"), WRONG.values(), ids=WRONG)
def test_an_outline_that_is_wrong_is_asked_for_again_with_what_was_wrong(
    here: Here, server: Scripted, reply: Reply, wrong: str
) -> None:
    server.on("outline", reply)

    ran = here.doit("outline")

    assert ran.status == 0
    assert f"The answer for the outline is not right: {wrong}." in ran.out.splitlines()
    assert server.tasks == ["bible", "outline", "outline"]
    first, second = (request.body["messages"] for request in server.requests[1:])
    assert second[0] == first[0]
    whole = reply.cut is None
    last = f"Your last answer:\n\n{reply.text}\n\nIt was not right:" if whole else "Your last answer was not right:"
    assert second[1]["content"] == f"{first[1]['content']}\n\n{last}\n\n- {wrong}\n\nAnswer again, whole."
    assert rejected(here) == [reply.text[: reply.cut]]


def test_a_good_second_answer_is_used(here: Here, server: Scripted) -> None:
    server.on("outline", outline(3), GOOD.replace("Mara", "Ingrid"))

    ran = here.doit("outline")

    assert ran.status == 0
    text = (here / "outline.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == 5
    assert text.count("Ingrid") == 5


def test_an_answer_around_which_there_are_words_is_good_enough(here: Here, server: Scripted) -> None:
    server.on("outline", f"Here is the outline:\n\n```json\n{GOOD}\n```\nShall I go on?")

    assert here.doit("outline").status == 0

    assert server.tasks == ["bible", "outline"]
    assert rejected(here) == []


def test_three_wrong_answers_fail_and_nothing_is_written(book: Shelf, server: Scripted) -> None:
    wrong = [outline(2), outline(3), outline(4)]
    server.on("outline", *wrong)

    ran = book.doit()

    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines()[-4:] == [
        "The answer for the outline is not right: it has 2 chapters, not 5.",
        "The answer for the outline is not right: it has 3 chapters, not 5.",
        "The answer for the outline is not right: it has 4 chapters, not 5.",
        (
            "outline      failed: the model's outline stayed wrong: it has 4 chapters, not 5. "
            "Run `doit` again, or write it yourself."
        ),
    ]
    assert server.tasks == ["bible", "outline", "outline", "outline"]
    assert set(book.texts()) == {"premise.md", "dodo.py", "bible.md"}
    assert rejected(book) == wrong


@pytest.mark.parametrize(("reply", "wrong"), WRONG.values(), ids=WRONG)
def test_an_outline_that_stays_wrong_fails_whatever_is_wrong(
    here: Here, server: Scripted, reply: Reply, wrong: str
) -> None:
    server.on("outline", reply, reply, reply)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        f"outline      failed: the model's outline stayed wrong: {wrong}. Run `doit` again, or write it yourself."
    )
    assert server.tasks == ["bible", "outline", "outline", "outline"]
    assert not (here / "outline.md").exists()


def test_only_what_was_wrong_with_the_last_answer_is_told(here: Here, server: Scripted) -> None:
    silent = json.loads(GOOD)
    silent["chapters"][2]["happens"] = ""
    server.on("outline", outline(3), json.dumps(silent))

    assert here.doit("outline").status == 0

    assert len(server.requests) == 4
    assert "it has 3 chapters" not in server.requests[3].prompt
    assert "- chapter 3 does not say what happens" in server.requests[3].prompt


@pytest.mark.parametrize(("answer", "title"), [(TWIN, "The lamp of day 1"), (NAMELESS, "")])
def test_a_title_that_is_taken_or_missing_costs_no_further_answer(
    here: Here, server: Scripted, answer: str, title: str
) -> None:
    server.on("outline", answer)

    ran = here.doit("outline")

    assert ran.status == 0
    assert f"Repaired in the outline: chapter 3, `{title}`, is now `On day 3 Mara finds`." in ran.out.splitlines()
    assert server.tasks == ["bible", "outline"]
    assert "\n## 3. On day 3 Mara finds {#on-day-3-mara-finds}\n" in (here / "outline.md").read_text(encoding="utf-8")
    assert rejected(here) == []


def test_everything_that_is_wrong_is_told_at_once(here: Here, server: Scripted) -> None:
    plan = json.loads(TWIN)
    plan["chapters"][1]["happens"] = ""
    plan["chapters"][4]["happens"] = "Mara runs to the"
    server.on("outline", json.dumps(plan))

    assert here.doit("outline").status == 0

    assert (
        "\n- chapter 2 does not say what happens\n- chapter 3 has the title of chapter 1\n"
        "- what happens in chapter 5 is cut off\n"
    ) in server.requests[2].prompt


def test_a_bible_that_is_wrong_is_asked_for_again_too(here: Here, server: Scripted) -> None:
    server.on("bible", '{"people": [], "style": "Plain."}')

    ran = here.doit("bible")

    assert ran.status == 0
    assert ran.out.splitlines()[0] == "The answer for the bible is not right: it names nobody and nothing."
    assert server.tasks == ["bible", "bible"]
    assert "- it names nobody and nothing\n" in server.requests[1].prompt


def test_the_content_filter_is_not_taken_for_an_answer_that_is_too_long(here: Here, server: Scripted) -> None:
    server.on("outline", *[Reply(GOOD[:100], finish="content_filter")] * 3)

    ran = here.doit("outline")

    assert ran.status == 1
    assert "be briefer" not in ran.out
    assert "content filter" in ran.out

"""A chapter is about as long as was asked, and never fails for its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from finished import lines
from first_chapter import IDENTITY, QUOTA, drafted, longer, named, partials, rejected, told
from in_process import Here, body
from running import start, until
from scripted import Reply, Request, Scripted, prose, refusal
from shelf import Shelf

from novelist.prose.sentences import ends
from novelist.words import count_words

BEFORE = "Mara lights the lamp.\n\nNobody comes up the stair that night, and nobody calls."
ENDING = "In the morning the bottle is gone."
SHORT = f"{BEFORE}\n\n{ENDING}"  # 21 words
SIX = [
    "Rain runs down the tower glass.",
    "Eskil rows past without one word.",
    "She counts nine boats, then ten.",
    "A gull sits on the rail.",
]
ENOUGH = prose(25, 77)
NOTE = "shorter than the 40-60 asked for"


def lengthenings(server: Scripted, task: str = "chapter:1") -> list[Request]:
    return [request for request in told(server, task) if "The chapter is too short" in request.prompt]


def missing(request: Request) -> int:
    """Return about how many words are missing, as a prompt says."""
    found = re.search(r"The chapter is too short by about (\d+) words\.", request.prompt)
    assert found
    return int(found[1])


def last(out: str) -> str:
    return lines(out)[-1]


def test_a_short_chapter_is_lengthened_before_its_ending_until_it_is_long_enough(here: Here, server: Scripted) -> None:
    server.on("chapter:1", SHORT, prose(10, 1), prose(15, 2))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == "\n\n".join([BEFORE, prose(10, 1), prose(15, 2), ENDING])
    assert [missing(request) for request in lengthenings(server)] == [29, 19]
    assert len(told(server)) == 3
    assert last(ran.out) == "chapter:01   drafted: The Lamp of Day 1, 46 words"
    first, second = lengthenings(server)
    assert first.begun == BEFORE
    assert second.begun == f"{BEFORE}\n\n{prose(10, 1)}"
    for request in (first, second):
        assert f"# Its last paragraph\n\n{ENDING}\n\n# Go on\n\n" in request.prompt
        assert request.prompt.startswith(told(server)[0].prompt)
    assert partials(here) == []
    assert rejected(here) == []


def test_a_chapter_is_lengthened_at_most_three_times_and_then_accepted(here: Here, server: Scripted) -> None:
    server.on("chapter:1", SHORT, *SIX)

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == "\n\n".join([BEFORE, *SIX[:3], ENDING])
    assert [missing(request) for request in lengthenings(server)] == [29, 23, 17]
    assert last(ran.out) == f"chapter:01   drafted: The Lamp of Day 1, 39 words, {NOTE}"


def test_a_section_may_ask_for_another_length(here: Here, server: Scripted) -> None:
    assert here.doit("outline").status == 0
    here.edit("outline.md", "{#the-lamp-of-day-1}", "{#the-lamp-of-day-1 words=20-30}")
    server.on("chapter:1", SHORT)

    ran = here.doit("chapter:01")

    assert last(ran.out) == "chapter:01   drafted: The Lamp of Day 1, 21 words"
    assert len(told(server)) == 1


FRUITLESS = {
    "nothing": Reply(""),
    "a blank": Reply("\n\n"),
    "four words": Reply("Rain runs down it."),
    "its ending": Reply(ENDING),
    "a refusal": Reply("I'm sorry, but I can't continue this story any further than that."),
    "a remark": Reply("Would you like me to continue with the next chapter?"),
    "no whole sentence": Reply("and so she goes down to the boats at the", finish="length"),
    "a close without a word": Reply("", finish=None),
    "a filter": Reply("", finish="content_filter"),
    "a refusal of the server": refusal(400, "content_filter", "The request was rejected."),
    "a text too long for the context": refusal(400, "context_length_exceeded", "The prompt is too long."),
}


@pytest.mark.parametrize("answer", FRUITLESS.values(), ids=FRUITLESS)
def test_a_lengthening_that_adds_nothing_is_not_taken(here: Here, server: Scripted, answer: Reply) -> None:
    server.on("chapter:1", SHORT, *[answer] * 9)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == SHORT
    assert last(ran.out) == f"chapter:01   drafted: The Lamp of Day 1, 21 words, {NOTE}"
    assert len(lengthenings(server)) <= 3
    assert partials(here) == []


@pytest.mark.parametrize("answer", ["Rain runs down the tower glass. " * 500, prose(15, 1) + "\n\n" + "sea " * 5000])
def test_a_lengthening_that_loops_goes_to_history(here: Here, server: Scripted, answer: str) -> None:
    server.on("chapter:1", SHORT, answer)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == SHORT
    assert last(ran.out) == f"chapter:01   drafted: The Lamp of Day 1, 21 words, {NOTE}"
    (kept,) = rejected(here)
    assert answer[:60] in kept
    assert len(kept) < 2000  # of many thousand characters that the server would have sent
    assert len(told(server)) == 2
    assert partials(here) == []


def test_a_lengthening_with_phrases_of_earlier_chapters_goes_to_history(here: Here, server: Scripted) -> None:
    first = prose(45, 21)
    server.on("chapter:1", first)
    server.on("chapter:2", SHORT, first)

    ran = here.doit("chapter:02")

    assert ran.status == 0
    assert body(here.chapter(2).read_text("utf-8")) == SHORT
    (kept,) = rejected(here, "the-tide-of-day-2")
    assert first in kept


def test_an_earlier_lengthening_stays_where_a_later_one_loops(here: Here, server: Scripted) -> None:
    server.on("chapter:1", SHORT, SIX[0], "Rain runs down the tower glass. " * 500)

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == "\n\n".join([BEFORE, SIX[0], ENDING])
    assert last(ran.out) == f"chapter:01   drafted: The Lamp of Day 1, 27 words, {NOTE}"


AROUND = {
    "a remark before it": f"Sure! Here is the missing part:\n\n{ENOUGH}",
    "a heading": f"# Chapter 1\n\n{ENOUGH}",
    "a fence": f"```markdown\n{ENOUGH}\n```",
    "a question": f"{ENOUGH}\n\nWould you like me to continue?",
    "its ending": f"{ENOUGH}\n\n{ENDING}",
    "its ending and a count": f"{ENOUGH}\n\n{ENDING}\n\n*(Word count: 48)*",
    "the paragraph before it": f"Nobody comes up the stair that night, and nobody calls.\n\n{ENOUGH}",
    "all that was there": f"{BEFORE}\n\n{ENOUGH}\n\n{ENDING}",
    "a half sentence": f"{ENOUGH} And when the",
}


@pytest.mark.parametrize("answer", AROUND.values(), ids=AROUND)
def test_of_a_lengthening_only_what_is_new_is_taken(here: Here, server: Scripted, answer: str) -> None:
    server.on("chapter:1", SHORT, answer)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == f"{BEFORE}\n\n{ENOUGH}\n\n{ENDING}"
    assert len(told(server)) == 2


PLACES = {
    "one paragraph": ("Mara lights the lamp. Nobody comes.", "Mara lights the lamp.", "Nobody comes."),
    "one paragraph that ends in speech": (
        "Mara lights the lamp. He asks: “Why?”",
        "Mara lights the lamp.",
        "He asks: “Why?”",
    ),
    "speech in speech": (
        "Mara lights the lamp.\n\n“He said: ‘Go.’”",
        "Mara lights the lamp.",
        "“He said: ‘Go.’”",
    ),
    "lines without a blank one between them": (
        "Mara lights the lamp.\nNobody comes.\n“Why?” she asks. “Why?”",
        "Mara lights the lamp.\nNobody comes.",
        "“Why?” she asks. “Why?”",
    ),
    "a scene break": (
        "Mara lights the lamp.\n\n***\n\nNobody comes.",
        "Mara lights the lamp.\n\n***",
        "Nobody comes.",
    ),
}


@pytest.mark.parametrize(("text", "before", "ending"), PLACES.values(), ids=PLACES)
def test_the_ending_stays_the_ending(here: Here, server: Scripted, text: str, before: str, ending: str) -> None:
    new = prose(45, 5)
    server.on("chapter:1", text, new)

    assert here.doit("chapter:01").status == 0

    (asked,) = lengthenings(server)
    assert asked.begun == before
    assert f"# Its last paragraph\n\n{ending}\n\n# Go on" in asked.prompt
    assert re.split(r"\n+", drafted(here)) == re.split(r"\n+", f"{before}\n{new}\n{ending}")


def test_a_single_sentence_is_lengthened_too(here: Here, server: Scripted) -> None:
    server.on("chapter:1", "Mara lights the lamp.", prose(45, 5))

    assert here.doit("chapter:01").status == 0

    assert drafted(here) == f"{prose(45, 5)}\n\nMara lights the lamp."


def test_chinese_is_lengthened_by_its_characters(here: Here, server: Scripted) -> None:
    server.on(
        "chapter:1",
        "她点亮盐灯。\n\n没有人来。\n\n海水退了。",
        "她走上石阶，看见月亮升起来，又看见一只小船从远处慢慢地划过来，船上坐着一个不认识的人。",
    )

    ran = here.doit("chapter:01")

    assert ran.status == 0
    (asked,) = lengthenings(server)
    assert missing(asked) == 37
    assert drafted(here).startswith("她点亮盐灯。\n\n没有人来。\n\n她走上石阶")
    assert drafted(here).endswith("\n\n海水退了。")


@pytest.mark.parametrize("words", [61, 75, 90])
def test_a_chapter_that_is_somewhat_too_long_is_accepted(here: Here, server: Scripted, words: int) -> None:
    server.on("chapter:1", prose(words, 3))

    ran = here.doit("chapter:01")

    assert drafted(here) == prose(words, 3)
    assert last(ran.out) == f"chapter:01   drafted: The Lamp of Day 1, {words} words, longer than the 40-60 asked for"
    assert len(told(server)) == 1
    assert rejected(here) == []


@pytest.mark.parametrize(
    ("second", "note"),
    [(50, ""), (91, ", longer than the 40-60 asked for"), (115, ", longer than the 40-60 asked for")],
)
def test_a_chapter_that_is_far_too_long_is_told_once_more_and_then_accepted(
    here: Here, server: Scripted, second: int, note: str
) -> None:
    server.on("chapter:1", prose(91, 3), prose(second, 4))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == prose(second, 4)
    assert named(ran.out)[-2:] == [
        (
            "chapter:1: an answer is not taken: it has 91 words where 40-60 were asked for. It is in "
            f".novelist/history/{IDENTITY}/rejected/TIME.md."
        ),
        f"chapter:01   drafted: The Lamp of Day 1, {second} words{note}",
    ]
    assert rejected(here) == [prose(91, 3)]
    assert "- It had 91 words. Write 40-60 words, and end there.\n" in told(server)[1].prompt
    assert len(told(server)) == 2


def test_the_longer_one_is_asked_for_in_the_words_of_its_thousands(here: Here, server: Scripted) -> None:
    longer(here, "900-1000")
    server.on("chapter:1", prose(1600, 3), prose(950, 4))

    ran = here.doit("chapter:01")

    assert named(ran.out)[-2] == (
        "chapter:1: an answer is not taken: it has 1,600 words where 900-1000 were asked for. It is in "
        f".novelist/history/{IDENTITY}/rejected/TIME.md."
    )


def test_an_answer_that_never_ends_is_stopped_and_brought_to_an_end(here: Here, server: Scripted) -> None:
    longer(here, "100-150")
    ending = "And then the lamp goes out, and the sea is dark."
    answers = iter([prose(20_000, 3), ending, prose(20_000, 4), ending])
    server.on("chapter:1", *answers)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    text = drafted(here)
    assert text.startswith(prose(20_000, 4)[:1500])
    assert text.endswith(ending)
    # Twice the words asked for, and at most one look more.
    assert 300 < count_words(text) < 300 + 70 + 15
    assert re.fullmatch(
        r"chapter:01   drafted: The Lamp of Day 1, \d+ words, longer than the 100-150 asked for", last(ran.out)
    )
    (kept,) = rejected(here)
    assert kept.startswith(prose(20_000, 3)[:1500])
    assert len(kept) < 4000  # of the 150,000 characters that the server would have sent
    asked = told(server)
    assert "It is long enough: bring it to its end within a paragraph." in asked[1].prompt
    assert "It is long enough: bring it to its end within a paragraph." in asked[3].prompt
    assert [bool(request.begun) for request in asked] == [False, True, False, True]


def test_a_model_that_will_not_end_is_ended_with_a_sentence(here: Here, server: Scripted) -> None:
    longer(here, "100-150")
    seeds = iter(range(100))
    book = server.script
    server.script = lambda request: Reply(prose(20_000, next(seeds))) if request.task == "chapter:1" else book(request)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert ends(drafted(here))
    assert count_words(drafted(here)) < 600
    assert last(ran.out).endswith(" words, ended at its last whole sentence, longer than the 100-150 asked for")
    assert len(told(server)) == 4


def test_a_text_without_a_single_sentence_that_never_ends_costs_no_more_than_six_calls(
    here: Here, server: Scripted
) -> None:
    words = " ".join(prose(20_000, 3).replace(".", "").lower().split())
    book = server.script
    server.script = lambda request: Reply(words) if request.task == "chapter:1" else book(request)

    here.doit("chapter:01")

    assert len(told(server)) <= 6
    assert all(len(text) < 4000 for text in rejected(here))


def test_a_lengthening_that_never_ends_makes_no_chapter_far_too_long(here: Here, server: Scripted) -> None:
    longer(here, "300-400")
    server.on("chapter:1", f"{prose(200, 1)}\n\n{ENDING}", prose(20_000, 2))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here).startswith(prose(200, 1))
    assert drafted(here).endswith(f"\n\n{ENDING}")
    assert 300 <= count_words(drafted(here)) <= 600


def interrupted(server: Scripted, heard: str, then: Iterator[str]) -> None:
    """Answer with a short chapter and have its lengthening break off for good, then go on with what follows."""
    server.on("chapter:1", SHORT, Reply(heard, error=QUOTA), *then)


def test_a_balance_that_ends_while_a_chapter_is_lengthened_loses_nothing(here: Here, server: Scripted) -> None:
    interrupted(server, f"{SIX[0]} {SIX[1]} And wh", iter([prose(20, 6)]))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the account has no balance left (Your account is suspended). Top it up, then run `doit` "
        f"again. What came of it is in .novelist/partial/{IDENTITY}.part; the next build goes on from there."
    )
    assert not (here / "chapters").exists()
    server.clear()

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == "\n\n".join([BEFORE, f"{SIX[0]} {SIX[1]}", prose(20, 6), ENDING])
    assert len(told(server)) == 1
    assert missing(told(server)[0]) == 17
    assert partials(here) == []
    assert rejected(here) == []


def test_nor_does_one_that_ends_in_a_later_lengthening(here: Here, server: Scripted) -> None:
    server.on("chapter:1", SHORT, SIX[0], Reply(f"{SIX[1]} And wh", error=QUOTA), prose(20, 6))
    assert here.doit("chapter:01").status == 1
    server.clear()

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == "\n\n".join([BEFORE, SIX[0], SIX[1], prose(20, 6), ENDING])
    assert [missing(request) for request in told(server)] == [17]


@pytest.mark.parametrize(
    "heard",
    [
        "",
        "And wh",
        "Sure! Here is the missing part:\n\nAnd wh",
        "The lamp turned and nobody came to look at it.\n\n" * 4,
    ],
    ids=["nothing", "half a sentence", "a remark", "a loop"],
)
def test_what_is_of_no_use_in_an_interrupted_lengthening_is_no_part_of_the_chapter(
    here: Here, server: Scripted, heard: str
) -> None:
    interrupted(server, heard, iter([ENOUGH]))
    assert here.doit("chapter:01").status == 1
    server.clear()

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == f"{BEFORE}\n\n{ENOUGH}\n\n{ENDING}"
    assert [missing(request) for request in told(server)] == [29]


def test_a_kill_while_a_chapter_is_lengthened_loses_nothing(book: Shelf, server: Scripted) -> None:
    heard = f"{SIX[0]} {SIX[1]} And wh"
    server.on("chapter:1", SHORT, Reply(heard, piece=5, hang=True), prose(20, 6))
    path = book / ".novelist" / "partial" / f"{IDENTITY}.part"
    running = start(book)
    until(running, lambda: path.exists() and heard in path.read_text("utf-8"))
    running.kill()
    running.communicate(timeout=60)
    server.clear()

    ran = book.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert body(book.chapter(1).read_text("utf-8")) == "\n\n".join([BEFORE, f"{SIX[0]} {SIX[1]}", prose(20, 6), ENDING])
    assert len(told(server)) == 1
    assert partials(book) == []


LENGTHS = [10, 20, 39, 40, 60, 61, 90, 91, 120, 121, 200, 700, 5000]


@pytest.mark.parametrize("words", LENGTHS)
@pytest.mark.parametrize("then", [0, 1, 30, 2000], ids=lambda then: f"then {then}")
def test_length_alone_never_fails_a_chapter(here: Here, server: Scripted, words: int, then: int) -> None:
    book, seeds = server.script, iter(range(1000))

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        return Reply(prose(then if request.begun else words, next(seeds)))

    server.script = script

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert ends(drafted(here))
    assert count_words(drafted(here)) >= min(words, 40)
    assert len(told(server)) <= 4
    assert partials(here) == []

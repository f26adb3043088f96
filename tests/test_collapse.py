"""What a model must not get away with: loops, echoes, refusals. Each ends in a whole chapter or in one clear line."""

from __future__ import annotations

import pytest
from finished import C2, S2, finish
from first_chapter import IDENTITY, QUOTA, drafted, longer, named, partials, rejected, told
from in_process import Here, body
from running import start, until
from scripted import WORDS, Reply, Scripted, prose, refusal
from shelf import Shelf

from novelist.prose import gates
from novelist.words import count_words

WHOLE = prose(50, 999)
LOOP = "She opened the door and saw the sea again. "
VARIED = " ".join(
    f"She saw the {colour} boat, and she knew that the {other} lamp was lit." for colour in WORDS for other in WORDS[:9]
)
REJECTED = f".novelist/history/{IDENTITY}/rejected"
LETTER = "Dear Mara, the ferry does not come this week, nor the next. Keep the lamp lit. Your brother"


def test_a_loop_is_stopped_while_it_streams_and_the_chapter_is_told_again(here: Here, server: Scripted) -> None:
    server.on("chapter:1", WHOLE + "\n\n" + LOOP * 10_000, WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert named(ran.out)[-2:] == [
        (
            f"chapter:1: an answer is not taken: it repeats itself (“{(LOOP * 2)[:80].strip()}”). It is in "
            f"{REJECTED}/TIME.md."
        ),
        "chapter:01   drafted: The Lamp of Day 1, 50 words",
    ]
    (kept,) = rejected(here)
    assert kept.startswith(WHOLE + "\n\n" + LOOP)
    assert len(kept) < len(WHOLE) + 1500  # of the 430,000 characters that the server would have sent
    assert partials(here) == []
    first, again = told(server)
    assert again.prompt.startswith(first.prompt)
    assert again.prompt.removeprefix(first.prompt) == (
        "\n\nYour last answer was not right:\n\n"
        f"- It repeated itself: “{(LOOP * 2)[:80].strip()}”. Say nothing twice, and move the scene on.\n\n"
        "Answer again, whole."
    )
    assert again.begun == ""


CIRCLES = {
    "a paragraph": "The lamp turned above the stair, and the keeper counted all the boats again.\n\n",
    "three sentences": "The lamp turned. The keeper counted the boats. Nobody came up the stair that night. ",
    "a clause": "and the sea and the wind and the rain and the salt and the sea and the wind, ",
    "a word": "sea ",
    "a line": "“No,” he said.\n\n",
    "Chinese": "海水又退了，她又走上了石阶，又点亮了那盏盐灯。\n\n",
    "Chinese without an end": "海水又退了",
}


@pytest.mark.parametrize("circle", CIRCLES.values(), ids=CIRCLES)
@pytest.mark.parametrize("before", [0, 350], ids=["at once", "late"])
def test_no_loop_is_heard_to_its_end(here: Here, server: Scripted, circle: str, before: int) -> None:
    longer(here)
    begun, whole = prose(before, 5) + "\n\n" if before else "", prose(350, 6)
    server.on("chapter:1", begun + circle * (60_000 // len(circle)), whole)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == whole
    (kept,) = rejected(here)
    assert len(kept) < len(begun) + 3500
    assert len(told(server)) == 2
    assert partials(here) == []


LOOPED = f"{prose(20, 4)}\n\n" + "The lamp turned and nobody came to look at it.\n\n" * 3
ENDS = {
    "its cap": Reply(LOOPED, finish="length"),
    "a close without an end": Reply(LOOPED, finish=None),
    "a cut connection": Reply(LOOPED, cut=len(LOOPED), drop=True),
    "an error in the stream": Reply(LOOPED, error={"code": 502, "message": "upstream went away"}),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_loop_that_was_cut_off_before_it_was_noticed_is_never_gone_on_with(
    here: Here, server: Scripted, end: Reply
) -> None:
    server.on("chapter:1", end, WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert [request.begun for request in told(server)] == ["", ""]
    assert [text.strip() for text in rejected(here)] == [LOOPED.strip()]
    assert partials(here) == []


def test_nor_is_one_that_a_build_had_left_behind(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply(LOOPED, error=QUOTA), WHOLE)
    assert here.doit("chapter:01").status == 1
    server.clear()

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert [request.begun for request in told(server)] == [""]
    (kept,) = rejected(here)
    assert kept.strip() == LOOPED.strip()
    assert partials(here) == []


def test_a_loop_that_a_kill_interrupts_is_never_gone_on_with(book: Shelf, server: Scripted) -> None:
    server.on("chapter:1", Reply(LOOPED, piece=10, hang=True), WHOLE)
    path = book / ".novelist" / "partial" / f"{IDENTITY}.part"
    running = start(book)
    until(running, lambda: path.exists() and LOOPED in path.read_text("utf-8"))
    running.kill()
    running.communicate(timeout=60)
    server.clear()

    ran = book.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert body(book.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert [request.begun for request in told(server)] == [""]
    assert [text.strip() for text in rejected(book)] == [LOOPED.strip()]
    assert partials(book) == []


def test_a_loop_where_a_text_is_gone_on_with_is_told_again_from_the_beginning(here: Here, server: Scripted) -> None:
    begun = prose(30, 4)
    server.on("chapter:1", Reply(begun, finish="length"), "\n\n" + LOOP * 1000, WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert [bool(request.begun) for request in told(server)] == [False, True, False]
    (kept,) = rejected(here)
    assert kept.startswith(begun)
    assert len(kept) < 2000


def test_a_model_that_always_loops_ends_in_one_line_that_says_where_its_best_is(here: Here, server: Scripted) -> None:
    longer(here)
    heads = [prose(words, words) for words in (200, 250, 100)]
    server.on("chapter:1", f"{heads[0]}\n\n{VARIED}", *[f"{head}\n\n{LOOP * 100}" for head in heads[1:]])

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.err == ""
    paths = sorted((here / REJECTED).glob("*.md"))
    kept = [path.read_text("utf-8") for path in paths]
    assert [text[:50] for text in kept] == [head[:50] for head in heads]
    # The first is the longest, and the second has most that is no loop.
    assert max(kept, key=count_words) == kept[0]
    sample = (LOOP * 2)[:80].strip()
    assert ran.out.splitlines()[-1] == (
        f"chapter:01   failed: no answer could be taken: it repeats itself (“{sample}”). The best of 3 is in "
        f"{REJECTED}/{paths[1].name}. Run `doit` again."
    )
    assert len(told(server)) == 3
    assert partials(here) == []
    assert not (here / "chapters").exists()


def test_an_old_chapter_stays_as_it_was_where_no_answer_is_one(here: Here, server: Scripted) -> None:
    novel = finish(here, server)
    before = novel.texts()
    novel.edit("outline.md", "walks to the Glassworks", "runs to the Glassworks")
    server.on("chapter:2", *[LOOP * 100] * 3)

    ran = novel.doit()

    assert ran.status == 1
    assert server.tasks == ["chapter:2"] * 3
    assert {name: text for name, text in novel.texts().items() if name != "outline.md"} == {
        name: text for name, text in before.items() if name != "outline.md"
    }
    assert partials(novel) == []
    server.clear()

    assert novel.doit().status == 0

    assert server.tasks[:2] == ["chapter:2", "summary:2"]
    assert (novel / C2).read_text("utf-8") != before[C2]
    assert (novel / S2).read_text("utf-8") != before[S2]


def test_a_chapter_that_tells_an_earlier_one_again_is_told_again(here: Here, server: Scripted) -> None:
    first, second = prose(50, 21), prose(50, 22)
    again = f"{prose(20, 23)}\n\n{first}"
    server.on("chapter:1", first)
    server.on("chapter:2", again, second)

    ran = here.doit("chapter:02")

    assert ran.status == 0, ran.out
    assert body(here.chapter(2).read_text(encoding="utf-8")) == second
    assert (
        "chapter:2: an answer is not taken: it repeats earlier chapters. It is in "
        ".novelist/history/the-tide-of-day-2/rejected/TIME.md."
    ) in named(ran.out)
    assert rejected(here, "the-tide-of-day-2") == [again]
    assert "- It used whole phrases of earlier chapters again. Tell what is new, in new words.\n" in (
        told(server, "chapter:2")[1].prompt
    )


def test_a_chapter_may_say_a_few_words_of_an_earlier_one(here: Here, server: Scripted) -> None:
    longer(here)
    first = prose(350, 21)
    second = f"{prose(170, 22)}\n\n“{first.split('.')[0]}.”\n\n{prose(170, 23)}"
    server.on("chapter:1", first)
    server.on("chapter:2", second)

    assert here.doit("chapter:02").status == 0

    assert body(here.chapter(2).read_text(encoding="utf-8")) == second
    assert len(told(server, "chapter:2")) == 1


SECTION = "On day 1 Mara finds a bottle. She takes it to Eskil."  # as the scripted server plans it
NO_CHAPTERS = {
    "the model refuses": [
        "I'm sorry, but I can't write this chapter.",
        "I can’t help with that.",
        "I am sorry, but I cannot continue this story.\n\nI would be glad to write another scene with you.",
        "Es tut mir leid, aber ich kann diese Szene nicht schreiben.",
        "Je suis désolé, mais je ne peux pas écrire cette scène.",
        "Lo siento, pero no puedo escribir esa escena.",
        "К сожалению, я не могу написать эту главу.",
        "抱歉，我无法继续写这个故事。",
        "你好，我无法给到相关内容。",
    ],
    "it only repeats its plan": [
        SECTION,
        f"# 1. The Lamp of Day 1\n\n{SECTION}\n",
        "1. Mara finds a bottle.\n2. She takes it to Eskil.\n3. He is not at home.\n4. She waits for him till night.",
        (
            "**Opening:** Mara finds a bottle.\n\n**Rise:** She takes it to Eskil.\n\n**Turn:** He is not at home.\n\n"
            "**End:** She waits for him till night."
        ),
    ],
}


@pytest.mark.parametrize(
    ("flaw", "answer"), [(flaw, answer) for flaw, answers in NO_CHAPTERS.items() for answer in answers]
)
def test_what_is_no_chapter_is_asked_for_again(here: Here, server: Scripted, flaw: str, answer: str) -> None:
    server.on("chapter:1", answer, WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert named(ran.out)[-2] == f"chapter:1: an answer is not taken: {flaw}. It is in {REJECTED}/TIME.md."
    assert [text.strip() for text in rejected(here)] == [answer.strip()]
    assert len(told(server)) == 2
    assert told(server)[1].begun == ""
    assert "Your last answer was not right:" in told(server)[1].prompt
    assert partials(here) == []


@pytest.mark.parametrize(
    "answer",
    ["# Chapter 1: The Lamp of Day 1\n", "```\n```", "```markdown\n", "Chapter 1", "Here is chapter 1:", "***"],
)
def test_an_answer_with_nothing_but_a_heading_is_gone_on_with(here: Here, server: Scripted, answer: str) -> None:
    server.on("chapter:1", answer, WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert len(told(server)) == 2


def test_a_text_that_its_model_will_not_bring_to_an_end_is_asked_for_again(here: Here, server: Scripted) -> None:
    server.on("chapter:1", "Mara waits, and the lamp", Reply(""), Reply(""), WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert named(ran.out)[-2] == f"chapter:1: an answer is not taken: it breaks off. It is in {REJECTED}/TIME.md."
    assert [bool(request.begun) for request in told(server)] == [False, True, True, False]
    assert "- It broke off in the middle. Write it to its end.\n" in told(server)[-1].prompt


def test_the_section_that_is_echoed_is_the_one_that_was_planned(here: Here) -> None:
    assert here.doit("outline").status == 0
    assert SECTION in (here / "outline.md").read_text("utf-8")


CLEANED = {  # with what is told to be taken off
    "a heading": ("", f"Chapter 7\n\n{WHOLE}"),
    "a Markdown heading": ("", f"## Chapter 1: The Lamp of Day 1\n\n{WHOLE}"),
    "the title": ("", f"**The Lamp of Day 1**\n\n{WHOLE}"),
    "a fence": ("markup", f"```markdown\n{WHOLE}\n```"),
    "a remark and a fence": (
        "2 lines",
        f"Sure! Here is the chapter:\n\n```markdown\n{WHOLE}\n```\n\nLet me know what to revise.",
    ),
    "a question": ("1 line", f"{WHOLE}\n\nWould you like me to continue?"),
    "a question in Chinese": ("1 line", f"{WHOLE}\n\n您想让我继续写下一章吗？"),
    "a count": ("1 line", f"{WHOLE}\n\n---\n\n*(Word count: 50)*"),
    "an end mark": ("1 line", f"{WHOLE}\n\n[End of Chapter 1]"),
    "all of it": (
        "2 lines",
        f"Certainly! Here's the chapter:\n\n# Chapter One\n\n{WHOLE}\n\n***\n\nShall I continue with the next chapter?",
    ),
    "the next chapter": ("2 lines", f"{WHOLE}\n\n# Chapter 2: The Tide of Day 2\n\n{prose(30, 8)}"),
}


@pytest.mark.parametrize(("around", "answer"), CLEANED.values(), ids=CLEANED)
def test_what_stands_around_a_chapter_is_taken_off_without_a_call(
    here: Here, server: Scripted, around: str, answer: str
) -> None:
    server.on("chapter:1", answer)

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert drafted(here) == WHOLE
    assert len(told(server)) == 1
    answers = f".novelist/history/{IDENTITY}/answers/TIME.md"
    what = f", without {around} around it (the answer is in {answers})"
    assert named(ran.out)[-1] == f"chapter:01   drafted: The Lamp of Day 1, 50 words{what if around else ''}"


def test_a_content_filter_is_asked_once_more(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply(prose(20, 4), finish="content_filter"), WHOLE)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert named(ran.out)[-2] == (
        f"chapter:1: an answer is not taken: the server's content filter stopped it. It is in {REJECTED}/TIME.md."
    )
    assert rejected(here) == [prose(20, 4)]
    assert [request.begun for request in told(server)] == ["", ""]
    assert "- It was stopped by a filter; tell it more gently.\n" in told(server)[1].prompt


def test_a_content_filter_that_insists_ends_in_one_line(here: Here, server: Scripted) -> None:
    server.on("chapter:1", *[Reply(prose(words, words), finish="content_filter") for words in (30, 20, 40)])

    ran = here.doit("chapter:01")

    assert ran.status == 1
    (best, _) = sorted((here / REJECTED).glob("*.md"))
    assert best.read_text("utf-8") == prose(30, 30)
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: no answer could be taken: the server's content filter stopped it. The best of 2 is in "
        f"{REJECTED}/{best.name}. Run `doit` again."
    )
    assert len(told(server)) == 2
    assert partials(here) == []


def test_a_content_filter_that_lets_nothing_through_leaves_no_empty_text_behind(here: Here, server: Scripted) -> None:
    server.on("chapter:1", *[Reply("", finish="content_filter")] * 3)

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert rejected(here) == []
    assert len(told(server)) == 2
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: no answer could be taken: the server's content filter stopped it. Run `doit` again."
    )


def test_a_content_filter_that_refuses_the_request_is_asked_once_more_too(here: Here, server: Scripted) -> None:
    server.on("chapter:1", *[refusal(400, "content_filter", "The request was rejected.")] * 2)

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert len(told(server)) == 2
    assert not (here / REJECTED).exists()


def test_another_fault_each_time_is_told_each_time(here: Here, server: Scripted) -> None:
    server.on("chapter:1", "I can't help with that.", SECTION, WHOLE)

    assert here.doit("chapter:01").status == 0

    first, second, third = (request.prompt for request in told(server))
    assert "Your last answer" not in first
    assert "It was a refusal. This is fiction: write what is asked for, and no remark to me." in second
    assert "It only repeated the plan. Tell it as a scene." in third
    assert "It was a refusal." not in third


REFRAIN = "Row, row, row the boat to shore,"
HEALTHY = {
    "a refrain": "\n\n".join(f"{prose(60, seed)}\n\n{REFRAIN}\n{REFRAIN}\nrow." for seed in range(3)),
    "a letter that is read twice": f"{prose(120, 1)}\n\n*{LETTER}*\n\n{prose(90, 2)}\n\n*{LETTER}*\n\n{prose(60, 3)}",
    "a stammer": f"{prose(120, 1)}\n\n“No, no, no, no, no, no, no,” he said.\n\n{prose(160, 2)}",
    "short lines of speech": "\n\n".join(f"{prose(25, seed)}\n\n“No.”\n\n“Why?”\n\n“No.”" for seed in range(11)),
    "a page of a book in it": f"{prose(150, 1)}\n\n*Chapter Six: The Storm*\n\n*{prose(30, 2)}*\n\n{prose(150, 3)}",
    "a letter that is sorry": f"I’m sorry to tell you that nothing you have written came. {prose(300, 1)}",
    "a question at its end": f"{prose(310, 1)}\n\nDo you want to know what happened next?",
    "lines with a dash": "\n\n".join(f"- {prose(14, seed)[:-1]}?\n\n- {prose(14, seed + 50)}" for seed in range(11)),
}


@pytest.mark.parametrize("text", HEALTHY.values(), ids=HEALTHY)
def test_a_healthy_chapter_passes_as_it_is(here: Here, server: Scripted, text: str) -> None:
    longer(here, "200-450")
    server.on("chapter:1", text)

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert drafted(here) == text
    assert len(told(server)) == 1
    assert not (here / REJECTED).exists()


@pytest.mark.parametrize("answer", [LOOP * 500, "I'm sorry, but I can't write that."], ids=["a loop", "a refusal"])
def test_no_summary_is_a_loop_or_a_refusal(here: Here, server: Scripted, answer: str) -> None:
    server.on("chapter:1", WHOLE)
    server.on("summary:1", answer, "Mara finds a bottle and takes it to Eskil.")

    ran = here.doit("summary:01")

    assert ran.status == 0, ran.out
    assert body(here.summary(1).read_text(encoding="utf-8")) == "Mara finds a bottle and takes it to Eskil."
    assert gates.loop(body(here.summary(1).read_text(encoding="utf-8"))) is None
    assert len(told(server, "summary:1")) == 2

"""Thoughts and a template's tokens in the content of an answer: none of them is text, however they are cut up."""

from __future__ import annotations

import json

import pytest
from first_chapter import drafted, told
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here, everything
from scripted import Reply, Scripted, prose

from novelist.model.thoughts import ENDS, MARKS, PAIRS, Thoughts

THOUGHT = "She must not find the lamp yet."
WHOLE = prose(50, 999)


def read(pieces: list[str]) -> tuple[str, str]:
    """Return the text and the thoughts in an answer that comes in pieces."""
    thoughts, text, thought = Thoughts(), "", ""
    for kind, part in [part for piece in pieces for part in thoughts.take(piece)] + thoughts.rest():
        if kind == "unsay":
            assert part == text
            text = ""
        if kind == "text":
            text += part
        else:
            thought += part
    return text, thought


ANSWERS = {
    **{f"a pair {opens}": (f"{opens}{THOUGHT}{closes}{WHOLE}", WHOLE) for opens, closes in PAIRS.items()},
    **{f"an end {end}": (f"{WHOLE}{end}and what follows", WHOLE) for end in ENDS},
    "only the end of a thought": (f"{THOUGHT}</think>\n\n{WHOLE}", WHOLE),
    "the end of a thought behind all of it": (f"{WHOLE}</think>\n", WHOLE),
    "an empty pair": (f"<think>\n\n</think>\n\n{WHOLE}", WHOLE),
    "a thought in the middle": (f"{WHOLE} <think>{THOUGHT}</think>", WHOLE),
    "the channels of harmony": (
        f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>{WHOLE}<|return|>",
        WHOLE,
    ),
    "the role of an answer": (f"<|im_start|>assistant\n{WHOLE}<|im_end|>", WHOLE),
    "a thought that never ends": (f"<think>{THOUGHT}", ""),
    "what only looks like a mark": (f"{WHOLE} <thin ice> [thi <|", f"{WHOLE} <thin ice> [thi <|"),
    "a mark that opens in the middle and never closes": (f"{WHOLE} <think> {WHOLE}", f"{WHOLE} <think> {WHOLE}"),
    "a thought behind all of it that never ends": (f"{WHOLE}</think><think>{THOUGHT}", WHOLE),
    "a thought further behind all of it that never ends": (f"{WHOLE}\n</think>\n\n<think>\n{THOUGHT}", WHOLE),
    "another thought behind all of it": (f"{WHOLE}</think><think>{THOUGHT}</think>", WHOLE),
    "a thought of another kind behind all of it": (f"{WHOLE}</thinking><think>{THOUGHT}", WHOLE),
    "two thoughts before it, the first never opened": (f"{THOUGHT}</think><think>{THOUGHT}</think>{WHOLE}", WHOLE),
    "what is struck out": (f"<s>No.</s> {WHOLE}", f"No. {WHOLE}"),
}


@pytest.mark.parametrize(("answer", "text"), ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
def test_a_thought_is_told_from_the_text_in_whatever_pieces_it_comes(answer: str, text: str, size: int) -> None:
    pieces = [answer[at : at + size] for at in range(0, len(answer), size)]
    assert read(pieces)[0].strip() == text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*MARKS, "Mara waits.", "<", "|", "[", " "]), max_size=8).map("".join), st.data())
def test_how_an_answer_is_cut_up_makes_no_difference(answer: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(answer)), max_size=6)))
    pieces = [answer[start:end] for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert read(pieces)[0] == read([answer])[0]


@pytest.mark.parametrize("piece", [3, 4000])
def test_a_thought_in_the_content_reaches_no_file(here: Here, server: Scripted, piece: int) -> None:
    book = server.script
    server.script = lambda request: Reply(f"{THOUGHT}</think>\n\n{book(request).text}<|im_end|>", piece=piece)
    ran = here.doit()
    assert ran.status == 0, ran.out
    assert "must not find" not in everything(here)
    assert "<|im_end|>" not in everything(here)


def test_no_word_is_both_text_and_thought() -> None:
    for answer, whole in ((f"{WHOLE}</think>\n", WHOLE), (f"{WHOLE} <think> {WHOLE}", f"{WHOLE} <think> {WHOLE}")):
        text, thought = read([answer])
        assert (text.strip(), thought) == (whole, "")


def test_an_answer_that_is_only_a_thought_is_asked_for_again(here: Here, server: Scripted) -> None:
    server.on("chapter:1", f"<think>{THOUGHT}", WHOLE)
    assert here.doit("chapter:01").status == 0
    assert drafted(here) == WHOLE
    assert len(told(server)) == 2


def chunk(index: int = 0, finish: str | None = None, **delta: object) -> str:
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"


@pytest.mark.parametrize("finish", ["STOP", "completed", "end_turn", "EOS"])
def test_the_end_of_a_text_has_many_names(here: Here, server: Scripted, finish: str) -> None:
    server.on("chapter:1", Reply(WHOLE, finish=finish))
    assert here.doit("chapter:01").status == 0
    assert drafted(here) == WHOLE
    assert len(told(server)) == 1


def test_a_second_choice_is_no_part_of_the_text(here: Here, server: Scripted) -> None:
    both = [chunk(0, content=WHOLE[:60]), chunk(1, content="Quite another story."), chunk(0, content=WHOLE[60:])]
    server.on("chapter:1", Reply(events=[*both, chunk(1, "stop"), chunk(0, "stop"), "data: [DONE]\n\n"]))
    assert here.doit("chapter:01").status == 0
    assert drafted(here) == WHOLE


def test_the_parts_of_a_content_are_told_by_their_types(here: Here, server: Scripted) -> None:
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]}
    parts = [chunk(content=[thinking]), chunk(content=[{"type": "text", "text": WHOLE}])]
    server.on("chapter:1", Reply(events=[*parts, chunk(0, "stop"), "data: [DONE]\n\n"]))
    assert here.doit("chapter:01").status == 0
    assert drafted(here) == WHOLE

"""What servers really send in place of a stream: a right answer in it is taken, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from first_chapter import drafted
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here
from scripted import Reply, Scripted, pieces, prose

from novelist.model.bodies import ServerError
from novelist.model.events import DONE, events
from novelist.model.stream import Repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = prose(50, 999)


def chunk(content: str | None, finish: str | None = None, index: int = 0, **delta: Any) -> str:
    delta = delta if content is None else {"content": content, **delta}
    return json.dumps({"id": "x", "choices": [{"index": index, "delta": delta, "finish_reason": finish}]})


def data(*bodies: str, between: str = "\n\n") -> list[str]:
    return [f"data: {body}{between}" for body in bodies]


PIECES = [chunk(piece) for piece in pieces(WHOLE, 40)]
SMALL = [chunk(piece) for piece in pieces(WHOLE, 3)]
END, LAST = chunk("", "stop"), "[DONE]"
MESSAGE = {"choices": [{"index": 0, "message": {"role": "assistant", "content": WHOLE}, "finish_reason": "stop"}]}

STREAMS: dict[str, Sequence[str]] = {
    "retry, id and comments": [
        "retry: 3000\n\n",
        "id: 1\n\n",
        *(f": ping\n\nid: 2\n{e}" for e in data(*PIECES, END, LAST)),
    ],
    "empty data": [f"data:\n\n{event}" for event in data(*PIECES, END, LAST)],
    "data that says PING": [f"data: [PING]\n\n{event}" for event in data(*PIECES, END, LAST)],
    "an event that keeps alive": [f"event: keepalive\ndata: ok\n\n{e}" for e in data(*PIECES, END, LAST)],
    "an event that keeps alive without data": [f"event: ping\n\n{event}" for event in data(*PIECES, END, LAST)],
    "JSON that keeps alive": [f'data: {{"type": "ping"}}\n\n{event}' for event in data(*PIECES, END, LAST)],
    "no blank lines": data(*PIECES, END, LAST, between="\n"),
    "Windows line ends": data(*PIECES, END, LAST, between="\r\n\r\n"),
    "no blank behind the colon": [event.replace("data: ", "data:") for event in data(*PIECES, END, LAST)],
    "names of events": [f"event: message\n{event}" for event in data(*PIECES, END, LAST)],
    "lines of JSON": [f"{piece}\n" for piece in [*PIECES, END]],
    "a whole answer": [json.dumps(MESSAGE)],
    "a whole answer on many lines": [json.dumps(MESSAGE, indent=2)],
    "a whole answer as an event": data(json.dumps(MESSAGE), LAST),
    "an end without a reason": data(*PIECES, LAST),
    "an end with an empty reason": data(*PIECES, chunk("", ""), LAST),
    "STOP": data(*PIECES, chunk("", "STOP"), LAST),
    "eos": data(*PIECES, chunk("", "eos"), LAST),
    "a last chunk that comes again with the end": data(*PIECES, PIECES[-1].replace("null", '"stop"'), LAST),
    "a last chunk that has all of it": data(*PIECES, chunk(WHOLE, "stop"), LAST),
    "each chunk twice": data(*(piece for piece in PIECES for _ in range(2)), END, LAST),
    "each small chunk twice": data(*(piece for piece in SMALL for _ in range(2)), END, LAST),
    "two answers at once": data(*(e for piece in PIECES for e in (piece, chunk("Other. ", index=1))), END, LAST),
    "chunks after the end": data(*PIECES, END, LAST, chunk("More.")),
    "text of a completion": data(*(json.dumps({"choices": [{"text": p}]}) for p in pieces(WHOLE, 40)), LAST),
    "control characters within JSON": data(*PIECES, '{"choices": [{"delta": {"content": "\t"}}]}', END, LAST),
}


@pytest.mark.parametrize("sent", STREAMS.values(), ids=STREAMS)
def test_a_right_answer_is_taken_in_whatever_form_it_is_sent(here: Here, server: Scripted, sent: Sequence[str]) -> None:
    server.on("chapter:1", Reply(events=sent))
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE
    assert server.tasks.count("chapter:1") == 1


BROKEN = {
    "an error of its own form": '{"object": "error", "message": "upstream went away", "code": 502}',
    "an error that is a text": '{"error": "upstream went away"}',
    "a list of errors": '[{"error": {"code": 503, "message": "upstream went away"}}]',
    "a broken event": '{"choices": [{"delta": {"content": "and th',
    "an event that is too deep": "{" + '"a": [' * 3000,
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_a_stream_that_breaks_is_gone_on_with(here: Here, server: Scripted, sent: str) -> None:
    server.on("chapter:1", Reply(events=data(*PIECES[:5], sent)), WHOLE)
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert server.tasks.count("chapter:1") == 2


@pytest.mark.parametrize(
    "sent",
    [
        '{"error": {"message": "slow down", "code": 429}}',
        '{"error": "overloaded"}',
        '{"detail": "not yet"}',
        "upstream",
    ],
)
def test_an_error_with_a_status_of_success_is_tried_again(here: Here, server: Scripted, sent: str) -> None:
    server.on("bible", Reply(events=[sent]))
    ran = here.doit("bible")
    assert ran.status == 0, ran.out
    assert "The server did not answer (" in ran.out
    assert server.tasks == ["bible", "bible"]


def test_a_refusal_in_its_own_field_is_no_chapter(here: Here, server: Scripted) -> None:
    refused = Reply(events=data(chunk(None, refusal="I will not "), chunk(None, refusal="write this."), END, LAST))
    server.on("chapter:1", refused, WHOLE)
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == WHOLE


def test_a_character_may_come_in_two_pieces(here: Here, server: Scripted) -> None:
    halves = [r'{"choices": [{"delta": {"content": "\ud83d"}}]}', r'{"choices": [{"delta": {"content": "\udc1a"}}]}']
    server.on("chapter:1", Reply(events=data(*PIECES, chunk("\n\n"), *halves, END, LAST)))
    assert here.doit("chapter:01").status == 0
    assert drafted(here) == f"{WHOLE}\n\n🐚"


@pytest.mark.parametrize(
    "said",
    [
        ["哈"] * 12,
        ["*" * 40] * 2,
        ["He ", *["ha "] * 5, "said."],
        ["No. "] * 50,
        ["a", "a", "b", "b", "c"],
        ["ha", "ha"],
    ],
)
def test_what_a_model_says_twice_stays(said: list[str]) -> None:
    repeats = Repeats()
    assert "".join([repeats.once(piece, ends=False) for piece in said]) + repeats.rest() == "".join(said)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_how_the_bytes_are_cut_makes_no_difference(draw: st.DataObject) -> None:
    sent = "".join(STREAMS["retry, id and comments"]).replace("K", "灯").encode()
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(sent)), max_size=40)))
    cut = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert list(events(cut)) == list(events([sent]))


@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.sampled_from([b"data: ", b"\n", b"\r", b"{", b"[DONE]"])), max_size=12
    )
)
@settings(max_examples=300, deadline=None)
def test_nothing_is_too_strange_to_be_heard(sent: list[bytes]) -> None:
    try:
        heard = list(events(sent))
    except ServerError:
        return
    assert all(event == DONE or isinstance(event, (dict, list)) for event in heard)


def test_a_byte_that_is_no_letter_costs_that_letter_only() -> None:
    (event, _) = events([b'data: {"a": "caf\xff"}\n\n', b"data: [DONE]\n\n"])
    assert event == {"a": "caf\ufffd"}

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
from novelist.model.events import events
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
HALVES = [chunk(piece) for piece in pieces(WHOLE, len(WHOLE) // 2 + 1)]
SMALL = [chunk(piece) for piece in pieces(WHOLE, 3)]
END, LAST = chunk("", "stop"), "[DONE]"
MESSAGE = {"choices": [{"index": 0, "message": {"role": "assistant", "content": WHOLE}, "finish_reason": "stop"}]}

NATIVE = {"message": {"role": "assistant", "content": WHOLE}, "done": True, "done_reason": "stop", "eval_count": 9}
PINGS = (
    "{ping}",
    "ping",
    '"ping"',
    "[HEARTBEAT]",
    "keep-alive",
    '{"type": "ping"}',
    '{"status": "processing"}',
    "{}",
    "[]",
)
HALF = r'{"choices": [{"delta": {"%s": "\ud83d"}}]}'

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
    **{f"{ping} as data": [f"data: {ping}\n\n{event}" for event in data(*PIECES, END, LAST)] for ping in PINGS},
    "a mark of the order of bytes at the beginning": ["\ufeff", *data(*PIECES, END, LAST)],
    "a mark of the order of bytes before each event": [f"\ufeff{event}" for event in data(*PIECES, END, LAST)],
    "a list of chunks": [f"[{', '.join([*PIECES, END])}]"],
    "a list of chunks on many lines": ["[\n", ",\n".join([*PIECES, END]), "\n]\n"],
    "lists of chunks": data(*(f"[{piece}]" for piece in [*PIECES, END]), LAST),
    "an answer of Ollama's own API": [json.dumps(NATIVE)],
    "a stream of Ollama's own API": [
        *(json.dumps({"message": {"content": piece}, "done": False}) + "\n" for piece in pieces(WHOLE, 40)),
        json.dumps({"message": {"content": ""}, "done": True, "prompt_eval_count": 3, "eval_count": 4}) + "\n",
    ],
    "a completion of Ollama's own API": [json.dumps({"model": "m", "response": WHOLE, "done": True})],
    "an answer of llama.cpp's own API": [json.dumps({"content": WHOLE, "stop": True})],
    "done in small letters": data(*PIECES, "[done]"),
    "done as a JSON text": data(*PIECES, '"[DONE]"'),
    "half a character at the end": data(*PIECES, HALF % "content", END, LAST),
    "half a character of a thought": data(HALF % "reasoning_content", *PIECES, END, LAST),
    "a base_resp of success": data(*PIECES, END[:-1] + ', "base_resp": {"status_code": 0, "status_msg": ""}}', LAST),
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
    "each of two chunks twice": data(*(piece for piece in HALVES for _ in range(2)), END, LAST),
    "both of two chunks twice": data(*HALVES, *HALVES, END, LAST),
    "all chunks twice": data(*SMALL, *SMALL, END, LAST),
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
    "an error beside a choice": '{"error": "gone", "choices": [{"delta": {}, "finish_reason": "error"}]}',
    "an error within a choice": '{"choices": [{"error": {"code": 502, "message": "gone"}, "finish_reason": "error"}]}',
    "an error beside a null": '{"choices": null, "base_resp": {"status_code": 1013, "status_msg": "internal"}}',
    "words": "upstream connect error",
    "an event called error": 'x\n\nevent: error\ndata: {"reason": "gone"}',
    "a broken event": '{"choices": [{"delta": {"content": "and th',
    "an event that is too deep": "{" + '"a": [' * 3000,
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_a_stream_that_breaks_is_gone_on_with(here: Here, server: Scripted, sent: str) -> None:
    server.on("chapter:1", Reply(events=data(*PIECES[:5], sent)), WHOLE)
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert server.tasks.count("chapter:1") == 2


OVERLOADED = {"error": {"type": "overloaded_error", "message": "Overloaded"}}
SAID: dict[str, tuple[Sequence[str], str]] = {
    "an error": (['{"error": {"message": "slow down", "code": 429}}'], "429: slow down"),
    "a text as error": (['{"error": "overloaded"}'], "overloaded"),
    "a detail": (['{"detail": "not yet"}'], "not yet"),
    "a message": (['{"message": "not yet"}'], "not yet"),
    "a msg": (['{"msg": "not yet"}'], "not yet"),
    "words": (["upstream"], "upstream"),
    "words as data": (data("upstream connect error"), "upstream connect error"),
    "words behind a ping": (data("[PING]", "upstream connect error", "pong"), "upstream connect error"),
    "an event called error": (["event: error\n", *data(json.dumps(OVERLOADED))], "Overloaded"),
    "an event called error, with words": (["event: error\n", *data("no healthy upstream")], "no healthy upstream"),
    "words, and done": (data("upstream connect error", LAST), "upstream connect error"),
    "words, a ping and done": (data("upstream connect error", '{"type": "ping"}', LAST), "upstream connect error"),
    "an event called error, without data": (["event: error\n\n"], "error"),
    "an event of JSON called error": (data('{"event": "error", "data": {"message": "gone"}}'), "gone"),
    "a status of error": (data('{"status": "error", "reason": "gone"}'), "gone"),
    "an error without words": (data('{"type": "error", "id": 5}'), '{"type": "error", "id": 5}'),
    "XML": (["<Error><Code>SlowDown</Code><Message>Reduce it.</Message></Error>"], "Reduce it"),
    "an event called error, of another form": (["event: error\n", *data('{"msg": "not now"}')], "not now"),
    "an error within a choice": (data('{"choices": [{"error": {"code": 502, "message": "gone"}}]}'), "502: gone"),
    "an error beside a choice": (data('{"choices": [{"delta": {}}], "error": {"message": "gone"}}'), "gone"),
    "an error within a whole answer": (
        ['{"choices": [{"message": {"content": ""}, "error": {"message": "gone"}, "finish_reason": "error"}]}'],
        "gone",
    ),
    "MiniMax, in a stream": (data('{"base_resp": {"status_code": 1002, "status_msg": "rate limit"}}'), "rate limit"),
    "MiniMax, as a body": (
        ['{"choices": null, "base_resp": {"status_code": 1000, "status_msg": "unknown error"}}'],
        "unknown error",
    ),
    "an end in an error": (data(chunk("", "network_error"), LAST), "the answer ended with `network_error`"),
}


@pytest.mark.parametrize(("sent", "words"), SAID.values(), ids=SAID)
def test_an_error_with_a_status_of_success_is_tried_again(
    here: Here, server: Scripted, sent: Sequence[str], words: str
) -> None:
    server.on("bible", Reply(events=sent))
    ran = here.doit("bible")
    assert ran.status == 0, ran.out
    assert f"The server did not answer ({words}). Trying again in 0 s." in ran.out
    assert server.tasks == ["bible", "bible"]


LIMITS: dict[str, Sequence[str]] = {
    "by its status": ['{"error": {"message": "slow down", "code": 429}}'],
    "by its type": ['{"error": {"type": "rate_limit_error", "message": "no"}}'],
    "in words": data('{"error": "Rate limit reached for requests"}'),
    "in an event": ["event: error\n", *data(json.dumps(OVERLOADED))],
    "in Chinese": data('{"error": {"code": "1302", "message": "您当前使用该API的并发数过高，请降低并发"}}'),
    "at MiniMax": data('{"base_resp": {"status_code": 1002, "status_msg": "rate limit exceeded(RPM)"}}'),
    "within a choice": data('{"choices": [{"error": {"code": 429, "message": "slow"}, "finish_reason": "error"}]}'),
}


@pytest.mark.parametrize("sent", LIMITS.values(), ids=LIMITS)
def test_a_limit_with_a_status_of_success_is_waited_for_as_any_other(
    here: Here, server: Scripted, sent: Sequence[str]
) -> None:
    server.on("bible", *[Reply(events=sent)] * 9)
    ran = here.doit("bible")
    assert ran.status == 0, ran.out
    assert server.tasks == ["bible"] * 10


OTHERS = {
    "of no model": ['{"service": "photo-share", "version": 2}'],
    "a look at its health": ['{"status": "ok"}'],
    "Anthropic's": [
        '{"type": "message", "content": [{"type": "text", "text": "Mara."}], "usage": {"input_tokens": 1}}'
    ],
    "Gemini's": ['{"candidates": [{"content": {"parts": [{"text": "Mara."}]}, "finishReason": "STOP"}]}'],
    "of responses": data('{"type": "response.output_text.delta", "delta": "Mara."}'),
    "in lines": ['{"generated_text": "Mara."}\n', '{"generated_text": "Mara waits."}\n'],
}


@pytest.mark.parametrize("sent", OTHERS.values(), ids=OTHERS)
def test_the_json_of_another_api_is_told_with_what_it_says(here: Here, server: Scripted, sent: Sequence[str]) -> None:
    server.on("bible", Reply(events=sent))
    ran = here.doit("bible")
    assert ran.status == 1
    words = sent[0].strip().removeprefix("data: ")
    assert f"there is no API of OpenAI's kind at this address ({words}). Check KIMI_BASE_URL." in ran.out
    assert server.tasks == ["bible"]


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
        [*pieces(WHOLE, 30), *pieces(WHOLE[:120], 30)],
        [*pieces(WHOLE, 30), *pieces(WHOLE, 30), "And then it rained."],
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
    assert all(isinstance(event, (dict, str)) for event in heard)


def test_a_byte_that_is_no_letter_costs_that_letter_only() -> None:
    (event, _) = events([b'data: {"a": "caf\xff"}\n\n', b"data: [DONE]\n\n"])
    assert event == {"a": "caf\ufffd"}

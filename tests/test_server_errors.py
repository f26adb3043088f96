"""Errors as servers word them, wherever they stand: each has its own remedy, and the server's words are shown."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from calling import PROSE, Session
from scripted import Reply, Scripted, refusal

from novelist.errors import Refused, WriterError
from novelist.model.providers import OPENROUTER, UNKNOWN, Provider
from novelist.model.request import Request

PLAN = Request("outline", "You write.", "Plan this novel.", 1000, schema={"type": "object"})


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited between two tries, without waiting them."""
    found: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=found.append))
    return found


def asked(server: Scripted, provider: Provider, model: str, *requests: Request) -> Session:
    session = Session()
    session.ask(server, provider, model, *requests)
    return session


GUARD = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
FREE = "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day"
LARGE = "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9152, please reduce it"
ERRORS: dict[str, tuple[int, Any, str]] = {
    "no balance, in Chinese": (
        429,
        {"error": {"code": "1113", "message": "您的账户已欠费，请充值后重试。"}},
        "balance",
    ),
    "no balance, as a bad request": (
        400,
        {"error": {"message": "Your credit balance is too low to access"}},
        "balance",
    ),
    "no balance, as forbidden": (403, {"error": {"message": "Insufficient balance"}}, "balance"),
    "no balance, at a router": (402, {"error": {"code": 402, "message": "Insufficient credits"}}, "balance"),
    "a key, in a list": (400, [{"error": {"code": 400, "message": "API key not valid. Please pass one."}}], "key"),
    "a key, in plain words": (401, {"detail": "Unauthorized"}, "key"),
    "a model, in a text": (404, {"error": "model 'm' not found, try pulling it first"}, "model"),
    "a model, in a list": (404, [{"error": {"code": 404, "message": "models/m is not found for API v1"}}], "model"),
    "a model that is not allowed": (403, {"error": {"message": "Project does not have access to model `m`"}}, "model"),
    "a model that is none": (400, {"error": {"message": "Model does not exist"}}, "model"),
    "a model by an invalid name": (400, {"error": {"message": "Invalid model name passed in model=m"}}, "model"),
    "a model that was retired": (400, {"message": "The model `m` has been decommissioned"}, "model"),
    "a country": (403, {"error": {"code": "unsupported_country_region_territory", "message": "no"}}, "country"),
    "a country, in words": (400, {"error": {"message": "User location is not supported for the API use."}}, "country"),
    "a guard's page": (403, GUARD, "guard"),
    "a proxy": (407, "", "proxy"),
    "a policy": (404, {"error": {"message": "No endpoints found matching your data policy", "code": 404}}, "setting"),
    "requests of a day": (429, {"error": {"message": FREE, "code": 429}}, "day"),
    "too large for the account": (429, {"error": {"message": LARGE, "code": "rate_limit_exceeded"}}, "large"),
    "too large for the account, at once": (413, {"error": {"message": LARGE}}, "large"),
    "a filter": (400, {"error": {"code": "data_inspection_failed", "message": "Input data may contain"}}, "filter"),
    "a filter, at DeepSeek": (400, {"error": {"message": "Content Exists Risk"}}, "filter"),
    "a filter, at OpenAI": (400, {"error": {"code": "invalid_prompt", "message": "Invalid prompt"}}, "filter"),
    "guidelines": (403, {"error": {"message": "Content violates usage guidelines. Failed check: SAFETY"}}, "filter"),
}
TOLD = {
    "balance": "the account has no balance left (",
    "key": "an OpenAI-compatible server refuses the key (",
    "model": "an OpenAI-compatible server knows no model `m` (",
    "country": "an OpenAI-compatible server does not answer in this country (",
    "guard": "a page that keeps programs out answers for an OpenAI-compatible server (403: Just a moment...). ",
    "proxy": "the proxy wants to know who asks (Error code: 407). ",
    "setting": "a setting of the account at an OpenAI-compatible server stands in the way (",
    "day": "the account has had all that it may ask for in a day (429: Rate limit exceeded: free-models-per-day",
    "large": "the request is too large for this account (",
    "filter": "the content filter of an OpenAI-compatible server stopped the request (",
}


@pytest.mark.parametrize(("status", "body", "what"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_by_what_it_says(
    server: Scripted, waits: list[float], status: int, body: Any, what: str
) -> None:
    server.script = lambda _: Reply(status=status, body=body)

    with pytest.raises(WriterError) as caught:
        asked(server, UNKNOWN, "m", PROSE)

    assert str(caught.value).startswith(TOLD[what])
    assert isinstance(caught.value, Refused) or what == "filter"
    assert len(server.requests) == (2 if what == "filter" else 1)
    assert len(waits) == (1 if what == "filter" else 0)


def test_requests_of_a_day_are_told_with_the_time_when_there_are_more(server: Scripted) -> None:
    server.script = lambda _: Reply(status=429, body={"error": {"message": FREE}}, headers={"retry-after": "7200"})

    with pytest.raises(Refused) as caught:
        asked(server, OPENROUTER, "m", PROSE)

    assert str(caught.value).endswith("Run `doit` again in 120 min.")


WORDS = "the server's own words"
FORMS = [
    {"error": {"message": WORDS}},
    {"error": {"message": WORDS, "type": None, "code": None}},
    {"error": WORDS},
    [{"error": {"message": WORDS}}],
    [{"message": WORDS}],
    {"message": WORDS},
    {"detail": WORDS},
    {"detail": [{"loc": ["body"], "msg": WORDS}]},
    {"detail": {"message": WORDS}},
    {"errors": [{"message": WORDS}]},
    {"object": "error", "message": WORDS, "code": 400},
    {"error_msg": WORDS, "error_code": 1},
    {"error": {"message": {"error": {"message": WORDS}}}},
    {"base_resp": {"status_code": 1004, "status_msg": WORDS}},
    {"error": {"message": "Provider returned error", "metadata": {"raw": json.dumps({"error": WORDS})}}},
    json.dumps({"error": {"message": WORDS}}),
    WORDS,
    f"<html><head><title>{WORDS}</title></head></html>",
    f"<h1>{WORDS}</h1>",
]


@pytest.mark.parametrize("body", FORMS, ids=range(len(FORMS)))
def test_the_words_of_a_server_are_shown_wherever_they_stand(server: Scripted, body: Any) -> None:
    server.script = lambda _: Reply(status=400, body=body)

    with pytest.raises(WriterError) as caught:
        asked(server, OPENROUTER, "m", PROSE)

    assert WORDS in str(caught.value)


TOO_LONG = [
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
    "prompt is too long: 208310 tokens > 200000 maximum",
    "the request exceeds the available context size, try increasing it",
    "Input token count (33000) exceeds the maximum number of tokens allowed (32768).",
    "Trying to keep the first 9000 tokens. However, the model is loaded with context length of only 4096 tokens",
    "Range of input length should be [1, 30720]",
    "Please reduce the length of the messages or completion.",
    "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
    "Prompt has 9,000 tokens, but n_ctx is 8,192",
    "inputs tokens + max_new_tokens must be <= 4096: too many input tokens",
    "输入内容超过了模型的上下文长度",
]


@pytest.mark.parametrize("words", TOO_LONG)
def test_a_prompt_that_is_too_long_is_told_in_whatever_words(server: Scripted, words: str) -> None:
    server.script = lambda _: Reply(status=400, body={"error": {"message": words}})

    with pytest.raises(WriterError) as caught:
        asked(server, OPENROUTER, "m", PROSE)

    assert str(caught.value).startswith(f"the request is too long for `m` (400: {words.removesuffix('.')[:100]}")
    assert len(server.requests) <= 2


CAPS = [
    ("max_tokens is too large: 1000. This model supports at most 400 completion tokens", 400),
    ("Invalid max_tokens value, the valid range of max_tokens is [1, 400]", 400),
    ("`max_tokens` must be less than or equal to `400`, the maximum value for `max_tokens`", 400),
    ("max_tokens: 1000 > 400, which is the maximum allowed number of output tokens", 400),
    ("This request requires more credits, or fewer max_tokens. You requested up to 1000, but can only afford 400", 400),
]


@pytest.mark.parametrize(("words", "most"), CAPS)
def test_a_cap_that_a_server_tells_is_obeyed_and_remembered(server: Scripted, words: str, most: int) -> None:
    status = 402 if "credits" in words else 400
    server.replies(Reply(status=status, body={"error": {"message": words}}), Reply("It burned."), Reply("It rained."))

    session = asked(server, OPENROUTER, "m", PROSE, PROSE)

    assert [answer.text for answer in session.answers] == ["It burned.", "It rained."]
    assert [request.body["max_tokens"] for request in server.requests] == [1000, most, most]
    assert session.lines == [f"The server gives at most {most} tokens to an answer: asking for no more."]


def test_a_context_that_a_server_tells_leaves_room_for_less_of_an_answer(server: Scripted) -> None:
    words = (
        "This model's maximum context length is 600 tokens. However, you requested 1012 tokens"
        " (12 in the messages, 1000 in the completion)."
    )
    server.replies(Reply(status=400, body={"error": {"message": words}}), Reply("It burned."))

    session = asked(server, OPENROUTER, "m", PROSE)

    assert [answer.text for answer in session.answers] == ["It burned."]
    assert server.requests[1].body["max_tokens"] < 600
    assert session.lines == ["The model's context is 600 tokens: asking for less of an answer."]


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("name", ["stream_options", "response_format"])
def test_an_extra_that_a_server_does_not_take_and_does_not_name_is_left_out(
    server: Scripted, status: int, name: str
) -> None:
    server.script = lambda request: (
        refusal(status, "server_error", "internal") if name in request.body else Reply('{"a": 1}')
    )
    question = PROSE if name == "stream_options" else PLAN

    session = asked(server, UNKNOWN, "m", question, question)

    assert len(session.answers) == 2
    assert name not in server.requests[-1].body
    assert len(server.requests) <= 6


def test_a_model_without_a_systems_message_is_asked_without_one(server: Scripted) -> None:
    server.script = lambda request: (
        refusal(400, "invalid_request_error", "System role not supported")
        if request.body["messages"][0]["role"] == "system"
        else Reply("It burned.")
    )

    session = asked(server, OPENROUTER, "m", PROSE, PROSE)

    assert len(session.answers) == 2
    assert len(server.requests) == 3
    assert server.requests[-1].body["messages"][0]["content"].startswith("You write.\n\n")


def test_a_server_that_gets_no_json_out_of_its_model_is_asked_for_it_in_words(server: Scripted) -> None:
    error = {"error": {"code": "json_validate_failed", "message": "Failed to generate JSON."}}
    server.replies(Reply(status=400, body=error), Reply('{"a": 1}'))

    session = asked(server, OPENROUTER, "m", PLAN)

    assert len(session.answers) == 1
    assert "response_format" not in server.requests[1].body


def test_a_server_that_reads_a_part_of_what_was_sent_is_told_of_once(server: Scripted) -> None:
    usage = {"prompt_tokens": 40, "completion_tokens": 3}
    event = json.dumps({"choices": [{"delta": {"content": "It burned."}, "finish_reason": "stop"}], "usage": usage})
    server.script = lambda _: Reply(events=[f"data: {event}\n\n", "data: [DONE]\n\n"])
    question = Request("chapter:1", "You write.", "Write a chapter of this. " * 120, 1000)

    session = asked(server, UNKNOWN, "m", question, question)

    assert session.lines == [
        "The server read 40 of about 752 tokens: it cut what was sent. Give the model more context."
    ]

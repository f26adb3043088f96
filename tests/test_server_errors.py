"""Errors as servers word them, wherever they stand: each has its own remedy, and the server's words are shown."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from calling import PROSE, Session
from scripted import Reply, Scripted, refusal

from novelist.errors import Refused, WriterError
from novelist.model.bodies import ServerError
from novelist.model.faults import fault
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
    "no credits, at xAI": (
        403,
        {
            "code": "The caller does not have permission to execute the specified operation",
            "error": "Your newly created team 1a doesn't have any credits yet. You can purchase some.",
        },
        "balance",
    ),
    "no credits left, at xAI": (
        429,
        {
            "code": "Some resource has been exhausted",
            "error": "Your team 1a has either used all available credits or reached its monthly spending limit.",
        },
        "balance",
    ),
    "no balance, at Volcengine": (
        403,
        {"error": {"code": "AccountOverdueError", "message": "your account has an overdue balance. Recharge it."}},
        "balance",
    ),
    "no balance, at DashScope": (
        400,
        {"code": "Arrearage", "message": "Access denied, please make sure your account is in good standing."},
        "balance",
    ),
    "no balance, at SiliconFlow": (
        403,
        {"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None},
        "balance",
    ),
    "no balance, at Fireworks": (
        412,
        {"error": {"message": "Account m is suspended, possibly due to reaching the monthly spending limit"}},
        "balance",
    ),
    "no balance, at Hugging Face": (
        402,
        {"error": "You have exceeded your monthly included credits for Inference Providers."},
        "balance",
    ),
    "no balance, at MiniMax": (
        200,
        {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
        "balance",
    ),
    "a package that is used up, in Chinese": (400, {"error": {"message": "资源包余量已用尽，请购买资源包"}}, "balance"),
    "no balance, at Baichuan": (400, {"error": {"message": "账户余额不足，请充值"}}, "balance"),
    "a free quota that is used up, at DashScope": (
        429,
        {"error": {"code": "Throttling.AllocationQuota", "message": "Free allocated quota exceeded."}},
        "balance",
    ),
    "a limit of one's own, at Volcengine": (
        429,
        {"error": {"code": "SetLimitExceeded", "message": "Your account has reached the set inference limit for m."}},
        "setting",
    ),
    "requests of a day, at Baidu": (
        400,
        {"error_code": 17, "error_msg": "Open api daily request limit reached"},
        "day",
    ),
    "requests of five hours, at Zhipu": (
        429,
        {"error": {"code": "1308", "message": "已达到 5 小时的使用上限。您的限额将在 18:00 重置"}},
        "day",
    ),
    "a key, at Apigee": (
        401,
        {"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "oauth.v2.InvalidApiKey"}}},
        "key",
    ),
    "a key, in XML": (403, "<Error><Code>InvalidAccessKey</Code><Message>No such key.</Message></Error>", "key"),
    "a key, in Chinese": (401, {"error": {"code": "1000", "message": "身份验证失败。"}}, "key"),
    "a key, as a bad request in Chinese": (400, {"error": {"message": "鉴权失败：API Key 无效"}}, "key"),
    "a key, at MiniMax": (200, {"base_resp": {"status_code": 2049, "status_msg": "invalid api key"}}, "key"),
    "a model, in Chinese": (400, {"error": {"code": "1211", "message": "模型不存在，请检查模型代码。"}}, "model"),
    "a model, at Volcengine": (
        404,
        {"error": {"code": "ModelNotOpen", "message": "Your account has not activated the model m."}},
        "model",
    ),
    "a model that is not open, in Chinese": (403, {"error": {"message": "您无权访问该模型"}}, "model"),
    "a filter, at Zhipu": (
        400,
        {"error": {"code": "1301", "message": "系统检测到输入或生成内容可能包含不安全或敏感内容"}},
        "filter",
    ),
    "a filter, at Volcengine": (
        400,
        {"error": {"code": "SensitiveContentDetected", "message": "The request failed because of its text"}},
        "filter",
    ),
    "a filter, at MiniMax": (200, {"base_resp": {"status_code": 1026, "status_msg": "input new_sensitive"}}, "filter"),
    "requests of a day, in Chinese": (429, {"error": {"code": "1304", "message": "该API已达当日调用次数限额"}}, "day"),
    "another address, at Apigee": (
        404,
        {"fault": {"faultstring": "Unable to identify proxy for host: default", "detail": {"errorcode": "NotFound"}}},
        "address",
    ),
    "another address, in XML": (404, "<?xml version='1.0'?><Error><Message>No such key</Message></Error>", "address"),
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
    "address": "there is no API of OpenAI's kind at this address (404: ",
    "day": "the account has had all that it may ask for in a day (4",
    "large": "the request is too large for this account (",
    "filter": "the content filter of an OpenAI-compatible server stopped the request (",
}


@pytest.mark.parametrize(("status", "body", "what"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_by_what_it_says(
    server: Scripted, waits: list[float], status: int, body: Any, what: str
) -> None:
    server.script = lambda _: Reply(status=status, body=body, events=[json.dumps(body)] if status == 200 else None)

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
    {"fault": {"faultstring": WORDS, "detail": {"errorcode": "policies.ratelimit.QuotaViolation"}}},
    {"errors": [WORDS]},
    {"detail": [WORDS]},
    {"errors": WORDS},
    {"Message": WORDS},
    {"title": WORDS, "status": 400},
    {"Response": {"Error": {"Code": "InvalidParameter", "Message": WORDS}, "RequestId": "1"}},
    {"ResponseMetadata": {"RequestId": "1", "Error": {"Code": "InvalidParameter", "Message": WORDS}}},
    f"<Error><Code>InvalidArgument</Code><Message>{WORDS}</Message></Error>",
    f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <message>{WORDS}</message>\n</Error>',
    f'<ns:error xmlns:ns="x"><ns:message lang="en"><![CDATA[{WORDS}]]></ns:message></ns:error>',
    f"<error>{WORDS}</error>",
    {"success": False, "errorCode": 1, "errorMsg": WORDS},
    {"event": "error", "data": {"message": WORDS}},
    {"code": 1, "data": {"errmsg": WORDS}},
    "<soap:Fault><faultcode>Client</faultcode><faultstring>the server&apos;s own words</faultstring></soap:Fault>",
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
    "输入长度超过限制",
    "Prompt 超长",
    "输入的 tokens 数超过了模型的限制",
    "`inputs` must have less than 4096 tokens. Given: 5000",
    "This model's maximum prompt length is 8192 but the request contains 9001 tokens.",
    "the max input characters is 5120",
    "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000",
    "length of prompt_tokens (9000) must be less than max_seq_len (8192).",
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


class BadRequestError(Exception):
    """An error as the SDK raises it."""

    __module__ = "openai"
    status_code = 400


@pytest.mark.parametrize(
    "words",
    [
        "Rate limit reached. You can increase it by adding a payment method to your account.",
        "You exceeded your current quota, please check your plan and billing details.",
        "您的账户已达到速率限制，请您控制请求频率",
        "该模型当前访问量过大，请您稍后再试",
        "Rate limit quota violation. Quota limit exceeded.",
        "The service is unable to handle additional requests due to server overload.",
    ],
)
def test_a_server_that_is_only_busy_is_not_taken_for_an_account_that_is_empty(words: str) -> None:
    wrong = fault(ServerError({"error": {"message": words, "code": 429}}))
    assert wrong is not None
    assert (wrong.busy, wrong.no_quota, wrong.used_up) == (True, False, False)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Please try again in 6m0s.", 360),
        ("Rate limit reached: Limit 3, Used 3. Please try again in 20s. Visit the site", 20),
        ("try again in 515ms", 0.515),
        ("Please try again in 12m57.6s", 777.6),
        ("Please retry in 34.07s.", 34.07),
        ("Please retry after 20 seconds.", 20),
        ("Please wait 30 seconds and try again", 30),
        ("Try again in 2 hours", 7200),
        ("again in 3 minutes 20 seconds", 200),
        ("Please try again later", 0),
        ("try again in 5 months", 0),
        ("again in 1", 0),
    ],
)
def test_when_a_server_wants_to_be_asked_again_is_read_in_its_words(words: str, seconds: float) -> None:
    wrong = fault(ServerError({"error": {"message": words, "code": 429}}))
    assert wrong is not None
    assert wrong.wait == pytest.approx(seconds)


def test_a_server_that_tells_in_words_when_to_be_asked_again_is_asked_then(
    server: Scripted, waits: list[float]
) -> None:
    limit = {"error": {"message": "Rate limit reached. Please try again in 1m5s.", "code": 429}}
    server.replies(Reply(status=429, body=limit), Reply(events=[json.dumps(limit)]), Reply("It burned."))

    session = asked(server, OPENROUTER, "m", PROSE)

    assert [answer.text for answer in session.answers] == ["It burned."]
    assert waits == [65, 65]


# What a server says of a context and of the prompt that it counted, and of the longest answer.
SIZES = [
    ("maximum context length is 8192 tokens. However, you requested 9012 tokens (8012 in the messages", 8192, 8012, 0),
    ("maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.", 8192, 9001, 0),
    ("maximum context length is 4096 tokens and your request has 500 input tokens (4000 > 4096 - 500)", 4096, 500, 0),
    ("maximum context length is 4096 tokens. However, your prompt contains 3097 input tokens", 4096, 3097, 0),
    ("The decoder prompt (length 9000) is longer than the maximum model length of 8192.", 8192, 9000, 0),
    ("Prompt contains 40000 tokens, too large for model with 32768 maximum context length", 32768, 40000, 0),
    ("The prompt is too long: 9000, model maximum context length: 8191", 8191, 9000, 0),
    ("request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it", 8192, 9000, 0),
    ("Requested tokens (2500) exceed context window of 2048", 2048, 2500, 0),
    ("prompt is too long: 208310 tokens > 200000 maximum", 200000, 208310, 0),
    ("input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000", 200000, 188240, 0),
    ("Input token count (33000) exceeds the maximum number of tokens allowed (32768).", 32768, 33000, 0),
    ("Trying to keep the first 9000 tokens. Loaded with context length of only 4096 tokens", 4096, 9000, 0),
    ("Range of input length should be [1, 30720]", 30720, 0, 0),
    ("Range of max_tokens should be [1, 8192]", 0, 0, 8192),
    ("`inputs` must have less than 4096 tokens. Given: 5000", 4096, 5000, 0),
    ("`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 3500 `inputs` tokens and 1000", 4096, 3500, 0),
    ("This model's maximum prompt length is 8192 but the request contains 9001 tokens.", 8192, 9001, 0),
    ("number of tokens in the prompt cannot exceed 4081 - received 5000", 4081, 5000, 0),
    ("length of prompt_tokens (9000) must be less than max_seq_len (8192).", 8192, 9000, 0),
    ("Your request exceeded model token limit: 8192 (requested: 9500)", 8192, 0, 0),
    ("maximum context length is 32768 tokens. However, you requested 66000 (500 of text input, 65500", 32768, 500, 0),
    ("maximum context length of 131072 tokens. You requested 139000 tokens from the input messages", 131072, 139000, 0),
    ("invalid params, context window exceeds limit (2013)", 0, 0, 0),
    ("the max length of current question is 11200", 11200, 0, 0),
    ("the length of the prompt exceeds the max limit of 5120", 5120, 0, 0),
    ("max_tokens (32000) exceeds the model's maximum output tokens (8192)", 0, 0, 8192),
    ("max_tokens: 64000 > 8192, which is the maximum allowed number of output tokens", 0, 0, 8192),
    ("The value of max_tokens should be in [1, 16384]", 0, 0, 16384),
    ("`max_new_tokens` must be <= 2048. Given: 4000", 0, 0, 2048),
    ("max_tokens must be at least 16", 0, 0, 0),
    ("max_tokens的取值范围为1到8192", 0, 0, 8192),
    ("输入内容过长，最大支持 32768 tokens", 32768, 0, 0),
    ("输入 9000 tokens 超过模型最大上下文长度 8192", 8192, 9000, 0),
    ("max_tokens参数非法，取值范围 [1，4095]", 0, 0, 4095),
    ("max_tokens 不能超过 4096", 0, 0, 4096),
    ("max_tokens 超过上限 4096", 0, 0, 4096),
    ("max_tokens最大值为 8192", 0, 0, 8192),
]


@pytest.mark.parametrize(("words", "context", "prompt", "most"), SIZES, ids=[words[:40] for words, *_ in SIZES])
def test_the_sizes_that_a_server_tells_are_read(words: str, context: int, prompt: int, most: int) -> None:
    error = BadRequestError()
    error.body = {"message": words}  # type: ignore[attr-defined]
    wrong = fault(error)
    assert wrong is not None
    assert (wrong.context, wrong.prompt, wrong.most) == (context, prompt, most)


def test_the_prompt_that_a_server_counted_is_what_a_person_is_told(server: Scripted) -> None:
    words = "context length is 600 but prompt has 590"
    server.script = lambda _: Reply(status=400, body={"error": {"message": words}})

    with pytest.raises(WriterError) as caught:
        asked(server, OPENROUTER, "m", PROSE)

    assert str(caught.value).startswith(f"the request is too long for `m` (400: {words}); 590 tokens were sent and up")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "error",
    [
        {"message": "maximum context length is 2000 tokens, but the prompt has 1200 tokens"},
        {"message": "too long", "type": "exceed_context_size_error", "n_ctx": 2000, "n_prompt_tokens": 1200},
    ],
    ids=["in words", "in fields"],
)
def test_the_prompt_that_a_server_counted_says_how_much_room_is_left_for_an_answer(
    server: Scripted, error: dict[str, Any]
) -> None:
    server.replies(Reply(status=400, body={"error": error}), Reply("It burned."), Reply("It rained."))

    session = asked(server, OPENROUTER, "m", PROSE, PROSE)

    assert len(session.answers) == 2
    assert [request.body["max_tokens"] for request in server.requests] == [1000, 776, 776]


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

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from calling import PROSE, asked
from in_process import Here
from scripted import Reply, Scripted, refusal

from novelist.errors import Refused, WriterError
from novelist.model.providers import (
    DEEPSEEK,
    LLAMACPP,
    LMSTUDIO,
    MOONSHOT,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    SGLANG,
    UNKNOWN,
    VLLM,
    Provider,
)

if TYPE_CHECKING:
    from shelf import Shelf


REFUSALS = {
    "no balance": (
        refusal(429, "exceeded_current_quota_error", "Your account is suspended."),
        "the account has no balance left (429: Your account is suspended). Top it up, then run `doit` again.",
    ),
    "no balance at OpenAI": (
        Reply(status=429, body={"error": {"code": "insufficient_quota", "message": "You exceeded your quota."}}),
        "the account has no balance left (429: You exceeded your quota). Top it up, then run `doit` again.",
    ),
    "no balance at OpenRouter": (
        refusal(402, "payment_required", "Insufficient credits"),
        "the account has no balance left (402: Insufficient credits). Top it up, then run `doit` again.",
    ),
    "wrong key": (
        refusal(401, "invalid_authentication_error", "Invalid Authentication"),
        "an OpenAI-compatible server refuses the key (401: Invalid Authentication). Check the key in MOONSHOT_API_KEY.",
    ),
    "forbidden": (
        refusal(403, "permission_denied_error", "The API you are accessing is not open"),
        (
            "an OpenAI-compatible server refuses the key (403: The API you are accessing is not open). "
            "Check the key in MOONSHOT_API_KEY."
        ),
    ),
    "unknown model": (
        refusal(404, "resource_not_found_error", "Not found the model kimi-k2.6"),
        (
            "an OpenAI-compatible server knows no model `kimi-k2.6` (404: Not found the model kimi-k2.6). "
            "Set KIMI_MODEL to one that it offers: kimi-k2.6, kimi-k3."
        ),
    ),
    "unknown model, told by its code": (
        Reply(status=400, body={"error": {"code": "model_not_found", "message": "No such model"}}),
        (
            "an OpenAI-compatible server knows no model `kimi-k2.6` (400: No such model). "
            "Set KIMI_MODEL to one that it offers: kimi-k2.6, kimi-k3."
        ),
    ),
    "an address where nothing is": (
        Reply(status=404, body="<html><h1>Not Found</h1></html>"),
        ("there is no API of OpenAI's kind at this address (404: Not Found). Check KIMI_BASE_URL."),
    ),
    "too long a prompt": (
        Reply(status=400, body={"error": {"code": "context_length_exceeded", "message": "8192 tokens at most"}}),
        (
            "the request is too long for `kimi-k2.6` (400: 8192 tokens at most); about 243 tokens were sent and up to "
            "4,000 asked for. Give the model more context, shorten the bible or the outline, or set another KIMI_MODEL."
        ),
    ),
    "too long a prompt, told by its words": (
        refusal(400, "invalid_request_error", "Input token length too long"),
        (
            "the request is too long for `kimi-k2.6` (400: Input token length too long); about 243 tokens were sent "
            "and up to 4,000 asked for. Give the model more context, shorten the bible or the outline, or set another "
            "KIMI_MODEL."
        ),
    ),
}


@pytest.mark.parametrize(("reply", "told"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_not_tried_again_and_says_what_to_do(
    here: Here, server: Scripted, reply: Reply, told: str
) -> None:
    server.replies(reply)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines() == [f"bible        failed: {told}"]
    assert server.tasks == ["bible"]
    assert set(here.texts()) == {"premise.md", "dodo.py"}


def test_a_refused_key_is_told_in_one_line(book: Shelf, server: Scripted) -> None:
    server.replies(refusal(401, "invalid_authentication_error", "Invalid Authentication"))

    ran = book.doit()

    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "bible        failed: an OpenAI-compatible server refuses the key (401: Invalid Authentication). "
        "Check the key in MOONSHOT_API_KEY.\n"
    )
    assert server.tasks == ["bible"]


def test_a_balance_that_ends_in_the_middle_of_a_book_stops_it_there(here: Here, server: Scripted) -> None:
    server.on("chapter:2", refusal(429, "exceeded_current_quota_error", "Your account is suspended."))

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:02   failed: the account has no balance left (429: Your account is suspended). "
        "Top it up, then run `doit` again."
    )
    assert server.tasks == ["bible", "outline", "chapter:1", "summary:1", "chapter:2"]
    server.clear()
    assert here.doit().status == 0
    assert server.tasks[0] == "chapter:2"
    assert len(server.tasks) == 8


def test_a_balance_that_ends_in_the_middle_of_a_stream_is_not_tried_again(here: Here, server: Scripted) -> None:
    error = {"type": "exceeded_current_quota_error", "message": "Your account is suspended."}
    server.on("chapter:1", Reply("The lamp", error=error))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the account has no balance left (Your account is suspended). "
        "Top it up, then run `doit` again. What came of it is in .novelist/partial/the-lamp-of-day-1.part; "
        "the next build goes on from there."
    )
    assert server.tasks == ["bible", "outline", "chapter:1"]


def refused(name: str, status: int = 400) -> Reply:
    """Return the error of a server that does not know the parameter `name`."""
    error = {"type": "invalid_request_error", "message": f"unknown parameter: {name}", "param": name}
    return Reply(status=status, body={"error": error})


@pytest.mark.parametrize("status", [400, 422])
def test_a_parameter_that_a_server_refuses_is_left_out_for_the_rest_of_the_run(
    here: Here, server: Scripted, status: int
) -> None:
    server.replies(refused("response_format", status))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert ran.out.splitlines()[0] == "The server refuses `response_format`: going on without it."
    assert ran.out.count("going on without it") == 1
    assert server.tasks == ["bible", "bible", "outline", "chapter:1"]
    assert ["response_format" in request.body for request in server.requests] == [True, False, False, False]


def test_two_parameters_that_a_server_refuses_are_both_left_out(here: Here, server: Scripted) -> None:
    server.replies(refused("response_format"), refused("stream_options"))

    assert here.doit("chapter:01").status == 0

    assert server.tasks == ["bible", "bible", "bible", "outline", "chapter:1"]
    for request in server.requests[2:]:
        assert not {"response_format", "stream_options"} & request.body.keys()


def test_a_parameter_named_only_in_the_message_is_left_out_too(here: Here, server: Scripted) -> None:
    message = "invalid temperature: only 1 is allowed for this model"
    server.replies(refusal(400, "invalid_request_error", message))

    assert here.doit("bible", KIMI_TEMPERATURE="0.7").status == 0

    assert ["temperature" in request.body for request in server.requests] == [True, False]


def test_a_parameter_is_left_out_once_only(here: Here, server: Scripted) -> None:
    server.replies(*[refused("response_format")] * 3)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "bible        failed: an OpenAI-compatible server refuses the request "
        "(400: unknown parameter: response_format); about 243 tokens were sent and up to 4,000 asked for. "
        "Check the model's settings in .env."
    )
    assert server.tasks == ["bible", "bible"]


def test_the_cap_is_never_left_out(here: Here, server: Scripted) -> None:
    server.replies(*[refused("max_tokens")] * 3)

    ran = here.doit()

    assert ran.status == 1
    assert all("max_tokens" in request.body or "max_completion_tokens" in request.body for request in server.requests)
    assert len(server.requests) <= 2


def test_a_refused_parameter_is_tried_again_in_the_next_run(here: Here, server: Scripted) -> None:
    server.replies(refused("stream_options"))
    assert here.doit("bible").status == 0
    server.clear()

    assert here.doit("outline").status == 0

    assert ["stream_options" in request.body for request in server.requests] == [True]


def error(status: int, message: str, **more: Any) -> Reply:
    """Return an error of OpenAI's form."""
    return Reply(status=status, body={"error": {"message": message, **more}})


OFFERED = "Set KIMI_MODEL to one that it offers: kimi-k2.6, kimi-k3."
SIZES = "about 12 tokens were sent and up to 1,000 asked for"
TOO_LONG = "Give the model more context, shorten the bible or the outline, or set another KIMI_MODEL."
NO_BALANCE = "Top it up, then run `doit` again."
NO_API = "Check KIMI_BASE_URL."
SETTINGS = "Check the model's settings in .env."
MOONSHOTS = (
    "Check the key in MOONSHOT_API_KEY; keys of platform.kimi.com work with KIMI_BASE_URL=https://api.moonshot.cn/v1 "
    "only."
)

ENDINGS: dict[str, tuple[Provider, Reply, str]] = {
    "Moonshot, key": (
        MOONSHOT,
        refusal(401, "incorrect_api_key_error", "Incorrect API key provided"),
        f"Moonshot refuses the key (401: Incorrect API key provided). {MOONSHOTS}",
    ),
    "Moonshot, rights": (
        MOONSHOT,
        refusal(403, "permission_denied_error", "not open"),
        f"Moonshot refuses the key (403: not open). {MOONSHOTS}",
    ),
    "Moonshot, model": (
        MOONSHOT,
        refusal(404, "resource_not_found_error", "Not found the model m"),
        f"Moonshot knows no model `m` (404: Not found the model m). {OFFERED}",
    ),
    "Moonshot, balance": (
        MOONSHOT,
        refusal(429, "exceeded_current_quota_error", "suspended"),
        f"the account has no balance left (429: suspended). {NO_BALANCE}",
    ),
    "OpenAI, key": (
        OPENAI,
        error(401, "Incorrect API key provided: sk-test-key.", type="invalid_request_error", code="invalid_api_key"),
        "OpenAI refuses the key (401: Incorrect API key provided: …). Check the key in MOONSHOT_API_KEY.",
    ),
    "OpenAI, model": (
        OPENAI,
        error(404, "The model does not exist", type="invalid_request_error", param=None, code="model_not_found"),
        f"OpenAI knows no model `m` (404: The model does not exist). {OFFERED}",
    ),
    "OpenAI, balance": (
        OPENAI,
        error(429, "You exceeded your quota", type="insufficient_quota", param=None, code="insufficient_quota"),
        f"the account has no balance left (429: You exceeded your quota). {NO_BALANCE}",
    ),
    "OpenAI, context": (
        OPENAI,
        error(400, "8192", type="invalid_request_error", param="messages", code="context_length_exceeded"),
        f"the request is too long for `m` (400: 8192); {SIZES}. {TOO_LONG}",
    ),
    "OpenRouter, key": (
        OPENROUTER,
        error(401, "User not found.", code=401),
        "OpenRouter refuses the key (401: User not found). Check the key in MOONSHOT_API_KEY.",
    ),
    "OpenRouter, model": (
        OPENROUTER,
        error(404, "No endpoints found for m.", code=404),
        f"OpenRouter knows no model `m` (404: No endpoints found for m). {OFFERED}",
    ),
    "OpenRouter, no such id": (
        OPENROUTER,
        error(400, "m is not a valid model ID", code=400),
        f"OpenRouter knows no model `m` (400: m is not a valid model ID). {OFFERED}",
    ),
    "OpenRouter, balance": (
        OPENROUTER,
        error(402, "Insufficient credits", code=402),
        f"the account has no balance left (402: Insufficient credits). {NO_BALANCE}",
    ),
    "DeepSeek, key": (
        DEEPSEEK,
        error(401, "Authentication Fails", type="authentication_error", param=None, code="invalid_request_error"),
        "DeepSeek refuses the key (401: Authentication Fails). Check the key in MOONSHOT_API_KEY.",
    ),
    "DeepSeek, model": (
        DEEPSEEK,
        error(400, "Model Not Exist", type="invalid_request_error", param=None, code="invalid_request_error"),
        f"DeepSeek knows no model `m` (400: Model Not Exist). {OFFERED}",
    ),
    "DeepSeek, balance": (
        DEEPSEEK,
        error(402, "Insufficient Balance", type="unknown_error", param=None, code="invalid_request_error"),
        f"the account has no balance left (402: Insufficient Balance). {NO_BALANCE}",
    ),
    "vLLM, model": (
        VLLM,
        error(404, "The model `m` does not exist.", type="NotFoundError", param="model", code=404),
        f"vLLM knows no model `m` (404: The model `m` does not exist). {OFFERED}",
    ),
    "an older vLLM, model": (
        SGLANG,
        Reply(
            status=404,
            body={"object": "error", "message": "The model `m` does not exist.", "type": "NotFoundError", "code": 404},
        ),
        f"SGLang knows no model `m` (404: The model `m` does not exist). {OFFERED}",
    ),
    "vLLM, context": (
        VLLM,
        error(400, "maximum context length is 8192 tokens", type="BadRequestError", param=None, code=400),
        f"the request is too long for `m` (400: maximum context length is 8192 tokens); {SIZES}. {TOO_LONG}",
    ),
    "vLLM, another address": (
        VLLM,
        Reply(status=404, body={"detail": "Not Found"}),
        f"there is no API of OpenAI's kind at this address (404: Not Found). {NO_API}",
    ),
    "llama.cpp, key": (
        LLAMACPP,
        error(401, "Invalid API Key", type="authentication_error", code=401),
        "llama.cpp refuses the key (401: Invalid API Key). Check the key in MOONSHOT_API_KEY.",
    ),
    "llama.cpp, context": (
        LLAMACPP,
        error(400, "the request exceeds the context", type="exceed_context_size_error", code=400, n_ctx=8192),
        f"the request is too long for `m` (400: the request exceeds the context); {SIZES}. {TOO_LONG}",
    ),
    "Ollama, model": (
        OLLAMA,
        error(404, "model 'm' not found", type="not_found_error", param=None, code=None),
        f"Ollama knows no model `m` (404: model 'm' not found). {OFFERED}",
    ),
    "Ollama, another address": (
        OLLAMA,
        Reply(status=404, body="404 page not found"),
        f"there is no API of OpenAI's kind at this address (404: 404 page not found). {NO_API}",
    ),
    "LM Studio, model": (
        LMSTUDIO,
        error(400, "Failed to load", type="invalid_request_error", param="model", code="model_not_found"),
        f"LM Studio knows no model `m` (400: Failed to load). {OFFERED}",
    ),
    "too large for a gateway": (
        UNKNOWN,
        Reply(status=413, body="<html>\n<h1>413</h1>\n</html>"),
        f"an OpenAI-compatible server refuses the request (Error code: 413); {SIZES}. {SETTINGS}",
    ),
}


@pytest.mark.parametrize(("provider", "reply", "told"), ENDINGS.values(), ids=ENDINGS)
def test_a_refusal_in_each_servers_own_form_is_understood(
    server: Scripted, provider: Provider, reply: Reply, told: str
) -> None:
    server.script = lambda _: reply

    with pytest.raises(WriterError) as caught:
        asked(server, provider, "m", PROSE)

    assert str(caught.value) == told
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", [name for name in ENDINGS if "context" not in name and "gateway" not in name])
def test_what_no_later_call_can_mend_stops_the_build(server: Scripted, name: str) -> None:
    provider, reply, _ = ENDINGS[name]
    server.script = lambda _: reply

    with pytest.raises(Refused):
        asked(server, provider, "m", PROSE)


FLAGGED = {"reasons": ["violence"], "flagged_input": "…", "provider_name": "OpenAI", "model_slug": "m"}
FILTERED: dict[str, tuple[Provider, Reply, str]] = {
    "Moonshot": (MOONSHOT, refusal(400, "content_filter", "high risk"), "(400: high risk)"),
    "OpenAI": (OPENAI, error(400, "flagged", type=None, param="prompt", code="content_filter"), "(400: flagged)"),
    "OpenRouter": (OPENROUTER, error(403, "flagged", code=403, metadata=FLAGGED), "(403: flagged)"),
}


@pytest.mark.parametrize(("provider", "reply", "said"), FILTERED.values(), ids=FILTERED)
def test_a_content_filter_gets_one_more_try(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, provider: Provider, reply: Reply, said: str
) -> None:
    monkeypatch.setattr("novelist.model.tries.LONGEST_WAIT", 0.0)
    server.replies(reply, Reply("It burned."))
    asked(server, provider, "m", PROSE)
    assert len(server.requests) == 2

    server.script = lambda _: reply
    with pytest.raises(WriterError) as caught:
        asked(server, provider, "m", PROSE)

    assert str(caught.value) == (
        f"the content filter of {provider.name} stopped the request {said}. "
        "Change what it is asked for, or set another KIMI_MODEL."
    )
    assert not isinstance(caught.value, Refused)
    assert len(server.requests) == 4


def test_eight_of_many_models_are_named(server: Scripted) -> None:
    server.models = [f"model-{number}" for number in range(9, 0, -1)]
    server.script = lambda _: refusal(404, "resource_not_found_error")

    with pytest.raises(Refused) as caught:
        asked(server, MOONSHOT, "m", PROSE)

    named = ", ".join(f"model-{number}" for number in range(1, 9))
    assert str(caught.value) == (
        f"Moonshot knows no model `m` (404: no). Set KIMI_MODEL to one that it offers: {named} …."
    )


def test_a_model_whose_name_is_like_a_parameter_is_unknown_at_once(server: Scripted) -> None:
    message = "The model `deepseek-thinking` does not exist"
    server.script = lambda _: error(400, message, type="invalid_request_error", param=None, code="model_not_found")

    with pytest.raises(Refused) as caught:
        asked(server, DEEPSEEK, "deepseek-thinking", PROSE)

    assert str(caught.value) == f"DeepSeek knows no model `deepseek-thinking` (400: {message}). {OFFERED}"
    assert len(server.requests) == 1


def test_an_address_where_something_else_answers_is_told(server: Scripted) -> None:
    # LM Studio without `/v1`: it says so with a status of success, and no stream.
    body = {"error": "Unexpected endpoint or method. (POST /chat/completions)"}
    server.script = lambda _: Reply(status=201, body=body)

    with pytest.raises(WriterError) as caught:
        asked(server, LMSTUDIO, "m", PROSE)

    assert str(caught.value).startswith("there is no API of OpenAI's kind at this address")
    assert str(caught.value).endswith("Check KIMI_BASE_URL.")
    assert len(server.requests) == 1


def test_a_key_of_the_other_platform_is_told_at_the_chinese_one_too(here: Here, server: Scripted) -> None:
    server.script = lambda _: refusal(401, "invalid_authentication_error", "Invalid Authentication")

    # The scripted server is the proxy on the way to it.
    ran = here.doit("bible", KIMI_BASE_URL="http://api.moonshot.cn/v1", HTTP_PROXY=server.base_url.removesuffix("/v1"))

    assert ran.status == 1
    assert ran.out == (
        "bible        failed: Moonshot refuses the key (401: Invalid Authentication). Check the key in "
        "MOONSHOT_API_KEY; keys of platform.kimi.ai work with KIMI_BASE_URL=https://api.moonshot.ai/v1 only.\n"
    )
    assert [request.path for request in server.requests] == ["http://api.moonshot.cn/v1/chat/completions"]

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from calling import PROSE, Session, Silence, asked
from frames import COUNTED, ENDED, OPENED, TEXT, says, stream
from scripted import Reply, Scripted, refusal
from scripted import Request as Came

from novelist.errors import Refused, WriterError
from novelist.model.access import Access
from novelist.model.budget import Budget
from novelist.model.client import Client
from novelist.model.providers import (
    DEEPSEEK,
    DEFAULT_MODEL,
    KNOWN,
    LLAMACPP,
    LMSTUDIO,
    MOONSHOT,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    RETIRED,
    SGLANG,
    UNKNOWN,
    VLLM,
    Provider,
    provider_of,
    successor,
)
from novelist.model.request import Request
from novelist.model.stream import Answer
from novelist.model.tokens import Usage

PLAN = Request(
    "outline", "You write.", "Plan this novel in 5 chapters.", 1000, schema={"type": "object"}, thinking=True
)
REST = replace(PROSE, begun="The lamp", instruction="Go on behind: The lamp")


@pytest.mark.parametrize(
    ("base_url", "provider"),
    [
        ("https://api.moonshot.ai/v1", MOONSHOT),
        ("https://api.moonshot.cn/v1", MOONSHOT),
        ("https://API.MOONSHOT.AI:443/v1/", MOONSHOT),
        ("https://api.openai.com/v1", OPENAI),
        ("https://api.deepseek.com", replace(DEEPSEEK, prefill=None)),
        ("https://api.deepseek.com/beta", DEEPSEEK),
        ("https://openrouter.ai/api/v1", OPENROUTER),
        ("http://127.0.0.1:11434/v1", OLLAMA),
        ("http://localhost:1234/v1", LMSTUDIO),
        ("http://[::1]:11434/v1", OLLAMA),
        ("http://[::1]:8080/v1", UNKNOWN),
        ("https://far.example:11434/v1", UNKNOWN),
        ("https://api.moonshot.ai.evil.example/v1", UNKNOWN),
        ("https://evil.example/api.moonshot.ai", UNKNOWN),
    ],
)
def test_a_server_is_known_by_its_host(base_url: str, provider: Provider) -> None:
    assert provider_of(base_url) == provider


@pytest.mark.parametrize("model", [*RETIRED, "moonshot-v1-8k", "moonshot-v1-128k", "moonshot-v1-auto"])
def test_a_retired_model_has_a_successor_at_moonshot_only(model: str) -> None:
    assert successor(MOONSHOT, model) == DEFAULT_MODEL
    assert successor(UNKNOWN, model) is None


@pytest.mark.parametrize("model", ["kimi-k2.6", "kimi-k3", "kimi-k2.7-code", "kimi-k2.7-code-highspeed"])
def test_a_living_model_has_no_successor(model: str) -> None:
    assert successor(MOONSHOT, model) is None


def test_a_retired_model_is_replaced_and_said_so_once(server: Scripted) -> None:
    lines = asked(server, MOONSHOT, "kimi-k2-thinking", PLAN, PROSE)

    assert lines == ["`kimi-k2-thinking` is retired at Moonshot: using `kimi-k2.6`. Set KIMI_MODEL to choose."]
    assert [request.body["model"] for request in server.requests] == ["kimi-k2.6"] * 2


def test_a_retired_id_is_sent_as_it_is_to_any_other_server(server: Scripted) -> None:
    assert asked(server, UNKNOWN, "kimi-k2-thinking", PROSE) == []

    assert server.requests[0].body["model"] == "kimi-k2-thinking"


def test_k2_6_thinks_for_plans_and_not_for_prose(server: Scripted) -> None:
    asked(server, MOONSHOT, "kimi-k2.6", PLAN, PROSE)

    plan, prose = (request.body for request in server.requests)
    assert plan["thinking"] == {"type": "enabled"}
    assert plan["max_completion_tokens"] == 1000 + 16_000
    assert prose["thinking"] == {"type": "disabled"}
    assert prose["max_completion_tokens"] == 1000


@pytest.mark.parametrize("model", ["kimi-k3", "kimi-k2.7-code"])
def test_a_model_that_always_thinks_gets_no_switch_and_more_room(server: Scripted, model: str) -> None:
    asked(server, MOONSHOT, model, PLAN, PROSE)

    for request in server.requests:
        assert "thinking" not in request.body
        assert request.body["max_completion_tokens"] == 1000 + 16_000


def test_k3_thinks_less_for_prose_than_for_plans(server: Scripted) -> None:
    asked(server, MOONSHOT, "kimi-k3", PLAN, PROSE)

    assert [request.body["reasoning_effort"] for request in server.requests] == ["high", "low"]


SWITCHES = {
    "OpenAI": (OPENAI, "o3", {"reasoning_effort": "high"}, {"reasoning_effort": "low"}),
    "OpenAI, a model that does not reason": (OPENAI, "gpt-4.1", {}, {}),
    "DeepSeek": (DEEPSEEK, "v4", {"thinking": {"type": "enabled"}}, {"thinking": {"type": "disabled"}}),
    "OpenRouter": (OPENROUTER, "any", {"reasoning": {"enabled": True}}, {"reasoning": {"enabled": False}}),
    "vLLM": (
        VLLM,
        "any",
        {"chat_template_kwargs": {"thinking": True, "enable_thinking": True}},
        {"chat_template_kwargs": {"thinking": False, "enable_thinking": False}},
    ),
    "Ollama": (OLLAMA, "any", {}, {"reasoning_effort": "none"}),
    "LM Studio": (LMSTUDIO, "any", {}, {}),
    "unknown": (UNKNOWN, "kimi-k2.6", {}, {}),
}
OF_THINKING = ("thinking", "reasoning", "reasoning_effort", "chat_template_kwargs")


@pytest.mark.parametrize(("provider", "model", "on", "off"), SWITCHES.values(), ids=SWITCHES)
@pytest.mark.parametrize(("setting", "wanted"), [("plan", "10"), ("always", "11"), ("never", "00")])
def test_thinking_is_switched_in_each_servers_own_way(  # noqa: PLR0913, PLR0917
    server: Scripted,
    provider: Provider,
    model: str,
    on: dict[str, object],
    off: dict[str, object],
    setting: str,
    wanted: str,
) -> None:
    asked(server, provider, model, PLAN, PROSE, thinking=setting)

    sent = [{key: request.body[key] for key in OF_THINKING if key in request.body} for request in server.requests]
    assert sent == [on if want == "1" else off for want in wanted]


@pytest.mark.parametrize("provider", [SGLANG, LLAMACPP], ids=lambda provider: provider.name)
def test_sglang_and_llama_cpp_switch_thinking_as_vllm_does(server: Scripted, provider: Provider) -> None:
    asked(server, provider, "any", PROSE)

    assert server.requests[0].body["chat_template_kwargs"] == {"thinking": False, "enable_thinking": False}


@pytest.mark.parametrize("provider", KNOWN, ids=lambda provider: provider.name)
def test_calls_of_one_book_are_marked_where_the_server_knows_how(server: Scripted, provider: Provider) -> None:
    asked(server, provider, "some-model", PROSE)

    marked = server.requests[0].body.get("prompt_cache_key")
    assert marked == ("novelist-h1" if provider in (MOONSHOT, OPENAI) else None)


@pytest.mark.parametrize(
    ("provider", "cap", "other"),
    [
        (MOONSHOT, "max_completion_tokens", "max_tokens"),
        (OPENAI, "max_completion_tokens", "max_tokens"),
        (DEEPSEEK, "max_tokens", "max_completion_tokens"),
        (OLLAMA, "max_tokens", "max_completion_tokens"),
        (LMSTUDIO, "max_tokens", "max_completion_tokens"),
        (VLLM, "max_tokens", "max_completion_tokens"),
        (UNKNOWN, "max_tokens", "max_completion_tokens"),
    ],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
def test_the_cap_goes_by_the_name_that_the_server_knows(
    server: Scripted, provider: Provider, cap: str, other: str
) -> None:
    asked(server, provider, "some-model", PROSE)

    assert server.requests[0].body[cap] >= 1000
    assert other not in server.requests[0].body


@pytest.mark.parametrize(
    ("provider", "kind"),
    [(MOONSHOT, "json_schema"), (OPENAI, "json_schema"), (UNKNOWN, "json_schema"), (DEEPSEEK, "json_object")],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
def test_a_plan_is_asked_for_in_the_form_that_the_server_knows(server: Scripted, provider: Provider, kind: str) -> None:
    asked(server, provider, "some-model", PLAN, PROSE)

    plan, prose = (request.body for request in server.requests)
    assert plan["response_format"]["type"] == kind
    assert "response_format" not in prose


@pytest.mark.parametrize("provider", KNOWN, ids=lambda provider: provider.name)
def test_no_server_is_sent_what_samples_unless_it_is_set(server: Scripted, provider: Provider) -> None:
    asked(server, provider, "kimi-k2.6", PLAN, PROSE)

    for request in server.requests:
        assert not {"temperature", "top_p", "n", "presence_penalty", "frequency_penalty", "seed"} & request.body.keys()


def test_moonshot_is_sent_no_temperature_even_where_it_is_set(server: Scripted) -> None:
    lines: list[str] = []
    access = Access(server.base_url, "kimi-k2.6", key="sk-test-key", provider=MOONSHOT, temperature=0.7)
    client = Client(access, lines.append, cast("Budget", Silence()))
    client.write(PROSE, Silence())
    client.close()

    assert "temperature" not in server.requests[0].body
    assert lines == ["Moonshot accepts no temperature: KIMI_TEMPERATURE is not sent."]


def test_a_refused_key_at_moonshot_names_the_other_platform(server: Scripted) -> None:
    server.replies(refusal(401, "invalid_authentication_error", "Invalid Authentication"))

    with pytest.raises(Refused) as caught:
        asked(server, MOONSHOT, "kimi-k2.6", PROSE)

    assert str(caught.value) == (
        "Moonshot refuses the key (401: Invalid Authentication). Check the key in MOONSHOT_API_KEY; "
        "keys of platform.kimi.com work with KIMI_BASE_URL=https://api.moonshot.cn/v1 only."
    )
    assert len(server.requests) == 1


SWITCH_ON = {"chat_template_kwargs": {"thinking": True, "enable_thinking": True}}
SWITCH_OFF = {"chat_template_kwargs": {"thinking": False, "enable_thinking": False}}
SCHEMA = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": {"type": "object"}}}
BEGUN = {"role": "assistant", "content": "The lamp"}
TOLD = {"role": "user", "content": f"{PROSE.user}\n\n{REST.instruction}"}


@dataclass(frozen=True)
class Speech:
    """How one kind of server is spoken to: for a plan, for prose, and for its rest; and how it answers."""

    provider: Provider
    model: str
    plan: dict[str, Any]
    prose: dict[str, Any]
    last: dict[str, Any]
    answer: list[str]
    reasoning: str
    usage: Usage
    rest: dict[str, Any] = field(default_factory=dict)


SPEECHES = [
    Speech(
        MOONSHOT,
        "kimi-k2.6",
        plan={
            "max_completion_tokens": 17_000,
            "thinking": {"type": "enabled"},
            "prompt_cache_key": "novelist-h1",
            "response_format": SCHEMA,
        },
        prose={
            "max_completion_tokens": 1000,
            "thinking": {"type": "disabled"},
            "prompt_cache_key": "novelist-h1",
        },
        last={**BEGUN, "partial": True},
        answer=stream(
            OPENED,
            says({"reasoning_content": "Hm."}),
            TEXT,
            says({}, "stop", usage={**COUNTED, "cached_tokens": 80}),
            {"choices": [], "usage": {**COUNTED, "cached_tokens": 80}},
        ),
        reasoning="Hm.",
        usage=Usage(100, 80, 20, 1),
    ),
    Speech(
        OPENAI,
        "gpt-5",
        plan={
            "max_completion_tokens": 17_000,
            "reasoning_effort": "high",
            "prompt_cache_key": "novelist-h1",
            "response_format": SCHEMA,
        },
        prose={"max_completion_tokens": 17_000, "reasoning_effort": "low", "prompt_cache_key": "novelist-h1"},
        last=TOLD,
        answer=stream(
            {**says({"role": "assistant", "content": "", "refusal": None}), "usage": None, "obfuscation": "x"},
            {**TEXT, "usage": None},
            {**ENDED, "usage": None},
            {
                "choices": [],
                "usage": {
                    **COUNTED,
                    "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
                    "completion_tokens_details": {"reasoning_tokens": 12, "accepted_prediction_tokens": 0},
                },
            },
        ),
        reasoning="",
        usage=Usage(100, 64, 20, 12),
    ),
    Speech(
        OPENROUTER,
        "moonshotai/kimi-k2.6",
        plan={"max_tokens": 17_000, "reasoning": {"enabled": True}, "response_format": SCHEMA},
        prose={"max_tokens": 1000, "reasoning": {"enabled": False}},
        last=TOLD,
        answer=stream(
            ": OPENROUTER PROCESSING\n\n",
            {
                **says({"role": "assistant", "content": "", "reasoning": "Hm.", "reasoning_details": []}),
                "provider": "x",
            },
            ": OPENROUTER PROCESSING\n\n",
            TEXT,
            says({"content": ""}, "stop", native_finish_reason="stop"),
            {
                **says({"role": "assistant", "content": ""}),
                "usage": {
                    **COUNTED,
                    "cost": 0.01,
                    "prompt_tokens_details": {"cached_tokens": 50, "cache_write_tokens": 0},
                    "completion_tokens_details": {"reasoning_tokens": 5},
                },
            },
        ),
        reasoning="Hm.",
        usage=Usage(100, 50, 20, 5),
    ),
    Speech(
        DEEPSEEK,
        "deepseek-v4-pro",
        plan={"max_tokens": 17_000, "thinking": {"type": "enabled"}, "response_format": {"type": "json_object"}},
        prose={"max_tokens": 1000, "thinking": {"type": "disabled"}},
        last={**BEGUN, "prefix": True},
        answer=stream(
            ": keep-alive\n\n",
            says({"role": "assistant", "content": None, "reasoning_content": "Hm."}),
            says({"content": "It burned.", "reasoning_content": None}),
            {
                **says({"content": ""}, "stop"),
                "usage": {
                    **COUNTED,
                    "prompt_cache_hit_tokens": 70,
                    "prompt_cache_miss_tokens": 30,
                    "completion_tokens_details": {"reasoning_tokens": 9},
                },
            },
        ),
        reasoning="Hm.",
        usage=Usage(100, 70, 20, 9),
    ),
    Speech(
        VLLM,
        "moonshotai/Kimi-K2.6",
        plan={"max_tokens": 17_000, **SWITCH_ON, "response_format": SCHEMA},
        prose={"max_tokens": 1000, **SWITCH_OFF},
        last=BEGUN,
        rest={"continue_final_message": True, "add_generation_prompt": False},
        answer=stream(
            OPENED,
            says({"reasoning": "Hm."}, logprobs=None, token_ids=None),
            TEXT,
            says({"content": ""}, "stop", stop_reason=None),
            {"choices": [], "usage": COUNTED},
        ),
        reasoning="Hm.",
        usage=Usage(100, 0, 20, 1),
    ),
    Speech(
        SGLANG,
        "moonshotai/Kimi-K2.6",
        plan={"max_tokens": 17_000, **SWITCH_ON, "response_format": SCHEMA},
        prose={"max_tokens": 1000, **SWITCH_OFF},
        last=BEGUN,
        rest={"continue_final_message": True, "add_generation_prompt": False},
        answer=stream(
            says({"role": "assistant", "content": "", "reasoning_content": None, "tool_calls": None}),
            says({"role": None, "content": None, "reasoning_content": "Hm."}),
            TEXT,
            says({"content": None}, "stop", matched_stop=2),
            {"choices": [], "usage": {**COUNTED, "prompt_tokens_details": None, "reasoning_tokens": 12}},
        ),
        reasoning="Hm.",
        usage=Usage(100, 0, 20, 12),
    ),
    Speech(
        LLAMACPP,
        "kimi.gguf",
        plan={"max_tokens": 17_000, "cache_prompt": True, **SWITCH_ON, "response_format": SCHEMA},
        prose={"max_tokens": 1000, "cache_prompt": True, **SWITCH_OFF},
        last=BEGUN,
        answer=stream(
            says({"role": "assistant", "content": None}),
            says({"reasoning_content": "Hm."}),
            TEXT,
            ENDED,
            {
                "choices": [],
                "usage": {**COUNTED, "prompt_tokens_details": {"cached_tokens": 90}},
                "timings": {"cache_n": 90, "prompt_n": 10, "predicted_n": 20},
            },
        ),
        reasoning="Hm.",
        usage=Usage(100, 90, 20, 1),
    ),
    Speech(
        OLLAMA,
        "kimi-k2.6:cloud",
        plan={"max_tokens": 17_000, "response_format": SCHEMA},
        prose={"max_tokens": 1000, "reasoning_effort": "none"},
        last=TOLD,
        answer=stream(
            {**says({"role": "assistant", "content": "", "reasoning": "Hm."}), "system_fingerprint": "fp_ollama"},
            says({"role": "assistant", "content": "It burned."}),
            says({"role": "assistant", "content": ""}, "stop"),
            {"choices": [], "usage": COUNTED},
        ),
        reasoning="Hm.",
        usage=Usage(100, 0, 20, 1),
    ),
    Speech(
        LMSTUDIO,
        "qwen3",
        plan={"max_tokens": 1000, "response_format": SCHEMA},
        prose={"max_tokens": 1000},
        last=TOLD,
        answer=stream(
            says({"role": "assistant", "reasoning_content": "Hm."}, logprobs=None),
            says({"role": "assistant", "content": "It burned."}),
            ENDED,
            {"choices": [], "usage": {**COUNTED, "completion_tokens_details": {"reasoning_tokens": 12}}},
        ),
        reasoning="Hm.",
        usage=Usage(100, 0, 20, 12),
    ),
    Speech(
        UNKNOWN,
        "some-model",
        plan={"max_tokens": 1000, "response_format": SCHEMA},
        prose={"max_tokens": 1000},
        last=TOLD,
        answer=stream(OPENED, TEXT, says({"content": ""}, "stop")),
        reasoning="",
        usage=Usage(12, 0, 2, 0, estimated=True),
    ),
]


def test_each_provider_has_a_speech() -> None:
    assert [speech.provider for speech in SPEECHES] == list(KNOWN)


@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.provider.name)
def test_a_plan_and_prose_and_its_rest_are_asked_for_and_heard_in_each_dialect(
    server: Scripted, speech: Speech
) -> None:
    server.script = lambda _: Reply(events=speech.answer)
    session = Session()

    session.ask(server, speech.provider, speech.model, PLAN, PROSE, REST)

    always = {"model": speech.model, "stream": True, "stream_options": {"include_usage": True}}
    system = {"role": "system", "content": "You write."}
    asked = [{"role": "user", "content": PROSE.user}] if speech.last["role"] == "assistant" else []
    assert [request.body for request in server.requests] == [
        {**always, **speech.plan, "messages": [system, {"role": "user", "content": PLAN.user}]},
        {**always, **speech.prose, "messages": [system, {"role": "user", "content": PROSE.user}]},
        {**always, **speech.prose, **speech.rest, "messages": [system, *asked, speech.last]},
    ]
    assert session.answers == [Answer("It burned.", "stop", speech.reasoning)] * 3
    assert [spent.usage for spent in session.paid][1] == speech.usage
    assert [spent.finish for spent in session.paid] == ["stop"] * 3
    assert session.lines == []


@pytest.mark.parametrize(
    ("provider", "finish"),
    [
        (SGLANG, "abort"),
        (DEEPSEEK, "insufficient_system_resource"),
        (OPENROUTER, "error"),
        (UNKNOWN, "weather"),
        (UNKNOWN, None),
    ],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
def test_a_text_that_a_server_ends_for_a_reason_of_its_own_was_cut(
    server: Scripted, provider: Provider, finish: str | None
) -> None:
    server.replies(Reply("The lamp", finish=finish))
    session = Session()

    session.ask(server, provider, "m", PROSE)

    assert session.answers == [Answer("The lamp", "cut")]
    assert [spent.finish for spent in session.paid] == ["cut"]
    assert len(server.requests) == 1


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_a_reason_that_every_server_knows_is_told_on(server: Scripted, finish: str) -> None:
    server.replies(Reply("The lamp", finish=finish))
    session = Session()

    session.ask(server, UNKNOWN, "m", PROSE)

    assert session.answers == [Answer("The lamp", finish)]


ODD = [
    "null",
    "5",
    "[]",
    '"text"',
    "{}",
    '{"choices": null}',
    '{"choices": {}}',
    '{"choices": "text"}',
    '{"choices": [null]}',
    '{"choices": [{}]}',
    '{"choices": [{"delta": null}]}',
    '{"choices": [{"delta": "text"}]}',
    '{"choices": [{"delta": {"content": ["text"]}}]}',
    '{"choices": [{"delta": {"content": 5}}]}',
    '{"choices": [], "usage": "text"}',
    '{"choices": [], "usage": []}',
    '{"choices": [], "usage": {"prompt_tokens": "7", "completion_tokens": 1.5}}',
    '{"choices": [{"delta": {}, "usage": "text"}]}',
    '{"choices": [{"delta": {}, "finish_reason": {"type": "abort"}}]}',
]


@pytest.mark.parametrize("odd", ODD)
def test_a_chunk_of_an_odd_form_does_no_harm(server: Scripted, odd: str) -> None:
    server.replies(Reply(events=stream(OPENED, f"data: {odd}\n\n", TEXT, ENDED, f"data: {odd}\n\n")))
    session = Session()

    session.ask(server, UNKNOWN, "m", PROSE)

    assert [answer.text for answer in session.answers] == ["It burned."]
    assert session.paid[0].usage.estimated
    assert len(server.requests) == 1


def refuses(*names: str, **error: Any) -> Any:
    """Return a script that refuses a request which has one of these parameters, and answers any other."""

    def script(request: Came) -> Reply:
        found = next((name for name in names if name in request.body), None)
        if found is None:
            return Reply("It burned.")
        told = {"type": "invalid_request_error", "message": "no", "param": found, **error}
        return Reply(status=400, body={"error": told})

    return script


UNSUPPORTED = "Unsupported parameter: '{}' is not supported with this model. Use '{}' instead."


@pytest.mark.parametrize("error", [{}, {"param": None, "message": UNSUPPORTED}], ids=["by its name", "in words"])
@pytest.mark.parametrize(
    ("provider", "known", "other"),
    [
        (LMSTUDIO, "max_tokens", "max_completion_tokens"),
        (OPENAI, "max_completion_tokens", "max_tokens"),
    ],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
def test_a_cap_that_is_refused_goes_by_its_other_name_for_the_rest_of_the_run(
    server: Scripted, provider: Provider, known: str, other: str, error: dict[str, Any]
) -> None:
    error = {key: value and value.format(known, other) for key, value in error.items()}
    server.script = refuses(known, **error)

    lines = asked(server, provider, "gpt-4.1", PROSE, PLAN, PROSE)

    assert lines == [f"The server refuses `{known}`: using `{other}`."]
    assert [(known in request.body, request.body.get(other)) for request in server.requests] == [
        (True, None),
        (False, 1000),
        (False, 1000),
        (False, 1000),
    ]


def test_a_cap_that_is_refused_by_both_names_ends_in_one_line(server: Scripted) -> None:
    server.script = refuses("max_tokens", "max_completion_tokens")

    with pytest.raises(WriterError) as caught:
        asked(server, UNKNOWN, "m", PROSE)

    assert str(caught.value) == (
        "an OpenAI-compatible server refuses the request (400: no); about 12 tokens were sent and up to 1,000 asked "
        "for. Check the model's settings in .env."
    )
    assert len(server.requests) == 2


PARAMETERS = [
    (MOONSHOT, "prompt_cache_key"),
    (MOONSHOT, "thinking"),
    (MOONSHOT, "stream_options"),
    (OPENAI, "reasoning_effort"),
    (OPENROUTER, "reasoning"),
    (DEEPSEEK, "thinking"),
    (VLLM, "chat_template_kwargs"),
    (SGLANG, "chat_template_kwargs"),
    (LLAMACPP, "cache_prompt"),
    (OLLAMA, "reasoning_effort"),
    (LMSTUDIO, "stream_options"),
    (UNKNOWN, "stream_options"),
]


@pytest.mark.parametrize(
    ("provider", "name"), PARAMETERS, ids=lambda value: value.name if isinstance(value, Provider) else value
)
@pytest.mark.parametrize(
    "error", [{}, {"param": None, "message": "`{}`: extra fields not permitted"}], ids=["by its name", "in words"]
)
def test_a_parameter_that_is_refused_is_dropped_once_and_for_the_rest_of_the_run(
    server: Scripted, provider: Provider, name: str, error: dict[str, Any]
) -> None:
    server.script = refuses(name, **{key: value and value.format(name) for key, value in error.items()})
    model = "kimi-k2.6" if provider is MOONSHOT else "gpt-5"

    lines = asked(server, provider, model, PROSE, PROSE, PROSE)

    assert lines == [f"The server refuses `{name}`: going on without it."]
    assert [name in request.body for request in server.requests] == [True, False, False, False]
    kept = [set(request.body) - {name} for request in server.requests]
    assert kept == [kept[0]] * 4


def test_a_part_of_a_parameter_that_is_refused_names_the_whole(server: Scripted) -> None:
    server.script = refuses("response_format", param="response_format.json_schema.schema")

    assert asked(server, OPENAI, "gpt-4.1", PLAN) == ["The server refuses `response_format`: going on without it."]


def test_a_model_that_must_reason_at_openrouter_is_let_reason(server: Scripted) -> None:
    server.script = refuses(
        "reasoning",
        type=None,
        param=None,
        code=400,
        message="Reasoning is mandatory for this endpoint and cannot be disabled.",
    )

    lines = asked(server, OPENROUTER, "moonshotai/kimi-k3", PROSE, PROSE)

    assert lines == ["The server refuses `reasoning`: going on without it."]
    assert ["reasoning" in request.body for request in server.requests] == [True, False, False]


@pytest.mark.parametrize("name", ["continue_final_message", "add_generation_prompt"])
@pytest.mark.parametrize("provider", [VLLM, SGLANG], ids=lambda provider: provider.name)
def test_a_server_that_refuses_how_a_text_is_gone_on_with_is_told_instead(
    server: Scripted, provider: Provider, name: str
) -> None:
    server.script = refuses(name)
    session = Session()

    session.ask(server, provider, "m", REST, REST)

    assert session.lines == ["The server does not go on with a text of ours: telling it what it wrote."]
    assert len(server.requests) == 3
    for request in server.requests[1:]:
        assert request.body["messages"][-1] == TOLD
        assert not {"continue_final_message", "add_generation_prompt"} & request.body.keys()

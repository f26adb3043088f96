from __future__ import annotations

import pytest
from scripted import Scripted, refusal

from novelist.access import Access
from novelist.errors import Refused
from novelist.model import Request, Writer
from novelist.providers import (
    DEEPSEEK,
    DEFAULT_MODEL,
    MOONSHOT,
    OPENAI,
    RETIRED,
    UNKNOWN,
    Provider,
    provider_of,
    successor,
)

PLAN = Request(
    "outline", "You write.", "Plan this novel in 5 chapters.", 1000, schema={"type": "object"}, thinking=True
)
PROSE = Request("chapter:1", "You write.", 'Write chapter 1 of 5, "A", in 50 words.', 1000)


class Silence:
    """A listener that hears nothing."""

    def start(self) -> None:
        """Begin."""

    def add(self, piece: str) -> None:
        """Take a piece."""


def asked(server: Scripted, provider: Provider, model: str, *requests: Request) -> list[str]:
    """Ask the scripted server as if it were `provider`, and return the lines that a person is told."""
    lines: list[str] = []
    writer = Writer(Access(server.base_url, model, key="sk-test-key"), lines.append)
    writer.provider = provider
    try:
        for request in requests:
            writer.write(request, Silence())
    finally:
        writer.close()
    return lines


@pytest.mark.parametrize(
    ("base_url", "provider"),
    [
        ("https://api.moonshot.ai/v1", MOONSHOT),
        ("https://api.moonshot.cn/v1", MOONSHOT),
        ("https://API.MOONSHOT.AI:443/v1/", MOONSHOT),
        ("https://api.openai.com/v1", OPENAI),
        ("https://api.deepseek.com", DEEPSEEK),
        ("https://openrouter.ai/api/v1", UNKNOWN),
        ("http://127.0.0.1:11434/v1", UNKNOWN),
        ("http://[::1]:8080/v1", UNKNOWN),
        ("https://api.moonshot.ai.evil.example/v1", UNKNOWN),
        ("https://evil.example/api.moonshot.ai", UNKNOWN),
    ],
)
def test_a_server_is_known_by_its_host(base_url: str, provider: Provider) -> None:
    assert provider_of(base_url) is provider


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


@pytest.mark.parametrize("provider", [OPENAI, DEEPSEEK, UNKNOWN], ids=lambda provider: provider.name)
@pytest.mark.parametrize("model", ["kimi-k2.6", "some-model"])
def test_no_other_server_is_sent_the_switch(server: Scripted, provider: Provider, model: str) -> None:
    asked(server, provider, model, PLAN, PROSE)

    assert not any("thinking" in request.body for request in server.requests)


@pytest.mark.parametrize(
    ("provider", "cap", "other"),
    [
        (MOONSHOT, "max_completion_tokens", "max_tokens"),
        (OPENAI, "max_completion_tokens", "max_tokens"),
        (DEEPSEEK, "max_tokens", "max_completion_tokens"),
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


@pytest.mark.parametrize("provider", [MOONSHOT, OPENAI, DEEPSEEK, UNKNOWN], ids=lambda provider: provider.name)
def test_no_server_is_sent_what_samples_unless_it_is_set(server: Scripted, provider: Provider) -> None:
    asked(server, provider, "kimi-k2.6", PLAN, PROSE)

    for request in server.requests:
        assert not {"temperature", "top_p", "n", "presence_penalty", "frequency_penalty", "seed"} & request.body.keys()


def test_a_refused_key_at_moonshot_names_the_other_platform(server: Scripted) -> None:
    server.replies(refusal(401, "invalid_authentication_error", "Invalid Authentication"))

    with pytest.raises(Refused) as caught:
        asked(server, MOONSHOT, "kimi-k2.6", PROSE)

    assert str(caught.value) == (
        "Moonshot refuses the key (401: Invalid Authentication). Check the key in MOONSHOT_API_KEY; "
        "keys of platform.kimi.com work with KIMI_BASE_URL=https://api.moonshot.cn/v1 only."
    )
    assert len(server.requests) == 1

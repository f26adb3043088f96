from __future__ import annotations

from typing import Any

import pytest
from in_process import Here, everything
from scripted import Reply, Request, Scripted, prose, rest

WHOLE = prose(50, 999)
PLANS = {"bible", "outline"}
PLANNED = ["bible", "outline"] + [f"{kind}:{number}" for number in range(1, 6) for kind in ("chapter", "summary")]


def test_every_request_streams_and_has_a_cap(here: Here, server: Scripted) -> None:
    assert here.doit().status == 0

    assert len(server.requests) == 12
    for request in server.requests:
        assert request.path == "/v1/chat/completions"
        assert request.body["stream"] is True
        assert request.body["max_tokens"] > 0
        assert request.body["model"] == "kimi-k2.6"
        assert "max_completion_tokens" not in request.body
        assert "thinking" not in request.body


def test_a_request_is_one_system_and_one_user_message(here: Here, server: Scripted) -> None:
    assert here.doit().status == 0

    for request in server.requests:
        assert [message["role"] for message in request.body["messages"]] == ["system", "user"]
        assert all(message["content"].strip() for message in request.body["messages"])
    assert len({request.body["messages"][0]["content"] for request in server.requests}) == 1


def test_bible_and_outline_are_asked_for_with_a_schema_and_prose_is_not(here: Here, server: Scripted) -> None:
    assert here.doit().status == 0

    schemas = {request.task: request.body.get("response_format") for request in server.requests}
    assert {task for task, schema in schemas.items() if schema} == {"bible", "outline"}
    required = {"bible": ["people", "places", "things", "rules", "style"], "outline": ["title", "about", "parts"]}
    for task, names in required.items():
        found: Any = schemas[task]
        assert found["type"] == "json_schema"
        assert found["json_schema"]["strict"] is True
        assert found["json_schema"]["schema"]["additionalProperties"] is False
        assert set(names) <= set(found["json_schema"]["schema"]["required"])


@pytest.mark.parametrize("name", ["temperature", "top_p", "n", "presence_penalty", "frequency_penalty", "seed"])
def test_no_sampling_parameter_is_sent_unasked(here: Here, server: Scripted, name: str) -> None:
    assert here.doit("chapter:01").status == 0

    assert not any(name in request.body for request in server.requests)


@pytest.mark.parametrize(("setting", "sent"), [("0", 0.0), ("0.7", 0.7), ("2", 2.0)])
def test_a_temperature_that_is_set_is_sent(here: Here, server: Scripted, setting: str, sent: float) -> None:
    assert here.doit("chapter:01", KIMI_TEMPERATURE=setting).status == 0

    assert [request.body["temperature"] for request in server.requests] == [sent] * 3


def test_a_cap_that_is_set_is_sent_with_every_request(here: Here, server: Scripted) -> None:
    assert here.doit("summary:01", KIMI_MAX_OUTPUT_TOKENS="12345").status == 0

    assert [request.body["max_tokens"] for request in server.requests] == [12345] * 4


def test_the_model_that_is_set_is_sent(here: Here, server: Scripted) -> None:
    assert here.doit("chapter:01", KIMI_MODEL="some/other-model").status == 0

    assert [request.body["model"] for request in server.requests] == ["some/other-model"] * 3
    assert "\n  model: some/other-model\n" in here.chapter(1).read_text(encoding="utf-8")


def test_the_books_own_env_file_is_read(here: Here, server: Scripted) -> None:
    for name in ("KIMI_BASE_URL", "MOONSHOT_API_KEY"):
        del here.environ[name]
    lines = [f"KIMI_BASE_URL={server.base_url}", "MOONSHOT_API_KEY=key-of-the-book", "KIMI_MODEL='model-of-the-book'"]
    (here / ".env").write_text("\n".join(lines), encoding="utf-8")

    assert here.doit("chapter:01").status == 0

    assert len(server.requests) == 3
    for request in server.requests:
        assert request.headers["authorization"] == "Bearer key-of-the-book"
        assert request.body["model"] == "model-of-the-book"
    assert "key-of-the-book" not in everything(here)


def test_the_environment_comes_before_the_env_file(here: Here, server: Scripted) -> None:
    (here / ".env").write_text("MOONSHOT_API_KEY=key-of-the-book\nKIMI_MODEL=model-of-the-book\n", encoding="utf-8")

    assert here.doit("bible", KIMI_MODEL="model-of-the-environment").status == 0

    assert server.requests[0].headers["authorization"] == "Bearer sk-test-key"
    assert server.requests[0].body["model"] == "model-of-the-environment"


def test_a_server_on_loopback_needs_no_key(here: Here, server: Scripted) -> None:
    del here.environ["MOONSHOT_API_KEY"]

    assert here.doit("chapter:01").status == 0

    assert server.tasks == ["bible", "outline", "chapter:1"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("KIMI_TEMPERATURE", "hot", "is `hot`. Set a number from 0 to 2, or leave it out."),
        ("KIMI_MAX_OUTPUT_TOKENS", "0", "is `0`. Set a whole number of tokens, or leave it out."),
        ("MOONSHOT_API_KEY", "sk test", "has characters that no key has. Copy the key again."),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_asked(
    here: Here, server: Scripted, name: str, value: str, told: str
) -> None:
    ran = here.doit(**{name: value})

    assert ran.status == 1
    assert ran.out.splitlines() == [f"bible        failed: {name} in the environment {told}"]
    assert server.requests == []


def test_an_address_that_is_none_is_told_before_anything_is_asked(here: Here, server: Scripted) -> None:
    ran = here.doit(KIMI_BASE_URL="localhost:11434")

    assert ran.status == 1
    assert ran.out.splitlines() == [
        "bible        failed: KIMI_BASE_URL in the environment is no address of a server. Write it as https://host/v1."
    ]
    assert server.requests == []


def test_a_wrong_premise_is_told_before_anything_is_asked(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: five")

    ran = here.doit()

    assert ran.status == 3
    assert ran.err == (
        "ERROR: premise.md:5: `chapters: five` is neither a whole number nor a range such as `20-40`. Change it.\n"
    )
    assert server.requests == []


def test_a_wrong_outline_is_told_before_anything_is_asked(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text("## 1. The Lamp\n\nA.\n\n## 2. The Lamp\n\nB.\n", encoding="utf-8")

    ran = here.doit()

    assert ran.status == 3
    assert ran.err.startswith("ERROR: outline.md:5: ")
    assert server.requests == []


@pytest.mark.parametrize("template", ["chapter.md.j2", "summary.md.j2"])
def test_a_wrong_template_of_the_book_is_told_before_anything_is_asked(
    here: Here, server: Scripted, template: str
) -> None:
    (here / "prompts").mkdir()
    (here / "prompts" / template).write_text("Write {{ this", encoding="utf-8")

    ran = here.doit()

    assert ran.status != 0
    assert f"prompts/{template}:1: " in ran.out + ran.err
    assert server.requests == []


def test_a_template_that_is_no_text_is_told_before_anything_is_asked(here: Here, server: Scripted) -> None:
    (here / "prompts").mkdir()
    (here / "prompts" / "chapter.md.j2").write_bytes(b"Write.\nOf the S\xf8.")

    ran = here.doit()

    assert ran.status != 0
    assert "prompts/chapter.md.j2:2: this is not UTF-8 text. Save it as UTF-8.\n" in ran.out + ran.err
    assert server.requests == []


def goes_on(server: Scripted) -> None:
    """Cut chapter 1 off in the middle, at a space."""
    book, first = server.script, iter([Reply(WHOLE[: WHOLE.index(" ", 150) + 1], finish="length")])

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        return next(first, None) or Reply(rest(WHOLE, request.begun))

    server.script = script


PROVIDERS = [
    *("moonshot", "openai", "openrouter", "deepseek", "vllm", "sglang", "llamacpp", "ollama", "lmstudio", "unknown")
]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_message_is_empty_or_ends_in_a_blank_and_none_is_begun_in_json(
    here: Here, server: Scripted, provider: str
) -> None:
    goes_on(server)

    assert here.doit("summary:01", KIMI_PROVIDER=provider).status == 0

    assert server.tasks == ["bible", "outline", "chapter:1", "chapter:1", "summary:1"]
    for request in server.requests:
        messages = request.body["messages"]
        assert all(message["content"] == message["content"].strip() != "" for message in messages)
        assert [message["role"] for message in messages][:2] == ["system", "user"]
        assert messages[-1]["role"] == "user" or "response_format" not in request.body


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_call_of_a_book_has_a_cap_by_one_name(here: Here, server: Scripted, provider: str) -> None:
    goes_on(server)

    assert here.doit("summary:01", KIMI_PROVIDER=provider).status == 0

    caps = [{"max_tokens", "max_completion_tokens"} & request.body.keys() for request in server.requests]
    known = "max_completion_tokens" if provider in ("moonshot", "openai") else "max_tokens"
    assert caps == [{known}] * 5


def test_a_server_that_knows_only_json_is_told_its_fields_in_words(here: Here, server: Scripted) -> None:
    assert here.doit("outline", KIMI_PROVIDER="deepseek").status == 0

    bible, outline = server.requests
    assert [request.body["response_format"] for request in server.requests] == [{"type": "json_object"}] * 2
    assert "JSON" in bible.prompt
    assert "JSON" in outline.prompt
    assert all(f'"{name}"' in bible.prompt for name in ("people", "places", "things", "name", "also", "about"))
    assert all(f'"{name}"' in bible.prompt for name in ("rules", "style"))
    assert all(f'"{name}"' in outline.prompt for name in ("title", "about", "parts", "chapters", "part", "happens"))


@pytest.mark.parametrize(("setting", "thinks"), [("plan", PLANS), ("never", set[str]()), ("always", None), ("", PLANS)])
def test_only_plans_are_thought_about_unless_it_is_set_otherwise(
    here: Here, server: Scripted, setting: str, thinks: set[str] | None
) -> None:
    assert here.doit("summary:01", KIMI_PROVIDER="moonshot", KIMI_THINKING=setting).status == 0

    switches = {request.task: request.body["thinking"]["type"] for request in server.requests}
    wanted = set(switches) if thinks is None else thinks
    assert switches == {task: "enabled" if task in wanted else "disabled" for task in switches}
    for request in server.requests:
        assert (request.body["max_completion_tokens"] >= 16_000) == (request.task in wanted)


@pytest.mark.parametrize(
    ("model", "efforts"),
    [("kimi-k3", ["high", "high", "low", "low"]), ("kimi-k2.7-code", [None] * 4)],
)
def test_a_model_that_always_thinks_is_given_room_for_it_in_every_call(
    here: Here, server: Scripted, model: str, efforts: list[str | None]
) -> None:
    assert here.doit("summary:01", KIMI_PROVIDER="moonshot", KIMI_MODEL=model).status == 0

    assert [request.body.get("reasoning_effort") for request in server.requests] == efforts
    assert all("thinking" not in request.body for request in server.requests)
    assert all(request.body["max_completion_tokens"] >= 16_000 for request in server.requests)


def test_all_calls_of_a_book_in_all_its_builds_share_a_cache_key_of_its_own(here: Here, server: Scripted) -> None:
    assert here.doit("summary:01", KIMI_PROVIDER="moonshot").status == 0
    assert here.doit("summary:02", KIMI_PROVIDER="moonshot").status == 0
    (key,) = {request.body["prompt_cache_key"] for request in server.requests}
    assert len(server.requests) == 6
    here.edit("premise.md", "Mara keeps a lighthouse", "Mara keeps an inn")
    server.clear()

    assert here.doit("summary:03", KIMI_PROVIDER="moonshot").status == 0

    assert {request.body["prompt_cache_key"] for request in server.requests} != {key}


def test_a_temperature_that_a_server_does_not_take_is_said_once_a_build(here: Here, server: Scripted) -> None:
    ran = here.doit("summary:01", KIMI_PROVIDER="moonshot", KIMI_TEMPERATURE="0.7")

    assert ran.status == 0
    assert ran.out.count("Moonshot accepts no temperature: KIMI_TEMPERATURE is not sent.\n") == 1
    assert not any("temperature" in request.body for request in server.requests)


def test_a_retired_model_is_replaced_in_requests_records_and_ledger(here: Here, server: Scripted) -> None:
    ran = here.doit("chapter:01", KIMI_PROVIDER="moonshot", KIMI_MODEL="kimi-k2-thinking")

    assert ran.status == 0
    told = "`kimi-k2-thinking` is retired at Moonshot: using `kimi-k2.6`. Set KIMI_MODEL to choose.\n"
    assert ran.out.count(told) == 1
    assert [request.body["model"] for request in server.requests] == ["kimi-k2.6"] * 3
    assert "\n  model: kimi-k2.6\n" in here.chapter(1).read_text(encoding="utf-8")
    assert (here / ".novelist" / "ledger.jsonl").read_text(encoding="utf-8").count('"kimi-k2.6"') == 3


def test_a_wrong_provider_or_thinking_is_told_before_anything_is_asked(here: Here, server: Scripted) -> None:
    wrong = here.doit("bible", KIMI_PROVIDER="moonshine")
    other = here.doit("bible", KIMI_THINKING="sometimes")

    assert wrong.out == (
        "bible        failed: KIMI_PROVIDER in the environment is `moonshine`. Set one of moonshot, openai, "
        "openrouter, deepseek, vllm, sglang, llamacpp, ollama, lmstudio, unknown, or leave it out.\n"
    )
    assert other.out == (
        "bible        failed: KIMI_THINKING in the environment is `sometimes`. Set one of plan, always, never, or "
        "leave it out.\n"
    )
    assert (wrong.status, other.status) == (1, 1)
    assert server.requests == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_whole_book_is_written_in_each_dialect_with_no_call_too_many(
    here: Here, server: Scripted, provider: str
) -> None:
    fields = {"openrouter": "reasoning", "vllm": "reasoning", "ollama": "reasoning"}
    places = {"moonshot": "choice", "deepseek": "top", "unknown": None}
    book = server.script

    def script(request: Request) -> Reply:
        return Reply(
            book(request).text,
            reasoning="Hm.",
            reasoning_field=fields.get(provider, "reasoning_content"),
            usage=places.get(provider, "final"),
            comments=True,
        )

    server.script = script

    ran = here.doit(KIMI_PROVIDER=provider)

    assert (ran.status, ran.err) == (0, "")
    assert server.tasks == PLANNED
    assert here.doit(KIMI_PROVIDER=provider).out == "Everything is up to date.\n"


def test_a_server_that_sends_us_elsewhere_takes_no_key_along(here: Here, server: Scripted) -> None:
    with Scripted() as other:
        elsewhere = other.base_url.replace("127.0.0.1", "localhost")
        server.script = lambda _: Reply(status=307, body={}, headers={"location": f"{elsewhere}/chat/completions"})

        here.doit("bible")

    assert server.requests[0].headers["authorization"] == "Bearer sk-test-key"
    assert not any("sk-test-key" in str(request.headers) for request in other.requests)

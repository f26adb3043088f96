from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from in_process import Here, everything
from scripted import Scripted

if TYPE_CHECKING:
    pass


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

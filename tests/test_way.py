"""The way to a server: it gets what is configured for it and nothing else, and why it is not reached is told."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import openai
import pytest
from calling import PROSE, Session
from in_process import Here
from scripted import Reply, Scripted

from novelist.errors import SettingsError, WriterError
from novelist.model.faults import Fault, fault
from novelist.model.providers import MOONSHOT, UNKNOWN
from novelist.model.remedies import Asked, remedy
from novelist.model.way import connect

if TYPE_CHECKING:
    from pathlib import Path

OPENAIS = {
    "OPENAI_ORG_ID": "org-secret",
    "OPENAI_PROJECT_ID": "proj-secret",
    "OPENAI_CUSTOM_HEADERS": "X-Secret: 1\\nAuthorization: Bearer other",
    "OPENAI_API_KEY": "sk-other",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
}


@pytest.mark.parametrize("value", [None, "Ünïcode 灯"])
def test_a_server_gets_nothing_that_the_environment_has_for_openais_own(
    here: Here, server: Scripted, value: str | None
) -> None:
    ran = here.doit("bible", **{name: value or secret for name, secret in OPENAIS.items()})

    assert ran.status == 0, ran.out
    (request,) = server.requests
    assert request.headers["authorization"] == "Bearer sk-test-key"
    assert not {name for name in request.headers if "openai-" in name or "secret" in name}
    assert "secret" not in str(request.headers)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9", "no proxy"])
def test_a_server_on_this_machine_is_reached_past_any_proxy(
    here: Here, server: Scripted, name: str, proxy: str
) -> None:
    assert here.doit("bible", **{name: proxy, "NO_PROXY": ""}).status == 0
    assert server.tasks == ["bible"]


def test_certificates_that_are_none_do_not_stand_in_the_way_of_a_server_that_needs_none(
    here: Here, server: Scripted, tmp_path: Path
) -> None:
    assert here.doit("bible", SSL_CERT_FILE=str(tmp_path / "none.pem")).status == 0
    assert server.tasks == ["bible"]


@pytest.mark.parametrize("proxy", ["socks://127.0.0.1:9", "ftp://proxy", "://", "127.0.0.1:port"])
def test_a_proxy_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(SettingsError) as caught:
        connect("http://models.example/v1", "sk-test-key", 1)
    assert str(caught.value) == (
        "ALL_PROXY in the environment is no proxy that can be used. Correct it, or leave it out."
    )


def test_a_proxy_of_the_socks_kind_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    connect("http://models.example/v1", "sk-test-key", 1).close()


DEAD = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("url", "environ", "variable"),
    [
        ("http://models.example/v1", {"HTTP_PROXY": DEAD}, "HTTP_PROXY"),
        ("http://models.example/v1", {"http_proxy": DEAD, "ALL_PROXY": DEAD}, "http_proxy"),
        ("https://models.example/v1", {"HTTPS_PROXY": DEAD, "HTTP_PROXY": DEAD}, "HTTPS_PROXY"),
        ("https://models.example/v1", {"ALL_PROXY": "socks5://127.0.0.1:9"}, "ALL_PROXY"),
    ],
)
def test_a_proxy_that_does_not_listen_is_told_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, url: str, environ: dict[str, str], variable: str
) -> None:
    assert unreached(monkeypatch, url, environ) == ("proxy", f"the proxy in {variable}: nothing listens there")


def test_a_proxy_without_a_machine_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"HTTP_PROXY": "http://proxy.invalid:3128"}
    found = unreached(monkeypatch, "http://models.example/v1", environ)
    assert found == ("proxy", "the proxy in HTTP_PROXY: no machine has this name")


@pytest.mark.parametrize("environ", [{}, {"HTTPS_PROXY": DEAD}, {"HTTP_PROXY": DEAD, "NO_PROXY": "models.invalid"}])
def test_a_proxy_that_is_not_on_the_way_is_not_told(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    assert unreached(monkeypatch, "http://models.invalid/v1", environ) == ("name", "no machine has this name")


def unreached(monkeypatch: pytest.MonkeyPatch, url: str, environ: dict[str, str]) -> tuple[str, str]:
    """Return why a server is not reached, where these proxies are set."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    client = connect(url, "sk-test-key", 5)
    with pytest.raises(openai.APIConnectionError) as caught:
        client.post("/chat/completions", body={"messages": []}, cast_to=object, stream=True, stream_cls=None)
    client.close()
    wrong = fault(caught.value)
    assert wrong is not None
    return wrong.cause, wrong.words


def test_a_dead_proxy_is_told_with_its_remedy() -> None:
    wrong = Fault(0, frozenset(), "", "the proxy in HTTPS_PROXY: nothing listens there", cause="proxy")
    error = remedy(wrong, Asked(MOONSHOT, "m", "api.moonshot.ai", 1, 1), words=wrong.words, offered=[])
    assert str(error) == (
        "Moonshot is not reached (the proxy in HTTPS_PROXY: nothing listens there). "
        "Correct it in the environment, or put the server's name into NO_PROXY."
    )


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("models.example", "Check KIMI_BASE_URL, or set SSL_CERT_FILE."),
        ("127.0.0.1", "Write its address with http in KIMI_BASE_URL."),
        ("localhost", "Write its address with http in KIMI_BASE_URL."),
    ],
)
def test_certificates_are_advised_where_they_would_be_read(host: str, advice: str) -> None:
    wrong = Fault(0, frozenset(), "", "its certificate is not trusted: self-signed", cause="certificate")
    error = remedy(wrong, Asked(UNKNOWN, "m", host, 1, 1), words=wrong.words, offered=[])
    assert str(error) == (
        "there is no safe line to an OpenAI-compatible server (its certificate is not trusted: self-signed). " + advice
    )


def test_a_name_in_a_script_that_is_none_of_the_internets_is_told() -> None:
    with pytest.raises(SettingsError) as caught:
        connect("https://ｍodels.example/v1", "sk-test-key", 1)
    assert str(caught.value) == "KIMI_BASE_URL is no address of a server. Write it as https://host/v1."


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_are_none_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "mine.pem"
    if content:
        path.write_text(content, encoding="utf-8")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(SettingsError) as caught:
        connect("https://models.example/v1", "sk-test-key", 1)
    assert str(caught.value) == (
        "SSL_CERT_FILE in the environment is no file with certificates. Correct it, or leave it out."
    )


def test_a_server_that_sends_on_to_another_one_is_told_and_not_followed(server: Scripted) -> None:
    with Scripted() as other:
        moved = Reply(status=301, body="", headers={"location": f"{other.base_url}/chat/completions?key=secret"})
        server.script = lambda _: moved
        with pytest.raises(WriterError) as caught:
            Session().ask(server, UNKNOWN, "m", PROSE)
        assert other.requests == []
    assert str(caught.value) == (
        "the address is not that of an OpenAI-compatible server any more "
        "(301: it sends on to http://127.0.0.1/v1/chat/completions). Set KIMI_BASE_URL to the new one."
    )


def test_what_an_address_asks_for_goes_with_each_call(server: Scripted) -> None:
    client = connect(f"{server.base_url}?api-version=2", "sk-test-key", 5)
    client.post("/chat/completions", body={"messages": []}, cast_to=object, stream=True, stream_cls=None)
    client.close()
    assert server.requests[0].path == "/v1/chat/completions?api-version=2"


class APIConnectionError(Exception):
    """An error as the SDK raises it."""

    __module__ = "openai"


@pytest.mark.parametrize(
    ("below", "words"),
    [
        (ssl.SSLCertVerificationError(1, "self-signed"), "its certificate is not trusted: "),
        (ConnectionRefusedError(), "nothing listens there"),
    ],
)
def test_why_a_server_is_not_reached_is_told_by_what_is_at_the_bottom(below: Exception, words: str) -> None:
    error = APIConnectionError("Connection error.")
    error.__cause__ = OSError("all attempts failed")
    error.__cause__.__context__ = below
    wrong = fault(error)
    assert wrong is not None
    assert wrong.words.startswith(words.strip())

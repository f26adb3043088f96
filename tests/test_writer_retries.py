from __future__ import annotations

import re
import signal
import socket
import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from calling import PROSE, Session, asked
from frames import ENDED, OPENED, TEXT, stream
from in_process import Here
from scripted import Reply, Scripted, refusal

from novelist.errors import WriterError
from novelist.model.providers import (
    DEEPSEEK,
    LLAMACPP,
    MOONSHOT,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    SGLANG,
    UNKNOWN,
    VLLM,
    Provider,
)
from novelist.model.stream import Answer

if TYPE_CHECKING:
    from shelf import Shelf

pytestmark = pytest.mark.slow  # it waits, or looks at thousands of texts

PATIENCE = 15 * 60


def test_a_rate_limit_is_waited_for_and_the_build_goes_on(book: Shelf, server: Scripted) -> None:
    server.replies(refusal(429, "rate_limit_reached_error", "slow down", Retry_After="0"))

    ran = book.doit("bible")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("The server did not answer (429: slow down). Trying again in ")
    assert server.tasks == ["bible", "bible"]
    assert (book / "bible.md").is_file()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (408, "timeout"),
        (429, "rate_limit_reached_error"),
        (429, "engine_overloaded_error"),
        (500, "server_error"),
        (502, "bad_gateway"),
        (503, "server_unavailable"),
        (529, "overloaded"),
    ],
)
def test_what_may_pass_is_tried_again(here: Here, server: Scripted, status: int, kind: str) -> None:
    server.replies(refusal(status, kind, "sorry", Retry_After="0"), refusal(status, kind, "sorry"))

    ran = here.doit("bible")

    assert ran.status == 0
    lines = [line for line in ran.out.splitlines() if "`stream_options`" not in line]
    assert lines[:2] == [f"The server did not answer ({status}: sorry). Trying again in 0 s."] * 2 or status == 500
    assert server.tasks == ["bible"] * 3


@pytest.mark.parametrize("after", ["Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-5", "nan"])
def test_a_retry_after_that_is_no_number_of_seconds_does_no_harm(here: Here, server: Scripted, after: str) -> None:
    server.replies(refusal(429, "rate_limit_reached_error", "slow down", Retry_After=after))

    assert here.doit("bible").status == 0

    assert server.tasks == ["bible"] * 2


def test_a_retry_after_is_waited_for(here: Here, server: Scripted) -> None:
    server.replies(refusal(429, "rate_limit_reached_error", "slow down", Retry_After="1"))

    ran = here.doit("bible")

    assert ran.out.splitlines()[0] == "The server did not answer (429: slow down). Trying again in 1 s."
    assert server.tasks == ["bible"] * 2


def test_a_server_that_stays_away_is_left_after_six_tries(here: Here, server: Scripted) -> None:
    server.replies(*[refusal(503, "server_unavailable", "sorry")] * 6)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "bible        failed: an OpenAI-compatible server did not answer in 6 tries (503: sorry). "
        "Run `doit` again later."
    )
    assert server.tasks == ["bible"] * 6
    assert set(here.texts()) == {"premise.md", "dodo.py"}


def test_a_server_that_nobody_runs_fails_in_one_line(here: Here) -> None:
    with Scripted() as gone:
        nowhere = gone.base_url

    ran = here.doit(KIMI_BASE_URL=nowhere)

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "bible        failed: an OpenAI-compatible server is not reached (nothing listens there). "
        "Start the server, or check the port in KIMI_BASE_URL."
    )


def test_an_error_page_of_a_gateway_is_told_without_its_html_tags_in_many_lines(here: Here, server: Scripted) -> None:
    page = "<html>\n<body>\n<h1>504 Gateway Time-out</h1>\n" + "<p>nginx</p>\n" * 100 + "</body>\n</html>"
    server.replies(*[Reply(status=504, body=page)] * 6)

    ran = here.doit()

    assert ran.status == 1
    assert len(ran.out.splitlines()) == 6
    assert max(map(len, ran.out.splitlines())) < 400
    assert server.tasks == ["bible"] * 6


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited between two tries, without waiting them."""
    found: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=found.append))
    return found


def error(status: int, told: dict[str, Any] | str, **headers: str) -> Reply:
    """Return an error with a body of this server's own form; a text is a gateway's page."""
    return Reply(status=status, body=told, headers=headers)


def named(value: Any) -> str:
    """Return the name of a case."""
    if isinstance(value, Provider):
        return value.name
    told = value.body if isinstance(value, Reply) else value
    inner = told.get("error", told) if isinstance(told, dict) else {}
    kind = (inner.get("type") or inner.get("code") or "") if isinstance(inner, dict) else "told"
    return f"{value.status} {kind}".strip() if isinstance(value, Reply) else str(kind)


GATEWAY = "<html><h1>504 Gateway Time-out</h1></html>"
SIX_TIMES = [
    (MOONSHOT, refusal(499, "client_closed_request")),
    (MOONSHOT, refusal(500, "server_error")),
    (MOONSHOT, refusal(500, "unexpected_output")),
    (MOONSHOT, refusal(503, "server_unavailable")),
    (MOONSHOT, error(504, GATEWAY)),
    (OPENAI, error(408, {"error": {"message": "no", "type": "timeout", "param": None, "code": None}})),
    (OPENAI, error(409, {"error": {"message": "no", "type": "conflict", "param": None, "code": None}})),
    (OPENAI, error(500, {"error": {"message": "no", "type": "server_error", "param": None, "code": None}})),
    (OPENAI, error(520, GATEWAY)),
    (OPENAI, error(522, GATEWAY)),
    (OPENROUTER, error(524, GATEWAY)),
    (OPENROUTER, error(408, {"error": {"code": 408, "message": "no"}})),
    (OPENROUTER, error(502, {"error": {"code": 502, "message": "no", "metadata": {"provider_name": "x"}}})),
    (OPENROUTER, error(503, {"error": {"code": 503, "message": "no"}})),
    (DEEPSEEK, error(500, {"error": {"message": "no", "type": "server_error", "param": None, "code": None}})),
    (DEEPSEEK, error(503, {"error": {"message": "no", "type": "service_unavailable_error", "code": None}})),
    (VLLM, error(500, {"error": {"message": "no", "type": "InternalServerError", "param": None, "code": 500}})),
    (SGLANG, error(500, {"object": "error", "message": "no", "type": "InternalServerError", "code": 500})),
    (OLLAMA, error(503, {"error": {"message": "queue full", "type": "api_error", "param": None, "code": None}})),
    (OLLAMA, error(500, {"error": "llama runner process has terminated"})),
    (UNKNOWN, error(502, "")),
]


@pytest.mark.parametrize(("provider", "reply"), SIX_TIMES, ids=named)
def test_a_server_that_fails_is_tried_six_times_with_longer_and_longer_waits(
    server: Scripted, waits: list[float], provider: Provider, reply: Reply
) -> None:
    server.script = lambda _: reply
    session = Session()

    with pytest.raises(WriterError) as caught:
        session.ask(server, provider, "m", PROSE)

    assert type(caught.value) is WriterError
    assert str(caught.value).startswith(f"{provider.name} did not answer in 6 tries (")
    assert str(caught.value).endswith("). Run `doit` again later.")
    assert len(server.requests) == 6
    assert [2**tried <= wait <= 2**tried + 1 for tried, wait in enumerate(waits)] == [True] * 5
    assert [line.rpartition(" Trying ")[2] for line in session.lines] == [f"again in {wait:.0f} s." for wait in waits]
    assert session.paid == []


PATIENTLY = [
    (MOONSHOT, refusal(429, "engine_overloaded_error")),
    (MOONSHOT, refusal(429, "rate_limit_reached_error")),
    (
        OPENAI,
        error(429, {"error": {"message": "no", "type": "requests", "param": None, "code": "rate_limit_exceeded"}}),
    ),
    (OPENAI, error(429, {"error": {"message": "no", "type": "tokens", "param": None, "code": "rate_limit_exceeded"}})),
    (OPENROUTER, error(429, {"error": {"code": 429, "message": "no", "metadata": {"headers": {}}}})),
    (DEEPSEEK, error(429, {"error": {"message": "no", "type": "rate_limit_reached", "param": None, "code": None}})),
    (LLAMACPP, error(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})),
    (VLLM, error(429, {"error": {"message": "no", "type": "TooManyRequests", "param": None, "code": 429}})),
    (UNKNOWN, error(429, GATEWAY)),
    (UNKNOWN, refusal(529, "overloaded_error")),
]


@pytest.mark.parametrize(("provider", "reply"), PATIENTLY, ids=named)
def test_a_server_that_is_only_busy_is_waited_for_for_a_quarter_of_an_hour(
    server: Scripted, waits: list[float], provider: Provider, reply: Reply
) -> None:
    server.script = lambda _: reply

    with pytest.raises(WriterError) as caught:
        asked(server, provider, "m", PROSE)

    assert type(caught.value) is WriterError
    assert str(caught.value).startswith(f"{provider.name} stayed busy for too long (")
    assert str(caught.value).endswith("). Run `doit` again later.")
    assert PATIENCE - 61 < sum(waits) <= PATIENCE
    assert max(waits) <= 61
    assert len(server.requests) == len(waits) + 1


@pytest.mark.parametrize(("provider", "reply"), SIX_TIMES + PATIENTLY, ids=named)
def test_what_passes_after_a_while_gives_the_text(
    server: Scripted, waits: list[float], provider: Provider, reply: Reply
) -> None:
    server.replies(reply, reply, Reply("It burned."))
    session = Session()

    session.ask(server, provider, "m", PROSE)

    assert session.answers == [Answer("It burned.", "stop")]
    assert len(waits) == 2
    assert [spent.tries for spent in session.paid] == [3]


def test_no_two_builds_wait_for_the_same_time(server: Scripted, waits: list[float]) -> None:
    server.replies(*[refusal(429, "rate_limit_reached_error")] * 4, Reply("It burned."))
    asked(server, MOONSHOT, "m", PROSE)
    server.replies(*[refusal(429, "rate_limit_reached_error")] * 4, Reply("It burned."))
    asked(server, MOONSHOT, "m", PROSE)

    assert len(set(waits)) == 8


def after(seconds: float) -> str:
    """Return the date so many seconds from now, as a header has it."""
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("told", ["77", " 77 ", "77.0", after])
def test_a_retry_after_in_seconds_or_as_a_date_is_waited_for(
    server: Scripted, waits: list[float], told: Any, status: int
) -> None:
    header = told if isinstance(told, str) else told(77)
    server.replies(refusal(status, "rate_limit_reached_error", Retry_After=header), Reply("It burned."))

    lines = asked(server, MOONSHOT, "m", PROSE)

    assert [75 < wait <= 77 for wait in waits] == [True]
    assert lines == [f"The server did not answer ({status}: no). Trying again in {waits[0]:.0f} s."]


@pytest.mark.parametrize("told", ["0", "", "-5", "nan", "inf", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "1e-9"])
def test_a_retry_after_that_says_nothing_makes_the_wait_no_shorter(
    server: Scripted, waits: list[float], told: str
) -> None:
    server.replies(refusal(429, "rate_limit_reached_error", Retry_After=told), Reply("It burned."))

    asked(server, MOONSHOT, "m", PROSE)

    assert [1 <= wait <= 2 for wait in waits] == [True]


@pytest.mark.parametrize("told", ["3600", after], ids=["seconds", "date"])
@pytest.mark.parametrize(("status", "kind"), [(429, "rate_limit_reached_error"), (503, "server_unavailable")])
def test_a_retry_after_beyond_patience_ends_at_once_and_says_the_minutes(
    server: Scripted, waits: list[float], status: int, kind: str, told: Any
) -> None:
    header = told if isinstance(told, str) else told(3600)
    server.script = lambda _: refusal(status, kind, "slow down", Retry_After=header)

    with pytest.raises(WriterError) as caught:
        asked(server, MOONSHOT, "m", PROSE)

    assert str(caught.value) == (
        f"Moonshot wants to be asked again in 60 min ({status}: slow down). Run `doit` again then."
    )
    assert len(server.requests) == 1
    assert waits == []


def test_patience_is_over_where_the_waits_that_are_asked_for_add_up_to_more(
    server: Scripted, waits: list[float]
) -> None:
    server.script = lambda _: refusal(429, "rate_limit_reached_error", Retry_After="400")

    with pytest.raises(WriterError) as caught:
        asked(server, MOONSHOT, "m", PROSE)

    assert str(caught.value) == "Moonshot stayed busy for too long (429: no). Run `doit` again later."
    assert list(accumulate(waits)) == [400, 800]


def test_each_call_has_its_own_patience(server: Scripted, waits: list[float]) -> None:
    busy = refusal(429, "rate_limit_reached_error", Retry_After="800")
    server.replies(busy, Reply("It burned."), busy, Reply("It burned."))

    asked(server, MOONSHOT, "m", PROSE, PROSE)

    assert waits == [800, 800]


WORDS = [
    "no",
    "",
    "请求过于频繁，请稍后再试。余额不足",
    "Le quota est épuisé ; clé invalide",
    "insufficient balance: exceeded_current_quota_error, invalid_authentication_error, content_filter",
    "model not found; maximum context length exceeded; unknown parameter",
    "x" * 5000,
]
KINDS = [
    (400, "content_filter", 2),
    (401, "invalid_authentication_error", 1),
    (401, "incorrect_api_key_error", 1),
    (403, "permission_denied_error", 1),
    (404, "resource_not_found_error", 1),
    (429, "exceeded_current_quota_error", 1),
    (400, "exceed_context_size_error", 1),
    (500, "server_error", 6),
    (503, "server_unavailable", 6),
]


@pytest.mark.parametrize(("status", "kind", "tries"), KINDS)
def test_where_its_type_says_what_an_error_is_its_words_change_nothing(
    server: Scripted, waits: list[float], status: int, kind: str, tries: int
) -> None:
    found = []
    for words in WORDS:
        server.clear()
        server.script = lambda _, words=words: refusal(status, kind, words)  # type: ignore[misc]
        with pytest.raises(WriterError) as caught:
            asked(server, MOONSHOT, "kimi-k2.6", PROSE)
        before, _, behind = str(caught.value).partition(" (")
        found.append((type(caught.value), before, behind[behind.rindex(")") :], len(server.requests)))

    assert set(found) == {found[0]}
    assert found[0][-1] == tries
    assert len(waits) == len(WORDS) * (tries - 1)


@pytest.mark.parametrize("words", WORDS)
def test_a_rate_limit_is_one_in_whatever_words(server: Scripted, waits: list[float], words: str) -> None:
    server.replies(*[refusal(429, "rate_limit_reached_error", words)] * 8, Reply("It burned."))

    asked(server, MOONSHOT, "m", PROSE)

    assert len(waits) == 8


MIDSTREAM: list[tuple[Provider, Any, float]] = [
    (MOONSHOT, {"type": "engine_overloaded_error", "message": "no"}, 10),
    (MOONSHOT, {"type": "exceeded_current_quota_error", "message": "no"}, 1),
    (MOONSHOT, {"type": "content_filter", "message": "no"}, 2),
    (OPENAI, {"message": "no", "type": "server_error", "param": None, "code": None}, 6),
    (OPENAI, {"message": "no", "type": "insufficient_quota", "param": None, "code": "insufficient_quota"}, 1),
    (OPENROUTER, {"code": 502, "message": "no"}, 6),
    (OPENROUTER, {"code": "server_error", "message": "no"}, 6),
    (OPENROUTER, {"code": 429, "message": "no"}, 10),
    (OPENROUTER, {"code": 402, "message": "no"}, 1),
    (OPENROUTER, {"code": 401, "message": "no"}, 1),
    (VLLM, {"message": "no", "type": "InternalServerError", "param": None, "code": 500}, 6),
    (SGLANG, {"object": "error", "message": "no", "type": "BadRequestError", "param": None, "code": 400}, 1),
    (LLAMACPP, {"code": 400, "message": "no", "type": "exceed_context_size_error", "n_ctx": 8192}, 1),
    (LLAMACPP, {"code": 500, "message": "no", "type": "server_error"}, 6),
    (OLLAMA, "an error was encountered while running the model", 6),
]


@pytest.mark.parametrize(("provider", "told", "tries"), MIDSTREAM, ids=named)
def test_an_error_in_a_stream_before_any_text_is_tried_again_by_its_kind(
    server: Scripted, waits: list[float], provider: Provider, told: Any, tries: int
) -> None:
    server.script = lambda _: Reply(events=stream(OPENED, {"error": told}))

    with pytest.raises(WriterError):
        asked(server, provider, "m", PROSE)

    assert len(server.requests) >= tries if tries == 10 else len(server.requests) == tries
    assert len(waits) == len(server.requests) - 1


@pytest.mark.parametrize(
    ("told", "finish"),
    [
        ({"code": 502, "message": "no"}, "cut"),
        ({"type": "engine_overloaded_error", "message": "no"}, "cut"),
        ({"type": "server_error", "message": "no"}, "cut"),
        ({"type": "content_filter", "message": "no"}, "content_filter"),
    ],
)
def test_what_came_before_an_error_in_a_stream_is_kept(
    server: Scripted, waits: list[float], told: dict[str, Any], finish: str
) -> None:
    server.script = lambda _: Reply(events=stream(OPENED, TEXT, {"error": told}))
    session = Session()

    session.ask(server, UNKNOWN, "m", PROSE)

    assert session.answers == [Answer("It burned.", finish)]
    assert len(server.requests) == 1
    assert waits == []


def test_an_error_behind_the_end_of_a_text_does_it_no_harm(server: Scripted) -> None:
    server.script = lambda _: Reply(events=stream(OPENED, TEXT, ENDED, {"error": {"code": 402, "message": "no"}}))
    session = Session()

    session.ask(server, OPENROUTER, "m", PROSE)

    assert session.answers == [Answer("It burned.", "stop")]


def test_a_connection_that_is_closed_without_a_word_is_tried_six_times(waits: list[float]) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        ended = threading.Event()

        def close_all() -> None:
            while not ended.is_set():
                connection, _ = listening.accept()
                connection.close()

        closing = threading.Thread(target=close_all)
        closing.start()
        with Scripted() as server:
            server.base_url = "http://{}:{}/v1".format(*listening.getsockname())
            with pytest.raises(WriterError) as caught:
                asked(server, UNKNOWN, "m", PROSE)
        ended.set()
        socket.create_connection(listening.getsockname()).close()
        closing.join()

    assert str(caught.value) == (
        "an OpenAI-compatible server did not answer in 6 tries (Connection error). Run `doit` again later."
    )
    assert len(waits) == 5


def test_an_answer_without_text_is_asked_for_three_times_and_not_for_ever(server: Scripted, waits: list[float]) -> None:
    server.script = lambda _: Reply("")

    with pytest.raises(WriterError) as caught:
        asked(server, UNKNOWN, "m", PROSE)

    assert str(caught.value) == ("the model answered with no text. Run `doit` again, or set another KIMI_MODEL.")
    assert len(server.requests) == 3
    assert waits == []


def test_a_rate_limit_in_the_middle_of_a_book_costs_nothing_but_time(here: Here, server: Scripted) -> None:
    server.on("chapter:2", *[refusal(429, "engine_overloaded_error", "busy")] * 9)

    ran = here.doit()

    assert ran.status == 0
    assert len(server.requests) == 12 + 9
    assert ran.out.count("The server did not answer (429: busy). Trying again in 0 s.\n") == 9
    assert re.search(r"^chapter:02   drafted: ", ran.out, re.MULTILINE)


def test_ctrl_c_ends_a_wait(here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: signal.raise_signal(signal.SIGINT)))
    server.script = lambda _: refusal(429, "engine_overloaded_error", "busy", Retry_After="600")

    ran = here.doit("bible")

    assert ran.status == 130
    assert ran.out == (
        "The server did not answer (429: busy). Trying again in 600 s.\n"
        "Stopped. Every finished file is safe; `doit` goes on from here.\n"
    )
    assert len(server.requests) == 1

from __future__ import annotations

import json
import math
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import PROSE, Session, Silence
from frames import COUNTED, ENDED, OPENED, TEXT, says, stream
from genai_prices import Usage as Tokens
from genai_prices import calc_price
from in_process import Here
from scripted import Reply, Request, Scripted, events, prose, refusal, rest

from novelist.model import ledger
from novelist.model.access import Access
from novelist.model.budget import Budget
from novelist.model.client import Client
from novelist.model.prices import Seller
from novelist.model.providers import DEEPSEEK, LLAMACPP, MOONSHOT, OPENAI, OPENROUTER, UNKNOWN, VLLM, Provider
from novelist.model.tokens import Usage

FIELDS = [
    *("at", "task", "model", "provider", "in", "guessed", "cached", "out", "reasoning", "estimated"),
    *("first", "seconds", "finish", "tries", "cost"),
]
WHOLE = prose(50, 999)
CUT = len(WHOLE) // 2


def where(book: Here) -> Path:
    """Return where the ledger of a book is."""
    return book / ".novelist" / "ledger.jsonl"


def read(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a ledger."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def of_chapter(book: Here) -> list[dict[str, Any]]:
    """Return the lines of the calls for chapter 1."""
    return [line for line in read(where(book)) if line["task"] == "chapter:1"]


def goes_on(server: Scripted, *first: Reply) -> None:
    """Answer the first requests for chapter 1 with these, and the next with what is left of it."""
    book, waiting = server.script, iter(first)

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        return next(waiting, None) or Reply(rest(WHOLE, request.begun))

    server.script = script


def test_each_call_has_one_line_with_all_that_is_known_of_it(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 1")
    book, replies = server.script, []

    def script(request: Request) -> Reply:
        replies.append(book(request))
        return replies[-1]

    server.script = script

    assert here.doit(KIMI_MODEL="some/model").status == 0

    found = read(where(here))
    assert [line["task"] for line in found] == server.tasks
    for line, request, reply in zip(found, server.requests, replies, strict=True):
        assert list(line) == FIELDS
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["at"])
        assert (line["model"], line["provider"]) == ("some/model", "unknown")
        assert (line["in"], line["out"]) == (len(request.prompt) // 4, len(reply.text) // 4)
        assert (line["cached"], line["reasoning"], line["estimated"]) == (0, 0, False)
        assert 0 < line["first"] <= line["seconds"] < 60
        assert (line["finish"], line["tries"], line["cost"]) == ("stop", 1, None)


def test_a_line_is_there_as_soon_as_its_call_has_ended(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 1")
    book, found = server.script, []

    def script(request: Request) -> Reply:
        found.append(len(read(where(here))))
        return book(request)

    server.script = script

    assert here.doit().status == 0

    assert found == list(range(12))


def test_a_later_build_only_adds_lines(here: Here, server: Scripted) -> None:
    assert here.doit("chapter:01").status == 0
    before = where(here).read_bytes()
    here.edit("outline.md", "On day 1 Mara", "On day 1 Eskil")

    assert here.doit("chapter:01").status == 0

    assert where(here).read_bytes().startswith(before)
    assert [line["task"] for line in read(where(here))] == server.tasks
    assert len(server.tasks) == 4


@pytest.mark.parametrize(
    ("first", "finish", "estimated"),
    [
        (Reply(WHOLE[:CUT], finish="length"), "length", False),
        (Reply(WHOLE[:CUT], finish="abort"), "cut", False),
        (Reply(WHOLE, cut=CUT), "cut", True),
        (Reply(WHOLE, cut=CUT, drop=True), "cut", True),
        (Reply(WHOLE[:CUT], error={"code": 502, "message": "no"}), "cut", True),
        (Reply(WHOLE[:CUT]), "stop", False),
    ],
    ids=["its cap", "an abort", "a close", "a cut connection", "an error in the stream", "an end in mid-sentence"],
)
def test_a_chapter_that_is_gone_on_with_has_a_line_for_each_call(
    here: Here, server: Scripted, first: Reply, finish: str, *, estimated: bool
) -> None:
    goes_on(server, first)

    assert here.doit("chapter:01").status == 0

    found = of_chapter(here)
    assert [(line["finish"], line["estimated"]) for line in found] == [(finish, estimated), ("stop", False)]
    assert [math.isclose(line["out"], CUT / 4, abs_tol=20) for line in found] == [True, True]
    assert [line["tries"] for line in found] == [1, 1]


def test_an_answer_that_was_no_chapter_has_its_line(here: Here, server: Scripted) -> None:
    goes_on(server, Reply("I'm sorry, but I can't continue with this request."))

    assert here.doit("chapter:01").status == 0

    assert [line["finish"] for line in of_chapter(here)] == ["stop", "stop"]
    assert of_chapter(here)[0]["out"] == 12


def test_an_answer_that_was_stopped_for_going_in_circles_has_its_line(here: Here, server: Scripted) -> None:
    goes_on(server, Reply("Mara looked at the wet grey sea and waited for the ferry. " * 40))

    assert here.doit("chapter:01").status == 0

    assert [(line["finish"], line["estimated"]) for line in of_chapter(here)] == [("enough", True), ("stop", False)]
    assert of_chapter(here)[0]["out"] >= 100


def test_a_call_that_was_made_again_has_one_line_that_counts_its_tries(here: Here, server: Scripted) -> None:
    goes_on(server, refusal(429, "engine_overloaded_error"), refusal(503, "server_unavailable"))

    assert here.doit("chapter:01").status == 0

    assert [(line["finish"], line["tries"]) for line in of_chapter(here)] == [("stop", 3)]


def test_a_call_whose_parameter_was_refused_has_one_line(here: Here, server: Scripted) -> None:
    server.replies(refusal(400, "invalid_request_error", "unknown parameter: stream_options"))

    assert here.doit("bible").status == 0

    assert [(line["task"], line["tries"]) for line in read(where(here))] == [("bible", 1)]


@pytest.mark.parametrize(
    "reply", [refusal(401, "invalid_authentication_error"), refusal(503, "server_unavailable")], ids=["key", "away"]
)
def test_a_call_that_no_server_took_costs_nothing_and_has_no_line(here: Here, server: Scripted, reply: Reply) -> None:
    server.script = lambda _: reply

    assert here.doit().status == 1

    assert read(where(here)) == []


def test_a_call_that_was_taken_and_broke_off_before_its_first_token_has_a_line(here: Here, server: Scripted) -> None:
    goes_on(server, Reply(cut=0, drop=True))

    assert here.doit("chapter:01").status == 0

    first, second = of_chapter(here)
    assert (first["finish"], first["estimated"], first["out"], first["first"], first["tries"]) == (
        "cut",
        True,
        0,
        None,
        1,
    )
    assert first["in"] == pytest.approx(second["in"], abs=5)
    assert (second["finish"], second["tries"]) == ("stop", 2)


def test_a_call_that_ctrl_c_ends_in_the_middle_has_its_line(here: Here, server: Scripted) -> None:
    came = here / ".novelist" / "partial" / "the-lamp-of-day-1.part"

    def told(request: Request) -> Iterator[str]:
        yield from events(request, Reply(WHOLE, cut=CUT))
        while not (came.exists() and WHOLE[:CUT] in came.read_text("utf-8")):
            pass
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    book = server.script
    server.script = lambda request: (
        Reply(events=told(request), hang=True) if request.task == "chapter:1" else book(request)
    )

    assert here.doit("chapter:01").status == 130

    (line,) = of_chapter(here)
    assert list(line) == FIELDS
    assert (line["finish"], line["estimated"], line["tries"]) == ("cut", True, 1)
    assert line["out"] == pytest.approx(CUT / 4, abs=1)


class Told:
    """A ledger that calls are put into, and what has been told to be shown."""

    def __init__(self, path: Path, server: Scripted) -> None:
        self.path = path
        self.shown: list[float | None] = []
        self._server = server
        self._account = Budget(path, None, self.shown.append)

    def ask(self, provider: Provider, model: str) -> dict[str, Any]:
        """Make a call, and return its line."""
        access = Access(self._server.base_url, model, key="sk-test-key", provider=provider)
        client = Client(access, Session().lines.append, self._account)
        try:
            client.write(PROSE, Silence())
        finally:
            client.close()
        return read(self.path)[-1]


DETAILS = {"prompt_tokens_details": {"cached_tokens": 80}}
TIMINGS = {"cache_n": 80, "prompt_n": 20, "predicted_n": 20}


def told(usage: Any, **more: Any) -> list[str]:
    """Return a stream whose usage stands in a chunk of its own."""
    return stream(OPENED, TEXT, ENDED, {"choices": [], "usage": usage, **more})


PLACES: dict[str, tuple[Provider, list[str], Usage]] = {
    "Moonshot, in the choice, flat": (
        MOONSHOT,
        stream(OPENED, TEXT, says({}, "stop", usage={**COUNTED, "cached_tokens": 80})),
        Usage(100, 80, 20, 0),
    ),
    "Moonshot, on the finish chunk": (
        MOONSHOT,
        stream(OPENED, TEXT, {**ENDED, "usage": {**COUNTED, "cached_tokens": 80}}),
        Usage(100, 80, 20, 0),
    ),
    "Moonshot, at the end, nested": (MOONSHOT, told({**COUNTED, **DETAILS}), Usage(100, 80, 20, 0)),
    "Moonshot, flat and nested": (MOONSHOT, told({**COUNTED, "cached_tokens": 80, **DETAILS}), Usage(100, 80, 20, 0)),
    "Moonshot, in the choice and at the end": (
        MOONSHOT,
        stream(
            OPENED,
            TEXT,
            says({}, "stop", usage={**COUNTED, "cached_tokens": 80}),
            {"choices": [], "usage": {**COUNTED, "cached_tokens": 80}},
        ),
        Usage(100, 80, 20, 0),
    ),
    "OpenAI": (
        OPENAI,
        told({**COUNTED, **DETAILS, "completion_tokens_details": {"reasoning_tokens": 12}}),
        Usage(100, 80, 20, 12),
    ),
    "DeepSeek, hits": (
        DEEPSEEK,
        stream(
            OPENED,
            TEXT,
            {**ENDED, "usage": {**COUNTED, "prompt_cache_hit_tokens": 80, "prompt_cache_miss_tokens": 20}},
        ),
        Usage(100, 80, 20, 0),
    ),
    "vLLM, without details": (VLLM, told(COUNTED), Usage(100, 0, 20, 0)),
    "SGLang, with null details": (
        VLLM,
        told({**COUNTED, "prompt_tokens_details": None, "reasoning_tokens": 12}),
        Usage(100, 0, 20, 12),
    ),
    "vLLM, with every chunk": (
        VLLM,
        stream(
            {**OPENED, "usage": {"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100}},
            {**TEXT, "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}},
            {**ENDED, "usage": COUNTED},
        ),
        Usage(100, 0, 20, 0),
    ),
    "llama.cpp": (LLAMACPP, told({**COUNTED, **DETAILS}, timings=TIMINGS), Usage(100, 80, 20, 0)),
    "an older llama.cpp, in its timings": (LLAMACPP, told(COUNTED, timings=TIMINGS), Usage(100, 80, 20, 0)),
    "more in the cache than there was": (UNKNOWN, told({**COUNTED, "cached_tokens": 800}), Usage(100, 100, 20, 0)),
    "nowhere": (UNKNOWN, stream(OPENED, TEXT, ENDED), Usage(12, 0, 2, 0, estimated=True)),
    "null": (UNKNOWN, told(None), Usage(12, 0, 2, 0, estimated=True)),
    "zero": (
        UNKNOWN,
        told({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}),
        Usage(12, 0, 2, 0, estimated=True),
    ),
    "nowhere, with reasoning": (
        UNKNOWN,
        stream(OPENED, says({"reasoning_content": "Hm. " * 10}), TEXT, ENDED),
        Usage(12, 0, 12, 10, estimated=True),
    ),
}


@pytest.mark.parametrize(("provider", "sent", "usage"), PLACES.values(), ids=PLACES)
def test_the_usage_is_read_wherever_a_server_puts_it(
    server: Scripted, tmp_path: Path, provider: Provider, sent: list[str], usage: Usage
) -> None:
    server.replies(Reply(events=sent))

    line = Told(tmp_path / "ledger.jsonl", server).ask(provider, "m")

    found = Usage(line["in"], line["cached"], line["out"], line["reasoning"], line["estimated"])
    assert found == usage


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("The lamp burned low that night. ", 8), ("灯台の光は低かった。", 6)],
    ids=["English", "Japanese"],
)
def test_an_estimate_knows_that_scripts_take_more_or_fewer_tokens(
    server: Scripted, tmp_path: Path, text: str, tokens: int
) -> None:
    server.replies(Reply(text * 20, usage=None, piece=37))

    line = Told(tmp_path / "ledger.jsonl", server).ask(UNKNOWN, "m")

    assert line["estimated"]
    assert line["out"] == pytest.approx(tokens * 20, rel=0.1)


# In US dollars per million tokens: from the cache, not from it, and written. kimi.md, 1.1.
PRICES = {
    "kimi-k3": (0.30, 3.00, 15.00),
    "kimi-k2.6": (0.16, 0.95, 4.00),
    "kimi-k2.7-code": (0.19, 0.95, 4.00),
    "kimi-k2.7-code-highspeed": (0.38, 1.90, 8.00),
}


@pytest.mark.parametrize(("model", "prices"), PRICES.items(), ids=PRICES)
def test_a_call_at_moonshot_costs_what_its_price_list_says(
    server: Scripted, tmp_path: Path, model: str, prices: tuple[float, float, float]
) -> None:
    usage = {"prompt_tokens": 10_000, "completion_tokens": 3000, "total_tokens": 13_000, "cached_tokens": 8000}
    server.replies(Reply(events=told(usage)))
    account = Told(tmp_path / "ledger.jsonl", server)

    line = account.ask(MOONSHOT, model)

    hit, miss, out = prices
    cost = (8000 * hit + 2000 * miss + 3000 * out) / 1e6
    assert line["cost"] == pytest.approx(cost, rel=1e-9)
    assert account.shown == [line["cost"]]


@pytest.mark.parametrize(
    ("provider", "model", "seller"),
    [
        (MOONSHOT, "kimi-k2.6", "moonshotai"),
        (OPENAI, "gpt-5", "openai"),
        (OPENAI, "gpt-4.1", "openai"),
        (DEEPSEEK, "deepseek-v4-pro", "deepseek"),
        (DEEPSEEK, "deepseek-chat", "deepseek"),
        (OPENROUTER, "moonshotai/kimi-k2.6", "openrouter"),
    ],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
@pytest.mark.parametrize("cached", [0, 8000])
def test_a_call_costs_what_the_kept_up_list_of_prices_says(  # noqa: PLR0913, PLR0917
    server: Scripted, tmp_path: Path, provider: Provider, model: str, seller: str, cached: int
) -> None:
    # The reasoning is a part of what was written: it is not paid for twice.
    usage = {
        "prompt_tokens": 10_000,
        "completion_tokens": 3000,
        "total_tokens": 13_000,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": 2000},
    }
    server.replies(Reply(events=told(usage)))

    line = Told(tmp_path / "ledger.jsonl", server).ask(provider, model)

    tokens = Tokens(input_tokens=10_000, cache_read_tokens=cached or None, output_tokens=3000)
    price = calc_price(tokens, model, provider_id=seller).total_price
    assert line["cost"] == pytest.approx(float(price), rel=1e-9)
    assert line["cost"] > 0


def test_what_is_estimated_has_a_price_too(server: Scripted, tmp_path: Path) -> None:
    server.replies(Reply("The lamp burned. " * 100, usage=None))

    line = Told(tmp_path / "ledger.jsonl", server).ask(MOONSHOT, "kimi-k2.6")

    assert line["estimated"]
    assert line["cost"] == pytest.approx((12 * 0.95 + 425 * 4) / 1e6, rel=1e-6)


COUNTS = {"prompt_tokens": 10_000, "completion_tokens": 3000}
COSTS: dict[str, tuple[dict[str, Any], float]] = {
    "OpenRouter": ({"cost": 0.0125, "cost_details": {"upstream_inference_cost": None}}, 0.0125),
    "OpenRouter, with its maker's share": ({"cost": 0.02, "cost_details": {"upstream_inference_cost": 0.02}}, 0.02),
    "OpenRouter, with a key of the maker's": (
        {"cost": 0.001, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.02}},
        0.021,
    ),
    "nothing": ({"cost": 0}, 0.0),
    "in all": ({"total_cost": 0.5}, 0.5),
    "in all, within": ({"cost": {"input_tokens_cost": 0.1, "total_cost": 0.3}}, 0.3),
    "in all, in details": ({"cost_details": {"total_cost": 0.4}}, 0.4),
    "DeepInfra": ({"estimated_cost": 0.25}, 0.25),
}


@pytest.mark.parametrize(("said", "cost"), COSTS.values(), ids=COSTS)
@pytest.mark.parametrize("provider", [OPENROUTER, UNKNOWN], ids=lambda provider: provider.name)
def test_what_a_server_says_that_a_call_cost_is_its_price(
    server: Scripted, tmp_path: Path, provider: Provider, said: dict[str, Any], cost: float
) -> None:
    server.replies(Reply(events=told(COUNTS | said)))

    line = Told(tmp_path / "ledger.jsonl", server).ask(provider, "moonshotai/kimi-k2.6")

    assert line["cost"] == pytest.approx(cost, rel=1e-9)


@pytest.mark.parametrize("cost", [None, "0.5", -1, True, [1], {}, {"total_cost": "x"}, 1e12])
def test_a_cost_that_is_no_amount_is_no_price(server: Scripted, tmp_path: Path, cost: Any) -> None:
    server.replies(Reply(events=told({**COUNTS, "cost": cost})))

    assert Told(tmp_path / "ledger.jsonl", server).ask(UNKNOWN, "m")["cost"] is None


@pytest.mark.parametrize("provider", [OPENROUTER, UNKNOWN], ids=lambda provider: provider.name)
def test_a_free_model_costs_nothing(server: Scripted, tmp_path: Path, provider: Provider) -> None:
    assert Told(tmp_path / "ledger.jsonl", server).ask(provider, "moonshotai/kimi-k2:free")["cost"] == 0.0


@pytest.mark.parametrize(
    ("provider", "model"),
    [(MOONSHOT, "kimi-of-tomorrow"), (OPENAI, "none-such"), (VLLM, "kimi-k2.6"), (UNKNOWN, "gpt-5")],
    ids=lambda value: value.name if isinstance(value, Provider) else value,
)
def test_an_unknown_price_is_null_and_not_zero(
    server: Scripted, tmp_path: Path, provider: Provider, model: str
) -> None:
    account = Told(tmp_path / "ledger.jsonl", server)

    assert account.ask(provider, model)["cost"] is None
    assert account.shown == [None]
    assert '"cost": null' in account.path.read_text("utf-8")


def test_what_a_build_has_cost_is_shown_and_unknown_from_its_first_unknown_price(
    server: Scripted, tmp_path: Path
) -> None:
    account = Told(tmp_path / "ledger.jsonl", server)

    costs = [account.ask(MOONSHOT, model)["cost"] for model in ("kimi-k2.6", "kimi-k3", "of-tomorrow", "kimi-k2.6")]

    assert [cost is None for cost in costs] == [False, False, True, False]
    assert account.shown == [costs[0], pytest.approx(costs[0] + costs[1]), None, None]


def test_the_embedded_model_costs_nothing() -> None:
    assert Seller("embedded", "", "SmolLM2-135M").price(Usage(1000, 0, 1000, 0)) == 0.0


@pytest.mark.parametrize(("host", "known"), [("api.moonshot.ai", True), ("api.moonshot.cn", False)])
def test_only_the_platform_that_takes_dollars_has_prices_in_dollars(
    here: Here, server: Scripted, host: str, *, known: bool
) -> None:
    # The scripted server is the proxy on the way to it.
    proxy = server.base_url.removesuffix("/v1")

    assert here.doit("bible", KIMI_BASE_URL=f"http://{host}/v1", HTTP_PROXY=proxy).status == 0

    (line,) = read(where(here))
    assert server.requests[0].path == f"http://{host}/v1/chat/completions"
    assert (line["provider"], line["model"]) == ("moonshot", "kimi-k2.6")
    assert (line["cost"] is not None) == known


def test_half_a_line_that_a_kill_left_does_not_break_the_next(here: Here) -> None:
    assert here.doit("bible").status == 0
    half = where(here).read_bytes()[:60]
    with where(here).open("ab") as file:
        file.write(half)

    assert here.doit("outline").status == 0

    first, broken, last = where(here).read_bytes().splitlines()
    assert broken == half
    assert [json.loads(line)["task"] for line in (first, last)] == ["bible", "outline"]
    assert [call.task for call in ledger.calls(where(here))] == ["bible", "outline"]


RUBBISH = [
    b"",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"{}",
    b'{"task": "bible"}',
    b'{"cost": "dear"}',
    b"{" * 5000,
    b"[" * 100_000,
    b"\xff\xfe\x00",
    b'{"at": "2026',
    b'{"at": "2026", "task": "bible", "out": "x"}',
    b"<<<<<<< ours",
]


def test_a_ledger_with_rubbish_in_it_is_read_all_the_same(here: Here, server: Scripted) -> None:
    assert here.doit("bible", KIMI_PROVIDER="moonshot").status == 0
    (cost,) = (line["cost"] for line in read(where(here)))
    with where(here).open("ab") as file:
        file.write(b"\n".join(RUBBISH))

    assert here.doit("outline", KIMI_PROVIDER="moonshot").status == 0

    assert [call.task for call in ledger.calls(where(here))] == ["bible", "outline"]
    assert ledger.spent(where(here)) == pytest.approx(cost + list(ledger.calls(where(here)))[1].cost)
    assert server.tasks == ["bible", "outline"]


@pytest.mark.parametrize("cost", ["NaN", "Infinity", "-5", '"5"', "[5]", "null"])
def test_a_cost_that_is_none_is_not_counted(here: Here, cost: str) -> None:
    assert here.doit("bible", KIMI_PROVIDER="moonshot").status == 0
    before = ledger.spent(where(here))
    line = read(where(here))[0]
    with where(here).open("a", encoding="utf-8") as file:
        file.write(json.dumps({**line, "cost": "?"}).replace('"?"', cost) + "\n")

    assert ledger.spent(where(here)) == before


def test_the_line_of_another_version_of_novelist_counts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text('{"task": "bible", "cost": 1.25}\n{"cost": 0.5, "of_tomorrow": [1]}\n', encoding="utf-8")

    assert ledger.spent(path) == 1.75


def test_neither_the_key_nor_a_prompt_is_in_the_ledger(here: Here, server: Scripted) -> None:
    goes_on(server, Reply(WHOLE, cut=CUT, drop=True), Reply("I'm sorry, but I can't continue with this request."))

    assert here.doit().status == 0

    found, text = read(where(here)), where(here).read_text("utf-8")
    assert [line["task"] for line in found] == server.tasks
    assert "sk-test-key" not in text
    assert "127.0.0.1" not in text
    assert not any(
        line in text for request in server.requests for line in request.prompt.splitlines() if len(line) > 12
    )
    texts = {value for line in found for name, value in line.items() if isinstance(value, str) and name != "at"}
    assert texts == {*server.tasks, "kimi-k2.6", "unknown", "cut", "stop"}


def test_a_name_of_a_model_in_any_script_keeps_its_line(here: Here) -> None:
    assert here.doit("bible", KIMI_MODEL='灯台"\\n').status == 0

    assert [line["model"] for line in read(where(here))] == ['灯台"\\n']
    assert where(here).read_bytes().count(b"\n") == 1


def test_without_a_ledger_nothing_is_spent(tmp_path: Path) -> None:
    assert ledger.spent(tmp_path / "ledger.jsonl") == 0.0
    assert list(ledger.calls(tmp_path / "ledger.jsonl")) == []


def test_a_silent_stream_that_was_cut_has_its_line(
    here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novelist.model.deadlines.BETWEEN_TOKENS", 0.4)
    monkeypatch.setattr("novelist.model.deadlines.BETWEEN_LOOKS", 0.05)
    goes_on(server, Reply(WHOLE[:CUT], hang=True))

    assert here.doit("chapter:01").status == 0

    first, second = of_chapter(here)
    assert (first["finish"], first["estimated"]) == ("cut", True)
    assert (second["finish"], second["estimated"]) == ("stop", False)
    assert first["seconds"] >= first["first"] + 0.4

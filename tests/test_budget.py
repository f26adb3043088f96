from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from finished import finish
from frames import ENDED, OPENED, says, stream
from in_process import Here, body
from priced import costs, dear, own
from scripted import Reply, Request, Scripted, events, prose, rest

from novelist.errors import Refused
from novelist.model.access import Access
from novelist.model.budget import NO_CALLS, Budget, Cap
from novelist.model.client import Client
from novelist.model.prices import Seller

DOIT = str(Path(sys.executable).with_name("doit"))
KIMI = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6"}
OUT = 4.00 / 1e6  # US dollars a token: what kimi-k2.6 takes for what it writes
WHOLE = prose(50, 999)
LINE = (
    '{"at": "2026-11-22T13:04:10Z", "task": "chapter:1", "model": "kimi-k2.6", "provider": "moonshot", "in": 1, '
    '"cached": 0, "out": 1, "reasoning": 0, "estimated": false, "first": 1.0, "seconds": 1.0, "finish": "stop", '
    '"tries": 1, "cost": DOLLARS}\n'
)
RAISE = "Raise `budget` in premise.md to go on."


def limit(book: Here, budget: str) -> None:
    """Set the budget of a book."""
    premise = book / "premise.md"
    text = re.sub(r"(?m)^budget: .*\n", "", premise.read_text("utf-8"))
    premise.write_text(text.replace("---\n", f"---\nbudget: {budget}\n", 1), encoding="utf-8")


def spend(book: Here, dollars: float) -> None:
    """Have a book's ledger say that so much is spent."""
    path = book / ".novelist" / "ledger.jsonl"
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(LINE.replace("DOLLARS", str(dollars)))


def test_a_book_within_its_budget_is_built(here: Here, server: Scripted) -> None:
    limit(here, "5.00")

    ran = here.doit(**KIMI)

    assert ran.status == 0
    assert "budget" not in ran.out
    assert len(server.requests) == len(costs(here)) == 12
    assert 0 < sum(costs(here)) < 5


def test_a_call_that_might_pass_the_budget_is_not_begun(here: Here, server: Scripted) -> None:
    limit(here, "0.05")

    ran = here.doit(**KIMI)

    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "bible        failed: the budget of $0.05 could be passed: $0.00 are spent, and this call may cost $0.08. "
        f"{RAISE}\n"
    )
    assert server.requests == []
    assert set(here.texts()) == {"premise.md", "dodo.py"}


def test_a_build_stops_at_its_budget_and_a_later_one_goes_on_where_it_was(here: Here, server: Scripted) -> None:
    limit(here, "1.00")
    dear(server, 75_000)

    ran = here.doit(**KIMI, KIMI_MAX_OUTPUT_TOKENS="100000")

    assert (ran.status, ran.err) == (1, "")
    bible, outline, last = ran.out.splitlines()
    assert (bible[:22], outline[:22]) == ("bible        drafted: ", "outline      drafted: ")
    assert last == (
        "chapter:01   failed: the budget of $1.00 could be passed: $0.60 are spent, and this call may cost $0.40. "
        f"{RAISE}"
    )
    assert server.tasks == ["bible", "outline"]
    assert set(here.texts()) == {"premise.md", "dodo.py", "bible.md", "outline.md"}
    before = here.texts()
    limit(here, "5.00")
    server.clear()

    assert here.doit(**KIMI, KIMI_MAX_OUTPUT_TOKENS="100000").status == 0

    assert server.tasks == [f"{kind}:{number}" for number in range(1, 6) for kind in ("chapter", "summary")]
    assert [here.texts()[name] for name in ("bible.md", "outline.md")] == [before["bible.md"], before["outline.md"]]
    assert sum(costs(here)) == pytest.approx(12 * 75_000 * OUT, rel=0.01)


def test_a_run_keeps_to_its_cap_whatever_was_spent_before(here: Here, server: Scripted) -> None:
    spend(here, 3.0)
    ran = here.doit("outline", **KIMI, NOVELIST_CAP="0.05")
    assert ran.out == (
        "bible        failed: the cap of $0.05 could be passed: $0.00 are spent, and this call may cost $0.08. "
        "Raise the cap to go on.\n"
    )
    assert server.requests == []
    assert here.doit("outline", **KIMI, NOVELIST_CAP="1").status == 0
    assert server.tasks == ["bible", "outline"]
    ran = here.doit("chapter:01", NOVELIST_CAP="1")
    assert (
        " is unknown, so no cap can be kept. Leave the cap out, or set NOVELIST_UNPRICED=1 to have it count other "
        "calls only." in ran.out
    )
    ran = here.doit("chapter:01", NOVELIST_CAP="much")
    assert "NOVELIST_CAP in the environment is `much`. Set US dollars, such as 0.50, or leave it out." in ran.out


def test_processes_that_are_begun_together_do_not_pass_a_cap_together(here: Here, server: Scripted) -> None:
    finish(here, server)
    begun: list[str] = []
    together: list[int] = []

    def told(request: Request) -> Iterator[str]:
        begun.append(request.task)
        together.append(len(begun))
        for event in events(request, Reply(json.dumps({"findings": []}), piece=1)):
            yield event
            if 'finish_reason": "stop' in event:  # what comes after it is heard by nobody who waits
                begun.remove(request.task)

    server.script = lambda request: Reply(events=told(request), pause=0.02)
    ran = here.run(DOIT, "-n", "3", "review", **KIMI, NOVELIST_CAP="0.009")  # of which one call may take half
    assert ran.status == 0, ran.out
    assert together == [1] * 5


def test_a_cap_counts_what_has_a_price_and_lets_other_calls_begin_by_a_word_only(here: Here, server: Scripted) -> None:
    dear(server, 75_000)
    environ = {**KIMI, "KIMI_MAX_OUTPUT_TOKENS": "100000", "NOVELIST_CAP": "1.25", **own(server, "SUMMARY")}
    ran = here.doit("chapter:02", **environ)
    assert ran.out.splitlines()[-1].startswith("summary:01   failed: the price of `small` at Moonshot is unknown, so ")
    assert server.tasks == ["bible", "outline", "chapter:1"]
    (here / ".novelist" / "ledger.jsonl").unlink()
    spend(here, 0.9)
    ran = here.doit("chapter:02", **{**environ, "NOVELIST_CAP": "0.35"}, NOVELIST_UNPRICED="1")
    assert ran.out.splitlines()[-1] == (
        "chapter:02   failed: the cap of $0.35 could be passed: $0.00 are spent, and this call may cost $0.40. "
        "Raise the cap to go on."
    )
    assert server.tasks == ["bible", "outline", "chapter:1", "summary:1"]
    assert costs(here) == [0.9, None]


def test_what_a_server_says_that_a_call_cost_counts_where_its_price_was_unknown(here: Here, server: Scripted) -> None:
    usage = {"prompt_tokens": 10, "completion_tokens": 20, "cost": 0.60}
    book = server.script
    server.script = lambda request: Reply(
        events=stream(OPENED, says({"content": book(request).text}), ENDED, {"choices": [], "usage": usage})
    )
    of_tomorrow = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-of-tomorrow"}
    ran = here.doit("chapter:01", **of_tomorrow, NOVELIST_CAP="1", NOVELIST_UNPRICED="1")
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the cap of $1.00 could be passed: $1.20 are spent, and this call costs nobody knows "
        "what. Raise the cap to go on."
    )
    assert costs(here) == [0.6, 0.6]


def test_a_word_on_unknown_prices_does_not_lift_the_budget_of_a_book(here: Here, server: Scripted) -> None:
    limit(here, "5.00")
    ran = here.doit("bible", NOVELIST_CAP="1", NOVELIST_UNPRICED="1")
    assert ran.out.endswith("so no budget can be kept. Remove `budget` from premise.md to go on without one.\n")
    assert server.requests == []


@pytest.mark.parametrize("budget", [0.1, 0.162, 0.17, 0.2])
def test_the_budget_is_not_passed_even_if_each_answer_takes_all_that_it_may(
    here: Here, server: Scripted, budget: float
) -> None:
    limit(here, str(budget))
    dear(server, None)

    ran = here.doit(**KIMI)

    assert sum(costs(here)) <= budget
    assert ran.status == (0 if len(server.requests) == 12 else 1)
    assert len(server.requests) == len(costs(here))
    assert ran.out.count("could be passed") == ran.status


def test_a_chapter_that_the_budget_leaves_unfinished_is_gone_on_with_later(here: Here, server: Scripted) -> None:
    assert here.doit("outline", **KIMI).status == 0
    limit(here, "1.00")
    book, cut = server.script, iter([Reply(WHOLE[:150], finish="length")])

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        reply = next(cut, None)
        if reply is not None:
            spend(here, 0.999 - sum(costs(here)))
        return reply or Reply(rest(WHOLE, request.begun))

    server.script = script

    ran = here.doit("chapter:01", **KIMI)

    assert ran.status == 1
    assert re.fullmatch(
        r"chapter:01   failed: the budget of \$1\.00 could be passed: \$1\.00 are spent, and this call may cost "
        r"\$0\.00\d*\. Raise `budget` in premise\.md to go on\. What came of it is in "
        r"\.novelist/partial/the-lamp-of-day-1\.part; the next build goes on from there\.",
        ran.out.splitlines()[-1],
    )
    assert server.tasks == ["bible", "outline", "chapter:1"]
    assert not (here / "chapters").exists()
    limit(here, "2.00")
    server.clear()

    assert here.doit("chapter:01", **KIMI).status == 0

    assert body(here.chapter(1).read_text("utf-8")) == WHOLE
    assert [len(request.begun) > 100 for request in server.requests] == [True]


def test_a_short_chapter_that_the_budget_does_not_let_grow_is_not_written_again(here: Here, server: Scripted) -> None:
    assert here.doit("outline", **KIMI).status == 0
    limit(here, "1.00")
    short = prose(30, 999)
    book, waiting = server.script, iter([Reply(short)])

    def script(request: Request) -> Reply:
        reply = next(waiting, None) if request.task == "chapter:1" else None
        if reply is not None:
            spend(here, 0.999 - sum(costs(here)))
        return reply or book(request)

    server.script = script
    assert here.doit("chapter:01", **KIMI).status == 1
    assert server.tasks == ["bible", "outline", "chapter:1"]
    limit(here, "2.00")
    server.clear()

    assert here.doit("chapter:01", **KIMI).status == 0

    assert server.tasks == ["chapter:1"]
    assert short.split(". ")[0] in server.requests[0].prompt
    assert short.split(". ")[0] in here.chapter(1).read_text("utf-8")


def test_the_budget_is_for_all_builds_of_a_book_together(here: Here, server: Scripted) -> None:
    limit(here, "0.50")
    assert here.doit("bible", **KIMI).status == 0
    spend(here, 0.45)

    ran = here.doit("outline", **KIMI)

    assert ran.status == 1
    assert ran.out == (
        "outline      failed: the budget of $0.50 could be passed: $0.45 are spent, and this call may cost $0.08. "
        f"{RAISE}\n"
    )
    assert server.tasks == ["bible"]


def test_a_budget_that_is_passed_already_lets_no_call_begin(here: Here, server: Scripted) -> None:
    limit(here, "5.00")
    spend(here, 7.00)

    ran = here.doit(**KIMI)

    assert ran.status == 1
    assert ran.out == (
        "bible        failed: the budget of $5.00 could be passed: $7.00 are spent, and this call may cost $0.08. "
        f"{RAISE}\n"
    )
    assert server.requests == []


def test_a_finished_book_is_up_to_date_whatever_its_budget(here: Here, server: Scripted) -> None:
    finish(here, server)
    limit(here, "0.01")
    spend(here, 7.00)

    ran = here.doit()

    assert (ran.status, ran.out) == (0, "Everything is up to date.\n")
    assert server.requests == []


@pytest.mark.parametrize(("model", "dollars"), [("kimi-k3", "0.30"), ("kimi-k2.6", "0.08")], ids=["K3", "K2.6"])
def test_what_a_call_may_cost_counts_its_room_for_thinking(
    here: Here, server: Scripted, model: str, dollars: str
) -> None:
    limit(here, "0.07")

    ran = here.doit(KIMI_PROVIDER="moonshot", KIMI_MODEL=model)

    assert f"this call may cost ${dollars}. " in ran.out
    assert server.requests == []


def test_a_cap_of_the_author_is_what_a_call_may_cost(here: Here, server: Scripted) -> None:
    limit(here, "0.05")

    assert here.doit("bible", **KIMI, KIMI_MAX_OUTPUT_TOKENS="10000").status == 0

    assert server.tasks == ["bible"]


@pytest.mark.parametrize(
    ("environ", "model", "name"),
    [
        ({}, "kimi-k2.6", "an OpenAI-compatible server"),
        ({"KIMI_PROVIDER": "vllm"}, "kimi-k2.6", "vLLM"),
        ({"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-of-tomorrow"}, "kimi-of-tomorrow", "Moonshot"),
        ({"KIMI_BASE_URL": "http://api.moonshot.cn/v1"}, "kimi-k2.6", "Moonshot"),
    ],
    ids=["an unknown server", "vLLM", "an unknown model", "in yuan"],
)
def test_a_budget_cannot_be_kept_where_the_price_is_unknown(
    here: Here, server: Scripted, environ: dict[str, str], model: str, name: str
) -> None:
    limit(here, "5.00")

    ran = here.doit(**environ, HTTP_PROXY=server.base_url.removesuffix("/v1"))

    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        f"bible        failed: the price of `{model}` at {name} is unknown, so no budget can be kept. "
        "Remove `budget` from premise.md to go on without one.\n"
    )
    assert server.requests == []


@pytest.mark.parametrize("spent", [0.0, 7.0], ids=["nothing is spent", "it is passed already"])
def test_a_budget_does_not_stop_a_free_model(here: Here, server: Scripted, spent: float) -> None:
    limit(here, "5.00")
    spend(here, spent)

    assert here.doit("bible", KIMI_PROVIDER="openrouter", KIMI_MODEL="moonshotai/kimi-k2:free").status == 0

    assert server.tasks == ["bible"]
    assert costs(here) == [spent, 0.0]


@pytest.mark.parametrize(("cap", "is_made"), [(Cap(0.0), True), (NO_CALLS, False)])
def test_where_no_call_is_to_be_made_none_is_that_costs_nothing(tmp_path: Path, cap: Cap, *, is_made: bool) -> None:
    free = Seller("openrouter", "OpenRouter", "moonshotai/kimi-k2:free")
    account = Budget(tmp_path / "ledger.jsonl", None, lambda _: None, cap)
    with nullcontext() if is_made else pytest.raises(Refused), account.afford(free, "", 10):
        pass


def test_what_a_server_says_that_a_call_cost_counts(here: Here, server: Scripted) -> None:
    limit(here, "5.00")
    usage = {"prompt_tokens": 10, "completion_tokens": 20, "cost": 4.99}
    book = server.script
    server.script = lambda request: Reply(
        events=stream(OPENED, says({"content": book(request).text}), ENDED, {"choices": [], "usage": usage})
    )

    ran = here.doit(**KIMI)

    assert ran.status == 1
    assert "outline      failed: the budget of $5.00 could be passed: $4.99 are spent" in ran.out
    assert costs(here) == [4.99]


def test_a_book_goes_on_without_a_budget_where_the_price_is_unknown(here: Here, server: Scripted) -> None:
    spend(here, 7.00)

    assert here.doit().status == 0

    assert costs(here) == [7.00, *[None] * 12]
    assert len(server.requests) == 12


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("five", "`budget: five` is not an amount in US dollars such as `5.00`. Change it."),
        ("$5", "`budget: $5` is not an amount in US dollars such as `5.00`. Change it."),
        ("5,00", "`budget: 5,00` is not an amount in US dollars such as `5.00`. Change it."),
        ("-5", "`budget: -5` is not an amount in US dollars such as `5.00`. Change it."),
        ("0", "`budget: 0` is not an amount in US dollars such as `5.00`. Change it."),
        ("0.00", "`budget: 0.00` is not an amount in US dollars such as `5.00`. Change it."),
        ("1e3", "`budget: 1e3` is not an amount in US dollars such as `5.00`. Change it."),
        (".inf", "`budget: .inf` is not an amount in US dollars such as `5.00`. Change it."),
        ("٥", "`budget: ٥` is not an amount in US dollars such as `5.00`. Change it."),
        ("5.00 EUR", "`budget: 5.00 EUR` is not an amount in US dollars such as `5.00`. Change it."),
        ("[5.00]", "`budget: ['5.00']` is not a single value. Change it."),
    ],
)
def test_a_wrong_budget_is_told_with_its_line_before_anything_is_asked(
    here: Here, server: Scripted, value: str, told: str
) -> None:
    limit(here, value)

    ran = here.doit(**KIMI)

    assert ran.status == 3
    assert ran.err == f"ERROR: premise.md:2: {told}\n"
    assert server.requests == []


@pytest.mark.parametrize("value", ["5", "5.00", "'5.00'", "5.00  # dollars", "0.5", "999999", ""])
def test_an_amount_in_dollars_is_a_budget(here: Here, value: str) -> None:
    limit(here, value)

    assert here.doit("bible", **KIMI).status == 0


@pytest.mark.parametrize("budget", ["0.005", "0.0125"])
def test_a_small_budget_is_told_as_it_was_written(here: Here, budget: str) -> None:
    limit(here, budget)

    ran = here.doit("bible", **KIMI)

    assert f"the budget of ${budget} could be passed: $0.00 are spent, and this call may cost $0.08. " in ran.out


def test_a_call_that_may_cost_less_than_a_cent_is_not_said_to_cost_nothing(here: Here) -> None:
    assert here.doit("outline", **KIMI).status == 0
    limit(here, "5.00")
    spend(here, 4.9980)

    ran = here.doit("chapter:01", **KIMI)

    assert ran.status == 1
    assert re.search(r"this call may cost \$0\.00[1-9]\d*\. ", ran.out)


def test_a_line_of_rubbish_in_the_ledger_does_not_stop_a_build(here: Here, server: Scripted) -> None:
    limit(here, "5.00")
    rubbish: list[Any] = [None, [], "x", 7, {"cost": "9"}, {"cost": [9]}]
    path: Path = here / ".novelist" / "ledger.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, rubbish)) + '\n{"at": "20', encoding="utf-8")

    assert here.doit("bible", **KIMI).status == 0

    assert server.tasks == ["bible"]


def test_tries_that_no_server_took_cost_nothing_of_the_budget(here: Here, server: Scripted) -> None:
    limit(here, "0.09")
    busy = Reply(status=429, body={"error": {"type": "engine_overloaded_error", "message": "no"}})
    server.on("bible", *[busy] * 5)

    assert here.doit("bible", **KIMI).status == 0

    assert len(server.requests) == 6
    assert len(costs(here)) == 1


def test_a_call_that_came_to_nothing_holds_nothing_back(tmp_path: Path) -> None:
    account = Budget(tmp_path / "ledger.jsonl", 1.0, lambda _: None)
    client = Client(Access("https://api.moonshot.ai/v1", "kimi-k2.6", "key"), print, account)
    costs = 150_000  # tokens of an answer: more than half of the budget
    with pytest.raises(OSError, match="down"), account.afford(client.seller, "", costs):
        raise OSError("down")  # noqa: EM101 - as a server is
    with account.afford(client.seller, "", costs), pytest.raises(Refused), account.afford(client.seller, "", costs):
        pass

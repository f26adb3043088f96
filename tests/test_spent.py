"""What was spent is told by task and by day, since a time if one is asked for, and no unknown price is taken for 0."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner
from visiting import type_book

from novelist.cli.main import main
from novelist.errors import SettingsError
from novelist.model import ledger, spending

NOW = datetime(2026, 11, 28, 0, 40, 7, 5, tzinfo=timezone(timedelta(hours=2)))


def call(at: str, task: str, cost: float | None) -> str:
    """Return a line of a ledger."""
    tokens = {"in": 9000, "guessed": 880, "cached": 4000, "out": 1500, "reasoning": 0, "tries": 1}
    ends = {"estimated": False, "first": 0.9, "seconds": 2.4, "finish": "stop", "cost": cost}
    return json.dumps({"at": at, "task": task, "model": "m", "provider": "p", **tokens, **ends})


LEDGER = [
    call("2026-11-20T09:00:00Z", "outline", None),
    call("2026-11-20T22:30:00Z", "chapter:1", 0.02),  # the next day in Helsinki
    call("2026-11-21T09:00:00Z", "chapter:2", 1.5),
    call("2026-11-21T09:00:01Z", "summary:1", 0.0011),
    call("2026-11-21T09:00:02Z", "chapter:2", None),
    call("soon", "summary:2", 0.0),
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book with calls in its ledger, in Helsinki."""
    root = type_book(tmp_path / "salt", **{".novelist/ledger.jsonl": "\n".join(LEDGER)})
    monkeypatch.chdir(root)
    monkeypatch.setenv("TZ", "EET-2")
    time.tzset()
    yield root
    monkeypatch.undo()
    time.tzset()


def said(*arguments: str) -> str:
    """Return what the verb says."""
    ran = CliRunner().invoke(main, ["spent", *arguments])
    assert ran.exception is None, ran.output
    return ran.stdout


@pytest.mark.usefixtures("root")
def test_it_is_told_by_task_and_by_day() -> None:
    assert said() == (
        "task     calls  tokens in  cached  tokens out                price\n"
        "chapter      3     27,000  12,000       4,500  $1.52 and 1 unknown\n"
        "summary      2     18,000   8,000       3,000              $0.0011\n"
        "outline      1      9,000   4,000       1,500              unknown\n"
        "\n"
        "day         calls  tokens in  cached  tokens out                price\n"
        "2026-11-20      1      9,000   4,000       1,500              unknown\n"
        "2026-11-21      4     36,000  16,000       6,000  $1.52 and 1 unknown\n"
        "no date         1      9,000   4,000       1,500                $0.00\n"
        "\n"
        "In all: $1.52 and 2 calls of unknown price, 6 calls, 54,000 tokens in, 9,000 out.\n"
    )


@pytest.mark.usefixtures("root")
def test_only_what_was_spent_since_then_is_told() -> None:
    out = said("--since", "2026-11-21")
    assert "outline" not in out
    assert "no date" not in out
    assert out.endswith("\nSince then: $1.52 and 1 call of unknown price, 4 calls, 36,000 tokens in, 6,000 out.\n")
    assert said("--since", "2026-11-22") == "Nothing spent since then.\n"
    sums = json.loads(said("--since", "2026-11-21", "--json"))
    assert sums["since"] == "2026-11-21"
    assert [each["task"] for each in sums["tasks"]] == ["chapter", "summary"]
    assert [(each["day"], each["unpriced"], each["dollars"]) for each in sums["days"]] == [("2026-11-21", 1, 1.5211)]
    assert json.loads(said("--json"))["days"][-1]["day"] is None


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("24h", datetime(2026, 11, 27, 0, 40, 7, tzinfo=NOW.tzinfo)),
        ("1d", date(2026, 11, 28)),
        ("7d", date(2026, 11, 22)),
        (" 2w", date(2026, 11, 15)),
        ("2026-11-01", date(2026, 11, 1)),
    ],
)
def test_a_time_is_hours_or_whole_days(text: str, begin: date | datetime) -> None:
    assert spending.since(text, NOW) == begin


@pytest.mark.parametrize("text", ["", "7", "0d", "7x", "d", "-1d", "99999d", "2026-02-30", "2026-11", "20261101"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(SettingsError) as error:
        spending.since(text, NOW)
    assert str(error.value) == f"`{text}` is no time. Say 7d, 24h, 2w, or a date such as 2026-11-01."


def test_the_last_hours_are_counted_to_the_second(root: Path) -> None:
    calls = list(ledger.calls(root / ".novelist" / "ledger.jsonl"))
    begin = spending.since("2h", datetime(2026, 11, 21, 11, 0, 1, tzinfo=timezone.utc))
    assert list(spending.spending(calls, begin, timezone.utc).tasks) == ["summary", "chapter"]


def test_nothing_is_spent_where_nobody_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(type_book(tmp_path / "salt"))
    assert said() == "Nothing spent yet.\n"

"""What an agent has a model do costs no more than the cap, and a person's word on one thing is none on another."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from agent import KIMI
from in_process import Here
from priced import costs, own
from scripted import Scripted
from visiting import type_book

from novelist.agents.opened import Opened
from novelist.agents.paying import UNPRICED, Paying, Price
from novelist.errors import SettingsError, WriterError

MORE = "more than the cap of $1.5. May it cost more?"
REPLACED = "Finished chapters may be replaced only because the story before it changed (chapter:03). May they?"


@pytest.fixture
def paying(here: Here, monkeypatch: pytest.MonkeyPatch) -> Paying:
    """An agent's tools on a book of which a chapter is typed, and others are written for money."""
    for name, value in {**here.environ, **KIMI, "KIMI_MAX_OUTPUT_TOKENS": "100000"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(type_book(here.root))
    return Paying(Opened(Path()))


def build(paying: Paying, task: str, **about: Any) -> dict[str, Any]:
    """Have a task built."""
    return anyio.run(partial(paying.build, task, **about))


def test_a_cap_is_kept_where_one_price_of_two_is_unknown(
    here: Here, server: Scripted, paying: Paying, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in own(server, "SUMMARY").items():
        monkeypatch.setenv(name, value)
    asked = build(paying, "chapter:02", cap=0.35)
    assert asked["question"].endswith(f". {UNPRICED}")
    assert server.requests == []
    with pytest.raises(WriterError, match=r"the cap of \$0\.35 could be passed: \$0\.00 are spent, and this call"):
        build(paying, "chapter:02", cap=0.35, yes=True)
    assert server.tasks == ["summary:1"]
    assert costs(here) == [None]


@pytest.mark.parametrize(
    ("price", "cap", "yes", "asks"),
    [
        (Price("Dear.", 2.0, "That is", unpriced=False), 2.0, False, []),
        (Price("Dear.", 2.0, "That is", unpriced=False), 1.5, True, [f"That is {MORE}"]),
        (Price("Dear.", 0.0, "That is", unpriced=True), 0.0, False, [UNPRICED]),
        (Price("Dear.", 0.0, "That is", unpriced=True), 0.0, True, []),
        (Price("Dear.", 0.0, "That is", unpriced=True, replaced=REPLACED), 0.0, False, [REPLACED, UNPRICED]),
        (Price("Dear.", 0.0, "That is", unpriced=False, replaced=REPLACED), 0.0, True, []),
    ],
)
def test_what_a_person_is_asked_before_it_is_paid_for(price: Price, cap: float, yes: bool, asks: list[str]) -> None:  # noqa: FBT001
    assert price.question(cap, yes=yes) == " ".join(["Dear.", *asks] if asks else [])
    assert price.question(None, yes=yes).startswith("Dear. What may it cost at most, in US dollars (`cap`)?")


@pytest.mark.parametrize("cap", [-1.0, float("nan"), float("inf")])
def test_what_is_no_amount_is_no_cap(cap: float) -> None:
    with pytest.raises(SettingsError, match=r"^`-?\w+(\.0)?` is no cap\. Name US dollars, such as 0\.50\.$"):
        Opened.capped(cap)


def test_an_agent_cannot_raise_the_cap_of_who_began_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVELIST_CAP", "0.10")
    assert (Opened.capped(5.0), Opened.capped(0.05)) == (0.10, 0.05)
    monkeypatch.delenv("NOVELIST_CAP")
    assert Opened.capped(5.0) == 5.0

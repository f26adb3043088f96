"""What a server may do wrong, at every place of a book, in every dialect: a whole book, or one clear line.

Each fault strikes at each place (the outline, the start, the middle and the end of a chapter, a summary), and each
pair of a fault and a dialect is covered, half of these in the soak: once, after which the server is well again, and for
good.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from finished import PLANNED, finish, lines
from in_process import Here, body
from scripted import Reply, Request, Scripted, prose, refusal, rest

SOAK = pytest.mark.soak
PLACES = ("outline", "start", "middle", "end", "summary")
WHOLE = {
    "outline": json.dumps(PLANNED),
    "chapter:1": prose(52, 4711),
    "summary:1": prose(30, 4712),
}
# How each dialect says what it says: its field of reasoning, and where the usage stands.
DIALECTS: dict[str, dict[str, Any]] = {
    "moonshot": {"usage": "choice"},
    "openai": {},
    "openrouter": {"reasoning_field": "reasoning", "comments": True},
    "deepseek": {"usage": "top", "comments": True},
    "vllm": {"reasoning_field": "reasoning", "usage": None},
    "sglang": {"usage": None},
    "llamacpp": {},
    "ollama": {"reasoning_field": "reasoning"},
    "lmstudio": {},
    "unknown": {"usage": None},
}
STUCK = "Mara looked at the wet grey sea and waited for the ferry. "


@dataclass(frozen=True)
class Fault:
    """What the server does in place of sending what is `left` of a text, and what comes of it.

    Once, it costs one call more, unless it `stops` the build with this line. A `lasting` one ends with that line, or,
    where there is none, with a whole text all the same.
    """

    reply: Callable[[str, Request], Reply]
    stops: str = ""
    lasting: str = ""


def some(left: str) -> str:
    """Return the beginning of what is left."""
    return left[:150]


def refused_parameter(left: str, request: Request) -> Reply:
    """Refuse a parameter as long as it is sent."""
    name = "stream_options"
    return refusal(400, "invalid_request_error", f"no {name}") if name in request.body else Reply(left)


SUSPENDED = {"type": "insufficient_quota", "message": "suspended"}
GONE = {"code": 502, "message": "upstream went away"}

FAULTS = {
    "its cap": Fault(lambda left, _: Reply(some(left), finish="length")),
    "a close without an end": Fault(lambda left, _: Reply(left, cut=len(some(left)))),
    "a cut connection": Fault(lambda left, _: Reply(left, cut=len(some(left)), drop=True)),
    "silence": Fault(lambda left, _: Reply(some(left), hang=True, comments=True)),
    "an error in the stream": Fault(lambda left, _: Reply(some(left), error=GONE)),
    "rubbish in the stream": Fault(lambda left, _: Reply(some(left), rubbish=True)),
    "an abort": Fault(lambda left, _: Reply(some(left), finish="abort")),
    "nothing": Fault(lambda *_: Reply(""), lasting="the model answered with no text"),
    "reasoning only": Fault(
        lambda *_: Reply("", reasoning="Hm.", finish="length"), lasting="the model answered with no text"
    ),
    "a rate limit": Fault(
        lambda *_: refusal(429, "rate_limit_reached_error", Retry_After="0"), lasting="stayed busy for too long"
    ),
    "an overload": Fault(lambda *_: refusal(503, "server_unavailable"), lasting="did not answer in 6 tries"),
    "a gateway's page": Fault(
        lambda *_: Reply(status=504, body="<html>\n504\n</html>"), lasting="did not answer in 6 tries"
    ),
    "a refused parameter": Fault(refused_parameter),
    "a filter before": Fault(lambda *_: refusal(400, "content_filter"), lasting="the content filter of"),
    "a filter in the middle": Fault(
        lambda left, _: Reply(some(left), finish="content_filter"), lasting="content filter stopped it"
    ),
    "a refusal": Fault(
        lambda *_: Reply("I'm sorry, but I can't continue with this request."),
        lasting="the model refuses",
    ),
    "a loop": Fault(lambda *_: Reply(STUCK * 40), lasting="it repeats itself"),
    "an empty balance": Fault(lambda *_: refusal(429, "exceeded_current_quota_error"), stops="no balance left"),
    "a balance that ends": Fault(lambda left, _: Reply(some(left), error=SUSPENDED), stops="no balance left"),
    "a wrong key": Fault(lambda *_: refusal(401, "invalid_authentication_error"), stops="refuses the key"),
    "an unknown model": Fault(lambda *_: refusal(404, "resource_not_found_error"), stops="knows no model"),
    "too long a prompt": Fault(lambda *_: refusal(400, "context_length_exceeded"), stops="the request is too long"),
}
# A model that adds nothing to a text of the length asked says that it is at its end.
EARLY = {("nothing", "end"), ("a refusal", "end")}
CELLS = [
    (name, PLACES[(first + number) % len(PLACES)], dialect)
    for first, name in enumerate(FAULTS)
    for number, dialect in enumerate(DIALECTS)
]
# Each fault at each place, in one half of the dialects; the other half is in the soak.
HALVED = [
    pytest.param(*cell, marks=() if (place % len(DIALECTS) < len(PLACES)) == (place // len(DIALECTS) % 2) else SOAK)
    for place, cell in enumerate(CELLS)
]


def test_each_fault_strikes_at_each_place_and_in_each_dialect() -> None:
    usual = {(name, place) for cell in HALVED if not cell.marks for name, place, _ in [cell.values]}
    assert usual == {(fault, place) for fault in FAULTS for place in PLACES}
    assert {(fault, place) for fault, place, _ in CELLS} == {(fault, place) for fault in FAULTS for place in PLACES}
    assert {(fault, dialect) for fault, _, dialect in CELLS} == {(f, d) for f in FAULTS for d in DIALECTS}


class Ill:
    """A server that is well but for one fault at one place: `times` times, or for good."""

    def __init__(self, fault: Fault, place: str, dialect: str, times: float) -> None:
        self.fault = fault
        self.place = place
        self.dialect = dialect
        self.times = times
        self.task = {"outline": "outline", "summary": "summary:1"}.get(place, "chapter:1")
        self.whole = WHOLE[self.task]
        self.leads = {"middle": len(self.whole) // 2, "end": len(self.whole) - 12}.get(place, 0)

    def __call__(self, request: Request) -> Reply:
        """Answer a request in the dialect."""
        reply = self.answer(request)
        return replace(reply, **DIALECTS[self.dialect]) if reply.status == 200 else reply

    def answer(self, request: Request) -> Reply:
        """Return the rest of the text, or the fault in its place."""
        if request.task != self.task:
            return Reply("UNCHANGED")
        left = rest(self.whole, request.begun)
        if self.leads:
            lead, self.leads = self.leads, 0
            return Reply(left[:lead], finish="length")
        if self.times > 0 and left.strip():
            self.times -= 1
            return self.fault.reply(left, request)
        return Reply(left)


def begin(here: Here, server: Scripted, ill: Ill) -> tuple[str, ...]:
    """Make a book in which the fault's task is all there is to draft, and return what to build."""
    if ill.place == "outline":
        assert here.doit("bible").status == 0
    else:
        finish(here, server)
        if ill.place == "summary":
            with here.chapter(1).open("a", encoding="utf-8") as file:
                file.write("\nThe lamp went out.\n")
        else:
            here.edit("outline.md", "Mara finds a bottle", "Mara breaks a bottle")
    server.script = ill
    server.clear()
    return ("outline",) if ill.place == "outline" else ()


def drafted(here: Here, ill: Ill) -> str:
    """Return what came of the fault's task."""
    if ill.place == "outline":
        return WHOLE["outline"] if "## 5. The Letter" in (here / "outline.md").read_text("utf-8") else ""
    return body((here.summary(1) if ill.place == "summary" else here.chapter(1)).read_text("utf-8"))


def calls(server: Scripted, ill: Ill) -> int:
    return len([request for request in server.requests if request.task == ill.task])


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is noticed soon."""
    monkeypatch.setattr("novelist.model.deadlines.BETWEEN_TOKENS", 0.6)


@pytest.mark.parametrize(("name", "place", "dialect"), HALVED)
def test_a_fault_ends_in_a_whole_book_or_in_one_clear_line(
    here: Here, server: Scripted, name: str, place: str, dialect: str
) -> None:
    ill = Ill(FAULTS[name], place, dialect, 1)
    well = 2 if ill.leads else 1
    target = begin(here, server, ill)
    before = here.texts()

    ran = here.doit(*target, KIMI_PROVIDER=dialect)

    if ill.fault.stops:
        assert ran.status == 1
        told = [line for line in lines(ran.out) if " failed: " in line]
        assert [bool(re.search(ill.fault.stops, line)) for line in told] == [True], ran.out
        assert here.texts() == before
        assert calls(server, ill) == well
        ran = here.doit(*target, KIMI_PROVIDER=dialect)
        came = well == 2 or name == "a balance that ends"
        assert calls(server, ill) == well + 1
        assert bool(server.requests[-2 if place in PLACES[1:4] else -1].begun) == came
    else:
        assert calls(server, ill) == well + (0 if (name, place) in EARLY else 1), ran.out
    assert ran.status == 0, ran.out
    text = drafted(here, ill)
    assert text == ill.whole or ((name, place) in EARLY and ends_early(text, ill.whole))
    assert not list((here / ".novelist" / "partial").glob("*"))


def ends_early(text: str, whole: str) -> bool:
    """Say whether a text is a beginning of the whole one that ends with a sentence."""
    return whole.startswith(text) and text.endswith(".")


@pytest.mark.parametrize(("name", "place", "dialect"), [cell for cell in CELLS if not FAULTS[cell[0]].stops][::2])
def test_a_fault_that_stays_ends_in_a_whole_book_or_in_one_clear_line(
    here: Here, server: Scripted, name: str, place: str, dialect: str
) -> None:
    ill = Ill(FAULTS[name], place, dialect, float("inf"))
    target = begin(here, server, ill)
    before = here.texts()

    ran = here.doit(*target, KIMI_PROVIDER=dialect)

    if ran.status == 0:
        assert drafted(here, ill) == ill.whole or ends_early(drafted(here, ill), ill.whole)
    else:
        told = [line for line in lines(ran.out) if " failed: " in line]
        wanted = ill.fault.lasting + "|the model's outline stayed wrong" * (place == "outline")
        assert [bool(wanted and re.search(wanted, line)) for line in told] == [True], ran.out
        assert here.texts() == before
    assert (ran.status == 0) == (not ill.fault.lasting and (place != "outline" or name == "a refused parameter")) or (
        (name, place) in EARLY
    )
    assert "Traceback" not in ran.out + ran.err
    assert calls(server, ill) < 70

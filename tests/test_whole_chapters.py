from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from finished import lines
from in_process import Here, body
from running import start, until
from scripted import Reply, Request, Scripted, prose, refusal, rest

if TYPE_CHECKING:
    from shelf import Shelf

WHOLE = prose(50, 999)
CUT = WHOLE.index("tidela") + 3  # in the middle of a word

PREFILLED = {
    "moonshot": {"partial": True},
    "deepseek": {"prefix": True},
    "vllm": {},
    "sglang": {},
    "llamacpp": {},
}
TOLD = ["openai", "openrouter", "ollama", "lmstudio", "unknown"]
CUTS = {
    "its cap": Reply(WHOLE[:CUT], finish="length"),
    "a close without an end": Reply(WHOLE, cut=CUT),
    "a cut connection": Reply(WHOLE, cut=CUT, drop=True),
    "an end without a reason": Reply(WHOLE[:CUT], finish=None),
    "an abort": Reply(WHOLE[:CUT], finish="abort"),
    "an error in the stream": Reply(WHOLE[:CUT], error={"code": 502, "message": "upstream went away"}),
    "an end in mid-sentence": Reply(WHOLE[:CUT]),
}


def goes_on(server: Scripted, first: Reply, *, whole: str = WHOLE) -> None:
    """Answer the first request for chapter 1 with `first`, and the next with the rest of it."""
    book = server.script
    waiting = iter([first])

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        return next(waiting, None) or Reply(rest(whole, request.begun))

    server.script = script


def chapters(server: Scripted) -> list[Request]:
    return [request for request in server.requests if request.task == "chapter:1"]


@pytest.mark.parametrize(
    ("provider", "first"),
    [
        # Every second one of them: the others are in the soak.
        pytest.param(provider, first, id=f"{provider}-{cut}", marks=pytest.mark.soak if (row + column) % 2 else ())
        for row, provider in enumerate([*PREFILLED, *TOLD])
        for column, (cut, first) in enumerate(CUTS.items())
    ],
)
def test_a_chapter_that_was_cut_off_is_gone_on_with_and_joined_without_a_seam(
    here: Here, server: Scripted, first: Reply, provider: str
) -> None:
    goes_on(server, first)

    ran = here.doit("chapter:01", KIMI_PROVIDER=provider)

    assert ran.status == 0, ran.out
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert len(chapters(server)) == 2
    last: dict[str, Any] = chapters(server)[1].body["messages"][-1]
    assert (last["role"] == "assistant") == (provider in PREFILLED)
    assert WHOLE.startswith(chapters(server)[1].begun)
    assert len(chapters(server)[1].begun) > CUT - 12


@pytest.mark.parametrize(("provider", "more"), PREFILLED.items())
def test_a_server_is_given_the_text_to_go_on_with_in_its_own_way(
    here: Here, server: Scripted, provider: str, more: dict[str, Any]
) -> None:
    goes_on(server, CUTS["its cap"])

    assert here.doit("chapter:01", KIMI_PROVIDER=provider).status == 0

    sent = chapters(server)[1].body
    assert {key: value for key, value in sent["messages"][-1].items() if key not in ("role", "content")} == more
    assert sent.get("continue_final_message") == (True if provider in ("vllm", "sglang") else None)
    assert sent.get("add_generation_prompt") == (False if provider in ("vllm", "sglang") else None)


def test_a_server_that_takes_no_text_of_ours_is_told_instead_for_the_rest_of_the_run(
    here: Here, server: Scripted
) -> None:
    book = server.script
    cuts = iter([Reply(WHOLE[:CUT], finish="length")])

    def script(request: Request) -> Reply:
        if not request.task.startswith("chapter:"):
            return book(request)
        if request.body["messages"][-1]["role"] == "assistant":
            return refusal(400, "invalid_request_error", "Assistant response prefill is incompatible with thinking")
        return next(cuts, None) or (Reply(rest(WHOLE, request.begun)) if request.begun else book(request))

    server.script = script

    ran = here.doit("chapter:01", KIMI_PROVIDER="llamacpp")

    assert ran.status == 0
    assert "The server does not go on with a text of ours: telling it what it wrote." in lines(ran.out)
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert len(chapters(server)) == 3


def test_a_model_that_thinks_is_given_its_reasoning_with_its_text(here: Here, server: Scripted) -> None:
    goes_on(server, Reply(WHOLE[:CUT], reasoning="A storm.", finish="length"))

    assert here.doit("chapter:01", KIMI_PROVIDER="moonshot", KIMI_MODEL="kimi-k3").status == 0

    last = chapters(server)[1].body["messages"][-1]
    assert last["partial"] is True
    assert last["reasoning_content"] == "A storm."


def test_a_chapter_is_gone_on_with_as_often_as_a_small_cap_makes_it_necessary(here: Here, server: Scripted) -> None:
    book = server.script

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        left = rest(WHOLE, request.begun)
        return Reply(left[:50], finish="length" if len(left) > 50 else "stop")

    server.script = script

    assert here.doit("chapter:01").status == 0

    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert len(chapters(server)) > 5


def test_a_server_that_cuts_everything_off_ends_the_build_and_the_next_one_goes_on(
    here: Here, server: Scripted
) -> None:
    goes_on(server, Reply(WHOLE[:CUT], finish="abort"))
    script = server.script
    server.script = lambda request: Reply("So", finish="abort") if request.begun else script(request)

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: 3 answers in a row added nothing. Run `doit` again later. What came of it is in "
        ".novelist/partial/the-lamp-of-day-1.part; the next build goes on from there."
    )
    assert not (here / "chapters").exists()
    server.script = script
    server.clear()

    assert here.doit("chapter:01").status == 0

    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert server.tasks == ["chapter:1"]
    assert not (here / ".novelist" / "partial" / "the-lamp-of-day-1.part").exists()


def test_what_was_paid_for_before_a_balance_ended_is_gone_on_with(here: Here, server: Scripted) -> None:
    error = {"type": "exceeded_current_quota_error", "message": "Your account is suspended."}
    goes_on(server, Reply(WHOLE[:CUT], error=error))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the account has no balance left (Your account is suspended). Top it up, then run `doit` "
        "again. What came of it is in .novelist/partial/the-lamp-of-day-1.part; the next build goes on from there."
    )
    server.clear()
    assert here.doit("chapter:01").status == 0
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert [len(request.begun) > CUT - 12 for request in server.requests] == [True]


@pytest.mark.parametrize(
    "kill",
    [signal.SIGKILL, *(pytest.param(other, marks=pytest.mark.soak) for other in (signal.SIGTERM, signal.SIGINT))],
)
def test_a_killed_build_goes_on_from_what_had_come(book: Shelf, server: Scripted, kill: signal.Signals) -> None:
    path = killed_in_the_middle(book, server, kill)
    server.clear()
    ran = book.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert body(book.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert server.tasks == ["chapter:1"]
    assert len(server.requests[0].begun) > CUT - 12
    assert not path.exists()


def test_what_had_come_of_another_brief_goes_to_history(book: Shelf, server: Scripted) -> None:
    path = killed_in_the_middle(book, server, signal.SIGKILL)
    book.edit("outline.md", "On day 1 Mara finds", "On day 1 Eskil finds")
    server.clear()

    assert book.doit("chapter:01").status == 0

    assert [request.begun for request in server.requests] == [""]
    (kept,) = (book / ".novelist" / "history" / "the-lamp-of-day-1" / "rejected").glob("*.md")
    assert WHOLE.startswith(kept.read_text("utf-8"))
    assert not path.exists()


@pytest.mark.parametrize("heard", [WHOLE[:CUT], ""], ids=["in the middle", "before the first token"])
def test_a_stream_that_falls_silent_is_cut_and_gone_on_with(
    here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch, heard: str
) -> None:
    monkeypatch.setattr("novelist.model.deadlines.BETWEEN_TOKENS", 0.3)
    monkeypatch.setattr("novelist.model.deadlines.FIRST_TOKEN", 0.3)
    goes_on(server, Reply(heard, hang=True, comments=True))

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert len(chapters(server)) == 2


def test_a_stream_that_never_ends_is_cut_at_last(here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novelist.model.deadlines.WHOLE_ANSWER", 0.5)
    goes_on(server, Reply("", reasoning="Hm. " * 5000, piece=4, pause=0.05))

    ran = here.doit("chapter:01")

    assert ran.status == 0, ran.out
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE


def test_reasoning_that_took_the_whole_cap_gets_more_room(here: Here, server: Scripted) -> None:
    server.on("chapter:1", Reply("", reasoning="Let me think.", finish="length"))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert "The model's reasoning left no room for its answer: asking again with more." in lines(ran.out)
    caps = [request.body["max_tokens"] for request in chapters(server)]
    assert caps == [580, 16_580]


def test_reasoning_that_took_the_authors_own_cap_is_told(here: Here, server: Scripted) -> None:
    server.on("chapter:1", *[Reply("", reasoning="Let me think.", finish="length")] * 3)

    ran = here.doit("chapter:01", KIMI_MAX_OUTPUT_TOKENS="77")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the model's reasoning took all of KIMI_MAX_OUTPUT_TOKENS=77. Set it higher, or leave it "
        "out."
    )


def test_a_text_whose_model_insists_on_its_unfinished_end_is_ended_with_its_last_sentence(
    here: Here, server: Scripted
) -> None:
    goes_on(server, Reply(WHOLE + "\n\nAnd the"))
    script = server.script
    server.script = lambda request: Reply("") if request.begun else script(request)

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert body(here.chapter(1).read_text(encoding="utf-8")) == WHOLE
    assert lines(ran.out)[-1].endswith("50 words, ended at its last whole sentence")


def killed_in_the_middle(book: Shelf, server: Scripted, kill: signal.Signals) -> Path:
    """Kill a build of chapter 1 in the middle of its stream, and return where the unfinished draft is."""
    goes_on(server, Reply(WHOLE[:CUT], piece=5, hang=True))
    path = book / ".novelist" / "partial" / "the-lamp-of-day-1.part"
    running = start(book)
    until(running, lambda: path.exists() and WHOLE[:CUT] in path.read_text("utf-8"))
    running.send_signal(kill)
    running.communicate(timeout=60)
    return path


def test_the_unfinished_draft_says_what_it_is_of(book: Shelf, server: Scripted) -> None:
    path = killed_in_the_middle(book, server, signal.SIGKILL)

    head, _, text = path.read_text("utf-8").partition("\n")

    assert text == WHOLE[:CUT]
    assert set(json.loads(head)["stamp"]) == {
        *("section", "part", "bible", "rules", "style", "settings", "story", "fits")
    }
    assert re.fullmatch("h[0-9a-f]{12}", json.loads(head)["stamp"]["section"])


@pytest.mark.parametrize("head", ['{"stamp": {}, "finish": "", "before": 0}', "{", ""])
def test_what_had_come_under_a_head_that_cannot_be_read_goes_to_history(here: Here, head: str) -> None:
    assert here.doit("outline").status == 0
    path = here / ".novelist" / "partial" / "the-lamp-of-day-1.part"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n{WHOLE[:CUT]}", "utf-8")

    assert here.doit("chapter:01").status == 0

    (kept,) = (here / ".novelist" / "history" / "the-lamp-of-day-1" / "rejected").glob("*.md")
    assert kept.read_text("utf-8") == WHOLE[:CUT]
    assert not path.exists()


@pytest.mark.parametrize("again", [30, 60, 150, 300])
def test_what_a_server_says_again_before_it_goes_on_is_no_loop(here: Here, server: Scripted, again: int) -> None:
    here.edit("premise.md", "words: 40-60", "words: 500-700")
    whole = prose(600, 999)
    words = list(re.finditer(r"\S+", whole))
    cut = words[400].end()
    book = server.script
    answers = iter([Reply(whole[:cut], finish="length"), Reply(whole[words[401 - again].start() :])])

    def script(request: Request) -> Reply:
        return next(answers) if request.task == "chapter:1" else book(request)

    server.script = script

    ran = here.doit("chapter:01", KIMI_PROVIDER="unknown")

    assert ran.status == 0, ran.out
    assert body(here.chapter(1).read_text(encoding="utf-8")) == whole

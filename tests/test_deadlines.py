from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from calling import PROSE, Session, asked
from frames import COUNTED, ENDED, OPENED, says, stream
from in_process import Here, body
from running import start, until
from scripted import Reply, Request, Scripted, events, prose, rest

from novelist.errors import WriterError
from novelist.model.providers import UNKNOWN

if TYPE_CHECKING:
    from shelf import Shelf

pytestmark = pytest.mark.slow  # it waits, or looks at thousands of texts

WHOLE = prose(50, 999)
CUT = len(WHOLE) // 2
LONG = 10.0  # seconds that no test here takes, unless a deadline is missed
COMMENT = ": keep-alive\n\n"
EMPTY = stream(says({"content": ""}))[0]


@pytest.fixture(autouse=True)
def glances(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let deadlines be kept to a fraction of a second, and nothing be waited for between two tries."""
    monkeypatch.setattr("novelist.model.deadlines.BETWEEN_LOOKS", 0.02)
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: None))


def deadlines(patch: pytest.MonkeyPatch, **seconds: float) -> None:
    """Set the deadlines: all that are not named are far away."""
    for name in ("CONNECT", "FIRST_TOKEN", "BETWEEN_TOKENS", "AFTER_THE_END", "WHOLE_ANSWER"):
        patch.setattr(f"novelist.model.deadlines.{name}", seconds.get(name, LONG))


def ask(server: Scripted) -> Session:
    """Ask for a text, and return what came of it."""
    session = Session()
    session.ask(server, UNKNOWN, "m", PROSE)
    return session


def without_end(*first: str, then: str) -> Iterator[str]:
    """Yield events, and then always the same one for as long as somebody reads: longer than any test waits."""
    began = time.monotonic()
    yield from first
    while time.monotonic() < began + LONG:
        yield then


def text(words: str) -> str:
    """Return the event of a piece of text."""
    return stream(says({"content": words}))[0]


def test_a_host_that_takes_no_connection_is_left_after_six_tries(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadlines(monkeypatch, CONNECT=0.1)
    began = time.monotonic()
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)  # noqa: FBT003 - socket's own
            waiting.connect_ex(full.getsockname())
        server.base_url = "http://{}:{}/v1".format(*full.getsockname())
        with pytest.raises(WriterError) as caught:
            asked(server, UNKNOWN, "m", PROSE)

    assert str(caught.value) == (
        "an OpenAI-compatible server is not reached (it takes no connection). "
        "Start the server, or check the port in KIMI_BASE_URL."
    )
    assert time.monotonic() < began + LONG


def test_a_server_that_answers_nothing_at_all_is_asked_again(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines(monkeypatch, FIRST_TOKEN=0.5)
    never = threading.Event()
    server.replies(Reply(wait=never), Reply("It burned."))

    session = ask(server)
    never.set()

    (line,) = session.lines
    assert re.fullmatch(r"The server did not answer \(it says nothing\)\. Trying again in [12] s\.", line)
    assert [answer.text for answer in session.answers] == ["It burned."]
    assert len(server.requests) == 2


SILENCES = {
    "nothing": lambda: Reply(hang=True),
    "only comments": lambda: Reply(events=without_end(then=COMMENT), pause=0.01),
    "only empty pieces": lambda: Reply(events=without_end(then=EMPTY), pause=0.01),
}


@pytest.mark.parametrize("name", SILENCES)
def test_a_stream_without_a_first_token_is_cut_and_asked_for_again(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    deadlines(monkeypatch, FIRST_TOKEN=0.4)
    server.replies(SILENCES[name](), Reply("It burned."))

    session = ask(server)

    assert [answer.text for answer in session.answers] == ["It burned."]
    assert len(server.requests) == 2
    assert session.paid[-1].tries == 2


@pytest.mark.parametrize("then", [COMMENT, EMPTY, None], ids=["comments", "empty pieces", "nothing"])
def test_a_stream_that_falls_silent_is_cut_whatever_else_is_sent(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, then: str | None
) -> None:
    deadlines(monkeypatch, BETWEEN_TOKENS=0.2)
    told = text("The lamp")
    silent = Reply(events=[told], hang=True) if then is None else Reply(events=without_end(told, then=then), pause=0.01)
    server.replies(silent)

    session = ask(server)

    assert [(answer.text, answer.finish) for answer in session.answers] == [("The lamp", "cut")]
    assert [spent.seconds < LONG / 2 for spent in session.paid] == [True]
    assert len(server.requests) == 1


def test_the_first_token_may_take_longer_than_the_next(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines(monkeypatch, BETWEEN_TOKENS=0.4)
    begun = stream(OPENED)[0]

    def late() -> Iterator[str]:
        yield begun
        threading.Event().wait(0.8)
        yield from stream(says({"content": "It burned."}), ENDED)

    server.replies(Reply(events=late()))

    session = ask(server)

    assert [(answer.text, answer.finish) for answer in session.answers] == [("It burned.", "stop")]
    assert (session.paid[0].first or 0) >= 0.8


@pytest.mark.parametrize("slow", [Reply("It burned.", piece=1), Reply("It burned.", reasoning="So it is.", piece=2)])
def test_a_slow_stream_is_waited_for_as_long_as_it_goes_on(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, slow: Reply
) -> None:
    deadlines(monkeypatch, FIRST_TOKEN=0.8, BETWEEN_TOKENS=0.8, AFTER_THE_END=0.8)
    server.replies(Reply(events=events(Request("", {}, {}), slow), pause=0.1))

    session = ask(server)

    assert [(answer.text, answer.finish) for answer in session.answers] == [("It burned.", "stop")]
    assert session.paid[0].seconds > 0.8
    assert not session.paid[0].usage.estimated


@pytest.mark.parametrize("piece", ["content", "reasoning_content"])
def test_a_stream_that_goes_on_for_ever_is_cut(server: Scripted, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    deadlines(monkeypatch, WHOLE_ANSWER=0.4)
    told = stream(says({piece: "la "}))[0]
    server.replies(Reply(events=without_end(text("The lamp "), then=told), pause=0.01))

    session = ask(server)

    assert [(answer.text[:8], answer.finish) for answer in session.answers] == [("The lamp", "cut")]
    assert 0.4 <= session.paid[0].seconds < LONG / 2


AFTER = {
    "nothing": None,
    "comments": COMMENT,
    "empty pieces": EMPTY,
    "usage again and again": stream({"choices": [], "usage": COUNTED})[0],
}


@pytest.mark.parametrize("name", AFTER)
def test_a_text_is_whole_once_it_has_ended_though_the_connection_stays_open(
    here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    deadlines(monkeypatch, AFTER_THE_END=0.4)
    sent, then = [text(WHOLE), stream(ENDED)[0]], AFTER[name]
    held = Reply(events=sent, hang=True) if then is None else Reply(events=without_end(*sent, then=then), pause=0.01)
    server.on("chapter:1", held)

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert body(here.chapter(1).read_text("utf-8")) == WHOLE
    assert server.tasks == ["bible", "outline", "chapter:1"]
    line = json.loads((here / ".novelist" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    assert (line["finish"], line["estimated"]) == ("stop", name != "usage again and again")
    assert line["seconds"] < LONG / 2


def test_a_stream_that_says_it_is_done_is_not_waited_for(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines(monkeypatch)
    usage = {"choices": [], "usage": COUNTED}
    server.replies(Reply(events=stream(says({"content": "It burned."}), ENDED, usage), hang=True))

    session = ask(server)

    assert [answer.finish for answer in session.answers] == ["stop"]
    assert session.paid[0].seconds < LONG / 2
    assert not session.paid[0].usage.estimated


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_any_end_is_an_end_though_the_connection_stays_open(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, finish: str
) -> None:
    deadlines(monkeypatch, AFTER_THE_END=0.2)
    server.replies(Reply(events=[text("It burned."), stream(says({}, finish))[0]], hang=True))

    session = ask(server)

    assert [(answer.text, answer.finish) for answer in session.answers] == [("It burned.", finish)]
    assert session.paid[0].seconds < LONG / 2


def ours() -> set[threading.Thread]:
    """Return the running threads, without those of the scripted server."""
    return {thread for thread in threading.enumerate() if "process_request_thread" not in thread.name}


def interrupt(here: Here) -> Iterator[str]:
    """Yield a piece of text, and press Ctrl-C once it has been heard."""
    yield text(WHOLE[:CUT])
    came = here / ".novelist" / "partial" / "the-lamp-of-day-1.part"
    while not (came.exists() and WHOLE[:CUT] in came.read_text("utf-8")):
        pass
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


ENDINGS: dict[str, tuple[Any, int]] = {
    "all is well": (lambda _: None, 0),
    "the stream falls silent": (lambda _: Reply(WHOLE[:CUT], hang=True), 0),
    "the stream ends and stays open": (lambda _: Reply(events=[text(WHOLE), stream(ENDED)[0]], hang=True), 0),
    "the connection is cut": (lambda _: Reply(WHOLE, cut=CUT, drop=True), 0),
    "a loop is stopped": (lambda _: Reply("Mara looked at the wet grey sea and waited for it. " * 60), 0),
    "the key is refused": (lambda _: Reply(status=401, body={"error": {"message": "no"}}), 1),
    "Ctrl-C": (lambda here: Reply(events=interrupt(here), hang=True), 130),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_no_thread_is_left_running_after_a_build(
    here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    deadlines(monkeypatch, BETWEEN_TOKENS=0.4, AFTER_THE_END=0.4)
    reply, status = ENDINGS[name]
    book, waiting = server.script, iter([reply(here)])

    def script(request: Request) -> Reply:
        if request.task != "chapter:1":
            return book(request)
        return next(waiting, None) or Reply(rest(WHOLE, request.begun))

    server.script = script
    before = ours()

    assert here.doit("chapter:01").status == status

    assert ours() == before


def test_a_draft_that_was_killed_after_its_last_token_is_finished_and_not_gone_on_with(
    book: Shelf, server: Scripted
) -> None:
    server.on("chapter:1", Reply(events=[text(WHOLE), stream(ENDED)[0]], hang=True))
    path = book / ".novelist" / "partial" / "the-lamp-of-day-1.part"
    running = start(book)
    until(running, lambda: path.exists() and '"finish": "stop"' in path.read_text("utf-8"))

    running.kill()
    running.communicate(timeout=60)
    # The call had not ended: it has no line yet.
    assert '"chapter:1"' not in (book / ".novelist" / "ledger.jsonl").read_text("utf-8")
    server.clear()
    ran = book.doit("chapter:01")

    assert ran.status == 0, ran.out + ran.err
    assert server.requests == []
    assert body(book.chapter(1).read_text("utf-8")) == WHOLE
    assert not path.exists()

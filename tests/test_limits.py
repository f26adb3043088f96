"""What a server told of a model's limits: it is known in the next run, and forgotten where that may be wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from in_process import Here
from scripted import Reply, Request, Scripted, write_book

if TYPE_CHECKING:
    from pathlib import Path

    from shelf import Ran

MOST = "max_tokens is too large: this model supports at most 700 completion tokens"
CONTEXT = "This model's maximum context length is 2000 tokens. However, the prompt has 1200 tokens."
AFFORDED = "This request requires more credits, or fewer max_tokens. You can only afford 700"


def strict(server: Scripted, most: int, words: str, status: int = 400) -> None:
    """Have the server refuse longer answers than `most` tokens, in these words."""
    book = write_book()

    def script(request: Request) -> Reply:
        if request.body["max_tokens"] > most:
            return Reply(status=status, body={"error": {"message": words}})
        return book(request)

    server.script = script


def caps(server: Scripted) -> list[int]:
    return [request.body["max_tokens"] for request in server.requests]


def ask(here: Here, server: Scripted, **environ: str) -> Ran:
    """Draft the bible anew, and keep only the requests for that."""
    (here / "bible.md").unlink(missing_ok=True)
    server.clear()
    ran = here.doit("bible", **environ)
    assert ran.status == 0, ran.out
    return ran


def kept(here: Here) -> Path:
    return here / ".novelist" / "cache" / "limits.json"


@pytest.mark.parametrize(("words", "most"), [(MOST, 700), (CONTEXT, 776)], ids=["a cap", "a context"])
def test_a_limit_that_a_server_told_is_known_in_the_next_run(
    here: Here, server: Scripted, words: str, most: int
) -> None:
    strict(server, most, words)
    told = ask(here, server)
    assert len(server.requests) == 2
    assert ": asking for " in told.out
    before = caps(server)[1]

    again = ask(here, server)

    assert caps(server) == [before]
    assert ": asking for " not in again.out


@pytest.mark.parametrize(
    "change", [{"KIMI_MODEL": "another"}, {"KIMI_BASE_URL": "localhost"}], ids=["model", "address"]
)
def test_a_limit_is_that_of_one_model_at_one_address(here: Here, server: Scripted, change: dict[str, str]) -> None:
    strict(server, 700, MOST)
    ask(here, server)

    ask(
        here,
        server,
        **{
            name: server.base_url.replace("127.0.0.1", value) if "URL" in name else value
            for name, value in change.items()
        },
    )

    assert len(caps(server)) == 2


def test_what_the_balance_allows_is_of_one_run_only(here: Here, server: Scripted) -> None:
    strict(server, 700, AFFORDED, status=402)
    ask(here, server)
    assert len(caps(server)) == 2

    ask(here, server)

    assert len(caps(server)) == 2
    assert not kept(here).exists()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\x00", b'{"v": 1, "limits": {}}', b'{"v": 1, "limits": 5}', None]
)
def test_limits_that_are_damaged_are_forgotten(here: Here, server: Scripted, content: bytes | None) -> None:
    strict(server, 700, MOST)
    ask(here, server)
    if content is None:
        kept(here).write_bytes(kept(here).read_bytes().replace(b"700", b"900"))
    else:
        kept(here).write_bytes(content)

    ask(here, server)

    assert len(caps(server)) == 2
    assert caps(server)[1] == 700


def test_limits_are_forgotten_after_a_week(here: Here, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    strict(server, 700, MOST)
    ask(here, server)
    then = time.time() + 8 * 24 * 3600
    monkeypatch.setattr("novelist.model.limits.time.time", lambda: then)

    ask(here, server)

    assert len(caps(server)) == 2


def test_a_context_that_has_become_too_small_for_a_prompt_is_asked_for_anew(here: Here, server: Scripted) -> None:
    strict(server, 776, CONTEXT)
    ask(here, server)
    server.script = write_book()
    text = (here / "premise.md").read_text("utf-8")
    (here / "premise.md").write_text(text + "\n" + "The tide takes the ferry. " * 400, encoding="utf-8")

    ask(here, server)

    assert len(caps(server)) == 1
    assert caps(server)[0] > 776


def test_a_disk_that_does_not_let_it_keeps_no_limit(here: Here, server: Scripted) -> None:
    kept(here).mkdir(parents=True)
    strict(server, 700, MOST)

    ask(here, server)

    assert caps(server)[1] == 700

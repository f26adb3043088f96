from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from in_process import Here, everything
from scripted import Reply, Request, Scripted

if TYPE_CHECKING:
    from shelf import Shelf

KEY = "sk-test-key"


def echo(status: int, before: int = 0) -> Reply:
    """Return an error that tells the key, `before` characters from its beginning."""
    message = "x" * before + f"Incorrect API key provided: {KEY}"
    return Reply(status=status, body={"error": {"type": "invalid_authentication_error", "message": message}})


def test_the_key_is_in_no_file_and_no_output(book: Shelf, server: Scripted) -> None:
    ran = book.doit()

    assert ran.status == 0
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}
    assert KEY not in everything(book) + ran.out + ran.err
    assert not any(KEY in request.prompt for request in server.requests)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404])
def test_a_key_that_a_refusal_echoes_is_not_shown(here: Here, server: Scripted, status: int) -> None:
    server.replies(echo(status))

    ran = here.doit()

    assert ran.status == 1
    assert f"({status}: Incorrect API key provided: …)" in ran.out
    assert KEY not in everything(here) + ran.out + ran.err


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_key_that_a_passing_error_echoes_is_not_shown(here: Here, server: Scripted, status: int) -> None:
    server.replies(echo(status))

    ran = here.doit("bible")

    assert ran.status == 0
    assert server.tasks == ["bible", "bible"]
    assert KEY not in everything(here) + ran.out + ran.err


@pytest.mark.parametrize("before", range(160, 175, 3))
def test_a_key_at_the_end_of_a_long_error_is_not_shown_in_part(here: Here, server: Scripted, before: int) -> None:
    server.replies(echo(401, before))

    ran = here.doit()

    assert ran.status == 1
    assert KEY[:5] not in everything(here) + ran.out + ran.err


def test_a_key_that_is_echoed_in_the_middle_of_a_stream_is_not_shown(here: Here, server: Scripted) -> None:
    def script(request: Request) -> Reply:
        told = request.headers["authorization"]
        return Reply("The lamp", error={"type": "server_error", "message": f"no such customer: {told}"})

    server.script = script

    ran = here.doit()

    assert ran.status == 1
    assert KEY not in everything(here) + ran.out + ran.err


def test_the_word_none_of_a_server_without_a_key_is_shown(here: Here, server: Scripted) -> None:
    del here.environ["MOONSHOT_API_KEY"]
    server.replies(Reply(status=404, body={"error": {"message": "none of the models is called so"}}))

    ran = here.doit()

    assert ran.out.splitlines() == [
        (
            "bible        failed: an OpenAI-compatible server knows no model `kimi-k2.6` "
            "(404: none of the models is called so). Set KIMI_MODEL to one that it offers: kimi-k2.6, kimi-k3."
        )
    ]

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from in_process import Here
from scripted import Reply, Scripted, refusal

if TYPE_CHECKING:
    from shelf import Shelf


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
    assert ran.out.splitlines()[:2] == [f"The server did not answer ({status}: sorry). Trying again in 0 s."] * 2
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
        "bible        failed: an OpenAI-compatible server did not answer in 6 tries (Connection error). "
        "Run `doit` again later."
    )


def test_an_error_page_of_a_gateway_is_told_without_its_html_tags_in_many_lines(here: Here, server: Scripted) -> None:
    page = "<html>\n<body>\n<h1>504 Gateway Time-out</h1>\n" + "<p>nginx</p>\n" * 100 + "</body>\n</html>"
    server.replies(*[Reply(status=504, body=page)] * 6)

    ran = here.doit()

    assert ran.status == 1
    assert len(ran.out.splitlines()) == 6
    assert max(map(len, ran.out.splitlines())) < 400
    assert server.tasks == ["bible"] * 6

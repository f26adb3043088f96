from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from in_process import Here
from scripted import Reply, Scripted, refusal

if TYPE_CHECKING:
    from shelf import Shelf


REFUSALS = {
    "no balance": (
        refusal(429, "exceeded_current_quota_error", "Your account is suspended."),
        "the account has no balance left (429: Your account is suspended). Top it up, then run `doit` again.",
    ),
    "no balance at OpenAI": (
        Reply(status=429, body={"error": {"code": "insufficient_quota", "message": "You exceeded your quota."}}),
        "the account has no balance left (429: You exceeded your quota). Top it up, then run `doit` again.",
    ),
    "no balance at OpenRouter": (
        refusal(402, "payment_required", "Insufficient credits"),
        "the account has no balance left (402: Insufficient credits). Top it up, then run `doit` again.",
    ),
    "wrong key": (
        refusal(401, "invalid_authentication_error", "Invalid Authentication"),
        "an OpenAI-compatible server refuses the key (401: Invalid Authentication). Check the key in MOONSHOT_API_KEY.",
    ),
    "forbidden": (
        refusal(403, "permission_denied_error", "The API you are accessing is not open"),
        (
            "an OpenAI-compatible server refuses the key (403: The API you are accessing is not open). "
            "Check the key in MOONSHOT_API_KEY."
        ),
    ),
    "unknown model": (
        refusal(404, "resource_not_found_error", "Not found the model kimi-k2.6"),
        (
            "an OpenAI-compatible server knows no model `kimi-k2.6` (404: Not found the model kimi-k2.6). "
            "Set KIMI_MODEL to one that it offers."
        ),
    ),
    "wrong request": (
        refusal(400, "invalid_request_error", "Input token length too long"),
        (
            "an OpenAI-compatible server refuses the request (400: Input token length too long). "
            "Check the settings of the model in .env."
        ),
    ),
}


@pytest.mark.parametrize(("reply", "told"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_not_tried_again_and_says_what_to_do(
    here: Here, server: Scripted, reply: Reply, told: str
) -> None:
    server.replies(reply)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines() == [f"bible        failed: {told}"]
    assert server.tasks == ["bible"]
    assert set(here.texts()) == {"premise.md", "dodo.py"}


def test_a_refused_key_is_told_in_one_line(book: Shelf, server: Scripted) -> None:
    server.replies(refusal(401, "invalid_authentication_error", "Invalid Authentication"))

    ran = book.doit()

    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "bible        failed: an OpenAI-compatible server refuses the key (401: Invalid Authentication). "
        "Check the key in MOONSHOT_API_KEY.\n"
    )
    assert server.tasks == ["bible"]


def test_a_balance_that_ends_in_the_middle_of_a_book_stops_it_there(here: Here, server: Scripted) -> None:
    server.on("chapter:2", refusal(429, "exceeded_current_quota_error", "Your account is suspended."))

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:02   failed: the account has no balance left (429: Your account is suspended). "
        "Top it up, then run `doit` again."
    )
    assert server.tasks == ["bible", "outline", "chapter:1", "summary:1", "chapter:2"]
    server.clear()
    assert here.doit().status == 0
    assert server.tasks[0] == "chapter:2"
    assert len(server.tasks) == 8


def test_a_balance_that_ends_in_the_middle_of_a_stream_is_not_tried_again(here: Here, server: Scripted) -> None:
    error = {"type": "exceeded_current_quota_error", "message": "Your account is suspended."}
    server.on("chapter:1", Reply("The lamp", error=error))

    ran = here.doit("chapter:01")

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "chapter:01   failed: the account has no balance left (Your account is suspended). "
        "Top it up, then run `doit` again."
    )
    assert server.tasks == ["bible", "outline", "chapter:1"]


def refused(name: str, status: int = 400) -> Reply:
    """Return the error of a server that does not know the parameter `name`."""
    error = {"type": "invalid_request_error", "message": f"unknown parameter: {name}", "param": name}
    return Reply(status=status, body={"error": error})


@pytest.mark.parametrize("status", [400, 422])
def test_a_parameter_that_a_server_refuses_is_left_out_for_the_rest_of_the_run(
    here: Here, server: Scripted, status: int
) -> None:
    server.replies(refused("response_format", status))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert ran.out.splitlines()[0] == "The server refuses `response_format`: going on without it."
    assert ran.out.count("going on without it") == 1
    assert server.tasks == ["bible", "bible", "outline", "chapter:1"]
    assert ["response_format" in request.body for request in server.requests] == [True, False, False, False]


def test_two_parameters_that_a_server_refuses_are_both_left_out(here: Here, server: Scripted) -> None:
    server.replies(refused("response_format"), refused("stream_options"))

    assert here.doit("chapter:01").status == 0

    assert server.tasks == ["bible", "bible", "bible", "outline", "chapter:1"]
    for request in server.requests[2:]:
        assert not {"response_format", "stream_options"} & request.body.keys()


def test_a_parameter_named_only_in_the_message_is_left_out_too(here: Here, server: Scripted) -> None:
    message = "invalid temperature: only 1 is allowed for this model"
    server.replies(refusal(400, "invalid_request_error", message))

    assert here.doit("bible", KIMI_TEMPERATURE="0.7").status == 0

    assert ["temperature" in request.body for request in server.requests] == [True, False]


def test_a_parameter_is_left_out_once_only(here: Here, server: Scripted) -> None:
    server.replies(*[refused("response_format")] * 3)

    ran = here.doit()

    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "bible        failed: an OpenAI-compatible server refuses the request "
        "(400: unknown parameter: response_format). Check the settings of the model in .env."
    )
    assert server.tasks == ["bible", "bible"]


def test_the_cap_is_never_left_out(here: Here, server: Scripted) -> None:
    server.replies(*[refused("max_tokens")] * 3)

    ran = here.doit()

    assert ran.status == 1
    assert all("max_tokens" in request.body or "max_completion_tokens" in request.body for request in server.requests)
    assert len(server.requests) <= 2


def test_a_refused_parameter_is_tried_again_in_the_next_run(here: Here, server: Scripted) -> None:
    server.replies(refused("stream_options"))
    assert here.doit("bible").status == 0
    server.clear()

    assert here.doit("outline").status == 0

    assert ["stream_options" in request.body for request in server.requests] == [True]

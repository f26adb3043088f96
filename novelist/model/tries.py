"""A call that is made again where its fault allows it, after a wait.

Knows faults, and no server. What is told of a try is its caller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from novelist.model.faults import Fault, fault

if TYPE_CHECKING:
    from collections.abc import Callable

    import tenacity

Brought = TypeVar("Brought")

FIRST_WAIT = 1.0  # seconds, doubled at each try, with jitter
LONGEST_WAIT = 60.0


def patiently(call: Callable[[int], Brought], tell: Callable[[Fault, float], None]) -> Brought:
    """Return what a call brings, made as often as its faults allow; it is given the number of the try, from 1.

    `tell` is told of each fault and of the seconds until the next try. Raises what the last try raised.
    """
    import tenacity  # noqa: PLC0415 - only a build that drafts needs it

    def gives_up(state: tenacity.RetryCallState) -> bool:
        wrong = _fault_of(state)
        return wrong is None or wrong.gives_up(state.attempt_number, state.idle_for + state.upcoming_sleep)

    def waits(state: tenacity.RetryCallState) -> float:
        wrong = _fault_of(state)
        return max(min(backoff(state), LONGEST_WAIT), wrong.wait if wrong else 0.0)

    def before_sleep(state: tenacity.RetryCallState) -> None:
        if wrong := _fault_of(state):
            tell(wrong, state.upcoming_sleep)

    backoff = tenacity.wait_exponential(multiplier=FIRST_WAIT) + tenacity.wait_random(0, FIRST_WAIT)
    for attempt in tenacity.Retrying(stop=gives_up, wait=waits, before_sleep=before_sleep, reraise=True):
        with attempt:
            return call(attempt.retry_state.attempt_number)
    raise AssertionError  # tenacity returns or raises


def _fault_of(state: tenacity.RetryCallState) -> Fault | None:
    error = state.outcome.exception() if state.outcome else None
    return fault(error) if error else None

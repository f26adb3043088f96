"""Which lane a test runs in: each is in one, and a test that says nothing of itself is in the fast one if it may be.

fast      what one runs while working (`pytest -m fast`): starts no process, builds no book
slow      whole builds, commands, exports, browsers: what is marked so, and every test that uses `bare_environ`, the
          environment that commands are run in (`book`, `here` and others are made of it), or `browser`
embedded  what loads the real embedded model
soak      runs for minutes, by hand

Nobody has to remember this: a fast test that starts a process fails and says so, and so does a test that loads the
model's engine into this process without being in its lane. Time is not looked at: it is another on each machine.
"""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

BY_NAME = ("soak", "embedded", "slow")  # where a test has several, the first counts
FIXTURES = {"bare_environ", "browser"}

_running = ""  # the lane of the test that is running now


def lane(item: pytest.Item) -> str:
    """Return the lane of a test."""
    marks = {mark.name for mark in item.iter_markers()}
    if named := next((name for name in BY_NAME if name in marks), None):
        return named
    return "slow" if FIXTURES.intersection(getattr(item, "fixturenames", ())) else "fast"


def pytest_configure() -> None:
    """Watch what tests do in this process."""
    platform.platform()  # asks `uname` once, and openai asks it with its first call
    sys.addaudithook(_watch)


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its lane."""
    for item in items:
        item.add_marker(lane(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Know the lane while a test runs."""
    global _running  # noqa: PLW0603 - an audit hook is given nothing of ours
    _running = lane(item)
    try:
        return (yield)
    finally:
        _running = ""


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen" and _running == "fast":
        pytest.fail(f"`{details[0]}` is a process, and this test is in the fast lane. Mark it `slow`.")
    if event == "import" and details[0] == "xllamacpp" and _running in {"fast", "slow"}:
        pytest.fail("The embedded model's engine is loaded outside its lane. Mark this test `embedded`.")

"""A build of chapter 1 in a process of its own, which a test watches while it runs."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book.lock import lock
from novelist.book.paths import Book
from novelist.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelf import Shelf


PATIENCE = 120  # seconds


def start(book: Shelf) -> subprocess.Popen[str]:
    """Begin a build of chapter 1 in a process of its own."""
    doit = str(Path(sys.executable).with_name("doit"))
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [doit, "chapter:01"], cwd=book.root, env=book.environ, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )


def until(running: subprocess.Popen[str], condition: Any) -> None:
    """Wait until the condition holds while the build runs."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.01)
            raise AssertionError(running.communicate())


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until the condition holds, where a server does that answers: the test itself sees what never does."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)


def is_free(root: Path) -> bool:
    """Say whether no build has the book."""
    try:
        with lock(Book(root)):
            return True
    except BookError:
        return False

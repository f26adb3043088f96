"""How long a stream may be silent, and how long it may take in all.

Knows the connection under a stream of openai's. Knows nothing of what is streamed.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Seconds to wait for a connection, for the first token (a long prompt on a small machine), between two, and in all.
CONNECT = 10.0
FIRST_TOKEN = 600.0
BETWEEN_TOKENS = 120.0
AFTER_THE_END = 10.0  # for the usage, which may come behind the end of the text, or never
WHOLE_ANSWER = 3600.0
WHOLE_ANSWERS_OF_PATIENCE = 6  # times the seconds to the first token, where a person has set these higher
BETWEEN_LOOKS = 1.0  # between two looks at the deadline, which may have come nearer


@contextmanager
def deadlines(stream: Any, began: float, first: float) -> Iterator[Callable[[float], None]]:  # noqa: ANN401 - openai is imported late
    """Cut a stream that is silent, or goes on, for too long; tell what is yielded how long it may now be silent.

    A read timeout is not enough: servers that send comments to keep the line open never run into it. The reader of a
    stream that is cut reads its end. `began` is on the monotonic clock; `first` are the seconds to the first token.
    """
    over = threading.Event()
    silent_until = time.monotonic() + first
    ends = began + max(WHOLE_ANSWER, WHOLE_ANSWERS_OF_PATIENCE * first if first > FIRST_TOKEN else 0)

    def may_be_silent(seconds: float) -> None:
        nonlocal silent_until
        silent_until = time.monotonic() + seconds

    def watch() -> None:
        while (left := min(silent_until, ends) - time.monotonic()) > 0:
            if over.wait(min(left, BETWEEN_LOOKS)):
                return
        hang_up(stream)

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
        yield may_be_silent
    finally:
        over.set()
        if watcher.ident is not None:
            watcher.join()


def hang_up(stream: Any) -> None:  # noqa: ANN401
    """End a stream from outside the thread that reads it, which then reads its end."""
    network = stream.response.extensions.get("network_stream")
    connection = network.get_extra_info("socket") if network is not None else None
    with suppress(OSError):
        if connection is None:
            stream.close()
        else:
            # Closing it would not wake the thread that reads from it.
            connection.shutdown(socket.SHUT_RDWR)

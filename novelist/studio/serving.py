"""The studio as a server on this machine: on a port of 127.0.0.1, until Ctrl-C or a person's word ends it."""

from __future__ import annotations

import errno
import signal
import socket
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import uvicorn

from novelist.errors import SettingsError
from novelist.interrupts import hear, interrupts
from novelist.studio.app import Studio
from novelist.studio.books import Shelf
from novelist.studio.guard import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

HOST = "127.0.0.1"
SECONDS_TO_END = 3  # for pages that are open, which are told within one


def serve(folder: Path, port: int, *, browser: bool, say: Callable[[str], None]) -> None:
    """Serve the book or the books in a folder until that is ended; port 0 is any. Raises SettingsError."""
    shelf = Shelf(folder)
    with _listening(port) as listening:
        keys = Keys(listening.getsockname()[1])
        address = f"http://{HOST}:{keys.port}/?token={keys.token}"
        studio = Studio(shelf, keys, lambda: setattr(server, "should_exit", True))
        server = _Server(
            studio,
            uvicorn.Config(
                studio.app(),
                log_level="critical",  # what goes wrong is told on the page
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=SECONDS_TO_END,
            ),
        )
        say(f"The studio is at {address}")
        say("Ctrl-C ends it.")
        if browser:
            webbrowser.open(address)
        try:
            with _leaving():
                server.run(sockets=[listening])
        except KeyboardInterrupt:
            pass
        finally:
            studio.close()


@contextmanager
def _leaving() -> Iterator[None]:
    """Have what else ends the studio leave it as Ctrl-C does, so that it can stop what was begun in it.

    That is a word of the system, or that the window of its terminal was closed.
    """
    there = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [each for each in there if signal.getsignal(each) is signal.SIG_DFL]
    before = {**hear(interrupts(), signal.default_int_handler), **hear(numbers, _leave)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


class _Server(uvicorn.Server):
    """A server that tells its pages when it ends: they would be listened to for ever."""

    def __init__(self, studio: Studio, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.studio = studio

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal."""
        self.studio.ended.set()
        super().handle_exit(sig, frame)


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine only. Raises SettingsError where it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        listening.listen()  # before its address is said, so that nobody comes too early
    except OSError as error:
        listening.close()
        what = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        message = f"port {port} {what}. Name another with --port, or none."
        raise SettingsError(message) from error
    return listening

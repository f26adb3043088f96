"""What stops a command: Ctrl-C, and on Windows Ctrl-Break, by which another program does. Knows no command.

So does the end of the program that began it, where that has said how it is known.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

STATUS = 130  # of a command that was stopped so
HOLDER = "NOVELIST_HOLDER"  # names the end of a pipe whose other end is open for as long as who began a command lives


def interrupts(system: object = signal) -> list[signal.Signals]:
    """Return the signals that stop a command, as far as a system has them."""
    return [getattr(system, name) for name in ("SIGINT", "SIGBREAK") if hasattr(system, name)]


def hear(numbers: Iterable[signal.Signals], handler: Callable[..., Any]) -> Mapping[signal.Signals, Any]:
    """Have a handler take signals, and return what took each before. That is for the main thread only."""
    return {number: signal.signal(number, handler) for number in numbers}


def stop_with_holder() -> None:
    """Have this command stopped, as by Ctrl-C, once who began it has ended, where that has said how to know it.

    Nothing is taken from standard input for that: where no more answers come, there may be somebody who waits.
    """
    held = os.environ.pop(HOLDER, "")  # what this command begins has no such pipe
    if held.isdecimal():
        threading.Thread(target=_stop_at_end, args=(int(held),), daemon=True).start()


def _stop_at_end(held: int) -> None:
    try:
        os.read(held, 1)
    except OSError:
        return  # it is the end of no pipe here
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

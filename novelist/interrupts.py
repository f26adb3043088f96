"""What stops a command: Ctrl-C, and on Windows Ctrl-Break, by which another program does. Knows no command."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

STATUS = 130  # of a command that was stopped so


def interrupts(system: object = signal) -> list[signal.Signals]:
    """Return the signals that stop a command, as far as a system has them."""
    return [getattr(system, name) for name in ("SIGINT", "SIGBREAK") if hasattr(system, name)]


def hear(numbers: Iterable[signal.Signals], handler: Callable[..., Any]) -> Mapping[signal.Signals, Any]:
    """Have a handler take signals, and return what took each before. That is for the main thread only."""
    return {number: signal.signal(number, handler) for number in numbers}

"""The `novelist` command as it is begun, also by `python -m novelist`: wherever it is stopped, it ends quietly."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

from novelist.interrupts import STATUS, hear, interrupts, stop_with_holder


def _stop(*_: object) -> NoReturn:
    sys.exit(STATUS)


def main() -> None:
    """Run the command that the arguments of this process say."""
    numbers = [each for each in interrupts() if signal.getsignal(each) is not signal.SIG_IGN]  # as `nohup` has it
    hear(numbers, _stop)
    if hasattr(signal, "pthread_sigmask"):  # who began it may have had it wait until here
        signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
    stop_with_holder()
    from novelist.cli.main import main as command  # noqa: PLC0415 - what takes its time

    command()


if __name__ == "__main__":
    main()

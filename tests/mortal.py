"""What happens here may be killed in any file operation: by an exception that nothing catches."""

from __future__ import annotations

import gc
import io
import os
import re
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from filelock import BaseFileLock


class Killed(BaseException):
    """The end of a process, as far as its files can tell."""


@dataclass
class Death:
    """Whether a build was killed, and in a piece of a chapter that streamed."""

    came: bool = False
    in_a_stream: bool = False


@contextmanager
def mortal(when: Callable[[int], bool]) -> Iterator[Death]:
    """Kill what happens here in the first file operation (from 1) for which `when` holds, of which half is done."""
    death, count = Death(), 0

    def step(half: Callable[[], object] = lambda: None) -> None:
        nonlocal count
        count += 1
        if not death.came and when(count):
            half()
            death.came = True
        if death.came:  # what is dead does nothing more
            raise Killed

    def deadly(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def act(*arguments: Any, **more: Any) -> object:
            step(lambda: os.ftruncate(arguments[0], os.fstat(*arguments).st_size // 2) if name == "fsync" else None)
            return real(*arguments, **more)

        return act

    class Unbuffered(io.FileIO):
        def __init__(self, descriptor: int, mode: str) -> None:
            step()
            super().__init__(descriptor, mode)

        def write(self, piece: Any) -> int:
            def half() -> None:
                death.in_a_stream = bool(re.search(r"(?<!\.summary)\.part$", paths[self.fileno()]))
                io.FileIO.write(self, piece[: len(piece) // 2])

            step(half)
            return super().write(piece)

    paths: dict[int, str] = {}  # by their descriptors
    opened, buffered = os.open, os.fdopen

    def known(path: Any, *arguments: Any, **more: Any) -> int:
        descriptor = opened(path, *arguments, **more)
        paths[descriptor] = str(path)
        return descriptor

    def wrapped(descriptor: int, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:
        return buffered(descriptor, mode, buffering, *more, **named) if buffering else Unbuffered(descriptor, mode)

    interrupt = signal.getsignal(signal.SIGINT)
    gc.freeze()  # only what the build makes is looked through at its end
    try:
        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            for name in ("fsync", "replace", "rename", "unlink"):
                patch.setattr(os, name, deadly(name))
            patch.setattr(os, "open", known)
            patch.setattr(os, "fdopen", wrapped)
            yield death
    finally:
        signal.signal(signal.SIGINT, interrupt)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # a killed process closes nothing itself
            for held in gc.get_objects():  # the system lets its lock go
                if issubclass(type(held), BaseFileLock):
                    held.release(force=True)
            gc.collect()
            gc.unfreeze()

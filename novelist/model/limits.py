"""What servers have told of a model's limits, kept between runs, so that the next one pays no refused request for it.

A cache: it may be deleted at any time, and is forgotten where it is not as it was saved. Knows no request and no error.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from novelist.book import checksum
from novelist.errors import BookError

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.files import Files

# A server may be started again with more context, and a model be given longer answers.
KEPT_SECONDS = 7 * 24 * 3600
VERSION = 1


@dataclass(frozen=True)
class Limit:
    """The most tokens of an answer, and those of a model's context; 0 where the server has not said it.

    `excess` is how many times the tokens that a prompt is guessed to have the server has counted.
    """

    most: int = 0
    context: int = 0
    excess: float = 0.0


class Limits:
    """The limits of the models that have been asked, by address and model, in the file at `path`."""

    def __init__(self, files: Files, path: Path) -> None:
        self._files = files
        self._path = path
        self._one_at_a_time = threading.Lock()  # several models may be asked at once

    def of(self, address: str, model: str) -> Limit:
        """Return what a server has told of a model in the last days."""
        *limit, at = self._load().get(f"{address} {model}", (0.0,))
        return Limit(*limit) if 0 <= time.time() - at < KEPT_SECONDS else Limit()

    def keep(self, address: str, model: str, limit: Limit) -> None:
        """Keep what a server tells of a model; a disk that does not let it costs a refused request, nothing else."""
        with self._one_at_a_time, suppress(BookError):
            known = self._load() | {f"{address} {model}": [*astuple(limit), time.time()]}
            self._files.replace(self._path, checksum.dump({"v": VERSION, "limits": known}))

    def _load(self) -> dict[str, Any]:
        with suppress(BookError):
            content = checksum.load(self._files.read_bytes(self._path))
            if content.get("v") == VERSION:
                return dict(content["limits"])
        return {}

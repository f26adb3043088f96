"""The clients of one run: one for each access, which share budget, ledger, limits and what a person is told.

Knows how they are made, once, by whatever thread asks first. Knows no task and no book.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from novelist.model.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.model.access import Access
    from novelist.model.budget import Budget
    from novelist.model.limits import Limits


class ClientPool:
    """The clients that were asked for so far; each reaches its server when that is first asked."""

    def __init__(self, note: Callable[[str], None], budget: Budget, cache_key: str, limits: Limits) -> None:
        """Take what all clients are made with, as `Client` does."""
        self._note = note
        self._budget = budget
        self._cache_key = cache_key
        self._limits = limits
        self._lock = threading.Lock()
        self._noted: set[str] = set()  # lines about settings, which are the same for each of them
        self._clients: dict[tuple[object, ...], Client] = {}

    def client(self, access: Access) -> Client:
        """Return the client of an access."""
        key = (access.base_url, access.model, access.key, access.variables)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = Client(
                    access, self._note, self._budget, cache_key=self._cache_key, limits=self._limits, noted=self._noted
                )
            return self._clients[key]

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model was asked."""
        with self._lock:
            return any(client.rehearses and client.opened for client in self._clients.values())

    def close(self) -> None:
        """Let all servers go; the embedded one ends."""
        with self._lock:
            for client in self._clients.values():
                client.close()

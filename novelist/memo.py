"""A dict that makes what it lacks. Knows nothing of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """A dict that has the value of a key made when it is first asked for.

    What is there is read as fast as from any dict, which is what an idle build does tens of thousands of times. Of two
    threads that make a value at once, both get the same.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """Return the value that is made for `key`."""
        return self.setdefault(key, self._make(key))

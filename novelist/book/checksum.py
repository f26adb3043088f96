"""JSON objects with a checksum, as caches keep them. Knows neither files nor what is cached.

What a disk, an editor or another program has made of a cache may be valid JSON with anything in it. So nothing of it is
looked at: either it is what was dumped, or there is nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

KEY = "checksum:"  # what ends in a colon is no name of a task, nor of anything else that is cached


def dump(content: dict[str, Any]) -> str:
    """Return an object as JSON, with its checksum. Raises TypeError for what JSON cannot hold."""
    return json.dumps({KEY: _checksum(content), **content})


def load(text: bytes | None) -> dict[str, Any]:
    """Return the object that `dump` gave; an empty one for any other text, and for none."""
    try:
        content = json.loads(text or b"")
        intact = content.pop(KEY) == _checksum(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return content if intact else {}


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

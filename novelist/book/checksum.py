"""JSON objects with a checksum, as caches keep them. Knows neither files nor what is cached.

What a disk, an editor or another program has made of a cache may be valid JSON with anything in it. So nothing of it is
looked at: either it is what was dumped, to the byte, or there is nothing.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

# Around the checksum; what ends in a colon is no name of anything that is cached.
BEGIN, END, NEXT = b'{"checksum:": "', b'"', b", "


def dump(content: dict[str, Any]) -> str:
    """Return an object as JSON, with its checksum. Raises TypeError for what JSON cannot hold."""
    rest = json.dumps(content).encode()[1:]
    return (BEGIN + _checksum(rest) + END + (NEXT if content else b"") + rest).decode()


def load(text: bytes | None) -> dict[str, Any]:
    """Return the object that `dump` gave; an empty one for any other text, and for none."""
    begin, _, after = (text or b"").partition(BEGIN)
    checksum, _, rest = after.partition(END)
    rest = rest.removeprefix(NEXT)
    if begin or not rest or checksum != _checksum(rest):
        return {}
    content: dict[str, Any] = json.loads(b"{" + rest)
    return content


def _checksum(rest: bytes) -> bytes:
    return b"%08x" % zlib.crc32(rest)

"""The chunks of a server's stream, one by one, for replies that the scripted server does not make itself."""

from __future__ import annotations

import json
from typing import Any


def stream(*frames: dict[str, Any] | str) -> list[str]:
    """Return a whole stream of these chunks; a text is sent as it is."""
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    sent = [frame if isinstance(frame, str) else f"data: {json.dumps({**head, **frame})}\n\n" for frame in frames]
    return [*sent, "data: [DONE]\n\n"]


def says(delta: dict[str, Any], finish: str | None = None, **choice: Any) -> dict[str, Any]:
    """Return a chunk with one choice."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish, **choice}]}


COUNTED = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
OPENED = says({"role": "assistant", "content": ""})
TEXT = says({"content": "It burned."})
ENDED = says({}, "stop")

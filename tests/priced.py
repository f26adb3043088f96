"""Calls that cost money: what each has cost, answers of a known length, and a model whose price nobody knows."""

from __future__ import annotations

import json

from frames import ENDED, OPENED, says, stream
from in_process import Here
from scripted import Reply, Request, Scripted


def costs(book: Here) -> list[float]:
    """Return what each call of a book has cost."""
    path = book / ".novelist" / "ledger.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["cost"] for line in lines]


def own(server: Scripted, task: str) -> dict[str, str]:
    """Return the variables that give a task a model of its own, whose price nobody knows."""
    return {
        f"KIMI_BASE_URL_{task}": server.base_url,
        f"MOONSHOT_API_KEY_{task}": "sk-own",
        f"KIMI_MODEL_{task}": "small",
    }


def dear(server: Scripted, tokens: int | None) -> None:
    """Have each answer take so many tokens, or all that it may."""
    book = server.script

    def script(request: Request) -> Reply:
        reply = book(request)
        taken = tokens or request.body["max_completion_tokens"]
        usage = {"prompt_tokens": len(request.prompt) // 4, "completion_tokens": taken}
        return Reply(events=stream(OPENED, says({"content": reply.text}), ENDED, {"choices": [], "usage": usage}))

    server.script = script

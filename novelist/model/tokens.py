"""What a server says that a call took, in tokens. Pure. Knows no prices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Usage:
    """Tokens of one call: `cached` are a part of `prompt`, `reasoning` a part of `completion`."""

    prompt: int
    cached: int
    completion: int
    reasoning: int
    estimated: bool = False


def read_usage(usage: Mapping[str, Any], timings: Mapping[str, Any]) -> Usage | None:
    """Return what a server says of a call, from wherever it says it; None where it does not.

    Cached tokens stand flat at Moonshot and DeepSeek, under `prompt_tokens_details` elsewhere, and in the `timings` of
    older builds of llama.cpp.
    """
    prompt, completion = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    if not prompt and not completion:
        return None
    cached = (
        _count(usage, "cached_tokens")
        or _count(usage, "prompt_tokens_details", "cached_tokens")
        or _count(usage, "prompt_cache_hit_tokens")
        or _count(timings, "cache_n")
    )
    reasoning = _count(usage, "completion_tokens_details", "reasoning_tokens") or _count(usage, "reasoning_tokens")
    return Usage(prompt, min(cached, prompt), completion, min(reasoning, completion))


def estimated(prompt: str, text: str, reasoning: str = "") -> Usage:
    """Return about what a call took, where the server does not say it."""
    thought = count_tokens(reasoning)
    return Usage(count_tokens(prompt), 0, count_tokens(text) + thought, thought, estimated=True)


def completed(told: Usage | None, prompt: str, text: str, reasoning: str) -> Usage:
    """Return what a call took: as the server says, and about so much where it says nothing, or not all.

    Most servers that let a model think do not count what it thought.
    """
    if told is None:
        return estimated(prompt, text, reasoning)
    return told if told.reasoning else replace(told, reasoning=min(told.completion, count_tokens(reasoning)))


def _count(usage: Mapping[str, Any], *path: str) -> int:
    """Return the count at `path`, 0 for anything that is none."""
    value: Any = usage
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

"""What each server accepts, as data. Knows no network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Provider:
    """The capabilities of one kind of server.

    `cap` names the parameter that limits a call's tokens, `json` how an answer in JSON is asked for, `bounds` says
    whether a schema may bound lengths and counts, `thinking` whether it is switched by Moonshot's `thinking` object,
    `small` that the model loses itself in a long prompt; `extra` is sent with each call.
    """

    name: str
    hosts: tuple[str, ...] = ()
    cap: Literal["max_completion_tokens", "max_tokens"] = "max_tokens"
    json: Literal["schema", "object"] = "schema"
    bounds: bool = False
    thinking: bool = False
    small: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


MOONSHOT = Provider(
    "Moonshot", hosts=("api.moonshot.ai", "api.moonshot.cn"), cap="max_completion_tokens", thinking=True
)
OPENAI = Provider("OpenAI", hosts=("api.openai.com",), cap="max_completion_tokens")
DEEPSEEK = Provider("DeepSeek", hosts=("api.deepseek.com",), json="object")
UNKNOWN = Provider("an OpenAI-compatible server")

EMBEDDED = Provider("the embedded model", bounds=True, extra={"cache_prompt": True})

# A very small model loops without these; the seed makes two rehearsals of one premise alike.
SHIPPED = replace(
    EMBEDDED,
    small=True,
    extra={
        "cache_prompt": True,
        "temperature": 0.8,
        "min_p": 0.1,
        "repeat_penalty": 1.1,
        "repeat_last_n": 256,
        "dry_multiplier": 0.8,
        "dry_allowed_length": 2,
        "dry_sequence_breakers": ["\n"],
        "seed": 5,
    },
)

DEFAULT_URL = "https://api.moonshot.ai/v1"
DEFAULT_MODEL = "kimi-k2.6"

# Off since 2026-08-31 at the latest (platform.kimi.ai/docs); the vendor names kimi-k3 or kimi-k2.6 as successors.
RETIRED = (
    "kimi-k2-thinking",
    "kimi-k2-thinking-turbo",
    "kimi-k2-0905-preview",
    "kimi-k2-0711-preview",
    "kimi-k2-turbo-preview",
    "kimi-k2.5",
    "kimi-latest",
    "kimi-thinking-preview",
)


def provider_of(base_url: str) -> Provider:
    """Return the provider that serves at `base_url`."""
    host = urlsplit(base_url).hostname or ""
    return next((known for known in (MOONSHOT, OPENAI, DEEPSEEK) if host in known.hosts), UNKNOWN)


def successor(provider: Provider, model: str) -> str | None:
    """Return the model to use in place of `model` where its maker has retired it, else None."""
    retired = model in RETIRED or model.startswith("moonshot-v1-")
    return DEFAULT_MODEL if provider is MOONSHOT and retired else None


def switches_thinking(provider: Provider, model: str) -> bool:
    """Say whether thinking can be turned off for `model`: of Kimi's models, for K2.6 only."""
    return provider.thinking and model.startswith("kimi-k2.6")


def thinks(provider: Provider, model: str) -> bool:
    """Say whether `model` always thinks, so that a call's cap must leave room for it."""
    return provider.thinking and not switches_thinking(provider, model)

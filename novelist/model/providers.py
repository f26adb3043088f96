"""What each server accepts, as data. Knows no network.

Sources: platform.kimi.ai/docs, openrouter.ai/docs, api-docs.deepseek.com, docs.vllm.ai, docs.sglang.ai, and the READMEs
of llama.cpp's server, Ollama and LM Studio.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

Cap = Literal["max_completion_tokens", "max_tokens"]


@dataclass(frozen=True)
class Provider:
    """The capabilities of one kind of server.

    `hosts` are where it is known by, and `port` on a machine of one's own; `cap` names the parameter that limits a
    call's tokens, `temperature` says whether a model takes one, `json` how an answer in JSON is asked for, `bounds`
    whether a schema may bound lengths and counts, `thinking` and `prefill` how thinking is switched and a text begun by
    us is gone on with (see `thinking` and `prefilled`), `cache_key` whether calls of one book may be marked as such,
    `catalogue` that a model which its list does not name is none of its own,
    `small` that the model loses itself in a long prompt; `context` are the tokens that each of its models takes at
    least, prompt and answer together, 0 where nobody knows; `extra` is sent with each call.
    """

    id: str
    name: str
    hosts: tuple[str, ...] = ()
    port: int | None = None
    cap: Cap = "max_tokens"
    temperature: bool = True
    json: Literal["schema", "object"] = "schema"
    bounds: bool = False
    thinking: Literal["kimi", "object", "effort", "none", "reasoning", "template"] | None = None
    prefill: Literal["partial", "prefix", "final", "trailing"] | None = None
    cache_key: bool = False
    catalogue: bool = False
    small: bool = False
    context: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


MOONSHOT = Provider(
    "moonshot",
    "Moonshot",
    hosts=("api.moonshot.ai", "api.moonshot.cn"),
    cap="max_completion_tokens",
    temperature=False,
    thinking="kimi",
    prefill="partial",
    cache_key=True,
    catalogue=True,
    context=262_144,
)
OPENAI = Provider(
    "openai",
    "OpenAI",
    hosts=("api.openai.com",),
    cap="max_completion_tokens",
    thinking="effort",
    cache_key=True,
    catalogue=True,
)
OPENROUTER = Provider("openrouter", "OpenRouter", hosts=("openrouter.ai",), thinking="reasoning", catalogue=True)
DEEPSEEK = Provider(
    "deepseek",
    "DeepSeek",
    hosts=("api.deepseek.com",),
    json="object",
    thinking="object",
    prefill="prefix",
    catalogue=True,
)
VLLM = Provider("vllm", "vLLM", thinking="template", prefill="final")
SGLANG = Provider("sglang", "SGLang", thinking="template", prefill="final")
LLAMACPP = Provider(
    "llamacpp", "llama.cpp", bounds=True, thinking="template", prefill="trailing", extra={"cache_prompt": True}
)
OLLAMA = Provider("ollama", "Ollama", port=11434, thinking="none")
LMSTUDIO = Provider("lmstudio", "LM Studio", port=1234)
UNKNOWN = Provider("unknown", "an OpenAI-compatible server")

KNOWN = (MOONSHOT, OPENAI, OPENROUTER, DEEPSEEK, VLLM, SGLANG, LLAMACPP, OLLAMA, LMSTUDIO, UNKNOWN)

EMBEDDED = replace(LLAMACPP, id="embedded", name="the embedded model")

# A very small model loops without these; the seed makes two rehearsals of one premise alike.
SHIPPED = replace(
    EMBEDDED,
    small=True,
    thinking=None,
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
# What an address may end with where it was copied from an example of a call.
ENDPOINTS = ("/chat/completions", "/completions", "/models")
FOUR_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
LABEL = re.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
LONGEST_HOST = 253
# OpenAI's models that reason take an effort, and refuse one elsewhere.
REASONS = re.compile(r"o\d|gpt-[5-9]")


def tidy_url(base_url: str) -> str:
    """Return an address as it was meant: without what a copied example ends with, and without slashes twice."""
    parts = urlsplit(base_url.strip())
    path = "/" + "/".join(part for part in parts.path.split("/") if part)
    for endpoint in ENDPOINTS:
        path = path.removesuffix(endpoint)
    return urlunsplit(parts._replace(path=path.rstrip("/")))


def on_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and (address.is_loopback or address.is_unspecified)


def is_private(host: str) -> bool:
    """Say whether a host is this machine or one on the network at hand, whose servers may want no key."""
    address = _address(host)
    near = host.endswith((".local", ".lan", ".internal", ".home.arpa"))
    return on_loopback(host) or (near if address is None else address.is_private or address.is_link_local)


def is_host(name: str) -> bool:
    """Say whether this is the name or the address of a machine (RFC 1123, 2.1); `_` stands in names all the same."""
    if _address(name) is not None:
        return True
    letters = all(char.isascii() or unicodedata.category(char)[0] in "LMN" for char in name)
    if FOUR_NUMBERS.fullmatch(name) or not letters:
        return False
    try:
        labels = name.encode("idna").decode("ascii").removesuffix(".").split(".")
    except UnicodeError:  # a label that is empty, or too long
        return False
    return all(map(LABEL.fullmatch, labels)) and len(name) <= LONGEST_HOST


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def provider_of(base_url: str) -> Provider:
    """Return the provider that serves at `base_url`."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    local = on_loopback(host)
    matches = (known for known in KNOWN if host in known.hosts or (local and known.port and parts.port == known.port))
    provider = next(matches, UNKNOWN)
    # DeepSeek goes on with a text only behind its beta address.
    beta = parts.path.rstrip("/").endswith("/beta")
    return replace(provider, prefill=None) if provider is DEEPSEEK and not beta else provider


def successor(provider: Provider, model: str) -> str | None:
    """Return the model to use in place of `model` where its maker has retired it, else None."""
    retired = model in RETIRED or model.startswith("moonshot-v1-")
    return DEFAULT_MODEL if provider.id == MOONSHOT.id and retired else None


def thinking(provider: Provider, model: str, *, wanted: bool) -> tuple[Mapping[str, Any], bool]:
    """Return what to send for a call that is to think or not, and whether it will think: its cap then needs room."""
    effort = {"reasoning_effort": "high" if wanted else "low"}
    switch = {"thinking": {"type": "enabled" if wanted else "disabled"}}
    k3, k26, reasons = model.startswith("kimi-k3"), model.startswith("kimi-k2.6"), bool(REASONS.match(model))
    ways: dict[str | None, tuple[Mapping[str, Any], bool]] = {
        # K3 always thinks, more or less; K2.7-code always does, and takes no switch.
        "kimi": (effort, True) if k3 else (switch, wanted) if k26 else ({}, True),
        "object": (switch, wanted),
        "effort": (effort if reasons else {}, reasons),
        # A model that cannot think refuses to be told to.
        "none": ({} if wanted else {"reasoning_effort": "none"}, wanted),
        "reasoning": ({"reasoning": {"enabled": wanted}}, wanted),
        "template": ({"chat_template_kwargs": {"thinking": wanted, "enable_thinking": wanted}}, wanted),
        None: ({}, False),
    }
    return ways[provider.thinking]


def prefilled(provider: Provider, text: str, reasoning: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the last message, and what else to send, for an answer that goes on with `text`."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if reasoning:
        message["reasoning_content"] = reasoning
    if provider.prefill in ("partial", "prefix"):
        message[provider.prefill] = True
    if provider.prefill == "final":
        return message, {"continue_final_message": True, "add_generation_prompt": False}
    return message, {}

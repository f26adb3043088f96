"""What a server's error is: whether to try again and for how long, and what a person is told.

Pure. Told by the error's status and type, never by the wording of its message; reads openai's exceptions without
importing openai. Kinds and statuses: platform.kimi.ai/docs/api/errors, and the other servers' own.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Collection

TRIES = 6
# How long a build waits for a server that is only busy: seconds in all, and requests at most.
PATIENCE = 900.0
MANY_TRIES = 60
LONGEST_WORDS = 200  # characters of what a server says

# The last is llama.cpp's while it loads a model, which takes minutes.
BUSY = frozenset({"engine_overloaded_error", "rate_limit_reached_error", "rate_limit_exceeded", "unavailable_error"})
TRANSIENT = frozenset({408, 409, 425, 429, 499, 500, *range(502, 600)})  # those from 520 on are of gateways
NO_QUOTA = frozenset({"exceeded_current_quota_error", "insufficient_quota"})
KEY_TYPES = frozenset({"invalid_authentication_error", "incorrect_api_key_error", "permission_denied_error"})
FILTER = "content_filter"
UNKNOWN_MODEL = frozenset({"resource_not_found_error", "model_not_found", "not_found_error"})
TOO_LONG = frozenset({"context_length_exceeded", "exceed_context_size_error"})
# What no second try can mend where an error comes without a status, in the middle of a stream.
FINAL = frozenset({"invalid_request_error", FILTER, *KEY_TYPES, *UNKNOWN_MODEL, *TOO_LONG})


@dataclass(frozen=True)
class Fault:
    """A server's error: its HTTP status, its types (`type`, `code`), the parameter it names, its words.

    `wait` are the seconds after which the server wants to be asked again; `status` is 0 where there was no answer, or
    where the error came in the middle of a stream; `spoken` says whether the error has the form of this API.
    """

    status: int
    types: frozenset[str]
    named: str
    words: str
    wait: float = 0.0
    spoken: bool = True

    @property
    def no_quota(self) -> bool:
        """Whether the account has no balance left."""
        return self.status == 402 or bool(self.types & NO_QUOTA)

    @property
    def refuses_key(self) -> bool:
        """Whether the key is wrong, or allows nothing here."""
        return not self.filtered and (self.status in (401, 403) or bool(self.types & KEY_TYPES))

    @property
    def unknown_model(self) -> bool:
        """Whether the server has no such model."""
        named = self.status in (0, 400, 404) and bool(self.types & UNKNOWN_MODEL)
        return named or (self.status == 404 and self.spoken)

    @property
    def filtered(self) -> bool:
        """Whether the content filter stopped the request."""
        return FILTER in self.types

    @property
    def too_long(self) -> bool:
        """Whether the request does not fit the model's context."""
        return bool(self.types & TOO_LONG)

    @property
    def busy(self) -> bool:
        """Whether the server works, but has no room for this call at the moment."""
        return not self.no_quota and (self.status in (429, 529) or bool(self.types & BUSY))

    @property
    def transient(self) -> bool:
        """Whether the same call may succeed later."""
        if self.no_quota:
            return False
        return self.status in TRANSIENT if self.status else not self.types & FINAL

    def gives_up(self, tries: int, waited: float) -> bool:
        """Say whether to end after `tries` tries, where the next one would have made us wait `waited` seconds in all.

        A busy server is waited for as long as patience lasts, any other one is tried six times; a content filter that
        was set wrong has passed the same text a moment later, so it is asked once more.
        """
        if self.busy:
            return tries >= MANY_TRIES or waited > PATIENCE
        if self.filtered:
            return tries >= 2
        return not self.transient or tries >= TRIES or waited > PATIENCE

    def names(self, sent: Collection[str]) -> str | None:
        """Return the parameter, of those that were `sent`, that the error is about."""
        # The longest first: `thinking` is also a part of other names.
        by_length = sorted(sent, key=len, reverse=True)
        named = (name for name in by_length if self.named.partition(".")[0] == name)
        return next(named, next((name for name in by_length if name in self.words.lower()), None))


def fault(error: BaseException) -> Fault | None:
    """Return the fault in an exception of a server or of the way to it; None for one of novelist itself."""
    libraries = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "json")
    if type(error).__module__.partition(".")[0] not in libraries:
        return None
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else {}
    inner = inner if isinstance(inner, dict) else {}
    metadata = inner.get("metadata")
    types = {inner.get("type"), inner.get("code"), getattr(error, "type", None), getattr(error, "code", None)}
    if isinstance(metadata, dict) and "reasons" in metadata:
        types.add(FILTER)  # OpenRouter's moderation, which has the status of a wrong key
    code = inner.get("code")
    status = getattr(error, "status_code", None) or (code if isinstance(code, int) and 400 <= code < 600 else 0)
    return Fault(
        status=status,
        types=frozenset(str(kind) for kind in types if kind),
        named=str(inner.get("param") or ""),
        words=" ".join(printable(str(inner.get("message") or error or type(error).__name__)).split()),
        wait=_retry_after(error),
        spoken="message" in inner,
    )


def said(fault: Fault, key: str) -> str:
    """Return the server's own words, short and without the key."""
    text = fault.words.replace(key, "…") if key else fault.words
    text = text.removesuffix(".") if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS] + "…"
    return f"{fault.status}: {text}" if fault.status and not text.startswith("Error code") else text


def _retry_after(error: BaseException) -> float:
    """Return the seconds that the server asks to wait, which it may say as a number or as a date (RFC 9110, 10.2.3)."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    after = str(headers.get("retry-after", ""))
    with suppress(ValueError):
        seconds = float(after)
        return seconds if 0 < seconds < math.inf else 0.0
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(timezone.utc)).total_seconds())
    return 0.0

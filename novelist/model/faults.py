"""What a server's error is: whether to try again and for how long, and what a person is told.

Pure. Told by the error's status and type, and where these say nothing by its words, wherever it stands; reads openai's
exceptions without importing openai. Kinds and statuses: platform.kimi.ai/docs/api/errors, and the other servers' own.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from novelist.model import wordings
from novelist.model.bodies import LONGEST, ServerError, page, status, told
from novelist.model.way import cause
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
NO_QUOTA = frozenset({"exceeded_current_quota_error", "insufficient_quota", "1113"})
KEY_TYPES = frozenset({"invalid_authentication_error", "incorrect_api_key_error", "permission_denied_error"})
FILTER = "content_filter"
UNKNOWN_MODEL = frozenset({"resource_not_found_error", "model_not_found", "not_found_error"})
TOO_LONG = frozenset({"context_length_exceeded", "exceed_context_size_error"})
# What no second try can mend where an error comes without a status, in the middle of a stream.
FINAL = frozenset({"invalid_request_error", FILTER, *KEY_TYPES, *UNKNOWN_MODEL, *TOO_LONG})
# Types that say what an error is, whatever its words.
TELLING = frozenset({FILTER, *BUSY, *NO_QUOTA, *KEY_TYPES, *UNKNOWN_MODEL, *TOO_LONG})
LEAST_CAP = 64  # tokens: less is no limit of an answer


@dataclass(frozen=True)
class Fault:
    """A server's error: its HTTP status, its types (`type`, `code`), the parameter it names, its words.

    `wait` are the seconds after which the server wants to be asked again; `status` is 0 where there was no answer, or
    where the error came in the middle of a stream; `spoken` says whether the error has the form of this API, `page`
    whether it is a page of HTML, or JSON of another API. `cause` is why the server was not reached (see way.py);
    `sizes` are the tokens of the model's context and of the prompt, where the error has them in fields of their own.
    """

    status: int
    types: frozenset[str]
    named: str
    words: str
    wait: float = 0.0
    spoken: bool = True
    page: bool = False
    cause: str = ""
    sizes: tuple[int, int] = (0, 0)

    @property
    def no_quota(self) -> bool:
        """Whether the account has no balance left."""
        by_words = self._says(wordings.NO_QUOTA, 0, 400, 401, 403, 412, 429)
        return (self.status == 402 and not self.most) or bool(self.types & NO_QUOTA) or by_words

    @property
    def refuses_key(self) -> bool:
        """Whether the key is wrong, or allows nothing here."""
        refused = self.status in (401, 403) or bool(self.types & KEY_TYPES) or self._says(wordings.KEY, 0, 400)
        return refused and not (self.filtered or self.unknown_model or self.elsewhere or self.guarded)

    @property
    def unknown_model(self) -> bool:
        """Whether the server has no such model."""
        if self.elsewhere:
            return False
        by_type = self.status in (0, 400, 404) and bool(self.types & UNKNOWN_MODEL)
        by_words = self._says(wordings.MODEL, 0, 400, 403, 404, 410, 422)
        return by_type or by_words or (self.status == 404 and self.spoken)

    @property
    def filtered(self) -> bool:
        """Whether a content filter stopped the request."""
        by_words = self._says(wordings.FILTERED, 0, 400, 403, 422, 451)
        return FILTER in self.types or (by_words and not (self.elsewhere or self.no_quota))

    @property
    def too_long(self) -> bool:
        """Whether the request does not fit the model's context."""
        return bool(self.types & TOO_LONG) or self._says(wordings.TOO_LONG, 0, 400, 413, 422)

    @property
    def too_large(self) -> bool:
        """Whether the account may not send as much at once, however long it waits."""
        return self.status in (0, 413, 429) and bool(wordings.TOO_LARGE.search(self.words))

    @property
    def used_up(self) -> bool:
        """Whether the account has had its requests or tokens of the day."""
        return (
            self.status in (0, 400, 403, 429)
            and not self.types & NO_QUOTA
            and bool(wordings.PER_DAY.search(self.words))
        )

    @property
    def elsewhere(self) -> bool:
        """Whether a setting of the account, or the country, stands in the way."""
        return self._says(wordings.POLICY, 0, 400, 403, 404, 429) or self.in_country

    @property
    def in_country(self) -> bool:
        """Whether the server does not answer in this country."""
        return self._says(wordings.REGION, 0, 400, 401, 403, 451)

    @property
    def guarded(self) -> bool:
        """Whether a page that keeps programs out answered in place of the server."""
        return self.status in (0, 403, 429, 503) and self.page and self._says(wordings.GUARD)

    @property
    def no_api(self) -> bool:
        """Whether something else answers at the address."""
        other = self.page or self._says(wordings.NO_API)
        return (self.status == 404 and not self.spoken) or (not self.status and other and not self.guarded)

    @property
    def no_system(self) -> bool:
        """Whether the model takes no system's message."""
        return self._says(wordings.SYSTEM, 400, 422, 500)

    @property
    def no_json(self) -> bool:
        """Whether the server did not get the JSON out of its model that was asked for."""
        return self._says(wordings.JSON, 400, 422)

    @property
    def most(self) -> int:
        """The most tokens that the server gives to an answer, 0 where it does not say."""
        if not wordings.CAPS_SAID.search(self.words) or self.context:
            return 0
        most = _number(wordings.AFFORDED.search(self.words) or wordings.MOST_SAID.search(self.words))
        return most if most >= LEAST_CAP else 0

    @property
    def most_for_now(self) -> bool:
        """Whether that is what the balance allows, and no limit of the model."""
        return bool(wordings.AFFORDED.search(self.words))

    @property
    def context(self) -> int:
        """The tokens of the model's context, prompt and answer together; 0 where the server does not say."""
        of_answer = wordings.CAPS_SAID.search(self.words)
        by_words = wordings.CONTEXT_SAID.search(self.words) or (
            not of_answer and wordings.INPUT_SAID.search(self.words)
        )
        return self.sizes[0] or _number(by_words or None)

    @property
    def prompt(self) -> int:
        """The tokens of the prompt as the server counts them, 0 where it does not say."""
        return self.sizes[1] or (_number(wordings.PROMPT_SAID.search(self.words)) if self.context else 0)

    @property
    def busy(self) -> bool:
        """Whether the server works, but has no room for this call at the moment."""
        if self.no_quota or self.too_large or self.used_up or self.elsewhere:
            return False
        return self.status in (429, 529) or bool(self.types & BUSY) or self._says(wordings.BUSY, 0)

    @property
    def crowded(self) -> bool:
        """Whether the server, or the account, takes fewer calls at one time than there were."""
        return self.busy and bool(wordings.ONE_AT_A_TIME.search(self.words))

    @property
    def transient(self) -> bool:
        """Whether the same call may succeed later."""
        if self.no_quota or self.too_large or self.used_up or self.no_api or self.elsewhere or self.guarded:
            return False
        if self.cause == "certificate":
            return False
        final = self.types & FINAL or self.unknown_model or self.refuses_key or self.filtered or self.too_long
        return self.status in TRANSIENT and not self.too_long if self.status else not final

    def _says(self, pattern: re.Pattern[str], *statuses: int) -> bool:
        """Say whether the words say something, where no type says what it is, with one of the statuses or any."""
        if self.types & TELLING or (statuses and self.status not in statuses):
            return False
        return bool(pattern.search(self.words) or any(map(pattern.search, self.types)))

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
    if not isinstance(error, ServerError) and type(error).__module__.partition(".")[0] not in libraries:
        return None
    body = getattr(error, "body", None)
    inner = told(body)
    types = {inner.get("type"), inner.get("code"), inner.get("status")}
    types |= {getattr(error, "type", None), getattr(error, "code", None)}
    metadata = inner.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    if "reasons" in metadata:
        types.add(FILTER)  # OpenRouter's moderation, which has the status of a wrong key
    words = str(inner.get("message") or "")
    if raw := told(metadata.get("raw")).get("message"):
        words = f"{words}: {raw}"
    text = body if isinstance(body, str) else ""
    is_markup = text.lstrip().startswith("<")
    why, unreached = ("", "") if hasattr(error, "status_code") else cause(error)
    if moved := _moved(error):
        words = f"it sends on to {moved}"
    return Fault(
        status=getattr(error, "status_code", None) or status(inner),
        types=frozenset(str(kind) for kind in types if kind and isinstance(kind, (str, int))),
        named=str(inner.get("param") or ""),
        words=" ".join(
            printable((words or page(text) or unreached or str(error) or type(error).__name__)[:LONGEST]).split()
        ),
        wait=_retry_after(error) or _again_in(words),
        spoken=bool(words) and not inner.keys() & {"detail", "faultstring"} and not is_markup,
        page=not inner and (is_markup or text.startswith("{")),
        cause=why,
        sizes=(_whole(inner.get("n_ctx")), _whole(inner.get("n_prompt_tokens"))),  # llama.cpp's
    )


def said(fault: Fault, key: str) -> str:
    """Return the server's own words, short and without the key."""
    text = fault.words.replace(key, "…") if key else fault.words
    text = text if text != str(fault.status) else f"Error code: {text}"
    text = re.sub(r"(?<!\.)\.$", "", text) if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS] + "…"
    return f"{fault.status}: {text}" if fault.status and not text.startswith("Error code") else text


def _moved(error: BaseException) -> str:
    """Return where a server sends those who ask it, without what may be secret in that."""
    response = getattr(error, "response", None)
    if response is None or not 300 <= getattr(error, "status_code", 0) < 400:
        return ""
    to = urlsplit(str(response.headers.get("location", "")))
    return f"{to.scheme}://{to.hostname}{to.path}" if to.hostname else to.path


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


def _again_in(words: str) -> float:
    """Return the seconds that the server asks to wait in words."""
    wait = wordings.AGAIN_IN.search(words)
    parts = wordings.PART.findall(wait[1]) if wait else []
    return sum(
        float(number) * wordings.SECONDS.get(unit.lower(), wordings.SECONDS[unit[0].lower()]) for number, unit in parts
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _number(match: re.Match[str] | None) -> int:
    digits = next(filter(None, match.groups()), "").replace(",", "") if match else ""
    return int(digits) if digits and len(digits) < 9 else 0

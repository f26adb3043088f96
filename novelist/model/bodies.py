"""An error's fields in what a server sends, whatever form it gives them. Pure. Knows no meaning of them."""

from __future__ import annotations

import html
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 2000  # characters of a text that is shown where a server sent it in place of an answer
DEEPEST = 6  # levels to which an error's fields are looked for
WITHIN = ("error", "errors", "fault", "base_resp", "response", "responsemetadata", "detail", "message")
WORDS = (
    *("message", "error", "msg", "error_msg", "error_message", "error_description", "status_msg", "detail"),
    *("errors", "errmsg", "errormsg", "errormessage", "faultstring", "description", "reason", "title"),
)
STATUS = ("status_code", "code", "status")
ELEMENT = re.compile(
    r"<(?:\w+:)?(code|message|error|detail|description|reason|faultstring)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?"
    r"([^<>]*?)(?:\]\]>)?\s*</",
    re.IGNORECASE,
)
# What keeps a line open, in words or as the kind of an event.
ALIVE = re.compile(
    r"[\W_]*(?:(?:ping|pong|alive|keep[-_ ]?alive|heart[-_ ]?beat|processing|queued|pending|waiting)[\W_]*)?",
    re.IGNORECASE,
)


class ServerError(Exception):
    """What a server sent in a stream that is no piece of an answer: an error's JSON, or a text."""

    def __init__(self, body: object) -> None:
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        super().__init__(text[:LONGEST])
        self.body = body


def error_in(event: Mapping[str, Any]) -> object | None:
    """Return the error that an event of a stream is, or has in it, in whatever form; None where there is none."""
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    if first.get("error"):
        return {"error": first["error"]}
    answered = event.get("base_resp")  # MiniMax's, beside every answer
    if event.get("error") or (isinstance(answered, dict) and answered.get("status_code")):
        return event
    if choices or is_alive(event):
        return None
    named = ("errors", "detail", "error_msg", "error_message")
    kinds = (event.get("object"), event.get("type"), event.get("event"), event.get("status"))
    is_named = any(event.get(name) for name in named) or "error" in kinds
    return event if is_named or (isinstance(event.get("message"), str) and event["message"].strip()) else None


def is_alive(event: Mapping[str, Any]) -> bool:
    """Say whether an event only keeps the line open."""
    kinds = (event.get(name) for name in ("type", "object", "event", "status"))
    return any(isinstance(kind, str) and kind and ALIVE.fullmatch(kind) for kind in kinds)


def told(body: object, deepest: int = DEEPEST) -> Mapping[str, Any]:
    """Return an error's fields by their names in small letters, its words under `message`; else nothing.

    The fields are taken from whatever form a server gives them.
    """
    if isinstance(body, str):
        body = _parsed(body)
    if isinstance(body, list):
        if body and isinstance(body[0], str) and deepest < DEEPEST:
            return {"message": body[0]}
        return next((inner for item in body if deepest and (inner := told(item, deepest - 1))), {})
    if not (isinstance(body, dict) and deepest):
        return {}
    body = {str(name).lower(): value for name, value in body.items()}
    for name in WITHIN:
        inner = told(body.get(name), deepest - 1)
        if inner:
            return {**{key: value for key, value in body.items() if key in STATUS}, **inner}
    words = (body[name] for name in WORDS if isinstance(body.get(name), str) and body[name].strip())
    message = next(words, None)
    return told(body.get("data"), deepest - 1) if message is None else {**body, "message": message}


def _parsed(text: str) -> object:
    """Return the JSON in a text, or the fields in the XML of an error; None for any other."""
    text = text.lstrip()
    with suppress(ValueError, RecursionError):
        return json.loads(text) if text.startswith(("{", "[")) else dict(_elements(text))
    return None


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in the elements of an error in XML, by their names."""
    if text.startswith("<"):
        for name, value in ELEMENT.findall(text):
            yield name, html.unescape(value)


def status(inner: Mapping[str, Any]) -> int:
    """Return the HTTP status among an error's fields, 0 where there is none."""
    codes = (inner.get(name) for name in STATUS)
    numbers = (
        int(code) for code in codes if isinstance(code, (int, str)) and str(code).isascii() and str(code).isdigit()
    )
    return next((number for number in numbers if 400 <= number < 600), 0)


def page(text: str) -> str:
    """Return the title of a page of HTML; any other text as it is."""
    if not text.lstrip().startswith("<"):
        return text.strip()
    head = re.search(r"<(title|h1)[^<>]*>([^<]{1,400})", text, re.IGNORECASE)
    return html.unescape(head[2]).strip() if head else "a page of HTML"

"""A form without files, as a browser sends it: what it says by the names of its fields. Knows no page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from novelist.book.bounds import LARGEST_TEXT, MEGABYTE

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FIELDS = 5000  # boxes of chapters that may be chosen
# A text as it was and as it is now: a browser writes each byte of a letter that is not of ASCII as three.
LONGEST_FORM = 2 * 3 * LARGEST_TEXT + MEGABYTE  # bytes
ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


async def read_form(request: Request) -> dict[str, str]:
    """Return what a form says. Raises HTTPException for one that is too long, which is let pass."""
    body, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        if size <= LONGEST_FORM:
            body += piece
    if size > LONGEST_FORM or body.count(b"&") >= MOST_FIELDS:
        raise HTTPException(413)
    return await run_in_threadpool(fields, bytes(body))


def fields(body: bytes) -> dict[str, str]:
    """Return what the body of a form says.

    The standard library takes half a minute and four gigabytes for the longest that is taken; this a tenth of both.
    """
    pairs = (field.partition(b"=") for field in body.split(b"&") if field)
    return {_plain(name): _plain(value) for name, _, value in pairs}


def _plain(escaped: bytes) -> str:
    plain = ESCAPED.sub(lambda run: bytes.fromhex(run[0].replace(b"%", b"").decode()), escaped.replace(b"+", b" "))
    return plain.decode("utf-8", "replace")

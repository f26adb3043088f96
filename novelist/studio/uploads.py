"""A form with files, as a browser sends it. Believes no name of a file."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from novelist.studio.names import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

MOST_FIELDS = 20
SUFFIX = re.compile(r"(.+)\.([A-Za-z]{1,8})")


class Upload(NamedTuple):
    """A file: its name, which leads nowhere, and what is in it."""

    name: str
    content: bytes


class Sent(NamedTuple):
    """What a form says, and the files that came with it."""

    fields: Mapping[str, str]
    files: Sequence[Upload]


async def take(request: Request, most: int) -> Sent | None:
    """Return what a form sends; None where that is more than `most` bytes, which are let pass.

    Raises HTTPException for what is no such form, or does not say how long it is.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(411)
    if int(length) > most:
        async for _ in request.stream():
            pass
        return None
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400)
    # How many files there may be is said where the rest of the form is known; until then the bytes bound them.
    async with request.form(max_fields=MOST_FIELDS, max_files=math.inf) as form:
        every = form.multi_items()
        files = [
            Upload(_safe(each.filename), await each.read())
            for _, each in every
            if isinstance(each, UploadFile) and each.filename  # empty where none was chosen
        ]
        return Sent({name: value for name, value in every if isinstance(value, str)}, files)


def _safe(name: str) -> str:
    """Return the name of a file without the folders that some browsers put before it."""
    last = re.split(r"[/\\]", name)[-1]
    parts = SUFFIX.fullmatch(last)
    return (file_name(parts[1], parts[2]) if parts else "") or "manuscript.md"

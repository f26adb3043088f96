"""A form with files as a browser sends it (RFC 7578), taken apart. Pure. Believes no name of a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.studio.names import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KIND = re.compile(r'multipart/form-data;\s*boundary="?([!-:<-~]{1,200}?)"?')
NAME = re.compile(r';\s*name="([^"]*)"')
FILE_NAME = re.compile(r';\s*filename="([^"]*)"')
SUFFIX = re.compile(r"(.+)\.([A-Za-z]{1,8})")


class Upload(NamedTuple):
    """A file: its name, which leads nowhere, and what is in it."""

    name: str
    content: bytes


class Sent(NamedTuple):
    """What a form says, and the files that came with it."""

    fields: Mapping[str, str]
    files: Sequence[Upload]


def take(content_type: str, body: bytes) -> Sent:
    """Return what a form sends. Raises ValueError for what is none."""
    kind = KIND.fullmatch(content_type)
    if kind is None:
        message = "no form with files"
        raise ValueError(message)
    fields: dict[str, str] = {}
    files: list[Upload] = []
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + kind[1].encode())
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name, file = NAME.search(headers), FILE_NAME.search(headers)
        if file is not None:
            if file[1]:  # empty where none was chosen
                files.append(Upload(_safe(file[1]), content))
        elif name is not None:
            fields[name[1]] = content.decode("utf-8", "replace")
    return Sent(fields, files)


def _safe(name: str) -> str:
    """Return the name of a file without the folders that some browsers put before it."""
    last = re.split(r"[/\\]", name)[-1]
    parts = SUFFIX.fullmatch(last)
    return (file_name(parts[1], parts[2]) if parts else "") or "manuscript.md"

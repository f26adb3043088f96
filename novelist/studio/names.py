"""The names of files as browsers give and take them: made of any text, good on every system, leading nowhere.

And those of folders and of what is in them, as pages show them.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from novelist.text import clean, slug

if TYPE_CHECKING:
    from pathlib import Path

NO_NAME = re.compile(r'[/\\:*?"<>|\n\t]+')  # what some system does not take in the name of a file
LONGEST = 80  # characters
MOST_BYTES = 200  # of 255 that systems take: its kind comes behind it, and what tells a temporary file around it


def named(folder: str) -> str:
    """Return the name of a folder as it is shown and stands in addresses: a byte that is no UTF-8 by its number."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")


def within(folder: Path, text: str) -> str:
    """Return a text in which the files of a folder are named from there."""
    return text.replace(f"{folder}{os.sep}", "")


def file_name(text: str, kind: str) -> str:
    """Return a text as the name of a file of a kind, such as `md`; empty where there is nothing in it to name one."""
    name = " ".join(NO_NAME.sub(" ", clean(text)).split()).strip(".")[:LONGEST]
    name = name.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip()
    return f"{name}.{kind}" if name else ""


def disposition(title: str, kind: str) -> str:
    """Return the header that has a browser save a file under the title of its book, and not show it (RFC 6266)."""
    name = file_name(title, kind) or f"book.{kind}"
    plain = slug(unicodedata.normalize("NFKD", name.removesuffix(f".{kind}")).encode("ascii", "ignore").decode())
    return f"attachment; filename=\"{plain or 'book'}.{kind}\"; filename*=UTF-8''{quote(name, safe='')}"

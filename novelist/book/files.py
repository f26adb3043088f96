"""A book's files: read, put in place in one step, moved and removed. Knows no form of a text."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from novelist.errors import BookError, disk_error

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes | None:
    """Return what is in the file at `path`, or None where there is none. Raises BookError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk_error(path, "read", error) from error


def read_text(path: Path) -> str | None:
    """Return the text at `path`, or None where there is no file.

    Raises BookError for what cannot be read as UTF-8 text.
    """
    found = read_bytes(path)
    try:
        return None if found is None else found.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "this is not UTF-8 text. Save it as UTF-8."
        why = "An editor saved it in another encoding, and to guess which could damage the text."
        raise BookError(path, line, message, why=why) from error


def replace(path: Path, text: str | bytes) -> None:
    """Put `text` at `path` in one atomic step: after a crash there is the old file or the new one, whole.

    Raises BookError where the disk does not let it.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(text.encode() if isinstance(text, str) else text)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, temporary)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise disk_error(path, "written", error) from error


def move(old: Path, new: Path) -> None:
    """Put what is at `old` at `new` in one step, in place of a file there. Raises BookError where that fails."""
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        if new.is_file():
            shutil.copymode(new, old)
        old.replace(new)
    except OSError as error:
        raise disk_error(old, f"moved to `{new}`", error) from error


def remove(path: Path) -> None:
    """Remove the file at `path`, if it is there. Raises BookError where the disk does not let it."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(path, "removed", error) from error

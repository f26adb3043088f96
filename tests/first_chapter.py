"""Chapter 1 as the scripted server plans it: what was asked and drafted, and what was rejected or left unfinished."""

from __future__ import annotations

import re
from pathlib import Path

from finished import lines
from in_process import Here, body
from scripted import Request, Scripted
from shelf import Shelf

QUOTA = {"type": "exceeded_current_quota_error", "message": "Your account is suspended."}
IDENTITY = "the-lamp-of-day-1"


def rejected(book: Shelf, identity: str = IDENTITY) -> list[str]:
    """Return the answers that were rejected, the oldest first."""
    paths = sorted((book / ".novelist" / "history" / identity / "rejected").glob("*.md"))
    return [path.read_text(encoding="utf-8") for path in paths]


def told(server: Scripted, task: str = "chapter:1") -> list[Request]:
    return [request for request in server.requests if request.task == task]


def partials(book: Shelf) -> list[Path]:
    return list((book / ".novelist" / "partial").glob("*"))


def named(out: str) -> list[str]:
    """Return what a build printed, without seconds and without the times in the names of files."""
    return [re.sub(r"\d{8}T\d{6}\.\d{6}Z", "TIME", line) for line in lines(out)]


def drafted(here: Here) -> str:
    return body(here.chapter(1).read_text(encoding="utf-8"))


def longer(here: Here, words: str = "300-400") -> None:
    here.edit("premise.md", "words: 40-60", f"words: {words}")

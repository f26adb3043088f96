"""A finished book of five chapters: written once by the real build, then copied for each test."""

from __future__ import annotations

import json
import re
from pathlib import Path

from in_process import Here
from scripted import Reply, Request, Scripted

TITLES = ["The Bottle", "The Second Tide", "The Lamp", "The Ferry", "The Letter"]
HAPPENS = [
    "Mara finds a bottle on the shore.",
    "Mara walks to the Glassworks with Eskil.",
    "Mara lights the lamp.",
    "Eskil rows Mara to the Glassworks.",
    "Mara reads the letter.",
]
PLANNED = {
    "title": "The Salt Lamp",
    "about": "A book.",
    "parts": [],
    "chapters": [
        {"part": 0, "title": title, "happens": happens} for title, happens in zip(TITLES, HAPPENS, strict=True)
    ],
}
NAMES = ["01-the-bottle.md", "02-the-second-tide.md", "03-the-lamp.md", "04-the-ferry.md", "05-the-letter.md"]
C1, C2, C3, C4, C5 = (f"chapters/{name}" for name in NAMES)
S1, S2, S3, S4, S5 = (f"summaries/{name}" for name in NAMES)
SEEDS = 20  # more than the replies that wrote the book

_written: dict[str, bytes] = {}


def finish(here: Here, server: Scripted) -> Here:
    """Fill `here` with the finished book, and let `server` go on with words that are not in it."""
    if not _written:
        with Scripted() as first:
            first.on("outline", json.dumps(PLANNED))
            ran = here.doit(KIMI_BASE_URL=first.base_url)
            assert ran.status == 0, ran.out + ran.err
        found = (path for path in here.root.rglob("*") if path.is_file())
        _written.update({str(path.relative_to(here.root)): path.read_bytes() for path in found})
    for name, data in _written.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for _ in range(SEEDS):
        server.script(Request("", {}, {}))
    return here


def hold(server: Scripted, chapters: str) -> None:
    """Have the model find that the summaries of these chapters (`2 4`) still hold."""
    tasks = [f"summary:{number}" for number in chapters.split()]
    book = server.script
    server.script = lambda request: Reply("UNCHANGED") if request.task in tasks else book(request)


def lines(out: str) -> list[str]:
    """Return what a build printed, without the seconds it took."""
    return [re.sub(r" \([0-9.]+ s\)$", "", line) for line in out.splitlines()]


def history(book: Here, identity: str) -> list[str]:
    """Return the texts in the history of `identity`, the oldest first."""
    return [path.read_bytes().decode() for path in entries(book, identity)]


def entries(book: Here, identity: str) -> list[Path]:
    """Return the entries in the history of `identity`, the oldest first."""
    return sorted((book / ".novelist" / "history" / identity).glob("*.md"))

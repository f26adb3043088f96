"""What was read of a book's files, kept between builds, so that a build with nothing to do reads next to nothing.

Knows a file by its path, inode, size and mtime, and keeps what its reader said of it as JSON. It is a cache: it may be
deleted at any time, and it is forgotten whenever it is not as it was saved, or the code that reads files has changed.
"""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book import checksum
from novelist.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.book.files import Files

# A file that was changed as recently as this before it was read may be changed again within one tick of its clock.
RECENT_NANOSECONDS = 2_000_000_000
HERE = Path(__file__).parent
READERS = (
    *(
        "cache",
        "paths",
        "files",
        "placeholder",
        "root",
        "frontmatter",
        "conflict",
        "record",
        "paragraphs",
        "breaks",
        "premise",
        "settings",
        "slips",
        "values",
        "bible",
        "bible_text",
        "outline",
        "headings",
        "outline_text",
        "outline_layout",
        "outline_lines",
        "outline_lists",
        "outline_marks",
        "outline_rows",
        "outline_titles",
        "older_labels",
        "older_outlines",
    ),
    *("../text", "../words", "../language/names"),
)
LANGUAGE = (HERE.parent / "language", HERE.parent / "language" / "tables")  # by which labels are read


class Cache:
    """The index of one book, at `path`; it is read when it is first asked."""

    def __init__(self, files: Files, path: Path) -> None:
        self._files = files
        self._path = path
        self._known: dict[str, list[Any]] | None = None
        self._changed = False

    def get(self, kind: str, file: Path, read: Callable[[], Any], by: str = "") -> Any:  # noqa: ANN401 - what JSON holds
        """Return what `read` says of `file`, as it said when the file was last read if it has not changed since.

        A file may be read as more than one `kind` of thing, and `by` what it does not say itself.
        """
        if self._known is None:
            self._known = self._load()
        name, now = f"{kind} {file}", time.time_ns()
        try:
            status: os.stat_result | None = os.lstat(file)  # pathlib's costs three times as much, for each file
        except OSError:
            return read()
        if status is not None and not stat.S_ISREG(status.st_mode):
            status = self._files.look(file)
        if status is None:
            return read()
        state = [status.st_ino, status.st_size, status.st_mtime_ns, by]
        known = self._known.get(name)
        if known is not None and known[:4] == state:
            return known[4]
        value = read()
        if status.st_mtime_ns < now - RECENT_NANOSECONDS:
            self._known[name] = [*state, value]
            self._changed = True
        return value

    def save(self) -> None:
        """Keep what was read; a disk that does not let it costs a little time on the next build, nothing else."""
        if not self._changed or self._known is None:
            return
        there = {name: entry for name, entry in self._known.items() if os.path.exists(name.partition(" ")[2])}  # noqa: PTH110
        try:
            self._files.replace(self._path, checksum.dump({"by": _signature(), "files": there}))
        except BookError:
            return

    def _load(self) -> dict[str, list[Any]]:
        try:
            index = checksum.load(self._files.read_bytes(self._path))
        except BookError:
            return {}
        return index["files"] if index.get("by") == _signature() else {}


def _signature() -> str:
    """Return what tells this reading code from any other."""
    stats = [os.stat(HERE / f"{name}.py") for name in READERS]  # noqa: PTH116 - as above
    for room in LANGUAGE:
        with os.scandir(room) as entries:
            modules = sorted((entry for entry in entries if entry.name.endswith(".py")), key=lambda entry: entry.name)
            stats += [entry.stat() for entry in modules]
    return " ".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats)

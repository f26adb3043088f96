"""What a build needs beside a model, looked at one by one: the book, its disk, the terminal, what exports need.

Prints nothing. Knows what is too little, and what to do about it; the model's part is in `asking`.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from novelist.book.lock import lock
from novelist.cli.common import here
from novelist.errors import ExportError, NovelistError, SettingsError, disk_error
from novelist.language.labels import called
from novelist.targets.oversights import unknown_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from novelist.book.premise import Premise
    from novelist.targets.snapshot import Snapshot

LEAST_BYTES = 10_000_000  # of a disk, for a book's texts
SCARCE_BYTES = 200_000_000  # for a long history and exports with pictures
LEAST_COLUMNS = 40
PRINTED = "“é”—…灯█░"  # some of what is printed


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: what is `wrong` stops a build, a `note` stops nothing; both say what to do."""

    name: str
    state: Literal["ok", "note", "wrong"]
    text: str


def program() -> Check:
    """Return which novelist this is."""
    python = ".".join(map(str, sys.version_info[:3]))
    return Check("novelist", "ok", f"{importlib.metadata.version('novelist')}, Python {python} on {sys.platform}")


def find_book() -> tuple[Snapshot | None, Check]:
    """Return the book here, if there is one that can be looked at."""
    try:
        snapshot = here()
        snapshot.book.check()
    except SettingsError as error:
        if os.environ.get("NOVELIST_BOOK"):
            return None, Check("book", "wrong", str(error))
        return None, Check("book", "note", "there is none here: what follows is as for a new one in this folder.")
    except NovelistError as error:
        return None, Check("book", "wrong", str(error))
    return snapshot, Check("book", "ok", str(snapshot.book.root.absolute()))


def read_premise(snapshot: Snapshot) -> tuple[Premise | None, list[Check]]:
    """Return what the author wants, if it can be read, and what is wrong with it."""
    try:
        return snapshot.premise, [Check("premise", "note", line) for line in unknown_names(snapshot)]
    except NovelistError as error:
        return None, [Check("premise", "wrong", str(error))]


def disk(snapshot: Snapshot | None) -> Check:
    """Return whether a build may write, as it finds out itself, and has room."""
    new = snapshot is None or snapshot.book.template is not None
    folder = Path() if new or snapshot is None else snapshot.book.root
    try:
        if snapshot is not None and not new:
            lock(snapshot.book).release()
        elif not os.access(folder, os.W_OK):
            return Check("disk", "wrong", f"nothing can be written in {folder.absolute()}. Check its rights.")
        free = shutil.disk_usage(folder).free
    except NovelistError as error:
        return Check("disk", "wrong", str(error))
    except OSError as error:
        return Check("disk", "wrong", str(disk_error(folder, "read", error)))
    room = f"{free / 1e9:,.0f} GB are free" if free >= 1e9 else f"{free / 1e6:,.0f} MB are free"
    if free < SCARCE_BYTES:
        state: Literal["note", "wrong"] = "wrong" if free < LEAST_BYTES else "note"
        return Check("disk", state, f"only {room}. Make room: a long book and its history may need more.")
    return Check("disk", "ok", f"it can be written to, and {room}")


def terminal(out: TextIO) -> Check:
    """Return whether what is printed can be seen."""
    encoding = out.encoding or "ascii"
    try:
        PRINTED.encode(encoding)
        os.fsencode(PRINTED)
    except (UnicodeEncodeError, LookupError):
        remedy = "Set PYTHONUTF8=1, or a locale with UTF-8 such as LC_ALL=C.UTF-8."
        return Check("terminal", "note", f"{encoding} has not all letters: others are shown as `?`. {remedy}")
    if not out.isatty():
        return Check("terminal", "ok", f"{encoding}; not a terminal, so nothing moves")
    columns = shutil.get_terminal_size().columns
    if columns < LEAST_COLUMNS:
        return Check("terminal", "note", f"{encoding}, {columns} columns: lines are cut. Make it wider.")
    return Check("terminal", "ok", f"{encoding}, {columns} columns")


def exports(premise: Premise | None) -> Iterator[Check]:
    """Yield whether there is what exports are made with, and fonts for the book's letters."""
    from novelist.export import pandoc, pdf, typst  # noqa: PLC0415 - another thing to look at does without

    try:
        path, version = pandoc.find()
        yield Check("pandoc", "ok", f"{version}, {path}")
    except ExportError as error:
        yield Check("pandoc", "note", f"no export can be made: {error}")
    try:
        yield Check("docx", "ok", f"python-docx {importlib.metadata.version('python-docx')}")
    except importlib.metadata.PackageNotFoundError:
        yield Check("docx", "note", "no DOCX can be made: there is no python-docx. Install novelist's extra `export`.")
    try:
        fonts = typst.fonts()
    except ExportError as error:
        yield Check("typst", "note", f"no PDF and no cover can be made: {error}")
        return
    yield Check("typst", "ok", importlib.metadata.version("typst"))
    language = premise.language if premise else "en"
    wanted = called(1, language) + (f"{premise.title}{premise.author}{premise.idea}" if premise else "")
    lacking = [*pdf.unshown(set(wanted), language, fonts)]
    yield from (Check("fonts", "note", line) for line in lacking)
    if not lacking:
        yield Check("fonts", "ok", f"a PDF in `{language}` is set in {typst.families(language, fonts)[0]}")

"""A book comes onto the shelf: a new one, or one that was written elsewhere; as `novelist new` and `import` make them.

Its folder is named after it, stands on the shelf and nowhere else, and is none that was there before.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book import new
from novelist.book.bounds import MOST_SECTIONS
from novelist.book.files import Files
from novelist.errors import NovelistError, SettingsError
from novelist.imports import report, sources, writing
from novelist.studio.names import within
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from novelist.studio.uploads import Upload

UNTITLED = "Untitled"  # of several files of which nothing says what they are called


def add_new(shelf: Path, form: Mapping[str, str]) -> str:
    """Make a new book of what a form says, and return the name of its folder. Raises NovelistError."""
    idea = form.get("idea", "")
    if not idea.strip():
        message = "there is nothing to write about. Say what the book is about."
        raise SettingsError(message)
    front = {name: " ".join(form.get(name, "").split()) for name in new.ORDER}
    front |= {name: value for name, value in new.DEFAULTS.items() if not front[name]}
    with _new_folder(shelf, new.folder_name(front["title"], idea)) as folder:
        new.in_folder(folder, idea, front)
    return folder.name


def add_import(shelf: Path, uploads: Sequence[Upload], title: str) -> tuple[str, Sequence[str]]:
    """Make a book of files that were written elsewhere, and return its folder's name and what was brought, in lines.

    `title` is empty where what they say is to count. Raises NovelistError.
    """
    if not uploads:
        message = "there is no file. Choose one, or one for each chapter."
        raise SettingsError(message)
    if len(uploads) > MOST_SECTIONS:
        message = (
            f"there are more than {MOST_SECTIONS:,} files. Put several chapters into each, below headings, or make "
            "several books of them."
        )
        raise SettingsError(message)
    if len({each.name.casefold() for each in uploads}) < len(uploads):
        message = "two files have one name. Rename one of them."
        raise SettingsError(message)
    title = printable(" ".join(title.split()))
    with tempfile.TemporaryDirectory(prefix="novelist-") as temporary:
        source = Path(temporary) / UNTITLED
        try:
            for each in uploads:
                Files(source).replace(source / each.name, each.content)
            path = source if len(uploads) > 1 else source / uploads[0].name
            imported = sources.read(path)
            imported = replace(imported, title=title or imported.title)
            with _new_folder(shelf, new.folder_name(imported.title, "")) as folder:
                result = writing.make(imported, path, folder)
        except NovelistError as error:
            raise SettingsError(within(source, str(error)).replace(str(source), UNTITLED)) from error
    return folder.name, [within(folder, line) for line in report.brought(imported, result)]


@contextmanager
def _new_folder(shelf: Path, name: str) -> Iterator[Path]:
    """Make a folder of this name on the shelf, where nothing stands yet. Raises SettingsError, and FileError."""
    if not name:
        message = "its title gives no name for a folder. Choose one with letters or digits."
        raise SettingsError(message)
    with Files(shelf).new_folder(shelf / name) as made:
        if not made:
            message = f"there is something called `{name}` on the shelf already. Choose another title."
            raise SettingsError(message)
        yield shelf / name

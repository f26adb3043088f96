"""What reads a book that was written elsewhere, by what it is: a folder, a project, a manuscript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.imports import folder, manuscript, novel_state, novelwriter

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.imports.imported import Imported

READERS = {".json": novel_state.read, ".nwx": novelwriter.read}


def read(path: Path) -> Imported:
    """Return what was found at a path. Raises BookError where that is no book."""
    reader = folder.read if path.is_dir() else READERS.get(path.suffix.casefold(), manuscript.read)
    return reader(path)

"""What is no file and no folder of a book, by what lstat says of it, and the error that says so.

Knows no root: whether a path is below one is the door's to say. Opens nothing, and changes nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from novelist.errors import FileError

KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
REPARSE_POINT = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: a link, a junction, or a file that a cloud holds


def no_file(path: Path, status: os.stat_result) -> FileError:
    """Return the error of a pipe, a socket or a device at `path`, where there was to be a file."""
    what = KINDS.get(stat.S_IFMT(status.st_mode), "no regular file")
    return FileError(path, None, f"it is {what}. Put a file in its place.")


def outside(path: Path) -> FileError:
    """Return the error of a path that leads out of the root by its name."""
    return FileError(path, None, "it is outside of the book. Name a file in it.")


def leads_out(link: Path) -> FileError:
    """Return the error of a link to what is elsewhere."""
    message = "it is a symbolic link that leads out of the book. Put a file in its place."
    return FileError(
        link, None, message, why="What is elsewhere on the disk goes neither to a server nor into the book."
    )


def hidden_link(link: Path) -> FileError:
    """Return the error of a link among the hidden files."""
    return FileError(link, None, "it is a symbolic link. Put a file in its place.")


def leads_to_hidden(link: Path) -> FileError:
    """Return the error of a link to a hidden file."""
    message = "it is a symbolic link to a hidden file. Put a file in its place."
    why = "Hidden files hold keys and the like, which are no text of the book."
    return FileError(link, None, message, why=why)


def no_folder(folder: Path, status: os.stat_result, *, make: bool) -> Exception:
    """Return the error of what is at `folder` and is none; of a file, the one that the system has for it."""
    if is_link(folder, status):
        message = "it is a symbolic link. Make it a folder of the book."
        return FileError(folder, None, message, why="Nothing outside of the book is written.")
    if stat.S_ISREG(status.st_mode):
        number = errno.EEXIST if make else errno.ENOTDIR
        return OSError(number, os.strerror(number))
    what = KINDS.get(stat.S_IFMT(status.st_mode), "no folder")
    return FileError(folder, None, f"it is {what}. Make it a folder of the book.")


def is_link(path: Path, status: os.stat_result) -> bool:
    """Say whether what is at `path` is a link, on Windows also a junction: a reparse point that leads elsewhere."""
    if getattr(status, "st_file_attributes", 0) & REPARSE_POINT:
        here = Path(os.path.realpath(path.parent)) / path.name
        return os.path.normcase(os.path.realpath(path)) != os.path.normcase(here)
    return stat.S_ISLNK(status.st_mode)


def is_hidden(below: Path) -> bool:
    """Say whether a path from the root is of a hidden file, or leads through a hidden folder."""
    return any(part.startswith(".") for part in below.parts)

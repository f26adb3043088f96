"""A part of the door to files: what stands below a root is looked at, read and listed, and nothing is changed.

What it takes for a file is what the door takes for one. Knows no form of a text.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from novelist.book import refusals
from novelist.book.bounds import LARGEST_EXPORT, LARGEST_FILE, MEGABYTE
from novelist.book.root import Root
from novelist.errors import FileError, disk_error

if TYPE_CHECKING:
    from pathlib import Path

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
PIECE_BYTES = 1 << 20

# Neither a link that is followed nor a pipe that is waited for. Windows has neither flag: there, what lstat says of a
# reparse point has to do.
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class ReadFiles(Root):
    """The files below the folder `root`, to be read."""

    def look(self, path: Path) -> os.stat_result | None:
        """Return what is known of the file at `path`, or None where there is none. Raises FileError."""
        place = self._placed(path)
        return None if place is None else place[1]

    def real(self, path: Path) -> Path | None:
        """Return where the file at `path` really is, or None where there is none. Raises FileError."""
        place = self._placed(path)
        return None if place is None else place[0]

    def _placed(self, path: Path) -> tuple[Path, os.stat_result] | None:
        try:
            return self._place(path)
        except OSError as error:
            raise disk_error(path, "read", error) from error

    def open(self, path: Path) -> BinaryIO | None:
        """Return the file at `path`, opened for reading, or None where there is none. Raises FileError."""
        try:
            place = self._place(path)
            if place is None:
                return None
            descriptor = os.open(place[0], os.O_RDONLY | CAREFULLY)
            return os.fdopen(checked(descriptor, path), "rb")
        except OSError as error:
            raise disk_error(path, "read", error) from error

    def read_bytes(self, path: Path, most: int = LARGEST_FILE) -> bytes | None:
        """Return what is in the file at `path`, or None where there is none.

        Raises FileError where it cannot be read, and where it has more than `most` bytes.
        """
        file = self.open(path)
        if file is None:
            return None
        with file:
            _check_size(path, file, most)
            try:
                return file.read(most)
            except OSError as error:
                raise disk_error(path, "read", error) from error

    def read_text(self, path: Path, most: int = LARGEST_FILE) -> str | None:
        """Return the text at `path`, or None where there is no file.

        Raises FileError for what cannot be read as UTF-8 text, and where it has more than `most` bytes.
        """
        content = self.read_bytes(path, most)
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = "this is not UTF-8 text. Save it as UTF-8."
            why = "An editor saved it in another encoding, and to guess which could damage the text."
            raise FileError(path, line, message, why=why) from error

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of the file at `path`, empty where there is none. Raises FileError."""
        file = self.open(path)
        if file is None:
            return ""
        with file:
            _check_size(path, file, LARGEST_EXPORT)
            digest = hashlib.sha256()
            try:
                while piece := file.read(PIECE_BYTES):
                    digest.update(piece)
            except OSError as error:
                raise disk_error(path, "read", error) from error
            return digest.hexdigest()

    def names(self, folder: Path, *, whatever: bool = False) -> list[str]:
        """Return the names of all that is in `folder`, in order; none where it is not there.

        Raises FileError where it cannot be read, and for what is in it and is nobody's text of this book: a link that
        leads out, a pipe, a device, a socket. With `whatever`, these have names as well.
        """
        try:
            if not self._enter(folder):
                return []
            with os.scandir(folder) as entries:
                names = []
                for entry in entries:
                    names.append(entry.name)
                    if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False):
                        continue
                    if whatever or entry.name.startswith("."):
                        continue  # what is hidden is no text of the book, and is not read as one
                    if entry.is_symlink():
                        self._inside(folder / entry.name)
                    else:
                        raise refusals.no_file(folder / entry.name, entry.stat(follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise disk_error(folder, "read", error) from error
        return sorted(names)

    def check_folder(self, folder: Path) -> None:
        """Raise FileError where `folder` is a link, a pipe, a device or a socket."""
        try:
            self._enter(folder)
        except NotADirectoryError:
            return  # it is told of where something is to be put into it
        except OSError as error:
            raise disk_error(folder, "read", error) from error

    def check_rights(self, path: Path, rights: int = os.R_OK | os.W_OK) -> None:
        """Raise FileError where what is at `path` may not be written to, before anything is paid for."""
        if os.path.lexists(path) and not os.access(path, rights):
            raise disk_error(path, "written", OSError(errno.EACCES, os.strerror(errno.EACCES)))

    def check_takes_files(self, folder: Path) -> None:
        """Raise FileError where nothing could be put into `folder`, once it is there."""
        try:
            there = self._enter(folder)
        except NotADirectoryError as error:
            raise FileError(folder, None, "it is a file. Move it elsewhere: a folder belongs here.") from error
        except OSError as error:
            raise disk_error(folder, "read", error) from error
        if there:
            self.check_rights(folder, os.R_OK | os.W_OK | os.X_OK)

    def is_read_only(self, path: Path) -> bool:
        """Say whether a person made the file at `path` read-only, who wants its text to stay. Raises FileError."""
        status = self.look(path)
        return status is not None and not status.st_mode & WRITABLE


def checked(descriptor: int, path: Path) -> int:
    """Return an open descriptor of a regular file. Raises FileError for any other, which is closed."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise refusals.no_file(path, status)
    return descriptor


def _check_size(path: Path, file: BinaryIO, most: int) -> None:
    if os.fstat(file.fileno()).st_size > most:
        raise FileError(path, None, f"it is larger than {most // MEGABYTE:,} MB. Put a smaller one in its place.")

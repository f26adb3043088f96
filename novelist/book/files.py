"""The one door to files that anybody may have made: those of a book, of its template, of what is imported.

It has a root, and takes only regular files inside the root's real folder. A link to such a file is as good as the file;
one that leads out is refused, as are pipes, devices and sockets, which are never opened, and folders that are links.
What is hostile is the content; that no process changes the files meanwhile is taken for granted. Knows no form of a
text.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from novelist.book import refusals
from novelist.book.bounds import LARGEST_EXPORT, LARGEST_FILE, MEGABYTE
from novelist.book.root import Root, discard
from novelist.errors import FileError, disk_error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO
    from pathlib import Path

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
PIECE_BYTES = 1 << 20

# Neither a link that is followed nor a pipe that is waited for. Windows has neither flag: there, what lstat says of a
# reparse point has to do.
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Files(Root):
    """The files below the folder `root`. What stands in its folder `cache` may be deleted at any time.

    There, what is no regular file is as good as none, and is replaced.
    """

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
            return os.fdopen(_checked(descriptor, path), "rb")
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

    def make_folder(self, folder: Path) -> None:
        """Make `folder` where it is not there. Raises FileError."""
        try:
            self._enter(folder, make=True)
        except OSError as error:
            raise disk_error(folder, "made", error) from error

    def replace(self, path: Path, text: str | bytes) -> None:
        """Put `text` at `path` in one atomic step: after a crash there is the old file or the new one, whole.

        A link there is replaced, too. Raises FileError where the disk does not let it.
        """
        self._put(path, [text.encode() if isinstance(text, str) else text])

    def copy(self, path: Path, new: Path) -> None:
        """Put what is in the file at `path` at `new`, as `replace` does. Raises FileError, also where there is none."""
        file = self.open(path)
        if file is None:
            raise disk_error(path, "read", OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
        with file:
            self._put(new, iter(lambda: file.read(PIECE_BYTES), b""))

    def append(self, path: Path) -> FileIO:
        """Return the file at `path`, made where there is none, opened to be read and appended to. Raises FileError."""
        try:
            self._enter(path.parent, make=True)
            place = self._place(path)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | CAREFULLY
            descriptor = os.open(path if place is None else place[0], flags, 0o666)
            return os.fdopen(_checked(descriptor, path), "ab+", buffering=0)
        except OSError as error:
            raise disk_error(path, "written", error) from error

    def move(self, old: Path, new: Path) -> None:
        """Put what is at `old` at `new` in one step, in place of a file there. Raises FileError where that fails."""
        try:
            self._enter(old.parent)
            self._enter(new.parent, make=True)
            _copy_rights(new, old)
            os.replace(self._below(old), self._below(new))
        except OSError as error:
            raise disk_error(old, f"moved to `{new}`", error) from error

    def remove(self, path: Path) -> None:
        """Remove the file at `path`, and what a write of it that was killed has left, as far as they are there.

        Raises FileError where the disk does not let it.
        """
        try:
            if self._enter(path.parent):
                discard(_temporary(path))
                os.unlink(self._below(path))
        except FileNotFoundError:
            return
        except OSError as error:
            raise disk_error(path, "removed", error) from error

    def _put(self, path: Path, pieces: Iterable[bytes]) -> None:
        temporary = _temporary(path)
        try:
            self._enter(path.parent, make=True)
            self._place(path)  # says what is wrong with what stands there
            # What stands at a temporary name may be a stranger's link: it goes, and is never opened.
            discard(temporary)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | CAREFULLY, 0o666)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    for piece in pieces:
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                if not self._in_cache(path):
                    _copy_rights(path, temporary)
                elif os.path.isdir(path):
                    discard(path)
                os.replace(temporary, path)
            except BaseException:
                discard(temporary)
                raise
        except OSError as error:
            raise disk_error(path, "written", error) from error


def _temporary(path: Path) -> Path:
    """Return where a text is written before it stands at `path`."""
    return path.with_name(f".{path.name}.tmp")


def is_empty(folder: Path) -> bool:
    """Say whether there is nothing in `folder`, or no such folder. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except FileNotFoundError:
        return True


def _checked(descriptor: int, path: Path) -> int:
    """Return an open descriptor of a regular file. Raises FileError for any other, which is closed."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise refusals.no_file(path, status)
    return descriptor


def _check_size(path: Path, file: BinaryIO, most: int) -> None:
    if os.fstat(file.fileno()).st_size > most:
        raise FileError(path, None, f"it is larger than {most // MEGABYTE:,} MB. Put a smaller one in its place.")


def _copy_rights(path: Path, other: Path) -> None:
    """Give `other` the rights of the file at `path`, where both are files."""
    try:
        rights, status = os.lstat(path), os.lstat(other)
    except FileNotFoundError:
        return
    if stat.S_ISREG(rights.st_mode) and stat.S_ISREG(status.st_mode):
        os.chmod(other, stat.S_IMODE(rights.st_mode))

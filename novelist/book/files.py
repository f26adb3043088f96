"""The one door to files that anybody may have made: those of a book, of its template, of what is imported.

It has a root, and takes only regular files inside the root's real folder. A link to such a file is as good as the file;
one that leads out is refused, as are pipes, devices and sockets, which are never opened, and folders that are links.
What is hostile is the content; that no process changes the files meanwhile is taken for granted. Knows no form of a
text.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from novelist.book.reading import CAREFULLY, PIECE_BYTES, ReadFiles, checked
from novelist.book.root import discard
from novelist.errors import FileError, disk_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import FileIO
    from pathlib import Path

    from filelock import BaseFileLock

LONGEST_WAIT = 10.0  # seconds, for what others put in place, which takes them moments


class Files(ReadFiles):
    """The files below the folder `root`. What stands in its folder `cache` may be deleted at any time.

    There, what is no regular file is as good as none, and is replaced. Whoever puts a text in place holds the file
    `lock` for that moment; where there is none, one process alone writes here.
    """

    def __init__(self, root: Path, cache: Path | None = None, lock: Path | None = None) -> None:
        super().__init__(root, cache)
        self._lock_path = lock

    def make_folder(self, folder: Path) -> None:
        """Make `folder` where it is not there. Raises FileError."""
        try:
            self._enter(folder, make=True)
        except OSError as error:
            raise disk_error(folder, "made", error) from error

    @contextmanager
    def new_folder(self, folder: Path) -> Iterator[bool]:
        """Make `folder` where nothing stands yet, and say whether it was made: of several who try, by one of them.

        Where what is done then fails and has left nothing in it, it goes again. Raises FileError.
        """
        try:
            self._enter(folder.parent, make=True)
            os.mkdir(self._below(folder))
        except FileExistsError:
            yield False
            return
        except OSError as error:
            raise disk_error(folder, "made", error) from error
        try:
            yield True
        except BaseException:
            with suppress(OSError):
                os.rmdir(self._below(folder))
            raise

    @contextmanager
    def writing(self, path: Path) -> Iterator[None]:
        """Have nobody else put a text in place here, in this process or another: from a look at `path` to its new text.

        That is for moments, and may be entered within itself. Nobody waits for what is in the cache. Raises FileError.
        """
        if self._lock_path is None or self._in_cache(path):
            yield
            return
        from filelock import Timeout  # noqa: PLC0415 - a tenth of a second, which who only reads can do without

        try:
            self._enter(self._lock_path.parent, make=True)
            self.look(self._lock_path)  # it is opened as it is
            held = self._lock.acquire()
        except Timeout as error:
            message = "another program is writing in this book, and does not end. Stop it, and do this again."
            raise FileError(path, None, message) from error
        except OSError as error:
            raise disk_error(path, "written", error) from error
        with held:
            yield

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock  # noqa: PLC0415 - as above

        return FileLock(self._lock_path or self.root, timeout=LONGEST_WAIT)

    def replace(self, path: Path, text: str | bytes) -> None:
        """Put `text` at `path` in one atomic step: after a crash there is the old file or the new one, whole.

        A link there is replaced, too. Raises FileError where the disk does not let it.
        """
        self._put(path, [text.encode() if isinstance(text, str) else text])

    def exchange(self, path: Path, before: str | None, text: str | None) -> bool:
        """Put `text` at `path` as `replace` does where that still says `before`, and return whether it did.

        It is looked at as late as can be: what others save while the new text is written stays. None is no file. Raises
        FileError.
        """
        if text is not None:
            return self._put(path, [text.encode()], lambda: self.read_text(path) == before)
        with self.writing(path):
            if self.read_text(path) != before:
                return False
            self.remove(path)
            return True

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
            return os.fdopen(checked(descriptor, path), "ab+", buffering=0)
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

    def _put(self, path: Path, pieces: Iterable[bytes], still: Callable[[], bool] = lambda: True) -> bool:
        """Put a text in place where that is `still` wanted once it is written, and return whether it was."""
        with self.writing(path):
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
                    if wanted := still():
                        os.replace(temporary, path)
                    else:
                        discard(temporary)
                except BaseException:
                    discard(temporary)
                    raise
            except OSError as error:
                raise disk_error(path, "written", error) from error
            return wanted


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


def _copy_rights(path: Path, other: Path) -> None:
    """Give `other` the rights of the file at `path`, where both are files."""
    try:
        rights, status = os.lstat(path), os.lstat(other)
    except FileNotFoundError:
        return
    if stat.S_ISREG(rights.st_mode) and stat.S_ISREG(status.st_mode):
        os.chmod(other, stat.S_IMODE(rights.st_mode))

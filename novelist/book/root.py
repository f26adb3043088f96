"""Where a file of a book really is: below its root, behind no folder that is a link, and no link that leads out.

A half of the door, which does not know what is done there. Knows no form of a text.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from novelist.book import refusals
from novelist.book.refusals import is_hidden, is_link


class Root:
    """The folder `root`, and what is below it. What stands in its folder `cache` may be deleted at any time.

    There, what is no regular file is as good as none, and is replaced.
    """

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self.root = root
        self._cache = cache
        self._folders = {root}  # that have been looked at: once is enough for a run

    @cached_property
    def _real_root(self) -> Path:
        return Path(os.path.realpath(self.root))

    def _place(self, path: Path) -> tuple[Path, os.stat_result] | None:
        """Return where the regular file at `path` really is, and what is known of it; None where there is none.

        Raises FileError for what is no file of this root, and OSError.
        """
        self._below(path)
        try:
            if not self._enter(path.parent):
                return None
            status = os.lstat(path)
            real = path
            if is_link(path, status) and not self._in_cache(path):
                real = self._inside(path)
                status = os.lstat(real)
                if stat.S_ISLNK(status.st_mode):
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISREG(status.st_mode):
            return real, status
        if self._in_cache(path):
            return None
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        raise refusals.no_file(path, status)

    def _inside(self, path: Path) -> Path:
        """Return where the link at `path` leads. Raises FileError where that is no place for a text of this root."""
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self._real_root):
            raise refusals.leads_out(path)
        if is_hidden(self._below(path).relative_to(self.root)):
            raise refusals.hidden_link(path)
        if is_hidden(real.relative_to(self._real_root)):
            raise refusals.leads_to_hidden(path)
        return real

    def _below(self, path: Path) -> Path:
        """Return `path` from the root as it is named. Raises FileError where it leads out of the root by its name."""
        for root in (self.root, self._real_root):
            if path.is_relative_to(root):
                below = path.relative_to(root)
                if ".." not in below.parts:
                    return self.root / below
        raise refusals.outside(path)

    def _enter(self, folder: Path, *, make: bool = False) -> bool:
        """Say whether `folder` is there, and really in the root; with `make`, it is made.

        Each folder is looked at once. Raises FileError for a link and the like, NotADirectoryError for a file, OSError.
        """
        if folder in self._folders and not make:
            return True
        if make:
            os.makedirs(self.root, exist_ok=True)
        for part in self._parts(folder, make=make):
            if part == self.root or not part.is_relative_to(self.root) or (part in self._folders and not make):
                continue
            try:
                status = os.lstat(part)
            except FileNotFoundError:
                if not make:
                    return False
                _make(part)
                status = os.lstat(part)
            if is_link(part, status) or not stat.S_ISDIR(status.st_mode):
                if not self._in_cache(part):
                    raise refusals.no_folder(part, status, make=make)
                if not make:
                    return False
                discard(part)
                _make(part)
            self._folders.add(part)
        return True

    def _parts(self, folder: Path, *, make: bool) -> list[Path]:
        """Return the folders that lead to `folder`, from the outermost on: those that are to be looked at, or made."""
        if not make and folder.parent in self._folders and folder.name != "..":
            return [folder]
        below = self._below(folder)
        return [*reversed(below.parents), below]

    def _in_cache(self, path: Path) -> bool:
        return self._cache is not None and self._cache in path.parents


def _make(folder: Path) -> None:
    """Make `folder`; that it is there is as good, since drafts that are made side by side land in one."""
    with suppress(FileExistsError):
        os.mkdir(folder)


def discard(path: Path) -> None:
    """Remove whatever stands at `path`, without opening it or following it."""
    with suppress(FileNotFoundError):
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode) and not is_link(path, status):
            shutil.rmtree(path)
        else:
            os.unlink(path)

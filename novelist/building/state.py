"""doit's own state, kept as what it is here: a cache. doit finds this class through an entry point.

Unlike doit's backends it makes no file before a run ends, replaces the file in one step, and takes a file that is not
as it was saved for an empty one. What is fresh is decided by the records in the book's files, never here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doit.dependency import JsonDB, MD5Checker

from novelist.book import checksum
from novelist.book.files import Files
from novelist.errors import BookError
from novelist.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.paths import Book

VALUES = "_values_:"  # doit's name for them
VOUCHED = "the record knows"
ABOUT_FILES = ("deps:", "checker:")


def remembered(book: Book, task: str) -> Mapping[str, Any]:
    """Return what the last run of a task has left to be remembered; nothing where nobody knows. Raises FileError."""
    values: Mapping[str, Any] = _of(book, task).get(VALUES, {})
    return values


def unchanged(book: Book, task: str, path: Path) -> bool:
    """Say whether a file that a task reads is as it was when that last ran. Raises FileError."""
    content, saved = book.files.read_bytes(path), _of(book, task).get(str(path.relative_to(book.root)))
    return content is not None and saved is not None and hashlib.md5(content).hexdigest() == saved[-1]  # noqa: S324 - doit's


def _of(book: Book, task: str) -> Mapping[str, Any]:
    remembered: Mapping[str, Any] = checksum.load(book.files.read_bytes(book.state)).get(task, {})
    return remembered


class Vouched(MD5Checker):  # type: ignore[misc] # doit has no types
    """doit's checker, which leaves alone the files of tasks that a record vouches for."""

    def __init__(self) -> None:
        # Summaries are dependencies of many chapters: one is looked at once.
        self.info = Memo(_Stat).__getitem__

    def check_modified(self, file_path: Any, file_stat: Any, state: Any) -> bool:  # noqa: ANN401 - doit's types
        """Return whether a file has changed since `state`.

        What a record vouches for may lack a file: a summary that waits for a model is not there.
        """
        if state == VOUCHED:
            return False
        return not self.exists(file_path) or bool(super().check_modified(file_path, file_stat, state))

    def get_state(self, dep: Any, current_state: Any) -> Any:  # noqa: ANN401 - as above
        """Return what to remember of a file: nothing, where it has no say."""
        return None if current_state == VOUCHED else super().get_state(dep, current_state)


class _Stat:
    """A file's stat, taken when it is looked at."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stat has
        return getattr(os.stat(self._path), name)  # noqa: PTH116 - doit has strings


class State(JsonDB):  # type: ignore[misc] # doit has no types
    """doit's JSON backend, crash-safe; of tasks that a record vouches for, it remembers nothing about files."""

    desc = "JSON, replaced atomically (novelist)"

    def __init__(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(*arguments, **more)
        self._vouched: set[str] = set()
        self._changed = self.abandoned = False

    def vouch(self, task_id: str) -> None:
        """Let the record in a task's target decide, whatever is remembered of its files."""
        self._vouched.add(task_id)

    def get(self, task_id: str, dependency: str) -> Any:  # noqa: ANN401 - as above
        """Return what is remembered."""
        if task_id not in self._vouched:
            return super().get(task_id, dependency)
        if not dependency.endswith(":"):
            return VOUCHED
        return None if dependency in ABOUT_FILES else super().get(task_id, dependency)

    def set(self, task_id: str, dependency: str, value: Any) -> None:  # noqa: ANN401 - as above
        """Remember something."""
        if task_id in self._vouched and dependency != "ignore:":
            return
        self._changed = True
        super().set(task_id, dependency, value)

    def remove(self, task_id: str) -> None:
        """Forget a task."""
        self._changed = True
        super().remove(task_id)

    def remove_all(self) -> None:
        """Forget everything."""
        self._changed = True
        super().remove_all()

    def _load(self) -> Any:  # noqa: ANN401 - whatever doit stored
        try:
            return checksum.load(self._files.read_bytes(Path(self.name)))
        except BookError:
            return {}

    @property
    def _files(self) -> Files:
        folder = Path(self.name).parent
        return Files(folder, cache=folder)

    def abandon(self) -> None:
        """Keep nothing of this run: another one is writing the book."""
        self.abandoned = True

    def dump(self) -> None:
        """Write the state; a disk that does not let it costs a little time on the next run, nothing else."""
        if self.abandoned or not self._changed:
            return
        try:
            self._files.replace(Path(self.name), checksum.dump(self._db))
        except BookError:
            return

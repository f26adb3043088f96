"""A task's inputs to messages, through the templates in prompts/ or the book's own.

Templates are sandboxed, an undefined name is an error, and values are never rendered again. What comes first in a
message is what changes least, so that a server can reuse it from call to call. Knows no server.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import weakref
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

from novelist.book.files import Files
from novelist.errors import BookError
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from novelist.book.outline import Outline

SECTIONS_SHOWN = 40  # sections of a longer outline that a model is shown
LONGEST_RENDERING = 5.0  # seconds of one template of a book; a hundredth is much
PATIENCE = 2.0  # seconds in which a process ends itself that takes too long
NEEDED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR")
# The folder of a book, which is where this runs, is no place to look for modules.
PROGRAM = (
    "import sys; sys.path[0] = sys.argv[1]; sys.path.append(sys.path.pop(0)); "
    "from novelist.drafting.rendering import serve; serve(float(sys.argv[2]))"
)


class Prompts:
    """The templates of one book; where it has its own, all are rendered in a process beside this one."""

    def __init__(self, files: Files, folder: Path, shipped: str) -> None:
        """Take the book's `own` templates from `folder`, else those in our folder `shipped`, else our usual ones.

        Raises BookError, with the line, for one of the book's that cannot be used.
        """
        from novelist.drafting.rendering import Templates  # noqa: PLC0415 - jinja2; only a build that drafts needs it

        self._templates = Templates(files, folder, shipped)
        self.own = own = self._templates.own
        reading = Files(files.root)  # without the lock, which no other process can be given
        self._renderer = _Renderer((reading, folder, shipped), folder, own) if own else None

    def close(self) -> None:
        """End the process, if there is one."""
        if self._renderer is not None:
            self._renderer.close()

    def render(self, name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
        """Return the template `name`, such as `chapter`, rendered with `values`.

        Raises BookError, with the line, for a template of the book that cannot be used.
        """
        file = f"{name}.md.j2"
        if self._renderer is None:
            return self._templates.render(file, values)
        return self._renderer.render(file, values)


class _Renderer:
    """The process that renders a book's own templates: begun with the first, and anew after one that was too much."""

    def __init__(self, given: object, folder: Path, own: list[str]) -> None:
        self._given = given
        self._folder = folder
        self._own = own
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        """Begin the process, and have it check all templates. It gets no key."""
        environ = {name: value for name, value in os.environ.items() if name in NEEDED or name.startswith("PYTHON")}
        self._process = subprocess.Popen(  # noqa: S603 - what is untrusted goes in by standard input and files
            [sys.executable, "-c", PROGRAM, str(Path(__file__).parents[2]), str(LONGEST_RENDERING)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,
        )
        self.close = weakref.finalize(self, _end, self._process)
        self._sent: dict[str, object] = {}
        self._write(self._given)
        for file in self._own:
            self._ask((file, None, {}), self._folder / file)

    def render(self, file: str, values: dict[str, Any]) -> str:
        """Return the template in `file`, rendered with `values`. Raises BookError."""
        with self._lock:
            if not self.close.alive:
                self._begin()
            # The outline of a long book is a megabyte, and the same for each chapter.
            changed = {name: value for name, value in values.items() if self._sent.get(name, ...) is not value}
            self._sent |= changed
            return self._ask((file, [*values], changed), self._folder / file)

    def _ask(self, request: object, path: Path) -> str:
        """Return the answer to a request. Raises BookError for an error; then the process is no more."""
        patience = Timer(LONGEST_RENDERING + PATIENCE, self._process.kill)  # where it cannot end itself
        patience.start()
        answer: dict[str, Any] = {}
        try:
            self._write(request)
            answer = json.loads((self._process.stdout and self._process.stdout.readline()) or "{}")
        except OSError:
            pass  # it has ended
        finally:
            patience.cancel()
        if "text" in answer:
            return str(answer["text"])
        self.close()
        message = answer.get("message", "it takes too long, or too much memory. Put it right, or remove the file.")
        raise BookError(Path(answer.get("path", path)), answer.get("line"), message)

    def _write(self, request: object) -> None:
        if self._process.stdin:
            self._process.stdin.write(pickle.dumps(request))
            self._process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def stretches(outline: Outline) -> list[range]:
    """Return for each chapter the numbers of the sections that a model is shown: all, of a long book those nearby.

    They are the same for as many chapters as may be, so that a server can reuse its prompt: those of the chapter's
    part, and within a long part, those of its stretch of as many.
    """
    count = len(outline.sections)
    if count <= SECTIONS_SHOWN:
        return [range(1, count + 1)] * count
    shown: list[range] = []
    for _, part in groupby(outline.sections, lambda section: section.part):
        first = len(shown) + 1
        last = first + sum(1 for _ in part)
        for start in range(first, last, SECTIONS_SHOWN):
            stretch = range(start, min(start + SECTIONS_SHOWN, last))
            shown += [stretch] * len(stretch)
    return shown


def contents(outline: Outline, shown: range) -> list[str]:
    """Return the lines of an outline that a model is shown: the headings of all parts, and the sections of `shown`."""
    lines = []
    part = None
    for number, section in enumerate(outline.sections, 1):
        if section.part is not None and section.part != part:
            lines.append(outline.parts[section.part].heading)
        part = section.part
        if number in shown:
            lines.append(f"{number}. {section.title}: {section.text}")
    return lines


def told(texts: Iterable[str]) -> list[str]:
    """Return texts as a prompt shows them, without empty ones."""
    return [_told(text) for text in texts if text.strip()]


@lru_cache(maxsize=256)  # chapters in a row are told nearly the same
def _told(text: str) -> str:
    return normalise(text)

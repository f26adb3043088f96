"""A process in which the templates of a book are rendered: they are anybody's, and may take all of a machine.

Knows jinja2's sandbox, which keeps a template from files and programs, and not from time and memory. Its standard input
is a row of pickles from the process that began it, its standard output a line of JSON for each: untrusted text comes
back as text only.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import traceback
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2.sandbox

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.errors import BookError

if TYPE_CHECKING:
    from novelist.book.files import Files

SHIPPED = Path(__file__).parent / "prompts"
LONGEST_TEXT = 20_000_000  # characters of a rendered template: twice the longest chapter
MOST_MEMORY = 1_000_000_000  # bytes
REMEDY = "Put it right, or remove the file."


class Templates:
    """The templates of one book: its own in `folder`, else those in our folder `shipped`, else our usual ones."""

    def __init__(self, files: Files, folder: Path, shipped: str) -> None:
        self._files = files
        self._folder = folder
        self._shipped = shipped
        self.at = folder  # the template that was begun last

    @cached_property
    def own(self) -> list[str]:
        """The names of the files of the book's own."""
        return [name for name in self._files.names(self._folder) if name.endswith(".j2")]

    @cached_property
    def _environment(self) -> jinja2.sandbox.SandboxedEnvironment:
        ours = jinja2.FileSystemLoader([SHIPPED / self._shipped, SHIPPED], encoding="utf-8")
        return jinja2.sandbox.SandboxedEnvironment(
            loader=jinja2.ChoiceLoader([jinja2.FunctionLoader(self._read), ours]) if self.own else ours,
            undefined=jinja2.StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )

    def _read(self, name: str) -> tuple[str, str, None] | None:
        """Return the book's own template `name` and where it is, or None. Raises FileError."""
        path = self._folder.joinpath(*name.split("/"))
        text = self._files.read_text(path, LARGEST_SETTINGS)
        return None if text is None else (text, str(path), None)

    def check(self, file: str) -> None:
        """Raise BookError, with the line, where the syntax of the template in `file` is wrong."""
        self._guarded(file, lambda: self._environment.get_template(file))

    def render(self, file: str, values: dict[str, Any]) -> str:
        """Return the template in `file`, rendered with `values`. Raises whatever a template may raise."""
        return self._environment.get_template(file).render(values).strip()

    def render_untrusted(self, file: str, values: dict[str, Any]) -> str:
        """Return the same. Raises BookError, with the line, for a template of the book that cannot be used."""
        return str(self._guarded(file, lambda: self._bounded(file, values)))

    def _bounded(self, file: str, values: dict[str, Any]) -> str:
        """Return a template, rendered. Raises BookError where it gives what no prompt may be."""
        template = self._environment.get_template(file)
        stream: Any = template.generate(values)
        pieces, length = [], 0
        for piece in stream:
            pieces.append(piece)
            length += len(piece)
            wrong = f"it gives more than {LONGEST_TEXT:,} characters" if length > LONGEST_TEXT else _surrogate(piece)
            if wrong:
                line = template.get_corresponding_lineno(stream.gi_yieldfrom.gi_frame.f_lineno)
                raise BookError(Path(template.filename or file), line, f"{wrong}. {REMEDY}")
        return "".join(pieces).strip()

    def _guarded(self, file: str, work: Any) -> Any:  # noqa: ANN401 - a template, or its text
        """Return what `work` on a template does. Raises BookError for whatever comes of that."""
        self.at = self._folder / file
        try:
            return work()
        except BookError:
            raise
        except jinja2.TemplateSyntaxError as error:
            path = Path(error.filename or self._folder / file)
            raise BookError(path, error.lineno, f"{_what(error)}. {REMEDY}") from None
        except Exception as error:  # noqa: BLE001 - a template can raise whatever Python does
            path, line = self._place(error, file)
            raise BookError(path, line, f"{_what(error)}. {REMEDY}") from None

    def _place(self, error: Exception, file: str) -> tuple[Path, int | None]:
        """Return the template, and the line of it, in which an error came; of the book's, where one led there."""
        frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
        for folder in (self._folder, SHIPPED):
            inside = [(Path(name), line) for name, line in frames if Path(name).is_relative_to(folder)]
            if inside:
                return inside[-1]
        return self._folder / file, None


def _surrogate(text: str) -> str:
    """Return what is wrong with a text that has a character which is none, empty where it has not."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "it gives half of a character, a lone surrogate"
    return ""


def _what(error: Exception) -> str:
    """Return in words what went wrong in a template."""
    if isinstance(error, (RecursionError, SyntaxError)):
        return "it includes or calls itself, or is nested too deep"
    if isinstance(error, MemoryError):
        return "it takes too much memory"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template `{error.name}`"
    return " ".join(str(getattr(error, "message", "") or error).split()).rstrip(".")[:500] or type(error).__name__


def serve(seconds: float) -> None:
    """Answer each request on the standard input until that ends, or until one takes longer than so many `seconds`."""
    _bound_memory()
    templates = Templates(*_request())
    values: dict[str, Any] = {}
    with suppress(EOFError):
        while True:
            file, names, changed = _request()
            values.update(changed)
            _say(_timed(seconds, templates, file, None if names is None else {name: values[name] for name in names}))


def _request() -> Any:  # noqa: ANN401 - whatever was sent
    return pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from the process that began this one


def _timed(seconds: float, templates: Templates, file: str, values: dict[str, Any] | None) -> dict[str, Any]:
    """Return the answer to a request, to check a template or to render it with `values`; end the process in time."""
    timer = threading.Timer(seconds, _give_up, (threading.get_ident(), templates, seconds))
    timer.daemon = True
    timer.start()
    try:
        if values is None:
            templates.check(file)
            return {"text": ""}
        return {"text": templates.render_untrusted(file, values)}
    except BookError as error:
        return {"path": str(error.path), "line": error.line, "message": error.message}
    finally:
        timer.cancel()


def _give_up(thread: int, templates: Templates, seconds: float) -> None:
    """Say which template takes too long, and its line where it is known; and end this process."""
    path, line = str(templates.at), None
    frame = sys._current_frames().get(thread)  # noqa: SLF001 - the only way there is
    while frame is not None:
        if template := frame.f_globals.get("__jinja_template__"):
            path, line = template.filename, template.get_corresponding_lineno(frame.f_lineno)
            break
        frame = frame.f_back
    _say({"path": path, "line": line, "message": f"it takes longer than {seconds:g} seconds. {REMEDY}"})
    os._exit(1)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _bound_memory() -> None:
    """Let this process have no more than so much memory, where the platform can."""
    try:
        import resource  # noqa: PLC0415 - POSIX has it
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

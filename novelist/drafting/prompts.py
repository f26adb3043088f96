"""A task's inputs to messages, through the templates in prompts/ or the book's own.

Templates are sandboxed, an undefined name is an error, and values are never rendered again. What comes first in a
message is what changes least, so that a server can reuse it from call to call. Knows no server.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.errors import BookError

if TYPE_CHECKING:
    from novelist.book.files import Files
    from novelist.book.outline import Outline

SECTIONS_SHOWN = 40  # sections of a longer outline that a model is shown
SHIPPED = Path(__file__).parent / "prompts"


class Prompts:
    """The templates of one book."""

    def __init__(self, files: Files, folder: Path, shipped: str) -> None:
        """Take the book's own templates from `folder`, else those in the folder `shipped` of ours, else our usual ones.

        Raises BookError, with the line, for one of the book's that cannot be used.
        """
        import jinja2.sandbox  # noqa: PLC0415 - only a build that drafts needs it

        ours = [SHIPPED / shipped, SHIPPED]
        self._files = files
        self._folder = folder
        self._environment = jinja2.sandbox.SandboxedEnvironment(
            loader=jinja2.ChoiceLoader(
                [jinja2.FunctionLoader(self._own), jinja2.FileSystemLoader(ours, encoding="utf-8")]
            ),
            undefined=jinja2.StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        for name in files.names(folder):
            if name.endswith(".j2"):
                self._checked(name)

    def _own(self, name: str) -> tuple[str, str, None] | None:
        """Return the book's own template `name` and where it is, or None. Raises FileError."""
        path = self._folder.joinpath(*name.split("/"))
        text = self._files.read_text(path)
        return None if text is None else (text, str(path), None)

    def render(self, name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
        """Return the template `name`, such as `chapter`, rendered with `values`.

        Raises BookError, with the line, for a template of the book that cannot be used.
        """
        import jinja2  # noqa: PLC0415 - as late as above

        template = self._checked(f"{name}.md.j2")
        try:
            return str(template.render(values)).strip()
        except (jinja2.TemplateError, TypeError, ValueError) as error:
            path = self._folder / f"{name}.md.j2"
            raise BookError(path, None, f"{error}. Put it right, or remove the file.") from error

    def _checked(self, file: str) -> Any:  # noqa: ANN401 - jinja2 is imported late
        """Return the template in `file`. Raises BookError, with the line, where its syntax is wrong."""
        import jinja2  # noqa: PLC0415 - as late as above

        try:
            return self._environment.get_template(file)
        except jinja2.TemplateSyntaxError as error:
            path = Path(error.filename or file)
            raise BookError(path, error.lineno, f"{error.message}. Put it right, or remove the file.") from error


def near(outline: Outline, number: int) -> range:
    """Return the numbers of the sections that a model is shown for chapter `number`: all, of a long book those nearby.

    They are the same for as many chapters as may be, so that a server can reuse its prompt: those of the chapter's
    part, and within a long part, those of its stretch of as many.
    """
    count = len(outline.sections)
    if count <= SECTIONS_SHOWN:
        return range(1, count + 1)
    part = outline.sections[number - 1].part
    first = last = number
    while first > 1 and outline.sections[first - 2].part == part:
        first -= 1
    while last < count and outline.sections[last].part == part:
        last += 1
    if last - first < SECTIONS_SHOWN:
        return range(first, last + 1)
    start = first + (number - first) // SECTIONS_SHOWN * SECTIONS_SHOWN
    return range(start, min(start + SECTIONS_SHOWN, last + 1))

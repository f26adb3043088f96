"""The `novelist` command: a thin edge, whose verbs are in `verbs/`. doit stays the way to build a book."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from novelist.cli import deciding, importing, linting, looking, making
from novelist.errors import NovelistError
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SECTIONS = {
    "Make a book": (making.new, making.write, importing.import_, making.build),
    "Look at it": (looking.status, looking.plan, looking.why, looking.brief, linting.lint, looking.history),
    "Decide": (deciding.restore, deciding.accept, deciding.release),
}


class Group(click.Group):
    """Verbs in sections, whose expected errors are one line on standard error, and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the verb; a NovelistError is for a person, never a traceback."""
        try:
            return super().invoke(ctx)
        except NovelistError as error:
            raise click.ClickException(printable(str(error))) from error
        except BrokenPipeError:
            raise  # click's own: nobody reads any more
        except OSError as error:
            where = error.filename or "standard output"
            message = f"{where}: {error.strerror or error}. Check the place and its rights."
            raise click.ClickException(message) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write what each verb does, in sections."""
        for heading, verbs in SECTIONS.items():
            self._section(formatter, heading, verbs)
        sorted_away = {verb for verbs in SECTIONS.values() for verb in verbs}
        self._section(formatter, "Other", [verb for verb in self.commands.values() if verb not in sorted_away])

    def _section(self, formatter: click.HelpFormatter, heading: str, verbs: Sequence[click.Command]) -> None:
        widest = max(len(name) for name in self.commands)
        with formatter.section(heading):
            formatter.write_dl([(f"{verb.name:{widest}}", verb.get_short_help_str(80)) for verb in verbs])


@click.group(cls=Group, context_settings=HELP)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Go to DIR first, as git and make do.",
)
@click.version_option(package_name="novelist")
def main(folder: Path | None) -> None:
    """Make for novels.

    A book is a directory of Markdown; `doit` keeps each file true to the files it was written from. The verbs here are
    for what doit cannot know. They find the book in $NOVELIST_BOOK, else in this directory or one above it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # as a build does: what an encoding does not have is no reason to stop
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False
    if folder is not None:
        os.chdir(folder)
        os.environ.pop("NOVELIST_BOOK", None)  # what is said now counts more than what was said for all commands


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what lets SHELL complete these verbs.

    \b
    Example, in ~/.bashrc:
      eval "$(novelist completion bash)"
    """  # noqa: D301 - click needs a real backspace
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - nothing else needs it

    if made := get_completion_class(shell):
        click.echo(made(main, {}, "novelist", "_NOVELIST_COMPLETE").source())


for section in SECTIONS.values():
    for verb in section:
        main.add_command(verb)

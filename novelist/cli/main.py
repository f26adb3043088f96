"""The `novelist` command: which verbs it has, and how it fails. doit stays the way to build a book.

A verb is imported when it is called, or explained by `--help`: no verb waits for what another one needs.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from novelist.errors import NovelistError
from novelist.terminal.lines import explained, printing, use_utf8

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# The verbs by the module that has them, in the order in which `--help` lists them.
SECTIONS = {
    "Make a book": {
        **dict.fromkeys(("new", "write"), "making"),
        "import": "importing",
        "bible": "adding",
        "build": "making",
        "outline": "outlining",
        "revise": "revising",
        "redo": "redoing",
        "rename": "renaming",
    },
    "Look at it": {
        **dict.fromkeys(("status", "plan"), "overview"),
        "spent": "spending",
        **dict.fromkeys(("why", "brief"), "looking"),
        "search": "searching",
        "lint": "linting",
        "check": "checking",
        **dict.fromkeys(("history", "diff"), "looking"),
        "compare": "comparing",
        "doctor": "doctoring",
    },
    "Decide": {
        "take": "deciding",
        "apply": "applying",
        **dict.fromkeys(("restore", "accept", "release", "keep", "unkeep"), "deciding"),
    },
    "Other": {**dict.fromkeys(("studio", "mcp"), "opening"), "completion": "completing"},
}
MODULES = {verb: module for verbs in SECTIONS.values() for verb, module in verbs.items()}


def _told(error: NovelistError) -> click.ClickException:
    return click.ClickException(f"{error}{explained(error.why, sys.stderr, len('Error: '))}")


class Group(click.Group):
    """Verbs in sections, whose expected errors are one line on standard error, and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the verb; a NovelistError is for a person, never a traceback."""
        try:
            return super().invoke(ctx)
        except NovelistError as error:
            raise _told(error) from error
        except OSError as error:
            where = error.filename or "standard output"
            message = f"{where}: {error.strerror or error}. Check the place and its rights."
            raise click.ClickException(message) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no traceback
            from novelist.book.crash import STATUS, crashed  # noqa: PLC0415 - only what goes wrong needs it

            folder = Path(".novelist") if Path("premise.md").is_file() else None
            click.echo(f"Error: {crashed(error, folder)}", err=True)
            ctx.exit(STATUS)

    def main(self, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - as above
        """Run the command; all that it prints goes through one place."""
        use_utf8()
        with printing():
            return super().main(*arguments, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names of the verbs."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return a verb, None where there is none of this name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"novelist.cli.{MODULES[cmd_name]}")
        verb: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each verb does, in sections."""
        widest = max(map(len, MODULES))
        for heading, names in SECTIONS.items():
            verbs = [verb for name in names if (verb := self.get_command(ctx, name))]
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
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False
    if folder is not None:
        os.chdir(folder)
        os.environ.pop("NOVELIST_BOOK", None)  # what is said now counts more than what was said for all commands

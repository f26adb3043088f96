"""The `novelist` command: a thin edge, one function per verb. doit stays the way to build a book."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from novelist.errors import NovelistError

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Group(click.Group):
    """Verbs whose expected errors are one line on standard error, and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the verb; a NovelistError is for a person, never a traceback."""
        try:
            return super().invoke(ctx)
        except NovelistError as error:
            click.echo(f"novelist: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Group, context_settings=HELP)
@click.version_option(package_name="novelist")
def main() -> None:
    """Make for novels.

    A book is a directory of Markdown; `doit` keeps each file true to the files it was written from.
    """


@main.command()
@click.option("--prompt", metavar="TEXT", help="What the book is about. Asked for on a terminal when left out.")
@click.option("--title", metavar="TEXT", default="", help="Its title. Left out: the model's.")
@click.option("--author", metavar="TEXT", default="", help="Who is named on the title page.")
@click.option("--chapters", metavar="N", default="20-40", show_default=True, help="A number, or a range.")
@click.option("--words", metavar="N", default="1500-2500", show_default=True, help="Words per chapter.")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="The language to write in.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Copy the book here.")
@click.option("--resume", is_flag=True, help="Accepted, and needless: a rerun always goes on where it was.")
def write(  # noqa: PLR0913 - one parameter per option
    *,
    prompt: str | None,
    title: str,
    author: str,
    chapters: str,
    words: str,
    language: str,
    out: Path | None,
    resume: bool,
) -> None:
    """Write a whole book in one go.

    Makes a folder named after the title, builds the book in it, and copies it to FILE. Interrupted, the same command
    goes on where it stopped. In the folder, `doit` does the same, and everything else.

    \b
    Example:
      novelist write --prompt "A lighthouse keeper finds a letter." --title "The Salt Lamp" --chapters 24 --out book.md
    """  # noqa: D301 - click needs a real backspace
    from novelist.new import make  # noqa: PLC0415 - `--help` should not wait for it

    del resume
    if prompt is None and not title and sys.stdin.isatty():
        prompt = click.prompt("What is the book about")
        title = click.prompt("Its title (empty: the model's)", default="", show_default=False)
    front = {"title": title, "author": author, "language": language, "chapters": chapters, "words": words}
    book = make(Path(), prompt, front)
    click.echo(f"The book's folder is {book.root}/.")
    status = build(book.root, [])
    if status == 0 and out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(book.text, out)
        click.echo(f"A copy is {out}.")
    sys.exit(status)


def build(root: Path, arguments: list[str]) -> int:
    """Run doit with `arguments` on the book at `root`, and return its exit status."""
    from doit.cmd_base import ModuleTaskLoader  # noqa: PLC0415 - `--help` should not wait for doit
    from doit.doit_cmd import DoitMain  # noqa: PLC0415

    from novelist.book import locate  # noqa: PLC0415
    from novelist.tasks import namespace  # noqa: PLC0415

    book = locate(Path.cwd(), {**os.environ, "NOVELIST_BOOK": str(root)})
    status: int = DoitMain(ModuleTaskLoader(namespace(book)), config_filenames=()).run(arguments)
    return status

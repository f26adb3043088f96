"""The verb that brings a book along: import."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from novelist.imports import arranging, folder, manuscript, novel_state, novelwriter, report, writing
from novelist.terminal.lines import on_terminal
from novelist.text import printable

if TYPE_CHECKING:
    from novelist.imports.imported import Imported

READERS = {".json": novel_state.read, ".nwx": novelwriter.read}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Take what is guessed for right, and do not ask.")
def import_(file: Path, directory: Path | None, *, yes: bool) -> None:
    """Make a book of FILE, which was written elsewhere.

    FILE is a manuscript with headings (.md, .txt, .docx, .epub), a folder with a file for each chapter (an index of
    mdBook, Leanpub, Quarto, bookdown or Longform in it gives their order; folders in it are parts), a project of
    novelWriter, or the novel_state.json of a generator. The book is made in DIR, which is empty or not there yet;
    without it, in a folder named after the title. Its chapters are yours: the next build sums them up, and never writes
    over them.

    Where the order or the title is guessed, a terminal shows the chapters as a list before anything is written. Enter
    takes it as it is. Numbers give another order: `3 1` puts chapter 3 first, then 1, then the others. `-3` leaves
    chapter 3 out.
    """
    reader = folder.read if file.is_dir() else READERS.get(file.suffix.casefold(), manuscript.read)
    imported = reader(file)
    if imported.guesses and not yes and on_terminal(sys.stdin, sys.stdout):
        imported = _asked(imported)
    for line in report.lines(imported, writing.make(imported, file, directory)):
        click.echo(line)


def _asked(imported: Imported) -> Imported:
    """Return what was found as a person wants it, who is shown what was guessed."""
    while True:
        for line in [*arranging.listing(imported), "", *imported.guesses]:
            click.echo(printable(line))
        answer = click.prompt(
            "Enter takes this order; `3 1` puts chapter 3 first, then 1; `-3` leaves it out", "", show_default=False
        )
        if not answer.strip():
            break
        try:
            imported = arranging.arranged(imported, answer)
        except arranging.NoArrangement as error:
            click.echo(str(error))
    title = click.prompt("Title", printable(imported.title)).strip()
    return replace(imported, title=title or imported.title)

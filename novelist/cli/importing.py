"""The verb that brings a book along, and brings back what its readers changed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from novelist.book.paths import Book, is_book
from novelist.edits.journal import finish_interrupted
from novelist.errors import SettingsError
from novelist.imports import (
    arranging,
    report,
    returned,
    returned_report,
    sources,
    writing,
)
from novelist.targets.snapshot import Snapshot
from novelist.terminal.lines import on_terminal
from novelist.text import printable

if TYPE_CHECKING:
    from novelist.imports.imported import Imported


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--into",
    metavar="BOOK",
    type=click.Path(path_type=Path),
    help="Put what readers changed in FILE, a DOCX that `doit docx` made of BOOK, into its chapters.",
)
@click.option("--dry-run", is_flag=True, help="With --into: show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Take what is guessed for right, and do not ask.")
def import_(file: Path, directory: Path | None, into: Path | None, *, dry_run: bool, yes: bool) -> None:
    """Make a book of FILE, which was written elsewhere.

    FILE is a manuscript with headings (.md, .txt, .docx, .epub), a folder with a file for each chapter (an index of
    mdBook, Leanpub, Quarto, bookdown or Longform in it gives their order; folders in it are parts), a project of
    novelWriter, or the novel_state.json of a generator. The book is made in DIR, which is empty or not there yet;
    without it, in a folder named after the title. Its chapters are yours, and are never written over.

    Where the order or the title is guessed, a terminal shows the chapters as a list before anything is written. Enter
    takes it as it is. Numbers give another order: `3 1` puts chapter 3 first, then 1, then the others. `-3` leaves
    chapter 3 out.

    With --into, FILE is a DOCX of a book that is there, as its readers gave it back. The paragraphs that they changed
    are put into the chapters; comments and tracked changes are listed.
    """
    if into is not None:
        if directory is not None:
            message = "With --into, no other folder is named."
            raise click.UsageError(message)
        _bring_back(file, into, dry_run=dry_run, yes=yes)
        return
    if dry_run:
        message = "--dry-run belongs to --into."
        raise click.UsageError(message)
    imported = sources.read(file)
    if imported.guesses and not yes and on_terminal(sys.stdin, sys.stdout):
        imported = _asked(imported)
    for line in report.lines(imported, writing.make(imported, file, directory)):
        click.echo(line)


def _asked(imported: Imported) -> Imported:
    """Return what was found as a person wants it, who is shown what was guessed."""
    while True:
        for line in [*arranging.listing(imported), "", *imported.guesses]:
            click.echo(line)
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


def _bring_back(file: Path, into: Path, *, dry_run: bool, yes: bool) -> None:
    if not is_book(into):
        message = f"{into} is no book: there is no premise.md in it. Name the folder of one."
        raise SettingsError(message)
    book = Book(into)
    for line in finish_interrupted(book):
        click.echo(printable(line), err=True)
    snapshot = Snapshot(book)
    changes = returned.read(snapshot, file)
    for line in returned_report.lines(changes):
        click.echo(line)
    if not changes.changed:
        return
    asks = not dry_run and not yes and on_terminal(sys.stdin, sys.stdout)
    if dry_run or (asks and not click.confirm("Put this into the chapters", default=True)):
        click.echo("Nothing is written.")
        return
    returned.put(snapshot, changes)
    for line in returned_report.undo(changes):
        click.echo(line)

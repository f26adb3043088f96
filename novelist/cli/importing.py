"""The verb that brings a book along, or what its readers changed: import."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from novelist.book.paths import Book, is_book
from novelist.errors import SettingsError
from novelist.imports import folder, manuscript, novel_state, report, returned, returned_report, writing
from novelist.targets.snapshot import Snapshot
from novelist.terminal.lines import on_terminal


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
@click.option("--yes", is_flag=True, help="Go on without asking, on a terminal too.")
def import_(file: Path, directory: Path | None, into: Path | None, *, dry_run: bool, yes: bool) -> None:
    """Make a book of FILE, which was written elsewhere.

    FILE is the novel_state.json of a generator, a manuscript with headings (.md, .txt, .docx, .epub), or a folder with
    a file for each chapter. The book is made in DIR, which is empty or not there yet; without it, in a folder named
    after the title. Its chapters are yours: the next build sums them up, and never writes over them.

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
    if file.is_dir():
        imported = folder.read(file)
    else:
        imported = (novel_state if file.suffix.casefold() == ".json" else manuscript).read(file)
    for line in report.lines(imported, writing.make(imported, file, directory)):
        click.echo(line)


def _bring_back(file: Path, into: Path, *, dry_run: bool, yes: bool) -> None:
    if not is_book(into):
        message = f"{into} is no book: there is no premise.md in it. Name the folder of one."
        raise SettingsError(message)
    snapshot = Snapshot(Book(into))
    came = returned.read(snapshot, file)
    for line in returned_report.lines(came):
        click.echo(line)
    if not came.changed:
        return
    asks = not dry_run and not yes and on_terminal(sys.stdin, sys.stdout)
    if dry_run or (asks and not click.confirm("Put this into the chapters", default=True)):
        click.echo("Nothing is written.")
        return
    returned.put(snapshot, came)
    for line in returned_report.undo(came):
        click.echo(line)

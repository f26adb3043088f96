"""The verb that brings a book along: import."""

from __future__ import annotations

from pathlib import Path

import click

from novelist.imports import folder, manuscript, novel_state, report, writing


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
def import_(file: Path, directory: Path | None) -> None:
    """Make a book of FILE, which was written elsewhere.

    FILE is the novel_state.json of a generator, a manuscript with headings (.md, .txt, .docx, .epub), or a folder with
    a file for each chapter. The book is made in DIR, which is empty or not there yet; without it, in a folder named
    after the title. Its chapters are yours: the next build sums them up, and never writes over them.
    """
    if file.is_dir():
        imported = folder.read(file)
    else:
        imported = (novel_state if file.suffix.casefold() == ".json" else manuscript).read(file)
    for line in report.lines(imported, writing.make(imported, file, directory)):
        click.echo(line)

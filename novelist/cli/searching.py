"""The verb that looks for words in the book: search. It asks no model and writes nothing."""

from __future__ import annotations

import click

from novelist.cli.common import JSON, from_where, here, tell
from novelist.targets.search import as_json as dumped
from novelist.targets.search import search as find
from novelist.text import counted, printable


@click.command()
@click.argument("words", nargs=-1, required=True)
@JSON
def search(words: tuple[str, ...], *, as_json: bool) -> None:
    """Look for WORDS in the whole book: premise, bible, outline, chapters, summaries, notes, reviews.

    They are looked for in a row, as they are typed, but for capitals, accents and the ends of lines; a part of a longer
    word will do. Each place is shown with its file and line.
    """
    near, snapshot = from_where(), here()
    hits = find(snapshot, " ".join(words))
    if as_json:
        tell(dumped(hits, snapshot.book.root))
        return
    count, files = 0, set()
    for hit in hits:
        click.echo(f"{near(hit.path)}:{hit.place.line}: {''.join(map(_shown, hit.place.pieces))}")
        count += 1
        files.add(hit.path)
    if count:
        click.echo(f"\n{counted(count, 'place')} in {counted(len(files), 'file')}.")
    else:
        click.echo("That is nowhere in the book.")


def _shown(piece: tuple[str, bool]) -> str:
    text, sought = piece
    return click.style(printable(text), bold=True) if sought else printable(text)

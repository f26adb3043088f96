"""The verb that says what the book has cost: spent. It asks no model and writes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from novelist.cli.common import JSON, here, tell
from novelist.model import ledger
from novelist.model.spending import since, spending
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from novelist.model.spending import Spent

HEADS = ("calls", "tokens in", "cached", "tokens out", "price")


@click.command()
@click.option("--since", "begin", metavar="WHEN", help="Only since then: 7d, 24h, 2w, or a date such as 2026-11-01.")
@JSON
def spent(begin: str | None, *, as_json: bool) -> None:
    """Say what the book has cost, by task and by day.

    Days are those of the clock here, and the last seven of them are today and the six before it. A call whose price
    nobody knows is counted as such, and not as one that cost nothing.
    """
    first = None if begin is None else since(begin, datetime.now().astimezone())
    sums = spending(ledger.calls(here().book.ledger), first)
    if as_json:
        tell(sums.json())
    elif not sums.whole.calls:
        click.echo("Nothing spent yet." if begin is None else "Nothing spent since then.")
    else:
        click.echo(printable("\n".join([*_table("task", sums.tasks), "", *_table("day", sums.days)])))
        click.echo(f"\n{'In all' if begin is None else 'Since then'}: {sums.whole}.")


def _table(what: str, rows: Mapping[str, Spent]) -> Iterator[str]:
    """Yield lines whose columns stand below each other."""
    cells = [(what, *HEADS), *((name, *_cells(own)) for name, own in rows.items())]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for name, *figures in cells:
        aligned = (f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=True))
        yield "  ".join([f"{name:{widths[0]}}", *aligned])


def _cells(own: Spent) -> tuple[str, ...]:
    return (*(f"{count:,}" for count in (own.calls, own.prompt, own.cached, own.completion)), own.price)

"""The verb that finds what contradicts itself: check."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from novelist.cli.common import chosen, from_where, here, tell
from novelist.cli.linting import ACCEPT, AS_JSON, FAIL_ON, Ruled
from novelist.commands import command
from novelist.continuity import report, table
from novelist.continuity.check import check as check_book
from novelist.drafting.plan import summaries_missing
from novelist.drafting.session import Session
from novelist.errors import NovelistError, SettingsError
from novelist.lint import baseline
from novelist.lint.finding import CONTINUITY
from novelist.targets.chapter import ChapterTarget
from novelist.terminal.progress import Progress

if TYPE_CHECKING:
    from novelist.lint.finding import Sureness
    from novelist.targets.snapshot import Snapshot


class Check(Ruled):
    """The verb, with rules of its own."""

    rules = CONTINUITY


@click.command(cls=Check)
@click.argument("chapters", required=False)
@AS_JSON
@FAIL_ON
@ACCEPT
@click.option("--continuity", is_flag=True, help="Write continuity.md: who and what stands where, by chapter.")
def check(*, chapters: str | None, as_json: bool, fail_on: Sureness | None, accept: bool, continuity: bool) -> None:
    """Find what contradicts itself in the book, or in CHAPTERS such as 7 or 4-6, without asking a model.

    The facts below all summaries are held against each other, the bible, the outline and how the chapters are told. A
    finding quotes both lines, each with its place, and says how sure it is. Chapters without a summary are told, with
    what it would take to have theirs.
    """
    near = from_where()
    if chapters is not None and accept:
        message = "--accept is for the whole book. Leave CHAPTERS out, or copy single lines into lint-accepted.txt."
        raise SettingsError(message)
    snapshot, targets = (here(), []) if chapters is None else chosen(chapters, several=True)
    result = check_book(snapshot)
    path = snapshot.book.root / baseline.NAME
    if accept:
        baseline.save(path, result.findings, CONTINUITY)
    new, gone = baseline.split(result.findings, baseline.load(path, CONTINUITY))
    if chapters is not None:
        ids = {each.identity for each in targets if isinstance(each, ChapterTarget)}
        result, gone = result.of(ids), 0
        new = [each for each in new if each.about in ids]
    written = table.write(snapshot) if continuity else None
    if as_json:
        tell(report.dump(result, new, snapshot.book.root))
    else:
        for line in report.lines(result, new, gone, near, _price(snapshot) if result.lacking else ""):
            click.echo(line)
        if written:
            click.echo(f"{near(written)} is written.")
    if fail_on and any(each.at_least(fail_on) for each in new):
        sys.exit(1)


def _price(snapshot: Snapshot) -> str:
    """Return what the missing summaries of chapters would take, in a line; nothing where no model may write them."""
    takes = ""
    with suppress(NovelistError):  # what stops a build stops no look at the book
        takes = summaries_missing(Session(snapshot, Progress()))
    return f"`{command('doit')} summary` has them drafted: {takes}." if takes else ""

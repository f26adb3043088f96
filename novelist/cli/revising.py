"""The verb that has a finished chapter revised as its author asks: revise."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from novelist.book.lock import lock
from novelist.cli.common import check_outlined, check_writer, here, price
from novelist.commands import command
from novelist.drafting.editing import reasons
from novelist.drafting.revision import Revision
from novelist.drafting.session import Session
from novelist.errors import SettingsError
from novelist.targets.naming import numbers_in
from novelist.terminal.lines import on_terminal
from novelist.terminal.progress import Progress
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import counted, printable

if TYPE_CHECKING:
    from novelist.prose.applied import Applied


@click.command()
@click.argument("chapters")
@click.argument("wish")
@click.option("--lines", metavar="N-N", help="Only the paragraphs on these lines of its file: `40-62`. Yours too.")
@click.option("--words", type=click.IntRange(1), metavar="N", help="About how long the chapter is to be.")
@click.option("--dry-run", is_flag=True, help="Show the edits, and take none.")
@click.option("--yes", is_flag=True, help="Take them without a question.")
def revise(chapters: str, wish: str, *, lines: str | None, words: int | None, dry_run: bool, yes: bool) -> None:  # noqa: PLR0913
    """Have CHAPTERS revised as WISH asks, paragraph by paragraph.

    CHAPTERS are `7`, `5-9` or `3,5`. Paragraphs that you typed stay word for word, unless --lines names them. What
    would change is shown, and on a terminal you are asked whether to take it; the chapter as it was is in history.
    Its summary is looked at again by the next build.

    \b
    Example:
      novelist revise 7 "Odile is angry, and says so"
    """  # noqa: D301 - click needs a real backspace
    snapshot = here()
    check_outlined(snapshot)
    numbers = numbers_in(chapters, snapshot.count)
    span = _lines(lines, numbers)
    refused = False
    with lock(snapshot.book), closing(Session(snapshot, Progress())) as session:
        check_writer(session, "the chapter", able=not session.profile.repaired)
        revisions = [
            Revision(session, snapshot.chapter(number), " ".join(printable(wish).split()), lines=span, words=words)
            for number in numbers
        ]
        costs = [revision.guess() for revision in revisions]
        takes = price(sum(tokens for tokens, _ in costs), sum(dollars or 0.0 for _, dollars in costs))
        click.echo(f"At most {counted(2 * len(revisions), 'call')}, {takes}.")
        for revision in revisions:
            refused = not _revised(revision, dry_run=dry_run, yes=yes) or refused
    if refused:
        raise click.exceptions.Exit(1)


def _lines(lines: str | None, numbers: list[int]) -> range | None:
    """Return the lines that are named. Raises SettingsError for no lines, and for those of several chapters."""
    if lines is None:
        return None
    match = re.fullmatch(r"\s*([0-9]{1,7})(?:\s*[-–]\s*([0-9]{1,7}))?\s*", lines)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        message = f"`{lines.strip()}` are no lines. Name one, or some such as `40-62`."
        raise SettingsError(message)
    if len(numbers) > 1:
        message = "Lines are of one chapter. Name one."
        raise SettingsError(message)
    return range(first, last + 1)


def _revised(revision: Revision, *, dry_run: bool, yes: bool) -> bool:
    """Revise one chapter, say what was done, and return whether it is now as it was asked."""
    name, applied = revision.target.name, revision.applied()
    for refusal in applied.refusals:
        click.echo(printable(f"{name}: an edit is refused: {refusal.reason}."), err=True)
    if applied.too_many:
        revision.drop()
        message = "more than 40 % of it would change. Ask for less at once, or change its section in outline.md."
        click.echo(f"{name} is as it was: {message}", err=True)
        return False
    if not applied.accepted:
        revision.drop()
        left = "none of the edits could be made" if applied.refusals else "the model leaves it as it is"
        click.echo(f"{name} is as it was: {left}.", err=bool(applied.refusals))
        return not applied.refusals
    shown = [f"[{each.number}] {word_diff(each.old, each.new)}" for each in passages(revision.text, applied.text)]
    click.echo(coloured(printable("\n\n".join([f"{name}: {revision.target.section.title}", *shown]))))
    return _taken(revision, applied, dry_run=dry_run, yes=yes)


def _taken(revision: Revision, applied: Applied, *, dry_run: bool, yes: bool) -> bool:
    name = revision.target.name
    if dry_run:
        click.echo(f"{name} is as it was. The same command without --dry-run takes this, and asks no model.")
        return True
    if not yes and not on_terminal(sys.stdin, sys.stdout):
        message = f"{name} is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
        raise SettingsError(message)
    if not yes and click.prompt("Take all of it, or none", type=click.Choice(["all", "none"])) == "none":
        revision.drop()
        click.echo(f"{name} is as it was.")
        return True
    revision.take(applied)
    edits = counted(len({edit.number for edit in applied.accepted}), "paragraph")
    refused = applied.refusals
    some = f", {counted(len(refused), 'edit')} refused: {reasons(refused)}" if refused else ""
    undo = f"`{command('novelist')} restore {revision.target.number}` brings it back as it was"
    click.echo(f"Revised: {edits}{some}. {undo}.")
    if revision.stale:
        click.echo(f"It counts as true to what it is told now: {revision.stale}.")
    return not refused

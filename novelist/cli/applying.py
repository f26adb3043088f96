"""The verb that puts into the outline what a reading of the book proposes: apply."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from novelist.book.lock import lock
from novelist.cli.common import here, section_diff
from novelist.commands import command
from novelist.edits.proposals import Application
from novelist.errors import SettingsError
from novelist.targets.naming import check_outlined
from novelist.targets.status import said
from novelist.terminal.lines import on_terminal
from novelist.terminal.words import coloured
from novelist.text import counted, printable

if TYPE_CHECKING:
    from novelist.targets.read import Proposed
    from novelist.targets.snapshot import Snapshot

SAID = {
    "open": "",
    "changed": " (its section has changed since the book was read)",
    "gone": " (the outline has no such section any more)",
}


@click.command()
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Take it without a question.")
def apply(number: int | None, *, dry_run: bool, yes: bool) -> None:
    """Put into outline.md what a reading of the book proposes.

    Without NUMBER the open proposals in reviews/book.md are listed, which `doit read` has put there; edit one there
    first if you like. With it, that section of the outline is replaced, and all else in outline.md stays byte for byte.
    What would change is shown, and on a terminal you are asked. The outline as it was is in history, and the finding is
    crossed out. No model is asked; the next build drafts the chapter again where any change of its section has it so.

    \b
    Example:
      novelist apply 2
    """  # noqa: D301 - click needs a real backspace
    snapshot = here()
    check_outlined(snapshot)
    if number is None:
        click.echo("\n".join(_listed(snapshot)))
        return
    with lock(snapshot.book):
        application = Application(snapshot, _chosen(snapshot, number))
        chapter = snapshot.chapter(application.proposed.section)
        click.echo(coloured(section_diff(chapter.number, application.old, application.new)))
        if dry_run:
            click.echo("outline.md is as it was.")
            return
        if not yes and not on_terminal(sys.stdin, sys.stdout):
            message = "outline.md is as it was: nobody was asked. The same command with --yes takes this."
            raise SettingsError(message)
        if not yes and not click.confirm("Take it", default=True):
            click.echo("outline.md is as it was.")
            return
        crossed = application.put()
    undo = f"`{command('novelist')} restore outline` brings the outline back as it was"
    click.echo(f"Applied to section {chapter.number}. {undo}.")
    if not crossed:
        click.echo(f"The finding could not be crossed out in {snapshot.book.reading}: do that yourself.")
    verdict = chapter.verdict()
    click.echo(f"{chapter.name} is {said(verdict)}: {verdict.reason}.")


def _chosen(snapshot: Snapshot, number: int) -> Proposed:
    """Return the proposal of this number. Raises SettingsError where there is none."""
    proposed = {each.number: each for each in snapshot.reading.proposed()}
    if number not in proposed:
        message = (
            f"there is no proposal {number} in {snapshot.book.reading}. `novelist apply` lists those that are open."
        )
        raise SettingsError(message)
    return proposed[number]


def _listed(snapshot: Snapshot) -> list[str]:
    """Return the proposals that are left, each in a line, and what may be done with them."""
    proposed = snapshot.reading.proposed()
    lines = [_line(snapshot, each) for each in proposed if each.state in SAID]
    numbers = [each.number for each in proposed if each.state == "open"]
    if numbers:
        shows = f"`{command('novelist')} apply {numbers[0]}` shows the first"
        return [*lines, f"{counted(len(numbers), 'proposal')} open. {shows}."]
    reads = "" if snapshot.reading.info is not None else " `doit read` has the book read."
    return [*lines, f"No proposal is open in {snapshot.book.reading}.{reads}"]


def _line(snapshot: Snapshot, each: Proposed) -> str:
    section = f"section {each.section}, {snapshot.outline.sections[each.section - 1].title}: " if each.section else ""
    return printable(f"{each.number:3}  {section}{each.entry.what}{SAID[each.state]}")

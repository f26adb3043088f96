"""The verb that changes a name in the whole book: rename."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

import click

from novelist.book.lock import lock
from novelist.cli.common import here, takes_all
from novelist.commands import command
from novelist.edits import journal
from novelist.edits.rename_everywhere import rename_plan
from novelist.edits.renamed_texts import name_of
from novelist.errors import SettingsError
from novelist.terminal.lines import on_terminal
from novelist.terminal.words import coloured, shortened, word_diff
from novelist.text import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.edits.rename_everywhere import RenamePlan
    from novelist.edits.renamed_texts import Body


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Rename without a question.")
def rename(old: str, new: str, *, dry_run: bool, yes: bool) -> None:
    """Change the name OLD to NEW everywhere: premise, bible, outline, style.md, chapters, summaries, notes.

    It is found as it is written and in capitals, in each form that the book's language gives it; texts that you typed
    are renamed in, too. What would change is shown, and on a terminal you are asked whether to take it. No model is
    asked, and nothing that was up to date becomes stale. Ids, file names and history keep the old name.

    \b
    Example:
      novelist rename "Eskil" "Anders"
    """  # noqa: D301 - click needs a real backspace
    old, new = name_of(old), name_of(new)
    snapshot = here()
    with lock(snapshot.book):
        plan = rename_plan(snapshot, old, new)
        for path, body in plan.bodies.items():
            click.echo(coloured(printable("\n".join([str(path), *_lines(body), ""]))))
        click.echo(_count(plan))
        for note in plan.notes:
            click.echo(printable(note))
        if dry_run:
            click.echo("Nothing is changed. The same command without --dry-run renames.")
            return
        if not yes and not on_terminal(sys.stdin, sys.stdout):
            message = "nothing is changed: nobody was asked. The same command with --yes renames."
            raise SettingsError(message)
        if not yes and not takes_all():
            click.echo("Nothing is changed.")
            return
        journal.begin(snapshot.book, old, new, plan.texts)
        saved = journal.finish(snapshot.book)
        for path, brief in plan.briefs.items():
            snapshot.book.files.replace(path, brief)
        for line in (_done(old, new), *journal.left_alone(saved, old, new)):
            click.echo(line)


def _lines(body: Body) -> Iterator[str]:
    """Yield the lines that change, each with its number in the file, and a question mark where one is unsure."""
    before, after = body.before.split("\n"), body.after.split("\n")
    for kind, start, end, begin, stop in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = [(number, number + 1, begin + number - start) for number in range(start, end)]
        same = end - start == stop - begin
        for first, last, new in pairs if same else [(start, end, begin)]:
            old_text = "\n".join(before[first:last])
            new_text = "\n".join(after[new : new + 1] if same else after[begin:stop])
            mark = "?" if body.unsure & {*range(first, last)} else " "
            yield f"{mark} {body.above + first + 1:>4}  {shortened(word_diff(old_text, new_text))}"


def _count(plan: RenamePlan) -> str:
    places = sum(body.places for body in plan.bodies.values())
    unsure = sum(len(body.unsure) for body in plan.bodies.values())
    line = f"{counted(len(plan.bodies), 'file')}, {counted(places, 'place')}."
    return f"{line} {counted(unsure, 'line')} to look at (`?`): another form may be meant." if unsure else line


def _done(old: str, new: str) -> str:
    undo = f'`{command("novelist")} rename "{new}" "{old}"` changes it back'
    return f"Renamed. Ids, file names and history keep the old name; {undo}."

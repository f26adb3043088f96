"""The verb that has a finished chapter revised as its author asks: revise."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TextIO

import click

from novelist.book.lock import lock
from novelist.cli.choosing import chosen_by_person, chosen_by_program, shown
from novelist.cli.common import here
from novelist.cli.wishes import words_of
from novelist.commands import command
from novelist.drafting.editing import reasons
from novelist.drafting.pipeline import check_writer
from novelist.drafting.revisions import Asked, cost, revisions, wish_of
from novelist.drafting.session import Session
from novelist.errors import SettingsError
from novelist.targets.naming import check_outlined, numbers_in
from novelist.targets.verdict import CHANGED
from novelist.terminal.lines import on_terminal
from novelist.terminal.progress import Progress
from novelist.terminal.questions import program_answers
from novelist.terminal.words import coloured
from novelist.text import counted, printable

if TYPE_CHECKING:
    from novelist.drafting.revise import ReviseDrafting
    from novelist.prose.applied import Applied

WORDS = click.IntRange(0)


@click.command()
@click.argument("chapters")
@click.argument("wish", default="")
@click.option("--lines", metavar="N-N", help="Only the paragraphs on these lines of its file: `40-62`. Yours too.")
@click.option("--longer", is_flag=False, flag_value=0, type=click.IntRange(0), metavar="[N]", help="To about N words.")
@click.option("--shorter", is_flag=False, flag_value=0, type=click.IntRange(0), metavar="[N]", help="The same.")
@click.option(
    "--file", "file", metavar="FILE", type=click.File(encoding="utf-8"), help="Read WISH from it; - is stdin."
)
@click.option("--edit", is_flag=True, help="Write WISH in your editor.")
@click.option("--dry-run", is_flag=True, help="Show the edits, and take none.")
@click.option("--yes", is_flag=True, help="Take them without a question.")
def revise(  # noqa: PLR0913 - a verb's options
    chapters: str,
    wish: str,
    *,
    lines: str | None,
    longer: int | None,
    shorter: int | None,
    file: TextIO | None,
    edit: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Have CHAPTERS revised as WISH asks, paragraph by paragraph.

    CHAPTERS are `7`, `5-9` or `3,5`. Without WISH, what you have written into notes/07-….md since the last time is
    asked, as the next build would do, and what is left of must and should in reviews/07-….md. Paragraphs that you typed
    stay word for word, unless --lines names them. What would change is shown, and on a terminal you are asked whether
    to take all of it, none, or one by one; the chapter as it was is in history. Its summary is looked at again by the
    next build.

    \b
    Example:
      novelist revise 7 "Odile is angry, and says so"
    """  # noqa: D301 - click needs a real backspace
    snapshot = here()
    check_outlined(snapshot)
    numbers = numbers_in(chapters, snapshot.count)
    asked = Asked(wish_of(words_of(wish, file, edit=edit), lines, numbers), longer, shorter)
    refused = False
    with lock(snapshot.book), closing(Session(snapshot, Progress())) as session:
        check_writer(session, "the chapter", able=not session.profile.repaired)
        each = list(revisions(session, numbers, asked, partial(click.echo, err=True)))
        click.echo(cost(session, each))
        for revision in each:
            refused = not _revised(revision, dry_run=dry_run, yes=yes) or refused
    if refused:
        raise click.exceptions.Exit(1)


def _revised(revision: ReviseDrafting, *, dry_run: bool, yes: bool) -> bool:
    """Revise one chapter, say what was done, and return whether it is now as it was asked."""
    chapter, applied = revision.target.chapter, revision.applied()
    revision.session.progress.clear()
    for refusal in applied.refusals:
        click.echo(printable(f"{chapter.name}: an edit is refused: {refusal.reason}."), err=True)
    if applied.too_many:
        revision.leave(revision.too_much)
        click.echo(f"{chapter.name} is as it was: {revision.too_much}.", err=True)
        return False
    if not applied.accepted:
        revision.leave("no edit of it could be made")
        left = "none of the edits could be made" if applied.refusals else "the model leaves it as it is"
        click.echo(f"{chapter.name} is as it was: {left}.", err=bool(applied.refusals))
        return not applied.refusals
    if why := revision.worse(applied):
        revision.leave(why)
        click.echo(printable(f"{chapter.name} is as it was, since a revision of it {why}."), err=True)
        return False
    if yes or dry_run or not program_answers():  # which is shown them by its question
        click.echo(
            coloured(printable("\n\n".join([f"{chapter.name}: {chapter.section.title}", *shown(revision, applied)])))
        )
    return _taken(revision, applied, dry_run=dry_run, yes=yes)


def _taken(revision: ReviseDrafting, applied: Applied, *, dry_run: bool, yes: bool) -> bool:
    chapter = revision.target.chapter
    name = chapter.name
    if dry_run:
        click.echo(f"{name} is as it was. The same command without --dry-run takes this, and asks no model.")
        return True
    refused = applied.refusals
    if not yes:
        chosen = _chosen(revision, applied)
        if chosen is None:
            message = (
                f"{name} is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
            )
            raise SettingsError(message)
        applied = chosen
    if not applied.accepted:
        revision.leave("you took none of it")
        click.echo(f"{name} is as it was.")
        return True
    stale = "; ".join(CHANGED[part] for part in chapter.verdict().changed)
    revision.take(applied)
    edits = counted(len({edit.number for edit in applied.accepted}), "paragraph")
    some = f", {counted(len(refused), 'edit')} refused: {reasons(refused)}" if refused else ""
    undo = f"`{command('novelist')} restore {chapter.number}` brings it back as it was"
    click.echo(f"Revised: {edits}{some}. {undo}.")
    now = chapter.verdict()
    if now.changed:
        click.echo(f"It is {now.state} still: {now.reason}.")
    elif stale:
        again = f"`{command('novelist')} release {chapter.number}` has it drafted again"
        click.echo(f"It counts as true to what it is told now, though {stale}. {again}.")
    return not refused


def _chosen(revision: ReviseDrafting, applied: Applied) -> Applied | None:
    """Return the chapter with those edits that are wanted in it; None where nobody can be asked."""
    if program_answers():
        return chosen_by_program(revision, applied)
    return chosen_by_person(revision, applied) if on_terminal(sys.stdin, sys.stdout) else None

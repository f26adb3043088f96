"""The verb that has an outline revised: outline. What is drafted where none is there is doit's."""

from __future__ import annotations

import sys
from contextlib import closing

import click

from novelist.book.lock import lock
from novelist.cli.common import here, section_diff, takes_all
from novelist.commands import command
from novelist.drafting.guesses import price
from novelist.drafting.outline_revision import Revision
from novelist.drafting.pipeline import check_writer
from novelist.drafting.session import Session
from novelist.drafting.wishes import wish_in
from novelist.edits.resection import put, sections_there, with_sections
from novelist.errors import SettingsError
from novelist.targets.naming import numbers_in
from novelist.terminal.lines import on_terminal
from novelist.terminal.progress import Progress
from novelist.text import counted


@click.command()
@click.argument("wish", default="")
@click.option(
    "--chapters", metavar="N", help="Only these: `7`, `12-18`, or `3,5,9-11`. Left out: any that it concerns."
)
@click.option("--yes", is_flag=True, help="Take it without a question.")
def outline(wish: str, chapters: str | None, *, yes: bool) -> None:
    """Have the outline revised as WISH asks.

    The model revises what happens in the chapters that WISH concerns; all else in outline.md stays byte for byte, ids
    and attributes too. What has changed is shown, and on a terminal you are asked whether to take it. The outline as it
    was is in history. The chapters that were revised are drafted again by the next build.

    \b
    Example:
      novelist outline "more of Odile in the middle" --chapters 12-18
    """  # noqa: D301 - click needs a real backspace
    if not wish.strip():
        message = (
            'Say what is to be otherwise: `novelist outline "more of Odile in the middle" --chapters 12-18`. '
            "`doit outline` drafts an outline where there is none."
        )
        raise click.UsageError(message)
    snapshot = here()
    with lock(snapshot.book), closing(Session(snapshot, Progress())) as session:
        text, there = sections_there(snapshot)
        numbers = numbers_in(chapters, len(there.sections))
        check_writer(session, "outline.md", able=not session.profile.plain)
        revision = Revision(session, there, wish_in(wish), numbers)
        click.echo(f"At most {counted(len(revision.runs), 'call')}, {price(*revision.cost())}.")
        sections = revision.sections()
        session.progress.clear()
        if not sections:
            revision.drop()
            click.echo("The model leaves all of it as it is.")
            return
        now = with_sections(snapshot, text, there, sections)
        click.echo(
            "\n\n".join(section_diff(number, there.sections[number - 1], one) for number, one in sections.items())
        )
        if not yes and not on_terminal(sys.stdin, sys.stdout):
            message = (
                "outline.md is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
            )
            raise SettingsError(message)
        if not yes and not takes_all():
            revision.drop()
            click.echo("outline.md is as it was.")
            return
        put(snapshot, text, now, session.record("outline", ""))
        revision.drop()
    undo = command("novelist")
    click.echo(
        f"Revised: {counted(len(sections), 'chapter')}. `{undo} restore outline` brings the outline back as it was."
    )

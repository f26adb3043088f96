"""The verb that has an outline revised: outline. What is drafted where none is there is doit's."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from novelist.book import conflict, frontmatter, landing, outline_text
from novelist.book.lock import lock
from novelist.book.paths import KEYS
from novelist.book.retold import retold
from novelist.cli.common import check_writer, here, price
from novelist.commands import command
from novelist.drafting.outline_revision import Revision
from novelist.drafting.runs import IDENTITY
from novelist.drafting.session import Session
from novelist.errors import BookError, SettingsError
from novelist.targets.naming import numbers_in
from novelist.terminal.lines import on_terminal
from novelist.terminal.progress import Progress
from novelist.terminal.words import word_diff
from novelist.text import counted, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.outline import Outline, Section
    from novelist.targets.snapshot import Snapshot


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
        text, there = _there(snapshot)
        numbers = numbers_in(chapters, len(there.sections))
        check_writer(session, "outline.md", able=not session.profile.plain)
        revision = Revision(session, there, " ".join(printable(wish).split()), numbers)
        click.echo(f"At most {counted(len(revision.runs), 'call')}, {price(*revision.cost())}.")
        sections = revision.sections()
        session.progress.clear()
        if not sections:
            revision.drop()
            click.echo("The model leaves all of it as it is.")
            return
        now = _written(snapshot, text, there, sections)
        click.echo("\n\n".join(_shown(number, there.sections[number - 1], one) for number, one in sections.items()))
        if not yes and not on_terminal(sys.stdin, sys.stdout):
            message = (
                "outline.md is as it was: nobody was asked. The same command with --yes takes this, and asks no model."
            )
            raise SettingsError(message)
        if not yes and click.prompt("Take all of it, or none", type=click.Choice(["all", "none"])) == "none":
            revision.drop()
            click.echo("outline.md is as it was.")
            return
        landing.land(snapshot.book, snapshot.book.outline, IDENTITY, _stamped(session, text, now), text)
        revision.drop()
    undo = command("novelist")
    click.echo(
        f"Revised: {counted(len(sections), 'chapter')}. `{undo} restore outline` brings the outline back as it was."
    )


def _read(snapshot: Snapshot, text: str) -> Outline:
    premise = snapshot.premise
    return outline_text.parse(text, snapshot.book.outline, premise.title, premise.language)


def _there(snapshot: Snapshot) -> tuple[str, Outline]:
    """Return the text of the outline, and how it is read. Raises BookError."""
    path = snapshot.book.outline
    text = snapshot.book.files.read_text(path)
    if text is None:
        message = "there is no outline yet. Run `doit outline` to have it drafted."
        raise BookError(path, None, message)
    outline = _read(snapshot, text)
    if [one.line for one in outline.sections] != [one.line for one in snapshot.outline.sections]:
        message = (
            "its chapters are told apart as an older novelist did. Give each a heading such as `## 1. The Bottle`."
        )
        raise BookError(path, None, message)
    return text, outline


def _written(snapshot: Snapshot, text: str, there: Outline, sections: Mapping[int, Section]) -> str:
    """Return the outline with what was revised. Raises BookError where there is no place for it."""
    now = retold(text, there, sections, lambda each: _read(snapshot, each))
    if now is None:
        message = "what was revised has no place in its form. Give each chapter a heading such as `## 1. The Bottle`."
        raise BookError(snapshot.book.outline, None, message)
    return now


def _stamped(session: Session, text: str, now: str) -> str:
    """Return the revised text with its record: what was as drafted is that still, and else it is the author's."""
    page, revised = frontmatter.parse(text, KEYS), frontmatter.parse(now, KEYS)
    if page.record is None or page.edited or not page.header:
        return now
    record = session.record("outline", conflict.without_marks(revised.body), brief=page.record.brief)
    return frontmatter.edit(session.snapshot.book.outline, revised, {"novelist": record.front()})


def _shown(number: int, old: Section, new: Section) -> str:
    """Return what has changed in a section, word by word, as `git diff --word-diff` shows it."""
    title = word_diff(old.title, new.title)
    return printable(f"{number}. {title}\n\n{word_diff(old.text, new.text)}")

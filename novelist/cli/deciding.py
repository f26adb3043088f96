"""The verbs that take a person's decision on a file: take, restore, accept, release, keep, unkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from novelist.book import alternatives
from novelist.book.lock import lock
from novelist.cli.common import chosen, chosen_chapter
from novelist.commands import command
from novelist.edits import decisions, taking
from novelist.edits.keeping import keep as keep_chapters
from novelist.errors import SettingsError
from novelist.targets.chapter import ChapterTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target


def decide(snapshot: Snapshot, targets: Sequence[Target], decision: Callable[[Target], str]) -> None:
    """Take a decision on each file, under the book's lock, and say what was done."""
    with lock(snapshot.book):
        for target in targets:
            click.echo(f"{decision(target)}.")


@click.command()
@click.argument("chapter")
@click.argument("number", type=click.IntRange(1))
def take(chapter: str, number: int) -> None:
    """Have alternative NUMBER take the place of CHAPTER.

    What was there goes to its history, and so do the other alternatives. What was asked for it by `novelist redo` is
    kept in notes/, for later drafts.
    """
    snapshot, target = chosen_chapter(chapter)
    several = len(alternatives.numbers(snapshot.book, target.identity)) > 1
    with lock(snapshot.book):
        taking.take(target, number)
    novelist, verdict = command("novelist"), target.verdict()
    undo = f"`{novelist} restore {target.number}` brings back what was there"
    others = f"; the others are in `{novelist} history {target.number}`" if several else ""
    click.echo(f"{target.name} is alternative {number} now{others}. {undo}.")
    if verdict.drafts:
        keep_it = f"`{novelist} accept {target.number}` keeps it as it is"
        click.echo(f"The next build writes it again: {verdict.reason}. {keep_it}.")


@click.command()
@click.argument("chapter")
@click.argument("when", default="")
def restore(chapter: str, when: str) -> None:
    """Bring an earlier text of CHAPTER back.

    WHEN is the time of an entry of `novelist history`, or its beginning; without it, the text before this one. What is
    replaced goes to history too, so a restore can be undone by another.
    """
    decide(*chosen(chapter), lambda target: decisions.restore(target, when))


@click.command()
@click.argument("chapters", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that waits for you or would be written again.")
def accept(chapters: tuple[str, ...], *, everything: bool) -> None:
    """Keep CHAPTERS as they are, whatever has changed in what they were written from.

    The next build neither writes them again nor reports them. `4-6` names several. Summaries (`summary:07`, and of many
    chapters `arc:001-010`), `bible` and `outline` can be accepted too.
    """
    if bool(chapters) == everything:
        message = "Name the chapters, or say --all."
        raise click.UsageError(message)
    snapshot, targets = chosen(*chapters, several=True)
    if everything:
        targets = [target for target in snapshot.drafts() if target.verdict().state in ("kept", "stale")]
        if not targets:
            click.echo("Nothing waits for you, and nothing would be written again.")
            return
    decide(snapshot, targets, decisions.accept)


@click.command()
@click.argument("chapter")
def release(chapter: str) -> None:
    """Have CHAPTER, which you have edited, written again by the next build.

    Your text stays in history.
    """
    decide(*chosen(chapter), decisions.release)


@click.command()
@click.argument("chapters", nargs=-1, required=True)
def keep(chapters: tuple[str, ...]) -> None:
    """Have CHAPTERS stay as they are, whatever changes before them.

    It is written into the outline, behind their titles: `{stale=keep}`. They are told of as before, and drafted where
    they are missing. `novelist unkeep` takes it back.
    """
    _keep(chapters, kept=True)


@click.command()
@click.argument("chapters", nargs=-1, required=True)
def unkeep(chapters: tuple[str, ...]) -> None:
    """Have CHAPTERS follow what changes before them again.

    That is so, too, of those that you have let stand when a build asked you.
    """
    _keep(chapters, kept=False)


def _keep(names: tuple[str, ...], *, kept: bool) -> None:
    snapshot, targets = chosen(*names, several=True)
    chapters = [target for target in targets if isinstance(target, ChapterTarget)]
    if len(chapters) < len(targets) or not snapshot.outlined:
        message = "Only chapters are kept, once there is an outline. Name them by number."
        raise SettingsError(message)
    with lock(snapshot.book):
        for line in keep_chapters(snapshot, chapters, kept=kept):
            click.echo(f"{line}.")

"""The verbs that show the whole book at a glance: status, plan. They ask no model and write nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from novelist.cli.common import JSON, here, tell
from novelist.commands import command
from novelist.drafting.pipeline import waits
from novelist.drafting.plan import by_model, foresee, minutes, money, total
from novelist.drafting.session import Session
from novelist.edits.foreseen import foreseen_status
from novelist.errors import SettingsError
from novelist.export.formats import FORMATS
from novelist.language.lengths import length, unit
from novelist.targets import naming
from novelist.targets.oversights import names_without_section, unknown_names
from novelist.terminal.progress import Progress
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.model.spending import Spent
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import ReadStatus, Status

BAR_CELLS = 20
COLOURS = {"fresh": "green", "edited": "cyan", "yours": "cyan", "stale": "yellow", "kept": "magenta", "missing": "red"}


@click.command()
@JSON
def status(*, as_json: bool) -> None:
    """Show the whole book: each chapter's words and state, and why it is in it.

    A chapter is fresh (as drafted, and nothing it is written from has changed), edited (by you; the same), yours (you
    wrote it), missing, to be written again (something that it is written from has changed), to be adapted (the same,
    by edits, where only the story before it or the bible has) or kept (the same, but you edited it).
    """
    snapshot = here()
    if not as_json:
        _say_unknown(snapshot)
    if not snapshot.book.outline.is_file():
        message = f"{snapshot.book.outline}: there is no outline yet. Run `doit outline` to have it drafted."
        raise SettingsError(message)
    book, stops = foreseen_status(snapshot)
    if as_json:
        tell(book.json())
        return
    click.echo("\n".join(_shown(book)))
    if without := names_without_section(snapshot):
        drafts = f"`{command('novelist')} bible --missing`"
        click.echo(f"bible.md has no section on {printable(', '.join(without))}: {drafts} drafts them.")
    if stops:
        click.echo(f"The next build will stop: {stops}")


def _say_unknown(snapshot: Snapshot) -> None:
    """Say on standard error which names in the book's files nobody reads."""
    for line in unknown_names(snapshot):
        click.echo(line, err=True)


def _shown(book: Status) -> list[str]:
    """Return the book in lines, with colours for a terminal."""
    names = [printable(f"{chapter.number:4}  {chapter.title}") for chapter in book.chapters]
    width = min(max(map(cell_len, names), default=0), 60)
    lines = [click.style(printable(f"{book.title}, by {book.author}" if book.author else book.title), bold=True)]
    part = None
    for name, chapter in zip(names, book.chapters, strict=True):
        if chapter.part != part:
            part = chapter.part
            lines += ["", printable(part)] if part else [""]
        words = length(chapter.words, book.language) if chapter.words else ""
        why = printable(chapter.why)
        state = click.style(f"{chapter.said:6}  " if why else chapter.said, fg=COLOURS[chapter.state])
        lines.append(f"{name}{' ' * (width - cell_len(name))}  {words:>12}  {state}{why}")
    full = round(BAR_CELLS * book.share)
    bar = click.style("█" * full, fg="green") + "░" * (BAR_CELLS - full)
    for place in ("front", "back"):
        if names := [page.name.replace("-", " ") for page in book.matter if page.place == place]:
            lines += ["", printable(f"{place.capitalize()} matter: {', '.join(names)}")]
    if book.unsure:
        many = len(book.unsure)
        lines += ["", f"{many:,} {'summary has' if many == 1 else 'summaries have'} what no text before it has:"]
        lines += [printable(f"{each.path}:{each.line}: {each.what}") for each in book.unsure]
    lines += _read(book.read)
    lines += [
        "",
        (
            f"{bar}  {book.share:.0%}: {book.words:,} of {book.asked:,} {unit(book.language)}, "
            f"{book.written:,} of {len(book.chapters):,} chapters"
        ),
        ", ".join(f"{count} {said}" for said, count in Counter(each.said for each in book.chapters).most_common()),
        _spent(book.spent),
        *_spent_by_model(book.by_model),
    ]
    return lines


def _read(read: ReadStatus) -> list[str]:
    """Return in a line when the whole book was read, and what is left of it; nothing where nobody has read it."""
    left = [f"{count} {severity}" for severity, count in read.open.items() if count]
    if read.state == "missing" and not left:
        return []
    by = f"read on {read.at[:10]} by {read.model}" if read.at else "read by you"
    since = f", before {read.reason}" if read.state == "stale" else ""
    proposals = f"; {'1 proposal is' if read.proposals == 1 else f'{read.proposals} proposals are'} open"
    lists = f"{proposals}: `{command('novelist')} apply` shows what" if read.proposals else ""
    still = f": {', '.join(left)} open" if left else ""
    return ["", printable(f"The whole book was {by}{since}{still}{lists}.")]


def _spent(spent: Spent) -> str:
    return f"Spent so far: {spent}." if spent.calls else "Nothing spent yet."


def _spent_by_model(spent: Mapping[tuple[str, str], Spent]) -> list[str]:
    """Return what each model has cost, in a line; nothing where there was only one."""
    if len(spent) < 2:
        return []
    return [printable(f"  {model} ({provider}): {own}") for (model, provider), own in spent.items()]


@click.command()
@click.argument("tasks", nargs=-1)
@JSON
def plan(tasks: tuple[str, ...], *, as_json: bool) -> None:
    """Say what a build would draft, why, and what it is likely to take.

    TASKS are what you would give to doit, such as `7`, `review:07` or `read`; without them it is the whole book. No
    model is asked. What depends on whether a summary will say something new is not sure, and stands apart.
    """
    snapshot = here()
    if not as_json:
        _say_unknown(snapshot)
    names = [each for name in tasks for each in naming.tasks(snapshot, name)]
    naming.check_tasks(snapshot, names, FORMATS)
    foreseen = foresee(Session(snapshot, Progress()), names)
    if as_json:
        tell(foreseen.json())
        return
    several = len(foreseen.models) > 1
    for step in foreseen.steps:
        cost = "  ".join(["", *([step.model] if several else []), *money([step]), *minutes([step])])
        doubt = " (asks you first)" if step.asks else "" if step.sure else " (not sure)"
        tokens = f"{step.prompt:7,} + {step.text:6,} tokens"
        how = ", adapted by edits" if step.adapts else ""
        click.echo(f"{step.task:12} {tokens}{cost}  {step.why}{how}{doubt}")
    for task, reason in foreseen.kept:
        click.echo(f"{task:12} kept: {reason}")
    for task, reason in foreseen.waiting:
        click.echo(f"{task:12} {waits(reason)}")
    for line in by_model(foreseen):
        click.echo(f"{line}.")
    click.echo(f"{total(foreseen) or 'Nothing to draft'}.")

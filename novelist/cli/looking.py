"""The verbs that only look: status, plan, why, brief, history, diff. They ask no model and write nothing."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.book.record import ASKED
from novelist.cli.common import chosen, here, tell
from novelist.commands import command
from novelist.drafting.pipeline import drafting_of, waits
from novelist.drafting.plan import by_model, dry_run, minutes, money, total
from novelist.drafting.session import Session
from novelist.edits.decisions import history_entries
from novelist.edits.foreseen import foreseen_status
from novelist.edits.taking import asked
from novelist.errors import SettingsError
from novelist.language.lengths import length, unit
from novelist.targets import naming
from novelist.targets.changes import briefs, changes
from novelist.targets.chapter import ChapterTarget
from novelist.targets.naming import last_chapter
from novelist.targets.oversights import names_without_section, unknown_names
from novelist.targets.status import SAID
from novelist.terminal.progress import Progress
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import normalise, printable
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.frontmatter import Page
    from novelist.drafting.plan import Plan
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import Spent, Status

BAR_CELLS = 20
COLOURS = {"fresh": "green", "edited": "cyan", "yours": "cyan", "stale": "yellow", "kept": "magenta", "missing": "red"}
JSON = click.option("--json", "as_json", is_flag=True, help="For programs: docs/for-programs.md says in which form.")


@click.command()
@JSON
def status(*, as_json: bool) -> None:
    """Show the whole book: each chapter's words and state, and why it is in it.

    A chapter is fresh (as drafted, and nothing it is written from has changed), edited (by you; the same), yours (you
    wrote it), missing, to be written again (something that it is written from has changed) or kept (the same, but you
    edited it).
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
    lines += [
        "",
        (
            f"{bar}  {book.share:.0%}: {book.words:,} of {book.asked:,} {unit(book.language)}, "
            f"{book.written:,} of {len(book.chapters):,} chapters"
        ),
        ", ".join(f"{count} {SAID.get(state, state)}" for state, count in book.states.most_common()),
        _spent(book.spent),
        *_spent_by_model(book.by_model),
    ]
    return lines


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

    TASKS are what you would give to doit, such as `7`, `review` or `review:07`; without them it is the whole book. No
    model is asked. What depends on whether a summary will say something new is not sure, and stands apart.
    """
    snapshot = here()
    if not as_json:
        _say_unknown(snapshot)
    named_tasks = [each for name in tasks for each in naming.tasks(snapshot, name)]
    last = max(map(last_chapter, named_tasks), default=math.inf)
    snapshot.ask(named_tasks, last)
    foreseen = dry_run(Session(snapshot, Progress()), last, named_tasks)
    foreseen = foreseen.until(named_tasks) if named_tasks else foreseen
    if as_json:
        tell(_plan(foreseen))
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


def _plan(foreseen: Plan) -> dict[str, Any]:
    return {
        "version": 1,
        "steps": [
            {
                "task": step.task,
                "why": step.why,
                "sure": step.sure,
                "asks": step.asks,
                "adapts": step.adapts,
                "in": step.prompt,
                "out": step.text,
                "dollars": step.dollars,
                "seconds": step.seconds,
                "model": step.model,
            }
            for step in foreseen.steps
        ],
        "kept": [
            *({"task": task, "why": why} for task, why in foreseen.kept),
            *({"task": task, "why": waits(why)} for task, why in foreseen.waiting),
        ],
    }


@click.command()
@click.argument("chapter")
def brief(chapter: str) -> None:
    """Print what the model is told for CHAPTER."""
    snapshot, (target,) = chosen(chapter)
    if target.brief() is None:
        message = f"`{chapter}` is no chapter. Name one by its number, its id or its file."
        raise SettingsError(message)
    drafting = drafting_of(Session(snapshot, Progress()), target, target.verdict())
    request = drafting.request(snapshot.book.files.read_text(target.path))
    click.echo(f"{request.system}\n\n{request.user}")


@click.command()
@click.argument("chapter")
def why(chapter: str) -> None:
    """Say what CHAPTER is, and what has changed of what it was written from.

    Where that is still in the cache as it was, the difference is shown.
    """
    _, (target,) = chosen(chapter)
    verdict, info = target.verdict(), target.info
    what = SAID.get(verdict.state, verdict.state)
    if verdict.state == "stale" and (verdict.ripples or target.kind == "revise"):
        what = "to be adapted" if verdict.ripples else "to be revised"
    click.echo(f"{target.name} is {what}: {verdict.reason}.")
    if not verdict.changed or info is None or info.record is None:
        return
    if isinstance(target, ChapterTarget) and verdict.ripples:
        for change in changes(target, info.record, verdict.changed):
            signed = [*(f"- {line}" for line in change.old), *(f"+ {line}" for line in change.new)]
            click.echo(printable("\n".join([f"{change.what}:", *signed])))
        return
    if both := briefs(target):
        sent, now = (text.splitlines() for text in both)
        click.echo("\n".join(difflib.unified_diff(sent, now, "drafted from", "now", lineterm="")))


@click.command()
@click.argument("chapter")
def history(chapter: str) -> None:
    """List every text there was of CHAPTER.

    CHAPTER is a number, an id or a file; `summary:07`, `arc:001-010` (a summary of ten chapters), `bible` and `outline`
    have a history too.
    """
    _, (target,) = chosen(chapter)
    for path in history_entries(target):
        page = frontmatter.read(target.inputs.book.files, path, KEYS)
        if page is not None:
            what = "yours" if page.record is None else "edited" if page.edited else f"drafted by {page.record.model}"
            taken = f", not taken{_wish(page)}" if ASKED in page.front else ""
            click.echo(f"{path.stem}  {count_words(page.body):6,} words  {what}{taken}")
    click.echo(f"Each is a file in {target.inputs.book.history / target.identity}/.")
    if isinstance(target, ChapterTarget) and target.notes:
        asked = [f"- {note}" for note in target.notes]
        click.echo(printable("\n".join([f"Asked of it, in {target.notes_path}:", *asked])))


def _wish(page: Page) -> str:
    """Return what an alternative was asked for with, in brackets; empty where that is nothing but its brief."""
    wish = asked(page)
    return f" ({wish})" if wish else ""


@click.command()
@click.argument("chapter")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def diff(chapter: str, *, as_json: bool) -> None:
    """Show how CHAPTER was changed last, word by word.

    That is against the newest text in its history that says something else; `novelist restore` brings that one back.
    """
    _, (target,) = chosen(chapter)
    files, now = target.inputs.book.files, target.text()
    earlier = ((path, frontmatter.read(files, path, KEYS)) for path in history_entries(target))
    others = ((path, page.body) for path, page in earlier if page is not None)
    path, old = next(((path, body) for path, body in others if normalise(body) != normalise(now)), (None, ""))
    changed = passages(old, now) if path is not None else []
    if as_json:
        since = path.stem if path else None
        tell({"version": 1, "of": target.name, "since": since, "changes": [each._asdict() for each in changed]})
    elif path is None:
        click.echo(f"{target.name} has no text but the one that it has now.")
    else:
        click.echo(f"Since {path.stem}:")
        for each in changed:
            click.echo(f"\n[{each.number}] {coloured(printable(word_diff(each.old, each.new)))}")

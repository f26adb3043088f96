"""The verbs that look at one file: why, brief, history, diff. They ask no model and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from novelist.book import frontmatter
from novelist.book.paths import KEYS
from novelist.book.record import ASKED
from novelist.cli.common import JSON, chosen, tell
from novelist.drafting.pipeline import request_for, told
from novelist.drafting.session import Session
from novelist.edits.decisions import history_entries
from novelist.edits.taking import asked
from novelist.errors import SettingsError
from novelist.targets.chapter import ChapterTarget
from novelist.targets.why import why as why_it_is
from novelist.terminal.progress import Progress
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import normalise, printable
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.book.frontmatter import Page


@click.command()
@click.argument("chapter")
@JSON
def brief(chapter: str, *, as_json: bool) -> None:
    """Print what the model is told for CHAPTER."""
    snapshot, (target,) = chosen(chapter)
    if target.brief() is None:
        message = f"`{chapter}` is no chapter. Name one by its number, its id or its file."
        raise SettingsError(message)
    request = request_for(Session(snapshot, Progress()), target)
    if as_json:
        tell(told(target, request))
    else:
        click.echo(f"{request.system}\n\n{request.user}")


@click.command()
@click.argument("chapter")
@JSON
def why(chapter: str, *, as_json: bool) -> None:
    """Say what CHAPTER is, and what has changed of what it was written from.

    Where that is still in the cache as it was, the difference is shown.
    """
    _, (target,) = chosen(chapter)
    verdict = why_it_is(target)
    if as_json:
        tell(verdict.json())
        return
    click.echo(f"{verdict.of} is {verdict.said}: {verdict.reason}.")
    for change in verdict.changes:
        signed = [*(f"- {line}" for line in change.old), *(f"+ {line}" for line in change.new)]
        click.echo(printable("\n".join([f"{change.what}:", *signed])))
    if verdict.difference:
        click.echo("\n".join(verdict.difference))


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
@JSON
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

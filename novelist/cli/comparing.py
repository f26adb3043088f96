"""The verb that shows a chapter and its alternatives beside each other: compare. It asks no model, and only looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from novelist.cli.common import JSON, chosen_chapter, tell
from novelist.commands import command
from novelist.edits import comparing
from novelist.errors import SettingsError
from novelist.lint import pages, versions
from novelist.lint.check import of_chapter
from novelist.lint.versions import IN_BOOK
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Collection

    from novelist.targets.chapter import ChapterTarget


@click.command()
@click.argument("chapter")
@click.argument("numbers", nargs=-1, type=click.IntRange(0), metavar="[N] [N]")
@JSON
def compare(chapter: str, numbers: tuple[int, ...], *, as_json: bool) -> None:
    """Show CHAPTER and its alternatives beside each other.

    Of each: its words, what `novelist lint` finds in it, whom and what it names, how it begins and ends. With one
    number, how that alternative differs from the chapter as it is, word by word; with two, the second from the first,
    where 0 is the chapter as it is. No model is asked.
    """
    if len(numbers) > 2:
        message = "Name two versions at most."
        raise click.UsageError(message)
    snapshot, target = chosen_chapter(chapter)
    with snapshot.without_bible():
        book = pages.read(snapshot)
        every = comparing.versions(target, lambda each: of_chapter(snapshot, book, each))
        facts = versions.facts(every, comparing.plan(snapshot, target))
    texts = {version.number: version.text for version in every}
    pair = [_known(number, texts) for number in (IN_BOOK, *numbers)[-2:]] if numbers else []
    changed = passages(*(texts[number] for number in pair)) if pair else []
    if as_json:
        dumped = [versions.dump(version, facts[version.number]) for version in every]
        changes = [each._asdict() for each in changed]
        tell({"version": 1, "of": target.name, "versions": dumped, "changes": changes})
    elif pair:
        click.echo(f"From {pair[0]} to {pair[1]}:")
        for each in changed:
            click.echo(f"\n[{each.number}] {coloured(printable(word_diff(each.old, each.new)))}")
    else:
        click.echo(printable("\n".join([f"{target.name}: {target.section.title}", *versions.lines(every, facts)])))
        click.echo(f"\n{_next(target, max(texts, default=0))}.")


def _known(number: int, numbers: Collection[int]) -> int:
    """Return the number of a version that is there. Raises SettingsError for any other."""
    if number not in numbers:
        message = f"there is no version {number}: there are {', '.join(map(str, numbers))}. Name two of them."
        raise SettingsError(message)
    return number


def _next(target: ChapterTarget, last: int) -> str:
    """Return which command is next."""
    novelist = command("novelist")
    if last == IN_BOOK:
        return f"It has no alternatives. `{novelist} redo {target.number}` drafts one"
    shows = f"`{novelist} compare {target.number} {last}` shows {last} word by word"
    return f"{shows}, `{novelist} take {target.number} {last}` takes it"

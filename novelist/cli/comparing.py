"""The verb that shows a chapter and its alternatives beside each other: compare. It asks no model, and only looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from novelist.book import alternatives
from novelist.cli.common import JSON, chosen_chapter, tell
from novelist.commands import command
from novelist.edits import taking
from novelist.errors import SettingsError
from novelist.lint import baseline, pages, versions
from novelist.lint.check import of_chapter
from novelist.lint.finding import RULES
from novelist.lint.versions import IN_BOOK, Plan, Version
from novelist.targets.verdict import CHANGED
from novelist.terminal.words import coloured, passages, word_diff
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot


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
        every = _versions(snapshot, target)
        facts = versions.facts(every, _plan(snapshot, target))
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


def _versions(snapshot: Snapshot, target: ChapterTarget) -> list[Version]:
    """Return the chapter as it is, if it is there, and its alternatives. Raises BookError."""
    book = pages.read(snapshot)
    accepted = baseline.load(snapshot.book.root / baseline.NAME, RULES)
    every = []
    for number, path, page in _pages(target):
        findings = of_chapter(snapshot, book, pages.of_page(target.number, target.section, path, page))
        new, _ = baseline.split(findings, accepted)
        changed = target.judge(page.info(), changed=False).changed if number != IN_BOOK else ()
        stale = "; ".join(CHANGED[part] for part in changed)
        model, at = (page.record.model, page.record.at) if page.record else ("", "")
        every.append(Version(number, page.body, new, model, at, taking.asked(page), stale))
    return every


def _pages(target: ChapterTarget) -> Iterator[tuple[int, Path, Page]]:
    """Yield the number, the file and the page of the chapter as it is, and of each alternative."""
    page = target.page()
    if page is not None:
        yield IN_BOOK, target.path, page
    book, identity = target.inputs.book, target.identity
    for number in alternatives.numbers(book, identity):
        yield number, alternatives.path_of(book, identity, number), taking.read(target, number)


def _plan(snapshot: Snapshot, target: ChapterTarget) -> Plan:
    sections = [f"{section.title}\n{section.text}" for section in snapshot.outline.sections]
    known = [snapshot.premise.idea, *sections, *target.story()]
    return Plan(target.section.text, snapshot.bible, snapshot.premise.language, known)


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

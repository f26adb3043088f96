"""What an import did, in lines for a person: what is there now, what is not, and what to do next."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.book.paths import label
from novelist.commands import command, here
from novelist.export import as_typed
from novelist.language.lengths import length
from novelist.text import counted, printable
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.imports.imported import Imported
    from novelist.imports.writing import ImportResult

WORD = re.compile(r"[^\W_]+")
ENGLISH = "No language is named, which means English. If it is another, add `language:` to premise.md."
DRAFTED = "bible.md is drafted from premise.md and your chapters. Name people there, or write it yourself."
EMPTY = (
    "premise.md does not say what the book is about, and no one is in bible.md. Both are told from the chapters when "
    "another one is to be drafted, or by `doit bible`; what you write there counts instead."
)


def lines(imported: Imported, result: ImportResult) -> Iterator[str]:
    """Yield what was brought, what was left out and where that is, and the next two commands."""
    root = result.book.root
    yield from brought(imported, result)
    yield ""
    yield f"The book is in {printable(str(root))}/. See what is left to draft and what it takes, then draft it:"
    yield f"  {'' if root == Path() else f'cd {printable(shlex.quote(str(root)))} && '}{command('novelist')} plan"
    yield f"  {command('doit')}"


def brought(imported: Imported, result: ImportResult) -> Iterator[str]:
    """Yield what was brought, what was left out and where that is."""
    settings = {
        "title": imported.title,
        "subtitle": imported.subtitle,
        "author": imported.author,
        "language": imported.language,
    }
    notes = [
        *imported.notes,
        *imported.guesses,
        *_printed_as_typed(imported),
        *([] if imported.language else [ENGLISH]),
        DRAFTED if imported.idea.strip() else here(EMPTY),
    ]
    given = [(what, text) for what, text in settings.items() if text]
    for what, text in [
        *given,
        *_contents(imported, result),
        *_beside(result, imported.language),
        *(("note", note) for note in notes),
    ]:
        yield printable(f"{what:12} {text}")


def _printed_as_typed(imported: Imported) -> list[str]:
    """Return a note of markup in the chapters that no export sets, none where there is none."""
    typed = as_typed.Counts()
    for number, chapter in enumerate(imported.chapters, 1):
        typed.add_typed(number, chapter.prose)
    line = typed.line()
    return [f"{line[:1].upper()}{line[1:]}"] if line else []


def _contents(imported: Imported, result: ImportResult) -> Iterator[tuple[str, str]]:
    sections = result.outline.sections
    count, part = len(sections), None
    missing = []
    chapters = zip(sections, imported.chapters, result.words, strict=True)
    for number, (section, chapter, many) in enumerate(chapters, 1):
        if section.part != part and section.part is not None:
            part = section.part
            yield "part", result.outline.parts[part].heading
        heading = _heading(chapter.heading, section.title, number)
        if many:
            yield f"chapter:{label(number, count)}", f"{section.title}, {length(many, imported.language)}{heading}"
        else:
            missing.append(number)
            if heading:
                yield f"chapter:{label(number, count)}", f"{section.title}{heading}"
    words = length(sum(result.words), imported.language)
    yield (
        "book",
        f"{counted(count, 'chapter')}, {count - len(missing)} of them written, {words}",
    )
    if missing:
        yield "to draft", f"{_runs(missing, count)}: not written yet"


def _heading(heading: str, title: str, number: int) -> str:
    """Return what a chapter's heading was, where there is more in it than its title and its number in digits."""
    there = {*WORD.findall(title.casefold()), str(number)}
    return "" if there.issuperset(WORD.findall(heading.casefold())) else f"; its heading was `{heading}`"


def _beside(result: ImportResult, language: str) -> Iterator[tuple[str, str]]:
    for page, path in result.matter:
        yield (
            "matter",
            f"{page.title}, {length(count_words(page.prose), language)}: front or back matter. It is in {path}.",
        )
    for aside, _, path in result.kept:
        words = length(count_words(aside.prose), language)
        yield "left out", f"{aside.title}, {words}: {aside.what}, not a chapter. It is in {path}."
    perhaps = [(aside, identity) for aside, identity, _ in result.kept if aside.story]
    if perhaps:
        aside, identity = perhaps[0]
        section = f"`## {aside.title} {{#{identity}}}`"
        remedy = f"Give outline.md a section {section} where it belongs, and run `novelist restore {identity}`."
        yield "", f"Is one of them part of the story after all? {here(remedy)}"


def _runs(numbers: list[int], count: int) -> str:
    """Return chapters as tasks name them, those that follow one another as `chapter:08 to chapter:32`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [[f"chapter:{label(number, count)}" for number in (run[0], run[-1])] for run in runs]
    return ", ".join(first if first == last else f"{first} to {last}" for first, last in named)

"""How verbs find the book and the files in it that a person names, and how they say things to programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from novelist.book.paths import is_book, locate
from novelist.errors import SettingsError
from novelist.targets.naming import chapter_named, in_a_row, named
from novelist.targets.snapshot import Snapshot
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.book.outline import Section
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target

JSON = click.option("--json", "as_json", is_flag=True, help="For programs: docs/for-programs.md says in which form.")


def here() -> Snapshot:
    """Return the book here, or in the nearest folder above, which is then gone to.

    A rename that was interrupted is finished first. Raises NovelistError.
    """
    cwd = Path.cwd()
    if not os.environ.get("NOVELIST_BOOK"):
        os.chdir(next((folder for folder in (cwd, *cwd.parents) if is_book(folder)), cwd))
    book = locate(Path.cwd(), os.environ)
    if book.files.look(book.renaming) is not None:
        from novelist.edits.journal import finish_interrupted  # noqa: PLC0415 - hardly ever is there one

        for line in finish_interrupted(book):
            click.echo(printable(line), err=True)
    return Snapshot(book)


def from_where() -> Callable[[Path], str]:
    """Return what names a file of the book from where the person stands, which `here` may leave."""
    stood = Path.cwd()
    return lambda path: str(path) if path.is_absolute() else os.path.relpath(path, stood)


def chosen(*names: str, several: bool = False) -> tuple[Snapshot, list[Target]]:
    """Return the book here, and the files of it that are named; a path is one from where the person stands.

    With `several`, one name may be of chapters in a row, such as `4-6`. Raises SettingsError where one names nothing of
    this book.
    """
    stood = Path.cwd()
    snapshot = here()
    each = [one for name in names for one in _named(snapshot, name, stood, several=several)]
    return snapshot, each


def chosen_chapter(name: str) -> tuple[Snapshot, ChapterTarget]:
    """Return the book here, and the chapter of it that is named, as `chosen` does.

    Raises BookError where there is no outline yet, and SettingsError for what is no chapter.
    """
    stood = Path.cwd()
    snapshot = here()
    return snapshot, chapter_named(snapshot, _from_book(snapshot, name, stood))


def _named(snapshot: Snapshot, name: str, stood: Path, *, several: bool = False) -> list[Target]:
    """Return the files of a book that are named, where a path is one from where a person `stood`."""
    here_named = _from_book(snapshot, name, stood)
    return [named(snapshot, one) for one in (in_a_row(snapshot, here_named) if several else [here_named])]


def _from_book(snapshot: Snapshot, name: str, stood: Path) -> str:
    """Return a name; of a file where a person `stood`, its path from the book's folder."""
    file = stood / name
    return _in_book(file, snapshot.book.root.resolve()) if file.is_file() else name


def _in_book(file: Path, root: Path) -> str:
    """Return the path of a file from the book's folder."""
    try:
        return (file.parent.resolve() / file.name).relative_to(root).as_posix()
    except ValueError as error:
        message = f"{file} is no file of the book in {root}. Name one of that book, or go to the other with -C."
        raise SettingsError(message) from error


def tell(result: Mapping[str, Any]) -> None:
    """Print what was found as JSON, for programs."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def takes_all() -> bool:
    """Ask whether all of what was shown is to be taken, and return that."""
    answers = {**dict.fromkeys(("a", "all", "y", "yes"), True), **dict.fromkeys(("n", "none", "no"), False)}

    def answer(text: str) -> bool:
        if (given := text.strip().lower()) in answers:
            return answers[given]
        message = "answer a or n."
        raise click.BadParameter(message)

    taken: bool = click.prompt("Take [a]ll of it, or [n]one", value_proc=answer)
    return taken


def section_diff(number: int, old: Section, new: Section) -> str:
    """Return what has changed in a section of the outline, word by word, as `git diff --word-diff` shows it."""
    from novelist.terminal.words import word_diff  # noqa: PLC0415 - few verbs show any

    title = word_diff(old.title, new.title)
    return printable(f"{number}. {title}\n\n{word_diff(old.text, new.text)}")

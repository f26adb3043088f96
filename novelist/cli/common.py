"""How verbs find the book and the files in it that a person names, and how they say things to programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from novelist.book.paths import is_book, locate
from novelist.edits.journal import finish_interrupted
from novelist.errors import SettingsError
from novelist.targets.naming import named
from novelist.targets.snapshot import Snapshot
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.drafting.session import Session
    from novelist.targets.target import Target


def here() -> Snapshot:
    """Return the book here, or in the nearest folder above, which is then gone to.

    A rename that was interrupted is finished first. Raises NovelistError.
    """
    cwd = Path.cwd()
    if not os.environ.get("NOVELIST_BOOK"):
        os.chdir(next((folder for folder in (cwd, *cwd.parents) if is_book(folder)), cwd))
    book = locate(Path.cwd(), os.environ)
    for line in finish_interrupted(book):
        click.echo(printable(line), err=True)
    return Snapshot(book)


def from_where() -> Callable[[Path], str]:
    """Return what names a file of the book from where the person stands, which `here` may leave."""
    stood = Path.cwd()
    return lambda path: str(path) if path.is_absolute() else os.path.relpath(path, stood)


def chosen(*names: str) -> tuple[Snapshot, list[Target]]:
    """Return the book here, and the files of it that are named; a path is one from where the person stands.

    Raises SettingsError where one names nothing of this book.
    """
    stood = Path.cwd()
    snapshot = here()
    root = snapshot.book.root.resolve()
    named_here = (_in_book(stood / name, root) if (stood / name).is_file() else name for name in names)
    return snapshot, [named(snapshot, name) for name in named_here]


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


def check_writer(session: Session, file: str, *, able: bool) -> None:
    """Raise SettingsError where no model is `able` to change a file, and BookError for a budget that cannot be kept."""
    if not able:
        message = (
            "there is no key and no server, and the embedded model only rehearses. Put MOONSHOT_API_KEY into .env, "
            f"or change {file} yourself."
        )
        raise SettingsError(message)
    session.check_budget()

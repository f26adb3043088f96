"""How verbs find the book and the files in it that a person names, and how they say things to programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from novelist.book.paths import is_book, locate
from novelist.commands import command
from novelist.errors import BookError, SettingsError
from novelist.targets.naming import in_a_row, named
from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.drafting.session import Session
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.target import Target


def here() -> Snapshot:
    """Return the book here, or in the nearest folder above, which is then gone to."""
    cwd = Path.cwd()
    if not os.environ.get("NOVELIST_BOOK"):
        os.chdir(next((folder for folder in (cwd, *cwd.parents) if is_book(folder)), cwd))
    return Snapshot(locate(Path.cwd(), os.environ))


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
    root = snapshot.book.root.resolve()
    named_here = [_in_book(stood / name, root) if (stood / name).is_file() else name for name in names]
    each = [one for name in named_here for one in (in_a_row(snapshot, name) if several else [name])]
    return snapshot, [named(snapshot, one) for one in each]


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


def check_changeable(chapter: ChapterTarget) -> None:
    """Raise BookError where the author of a chapter has it stay as it is."""
    if chapter.section.stale == "keep":
        message = f"you keep it as it is. `{command('novelist')} unkeep {chapter.number}` lets it be changed."
        raise BookError(chapter.path, None, message)
    if chapter.inputs.book.files.is_read_only(chapter.path):
        raise BookError(chapter.path, None, "you made it read-only. Make it writable to have it changed.")


def check_writer(session: Session, file: str, *, able: bool) -> None:
    """Raise SettingsError where no model is `able` to change a file, and BookError for a budget that cannot be kept."""
    if not able:
        message = (
            "there is no key and no server, and the embedded model only rehearses. Put MOONSHOT_API_KEY into .env, "
            f"or change {file} yourself."
        )
        raise SettingsError(message)
    session.check_budget()

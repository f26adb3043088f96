"""How what is asked of a chapter is given to a verb: said, in a file, or in an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.drafting.wishes import wish_in
from novelist.errors import BookError, SettingsError


def words_of(wish: str, file: TextIO | None, *, edit: bool) -> str:
    """Return what is asked, in one line, from where it is; empty for nothing. Raises SettingsError."""
    if (wish != "") + (file is not None) + edit > 1:
        message = "What you ask is said, or stands in a file, or is written in an editor. Use one of these."
        raise SettingsError(message)
    text = wish
    if file is not None:
        try:
            text = file.read(LARGEST_SETTINGS)
        except UnicodeDecodeError as error:
            raise BookError(Path(file.name), None, "it is no UTF-8 text. Save it as UTF-8.") from error
    elif edit:
        text = click.edit("", extension=".md") or ""
    words = wish_in(text)
    if not words and (file is not None or edit):
        message = "nothing is asked. Write it down in a line or two."
        raise SettingsError(message)
    return words

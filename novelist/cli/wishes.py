"""How what is asked of a chapter is given to a verb: its words, the lines of its file, and how long it is to be."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.errors import BookError, SettingsError
from novelist.text import printable
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.drafting.revise import Wish
    from novelist.targets.chapter import ChapterTarget

LONGER, SHORTER = 1.25, 0.75  # of what a chapter has, where no number is given


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
    words = " ".join(printable(text).split())
    if not words and (file is not None or edit):
        message = "nothing is asked. Write it down in a line or two."
        raise SettingsError(message)
    return words


def lines_of(lines: str | None, numbers: list[int]) -> range | None:
    """Return the lines that are named. Raises SettingsError for no lines, and for those of several chapters."""
    if lines is None:
        return None
    match = re.fullmatch(r"\s*([0-9]{1,7})(?:\s*[-–]\s*([0-9]{1,7}))?\s*", lines)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        message = f"`{lines.strip()}` are no lines. Name one, or some such as `40-62`."
        raise SettingsError(message)
    if len(numbers) > 1:
        message = "Lines are of one chapter. Name one."
        raise SettingsError(message)
    return range(first, last + 1)


def of_length(chapter: ChapterTarget, asked: Wish, longer: int | None, shorter: int | None) -> Wish:
    """Return what is asked of one chapter, with the words that it is to have; 0 stands for a quarter more or less.

    Raises SettingsError where that is no such change, and BookError where the chapter is missing.
    """
    if longer is None and shorter is None:
        return asked
    has, how = count_words(chapter.written().body), "shorter" if longer is None else "longer"
    words = longer or shorter or round(has * (SHORTER if longer is None else LONGER))
    if (words <= has) if how == "longer" else (words >= has):
        message = f"{chapter.name} has {has:,} words, so {words:,} is not {how}. Name another number."
        raise SettingsError(message)
    text = asked.text or f"Make it {how}."
    return replace(asked, text=text, words=words, lasting=asked.lasting and bool(asked.text))

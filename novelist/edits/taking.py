"""An alternative takes the place of its chapter; the others, and what was there, go to its history. Asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import alternatives, frontmatter, history, landing
from novelist.book.paths import KEYS
from novelist.book.record import ASKED
from novelist.edits import notes
from novelist.edits.keeping import check_changeable
from novelist.errors import BookError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.targets.chapter import ChapterTarget


def take(target: ChapterTarget, number: int) -> None:
    """Put an alternative in the place of a chapter, and what was asked for it among its notes.

    It keeps its own record, so that it is stale where its brief has changed since. Raises BookError, before anything is
    changed, where there is none of this number, or the chapter is to stay as it is.
    """
    # What a kill cuts is done by the same command again, whatever it was cut at: the alternative goes last of all. The
    # others are in history before it, each with what was asked for it, by which history knows that it was never in the
    # book.
    book, identity = target.inputs.book, target.identity
    check_changeable(target)
    if (page := target.page()) is not None:
        frontmatter.check(target.path, page)
    taken = read(target, number)
    before = book.files.read_text(target.path)
    front = {**target.front(), ASKED: None}
    text = frontmatter.back(target.path, before, front, _text(target, number), KEYS)
    for other in alternatives.numbers(book, identity):
        if other != number:
            history.keep(book, identity, _text(target, other))
            book.files.remove(alternatives.path_of(book, identity, other))
    landing.put_away(book, identity)
    for path in (*alternatives.all_unfinished(book, identity), book.unfinished(identity)):
        _put_away(target, path)
    book.files.remove(alternatives.asked_for(book, identity))
    landing.land(book, target.path, identity, text, before)
    target.inputs.forget(target.path)
    notes.add(target, asked(taken))  # behind it: of the text that was there nobody has asked this
    book.files.remove(alternatives.path_of(book, identity, number))


def read(target: ChapterTarget, number: int) -> Page:
    """Return an alternative. Raises BookError where there is none, or nothing says what it was drafted from."""
    book, identity = target.inputs.book, target.identity
    path, page = alternatives.path_of(book, identity, number), alternatives.read(book, identity, number)
    if page is None:
        if numbers := ", ".join(map(str, alternatives.numbers(book, identity))):
            message = f"{target.name} has no alternative {number}: it has {numbers}. Name one of these."
            raise SettingsError(message)
        drafts = f"`novelist redo {target.number}` drafts one"
        message = f"{target.name} has no alternatives. {drafts}; what was not taken is in history."
        raise SettingsError(message)
    frontmatter.check(path, page)
    if page.record is None:
        message = "nothing says what it was drafted from. Copy its text into the chapter yourself."
        raise BookError(path, None, message)
    return page


def asked(page: Page) -> str:
    """Return what an alternative was asked for with; empty where that is nothing but its brief."""
    wish = page.front.get(ASKED, "")
    return " ".join(wish.split()) if isinstance(wish, str) else ""


def _text(target: ChapterTarget, number: int) -> str:
    path = alternatives.path_of(target.inputs.book, target.identity, number)
    return target.inputs.book.files.read_text(path) or ""


def _put_away(target: ChapterTarget, path: Path) -> None:
    """Put what has come of an unfinished draft into history, from where nothing goes on: another text is there now."""
    book = target.inputs.book
    content = (book.files.read_bytes(path) or b"").decode("utf-8", "ignore")  # a kill may have cut a character
    _, _, text = content.partition("\n")  # its first line says of what it is
    if text.strip():
        history.keep(book, f"{target.identity}/rejected", text)
    book.files.remove(path)

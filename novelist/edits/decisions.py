"""A person's decisions about drafted files: restore, accept, release. Asks no model.

Whatever a decision replaces goes to history first. A decision changes a file's record, never the prose of a chapter but
by `restore`.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from novelist.book import frontmatter, history, landing
from novelist.book.frontmatter import Page
from novelist.book.paths import KEYS
from novelist.book.record import ASKED, UNSURE, Record
from novelist.commands import command
from novelist.edits import journal
from novelist.errors import BookError, SettingsError
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.edits.journal import Past
    from novelist.targets.target import Target


def accept(target: Target) -> str:
    """Let a file stand for what it is made from as it is now, and return what was done. Raises BookError."""
    page = _there(target)
    if page.record is None:
        return f"{target.name} is yours already"
    record = target.stamped(page.record)
    unsure = {UNSURE: None} if record.of and UNSURE in page.front else {}  # it is sure now: a person says so
    if record == page.record and not unsure:
        return f"{target.name} is kept as it is already"
    _put(target, frontmatter.edit(target.path, page, {**unsure, "novelist": record.front()}), page.whole)
    return f"{target.name} is kept as it is: what has changed so far does not have it written again"


def release(target: Target) -> str:
    """Give an edited or typed chapter back to the next build, and return what was done. Raises BookError."""
    if not target.releasable:
        message = f"only a chapter is released. Delete {target.path} to have it drafted again."
        raise SettingsError(message, why="All but chapters are drafted where they are missing.")
    page = _there(target)
    front = {"novelist": Record(digest(page.body)).front()}
    text = frontmatter.edit(target.path, page, front) if page.has_front else frontmatter.compose(front, page.body)
    _put(target, text, page.whole)
    return f"{target.name} is released: the next build drafts it again. This text stays in history"


def history_entries(target: Target) -> list[Path]:
    """Return the entries of a file's history, the newest first.

    What was released stands in it twice: as it was, and with the mark of the release, which is no text of its own.
    """
    entries = history.entries(target.inputs.book, target.identity)
    return [path for path in entries if not _released(_read(target, path).record)]


def _released(record: Record | None) -> bool:
    return record is not None and not (record.brief or record.of or record.model)


def restore(target: Target, when: str) -> str:
    """Make an earlier text of a file the current one, for its brief as it is now, and return what was done.

    `when` begins the time of an entry; empty, it is the newest one that says something else than the file does now.
    Raises BookError where there is none, or more than one.
    """
    before, current = target.inputs.book.files.read_text(target.path), normalise(target.text())
    choices = [path for path in history_entries(target) if path.stem.startswith(when)]
    if not when:
        choices = [path for path in choices if normalise(_read(target, path).body) != current][:1]
    if not choices and not when:
        message = f"{target.name} has no text but the one that it has now. There is nothing to bring back."
        raise BookError(target.path, None, message)
    if len(choices) != 1:
        what = f"{len(choices)} texts" if choices else "no earlier text"
        time = f" of `{when}`" if when else ""
        message = f"{target.name} has {what}{time}. `novelist history {target.name}` lists them."
        why = "A time is named by its beginning, as far as only one text has it."
        raise BookError(target.inputs.book.past(target.identity), None, message, why=why)
    entry = choices[0]
    old = _read(target, entry)
    text = target.inputs.book.files.read_text(entry) or ""
    if old.record is not None:
        record = _as_asked(target.stamped(old.record), target.page())
        front = {**target.front(), ASKED: None, "novelist": record.front()}
        text = frontmatter.edit(target.path, old, front)
    _put(target, text, before)
    renamed = _renamed_since(target, old.body)
    again = f"`{command('novelist')} rename {shlex.quote(renamed.old)} {shlex.quote(renamed.new)}`" if renamed else ""
    older = f". It has {renamed.old}, whom you have renamed since: {again}" if renamed else ""
    return f"{target.name} is again as it was at {entry.stem}; what it replaced is in history{older}"


def _renamed_since(target: Target, text: str) -> Past | None:
    """Return the rename of somebody whom a text calls by a name that is theirs no more; None where there is none."""
    given: set[str] = set()  # names that came later, also those that were changed back to
    for each in journal.renames(target.inputs.book):
        if each.old not in given and re.search(rf"(?<!\w){re.escape(each.old)}(?!\w)", text):
            return each
        given.add(each.new)
    return None


def _as_asked(record: Record, now: Page | None) -> Record:
    """Return the record of an earlier text with what the text now was asked: who takes that back wants it no more."""
    if now is None or now.record is None or not now.record.asked:
        return record
    asked = " ".join(dict.fromkeys([*record.asked.split(), *now.record.asked.split()]))
    return record._replace(asked=asked, rounds=now.record.rounds)


def _there(target: Target) -> Page:
    """Return a file as it is. Raises BookError where it is missing, or its front matter cannot be read."""
    page = target.page()
    if page is None:
        message = f"{target.name} is missing. Run `doit {target.name}` to have it drafted."
        raise BookError(target.path, None, message)
    frontmatter.check(target.path, page)
    return page


def _put(target: Target, text: str, before: str | None) -> None:
    landing.put(target.inputs.book, target.path, target.identity, text, before)
    target.inputs.forget(target.path)


def _read(target: Target, path: Path) -> Page:
    return frontmatter.read(target.inputs.book.files, path, KEYS) or Page({}, "", "")

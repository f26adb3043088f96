"""A person's decisions about drafted files: restore, accept, release. Asks no model.

Whatever a decision replaces goes to history first. A decision changes a file's record, never the prose of a chapter but
by `restore`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from novelist.book import files, frontmatter
from novelist.book.frontmatter import Page
from novelist.book.history import entries, keep
from novelist.book.paths import label
from novelist.book.record import Record
from novelist.edits.follow import front_of
from novelist.errors import BookError, SettingsError
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from pathlib import Path

    from novelist.targets.snapshot import Snapshot
    from novelist.targets.story import Arc
    from novelist.targets.verdict import Verdict

Kind = Literal["chapter", "summary", "arc", "bible", "outline"]
TARGET = re.compile(r"(?:(chapter|summary):)?0*([0-9]+)$")
ARC = re.compile(r"(?:.*/)?arc[:-]([0-9]+-[0-9]+)(?:\.md)?$")


@dataclass(frozen=True)
class Target:
    """A file a decision is about: a chapter or a summary by its number, an arc, or the bible or the outline."""

    snapshot: Snapshot
    kind: Kind
    number: int = 0
    arc: Arc | None = None

    @property
    def name(self) -> str:
        """The name of its task: `chapter:07`, `arc:001-010`, `bible`."""
        if self.arc:
            return f"arc:{self.arc.label(self.snapshot.count)}"
        if not self.number:
            return self.kind
        return f"{self.kind}:{label(self.number, len(self.snapshot.outline.sections))}"

    @property
    def identity(self) -> str:
        """Its identity in history."""
        if self.arc:
            return self.arc.identity
        if not self.number:
            return f"@{self.kind}"
        section = self.snapshot.section(self.number).id
        return section if self.kind == "chapter" else f"{section}/summary"

    @property
    def path(self) -> Path:
        """Where it is."""
        if self.arc:
            return self.snapshot.arc_path(self.arc)
        if self.kind == "chapter":
            return self.snapshot.chapter_path(self.number)
        if self.kind == "summary":
            return self.snapshot.summary_path(self.number)
        return self.snapshot.book.bible if self.kind == "bible" else self.snapshot.book.outline

    @property
    def verdict(self) -> Verdict:
        """What it is, and why."""
        if self.arc:
            return self.snapshot.arc_verdict(self.arc)
        if self.kind == "chapter":
            return self.snapshot.chapter_verdict(self.number)
        if self.kind == "summary":
            return self.snapshot.summary_verdict(self.number)
        return self.snapshot.source_verdict(self.path)

    def page(self) -> Page:
        """Return it as it is. Raises BookError where it is missing, or its front matter cannot be read."""
        found = self.snapshot.book.read(self.path)
        if found is None:
            raise BookError(self.path, None, f"{self.name} is missing. Run `doit {self.name}` to have it drafted.")
        frontmatter.check(self.path, found)
        return found

    def stamp(self, record: Record) -> Record:
        """Return the record with the brief as it is now."""
        if self.arc:
            return replace(record, of=self.snapshot.arc_of(self.arc))
        if self.kind == "chapter":
            return replace(record, brief=self.snapshot.brief(self.number).digests())
        if self.kind == "summary":
            chapter = self.snapshot.chapter(self.number)
            return replace(record, of=digest(chapter.body) if chapter else record.of)
        return replace(record, brief={**record.brief, "premise": digest(self.snapshot.premise.idea)})

    def put(self, text: str) -> None:
        """Replace the file by `text`; what was there goes to history."""
        before = files.read_text(self.path)
        if before is not None:
            keep(self.snapshot.book.history, self.identity, before)
        files.replace(self.path, text)


def target(snapshot: Snapshot, text: str) -> Target:
    """Return what `text` names: `7`, `chapter:07`, `summary:07`, `arc:001-010`, `bible`, `outline`, an id or a file.

    Raises SettingsError where it names nothing.
    """
    if text in ("bible", "bible.md"):
        return Target(snapshot, "bible")
    if text in ("outline", "outline.md"):
        return Target(snapshot, "outline")
    sections = snapshot.outline.sections
    if found := ARC.match(text):
        arc = next((arc for arc in snapshot.story.readers if arc.label(snapshot.count) == found[1]), None)
        if arc is not None:
            return Target(snapshot, "arc", arc=arc)
    if found := TARGET.match(text):
        number = int(found[2])
        if 1 <= number <= len(sections):
            return Target(snapshot, "summary" if found[1] == "summary" else "chapter", number)
    name = re.sub(r"^.*/|\.md$", "", text)
    # A file's name has the number before the identity, which may begin with digits itself.
    wanted = (name, re.sub(r"^[0-9]+-", "", name))
    found_ids = (number for stem in wanted for number, section in enumerate(sections, 1) if section.id == stem)
    number = next(found_ids, 0)
    if not number:
        message = f"there is no chapter `{text}`. Name one of the {len(sections)} by its number, its id or its file."
        raise SettingsError(message)
    return Target(snapshot, "summary" if "summaries/" in text else "chapter", number)


def accept(wanted: Target) -> str:
    """Let a file stand for the brief as it is now, and return what was done. Raises BookError."""
    found = wanted.page()
    if found.record is None:
        return f"{wanted.name} is yours already"
    record = wanted.stamp(found.record)
    if record == found.record:
        return f"{wanted.name} stands for its brief already"
    wanted.put(frontmatter.edit(wanted.path, found, {"novelist": record.front()}))
    return f"{wanted.name} stands for its brief as it is now"


def release(wanted: Target) -> str:
    """Give an edited or typed chapter back to the next build, and return what was done. Raises BookError."""
    if wanted.kind != "chapter":
        message = f"only a chapter is released. Delete {wanted.path} to have it drafted again."
        raise SettingsError(message)
    found = wanted.page()
    record = Record(digest(found.body))
    if found.header:
        text = frontmatter.edit(wanted.path, found, {"novelist": record.front()})
    else:
        text = frontmatter.compose({"novelist": record.front()}, found.body)
    wanted.put(text)
    return f"{wanted.name} is released: the next build drafts it again. This text stays in history"


def history_entries(wanted: Target) -> list[Path]:
    """Return the entries of a file's history, the newest first.

    What was released stands in it twice: as it was, and with the mark of the release, which is no text of its own.
    """
    return [
        path for path in entries(wanted.snapshot.book.history, wanted.identity) if not _released(_read(path).record)
    ]


def _released(record: Record | None) -> bool:
    return record is not None and not (record.brief or record.of or record.model)


def restore(wanted: Target, when: str) -> str:
    """Make an earlier text of a file the current one, for the brief as it is now, and return what was done.

    `when` begins the time of an entry; empty, it is the newest one that says something else than the file does now.
    Raises BookError where there is none, or more than one.
    """
    current = wanted.snapshot.book.read(wanted.path)
    now = normalise(current.body) if current else ""
    choices = [path for path in history_entries(wanted) if path.stem.startswith(when)]
    if not when:
        others = (path for path in choices if normalise(_read(path).body) != now)
        choices = list(others)[:1]
    if not choices and not when:
        message = f"{wanted.name} has no text but the one that it has now. There is nothing to bring back."
        raise BookError(wanted.path, None, message)
    if len(choices) != 1:
        what = f"{len(choices)} texts" if choices else "no earlier text"
        time = f" of `{when}`" if when else ""
        message = f"{wanted.name} has {what}{time}. `novelist history {wanted.name}` lists them."
        raise BookError(wanted.snapshot.book.history / wanted.identity, None, message)
    old = _read(choices[0])
    front: dict[str, object] = {}
    if old.record is not None:
        front["novelist"] = wanted.stamp(old.record).front()
        if wanted.kind == "chapter":
            front = {**front_of(wanted.snapshot, wanted.number), **front}
    text = files.read_text(choices[0]) or ""
    wanted.put(frontmatter.edit(wanted.path, old, front) if front else text)
    return f"{wanted.name} is again as it was at {choices[0].stem}; what it replaced is in history"


def _read(path: Path) -> Page:
    return frontmatter.read(path, frozenset({"novelist"})) or Page({}, "", "")

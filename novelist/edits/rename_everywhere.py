"""A name that its author changes in the whole book: each file as it is to be, with what is known of it.

Texts change; ids, file names, front matter that is the author's, and history keep the old name. What was true to the
book stays true to it, and what was not does not become so. Plans it in a copy: changes nothing itself, asks no model.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import frontmatter, notes, reviews
from novelist.book.frontmatter import Page
from novelist.book.paths import NAME
from novelist.book.record import UNSURE
from novelist.edits.assembly import assembled
from novelist.edits.journal import NewText
from novelist.edits.renamed_outline import check_same
from novelist.edits.renamed_texts import Texts
from novelist.edits.renames import presume
from novelist.edits.stamping import copied, held, of_body, remarked
from novelist.errors import BookError
from novelist.targets.read import section_mark
from novelist.targets.snapshot import Snapshot
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.book.paths import Book
    from novelist.edits.renamed_texts import Body
    from novelist.targets.target import Target


class RenamePlan(NamedTuple):
    """What is to be done: the bodies that change, all files as they are to be, and what to say of what stays.

    `briefs` are those that chapters were drafted from, as the cache is to have them for their records.
    """

    bodies: dict[Path, Body]
    texts: list[NewText]
    notes: list[str]
    briefs: dict[Path, str]


def rename_plan(snapshot: Snapshot, old: str, new: str) -> RenamePlan:
    """Return what becomes of a book in which `new` stands for `old`. Raises NovelistError where that may not be."""
    snapshot.premise  # noqa: B018 - looks at the folders of the book, before any file is read
    if snapshot.outlined:
        presume(snapshot)
    with snapshot.foreseen(), TemporaryDirectory() as folder:
        texts = Texts(snapshot, old, new)
        copy = _Copy(snapshot, texts, Path(folder))
        files = list(copy.files())
        notes = list(texts.notes())
    for file in files:
        if snapshot.book.files.is_read_only(file.path):
            message = "it is read-only, so its text is to stay. Make it writable, or rename in the other files by hand."
            raise BookError(file.path, None, message)
    return RenamePlan(texts.bodies, files, notes, copy.briefs)


class _Copy:
    """A copy of a book with the new name in it, by which records are made."""

    def __init__(self, snapshot: Snapshot, texts: Texts, folder: Path) -> None:
        self._snapshot = snapshot
        self._texts = texts
        # By file, keys of our own in front matter that follow; at first those that an outline is read by.
        self._fronts: dict[Path, dict[str, object]] = {}
        self.briefs: dict[Path, str] = {}
        for target in _targets(snapshot):
            page = texts.pages.get(target.path)
            title = page.front.get("title") if page is not None and page.record is not None else None
            if title and title == target.front().get("title"):
                self._fronts[target.path] = {"title": texts.renaming.renamed(str(title))}
        self._book = copied(snapshot.book, folder, self._text)

    def files(self) -> Iterator[NewText]:
        """Yield each file that becomes another one."""
        book, after = self._snapshot.book, Snapshot(self._book)
        after.renamed_ids = self._snapshot.renamed_ids
        identities = {book.premise: "@premise"}
        with after.foreseen():
            self._check_outline(after)
            for target, renamed in zip(_targets(self._snapshot), _targets(after), strict=True):
                if target.path != book.premise:
                    identities[target.path] = target.identity
                    self._fronts[target.path] = self._front(target, renamed)
        for path, page in self._texts.pages.items():
            if page.record is not None and path not in identities:  # a section that is gone may come back
                record = of_body(page.record, page.body, self._body(path))
                self._fronts[path] = {"novelist": record.front()} if record != page.record else {}
            before = book.files.read_text(path) or ""
            if (text := self._text(path, before)) != before:
                identity = identities.get(path) or _identity(book, path)
                yield NewText(path, before, text, identity if path in self._texts.bodies else "", self._body(path))
                self._book.files.replace(self._book.root / path.relative_to(book.root), text)
        target = self._snapshot.book_text
        if self._snapshot.outlined and target.verdict().settled:
            last = Snapshot(self._book)
            last.renamed_ids = self._snapshot.renamed_ids
            before, text = book.files.read_text(book.text) or "", assembled(last)
            if text != before:
                yield NewText(book.text, before, text, "", "")

    def _check_outline(self, after: Snapshot) -> None:
        """Raise BookError where the outline would be read otherwise, but for the name."""
        if not self._snapshot.outlined:
            return
        try:
            outline = after.outline
        except BookError as error:
            message = (
                f"with the new name it would say what it cannot ({error.message.rstrip('.')}). Rename in it by hand."
            )
            raise BookError(self._snapshot.book.outline, error.line, message) from error
        check_same(self._snapshot, outline)

    @cached_property
    def _marks(self) -> dict[str, str]:
        """The marks of notes and findings as they are to be, by what they were."""
        book = self._snapshot.book
        marks: dict[str, str] = {}
        for path, body in self._texts.bodies.items():
            if path.parent in (book.notes, book.reviews):
                remarks = notes.read if path.parent == book.notes else _findings
                old, new = remarks(body.before), remarks(body.after)
                # Two that become one are one from then on.
                new = new if len(new) == len(old) else list(map(self._texts.renaming.renamed, old))
                marks |= dict(zip(notes.marks(old), notes.marks(new), strict=True))
        return marks

    def _body(self, path: Path) -> str:
        body = self._texts.bodies.get(path)
        return self._texts.pages[path].body if body is None else body.after

    def _text(self, path: Path, text: str) -> str:
        """Return the text of a file with its new body and what follows in its front matter."""
        page = self._texts.pages.get(path)
        if page is None:
            return text
        front = self._fronts.get(path, {})
        new = Page(page.front, page.header, self._body(path))
        return frontmatter.edit(path, new, front) if front else page.header + new.body

    def _front(self, target: Target, renamed: Target) -> dict[str, object]:
        """Return the keys of our own in the front matter of a target that are others with the new name."""
        page = self._texts.pages.get(target.path)
        if page is None or page.record is None:
            return {}
        body = self._body(target.path)
        record = held(target, renamed, of_body(page.record, page.body, body))
        if record.asked or record.raised:
            record = remarked(record, {**self._marks, **_sections(target, renamed)})
        if target.kind == "chapter":
            book = self._snapshot.book
            sent = book.files.read_text(book.brief_as_sent(target.identity, page.record.brief))
            if sent is not None:
                self.briefs[book.brief_as_sent(target.identity, record.brief)] = self._texts.renaming.renamed(sent)
        front: dict[str, object] = {} if record == page.record else {"novelist": record.front()}
        for key, value in target.front().items():
            now = renamed.front()[key]
            if value != now and str(page.front.get(key, "")) == str(value):
                front[key] = now
        words = count_words(body)
        if page.front.get("words") == str(count_words(page.body)) != str(words):
            front["words"] = words
        unsure = page.front.get(UNSURE)
        if isinstance(unsure, str) and (said := self._texts.renaming.renamed(unsure)) != unsure:
            front[UNSURE] = said
        return front


def _sections(before: Target, after: Target) -> dict[str, str]:
    """Return the marks of the sections of an outline as they are to be, by what they were, for what knows those."""
    if before.kind != "read":
        return {}
    pairs = zip(before.inputs.outline.sections, after.inputs.outline.sections, strict=True)
    return {section_mark(one): section_mark(other) for one, other in pairs}


def _findings(text: str) -> list[str]:
    """Return what each finding in a review is known by: what it quotes, else what it says."""
    return [entry.quotes[0] if entry.quotes else entry.what for entry in reviews.read(text)]


def _targets(snapshot: Snapshot) -> Sequence[Target]:
    every = snapshot.drafts() if snapshot.outlined else [*snapshot.sources, *snapshot.voice]
    judged: list[Target] = [] if snapshot.premise.review or not snapshot.outlined else [*snapshot.reviewed]
    judged += [snapshot.reading] if snapshot.reading.info is not None else []
    return [*(target for target in every if not target.shares_file), *judged]


def _identity(book: Book, path: Path) -> str:
    """Return what a file goes by in history that is no target's: a note, or what is of no chapter."""
    if path.parent == book.notes and (match := NAME.match(path.name)):
        return f"{match[1]}/notes"
    return f"@{path.parent.name}-{path.stem}"

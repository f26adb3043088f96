"""What the tasks of a book do, once doit has found that there is something to do.

Knows a snapshot, and whom to ask for each target. What drafts is imported when it is needed: an idle build does
without. Knows no doit.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book.paths import copy_template
from novelist.commands import command
from novelist.errors import NovelistError, WriterError
from novelist.targets.verdict import Verdict
from novelist.terminal.lines import on_terminal
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.drafting.confirm import Confirmation
    from novelist.drafting.session import Session
    from novelist.export.formats import Export
    from novelist.export.manuscript import Manuscript
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.target import Target
    from novelist.terminal.progress import Progress


class Actions:
    """What can be done in one build."""

    def __init__(self, snapshot: Snapshot, show: Progress) -> None:
        self.book = snapshot.book
        self.snapshot = snapshot
        self.show = show
        self._noted: set[str] = set()
        self._process = os.getpid()

    @cached_property
    def session(self) -> Session:
        """What the drafts of this build share, once there is one to be made."""
        from novelist.drafting.session import Session  # noqa: PLC0415 - an idle build needs nothing of what a draft does

        return Session(self.snapshot, self.show)

    @cached_property
    def confirmation(self) -> Confirmation:
        """A person's word for this build."""
        from novelist.drafting import plan  # noqa: PLC0415 - as above
        from novelist.drafting.confirm import Confirmation  # noqa: PLC0415

        return Confirmation(self.snapshot, self.show, partial(plan.again, self.session))

    def left(self) -> list[tuple[str, str]]:
        """Return what was left as it is for want of a person's word, or by it: a name and what is said of it."""
        return self.confirmation.left() if "confirmation" in vars(self) else []

    def close(self) -> None:
        """Let the model go."""
        if "session" in vars(self):
            self.session.close()

    def total(self, selected: Sequence[str]) -> str:
        """Return in one line what is sure to be drafted for the tasks `selected`; the rest is asked for later.

        On a terminal, a line above it says what an outline is read as that a person wrote, while nothing follows it.
        """
        from novelist.drafting import plan  # noqa: PLC0415 - as above

        try:
            steps = plan.dry_run(self.session, self.show.last, selected).until(selected)
        except NovelistError:
            return ""  # whatever is wrong is told where it stops the build
        return ".\n".join(filter(None, [self._outline_as_read(), plan.total(steps)])) if steps.sure else ""

    def _outline_as_read(self) -> str:
        """Return in one line how much an outline holds that a person wrote, where no chapter is there yet to tell."""
        if not self.snapshot.outlined or not on_terminal(sys.stdout) or self.book.by_id(self.book.chapters):
            return ""
        info, outline = self.book.info(self.book.outline), self.snapshot.outline
        if info is None or info.record is not None:
            return ""
        parts = f" in {counted(len(outline.parts), 'part')}" if outline.parts else ""
        return f"{self.book.outline} is read as {counted(len(outline.sections), 'chapter')}{parts}"

    def draft(self, target: Target) -> str:
        """Bring a target up to date, where it is shown how much of the book is still to come."""
        from novelist.drafting.parallel import bring_with_others  # noqa: PLC0415 - as above

        if target.number:
            self.show.at_chapter(target.number, self.snapshot.count, self.missing)
        try:
            # What one process of `doit -n` has begun, another one cannot end.
            own = os.getpid() == self._process
            line = bring_with_others(self.session, target, self.confirmation, ahead=own)
            # What another process of `doit -n` has left as it is, this one's reporter does not know at the end.
            return line or ("" if own else "".join(what for _, what in self.confirmation.left()))
        except WriterError as error:
            if self._is_missed(target):
                raise
            return f"waits for the next build: {error}"

    def _is_missed(self, target: Target) -> bool:
        """Say whether the build is not to go on without a target.

        It does without a first summary of which no chapter that is still to be drafted would be told.
        """
        if target.kind == "review":
            return self.snapshot.is_asked(target.kind)
        if target.info is not None or not target.waits or self.snapshot.is_asked(target.kind):
            return True
        later = self.snapshot.chapters[target.turn - 1 :]
        return any(chapter.verdict().drafts for chapter in later if chapter.number <= self.show.last)

    @cached_property
    def missing(self) -> list[int]:
        """The chapters that had no file when the first one's turn came; `files` has given each file its name."""
        return [chapter.number for chapter in self.snapshot.chapters if not chapter.destination.exists()]

    def copy(self) -> str:
        """Make the sample book."""
        source = self.book.template or Path()
        copy_template(source, self.book.root)
        return f"copied from {source.name}/ to {self.book.root}/"

    def copied(self) -> Verdict:
        """Return whether there is a premise."""
        there = self.book.premise.is_file()
        return Verdict("yours", "it is there") if there else Verdict("missing", "it is missing")

    def follow(self) -> str:
        """Have the files follow the outline, and return what was renamed and put away."""
        from novelist.edits.follow import follow, respell  # noqa: PLC0415 - as above
        from novelist.edits.new_names import respelled  # noqa: PLC0415
        from novelist.edits.renames import rename_plan  # noqa: PLC0415

        plan = rename_plan(self.snapshot)
        follow(self.snapshot, plan)
        renames = [
            f"{old.name} is now {new.name}" for old, new in plan.renames.items() if new.parent == self.book.chapters
        ]
        removals = [f"{path.name} is in {self.book.history / identity}/" for path, identity in plan.removals.items()]
        texts = respelled(self.snapshot)
        respell(self.snapshot, texts)
        names = [f"{counted(len(texts), 'file')} went along with the names that you changed"] if texts else []
        return "; ".join([*renames, *removals, *names])

    def followed(self) -> Verdict:
        """Return whether the files follow the outline."""
        if not self.book.outline.is_file():
            return Verdict("missing", "there is no outline yet")
        from novelist.edits.renames import rename_plan  # noqa: PLC0415 - while there is no outline, no file follows it

        if rename_plan(self.snapshot):
            return Verdict("stale", "files do not follow the outline yet")
        if self.keeps_edited:
            from novelist.edits.new_names import respelled  # noqa: PLC0415 - an idle build has no names to look for

            if respelled(self.snapshot):
                return Verdict("stale", "files do not have the names yet that you changed")
        return Verdict("fresh", "they do")

    @property
    def keeps_edited(self) -> bool:
        """Whether a chapter is kept that a hand has edited, and something that it is written from."""
        return any(
            (info := chapter.info) is not None and info.edited and chapter.verdict().state == "kept"
            for chapter in self.snapshot.chapters
        )

    def assemble(self) -> str:
        """Put book.md together; a text in it that a hand has edited goes to history."""
        from novelist.edits import assembly  # noqa: PLC0415 - as above
        from novelist.language.lengths import length  # noqa: PLC0415 - as above

        if line := assembly.put_together(self.snapshot):
            self.show.line(line)
        words = length(assembly.words(self.snapshot), self.snapshot.premise.language)
        self.show.done("book", f"assembled: {counted(self.snapshot.count, 'chapter')}, {words}")
        self.show.line(f"The book is {self.book.text}.")
        if self.session.rehearsed and not self.touched:
            self.show.line(self.remedy())
        return ""

    @cached_property
    def manuscript(self) -> Manuscript:
        """The book as it is exported; it is read once for all formats."""
        from novelist.export import reading  # noqa: PLC0415 - as above

        book = reading.read(self.snapshot)
        if not book.tag:
            from novelist.book.settings import place  # noqa: PLC0415 - as above

            where, language = place(self.book.premise, "language"), self.snapshot.premise.language
            self.note(
                f"{where}: `language: {language}` is no code such as `en` or `pt-BR`, so exports name no language."
            )
        return book

    def note(self, line: str) -> None:
        """Say once what may come up in each format."""
        if line not in self._noted:
            self._noted.add(line)
            self.show.line(line)

    def export(self, export: Export, known: Mapping[str, Any]) -> dict[str, Any]:
        """Make one format of the book, and return what is to be known of it."""
        from novelist.language.lengths import length  # noqa: PLC0415 - as above

        self.show.work()
        about = export.make(self.manuscript, known, self.note)
        size = f"{about['size'] / 1_000_000:.1f} MB" if about["size"] >= 1_000_000 else f"{about['size'] / 1000:.0f} kB"
        words = length(self.manuscript.words, self.snapshot.premise.language)
        line = f"{counted(self.snapshot.count, 'chapter')}, {words}, {size}"
        self.show.done(export.format, f"{export.path}: {line}")
        return about

    @property
    def touched(self) -> bool:
        """Whether a hand has had a part in what is drafted: nobody is told to remove that."""
        infos = (target.info for target in (*self.snapshot.sources, *self.snapshot.voice, *self.snapshot.chapters))
        return any(info is not None and (info.record is None or info.edited) for info in infos)

    def remedy(self) -> str:
        """Return how to have the book written by a real model after a rehearsal."""
        import shlex  # noqa: PLC0415 - only a rehearsal says it

        root = self.book.root
        voice = [target.path.name for target in self.snapshot.voice if target.info is not None]
        names = ("bible.md", "outline.md", *voice, "chapters", "summaries")
        drafts = shlex.join(str(root / name) for name in names)
        return (
            f"To have Kimi write it: put MOONSHOT_API_KEY=… (from platform.kimi.ai) into {root / '.env'}, "
            f"remove the rehearsal (rm -r {drafts}), and run `{command('doit')}` again."
        )

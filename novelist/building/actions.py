"""What the tasks of a book do, once doit has found that there is something to do.

Knows a build, and whom to ask for each kind of file. What drafts is imported when it is needed: an idle build needs
nothing of it. Knows no doit.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book.paths import copy_template
from novelist.errors import NovelistError
from novelist.targets.verdict import Verdict
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from novelist.drafting.session import Session
    from novelist.export.formats import Export
    from novelist.export.manuscript import Manuscript
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.story import Arc
    from novelist.terminal.progress import Progress


class Actions:
    """What can be done in one build."""

    def __init__(self, snapshot: Snapshot, show: Progress) -> None:
        self.book = snapshot.book
        self.snapshot = snapshot
        self.show = show
        self._noted: set[str] = set()

    @cached_property
    def session(self) -> Session:
        """Where drafts are made, once there is one to be made."""
        from novelist.drafting.session import Session  # noqa: PLC0415 - an idle build needs nothing of what a draft does

        return Session(self.snapshot, self.show)

    def close(self) -> None:
        """Let the model go."""
        if "desk" in vars(self):
            self.session.close()

    def total(self, selected: Sequence[str]) -> str:
        """Return in one line what is sure to be drafted for the tasks `selected`; the rest needs consent, later."""
        from novelist.drafting import plan  # noqa: PLC0415 - as above

        try:
            found = plan.dry_run(self.session, self.show.last).until(selected)
        except NovelistError:
            return ""  # whatever is wrong is told where it stops the build
        return plan.total(found) if found.sure else ""

    def draft(self, kind: str, number: int) -> str:
        """Bring a chapter or its summary up to date, where it is shown how much of the book is still to come."""
        from novelist.drafting import chapters, summaries  # noqa: PLC0415 - as above

        self.show.at_chapter(number, self.snapshot.count, self.missing)
        return (chapters.chapter if kind == "chapter" else summaries.summary)(self.session, number)

    def sum_up(self, arc: Arc) -> str:
        """Bring an arc up to date."""
        from novelist.drafting import summaries  # noqa: PLC0415 - as above

        return summaries.arc(self.session, self.snapshot.arc(arc))

    @cached_property
    def missing(self) -> list[int]:
        """The chapters that had no file when the first one's turn came; `files` has given each file its name."""
        numbers = range(1, self.snapshot.count + 1)
        return [number for number in numbers if not (self.book.chapters / self.snapshot.name(number)).exists()]

    def copy(self) -> str:
        """Make the sample book."""
        source = self.book.template or Path()
        copy_template(source, self.book.root)
        return f"copied from {source.name}/ to {self.book.root}/"

    def source(self, judge: Callable[[], Verdict], name: str) -> str:
        """Draft the bible or the outline, where there is none."""
        from novelist.drafting import planning  # noqa: PLC0415 - as above

        verdict = judge()
        if not verdict.drafts:
            return f"kept: {verdict.reason}"
        return (planning.bible if name == "bible" else planning.outlined)(self.session)

    @staticmethod
    def there(path: Path) -> Callable[[], Verdict]:
        """Return who says whether the file at `path` is there."""
        return lambda: Verdict("yours", "it is there") if path.is_file() else Verdict("missing", "it is missing")

    def follow(self) -> str:
        """Have the files follow the outline, and return what was renamed and put away."""
        from novelist.edits import follow  # noqa: PLC0415 - as above

        renames_plan = follow.rename_plan(self.snapshot)
        follow.follow(self.snapshot, renames_plan)
        done = [
            f"{old.name} is now {new.name}"
            for old, new in renames_plan.renames.items()
            if new.parent == self.book.chapters
        ]
        done += [
            f"{path.name} is in {self.book.history / identity}/" for path, identity in renames_plan.removals.items()
        ]
        return "; ".join(done)

    def followed(self) -> Verdict:
        """Return whether the files follow the outline."""
        if not self.book.outline.is_file():
            return Verdict("missing", "there is no outline yet")
        from novelist.edits import follow  # noqa: PLC0415 - while there is no outline, no file follows it

        renames_plan = follow.rename_plan(self.snapshot)
        return Verdict("stale", "files do not follow the outline yet") if renames_plan else Verdict("fresh", "they do")

    def assemble(self) -> str:
        """Put book.md together; a text in it that a hand has edited goes to history."""
        from novelist.book import files  # noqa: PLC0415 - as above
        from novelist.book.history import BOOK, keep  # noqa: PLC0415
        from novelist.edits import assembly  # noqa: PLC0415 - as above
        from novelist.targets.snapshot import FRONT  # noqa: PLC0415

        text = assembly.assemble(self.snapshot)
        old = self.book.info(self.book.text)
        if old is not None and (old.record is None or old.edited or old.front.keys() - set(FRONT)):
            mine = files.read_text(self.book.text) or ""
            kept = keep(self.book.history, BOOK, mine)
            where = ", ".join(f"`{title}`" for title in assembly.edited(self.snapshot, mine)) or "no chapter"
            self.show.line(f"{self.book.text} was edited ({where}). Your text is in {kept}; edit the chapters instead.")
        files.replace(self.book.text, text)
        self.snapshot.forget(self.book.text)
        self.show.done(
            "book", f"assembled: {counted(self.snapshot.count, 'chapter')}, {assembly.words(self.snapshot):,} words"
        )
        self.show.line(f"The book is {self.book.text}.")
        if self.session.rehearsed and not self.touched:
            self.show.line(self.remedy())
        return ""

    @cached_property
    def manuscript(self) -> Manuscript:
        """The book as it is exported; it is read once for all formats."""
        from novelist.export import manuscript  # noqa: PLC0415 - as above

        return manuscript.read(self.snapshot)

    def note(self, line: str) -> None:
        """Say once what may come up in each format."""
        if line not in self._noted:
            self._noted.add(line)
            self.show.line(line)

    def bind(self, export: Export, known: Mapping[str, Any]) -> dict[str, Any]:
        """Make one format of the book, and return what is to be known of it."""
        self.show.work()
        made = export.make(self.manuscript, known, self.note)
        size = f"{made['size'] / 1_000_000:.1f} MB" if made["size"] >= 1_000_000 else f"{made['size'] / 1000:.0f} kB"
        told = f"{counted(self.snapshot.count, 'chapter')}, {self.manuscript.words:,} words, {size}"
        self.show.done(export.format, f"{export.path}: {told}")
        return made

    @property
    def touched(self) -> bool:
        """Whether a hand has had a part in what is drafted: nobody is told to remove that."""
        chapters = (self.snapshot.chapter_path(number) for number in range(1, self.snapshot.count + 1))
        found = map(self.book.info, (self.book.bible, self.book.outline, *chapters))
        return any(facts is not None and (facts.record is None or facts.edited) for facts in found)

    def remedy(self) -> str:
        """Return how to have the book written by a real model after a rehearsal."""
        import shlex  # noqa: PLC0415 - only a rehearsal says it

        root = self.book.root
        drafts = shlex.join(str(root / name) for name in ("bible.md", "outline.md", "chapters", "summaries"))
        return (
            f"To have Kimi write it: put MOONSHOT_API_KEY=… (from platform.kimi.ai) into {root / '.env'}, "
            f"remove the rehearsal (rm -r {drafts}), and run `doit` again."
        )

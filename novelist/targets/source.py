"""The idea, the bible and the outline: drafted where they are missing, the author's from then on.

Chapters are made from them. Where chapters are there before them, typed or brought along, they are drafted from what
these tell. Knows no form of any.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.memo import Memo
from novelist.targets.target import Target
from novelist.targets.verdict import Verdict, judge_source
from novelist.text import counted, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.inputs import Inputs
    from novelist.targets.summary import SummaryTarget

UNWANTED = "no chapter that is to be drafted needs it"
UNWRITTEN = "nobody has written it yet"


class SourceTarget(Target):
    """A file that chapters are made from, which a draft only begins."""

    def __init__(
        self,
        inputs: Inputs,
        is_wanted: Callable[[str], bool],
        chapters: Callable[[], Sequence[ChapterTarget]],
        summaries: Callable[[], Sequence[SummaryTarget]],
    ) -> None:
        """Take what says whether sources of a kind are wanted in this run, as a chapter is to be drafted.

        `chapters` returns the chapters, `summaries` those of the chapters that a person typed: both of an outline that
        is there.
        """
        super().__init__(inputs)
        self._is_wanted = is_wanted
        self._chapters = chapters
        self._summaries = summaries

    def told_by(self) -> Sequence[Target]:
        """Return the summaries of the chapters that were there before it, where it is to be drafted."""
        # These are no files that it is made from for doit: to doit, a chapter's file is its task's, and that task waits
        # for this file.
        return self._summaries() if self.inputs.outlined and self.verdict().drafts else ()

    @property
    def _premise(self) -> str:
        return digest(self.inputs.premise.idea)

    def fields(self) -> dict[str, Any]:
        """Return the premise as its digest."""
        return {"brief": {"premise": self._premise}}

    def fits(self, record: Record) -> bool:
        """Say whether it was drafted from this premise."""
        return record.brief.get("premise") == self._premise

    def stamped(self, record: Record) -> Record:
        """Return a record with the premise as it is now."""
        return record._replace(brief={**record.brief, "premise": self._premise})

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict: it is never replaced."""
        return judge_source(info, "" if changed else self._premise)

    def _open(self) -> Verdict:
        """Return the verdict where nobody has written it yet."""
        return Verdict("missing", UNWRITTEN) if self._is_wanted(self.kind) else Verdict("yours", UNWANTED)


class IdeaTarget(SourceTarget):
    """The idea in premise.md, where an import has left it open."""

    kind = "idea"
    about = "what the book is about"
    identity = "@premise"

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.inputs.book.premise

    def verdict(self, *, changed: bool = False) -> Verdict:
        """Return what it is: premise.md has no record."""
        return self.judge(None, changed=changed)

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:  # noqa: ARG002 - as for each kind
        """Return the verdict: what a person wrote is never replaced."""
        return Verdict("yours", "no build writes over it") if self.inputs.premise.idea else self._open()


class BibleTarget(SourceTarget):
    """bible.md."""

    kind = "bible"
    about = "the story bible"
    identity = "@bible"

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.bible

    def sources(self) -> Sequence[Path]:
        """Return the premise."""
        return [self.inputs.book.premise]

    @property
    def unread(self) -> bool:
        """Whether it is missing, and nothing is drafted that would be told of it: a person typed all chapters."""
        if not self.inputs.outlined or self.info is not None or self._is_wanted(self.kind):
            return False
        return all(chapter.typed for chapter in self._chapters())

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict: what a person wrote is never replaced."""
        if info is None and self.unread:
            return Verdict("yours", UNWANTED)
        if info is not None and self.inputs.bible.open:
            return self._open()
        return super().judge(info, changed=changed)


class OutlineTarget(SourceTarget):
    """outline.md."""

    kind = "outline"
    rank = 1
    about = "parts and chapters"
    identity = "@outline"

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.outline

    def sources(self) -> Sequence[Path]:
        """Return the premise and the bible."""
        return [self.inputs.book.premise, self.inputs.book.bible]

    @property
    def drafted_as(self) -> str:
        """How it is drafted: where it is there, only what happens in some of its chapters."""
        return "sections" if self.inputs.outlined else self.kind

    @property
    def untold(self) -> list[int]:
        """The numbers of the chapters of which it says nothing, where there are chapters that it can be known from.

        None that was drafted is among them: it would be drafted again.
        """
        silent = [chapter for chapter in self._chapters() if not chapter.section.text]
        if not silent or not self._is_wanted(self.kind) or not self._summaries():
            return []
        numbers = [chapter.number for chapter in silent if chapter.typed or chapter.info is None]
        return numbers if self._has_place[tuple(numbers)] else []

    @cached_property
    def _has_place(self) -> Memo[tuple[int, ...], bool]:
        """Whether the form that it was begun in has a place for what happens in chapters, by their numbers."""
        return Memo(lambda numbers: self.told(dict.fromkeys(numbers, "It happens.")) is not None)

    def told(self, happens: dict[int, str]) -> str | None:
        """Return its text with what `happens` in chapters, by their numbers; None where it has no place for that."""
        from novelist.book import untold  # noqa: PLC0415 - only an outline that says nothing of a chapter needs it

        text = self.inputs.book.files.read_text(self.path) or ""
        return untold.told(text, self.path, self.inputs.outline, happens)

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict: what a person wrote is never replaced."""
        if info is not None and (untold := self.untold):
            return Verdict("missing", f"it does not say yet what happens in {counted(len(untold), 'chapter')}")
        return super().judge(info, changed=changed)

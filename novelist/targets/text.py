"""book.md: the chapters put together. Knows its verdict; how they are put together is known to edits/assembly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.targets.target import Target
from novelist.targets.verdict import judge_text
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.inputs import Inputs
    from novelist.targets.verdict import Verdict


class TextTarget(Target):
    """The text of the whole book. No model writes it."""

    kind = "book"
    about = "the whole book"
    identity = "@book"

    def __init__(self, inputs: Inputs, chapters: Callable[[], Sequence[ChapterTarget]]) -> None:
        """Take what returns the chapters, in the order of the book."""
        super().__init__(inputs)
        self._chapters = chapters

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.text

    def sources(self) -> Sequence[Path]:
        """Return the premise, the bible, the outline, and the front and back matter."""
        book = self.inputs.book
        return [book.premise, book.bible, book.outline, *(page.path for page in self.inputs.matter)]

    def made_from(self) -> Sequence[Target]:
        """Return the chapters."""
        return self._chapters() if self.inputs.outlined else ()

    def front(self) -> dict[str, object]:
        """Return the title, the author and the language, as far as they are known."""
        premise = self.inputs.premise
        settings = {"title": self.inputs.title, "author": premise.author, "language": premise.language}
        return {key: value for key, value in settings.items() if value}

    def fields(self) -> dict[str, Any]:
        """Return the digest of all that it is put together from."""
        return {"of": self._of()}

    def _of(self) -> str:
        parts = [str(value) for value in self.front().values()]
        for chapter in self._chapters():
            section, part, info = chapter.section, chapter.part, chapter.info
            parts += [part.heading if part else "", section.title, section.id, info.digest if info else ""]
            parts += [] if section.numbered else ["unnumbered"]
        for page in self.inputs.matter:
            parts += ["matter", page.path.name, page.place, page.title, page.info.digest]
        return digest("\n".join(parts))

    def fits(self, record: Record) -> bool:
        """Say whether a text with this record is that of the chapters as they are now."""
        return record.of == self._of()

    def stamped(self, record: Record) -> Record:
        """Return a record of the chapters as they are now."""
        return record._replace(of=self._of())

    def verdict(self, *, changed: bool = False) -> Verdict:
        """Return what its file is: what cannot be read of it is nobody's, and is made anew."""
        return self.judge(self.info, changed=changed)

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict: an edit in it is no edit of the book."""
        return judge_text(info, self.front(), None if changed else self._of())

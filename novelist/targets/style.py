"""The voice: style.md, drafted once from what the author has written elsewhere, the author's from then on.

Chapters alone are told of it. Knows its samples as files and as a digest, and nothing of how they read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.targets.target import NOTHING, Target
from novelist.targets.verdict import Verdict
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.inputs import Inputs


class StyleTarget(Target):
    """style.md."""

    kind = "style"
    rank = 1
    about = "the voice of the book"
    identity = "@style"

    def __init__(self, inputs: Inputs, is_wanted: Callable[[str], bool]) -> None:
        """Take what says whether it is wanted in this run, as a chapter is to be drafted."""
        super().__init__(inputs)
        self._is_wanted = is_wanted

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.book.style

    @cached_property
    def _samples(self) -> list[Path]:
        from novelist.book import samples  # noqa: PLC0415 - few books have any

        book = self.inputs.book
        return samples.paths(book) if book.samples.is_dir() else []

    @property
    def there(self) -> bool:
        """Whether there is a voice, or something to tell it from."""
        return bool(self._samples) or self.info is not None

    @property
    def unread(self) -> bool:
        """Whether it is missing, and nothing is drafted that would be told of it."""
        return self.info is None and not (self._samples and self._is_wanted(self.kind))

    def sources(self) -> Sequence[Path]:
        """Return the samples."""
        return self._samples

    def samples(self) -> list[str]:
        """Return the texts of the samples. Raises FileError."""
        from novelist.book import samples  # noqa: PLC0415 - as above

        return samples.read(self.inputs.book, self._samples)

    @cached_property
    def _of(self) -> str:
        return digest("\n\n".join(self.samples()))

    def fields(self) -> dict[str, Any]:
        """Return the samples as their digest."""
        return {"of": self._of}

    def fits(self, record: Record) -> bool:
        """Say whether it was drafted from these samples."""
        return record.of == self._of

    def stamped(self, record: Record) -> Record:
        """Return a record with the samples as they are now."""
        return record._replace(of=self._of)

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:  # noqa: ARG002 - as for each kind
        """Return the verdict: it is never replaced, also where its samples are no more."""
        if info is None:
            return (
                Verdict("yours", "no chapter that is to be drafted needs it")
                if self.unread
                else Verdict("missing", "nobody has written it yet")
            )
        if info.record is not None and self._samples and self._of not in (NOTHING, info.record.of):
            return Verdict("kept", "it is older than the samples in style/")
        return Verdict("yours", "no build writes over it")

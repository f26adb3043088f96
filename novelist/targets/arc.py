"""An arc: one text for a run of chapters, made from their summaries or from the arcs of shorter runs.

Knows its verdict. Asks no model, and writes nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.errors import BookError
from novelist.targets.digests import story_digest
from novelist.targets.target import Target
from novelist.targets.verdict import Verdict, judge_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.record import PageInfo, Record
    from novelist.targets.inputs import Inputs
    from novelist.targets.story import Run


class ArcTarget(Target):
    """The arc of a run, which may have been planned before there was an outline."""

    kind = "arc"
    plural, rank = "arcs", 4
    if_changed = "only if a text in it changes"
    waits = True

    def __init__(
        self,
        inputs: Inputs,
        planned: Run,
        telling: Callable[[Run | int], Target],
        needless: Callable[[Run], bool],
    ) -> None:
        """Take what returns the target that tells of a run, or of a chapter by its number.

        `needless` says whether no chapter wants the arc of a run.
        """
        super().__init__(inputs)
        self._planned = planned
        self._telling = telling
        self._needless = needless

    @property
    def run(self) -> Run:
        """The chapters that it tells. Raises BookError where the outline has come to have fewer."""
        run = self.inputs.story.same(self._planned)
        if run is None:
            arc = f"a summary of {self._planned.first} to {self._planned.last}"
            message = f"it has {self.inputs.count} chapters, so no chapter reads {arc}. Ask for another."
            raise BookError(self.inputs.book.outline, None, message)
        return run

    @property
    def name(self) -> str:
        """The name of its task: `arc:001-010`."""
        return f"arc:{self._planned.label(self.inputs.count)}"

    @property
    def about(self) -> str:
        """What it is."""
        return f"what is left of chapters {self._planned.first} to {self._planned.last}"

    @property
    def identity(self) -> str:
        """Its identity, which no chapter can have."""
        return self.run.identity

    @property
    def path(self) -> Path:
        """Where it is, or is to be."""
        return self.inputs.arc_files.get(self.run, self.destination)

    @property
    def destination(self) -> Path:
        """Where it will be once the files follow the outline."""
        return self.inputs.book.summaries / self.run.file_name(self.inputs.count)

    @property
    def turn(self) -> int:
        """The number of the chapter that is the first to be told it."""
        return self.reader

    @property
    def reader(self) -> int:
        """The number of the chapter that is the first to be told it; of one that none is told, the next one's."""
        return self.inputs.story.readers.get(self.run, self.run.last + 1)

    def made_from(self) -> Sequence[Target]:
        """Return the summaries or arcs that it sums up, in order."""
        return list(map(self._telling, self.run.of))

    def fields(self) -> dict[str, Any]:
        """Return the digest of the texts in it, and the identities of what it covers."""
        run = self.run
        return {"of": self._of(), "covers": run.covers, "level": run.level}

    def _of(self) -> str:
        return story_digest(map(self.inputs.text_digests.__getitem__, self.made_from()))

    def fits(self, record: Record) -> bool:
        """Say whether an arc with this record is of the texts as they are now."""
        return record.of == self._of()

    def stamped(self, record: Record) -> Record:
        """Return a record of the texts as they are now."""
        return record._replace(of=self._of())

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict."""
        if info is None and not changed and self.unread:
            return Verdict("fresh", "each chapter after it was told the summaries themselves")
        what = "an arc in it" if self.run.parts else "a summary in it"
        return judge_summary(info, None if changed else self._of(), what)

    @cached_property
    def unread(self) -> bool:
        """Whether it is missing and nothing wants it. What a run begins with counts all through it."""
        return self.inputs.outlined and self.info is None and self._needless(self.run)

    def returns(self, verdict: Verdict) -> bool:  # noqa: ARG002 - as for each kind
        """Say that an earlier arc of the same texts is as good as a new one."""
        return True

"""A target: a file that a build keeps true to what it is made from.

Knows what every kind of target can be asked: its task, its identity in history, where it is, what it is made from, its
verdict, and its record as it would be now. Asks no model, and writes nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from novelist.targets.verdict import Verdict
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.record import PageInfo, Record
    from novelist.targets.brief import Brief
    from novelist.targets.inputs import Inputs

NOTHING = digest("")


class Target(ABC):
    """One file that a build keeps true; there is one object for each in a snapshot.

    `kind` is its task's; `number` is that of its chapter, 0 where it is of none.
    """

    kind: ClassVar[str]
    singular: ClassVar[str] = ""  # what one is called; empty where that is its kind
    plural: ClassVar[str] = ""  # what several are called; empty where there is one
    rank: ClassVar[int] = 0  # where its kind stands in a count of drafts
    releasable: ClassVar[bool] = False  # whether `novelist release` gives it back to be drafted
    if_changed: ClassVar[str] = ""  # why it is drafted where what it is made from comes to change
    surely_new: ClassVar[bool] = False  # whether what is drafted differs from what was there before
    waits: ClassVar[bool] = False  # whether the book goes on without it where nobody can write it
    shares_file: ClassVar[bool] = False  # whether its file is another target's, which that makes
    number: int = 0

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    @property
    def name(self) -> str:
        """The name of its task: `chapter:07`, `arc:001-010`, `bible`."""
        return self.kind

    @property
    def unread(self) -> bool:
        """Whether it is missing, and nothing wants it."""
        return False

    @property
    def drafted_as(self) -> str:
        """The name of the module in drafting/ that has it written."""
        return self.kind

    @property
    def turn(self) -> int:
        """The number of the chapter at whose turn it is drafted; 0 is before all of them."""
        return self.number

    @property
    @abstractmethod
    def about(self) -> str:
        """What it is, as `doit list` says it."""

    @property
    @abstractmethod
    def identity(self) -> str:
        """Its identity in history. Raises BookError where no outline names it yet."""

    @property
    @abstractmethod
    def path(self) -> Path:
        """Where it is, or is to be."""

    @property
    def destination(self) -> Path:
        """Where it will be once the files follow the outline, whatever its file is called now."""
        return self.path

    def sources(self) -> Sequence[Path]:
        """Return the files beside other targets that it is made from."""
        return ()

    def made_from(self) -> Sequence[Target]:
        """Return the targets that it is made from."""
        return ()

    def told_by(self) -> Sequence[Target]:
        """Return the targets that are brought up to date right before it is drafted, whatever their own turn."""
        return ()

    @abstractmethod
    def fields(self) -> dict[str, Any]:
        """Return the fields of the record that a draft would have now."""

    def fields_by(self, record: Record) -> dict[str, Any]:
        """Return the fields that a record would have now by its own form: without what came into records later."""
        fields = self.fields()
        if "brief" in fields:
            fields["brief"] = {part: now for part, now in fields["brief"].items() if part in record.brief}
        return fields

    @abstractmethod
    def fits(self, record: Record) -> bool:
        """Say whether a text with this record was written from what it would be written from now."""

    @abstractmethod
    def stamped(self, record: Record) -> Record:
        """Return a record with what the target is made from as it is now."""

    @abstractmethod
    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict on a file of which `info` is known; `changed`: as if what it is made from had changed."""

    def lands(self, record: Record) -> bool:
        """Say whether a waiting draft with this record may take its place."""
        return self.fits(record)

    def let_stand(self, record: Record) -> Record | None:  # noqa: ARG002 - only of chapters a person is asked
        """Return a record that says that a person has let the file stand for what it is told now."""
        return None

    def returns(self, verdict: Verdict) -> bool:  # noqa: ARG002 - some kinds ask it
        """Say whether an earlier draft that fits takes its place, rather than a new one."""
        return False

    def brief(self) -> Brief | None:
        """Return what it must honour, where a record has that part by part."""
        return None

    def front(self) -> dict[str, object]:
        """Return what the outline says in its front matter; None is a key that it is not to have."""
        return {}

    @property
    def info(self) -> PageInfo | None:
        """What is to be known of its file, or None where there is none. Raises BookError."""
        return self.inputs.info(self.path)

    @property
    def edited(self) -> bool:
        """Whether a hand has edited it since it was drafted."""
        info = self.info
        return info is not None and info.edited

    def page(self) -> Page | None:
        """Return its file, or None where there is none. Raises BookError."""
        return self.inputs.book.read(self.path)

    def text(self) -> str:
        """Return its text, an empty one where it is missing."""
        page = self.page() if self.info is not None else None  # nothing is opened for what is known not to be there
        return "" if page is None else page.body

    def digest(self) -> str:
        """Return the digest of its text, of an empty one where it is missing, without reading it."""
        info = self.info
        return NOTHING if info is None else info.digest

    def verdict(self, *, changed: bool = False) -> Verdict:
        """Return what its file is, and why; with `changed`, what it would be if what it is made from changed."""
        info = self.info
        if info is not None and info.damage is not None:
            # What cannot be read is taken for the author's, and that is said.
            line, what = info.damage
            return Verdict("kept", f"{self.path}:{line}: {what}, so it is taken for yours. Put it right")
        verdict = self.judge(info, changed=changed)
        if verdict.state == "stale" and self.inputs.book.files.is_read_only(self.path):
            return Verdict("kept", f"you made it read-only; {verdict.reason}", verdict.changed)
        return verdict

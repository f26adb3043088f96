"""What a reading of the book proposes for a section of the outline, put there. Asks no model.

The finding is crossed out in reviews/book.md, as a person would do it, so that it is not offered again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.edits.resection import put, sections_there, with_sections
from novelist.edits.striking import strike
from novelist.errors import BookError

if TYPE_CHECKING:
    from novelist.book.outline import Section
    from novelist.targets.read import Proposed
    from novelist.targets.snapshot import Snapshot


class Application:
    """One proposal, on its way into the outline that was read when this was made."""

    def __init__(self, snapshot: Snapshot, proposed: Proposed) -> None:
        """Raise BookError for a proposal that is not open, and where the outline has no place for it."""
        path, called = snapshot.book.reading, f"proposal {proposed.number}"
        if proposed.state == "done":
            message = f"{called} is crossed out, or the outline says so already. `novelist apply` lists what is left."
            raise BookError(path, None, message)
        if proposed.state == "changed":
            message = (
                f"{called} is about a section that has changed since the book was read. Change outline.md yourself; "
                "what was proposed stands in reviews/book.md."
            )
            raise BookError(path, None, message)
        if proposed.state == "gone":
            message = f"{called} is about a section that the outline has no more. Change outline.md yourself."
            raise BookError(path, None, message)
        self._snapshot = snapshot
        self._entries = snapshot.reading.entries()
        self.proposed = proposed
        self._text, there = sections_there(snapshot)
        self.old = there.sections[proposed.section - 1]
        self.new: Section = replace(self.old, text=proposed.text)
        self._now = with_sections(snapshot, self._text, there, {proposed.section: self.new})

    def put(self) -> bool:
        """Put it into the outline, and return whether its finding could be crossed out.

        Where it could not, or this is killed between the two, the outline says so already, and it is offered no more.
        """
        put(self._snapshot, self._text, self._now)
        return strike(self._snapshot.reading, self._entries, self.proposed.place) is not None

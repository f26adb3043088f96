"""Why a file is what it is, and what has changed of what it was written from, as data. Asks no model.

What has changed is known as far as the cache and the history still have it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from novelist.targets.changes import briefs, changes
from novelist.targets.chapter import ChapterTarget
from novelist.targets.status import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.targets.changes import Change
    from novelist.targets.target import Target

VERSION = 1  # of the JSON


@dataclass(frozen=True)
class Why:
    """What a file is, and why: what it is told otherwise, one by one, or else the lines of one difference."""

    of: str
    state: str
    said: str
    reason: str
    changes: Sequence[Change] = ()
    difference: Sequence[str] = ()

    def json(self) -> dict[str, Any]:
        """Return it for programs. Within a version, keys are added and never taken away."""
        return {
            "version": VERSION,
            "of": self.of,
            "state": self.state,
            "reason": self.reason,
            "changes": [
                {"what": change.what, "old": list(change.old), "new": list(change.new)} for change in self.changes
            ],
            "difference": list(self.difference),
        }


def why(target: Target) -> Why:
    """Return why a file is what it is. Raises BookError."""
    verdict, info = target.verdict(), target.info
    revised = verdict.state == "stale" and not verdict.ripples and target.kind == "revise"
    state = "to be revised" if revised else said(verdict)
    about = target.name, verdict.state, state, verdict.reason
    if not verdict.changed or info is None or info.record is None:
        return Why(*about)
    if isinstance(target, ChapterTarget) and verdict.ripples:
        return Why(*about, changes=changes(target, info.record, verdict.changed))
    sent, now = (text.splitlines() for text in briefs(target) or ("", ""))
    return Why(*about, difference=list(difflib.unified_diff(sent, now, "drafted from", "now", lineterm="")))

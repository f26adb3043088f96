"""A file's record and the brief as it is now: a verdict with its reason.

Pure. Knows the rules of what is drafted and what is left alone; reads and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.page import Page

State = Literal["missing", "fresh", "stale", "kept", "yours"]

CHANGED = {
    "section": "its outline section changed",
    "bible": "what the bible says of it changed",
    "settings": "the settings changed",
    "story": "the story before it changed",
}


@dataclass(frozen=True)
class Verdict:
    """What a file is, and why."""

    state: State
    reason: str

    @property
    def drafts(self) -> bool:
        """Whether the file is to be drafted."""
        return self.state in ("missing", "stale")

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do and nothing to report."""
        return self.state in ("fresh", "yours")


def judge_chapter(page: Page | None, brief: Mapping[str, str], *, redraft: bool) -> Verdict:
    """Return the verdict on a chapter, given the digests of its brief; `redraft` is false under `stale: keep`."""
    if page is None:
        return Verdict("missing", "it is missing")
    record = page.record
    if record is None:
        return Verdict("yours", "you wrote it")
    changed = [CHANGED[part] for part, now in brief.items() if record.brief.get(part) != now]
    if not changed:
        return Verdict("fresh", "its brief is as it was" + (", and you edited it" if page.edited else ""))
    why = "; ".join(changed)
    if page.edited:
        return Verdict("kept", f"you edited it; {why}")
    if not redraft:
        return Verdict("kept", f"`stale: keep`; {why}")
    return Verdict("stale", why)


def judge_summary(page: Page | None, chapter: Page | None) -> Verdict:
    """Return the verdict on the summary of `chapter`."""
    if page is None:
        return Verdict("missing", "it is missing")
    record = page.record
    if record is None:
        return Verdict("yours", "you wrote it")
    if chapter is not None and record.of == digest(chapter.body):
        return Verdict("fresh", "its chapter is as it was")
    if page.edited:
        return Verdict("kept", "you edited it; its chapter changed")
    return Verdict("stale", "its chapter changed")

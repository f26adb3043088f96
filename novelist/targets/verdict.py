"""A file's record and the brief as it is now: a verdict with its reason.

Pure. Knows the rules of what is drafted and what is left alone; reads and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from novelist.targets.digests import changed_parts
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.book.record import PageInfo, Record

State = Literal["missing", "fresh", "stale", "kept", "yours"]

CHANGED = {
    "section": "its part of the outline changed",
    "part": "what the outline says of its part changed",
    "bible": "what the bible says of it changed",
    "rules": "a rule in the bible changed",
    "style": "the voice in style.md changed",
    "settings": "the length, the language or a prompt changed",
    "story": "the story before it changed",
}


class Verdict(NamedTuple):
    """What a file is, and why; `changed` are the parts of its brief that are no longer what it was written from.

    A stale chapter `ripples` where it is adapted to what changed by edits, and not drafted again. One that is kept is
    `agreed` where a person was asked and has said so.
    """

    state: State
    reason: str
    changed: tuple[str, ...] = ()
    released: bool = False
    ripples: bool = False
    agreed: bool = False

    @property
    def drafts(self) -> bool:
        """Whether the file is to be drafted."""
        return self.state in ("missing", "stale")

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do and nothing to report."""
        return self.state in ("fresh", "yours") or self.agreed

    @property
    def asks(self) -> Literal["no", "many", "always"]:
        """Whether replacing the file wants a person's word: `many` where more than a few are replaced with it.

        Nobody touched anything of its own: it is replaced only because the story before it changed. Where its section
        was edited, that is the word.
        """
        if self.state != "stale" or not self.changed or "section" in self.changed:
            return "no"
        return "always" if self.changed == ("story",) else "many"


def judge_chapter(page: PageInfo | None, brief: Mapping[str, str], stale: str) -> Verdict:
    """Return the verdict on a chapter, given the digests of its brief, and what becomes of a `stale` one.

    That is `redraft`, `ripple` or `keep`.
    """
    record = page.record if page else None
    if page is None or record is None:
        return Verdict("yours", "you wrote it") if page else Verdict("missing", "it is missing")
    changed = changed_parts(record.brief, brief)
    if not changed:
        return Verdict(
            "fresh", "nothing that it is written from has changed" + (", and you edited it" if page.edited else "")
        )
    if not record.brief and not page.edited:
        return Verdict("stale", "you released it", changed, released=True)
    why = "; ".join(CHANGED[part] for part in changed) if record.brief else "you had released it before"
    if record.kept == brief_digest(brief):
        return Verdict("kept", f"you let it stand; {why}", changed, agreed=True)
    ripples = stale == "ripple" and _may_ripple(record, changed)
    if page.edited and not (ripples and record.drafted):
        kept = "you edited it"
    elif stale == "keep":
        kept = "`stale: keep`"
    elif ripples and record.tried == brief_digest(brief):
        kept = "no edit of it could be made"
    else:
        return Verdict("stale", why, changed, ripples=ripples)
    return Verdict("kept", f"{kept}; {why}", changed)


def brief_digest(brief: Mapping[str, str]) -> str:
    """Return the digest of a brief, given those of its parts: what a record says it was left as it is for."""
    return digest("\n".join(f"{part}: {value}" for part, value in sorted(brief.items())))


def _may_ripple(record: Record, changed: tuple[str, ...]) -> bool:
    """Say whether only the story changed, or what the bible says of people, places and things that are no rules.

    Of a record from before rules were told apart nobody knows that.
    """
    known = "bible" not in changed or "rules" in record.brief
    return known and bool(record.brief) and {*changed} <= {"story", "bible"}


def judge_summary(page: PageInfo | None, of: str | None, what: str) -> Verdict:
    """Return the verdict on a summary or an arc of `what`, given its digest now; None is that of another text."""
    if page is None:
        return Verdict("missing", "it is missing")
    record = page.record
    if record is None:
        return Verdict("yours", "you wrote it")
    if record.of == of:
        return Verdict("fresh", f"{what} is as it was")
    if page.edited:
        return Verdict("kept", f"you edited it; {what} changed")
    return Verdict("stale", f"{what} changed")


def judge_source(page: PageInfo | None, premise: str) -> Verdict:
    """Return the verdict on the bible or the outline, given the digest of the premise's idea as it is now."""
    if page is None:
        return Verdict("missing", "it is missing")
    if page.record is not None and page.record.brief.get("premise", premise) != premise:
        return Verdict("kept", "it is older than the premise")
    return Verdict("yours", "no build writes over it")


def judge_text(page: PageInfo | None, front: Mapping[str, object], of: str | None) -> Verdict:
    """Return the verdict on book.md, given its front matter and the digest of what it is put together from."""
    if page is None or page.record is None:
        return Verdict("missing", "it is missing" if page is None else "it is not what was put together")
    if page.edited or page.front != front:
        return Verdict("stale", "it was edited")
    if page.record.of != of:
        return Verdict("stale", "its chapters or the outline changed")
    return Verdict("fresh", "it is its chapters")

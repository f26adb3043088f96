"""What a build knows of a page without its text: above all its record, which says what it was written from.

Knows the form of a record. Knows no file, and not who is right when a page and its sources disagree.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VERSION = "1"
UNSURE = "unsure"  # beside a summary's record: what its model says in it, and no text before it does
ASKED = "asked"  # beside the record of an alternative that was not taken: what it was asked for with, if with anything


class Record(NamedTuple):
    """What a page was written from, in a few lines of its front matter.

    `body` is the digest of the text as drafted, `brief` one digest per part of the brief, `of` the digest of the text
    that a summary sums up (of an arc: of the texts), `covers` the identities of what an arc sums up, at `level` 1
    chapters and at level 2 arcs; `singles` the identity of the first chapter that a chapter was told by a summary of
    its own, empty in a record of when that was not recorded; `model` and `at` (UTC) are for people only.

    `drafted` has the marks of a chapter's paragraphs that a model wrote, `told` those of the texts that it was told of
    the story; both are empty in older records. Where a model has changed a text by edits, `base` is the digest of that
    text as it was, and `tried` the digest of a brief for which none of its edits could be made. `asked` has the marks
    of the notes and findings that a model was told of; `kept` is the digest of a brief with which a person has let the
    text stand, `rounds` how often it was revised by its reviews. `raised` has the marks of all findings that a review
    ever had: one of them that is no more in it was struck. Of a reading of the whole book `told` has, for each of them
    that proposes a section, its mark and, behind a slash, that of the section as it was read.
    """

    body: str
    brief: Mapping[str, str] = MappingProxyType({})
    of: str = ""
    covers: tuple[str, ...] = ()
    level: int = 0
    model: str = ""
    at: str = ""
    singles: str = ""
    drafted: str = ""
    told: str = ""
    base: str = ""
    tried: str = ""
    asked: str = ""
    kept: str = ""
    raised: str = ""
    rounds: str = ""

    @property
    def revised(self) -> int:
        """How often it was revised by its reviews."""
        return int(self.rounds) if re.fullmatch("[0-9]{1,3}", self.rounds) else 0

    def front(self) -> dict[str, object]:
        """Return the record as it stands under `novelist:`."""
        fields = {
            "brief": dict(self.brief),
            "singles": self.singles,
            "of": self.of,
            "level": self.level,
            "covers": " ".join(self.covers),
            "told": self.told,
            "base": self.base,
            "tried": self.tried,
            "kept": self.kept,
            "asked": self.asked,
            "raised": self.raised,
            "rounds": self.rounds,
            "body": self.body,
            "drafted": self.drafted,
            "model": self.model,
            "at": self.at,
        }
        return {"v": int(VERSION)} | {key: value for key, value in fields.items() if value}


class PageInfo(NamedTuple):
    """What is to be known of a page without its text.

    That is its record, its body's digest, words and tokens, its own front matter, what is wrong with that, and the line
    (from 1) of the first mark of a merge conflict, 0 for none.
    """

    record: Record | None
    digest: str
    front: Mapping[str, str]
    damage: tuple[int, str] | None
    words: int
    tokens: int  # about as many as a model would read
    edited: bool = False  # by a hand, since it was drafted
    conflict: int = 0

    @property
    def unsure(self) -> str:
        """What is unsure in a summary or an arc, empty where nothing is, or where a hand has edited it since."""
        return self.front.get(UNSURE, "") if self.record is not None and self.record.of and not self.edited else ""

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> PageInfo:
        """Return the facts that JSON holds, in which each tuple has become a list."""
        fields, body, front, damage, words, tokens, edited, conflict = dumped
        record = None
        if fields is not None:
            written, brief, of, covers, *others = fields
            record = Record(written, brief, of, tuple(covers), *others)
        damaged = None if damage is None else (damage[0], damage[1])
        return cls(record, body, front, damaged, words, tokens, edited, conflict)

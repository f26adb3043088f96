"""What readers changed: their paragraphs against those that they were given, and where these are in the chapters now.

Pure. Knows paragraphs and the headings above them. Knows neither a DOCX nor Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from novelist.imports.paragraphs import NOTE, Paragraph, Section, Word
from novelist.prose import pairing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.prose.pairing import Pair

NUMBERED = re.compile(r"^[0-9]+[.:]?\s+")
LEAST_ALIKE = 0.34  # of the paragraphs of a chapter, for a section under another heading to be that chapter
WRITABLE = frozenset({"", "heading", "break", "quote", "list"})  # what a new paragraph may be


@dataclass(frozen=True)
class Edit:
    """A change of one paragraph: of that at `place` in the chapter; a new one comes behind it, where it is -1 first."""

    kind: Literal["changed", "deleted", "inserted"]
    place: int
    before: Paragraph | None
    after: Paragraph | None

    def shown(self) -> tuple[str, str]:
        """Return the texts before and after it."""
        return self.before.text if self.before else "", self.after.text if self.after else ""


@dataclass(frozen=True)
class Sections:
    """The sections of what came back, in those that were given: the other place of each place that has one."""

    returned: list[Section]
    places: dict[int, int]

    def rest(self) -> list[Section]:
        """Return the sections that came back and are none that was given."""
        taken = set(self.places.values())
        return [section for place, section in enumerate(self.returned) if place not in taken]


def match(given: Sequence[Section], returned: Sequence[Section]) -> Sections:
    """Return which sections are which: by their headings, by these without a number, then by their paragraphs.

    Where a heading was taken out, the section above it is parted again.
    """
    others = list(returned)
    places: dict[int, int] = {}
    for key in (_heading, _unnumbered):
        free = [place for place in range(len(others)) if place not in places.values()]
        for place, section in enumerate(given):
            same = [other for other in free if key(others[other]) == key(section)]
            if place not in places and same:
                places[place] = same[0]
                free.remove(same[0])
    for place, section in enumerate(given):
        if place not in places and section.paragraphs:
            _by_paragraphs(given, place, others, places)
    return Sections(others, places)


def _heading(section: Section) -> str:
    return " ".join(section.heading.casefold().split())


def _unnumbered(section: Section) -> str:
    return NUMBERED.sub("", _heading(section))


def _by_paragraphs(given: Sequence[Section], place: int, others: list[Section], places: dict[int, int]) -> None:
    """Find the section at `place` by its paragraphs, in one that is free, or as a part of another."""
    section = given[place]
    texts = {paragraph.text for paragraph in section.paragraphs}
    common = [sum(paragraph.text in texts for paragraph in other.paragraphs) for other in others]
    best = max(range(len(others)), key=lambda other: (common[other], other not in places.values()), default=-1)
    if best < 0 or common[best] < LEAST_ALIKE * len(section.paragraphs):
        return
    if best not in places.values():
        places[place] = best
        return
    whole = others[best].paragraphs
    ours = [at for at, paragraph in enumerate(whole) if paragraph.text in texts]
    owner = next(each for each, other in places.items() if other == best)
    known = {paragraph.text for paragraph in given[owner].paragraphs} - texts
    first, last = 0, ours[-1] + 1
    if owner < place:  # what stands between the two is nobody's: it goes with what comes
        first = max((at + 1 for at in range(ours[0]) if whole[at].text in known), default=ours[0])
        last = len(whole)
    others[best] = Section(others[best].heading, [*whole[:first], *whole[last:]])
    others.append(Section("", whole[first:last]))
    places[place] = len(others) - 1


def pairs(given: Sequence[Paragraph], returned: Sequence[Paragraph]) -> Iterator[Pair]:
    """Yield what is not the same in what was given and in what came back."""
    keys = [paragraph.words for paragraph in given], [paragraph.words for paragraph in returned]
    return pairing.pairs(*keys, lambda words: words)


@dataclass(frozen=True)
class Merge:
    """The edits to put into a chapter, and those that are `left`: it was changed there too, or Markdown has no such."""

    edits: tuple[Edit, ...]
    left: tuple[Edit, ...]


def merge(given: Sequence[Paragraph], returned: Sequence[Paragraph], now: Sequence[Paragraph]) -> Merge:
    """Return what to do to a chapter as it is `now` so that it has what readers changed in what they were `given`.

    What the chapter has already is no edit.
    """
    places = _places(given, now)
    texts = Counter(paragraph.text for paragraph in now)
    known = Counter(paragraph.text for paragraph in given)
    changes = list(pairs(given, returned))
    first = min(places.values(), default=0) - 1  # below the title that a chapter's file may begin with
    gone = {pair.old for pair in changes if pair.new is None}
    edits: list[Edit] = []
    left: list[Edit] = []
    for i, j, behind in changes:
        before = None if i is None else given[i]
        after = None if j is None else _without_new_marks(before, returned[j])
        if after is not None and (not after.words or texts[after.text] > known[after.text]):
            continue  # a mark of a reader only, or what the chapter has by now
        if after is not None and i is None:
            usable = (at for at in reversed(range(behind)) if at in places and at not in gone)
            anchor = next((places[at] for at in usable if given[at].kind != "note"), first)
            (edits if after.kind in WRITABLE else left).append(Edit("inserted", anchor, None, after))
        elif i in places:
            edits.append(Edit("deleted" if after is None else "changed", places[i], before, after))
        elif after is not None:
            left.append(Edit("changed", -1, before, after))
    return Merge(tuple(edits), tuple(left))


def _places(given: Sequence[Paragraph], now: Sequence[Paragraph]) -> dict[int, int]:
    """Return where the paragraphs that were given are in the chapter now, as far as they are as they were."""
    texts = [paragraph.text for paragraph in given], [paragraph.text for paragraph in now]
    blocks = SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _without_new_marks(before: Paragraph | None, after: Paragraph) -> Paragraph:
    """Return a paragraph without marks of footnotes that were not there before: a chapter has no text for them."""
    left = sum(word.text == NOTE for word in before.words) if before else 0
    words: list[Word] = []
    for word in after.words:
        if word.text == NOTE:
            left -= 1
            if left < 0:
                continue
        words.append(word)
    return Paragraph(tuple(words), after.kind, after.remarks)

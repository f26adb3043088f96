"""What is shown of a search: the places by the chapters that they are about, with what stands around each.

Knows what was looked for by targets.search, which says where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from novelist.errors import NovelistError
from novelist.studio.story_page import TITLES
from novelist.targets.search import search
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.outline import Outline
    from novelist.prose.search import Place
    from novelist.studio.books import OpenBook
    from novelist.targets.search import Hit
    from novelist.targets.snapshot import Snapshot

MOST_PLACES = 200
WORD_BEGUN, WORD_ENDED = re.compile(r"\w*\Z"), re.compile(r"\w*")
MARKS = re.compile(r"[*_\\]")
# Of what is about no chapter.
HEADINGS = {
    "premise": "The premise",
    "bible": "The bible",
    "style": "The voice",
    "outline": "The outline",
    "matter": "Front and back matter",
    "arc": "Summaries of chapters in a row",
    "review": "The reading of the whole book",
}
# What is edited beside a chapter, behind its address.
EDITED = {"outline": "/beside/section", "notes": "/beside/notes"}
ELSEWHERE = "Files that no section of the outline knows"


class Shown(NamedTuple):
    """A place: what it stands in, where that is not the chapter itself; its file, its words, and where it leads."""

    of: str
    where: str
    pieces: Sequence[tuple[str, bool]]
    path: str


@dataclass(frozen=True)
class SearchPage:
    """The places by what they are about; `more` where there are others, `problem` where nothing could be looked for."""

    groups: Sequence[tuple[str, Sequence[Shown]]] = ()
    count: int = 0
    more: bool = False
    problem: str = ""


def search_page(opened: OpenBook, snapshot: Snapshot, query: str) -> SearchPage:
    """Return what is shown of a search. Raises nothing that a person can cause."""
    if not query.strip():
        return SearchPage()
    try:
        hits = list(islice(search(snapshot, query), MOST_PLACES + 1))
        titles = _titles(snapshot.outline) if snapshot.outlined else []
    except NovelistError as error:
        return SearchPage(problem=opened.local(str(error)))
    shown, more = hits[:MOST_PLACES], len(hits) > MOST_PLACES
    groups = [
        (_heading(about, titles), [_shown(opened, hit, about) for hit in those])
        for about, those in groupby(shown, _about)
    ]
    return SearchPage(groups, len(shown), more)


def _about(hit: Hit) -> int | str:
    """Return the number of the chapter in whose files a place is, or what kind of file it is in."""
    return hit.number if hit.number and hit.kind != "outline" else hit.kind


def _heading(about: int | str, titles: Sequence[str]) -> str:
    return titles[about - 1] if isinstance(about, int) else HEADINGS.get(about, ELSEWHERE)


def _titles(outline: Outline) -> list[str]:
    """Return the titles of the chapters, each behind the number that readers see."""
    both = zip(outline.numbers, outline.sections, strict=True)
    return [section.title if number is None else f"{number}. {section.title}" for number, section in both]


def _shown(opened: OpenBook, hit: Hit, about: int | str) -> Shown:
    more = _fragment(hit.place) if hit.kind == "chapter" else EDITED.get(hit.kind, "")
    story = f"{hit.kind}#line-{hit.place.line}" if hit.kind in TITLES else ""
    path = f"chapter/{hit.number}{more}" if hit.number else story
    of = hit.kind if isinstance(about, int) and hit.kind != "chapter" else ""
    where = opened.local(f"{hit.path}:{hit.place.line}")
    return Shown(of, where, [(printable(piece), sought) for piece, sought in hit.place.pieces], path)


def _fragment(place: Place) -> str:
    """Return what leads a browser to the first words that were looked for, as whole words; another one ignores it."""
    pieces = [*place.pieces, ("", False)]
    at = next(at for at, (_, sought) in enumerate(pieces) if sought)
    begun = WORD_BEGUN.search(pieces[at - 1][0]) if at else None
    ended = WORD_ENDED.match(pieces[at + 1][0])
    words = f"{begun[0] if begun else ''}{pieces[at][0]}{ended[0] if ended else ''}"
    return f"#:~:text={quote(MARKS.sub('', words), safe='').replace('-', '%2D')}"

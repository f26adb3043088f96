"""Which texts of a book say some words: what its author and models wrote, in the order of the book. Asks no model.

Knows the files of a book, and which chapter each is about. What stands in front matter is no text, but in premise.md.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from novelist.book import frontmatter
from novelist.book.paths import KEYS, MATTER_KEYS, arcs_in
from novelist.errors import SettingsError
from novelist.prose.search import pattern, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from novelist.prose.search import Place
    from novelist.targets.snapshot import Snapshot

    Kind = Literal["premise", "bible", "style", "outline", "matter", "chapter", "summary", "notes", "review", "arc"]

VERSION = 1  # of the JSON
LONGEST_QUERY = 200  # characters


@dataclass(frozen=True)
class Hit:
    """A place in a file that has what was looked for; `number` is that of the file's chapter, 0 where it is none's."""

    path: Path
    kind: Kind
    number: int
    place: Place


def search(snapshot: Snapshot, query: str) -> Iterator[Hit]:
    """Yield where the book has some words, in its order. Raises SettingsError for none and too many, and BookError."""
    words = pattern(query)
    if words is None or len(query) > LONGEST_QUERY:
        what = "there is nothing to look for" if words is None else f"that is more than {LONGEST_QUERY} characters"
        message = f"{what}. Say a word of the text, or a few in a row."
        raise SettingsError(message)
    sections = snapshot.outline.sections if snapshot.outlined else ()
    begins = [section.line for section in sections]
    files = snapshot.book.files
    for path, kind, number in _texts(snapshot, [section.id for section in sections]):
        raw = (files.read_text(path) or "").replace("\r\n", "\n")
        if words.search(raw) is None:
            continue
        page = frontmatter.parse(raw, KEYS | MATTER_KEYS)
        above = page.header.split("\n")[:-1]
        if kind == "premise":
            for line, setting in enumerate(above, 1):
                yield from (Hit(path, kind, 0, place._replace(line=line)) for place in places(setting, words))
        for place in places(page.body, words):
            there = place._replace(line=place.line + len(above))
            yield Hit(path, kind, number if kind != "outline" else bisect_right(begins, there.line), there)


def _texts(snapshot: Snapshot, identities: Sequence[str]) -> Iterator[tuple[Path, Kind, int]]:
    """Yield the files with texts, of which kind each is, and the number of its chapter."""
    book = snapshot.book
    yield from ((book.premise, "premise", 0), (book.bible, "bible", 0), (book.style, "style", 0))
    yield book.outline, "outline", 0
    yield from ((book.matter / name, "matter", 0) for name in book.files.names(book.matter) if name.endswith(".md"))
    folders: Sequence[tuple[Path, Kind]] = (
        (book.chapters, "chapter"),
        (book.summaries, "summary"),
        (book.notes, "notes"),
        (book.reviews, "review"),
    )
    there = [(book.by_id(folder), kind) for folder, kind in folders]
    others = sorted({identity for by_id, _ in there for identity in by_id} - set(identities))
    for number, identity in enumerate([*identities, *others], 1):
        known = number if number <= len(identities) else 0
        yield from ((by_id[identity], kind, known) for by_id, kind in there if identity in by_id)
    yield from ((path, "arc", 0) for path in arcs_in(book.files, book.summaries))
    yield book.reading, "review", 0


def as_json(hits: Iterable[Hit], root: Path) -> dict[str, Any]:
    """Return hits for programs, in a book's folder. Within a version, keys are added and never taken away."""
    places = [
        {
            "file": hit.path.relative_to(root).as_posix(),
            "line": hit.place.line,
            "of": hit.kind,
            "chapter": hit.number or None,
            "text": hit.place.text,
            "words": [piece for piece, sought in hit.place.pieces if sought],
        }
        for hit in hits
    ]
    return {"version": VERSION, "places": places}

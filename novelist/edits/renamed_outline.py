"""What changes in outline.md where a name is changed: titles and sections get the new one, ids stay.

A section without an id goes by its title. Where that changes, the id that it had is written behind it, so that its
files and its history are its own still. The book's title is the premise's, and stays. Changes no file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from novelist.book.headings import id_in, split_attributes, tidy_title
from novelist.edits.renaming import Change
from novelist.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.frontmatter import Page
    from novelist.book.outline import Outline, Section
    from novelist.edits.renaming import Renaming
    from novelist.targets.snapshot import Snapshot

ATTRIBUTES = re.compile(r"[*_]*[ \t]*\{(?=[#.]|[^{}\n]*=)([^{}\n]*)\}")


def outline_changes(snapshot: Snapshot, page: Page, renaming: Renaming) -> list[Change]:
    """Return what changes in the body of the outline. Raises BookError where a title has no sure place for its id."""
    lines, above = page.body.split("\n"), page.header.count("\n") + 1
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    sections = {section.line - above: section for section in snapshot.outline.sections}
    own = {title.casefold() for title in (snapshot.premise.title, page.front.get("title", "")) if title}

    def stays(change: Change) -> bool:
        """Say whether a change is in the book's title, or of a title together with what stands around it."""
        first, last = (bisect_right(starts, place) - 1 for place in (change.start, change.end))
        titled = tidy_title(lines[first].lstrip(" #")).casefold() in own
        return titled or (first != last and not {first, last}.isdisjoint(sections))

    changes = [change for change in renaming.changes(page.body) if not stays(change)]
    for number, section in sections.items():
        if renaming.renamed(section.title) != section.title:
            changes += _id(snapshot, section, lines[number].rstrip("\r"), starts[number])
    return sorted(changes)


def _id(snapshot: Snapshot, section: Section, line: str, start: int) -> Iterator[Change]:
    """Yield what writes the id of a section behind its title, if none is there."""
    heading, attributes = split_attributes(line)
    place = len(heading.rstrip()) if line.lstrip().startswith("#") else line.find(section.title) + len(section.title)
    match = ATTRIBUTES.match(line, place)
    if id_in(attributes) or (match and id_in(match[1])):
        return
    if section.title not in line:
        raise _no_place(snapshot, section)
    if match:
        yield Change(start + match.start(1), start + match.start(1), f"#{section.id} ")
    else:
        place += len(line[place:]) - len(line[place:].lstrip("*_"))
        yield Change(start + place, start + place, f" {{#{section.id}}}")


def check_same(snapshot: Snapshot, after: Outline) -> None:
    """Raise BookError where an outline with the new name has other chapters or parts, or other ids."""
    before, ids = snapshot.outline, {section.id for section in after.sections}
    for section in before.sections:
        if section.id not in ids:
            raise _no_place(snapshot, section)
    if len(after.parts) != len(before.parts) or _marks(after) != _marks(before):
        message = "with the new name it would have other chapters or parts. Rename in it by hand."
        raise BookError(snapshot.book.outline, None, message)


def _marks(outline: Outline) -> list[tuple[object, ...]]:
    return [(each.id, each.part, each.words, each.numbered, each.model, each.stale) for each in outline.sections]


def _no_place(snapshot: Snapshot, section: Section) -> BookError:
    message = (
        f"the title of `{section.title}` would change, and with it which files are its chapter's. "
        f"Put `{{#{section.id}}}` behind that title first."
    )
    return BookError(snapshot.book.outline, section.line, message, why="A section without an id goes by its title.")

"""A finding is crossed out in its file in reviews/, as a person would do it, so that nobody asks for it again.

Nothing else in the file changes. Asks no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import landing, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from novelist.book.reviews import Entry
    from novelist.targets.target import Target


def strike(target: Target, entries: Sequence[Entry], place: int) -> Path | None:
    """Cross out one of the `entries` that were read in a file, by its place from 0.

    Return where the file as it was is in history; None where nothing is done, since the file has others by now, or it
    is not sure which line is its own. Raises BookError.
    """
    page = target.page()
    if page is None or page.damage or reviews.read(page.body) != [*entries] or not 0 <= place < len(entries):
        return None
    body = reviews.struck(page.body, place)
    if body is None:
        return None
    kept = landing.put(target.inputs.book, target.path, target.identity, f"{page.header}{body}", page.whole)
    target.inputs.forget(target.path)
    return kept

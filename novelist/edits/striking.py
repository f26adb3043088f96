"""A finding is crossed out in its file in reviews/, as a person would do it, so that nobody asks for it again.

Nothing else in the file changes. Asks no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.book import history, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.reviews import Entry
    from novelist.targets.target import Target


def strike(target: Target, entries: Sequence[Entry], place: int) -> bool:
    """Cross out one of the `entries` that were read in a file, by its place from 0; return whether that could be done.

    It cannot where the file has others by now, or where it is not sure which line is its own. The file as it was is in
    history. Raises BookError.
    """
    page = target.page()
    if page is None or page.damage or reviews.read(page.body) != [*entries] or not 0 <= place < len(entries):
        return False
    body = reviews.struck(page.body, place)
    if body is None:
        return False
    book = target.inputs.book
    history.keep(book, target.identity, f"{page.header}{page.body}")
    book.files.replace(target.path, f"{page.header}{body}")
    target.inputs.forget(target.path)
    return True

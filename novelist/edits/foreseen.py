"""How a book stands as its next build will come to see it: once its files follow the outline.

Changes nothing, and asks no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novelist.edits import new_names, renames
from novelist.errors import BookError
from novelist.targets.oversights import check_pages
from novelist.targets.status import status

if TYPE_CHECKING:
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.status import Status


def foreseen_status(snapshot: Snapshot) -> tuple[Status, str]:
    """Return how a book with an outline stands, and what will stop its next build, empty where nothing does.

    Raises BookError.
    """
    stops = ""
    with snapshot.foreseen():
        try:
            renames.presume(snapshot)
            new_names.presume(snapshot)
            check_pages(snapshot)
        except BookError as error:
            stops = str(error)
        return status(snapshot), stops

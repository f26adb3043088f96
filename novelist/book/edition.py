"""What premise.md says of the edition: publisher, ISBN, rights, cover, size. Knows no file; `settings` has the table.

None of it has a say in what is drafted, so it is read only where a book is exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """The settings of an edition; empty where one is not given. `trim` is width and height in points.

    `open` says where chapters open in print: `right` for right-hand pages only, or `any`.
    """

    subtitle: str = ""
    publisher: str = ""
    isbn: str = ""
    rights: str = ""
    date: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    volume: str = ""
    cover: Path | None = None
    open: str = "any"
    trim: tuple[float, float] = (396.0, 612.0)

"""Every text that was ever there: drafts as they land, texts before they are replaced, answers that were rejected.

Knows `.novelist/history/<id>/<time>.md`. Never removes anything.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from novelist.page import replace

if TYPE_CHECKING:
    from pathlib import Path


def keep(history: Path, identity: str, text: str) -> Path:
    """Put `text` into the history of `identity`, unless its newest entry is the same, and return where it is.

    Raises BookError where the disk does not let it.
    """
    folder = history / identity
    entries = sorted(folder.glob("*.md"))
    if entries and entries[-1].read_bytes() == text.encode():
        return entries[-1]
    now = datetime.now(timezone.utc)
    path = folder / f"{now:%Y%m%dT%H%M%S.%fZ}.md"
    replace(path, text)
    return path

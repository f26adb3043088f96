"""A zip, which EPUB and DOCX are, written again: with other contents, and with one date for all that is in it."""

from __future__ import annotations

from datetime import datetime, timezone
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIEST = 315_619_200  # 1980, where a zip's time begins


def rewritten(
    packed: bytes,
    at: int,
    change: Callable[[str, bytes], bytes] = lambda _, data: data,
    name: Callable[[str], str] = str,
) -> bytes:
    """Return a zip with the same entries, all dated `at` (seconds since 1970).

    Their contents are changed by `change`, which is given an entry's old name, and their names by `name`.
    """
    date = datetime.fromtimestamp(max(at, EARLIEST), timezone.utc).timetuple()[:6]
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry))
            entry.filename, entry.date_time = name(entry.filename), date
            new.writestr(entry, data)
    return out.getvalue()

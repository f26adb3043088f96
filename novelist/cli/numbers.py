"""Chapters as a person names some of them: `7`, `12-18`, `3,5,9-11`."""

from __future__ import annotations

import re

from novelist.errors import SettingsError

PART = re.compile(r"\s*0*([0-9]{1,6})(?:\s*[-–]\s*0*([0-9]{1,6}))?\s*")


def numbers_in(chapters: str | None, count: int) -> list[int]:
    """Return the numbers of the chapters that are named, all of the `count` where none are. Raises SettingsError."""
    if chapters is None:
        return list(range(1, count + 1))
    numbers: set[int] = set()
    for part in chapters.split(","):
        match = PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            message = f"there is no chapter `{part.strip()}`. Name one of the {count}, or some such as `1-3` or `1,3`."
            raise SettingsError(message)
        numbers.update(range(first, last + 1))
    return sorted(numbers)

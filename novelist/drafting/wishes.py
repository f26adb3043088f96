"""What a person asks of a model in their own words: one line that a prompt, a note and a command can take. Pure."""

from __future__ import annotations

from novelist.errors import SettingsError
from novelist.text import printable

LONGEST_WISH = 10_000  # characters; Windows takes 32,767 in all arguments of a command, and a quotation mark for two


def wish_in(text: str) -> str:
    """Return what is asked, in one line without control characters. Raises SettingsError where that is too long."""
    wish = " ".join(printable(text).split())
    if len(wish) > LONGEST_WISH:
        message = f"a wish of {len(wish):,} characters is too long. Say it in {LONGEST_WISH:,} at most."
        raise SettingsError(message)
    return wish

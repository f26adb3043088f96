"""Straight quotation marks to those of a language.

Prose gets its marks from pandoc's reading of it; headings, which are no Markdown, get them here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novelist.language.table import Marks

OPENS = r"(?<![^\s(\[—–])"  # at the beginning of a word
INNER = re.compile(rf"{OPENS}'(\w[^']*)'(?!\w)")
OUTER = re.compile(rf'{OPENS}"(?=\S)')


def curled(text: str, marks: Marks) -> str:
    """Return one line of text with `marks` in place of straight quotes, and apostrophes for the rest of them."""
    text = OUTER.sub(marks[0], text).replace('"', marks[1])
    return INNER.sub(rf"{marks[2]}\1{marks[3]}", text).replace("'", "’")

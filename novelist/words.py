"""What a word is, in scripts with spaces and without. Knows Unicode."""

from __future__ import annotations

import re

# Scripts written without spaces: a character is counted as a word, as publishers there do.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
UNSPACED_CHAR = re.compile(f"[{UNSPACED}]")
WORD = re.compile(rf"[{UNSPACED}]|[^\s—–…{UNSPACED}]+")
# A word that has a letter or a digit in it; looked for at its beginning only, since a rule of hyphens may be long.
SAID = re.compile(
    rf"(?=[^\W_])[{UNSPACED}]|(?<![^\s—–…{UNSPACED}])[^\s—–…{UNSPACED}]*?[^\W_{UNSPACED}][^\s—–…{UNSPACED}]*"
)


def count_words(text: str) -> int:
    """Return the number of words in `text`; of characters, in scripts written without spaces."""
    return len(SAID.findall(text))

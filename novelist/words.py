"""How long a text is, in words and about how many tokens, in scripts with spaces and without. Knows Unicode."""

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
# Roughly: English prose takes four characters a token, Chinese and Japanese one and a half.
CHARACTERS_PER_TOKEN, UNSPACED_PER_TOKEN = 4.0, 1.5


def count_words(text: str) -> int:
    """Return the number of words in `text`; of characters, in scripts written without spaces."""
    return len(SAID.findall(text))


def count_tokens(text: str) -> int:
    """Return about how many tokens a text is."""
    return round(tokens(text))


def tokens(piece: str) -> float:
    """Return about how many tokens a piece of a text is, which may be less than one."""
    unspaced = 0 if piece.isascii() else len(UNSPACED_CHAR.findall(piece))
    return (len(piece) - unspaced) / CHARACTERS_PER_TOKEN + unspaced / UNSPACED_PER_TOKEN

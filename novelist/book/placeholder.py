"""What is left open in a file: a comment in the place of words that nobody has written yet. Pure.

It never counts as anybody's words: whoever reads the file leaves it out. Knows no file, and not who fills it in.
"""

from __future__ import annotations

OPENS, CLOSES = "<!-- novelist:", "-->"


def placeholder(remark: str) -> str:
    """Return the comment that stands for words which nobody has written yet, and says so."""
    return f"{OPENS} {remark.replace('--', '–')} {CLOSES}"


def without(text: str) -> str:
    """Return a text without what is left open in it; each line stays where it is."""
    if OPENS not in text:
        return text
    pieces, at = [], 0
    while (start := text.find(OPENS, at)) >= 0 and (end := text.find(CLOSES, start)) >= 0:
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len(CLOSES)
    return "".join([*pieces, text[at:]])


def is_open(text: str) -> bool:
    """Say whether nothing stands in a text beside what is left open."""
    return OPENS in text and not without(text).strip()


def filled(text: str, words: str) -> str:
    """Return a text with `words` in place of the first thing that is left open in it."""
    start = text.index(OPENS)
    end = text.index(CLOSES, start) + len(CLOSES)
    return f"{text[:start]}{words}{text[end:]}"

"""What is left open in a file: a comment in the place of words that nobody has written yet. Pure.

It never counts as anybody's words: whoever reads the file leaves it out. Knows no file, and not who fills it in.
"""

from __future__ import annotations

import re

OPENS, CLOSES = "<!-- novelist:", "-->"
# What imports wrote in its place before it was a comment; as they wrote it, nobody else would.
OLDER = re.compile(
    r"^(?:This book was brought in from a manuscript, which does not say what it is about\. "
    r"Say it here in a few sentences\."
    r"|(?:# The story bible\r?\n\r?\n)?No one is in here yet\. Give each person, place and thing a `##` heading, "
    r"and say below it what must stay true\."
    r"|It begins: (?:\S+ ){40}…)(?=\r?$)",
    re.MULTILINE,
)


def placeholder(remark: str) -> str:
    """Return the comment that stands for words which nobody has written yet, and says so."""
    return f"{OPENS} {remark.replace('--', '–')} {CLOSES}"


def _marked(text: str) -> str:
    """Return a text with a comment for each thing that is left open in it, in as many lines."""
    return OLDER.sub(lambda older: placeholder(older[0]), text)


def has_open(text: str) -> bool:
    """Say whether something is left open in a text."""
    return OPENS in _marked(text)


def without(text: str) -> str:
    """Return a text without what is left open in it; each line stays where it is."""
    text = _marked(text)
    if OPENS not in text:
        return text
    pieces, at = [], 0
    while (start := text.find(OPENS, at)) >= 0 and (end := text.find(CLOSES, start)) >= 0:
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len(CLOSES)
    return "".join([*pieces, text[at:]])


def is_open(text: str) -> bool:
    """Say whether nothing stands in a text beside what is left open."""
    return has_open(text) and not without(text).strip()


def filled(text: str, words: str) -> str:
    """Return a text with `words` in place of the first thing that is left open in it."""
    text = _marked(text)
    start = text.index(OPENS)
    end = text.index(CLOSES, start) + len(CLOSES)
    return f"{text[:start]}{words}{text[end:]}"

"""The title in a line of an outline, and what it tells behind that: `**Chapter 1: The Bottle** — Mara finds it`.

Pure. Knows labels, and what prologues are called; not which lines open chapters.
"""

from __future__ import annotations

import re

from novelist.book.headings import tidy_title
from novelist.book.outline_lines import BOLD, labelled
from novelist.language import matter

DASH = re.compile(r"(?<![ \t])[ \t]+[—–-][ \t]+")
COLON = re.compile(r":[ \t]+")
SENTENCE = re.compile(r"[.。][\"”’)]?$")
BEHIND_PLACE = re.compile(r"[ \t]*[:：—–|(]|[ \t]+-[ \t]")
NUMBER_BEHIND = re.compile(r"[ \t]+(?:[0-9]{1,3}|[IVXLC]{1,7})$")
LONGEST_TITLE = 100  # characters
MOST_TITLE_WORDS = 5  # of a title that ends in a full stop
SHORTEST_TEXT = 60  # characters of what stands behind a title and a colon, and is no more of the title


def split_item(text: str) -> tuple[str, str]:
    """Return the title and what happens from `**Title** — what happens` and its relatives."""
    if match := BOLD.match(text):
        return match[2].rstrip(": "), re.sub(r"^[—–:-]+[ \t]*", "", match[3])
    parts = re.split(rf"{DASH.pattern}|{COLON.pattern}", text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def split_labelled(text: str) -> tuple[str, str]:
    """Return the label and title, and what happens, from a line that begins with a label; as `split_item` for others.

    `**Chapter 1:** The Bottle` has its title behind the bold words; in `Chapter 1: Mara finds a bottle on the shore.`
    there is none.
    """
    match = BOLD.match(text)
    says = tidy_title(match[2] if match else text)
    end = _end_of_label(says)
    if not end or (match and says[end:].strip()):
        return split_item(text)
    called, behind = (match[2], match[3]) if match else (text[:end], text[end:])
    called = called.rstrip(" \t.:—–-")
    behind = re.sub(r"^[—–:-]+[ \t]*", "", behind)
    title, tells = _title_and_text(behind)
    return (f"{called}: {title}" if title else called), tells


def _end_of_label(says: str) -> int:
    """Return where a chapter's label ends, or a prologue's and a colon; 0 where there is none."""
    label = labelled(says)
    if label is not None:
        return label.end
    colon = COLON.search(says[:LONGEST_TITLE])
    return colon.end() if colon and is_prologue(says[: colon.start()]) else 0


def _title_and_text(text: str) -> tuple[str, str]:
    """Return the title at the beginning of a text, empty where there is none, and what stands behind it."""
    if match := BOLD.match(text):
        return match[2].rstrip(": "), re.sub(r"^[—–:-]+[ \t]*", "", match[3])
    title, *tells = DASH.split(text, maxsplit=1)
    if not tells:
        first, *more = COLON.split(text, maxsplit=1)
        if more and (len(more[0]) >= SHORTEST_TEXT or SENTENCE.search(more[0])):
            title, tells = first, more
    if len(title) > LONGEST_TITLE or (SENTENCE.search(title) and len(title.split()) > MOST_TITLE_WORDS):
        return "", text
    return title, tells[0] if tells else ""


def place(says: str) -> matter.Place | None:
    """Return where what is called so stands: `Prologue`, `Interlude II`, `Epilogue: Home`; None for any other."""
    end = match.start() if (match := BEHIND_PLACE.search(says)) else len(says)
    return matter.place(NUMBER_BEHIND.sub("", says[:end]))


def is_prologue(says: str) -> bool:
    """Say whether what is called so is a chapter without a number: no front matter, and no outline's introduction."""
    end = match.start() if (match := BEHIND_PLACE.search(says)) else len(says)
    return place(says) is not None and not matter.is_matter(says[:end]) and not matter.is_notes(says[:end])

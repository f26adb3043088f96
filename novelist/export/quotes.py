"""The quotation marks of a language, outer and inner. Source: Unicode CLDR, `delimiters`.

French ones have their spaces, which do not break. Prose gets its marks from pandoc's reading of it; headings, which are
no Markdown, get them here.
"""

from __future__ import annotations

import re

from novelist.text import base_language

Marks = tuple[str, str, str, str]

ENGLISH: Marks = ("“", "”", "‘", "’")
LOW: Marks = ("„", "“", "‚", "‘")
ANGLED: Marks = ("«", "»", "“", "”")
SLAVIC: Marks = ("«", "»", "„", "“")
RIGHT: Marks = ("”", "”", "’", "’")
MARKS: dict[str, Marks] = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "hr", "is", "lt", "et", "mk"), LOW),
    **dict.fromkeys(("es", "it", "ca", "el"), ANGLED),
    **dict.fromkeys(("ru", "uk", "be"), SLAVIC),
    **dict.fromkeys(("sv", "fi", "he"), RIGHT),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "ro": ("„", "”", "«", "»"),
    "hu": ("„", "”", "»", "«"),
    "no": ("«", "»", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "sr": ("„", "“", "‘", "’"),
    "ar": ("”", "“", "’", "‘"),
    "fa": ("«", "»", "‹", "›"),
    "ja": ("「", "」", "『", "』"),
}


def marks(language: str) -> Marks:
    """Return the marks of `language`, a code such as `de` or `pt-BR`; English ones where it is not known here."""
    return MARKS.get(base_language(language), ENGLISH)


OPENS = r"(?<![^\s(\[—–])"  # at the beginning of a word
INNER = re.compile(rf"{OPENS}'(\w[^']*)'(?!\w)")
OUTER = re.compile(rf'{OPENS}"(?=\S)')


def curled(text: str, marks: Marks) -> str:
    """Return one line of text with `marks` in place of straight quotes, and apostrophes for the rest of them."""
    text = OUTER.sub(marks[0], text).replace('"', marks[1])
    return INNER.sub(rf"{marks[2]}\1{marks[3]}", text).replace("'", "’")

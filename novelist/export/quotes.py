"""The quotation marks of a language, outer and inner. Source: Unicode CLDR, `delimiters`.

French ones have their spaces, which do not break.
"""

from __future__ import annotations

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
    return MARKS.get(language.casefold().partition("-")[0], ENGLISH)

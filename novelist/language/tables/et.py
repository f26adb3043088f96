"""Estonian.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language

TABLE = Language(
    code="et",
    name="Estonian",
    chapter=("Peatükk",),
    part=("Osa",),
    untitled="{}. peatükk",
    dotted=True,
    opening=("Proloog", "Eessõna", "Sissejuhatus"),
    closing=("Epiloog", "Järelsõna"),
    quotes=("„", "“", "‚", "‘"),
    scripts=("LATIN",),
)

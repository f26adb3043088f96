"""Croatian.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language

TABLE = Language(
    code="hr",
    name="Croatian",
    chapter=("Poglavlje",),
    part=("Dio", "Knjiga"),
    dotted=True,
    opening=("Prolog", "Predgovor", "Uvod"),
    between=("Međuigra",),
    closing=("Epilog", "Pogovor", "Zahvale"),
    quotes=("„", "“", "‚", "‘"),
    scripts=("LATIN",),
)

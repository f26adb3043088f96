"""Greek.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language

TABLE = Language(
    code="el",
    name="Greek",
    chapter=("Κεφάλαιο",),
    part=("Μέρος", "Βιβλίο", "Τόμος"),
    ordinal_marks=("ο", "η"),
    opening=("Πρόλογος", "Εισαγωγή"),
    between=("Ιντερλούδιο",),
    closing=("Επίλογος", "Ευχαριστίες"),
    quotes=("«", "»", "“", "”"),
    scripts=("GREEK",),
    people=("χαρακτήρες", "πρόσωπα"),
    facts=("Γεγονότα",),
)

"""Hindi.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language

TABLE = Language(
    code="hi",
    name="Hindi",
    chapter=("अध्याय",),
    part=("भाग", "खंड", "खण्ड"),
    opening=("प्रस्तावना", "भूमिका"),
    closing=("उपसंहार",),
    scripts=("DEVANAGARI",),
    people=("पात्र",),
    facts=("तथ्य",),
)

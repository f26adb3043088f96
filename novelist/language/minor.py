"""Languages of which no more is known than script, direction, quotation marks or how names are found. Source: CLDR.

One that is known better has a table of its own in `tables/`.
"""

from __future__ import annotations

from novelist.language.table import Language

MINOR = {
    table.code: table
    for table in (
        Language("be", "Belarusian", dash="— ", scripts=("CYRILLIC",), quotes=("«", "»", "„", "“")),
        Language("ckb", "Central Kurdish", rtl=True),
        Language("dv", "Divehi", rtl=True),
        Language("iw", "Hebrew, by its older code", rtl=True),
        Language("lo", "Lao", name_forms="within"),
        Language("mk", "Macedonian", dash="– ", scripts=("CYRILLIC",), quotes=("„", "“", "‚", "‘")),
        Language("ps", "Pashto", rtl=True),
        Language("sd", "Sindhi", rtl=True),
        Language("sr", "Serbian", dash="– ", quotes=("„", "“", "‘", "’")),
        Language("ug", "Uyghur", rtl=True),
        Language("ur", "Urdu", scripts=("ARABIC",), rtl=True),
        Language("yi", "Yiddish", rtl=True),
    )
}

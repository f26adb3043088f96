"""Estonian.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

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
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Vaatepunkt",),
        "where": ("Kus, millal", "Kus ja millal", "Kus", "Millal", "Koht", "Aeg"),
        "wants": ("Tahab", "Eesmärk"),
        "against": ("Vastu", "Takistus"),
        "turn": ("Pööre",),
        "ends": ("Lõpeb", "Lõpp"),
        "opens": ("Avab",),
        "closes": ("Sulgeb",),
    },
    facts=("Faktid",),
    remarks=Remarks(
        assents=("muidugi", "loomulikult", "hea meelega", "selge"),
        presents=("siin on", "järgneb", "allpool"),
        promises=("ma kirjutan", "kirjutan"),
        work=("peatük", r"järg(?:neb)?\b"),
        pieces=("stseen", "mustand", "lõik"),
        tales=("lugu", "tekst"),
        title=("pealkiri",),
        counts=("sõna", "sõnade arv", "pikkus"),
        over=("lõpp", "järgneb", "peatüki lõpp"),
        notes=("märkus(?:ed)?", "märkmed", "kokkuvõte"),
        offers=(r"(?:kas )?(?:soovite|soovid|tahad|kas ma)\b[^\n]*(?:peatük|stseen|jätka)",),
        refusals=(("vabandust|kahjuks|ma ei saa|mul on kahju", "ei saa", "stseen|peatük|taotlus|sisu|päring"),),
        asks=("enne kui ma (?:alustan|kirjutan)", "kas (?:te|sa) saaks"),
        missing=("stseen jätkub", "ülejäänud (?:peatük|stseen)"),
    ),
)

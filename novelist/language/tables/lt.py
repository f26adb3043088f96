"""Lithuanian.

Number words: cardinals from num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="lt",
    name="Lithuanian",
    chapter=("Skyrius",),
    part=("Dalis",),
    untitled="{} skyrius",
    dotted=True,
    cardinals="""
        vienas, du, trys, keturi, penki, šeši, septyni, aštuoni, devyni, dešimt, vienuolika, dvylika, trylika,
        keturiolika, penkiolika, šešiolika, septyniolika, aštuoniolika, devyniolika, dvidešimt, dvidešimt vienas,
        dvidešimt du, dvidešimt trys, dvidešimt keturi, dvidešimt penki, dvidešimt šeši, dvidešimt septyni, dvidešimt
        aštuoni, dvidešimt devyni, trisdešimt, trisdešimt vienas, trisdešimt du, trisdešimt trys, trisdešimt keturi,
        trisdešimt penki, trisdešimt šeši, trisdešimt septyni, trisdešimt aštuoni, trisdešimt devyni, keturiasdešimt,
        keturiasdešimt vienas, keturiasdešimt du, keturiasdešimt trys, keturiasdešimt keturi, keturiasdešimt penki,
        keturiasdešimt šeši, keturiasdešimt septyni, keturiasdešimt aštuoni, keturiasdešimt devyni, penkiasdešimt,
        penkiasdešimt vienas, penkiasdešimt du, penkiasdešimt trys, penkiasdešimt keturi, penkiasdešimt penki,
        penkiasdešimt šeši, penkiasdešimt septyni, penkiasdešimt aštuoni, penkiasdešimt devyni, šešiasdešimt,
        šešiasdešimt vienas, šešiasdešimt du, šešiasdešimt trys, šešiasdešimt keturi, šešiasdešimt penki, šešiasdešimt
        šeši, šešiasdešimt septyni, šešiasdešimt aštuoni, šešiasdešimt devyni, septyniasdešimt, septyniasdešimt vienas,
        septyniasdešimt du, septyniasdešimt trys, septyniasdešimt keturi, septyniasdešimt penki, septyniasdešimt šeši,
        septyniasdešimt septyni, septyniasdešimt aštuoni, septyniasdešimt devyni, aštuoniasdešimt, aštuoniasdešimt
        vienas, aštuoniasdešimt du, aštuoniasdešimt trys, aštuoniasdešimt keturi, aštuoniasdešimt penki,
        aštuoniasdešimt šeši, aštuoniasdešimt septyni, aštuoniasdešimt aštuoni, aštuoniasdešimt devyni, devyniasdešimt,
        devyniasdešimt vienas, devyniasdešimt du, devyniasdešimt trys, devyniasdešimt keturi, devyniasdešimt penki,
        devyniasdešimt šeši, devyniasdešimt septyni, devyniasdešimt aštuoni, devyniasdešimt devyni
    """,
    opening=("Prologas", "Įžanga", "Pratarmė"),
    closing=("Epilogas",),
    quotes=("„", "“", "‚", "‘"),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Požiūrio taškas",),
        "where": ("Kur, kada", "Kur ir kada", "Kur", "Kada", "Vieta", "Laikas"),
        "wants": ("Nori", "Tikslas"),
        "against": ("Prieš", "Kliūtis"),
        "turn": ("Posūkis",),
        "ends": ("Baigiasi", "Pabaiga"),
        "opens": ("Atveria",),
        "closes": ("Užveria",),
    },
    facts=("Faktai",),
    remarks=Remarks(
        assents=("žinoma", "mielai", "gerai", "suprantu"),
        presents=("štai", "žemiau", "pateikiu"),
        promises=("parašysiu", "aš parašysiu"),
        work=("skyri", "tęsin"),
        pieces=("scen", "juodrašt", "ištrauk"),
        tales=("istorij", "tekst"),
        title=("pavadinimas",),
        counts=("žodžių?", "žodžių skaičius", "apimtis"),
        over=("pabaiga", "bus daugiau", "tęsinys kitame skyriuje", "skyriaus pabaiga"),
        notes=("pastab(?:a|os)", "santrauka"),
        offers=(r"(?:ar )?(?:norite|nori|norėtumėte)\b[^\n]*(?:skyri|scen|tęs)",),
        refusals=(("atsiprašau|deja|negaliu|apgailestauju", "negaliu", "scen|skyri|prašym|turin|užklaus"),),
        asks=("prieš (?:rašydamas|pradėdamas|pradedant)", "ar (?:galite|galėtumėte|gali) (?:man )?"),
        missing=("scena tęsiasi", "likusi (?:skyriaus|scenos)"),
    ),
)

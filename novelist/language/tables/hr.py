"""Croatian.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

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
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Gledište", "Perspektiva"),
        "where": ("Gdje, kada", "Gdje i kada", "Gdje", "Kada", "Mjesto", "Vrijeme"),
        "wants": ("Želi", "Cilj"),
        "against": ("Protiv", "Prepreka"),
        "turn": ("Obrat",),
        "ends": ("Završava", "Kraj"),
        "opens": ("Otvara",),
        "closes": ("Zatvara",),
    },
    facts=("Činjenice",),
    remarks=Remarks(
        assents=("naravno", "svakako", "rado", "u redu", "razumijem", "dakako", "sa zadovoljstvom"),
        presents=("evo", "ovdje je", "u nastavku", "slijedi"),
        promises=("napisat ću", "dopustite", "rado ću"),
        work=("poglavlj", "nastav(?:ak|ka)"),
        pieces=("scen[aue]", "nacrt", "odlomak"),
        tales=("prič", "tekst"),
        title=("naslov", "naslov poglavlja"),
        counts=("riječi", "broj riječi", "duljina"),
        over=("kraj", "nastavlja se"),
        end_of=("kraj ",),
        notes=("bilješk[ae]", "napomen[ae]", "sažetak"),
        offers=(
            r"(?:želite li|želiš li|hoćete li|trebam li)\b[^\n]*(?:poglavlj|scen|nastavi)",
            r"javite (?:mi )?\b[^\n]*(?:poglavlj|scen|promjen)",
        ),
        refusals=(("žao mi je|nažalost|ne mogu|ispričavam se|oprostite", "ne mogu", "scen|poglavlj|zahtjev|sadržaj"),),
        asks=("prije nego (?:što )?(?:počnem|napišem)", "(?:možete li|možeš li|biste li) mi"),
        missing=(r"nastav\w* (?:scen|ovdje)", "ostatak (?:poglavlja|scene)", "sljedećoj poruci"),
    ),
)

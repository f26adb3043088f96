"""Latvian.

Number words: cardinals from num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="lv",
    name="Latvian",
    chapter=("Nodaļa",),
    part=("Daļa",),
    untitled="{}. nodaļa",
    dotted=True,
    cardinals="""
        viens, divi, trīs, četri, pieci, seši, septiņi, astoņi, deviņi, desmit, vienpadsmit, divpadsmit, trīspadsmit,
        četrpadsmit, piecpadsmit, sešpadsmit, septiņpadsmit, astoņpadsmit, deviņpadsmit, divdesmit, divdesmit viens,
        divdesmit divi, divdesmit trīs, divdesmit četri, divdesmit pieci, divdesmit seši, divdesmit septiņi, divdesmit
        astoņi, divdesmit deviņi, trīsdesmit, trīsdesmit viens, trīsdesmit divi, trīsdesmit trīs, trīsdesmit četri,
        trīsdesmit pieci, trīsdesmit seši, trīsdesmit septiņi, trīsdesmit astoņi, trīsdesmit deviņi, četrdesmit,
        četrdesmit viens, četrdesmit divi, četrdesmit trīs, četrdesmit četri, četrdesmit pieci, četrdesmit seši,
        četrdesmit septiņi, četrdesmit astoņi, četrdesmit deviņi, piecdesmit, piecdesmit viens, piecdesmit divi,
        piecdesmit trīs, piecdesmit četri, piecdesmit pieci, piecdesmit seši, piecdesmit septiņi, piecdesmit astoņi,
        piecdesmit deviņi, sešdesmit, sešdesmit viens, sešdesmit divi, sešdesmit trīs, sešdesmit četri, sešdesmit
        pieci, sešdesmit seši, sešdesmit septiņi, sešdesmit astoņi, sešdesmit deviņi, septiņdesmit, septiņdesmit viens,
        septiņdesmit divi, septiņdesmit trīs, septiņdesmit četri, septiņdesmit pieci, septiņdesmit seši, septiņdesmit
        septiņi, septiņdesmit astoņi, septiņdesmit deviņi, astoņdesmit, astoņdesmit viens, astoņdesmit divi,
        astoņdesmit trīs, astoņdesmit četri, astoņdesmit pieci, astoņdesmit seši, astoņdesmit septiņi, astoņdesmit
        astoņi, astoņdesmit deviņi, deviņdesmit, deviņdesmit viens, deviņdesmit divi, deviņdesmit trīs, deviņdesmit
        četri, deviņdesmit pieci, deviņdesmit seši, deviņdesmit septiņi, deviņdesmit astoņi, deviņdesmit deviņi
    """,
    opening=("Prologs", "Ievads", "Priekšvārds"),
    closing=("Epilogs",),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Skatpunkts",),
        "where": ("Kur, kad", "Kur un kad", "Kur", "Kad", "Vieta", "Laiks"),
        "wants": ("Grib", "Mērķis"),
        "against": ("Pret", "Šķērslis"),
        "turn": ("Pavērsiens",),
        "ends": ("Beidzas", "Beigas"),
        "opens": ("Atver",),
        "closes": ("Aizver",),
    },
    facts=("Fakti",),
    remarks=Remarks(
        assents=("protams", "labprāt", "labi", "skaidrs"),
        presents=("šeit ir", "lūk", "zemāk"),
        promises=("es uzrakstīšu", "uzrakstīšu"),
        work=("nodaļ", "turpinājum"),
        pieces=("ain[aus]", "melnraksts", "fragment"),
        tales=("stāst", "tekst"),
        title=("virsraksts", "nosaukums"),
        counts=("vārdi", "vārdu skaits", "garums"),
        over=("beigas", "turpinājums sekos", "nodaļas beigas"),
        notes=("piezīmes?", "kopsavilkums"),
        offers=(r"(?:vai )?(?:vēlaties|vēlies|gribat|man)\b[^\n]*(?:nodaļ|ain|turpin)",),
        refusals=(("atvainojiet|diemžēl|es nevaru|man žēl|piedodiet", "nevaru", "ain|nodaļ|pieprasījum|satur"),),
        asks=("pirms (?:es )?(?:sāku|rakstu)", "vai (?:jūs|tu) var"),
        missing=("aina turpinās", r"pārēj\w+ nodaļ"),
    ),
)

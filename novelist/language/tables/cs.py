"""Czech.

Number words: cardinals from num2words 0.5.14; ordinals by Internetová jazyková příručka. Quotation marks and script:
Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="cs",
    name="Czech",
    chapter=("Kapitola",),
    part=("Část", "Díl", "Kniha", "Dějství", "Svazek"),
    short=("Kap",),
    dotted=True,
    ordinal_forms=(("ý", "á"), ("ý", "é")),
    cardinals="""
        jedna/jeden, dva/dvě, tři, čtyři, pět, šest, sedm, osm, devět, deset, jedenáct, dvanáct, třináct, čtrnáct,
        patnáct, šestnáct, sedmnáct, osmnáct, devatenáct, dvacet, dvacet jedna/dvacet jeden, dvacet dva/dvacet dvě,
        dvacet tři, dvacet čtyři, dvacet pět, dvacet šest, dvacet sedm, dvacet osm, dvacet devět, třicet, třicet
        jedna/třicet jeden, třicet dva/třicet dvě, třicet tři, třicet čtyři, třicet pět, třicet šest, třicet sedm,
        třicet osm, třicet devět, čtyřicet, čtyřicet jedna/čtyřicet jeden, čtyřicet dva/čtyřicet dvě, čtyřicet tři,
        čtyřicet čtyři, čtyřicet pět, čtyřicet šest, čtyřicet sedm, čtyřicet osm, čtyřicet devět, padesát, padesát
        jedna/padesát jeden, padesát dva/padesát dvě, padesát tři, padesát čtyři, padesát pět, padesát šest, padesát
        sedm, padesát osm, padesát devět, šedesát, šedesát jedna/šedesát jeden, šedesát dva/šedesát dvě, šedesát tři,
        šedesát čtyři, šedesát pět, šedesát šest, šedesát sedm, šedesát osm, šedesát devět, sedmdesát, sedmdesát
        jedna/sedmdesát jeden, sedmdesát dva/sedmdesát dvě, sedmdesát tři, sedmdesát čtyři, sedmdesát pět, sedmdesát
        šest, sedmdesát sedm, sedmdesát osm, sedmdesát devět, osmdesát, osmdesát jedna/osmdesát jeden, osmdesát
        dva/osmdesát dvě, osmdesát tři, osmdesát čtyři, osmdesát pět, osmdesát šest, osmdesát sedm, osmdesát osm,
        osmdesát devět, devadesát, devadesát jedna/devadesát jeden, devadesát dva/devadesát dvě, devadesát tři,
        devadesát čtyři, devadesát pět, devadesát šest, devadesát sedm, devadesát osm, devadesát devět
    """,
    ordinals="""
        první, druhý, třetí, čtvrtý, pátý, šestý, sedmý, osmý, devátý, desátý, jedenáctý, dvanáctý, třináctý, čtrnáctý,
        patnáctý, šestnáctý, sedmnáctý, osmnáctý, devatenáctý, dvacátý, dvacátý první, dvacátý druhý, dvacátý třetí,
        dvacátý čtvrtý, dvacátý pátý, dvacátý šestý, dvacátý sedmý, dvacátý osmý, dvacátý devátý, třicátý, třicátý
        první, třicátý druhý, třicátý třetí, třicátý čtvrtý, třicátý pátý, třicátý šestý, třicátý sedmý, třicátý osmý,
        třicátý devátý, čtyřicátý, čtyřicátý první, čtyřicátý druhý, čtyřicátý třetí, čtyřicátý čtvrtý, čtyřicátý pátý,
        čtyřicátý šestý, čtyřicátý sedmý, čtyřicátý osmý, čtyřicátý devátý, padesátý, padesátý první, padesátý druhý,
        padesátý třetí, padesátý čtvrtý, padesátý pátý, padesátý šestý, padesátý sedmý, padesátý osmý, padesátý devátý,
        šedesátý, šedesátý první, šedesátý druhý, šedesátý třetí, šedesátý čtvrtý, šedesátý pátý, šedesátý šestý,
        šedesátý sedmý, šedesátý osmý, šedesátý devátý, sedmdesátý, sedmdesátý první, sedmdesátý druhý, sedmdesátý
        třetí, sedmdesátý čtvrtý, sedmdesátý pátý, sedmdesátý šestý, sedmdesátý sedmý, sedmdesátý osmý, sedmdesátý
        devátý, osmdesátý, osmdesátý první, osmdesátý druhý, osmdesátý třetí, osmdesátý čtvrtý, osmdesátý pátý,
        osmdesátý šestý, osmdesátý sedmý, osmdesátý osmý, osmdesátý devátý, devadesátý, devadesátý první, devadesátý
        druhý, devadesátý třetí, devadesátý čtvrtý, devadesátý pátý, devadesátý šestý, devadesátý sedmý, devadesátý
        osmý, devadesátý devátý
    """,
    opening=("Prolog", "Předmluva", "Úvod"),
    between=("Interludium", "Mezihra"),
    closing=("Epilog", "Doslov", "Poděkování"),
    matter=("Obsah", "Věnování", "Tiráž"),
    pages={
        "also-by": "Od stejného autora",
        "copyright": "Tiráž",
        "dedication": "Věnování",
        "epigraph": "Motto",
        "foreword": "Předmluva",
        "preface": "Slovo úvodem",
        "introduction": "Úvod",
        "afterword": "Doslov",
        "authors-note": "Poznámka autora",
        "acknowledgements": "Poděkování",
        "appendix": "Dodatek",
        "glossary": "Slovníček",
        "about-the-author": "O autorovi",
    },
    quotes=("„", "“", "‚", "‘"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Pohled", "Hledisko"),
        "where": ("Kde, kdy", "Kde a kdy", "Kde", "Kdy", "Místo", "Čas"),
        "wants": ("Chce", "Cíl"),
        "against": ("Proti", "Překážka"),
        "turn": ("Obrat", "Zvrat"),
        "ends": ("Končí", "Konec"),
        "opens": ("Otevírá",),
        "closes": ("Uzavírá",),
    },
    inflections=(
        ("", "a u ovi em e ě i y ů ům ech ích ách ami ové"),
        ("a", "y i u o ou ě e ovi ám ách ami"),
        ("ha", "ze"),
        ("ga", "ze"),
        ("cha", "še"),
        ("ka", "ce"),
        ("ra", "ře"),
        ("á", "é ou"),
        ("e", "i í ete eti etem"),
        ("ě", "i í"),
        ("ie", "ii ií ií"),
        ("í", "ího ímu ím íh"),
        ("ý", "ého ému ým ém á é ou"),
        ("o", "a u ě e em ovi"),
        ("y", "ů ům ech ách ám ami"),
        ("ice", "ic icím icích icemi"),
        ("ek", "ka ku kovi kem ce ky ků"),
        ("el", "la lu lovi lem le li"),
        ("ec", "ce ci covi cem če"),
        ("r", "ře"),
        ("er", "ra ru rovi rem ře"),
        ("h", "hu ze"),
        ("ň", "ně ni ní"),
        ("eň", "ně ni ní"),
        ("ď", "dě di dí"),
        ("ť", "tě ti tí"),
        ("ůj", "oje oji ojem"),
        ("ůr", "ora oru orem oře"),
        ("ův", "ova ovu ovem ově"),
    ),
    titles=("Pan", "Paní", "Slečna", "Doktor", "Profesor", "Teta", "Strýc"),
    people=("postavy", "osoby"),
    facts=("Fakta",),
    fact_keys={
        "where": ("kde", "místo"),
        "has": ("má", "nese", "vlastní"),
        "lost": ("ztratil", "ztratila", "dal", "dala", "už nemá"),
        "nothing": ("nic",),
        "knows": ("ví",),
        "wants": ("chce",),
        "since": ("od",),
        "age": ("věk",),
        "born": ("narozen", "narozena"),
        "date": ("datum",),
        "dead": ("mrtvý", "mrtvá", "zemřel", "zemřela", "zahynul", "zahynula"),
        "alive": ("žije", "živý", "živá"),
        "hurt": ("zraněný", "zraněná", "raněný", "raněná"),
        "healed": ("zdravý", "zdravá"),
        "bound": ("zajatý", "zajatá", "spoutaný", "spoutaná"),
        "freed": ("volný", "volná", "svobodný", "svobodná"),
        "planted": ("zaseto",),
        "due": ("očekáváno",),
        "paid": ("vyřešeno",),
        "and": ("a",),
    },
    byline=("autor",),
    remarks=Remarks(
        talk=(
            r"v této kapitole\b",
            "kapitola (?:popisuje|vypráví|ukazuje)",
            "čtenář (?:se dozvídá|poznává)",
        ),
        assents=("jistě", "samozřejmě", "rád", "ráda", "dobře", "s radostí", "rozumím", "určitě"),
        presents=("tady (?:je|máte|máš)", "zde (?:je|máte)", "níže", "následuje"),
        promises=("napíšu", "rád napíšu", "ráda napíšu", "dovolte"),
        work=("kapitol", "pokračován"),
        pieces=("scén", "návrh", "pasáž"),
        tales=("příběh", "text"),
        continued=("pokračování",),
        title=("název", "název kapitoly", "titul"),
        counts=("slov", "počet slov", "délka"),
        over=("konec", "pokračování příště"),
        end_of=("konec ",),
        notes=("poznámk[ay]", "shrnutí", "souhrn", "poznámky autora"),
        offers=(
            r"(?:chcete|chceš|přejete si|mám)\b[^\n]*(?:kapitol|scén|pokračovat|abych pokračoval)",
            r"dejte (?:mi )?vědět\b[^\n]*(?:kapitol|scén|změn|úprav|pokračov)",
            r"doufám, že (?:tato|se)\b[^\n]*kapitola\b",
        ),
        refusals=(
            (
                "omlouvám se|je mi líto|bohužel|nemohu|nemůžu|raději ne|promiňte",
                "nemohu|nemůžu|nedokážu|raději ne",
                "scén|kapitol|požadav|žádost|obsah",
            ),
        ),
        asks=("než (?:začnu|napíšu)", "(?:můžete|můžeš|mohl bys|mohli byste) mi"),
        missing=(r"pokrač\w* (?:scén|zde)", "zbytek (?:kapitoly|scény)", "další zprávě", "kvůli délce"),
    ),
)

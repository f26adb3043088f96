"""Hungarian.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from collections.abc import Iterator

from novelist.language.table import Cases, Language, Remarks

ENDINGS = (
    "t ot et öt at nak nek val vel vá vé ban ben ba be ban ból ből ról ről ra re hoz hez höz tól től on en ön n nál nél"
    " ért ig ként é éé k ok ek ök kat ket ék éknak éknek"
)
# With -val and -vel, and -vá and -vé, the last consonant is doubled.
DOUBLED = (
    *((letter, letter * 2) for letter in "bcdfghjklmnpqrstvwxz"),
    *((letters, letters[0] + letters) for letters in ("cs", "gy", "ly", "ny", "sz", "ty", "zs")),
)

SOFT = ("s", "sz", "z", "zs", "l", "ly", "n", "ny", "r", "j")  # before the -t of the accusative, without a vowel
BACK, FRONT, ROUND = "aáoóuú", "eéiíöőüű", "öőüű"


def _cases() -> Iterator[tuple[str, str, str]]:
    """Yield how names are declined, by their last vowel and what they end with."""
    for vowels, a, link, out in ((ROUND, "e", "ö", "ő"), (BACK, "a", "o", "ó"), (FRONT, "e", "e", "ő")):
        near = "nél" if a == "e" else "nál"
        rest = f"b{a}n b{out}l b{a} h{link}z {near} t{out}l r{a} r{out}l ig ért"
        last = f"[{vowels}{vowels.upper()}]"
        for short, long in (("a", "á"), ("e", "é")):
            if short in vowels:
                yield f"({short})", "", " ".join(f"{long}{each}" for each in f"t n{a}k v{a}l n {rest}".split())
        yield f"{last}()", "", f"t n{a}k v{a}l n {rest}"
        for end, double in sorted(DOUBLED, key=lambda each: -len(each[0])):
            linked = "" if end in SOFT else link
            ends = [f"{linked}t", f"n{a}k", "", f"{'o' if a == 'a' else link}n", *rest.split()]
            cells = [f"{end}{each}" for each in ends]
            cells[2] = f"{double}{a}l"
            yield f"{last}[^{BACK}{FRONT}{(BACK + FRONT).upper()}\\W]*?({end})", "", " ".join(cells)


TABLE = Language(
    code="hu",
    name="Hungarian",
    chapter=("Fejezet",),
    part=("Rész", "Kötet", "Könyv", "Felvonás"),
    untitled="{}. fejezet",
    dotted=True,
    cardinals="""
        egy, kettő, három, négy, öt, hat, hét, nyolc, kilenc, tíz, tizenegy, tizenkettő, tizenhárom, tizennégy,
        tizenöt, tizenhat, tizenhét, tizennyolc, tizenkilenc, húsz, huszonegy, huszonkettő, huszonhárom, huszonnégy,
        huszonöt, huszonhat, huszonhét, huszonnyolc, huszonkilenc, harminc, harmincegy, harminckettő, harminchárom,
        harmincnégy, harmincöt, harminchat, harminchét, harmincnyolc, harminckilenc, negyven, negyvenegy, negyvenkettő,
        negyvenhárom, negyvennégy, negyvenöt, negyvenhat, negyvenhét, negyvennyolc, negyvenkilenc, ötven, ötvenegy,
        ötvenkettő, ötvenhárom, ötvennégy, ötvenöt, ötvenhat, ötvenhét, ötvennyolc, ötvenkilenc, hatvan, hatvanegy,
        hatvankettő, hatvanhárom, hatvannégy, hatvanöt, hatvanhat, hatvanhét, hatvannyolc, hatvankilenc, hetven,
        hetvenegy, hetvenkettő, hetvenhárom, hetvennégy, hetvenöt, hetvenhat, hetvenhét, hetvennyolc, hetvenkilenc,
        nyolcvan, nyolcvanegy, nyolcvankettő, nyolcvanhárom, nyolcvannégy, nyolcvanöt, nyolcvanhat, nyolcvanhét,
        nyolcvannyolc, nyolcvankilenc, kilencven, kilencvenegy, kilencvenkettő, kilencvenhárom, kilencvennégy,
        kilencvenöt, kilencvenhat, kilencvenhét, kilencvennyolc, kilencvenkilenc
    """,
    ordinals="""
        első, második, harmadik, negyedik, ötödik, hatodik, hetedik, nyolcadik, kilencedik, tizedik, tizenegyedik,
        tizenkettedik, tizenharmadik, tizennegyedik, tizenötödik, tizenhatodik, tizenhetedik, tizennyolcadik,
        tizenkilencedik, huszadik, huszonegyedik, huszonkettedik, huszonharmadik, huszonnegyedik, huszonötödik,
        huszonhatodik, huszonhetedik, huszonnyolcadik, huszonkilencedik, harmincadik, harmincegyedik, harminckettedik,
        harmincharmadik, harmincnegyedik, harmincötödik, harminchatodik, harminchetedik, harmincnyolcadik,
        harminckilencedik, negyvenedik, negyvenegyedik, negyvenkettedik, negyvenharmadik, negyvennegyedik,
        negyvenötödik, negyvenhatodik, negyvenhetedik, negyvennyolcadik, negyvenkilencedik, ötvenedik, ötvenegyedik,
        ötvenkettedik, ötvenharmadik, ötvennegyedik, ötvenötödik, ötvenhatodik, ötvenhetedik, ötvennyolcadik,
        ötvenkilencedik, hatvanadik, hatvanegyedik, hatvankettedik, hatvanharmadik, hatvannegyedik, hatvanötödik,
        hatvanhatodik, hatvanhetedik, hatvannyolcadik, hatvankilencedik, hetvenedik, hetvenegyedik, hetvenkettedik,
        hetvenharmadik, hetvennegyedik, hetvenötödik, hetvenhatodik, hetvenhetedik, hetvennyolcadik, hetvenkilencedik,
        nyolcvanadik, nyolcvanegyedik, nyolcvankettedik, nyolcvanharmadik, nyolcvannegyedik, nyolcvanötödik,
        nyolcvanhatodik, nyolcvanhetedik, nyolcvannyolcadik, nyolcvankilencedik, kilencvenedik, kilencvenegyedik,
        kilencvenkettedik, kilencvenharmadik, kilencvennegyedik, kilencvenötödik, kilencvenhatodik, kilencvenhetedik,
        kilencvennyolcadik, kilencvenkilencedik
    """,
    opening=("Prológus", "Előszó", "Bevezetés"),
    between=("Közjáték", "Intermezzo"),
    closing=("Epilógus", "Utószó", "Köszönetnyilvánítás"),
    matter=("Tartalom", "Tartalomjegyzék", "Ajánlás"),
    pages={
        "also-by": "A szerző további művei",
        "copyright": "Impresszum",
        "dedication": "Ajánlás",
        "epigraph": "Mottó",
        "foreword": "Előszó",
        "preface": "A szerző előszava",
        "introduction": "Bevezetés",
        "afterword": "Utószó",
        "authors-note": "A szerző megjegyzése",
        "acknowledgements": "Köszönetnyilvánítás",
        "appendix": "Függelék",
        "glossary": "Szójegyzék",
        "about-the-author": "A szerzőről",
    },
    quotes=("„", "”", "»", "«"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Nézőpont",),
        "where": ("Hol, mikor", "Hol és mikor", "Hol", "Mikor", "Helyszín", "Idő"),
        "wants": ("Mit akar", "Akarja", "Cél"),
        "against": ("Ellene", "Akadály"),
        "turn": ("Fordulat",),
        "ends": ("Vége", "Így végződik"),
        "opens": ("Megnyit",),
        "closes": ("Lezár",),
    },
    articles=("A", "Az", "Egy", "És"),
    inflections=(
        ("", ENDINGS),
        ("a", " ".join(f"á{ending}" for ending in ENDINGS.split())),
        ("e", " ".join(f"é{ending}" for ending in ENDINGS.split())),
        *((end, f"{double}al {double}el {double}á {double}é") for end, double in DOUBLED),
    ),
    cases=Cases(names="acc dat ins on in out into to at from onto off until for", endings=tuple(_cases())),
    titles=("Úr", "Asszony", "Kisasszony", "Doktor", "Néni", "Bácsi"),
    people=("szereplők", "személyek"),
    facts=("Tények",),
    fact_keys={
        "where": ("hol", "hely"),
        "has": ("van nála", "birtokolja"),
        "lost": ("elvesztette", "odaadta", "már nincs nála"),
        "nothing": ("semmi",),
        "knows": ("tudja",),
        "wants": ("akarja", "akar"),
        "since": ("mióta", "azóta"),
        "age": ("kora", "életkor"),
        "born": ("született",),
        "date": ("dátum",),
        "dead": ("halott", "meghalt"),
        "alive": ("él", "életben van"),
        "hurt": ("sebesült", "sérült"),
        "healed": ("felépült", "meggyógyult"),
        "bound": ("fogoly", "megkötözve"),
        "freed": ("szabad",),
        "planted": ("elvetve",),
        "due": ("esedékes",),
        "paid": ("lezárva",),
        "some": ("egy", "két", "három"),
        "and": ("és",),
    },
    byline=("írta",),
    remarks=Remarks(
        talk=(
            r"ebben a fejezetben\b",
            "a fejezet (?:leírja|bemutatja|elmeséli)",
            "az olvasó megtudja",
        ),
        assents=("természetesen", "rendben", "szívesen", "persze", "értettem", "örömmel"),
        presents=("íme", "itt (?:van|a|az)", "alább"),
        promises=("megírom", "írom", "meg fogom írni", "hadd"),
        work=("fejezet", "folytatás"),
        pieces=("jelenet", "vázlat", "részlet"),
        tales=("történet", "szöveg"),
        continued=("folytatás",),
        title=("cím", "a fejezet címe"),
        counts=("szó", "szavak(?: száma)?", "szószám", "terjedelem"),
        over=("vége", "folytatása következik", "folytatjuk"),
        notes=("megjegyzés(?:ek)?", "jegyzet(?:ek)?", "összefoglaló", "összegzés"),
        offers=(
            r"(?:szeretné|szeretnéd|kéri|akarod|akarja)\b[^\n]*(?:fejezet|jelenet|folytass)",
            r"(?:folytassam|írjam)\b[^\n]*(?:fejezet|jelenet|\?)",
            r"(?:szólj|jelezd|jelezze|tudasd)\b[^\n]*(?:fejezet|jelenet|módosít|változtat)",
        ),
        refusals=(
            (
                "sajnálom|sajnos|elnézést|nem tud|bocsánat",
                "nem (?:tud|áll módomban|írhat)",
                "jelenet|fejezet|kérés|tartal",
            ),
        ),
        asks=("mielőtt (?:megírom|elkezdem|írnék)", "(?:tudnál|el tudnád|meg tudnád|elmondaná|elmondanád)"),
        missing=(
            r"folyta\w* (?:a jelenet|itt)",
            "(?:fejezet|jelenet) (?:többi|hátralévő|további) rész",
            "következő üzenet",
        ),
    ),
)

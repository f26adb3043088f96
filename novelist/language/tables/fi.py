"""Finnish.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from collections.abc import Iterator

from novelist.language.table import Cases, Language, Remarks

WEAK = "n ssa ssä sta stä lla llä lta ltä lle ksi t"
ENDINGS = f"{WEAK} a ä ta tä na nä"
VOWELS = "aeiouyäö"
# The last consonants of a name before a vowel, and what they are in a closed syllable.
GRADATION = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr")),
    *(("ht", "hd"), ("at", "ad"), ("ät", "äd"), ("ot", "od"), ("et", "ed"), ("it", "id"), ("ut", "ud"), ("uk", "uv")),
    *(("ap", "av"), ("äp", "äv"), ("op", "ov"), ("up", "uv"), ("lp", "lv"), ("rp", "rv"), ("lk", "l"), ("rk", "r")),
)

WEAKENED = (("k", ""), ("p", "v"), ("t", "d"))  # in some names, and in others not


def _weak(stem: str) -> str:
    return _behind(stem, WEAK)


def _cases() -> Iterator[tuple[str, str, str]]:
    """Yield how names are declined: with `a` or `ä` by their vowels; whether a `k` alone is weakened, nobody knows."""
    for a, behind, vowels in (("a", "", "aou"), ("a", "[aouAOU].*", "eiyäö"), ("ä", "", "eiyäö")):
        local = f"ss{a} st{a} {{}} ll{a} lt{a} lle n{a} ksi"
        yield f"{behind or '[aouAOU].*' if a == 'a' else ''}(nen)", "", f"sen st{a} {_behind('se', local.format('en'))}"
        for vowel in vowels:
            endings = f"n {a} {local.format(f'{vowel}n')}"
            for strong, weak in (("kk", "k"), ("pp", "p"), ("tt", "t"), ("k", "k"), ("p", "p"), ("t", "t"), *WEAKENED):
                stem = dict.fromkeys((a, f"{vowel}n", f"n{a}"), strong)
                cells = (f"{stem.get(each, weak)}{vowel}{each}" for each in endings.split())
                yield f"{behind}({strong}{vowel})", "", " ".join(cells)
            yield f"{behind}{vowel}()", "", endings
        yield (
            f"{behind or '[aouAOU].*' if a == 'a' else ''}[^{VOWELS}]()",
            "",
            f"in i{a} {_behind('i', local.format('in'))}",
        )


def _behind(stem: str, endings: str) -> str:
    return " ".join(stem + ending for ending in endings.split())


TABLE = Language(
    code="fi",
    name="Finnish",
    chapter=("Luku",),
    part=("Osa", "Kirja", "Näytös", "Nide"),
    untitled="{}. luku",
    dotted=True,
    cardinals="""
        yksi, kaksi, kolme, neljä, viisi, kuusi, seitsemän, kahdeksan, yhdeksän, kymmenen, yksitoista, kaksitoista,
        kolmetoista, neljätoista, viisitoista, kuusitoista, seitsemäntoista, kahdeksantoista, yhdeksäntoista,
        kaksikymmentä, kaksikymmentäyksi, kaksikymmentäkaksi, kaksikymmentäkolme, kaksikymmentäneljä,
        kaksikymmentäviisi, kaksikymmentäkuusi, kaksikymmentäseitsemän, kaksikymmentäkahdeksan, kaksikymmentäyhdeksän,
        kolmekymmentä, kolmekymmentäyksi, kolmekymmentäkaksi, kolmekymmentäkolme, kolmekymmentäneljä,
        kolmekymmentäviisi, kolmekymmentäkuusi, kolmekymmentäseitsemän, kolmekymmentäkahdeksan, kolmekymmentäyhdeksän,
        neljäkymmentä, neljäkymmentäyksi, neljäkymmentäkaksi, neljäkymmentäkolme, neljäkymmentäneljä,
        neljäkymmentäviisi, neljäkymmentäkuusi, neljäkymmentäseitsemän, neljäkymmentäkahdeksan, neljäkymmentäyhdeksän,
        viisikymmentä, viisikymmentäyksi, viisikymmentäkaksi, viisikymmentäkolme, viisikymmentäneljä,
        viisikymmentäviisi, viisikymmentäkuusi, viisikymmentäseitsemän, viisikymmentäkahdeksan, viisikymmentäyhdeksän,
        kuusikymmentä, kuusikymmentäyksi, kuusikymmentäkaksi, kuusikymmentäkolme, kuusikymmentäneljä,
        kuusikymmentäviisi, kuusikymmentäkuusi, kuusikymmentäseitsemän, kuusikymmentäkahdeksan, kuusikymmentäyhdeksän,
        seitsemänkymmentä, seitsemänkymmentäyksi, seitsemänkymmentäkaksi, seitsemänkymmentäkolme,
        seitsemänkymmentäneljä, seitsemänkymmentäviisi, seitsemänkymmentäkuusi, seitsemänkymmentäseitsemän,
        seitsemänkymmentäkahdeksan, seitsemänkymmentäyhdeksän, kahdeksankymmentä, kahdeksankymmentäyksi,
        kahdeksankymmentäkaksi, kahdeksankymmentäkolme, kahdeksankymmentäneljä, kahdeksankymmentäviisi,
        kahdeksankymmentäkuusi, kahdeksankymmentäseitsemän, kahdeksankymmentäkahdeksan, kahdeksankymmentäyhdeksän,
        yhdeksänkymmentä, yhdeksänkymmentäyksi, yhdeksänkymmentäkaksi, yhdeksänkymmentäkolme, yhdeksänkymmentäneljä,
        yhdeksänkymmentäviisi, yhdeksänkymmentäkuusi, yhdeksänkymmentäseitsemän, yhdeksänkymmentäkahdeksan,
        yhdeksänkymmentäyhdeksän
    """,
    ordinals="""
        ensimmäinen, toinen, kolmas, neljäs, viides, kuudes, seitsemäs, kahdeksas, yhdeksäs, kymmenes, yhdestoista,
        kahdestoista, kolmastoista, neljästoista, viidestoista, kuudestoista, seitsemästoista, kahdeksastoista,
        yhdeksästoista, kahdeskymmenes, kahdeskymmenesensimmäinen, kahdeskymmenestoinen, kahdeskymmeneskolmas,
        kahdeskymmenesneljäs, kahdeskymmenesviides, kahdeskymmeneskuudes, kahdeskymmenesseitsemäs,
        kahdeskymmeneskahdeksas, kahdeskymmenesyhdeksäs, kolmaskymmenes, kolmaskymmenesensimmäinen,
        kolmaskymmenestoinen, kolmaskymmeneskolmas, kolmaskymmenesneljäs, kolmaskymmenesviides, kolmaskymmeneskuudes,
        kolmaskymmenesseitsemäs, kolmaskymmeneskahdeksas, kolmaskymmenesyhdeksäs, neljäskymmenes,
        neljäskymmenesensimmäinen, neljäskymmenestoinen, neljäskymmeneskolmas, neljäskymmenesneljäs,
        neljäskymmenesviides, neljäskymmeneskuudes, neljäskymmenesseitsemäs, neljäskymmeneskahdeksas,
        neljäskymmenesyhdeksäs, viideskymmenes, viideskymmenesensimmäinen, viideskymmenestoinen, viideskymmeneskolmas,
        viideskymmenesneljäs, viideskymmenesviides, viideskymmeneskuudes, viideskymmenesseitsemäs,
        viideskymmeneskahdeksas, viideskymmenesyhdeksäs, kuudeskymmenes, kuudeskymmenesensimmäinen,
        kuudeskymmenestoinen, kuudeskymmeneskolmas, kuudeskymmenesneljäs, kuudeskymmenesviides, kuudeskymmeneskuudes,
        kuudeskymmenesseitsemäs, kuudeskymmeneskahdeksas, kuudeskymmenesyhdeksäs, seitsemäskymmenes,
        seitsemäskymmenesensimmäinen, seitsemäskymmenestoinen, seitsemäskymmeneskolmas, seitsemäskymmenesneljäs,
        seitsemäskymmenesviides, seitsemäskymmeneskuudes, seitsemäskymmenesseitsemäs, seitsemäskymmeneskahdeksas,
        seitsemäskymmenesyhdeksäs, kahdeksaskymmenes, kahdeksaskymmenesensimmäinen, kahdeksaskymmenestoinen,
        kahdeksaskymmeneskolmas, kahdeksaskymmenesneljäs, kahdeksaskymmenesviides, kahdeksaskymmeneskuudes,
        kahdeksaskymmenesseitsemäs, kahdeksaskymmeneskahdeksas, kahdeksaskymmenesyhdeksäs, yhdeksäskymmenes,
        yhdeksäskymmenesensimmäinen, yhdeksäskymmenestoinen, yhdeksäskymmeneskolmas, yhdeksäskymmenesneljäs,
        yhdeksäskymmenesviides, yhdeksäskymmeneskuudes, yhdeksäskymmenesseitsemäs, yhdeksäskymmeneskahdeksas,
        yhdeksäskymmenesyhdeksäs
    """,
    opening=("Prologi", "Esipuhe", "Johdanto", "Alkusanat"),
    between=("Välisoitto", "Välinäytös"),
    closing=("Epilogi", "Jälkisanat", "Kiitokset"),
    matter=("Sisällys", "Sisällysluettelo", "Omistus"),
    pages={
        "also-by": "Samalta kirjailijalta",
        "copyright": "Tekijänoikeus",
        "dedication": "Omistus",
        "epigraph": "Motto",
        "foreword": "Esipuhe",
        "preface": "Alkusanat",
        "introduction": "Johdanto",
        "afterword": "Jälkisanat",
        "authors-note": "Kirjailijan huomautus",
        "acknowledgements": "Kiitokset",
        "appendix": "Liite",
        "glossary": "Sanasto",
        "about-the-author": "Kirjailijasta",
    },
    quotes=("”", "”", "’", "’"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Näkökulma",),
        "where": ("Missä, milloin", "Missä ja milloin", "Missä", "Milloin", "Paikka", "Aika"),
        "wants": ("Haluaa", "Tavoite"),
        "against": ("Vastassa", "Este"),
        "turn": ("Käänne",),
        "ends": ("Päättyy", "Loppu"),
        "opens": ("Avaa",),
        "closes": ("Sulkee",),
    },
    inflections=(
        ("", f"{ENDINGS} han hän hin hon hun hyn hön en in"),
        ("", f"iin {' '.join(f'i{ending}' for ending in ENDINGS.split())}"),
        *((vowel, f"{vowel}{vowel}n") for vowel in VOWELS),
        *((strong + vowel, _weak(weak + vowel)) for strong, weak in GRADATION for vowel in VOWELS),
        ("nen", "sen sta stä selle sella sellä selta seltä sessa sessä sesta sestä seen seksi sena senä set"),
        ("vi", "ven veä vessä vestä velle vellä veltä veen veksi venä"),
        ("hti", f"hteen htea hteä hteä {_weak('hde')}"),
        ("mpi", f"mpea mpeen {_weak('mme')}"),
        ("us", "uksen usta uksessa uksesta ukselle uksella ukselta ukseen"),
        ("ys", "yksen ystä yksessä yksestä ykselle yksellä ykseltä ykseen"),
        ("i", "en"),
    ),
    cases=Cases(names="gen part in out into at from onto as turned", endings=tuple(_cases())),
    titles=("Herra", "Rouva", "Neiti", "Tohtori", "Täti", "Setä", "Eno"),
    people=("henkilöt", "hahmot"),
    facts=("Faktat", "Tosiasiat"),
    fact_keys={
        "where": ("missä", "paikka"),
        "has": ("hänellä on", "omistaa", "kantaa"),
        "lost": ("menetti", "antoi pois", "hänellä ei enää ole"),
        "nothing": ("ei mitään",),
        "knows": ("tietää",),
        "wants": ("haluaa",),
        "since": ("alkaen",),
        "age": ("ikä",),
        "born": ("syntynyt",),
        "date": ("päivä",),
        "dead": ("kuollut",),
        "alive": ("elossa",),
        "hurt": ("loukkaantunut", "haavoittunut"),
        "healed": ("parantunut",),
        "bound": ("vangittu", "sidottu"),
        "freed": ("vapaa",),
        "planted": ("kylvetty",),
        "due": ("odotettavissa",),
        "paid": ("ratkaistu",),
        "and": ("ja",),
    },
    byline=("kirjoittanut",),
    remarks=Remarks(
        talk=(
            r"tässä (?:luvussa|katkelmassa)\b",
            r"luku (?:kuvaa|kertoo)\b",
            "lukija saa tietää",
        ),
        assents=("toki", "totta kai", "tietysti", "mielelläni", "selvä", "ilman muuta"),
        presents=("tässä (?:on|tulee)", "alla"),
        promises=("kirjoitan", "annan", "anna minun"),
        work=("luku", "luvu[nt]", "jatko"),
        pieces=("kohtau", "luonnos", "katkelma"),
        tales=("tarina", "teksti"),
        continued=("jatkoa",),
        title=("otsikko", "luvun otsikko"),
        counts=("sanaa", "sanamäärä", "sanoja", "pituus"),
        over=("loppu", "jatkuu", "luvun loppu"),
        notes=("huomautu(?:s|kset)", "muistiinpanot", "huomiot", "yhteenveto", "tiivistelmä"),
        offers=(
            r"(?:haluatko|haluatteko|jatkanko|kirjoitanko)\b[^\n]*(?:luku|luvu|kohtau|jatkan|\?)",
            r"kerro(?: minulle)?,? jos\b[^\n]*(?:luku|luvu|kohtau|muuto)",
        ),
        refusals=(
            (
                "pahoittelen|valitettavasti|anteeksi|en voi|olen pahoillani",
                "en (?:voi|pysty)",
                "kohtau|luku|luvu|pyyn|sisältö",
            ),
        ),
        asks=("ennen kuin (?:aloitan|kirjoitan)", "(?:voisitko|voitko) kertoa"),
        missing=("kohtaus jatkuu", "loput? (?:luvusta|kohtauksesta)", "seuraavassa viestissä"),
    ),
)

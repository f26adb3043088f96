"""Romanian.

Number words: num2words 0.5.14; feminine ordinals by the DOOM. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="ro",
    name="Romanian",
    chapter=("Capitolul", "Capitol"),
    part=("Partea", "Cartea", "Volumul", "Actul"),
    short=("Cap",),
    cardinals="""
        unu, doi, trei, patru, cinci, șase, șapte, opt, nouă, zece, unsprezece, doisprezece, treisprezece, paisprezece,
        cincisprezece, șaisprezece, șaptesprezece, optsprezece, nouăsprezece, douăzeci, douăzeci și unu, douăzeci și
        doi, douăzeci și trei, douăzeci și patru, douăzeci și cinci, douăzeci și șase, douăzeci și șapte, douăzeci și
        opt, douăzeci și nouă, treizeci, treizeci și unu, treizeci și doi, treizeci și trei, treizeci și patru,
        treizeci și cinci, treizeci și șase, treizeci și șapte, treizeci și opt, treizeci și nouă, patruzeci, patruzeci
        și unu, patruzeci și doi, patruzeci și trei, patruzeci și patru, patruzeci și cinci, patruzeci și șase,
        patruzeci și șapte, patruzeci și opt, patruzeci și nouă, cincizeci, cincizeci și unu, cincizeci și doi,
        cincizeci și trei, cincizeci și patru, cincizeci și cinci, cincizeci și șase, cincizeci și șapte, cincizeci și
        opt, cincizeci și nouă, șaizeci, șaizeci și unu, șaizeci și doi, șaizeci și trei, șaizeci și patru, șaizeci și
        cinci, șaizeci și șase, șaizeci și șapte, șaizeci și opt, șaizeci și nouă, șaptezeci, șaptezeci și unu,
        șaptezeci și doi, șaptezeci și trei, șaptezeci și patru, șaptezeci și cinci, șaptezeci și șase, șaptezeci și
        șapte, șaptezeci și opt, șaptezeci și nouă, optzeci, optzeci și unu, optzeci și doi, optzeci și trei, optzeci
        și patru, optzeci și cinci, optzeci și șase, optzeci și șapte, optzeci și opt, optzeci și nouă, nouăzeci,
        nouăzeci și unu, nouăzeci și doi, nouăzeci și trei, nouăzeci și patru, nouăzeci și cinci, nouăzeci și șase,
        nouăzeci și șapte, nouăzeci și opt, nouăzeci și nouă
    """,
    ordinals="""
        primul/întâi/întâiul/prima, al doilea/a doia, al treilea/a treia, al patrulea/a patra, al cincilea/a cincea,
        al șaselea/a șasea, al șaptelea/a șaptea, al optlea/a opta, al nouălea/a noua, al zecelea/a zecea, al
        unsprezecelea/a unsprezecea, al doisprezecelea/a douăsprezecea, al treisprezecelea/a treisprezecea, al
        paisprezecelea/a paisprezecea, al cincisprezecelea/a cincisprezecea, al șaisprezecelea/a șaisprezecea, al
        șaptesprezecelea/a șaptesprezecea, al optsprezecelea/a optsprezecea, al nouăsprezecelea/a nouăsprezecea, al
        douăzecilea/a douăzecea, al douăzeci și unulea/a douăzeci și una, al douăzeci și doilea/a douăzeci și doia, al
        douăzeci și treilea/a douăzeci și treia, al douăzeci și patrulea/a douăzeci și patra, al douăzeci și
        cincilea/a douăzeci și cincea, al douăzeci și șaselea/a douăzeci și șasea, al douăzeci și șaptelea/a douăzeci
        și șaptea, al douăzeci și optlea/a douăzeci și opta, al douăzeci și nouălea/a douăzeci și noua, al
        treizecilea/a treizecea, al treizeci și unulea/a treizeci și una, al treizeci și doilea/a treizeci și doia, al
        treizeci și treilea/a treizeci și treia, al treizeci și patrulea/a treizeci și patra, al treizeci și
        cincilea/a treizeci și cincea, al treizeci și șaselea/a treizeci și șasea, al treizeci și șaptelea/a treizeci
        și șaptea, al treizeci și optlea/a treizeci și opta, al treizeci și nouălea/a treizeci și noua, al
        patruzecilea/a patruzecea, al patruzeci și unulea/a patruzeci și una, al patruzeci și doilea/a patruzeci și
        doia, al patruzeci și treilea/a patruzeci și treia, al patruzeci și patrulea/a patruzeci și patra, al
        patruzeci și cincilea/a patruzeci și cincea, al patruzeci și șaselea/a patruzeci și șasea, al patruzeci și
        șaptelea/a patruzeci și șaptea, al patruzeci și optlea/a patruzeci și opta, al patruzeci și nouălea/a patruzeci
        și noua, al cincizecilea/a cincizecea, al cincizeci și unulea/a cincizeci și una, al cincizeci și doilea/a
        cincizeci și doia, al cincizeci și treilea/a cincizeci și treia, al cincizeci și patrulea/a cincizeci și
        patra, al cincizeci și cincilea/a cincizeci și cincea, al cincizeci și șaselea/a cincizeci și șasea, al
        cincizeci și șaptelea/a cincizeci și șaptea, al cincizeci și optlea/a cincizeci și opta, al cincizeci și
        nouălea/a cincizeci și noua, al șaizecilea/a șaizecea, al șaizeci și unulea/a șaizeci și una, al șaizeci și
        doilea/a șaizeci și doia, al șaizeci și treilea/a șaizeci și treia, al șaizeci și patrulea/a șaizeci și patra,
        al șaizeci și cincilea/a șaizeci și cincea, al șaizeci și șaselea/a șaizeci și șasea, al șaizeci și șaptelea/a
        șaizeci și șaptea, al șaizeci și optlea/a șaizeci și opta, al șaizeci și nouălea/a șaizeci și noua, al
        șaptezecilea/a șaptezecea, al șaptezeci și unulea/a șaptezeci și una, al șaptezeci și doilea/a șaptezeci și
        doia, al șaptezeci și treilea/a șaptezeci și treia, al șaptezeci și patrulea/a șaptezeci și patra, al
        șaptezeci și cincilea/a șaptezeci și cincea, al șaptezeci și șaselea/a șaptezeci și șasea, al șaptezeci și
        șaptelea/a șaptezeci și șaptea, al șaptezeci și optlea/a șaptezeci și opta, al șaptezeci și nouălea/a șaptezeci
        și noua, al optzecilea/a optzecea, al optzeci și unulea/a optzeci și una, al optzeci și doilea/a optzeci și
        doia, al optzeci și treilea/a optzeci și treia, al optzeci și patrulea/a optzeci și patra, al optzeci și
        cincilea/a optzeci și cincea, al optzeci și șaselea/a optzeci și șasea, al optzeci și șaptelea/a optzeci și
        șaptea, al optzeci și optlea/a optzeci și opta, al optzeci și nouălea/a optzeci și noua, al nouăzecilea/a
        nouăzecea, al nouăzeci și unulea/a nouăzeci și una, al nouăzeci și doilea/a nouăzeci și doia, al nouăzeci și
        treilea/a nouăzeci și treia, al nouăzeci și patrulea/a nouăzeci și patra, al nouăzeci și cincilea/a nouăzeci
        și cincea, al nouăzeci și șaselea/a nouăzeci și șasea, al nouăzeci și șaptelea/a nouăzeci și șaptea, al
        nouăzeci și optlea/a nouăzeci și opta, al nouăzeci și nouălea/a nouăzeci și noua
    """,
    opening=("Prolog", "Prefață", "Introducere", "Cuvânt înainte"),
    between=("Interludiu",),
    closing=("Epilog", "Postfață", "Mulțumiri"),
    pages={
        "also-by": "De același autor",
        "copyright": "Caseta tehnică",
        "dedication": "Dedicație",
        "epigraph": "Motto",
        "foreword": "Cuvânt înainte",
        "preface": "Prefață",
        "introduction": "Introducere",
        "afterword": "Postfață",
        "authors-note": "Nota autorului",
        "acknowledgements": "Mulțumiri",
        "appendix": "Anexă",
        "glossary": "Glosar",
        "about-the-author": "Despre autor",
    },
    quotes=("„", "”", "«", "»"),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Perspectiva", "Punct de vedere"),
        "where": ("Unde, când", "Unde și când", "Unde", "Când", "Loc"),
        "wants": ("Vrea", "Scop"),
        "against": ("Împotrivă", "Obstacol"),
        "turn": ("Cotitură", "Întorsătură"),
        "ends": ("Se încheie cu", "Final"),
        "opens": ("Deschide",),
        "closes": ("Închide",),
    },
    people=("personaje",),
    facts=("Fapte",),
    remarks=Remarks(
        assents=("desigur", "sigur", "cu plăcere", "bineînțeles", "bine", "am înțeles", "în regulă"),
        presents=("iată", "aici este", "mai jos"),
        promises=("voi scrie", "am să scriu", "permite-mi", "permiteți-mi", "acesta este"),
        work=("capitol", "continuare"),
        pieces=("scen[aăe]", "ciorn", "pasaj"),
        tales=("povest", "text"),
        continued=("continuare",),
        title=("titlu", "titlul capitolului"),
        counts=("cuvinte", "număr(?:ul)? de cuvinte", "lungime"),
        over=("sfârșit", "va urma"),
        end_of=("sfârșitul? ",),
        notes=("not[ăae](?:le autorului)?", "rezumat(?:ul capitolului)?", "observații"),
        offers=(
            r"(?:vrei|doriți|dorești|ați dori|ai vrea)\b[^\n]*(?:capitol|scen|să continui)",
            r"(?:anunță-mă|spune-mi|spuneți-mi|anunțați-mă)\b[^\n]*(?:capitol|scen|modific|continu)",
        ),
        refusals=(
            (
                "îmi pare rău|din păcate|nu pot|scuze|prefer să nu",
                "nu pot|prefer să nu",
                "scen|capitol|cerer|conținut",
            ),
        ),
        asks=("înainte (?:să|de a) (?:scrie|scriu|începe|încep)", "(?:poți|ați putea|puteți|ai putea) să-?mi"),
        missing=(r"continu\w* (?:scen|aici)", "restul (?:capitolului|scenei)", "mesajul următor"),
    ),
)

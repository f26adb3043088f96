"""Swedish.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="sv",
    name="Swedish",
    chapter=("Kapitel",),
    part=("Del", "Akt", "Bok", "Band"),
    short=("Kap",),
    ordinal_marks=("a", "e"),
    cardinals="""
        ett/en, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, tolv, tretton, fjorton, femton, sexton, sjutton,
        arton, nitton, tjugo, tjugoett/tjugoen, tjugotvå, tjugotre, tjugofyra, tjugofem, tjugosex, tjugosju, tjugoåtta,
        tjugonio, trettio, trettioett/trettioen, trettiotvå, trettiotre, trettiofyra, trettiofem, trettiosex,
        trettiosju, trettioåtta, trettionio, förtio, förtioett/förtioen, förtiotvå, förtiotre, förtiofyra, förtiofem,
        förtiosex, förtiosju, förtioåtta, förtionio, femtio, femtioett/femtioen, femtiotvå, femtiotre, femtiofyra,
        femtiofem, femtiosex, femtiosju, femtioåtta, femtionio, sextio, sextioett/sextioen, sextiotvå, sextiotre,
        sextiofyra, sextiofem, sextiosex, sextiosju, sextioåtta, sextionio, sjuttio, sjuttioett/sjuttioen, sjuttiotvå,
        sjuttiotre, sjuttiofyra, sjuttiofem, sjuttiosex, sjuttiosju, sjuttioåtta, sjuttionio, åttio, åttioett/åttioen,
        åttiotvå, åttiotre, åttiofyra, åttiofem, åttiosex, åttiosju, åttioåtta, åttionio, nittio, nittioett/nittioen,
        nittiotvå, nittiotre, nittiofyra, nittiofem, nittiosex, nittiosju, nittioåtta, nittionio
    """,
    ordinals="""
        första, andra, tredje, fjärde, femte, sjätte, sjunde, åttonde, nionde, tionde, elfte, tolfte, trettonde,
        fjortonde, femtonde, sextonde, sjuttonde, artonde, nittonde, tjugode, tjugoförsta, tjugoandra, tjugotredje,
        tjugofjärde, tjugofemte, tjugosjätte, tjugosjunde, tjugoåttonde, tjugonionde, trettionde, trettioförsta,
        trettioandra, trettiotredje, trettiofjärde, trettiofemte, trettiosjätte, trettiosjunde, trettioåttonde,
        trettionionde, förtionde, förtioförsta, förtioandra, förtiotredje, förtiofjärde, förtiofemte, förtiosjätte,
        förtiosjunde, förtioåttonde, förtionionde, femtionde, femtioförsta, femtioandra, femtiotredje, femtiofjärde,
        femtiofemte, femtiosjätte, femtiosjunde, femtioåttonde, femtionionde, sextionde, sextioförsta, sextioandra,
        sextiotredje, sextiofjärde, sextiofemte, sextiosjätte, sextiosjunde, sextioåttonde, sextionionde, sjuttionde,
        sjuttioförsta, sjuttioandra, sjuttiotredje, sjuttiofjärde, sjuttiofemte, sjuttiosjätte, sjuttiosjunde,
        sjuttioåttonde, sjuttionionde, åttionde, åttioförsta, åttioandra, åttiotredje, åttiofjärde, åttiofemte,
        åttiosjätte, åttiosjunde, åttioåttonde, åttionionde, nittionde, nittioförsta, nittioandra, nittiotredje,
        nittiofjärde, nittiofemte, nittiosjätte, nittiosjunde, nittioåttonde, nittionionde
    """,
    opening=("Prolog", "Förord", "Inledning"),
    between=("Mellanspel", "Intermezzo"),
    closing=("Epilog", "Efterord"),
    matter=("Innehåll", "Innehållsförteckning", "Dedikation"),
    pages={
        "also-by": "Av samma författare",
        "copyright": "Tryckuppgifter",
        "dedication": "Dedikation",
        "epigraph": "Motto",
        "foreword": "Förord",
        "preface": "Författarens förord",
        "introduction": "Inledning",
        "afterword": "Efterord",
        "authors-note": "Författarens anmärkning",
        "acknowledgements": "Tack",
        "appendix": "Bilaga",
        "glossary": "Ordlista",
        "about-the-author": "Om författaren",
    },
    quotes=("”", "”", "’", "’"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Perspektiv", "Synvinkel"),
        "where": ("Var, när", "Var och när", "Var", "När", "Plats", "Tid"),
        "wants": ("Vill", "Mål"),
        "against": ("Emot", "Hinder"),
        "turn": ("Vändning", "Vändpunkt"),
        "ends": ("Slutar med", "Slut"),
        "opens": ("Öppnar",),
        "closes": ("Avslutar",),
    },
    articles=("En", "Ett", "Den", "Det", "De", "Av", "Och"),
    name_forms="one",
    endings="s",
    titles=("Herr", "Fru", "Fröken", "Doktor", "Professor", "Tant", "Farbror"),
    people=("personer", "karaktärer"),
    facts=("Fakta",),
    byline=("av",),
    remarks=Remarks(
        assents=("självklart", "visst", "javisst", "absolut", "gärna", "naturligtvis", "okej", "förstått"),
        presents=("här (?:är|kommer|följer)", "nedan"),
        promises=("jag ska", "jag skriver", "låt mig"),
        work=("kapit(?:el|let)", "fortsättning"),
        pieces=("scen", "utkast", "avsnitt"),
        tales=("berättelse", "historia", "text"),
        continued=("fortsättning",),
        title=("titel", "kapiteltitel"),
        counts=("ord", "antal ord", "ordantal", "längd"),
        over=("slut", "fortsättning följer"),
        end_of=("slut(?:et)? på (?:det )?",),
        notes=(
            "anteckning(?:ar)?",
            "kommentar(?:er)?",
            "sammanfattning",
            "författarens anmärkningar",
            "anmärkning(?:ar)?",
        ),
        offers=(
            (
                r"(?:vill du|vill ni|ska jag|skulle du vilja)\b"
                r"[^\n]*(?:kapit|scen(?:en)?\b|fortsätta(?: skriva)?\?|skriva vidare)"
            ),
            r"(?:låt mig veta|säg till)\b[^\n]*(?:kapit|scen|ändr|fortsätt)",
            r"jag hoppas att (?:detta|kapitlet)\b",
        ),
        refusals=(
            (
                "tyvärr|förlåt|jag är ledsen|jag kan|jag vill helst|jag beklagar",
                r"\b(?:kan|vill)\b",
                "inte|inget",
                "scen|kapit|begäran|innehåll",
            ),
        ),
        asks=("innan jag (?:börjar|skriver)", "(?:kan du|kan ni|skulle du kunna) (?:berätta|säga|ge)"),
        missing=(r"fortsätt\w* (?:scen|här)", "resten av (?:kapitlet|scenen)", "nästa meddelande", "på grund av längd"),
    ),
)

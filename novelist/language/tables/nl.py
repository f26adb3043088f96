"""Dutch.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="nl",
    name="Dutch",
    chapter=("Hoofdstuk",),
    part=("Deel", "Bedrijf", "Boek"),
    short=("Hfst",),
    ordinal_marks=("e", "de", "ste"),
    cardinals="""
        één, twee, drie, vier, vijf, zes, zeven, acht, negen, tien, elf, twaalf, dertien, veertien, vijftien, zestien,
        zeventien, achttien, negentien, twintig, eenentwintig, tweeëntwintig, drieëntwintig, vierentwintig,
        vijfentwintig, zesentwintig, zevenentwintig, achtentwintig, negenentwintig, dertig, eenendertig, tweeëndertig,
        drieëndertig, vierendertig, vijfendertig, zesendertig, zevenendertig, achtendertig, negenendertig, veertig,
        eenenveertig, tweeënveertig, drieënveertig, vierenveertig, vijfenveertig, zesenveertig, zevenenveertig,
        achtenveertig, negenenveertig, vijftig, eenenvijftig, tweeënvijftig, drieënvijftig, vierenvijftig,
        vijfenvijftig, zesenvijftig, zevenenvijftig, achtenvijftig, negenenvijftig, zestig, eenenzestig, tweeënzestig,
        drieënzestig, vierenzestig, vijfenzestig, zesenzestig, zevenenzestig, achtenzestig, negenenzestig, zeventig,
        eenenzeventig, tweeënzeventig, drieënzeventig, vierenzeventig, vijfenzeventig, zesenzeventig, zevenenzeventig,
        achtenzeventig, negenenzeventig, tachtig, eenentachtig, tweeëntachtig, drieëntachtig, vierentachtig,
        vijfentachtig, zesentachtig, zevenentachtig, achtentachtig, negenentachtig, negentig, eenennegentig,
        tweeënnegentig, drieënnegentig, vierennegentig, vijfennegentig, zesennegentig, zevenennegentig, achtennegentig,
        negenennegentig
    """,
    ordinals="""
        eerste, tweede, derde, vierde, vijfde, zesde, zevende, achtste, negende, tiende, elfde, twaalfde, dertiende,
        veertiende, vijftiende, zestiende, zeventiende, achttiende, negentiende, twintigste, eenentwintigste,
        tweeëntwintigste, drieëntwintigste, vierentwintigste, vijfentwintigste, zesentwintigste, zevenentwintigste,
        achtentwintigste, negenentwintigste, dertigste, eenendertigste, tweeëndertigste, drieëndertigste,
        vierendertigste, vijfendertigste, zesendertigste, zevenendertigste, achtendertigste, negenendertigste,
        veertigste, eenenveertigste, tweeënveertigste, drieënveertigste, vierenveertigste, vijfenveertigste,
        zesenveertigste, zevenenveertigste, achtenveertigste, negenenveertigste, vijftigste, eenenvijftigste,
        tweeënvijftigste, drieënvijftigste, vierenvijftigste, vijfenvijftigste, zesenvijftigste, zevenenvijftigste,
        achtenvijftigste, negenenvijftigste, zestigste, eenenzestigste, tweeënzestigste, drieënzestigste,
        vierenzestigste, vijfenzestigste, zesenzestigste, zevenenzestigste, achtenzestigste, negenenzestigste,
        zeventigste, eenenzeventigste, tweeënzeventigste, drieënzeventigste, vierenzeventigste, vijfenzeventigste,
        zesenzeventigste, zevenenzeventigste, achtenzeventigste, negenenzeventigste, tachtigste, eenentachtigste,
        tweeëntachtigste, drieëntachtigste, vierentachtigste, vijfentachtigste, zesentachtigste, zevenentachtigste,
        achtentachtigste, negenentachtigste, negentigste, eenennegentigste, tweeënnegentigste, drieënnegentigste,
        vierennegentigste, vijfennegentigste, zesennegentigste, zevenennegentigste, achtennegentigste,
        negenennegentigste
    """,
    opening=("Proloog", "Voorwoord", "Inleiding"),
    between=("Intermezzo", "Tussenspel"),
    closing=("Epiloog", "Nawoord", "Dankwoord"),
    matter=("Inhoud", "Inhoudsopgave", "Opdracht", "Colofon"),
    pages={
        "also-by": "Van dezelfde auteur",
        "copyright": "Colofon",
        "dedication": "Opdracht",
        "epigraph": "Motto",
        "foreword": "Woord vooraf",
        "preface": "Voorwoord",
        "introduction": "Inleiding",
        "afterword": "Nawoord",
        "authors-note": "Noot van de auteur",
        "acknowledgements": "Dankwoord",
        "appendix": "Bijlage",
        "glossary": "Verklarende woordenlijst",
        "about-the-author": "Over de auteur",
    },
    scripts=("LATIN",),
    articles=("De", "Het", "Een", "Van", "En"),
    name_forms="one",
    endings="s 's '",
    titles=("Meneer", "Mevrouw", "Juffrouw", "Oom", "Tante", "Dokter"),
    people=("personages",),
    facts=("Feiten",),
    byline=("door",),
    remarks=Remarks(
        assents=("natuurlijk", "zeker", "graag", "uiteraard", "prima", "met plezier", "begrepen", "oké"),
        presents=("hier (?:is|komt|zijn|volgt)", "hieronder"),
        promises=("ik zal", "ik schrijf", "ik ga", "laat me"),
        work=("hoofdstuk", "vervolg"),
        pieces=("scène", "concept", "passage"),
        tales=("verhaal", "tekst"),
        continued=("vervolg",),
        title=("titel", "hoofdstuktitel"),
        counts=("woorden", "woordenaantal", "aantal woorden", "lengte"),
        over=("einde", "wordt vervolgd"),
        end_of=("einde (?:van )?(?:het |de )?",),
        notes=("notities?", "opmerking(?:en)?", "samenvatting", "aantekeningen", "noten van de auteur"),
        offers=(
            (
                r"(?:wil je|wilt u|zal ik|moet ik|zou je willen)\b"
                r"[^\n]*(?:hoofdstuk|de scène|doorschrij|verderga|verder schrij|aanpas|herzie)"
            ),
            r"laat (?:het )?me weten\b[^\n]*(?:hoofdstuk|scène|aanpass|wijzig|verder)",
            r"ik hoop dat (?:dit|het) hoofdstuk\b",
        ),
        refusals=(
            (
                "(?:het )?spijt me|sorry|helaas|ik kan|ik wil liever|liever niet",
                r"\b(?:kan|wil|liever)\b",
                "niet|geen",
                "scène|hoofdstuk|verzoek|inhoud|meewerken",
            ),
        ),
        asks=("voordat ik (?:begin|schrijf)", "(?:kun je|kunt u|zou je|zou u) me"),
        missing=(
            "vervolg(?:t| van de scène)",
            "rest van (?:het hoofdstuk|de scène)",
            "ga hier verder",
            "volgende bericht",
            "vanwege de lengte",
        ),
    ),
)

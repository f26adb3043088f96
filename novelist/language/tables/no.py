"""Norwegian.

Number words: cardinals from num2words 0.5.14; ordinals by Språkrådet (those of num2words are wrong from 13 on).
Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="no",
    name="Norwegian",
    chapter=("Kapittel", "Kapitel"),
    part=("Del", "Akt", "Bok", "Bind"),
    short=("Kap",),
    dotted=True,
    cardinals="""
        en/ett, to, tre, fire, fem, seks, syv/sju, åtte, ni, ti, elleve, tolv, tretten, fjorten, femten, seksten,
        sytten, atten, nitten, tjue, tjueen/tjueett, tjueto, tjuetre, tjuefire, tjuefem, tjueseks, tjuesyv, tjueåtte,
        tjueni, tretti, trettien/trettiett, trettito, trettitre, trettifire, trettifem, trettiseks, trettisyv,
        trettiåtte, trettini, førti, førtien/førtiett, førtito, førtitre, førtifire, førtifem, førtiseks, førtisyv,
        førtiåtte, førtini, femti, femtien/femtiett, femtito, femtitre, femtifire, femtifem, femtiseks, femtisyv,
        femtiåtte, femtini, seksti, sekstien/sekstiett, sekstito, sekstitre, sekstifire, sekstifem, sekstiseks,
        sekstisyv, sekstiåtte, sekstini, sytti, syttien/syttiett, syttito, syttitre, syttifire, syttifem, syttiseks,
        syttisyv, syttiåtte, syttini, åtti, åttien/åttiett, åttito, åttitre, åttifire, åttifem, åttiseks, åttisyv,
        åttiåtte, åttini, nitti, nittien/nittiett, nittito, nittitre, nittifire, nittifem, nittiseks, nittisyv,
        nittiåtte, nittini
    """,
    ordinals="""
        første, andre, tredje, fjerde, femte, sjette, sjuende/syvende, åttende, niende, tiende, ellevte/elvte, tolvte,
        trettende, fjortende, femtende, sekstende, syttende, attende, nittende, tjuende, tjueførste, tjueandre,
        tjuetredje, tjuefjerde, tjuefemte, tjuesjette, tjuesjuende/tjuesyvende, tjueåttende, tjueniende, trettiende,
        trettiførste, trettiandre, trettitredje, trettifjerde, trettifemte, trettisjette, trettisjuende/trettisyvende,
        trettiåttende, trettiniende, førtiende, førtiførste, førtiandre, førtitredje, førtifjerde, førtifemte,
        førtisjette, førtisjuende/førtisyvende, førtiåttende, førtiniende, femtiende, femtiførste, femtiandre,
        femtitredje, femtifjerde, femtifemte, femtisjette, femtisjuende/femtisyvende, femtiåttende, femtiniende,
        sekstiende, sekstiførste, sekstiandre, sekstitredje, sekstifjerde, sekstifemte, sekstisjette,
        sekstisjuende/sekstisyvende, sekstiåttende, sekstiniende, syttiende, syttiførste, syttiandre, syttitredje,
        syttifjerde, syttifemte, syttisjette, syttisjuende/syttisyvende, syttiåttende, syttiniende, åttiende,
        åttiførste, åttiandre, åttitredje, åttifjerde, åttifemte, åttisjette, åttisjuende/åttisyvende, åttiåttende,
        åttiniende, nittiende, nittiførste, nittiandre, nittitredje, nittifjerde, nittifemte, nittisjette,
        nittisjuende/nittisyvende, nittiåttende, nittiniende
    """,
    opening=("Prolog", "Forord", "Innledning"),
    between=("Mellomspill", "Intermesso"),
    closing=("Epilog", "Etterord"),
    matter=("Innhold", "Innholdsfortegnelse", "Dedikasjon"),
    pages={
        "also-by": "Av samme forfatter",
        "copyright": "Kolofon",
        "dedication": "Dedikasjon",
        "epigraph": "Motto",
        "foreword": "Forord",
        "preface": "Forfatterens forord",
        "introduction": "Innledning",
        "afterword": "Etterord",
        "authors-note": "Forfatterens merknad",
        "acknowledgements": "Takk",
        "appendix": "Vedlegg",
        "glossary": "Ordliste",
        "about-the-author": "Om forfatteren",
    },
    quotes=("«", "»", "‘", "’"),
    scripts=("LATIN",),
    articles=("En", "Ei", "Et", "Den", "Det", "De", "Av", "Og"),
    name_forms="one",
    endings="s '",
    titles=("Herr", "Fru", "Frøken", "Doktor", "Professor", "Tante", "Onkel"),
    people=("personer", "karakterer"),
    facts=("Fakta",),
    byline=("av",),
    remarks=Remarks(
        assents=("selvfølgelig", "naturligvis", "gjerne", "javisst", "klart det", "greit", "forstått", "absolutt"),
        presents=("her (?:er|kommer|følger)", "nedenfor"),
        promises=("jeg skal", "jeg skriver", "la meg"),
        work=("kapit(?:tel|let)", "fortsettelse"),
        pieces=("scene", "utkast", "avsnitt"),
        tales=("fortelling", "historie", "tekst"),
        continued=("fortsettelse",),
        title=("tittel", "kapitteltittel"),
        counts=("ord", "antall ord", "ordtelling", "lengde"),
        over=("slutt", "fortsettelse følger"),
        end_of=("slutt(?:en)? på ",),
        notes=("notat(?:er)?", "merknad(?:er)?", "sammendrag", "oppsummering"),
        offers=(
            r"(?:vil du|ønsker du|skal jeg)\b[^\n]*(?:kapit|scenen\b|fortsette(?: å skrive)?\?|skrive videre)",
            r"(?:gi meg beskjed|si fra)\b[^\n]*(?:kapit|scene|endr|fortsett)",
        ),
        refusals=(
            (
                "beklager|dessverre|jeg kan|unnskyld|jeg vil helst",
                r"\b(?:kan|vil)\b",
                "ikke|ikkje",
                "scene|kapit|forespørsel|innhold",
            ),
        ),
        asks=("før jeg (?:begynner|skriver)", "(?:kan du|kunne du) (?:fortelle|si|gi)"),
        missing=(r"fortsett\w* (?:scene|her)", "resten av (?:kapittelet|kapitlet|scenen)", "neste melding"),
    ),
)

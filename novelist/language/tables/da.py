"""Danish.

Number words: cardinals from num2words 0.5.14; ordinals by Retskrivningsordbogen (those of num2words are wrong from 30
on). Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="da",
    name="Danish",
    chapter=("Kapitel",),
    part=("Del", "Akt", "Bog", "Bind"),
    short=("Kap",),
    dotted=True,
    cardinals="""
        et/en, to, tre, fire, fem, seks, syv, otte, ni, ti, elleve, tolv, tretten, fjorten, femten, seksten, sytten,
        atten, nitten, tyve, enogtyve, toogtyve, treogtyve, fireogtyve, femogtyve, seksogtyve, syvogtyve, otteogtyve,
        niogtyve, tredive, enogtredive, toogtredive, treogtredive, fireogtredive, femogtredive, seksogtredive,
        syvogtredive, otteogtredive, niogtredive, fyrre, enogfyrre, toogfyrre, treogfyrre, fireogfyrre, femogfyrre,
        seksogfyrre, syvogfyrre, otteogfyrre, niogfyrre, halvtreds, enoghalvtreds, tooghalvtreds, treoghalvtreds,
        fireoghalvtreds, femoghalvtreds, seksoghalvtreds, syvoghalvtreds, otteoghalvtreds, nioghalvtreds, treds,
        enogtreds, toogtreds, treogtreds, fireogtreds, femogtreds, seksogtreds, syvogtreds, otteogtreds, niogtreds,
        halvfjerds, enoghalvfjerds, tooghalvfjerds, treoghalvfjerds, fireoghalvfjerds, femoghalvfjerds,
        seksoghalvfjerds, syvoghalvfjerds, otteoghalvfjerds, nioghalvfjerds, firs, enogfirs, toogfirs, treogfirs,
        fireogfirs, femogfirs, seksogfirs, syvogfirs, otteogfirs, niogfirs, halvfems, enoghalvfems, tooghalvfems,
        treoghalvfems, fireoghalvfems, femoghalvfems, seksoghalvfems, syvoghalvfems, otteoghalvfems, nioghalvfems
    """,
    ordinals="""
        første, anden/andet, tredje, fjerde, femte, sjette, syvende, ottende, niende, tiende, ellevte/elvte, tolvte,
        trettende, fjortende, femtende, sekstende, syttende, attende, nittende, tyvende, enogtyvende, toogtyvende,
        treogtyvende, fireogtyvende, femogtyvende, seksogtyvende, syvogtyvende, otteogtyvende, niogtyvende, tredivte,
        enogtredivte, toogtredivte, treogtredivte, fireogtredivte, femogtredivte, seksogtredivte, syvogtredivte,
        otteogtredivte, niogtredivte, fyrretyvende/fyrrende, enogfyrretyvende/enogfyrrende,
        toogfyrretyvende/toogfyrrende, treogfyrretyvende/treogfyrrende, fireogfyrretyvende/fireogfyrrende,
        femogfyrretyvende/femogfyrrende, seksogfyrretyvende/seksogfyrrende, syvogfyrretyvende/syvogfyrrende,
        otteogfyrretyvende/otteogfyrrende, niogfyrretyvende/niogfyrrende, halvtredsindstyvende,
        enoghalvtredsindstyvende, tooghalvtredsindstyvende, treoghalvtredsindstyvende, fireoghalvtredsindstyvende,
        femoghalvtredsindstyvende, seksoghalvtredsindstyvende, syvoghalvtredsindstyvende, otteoghalvtredsindstyvende,
        nioghalvtredsindstyvende, tresindstyvende, enogtresindstyvende, toogtresindstyvende, treogtresindstyvende,
        fireogtresindstyvende, femogtresindstyvende, seksogtresindstyvende, syvogtresindstyvende,
        otteogtresindstyvende, niogtresindstyvende, halvfjerdsindstyvende, enoghalvfjerdsindstyvende,
        tooghalvfjerdsindstyvende, treoghalvfjerdsindstyvende, fireoghalvfjerdsindstyvende, femoghalvfjerdsindstyvende,
        seksoghalvfjerdsindstyvende, syvoghalvfjerdsindstyvende, otteoghalvfjerdsindstyvende,
        nioghalvfjerdsindstyvende, firsindstyvende, enogfirsindstyvende, toogfirsindstyvende, treogfirsindstyvende,
        fireogfirsindstyvende, femogfirsindstyvende, seksogfirsindstyvende, syvogfirsindstyvende,
        otteogfirsindstyvende, niogfirsindstyvende, halvfemsindstyvende, enoghalvfemsindstyvende,
        tooghalvfemsindstyvende, treoghalvfemsindstyvende, fireoghalvfemsindstyvende, femoghalvfemsindstyvende,
        seksoghalvfemsindstyvende, syvoghalvfemsindstyvende, otteoghalvfemsindstyvende, nioghalvfemsindstyvende
    """,
    opening=("Prolog", "Forord", "Indledning"),
    between=("Mellemspil", "Intermezzo"),
    closing=("Epilog", "Efterord"),
    matter=("Indhold", "Indholdsfortegnelse", "Dedikation"),
    dash="– ",
    scripts=("LATIN",),
    articles=("En", "Et", "Den", "Det", "De", "Af", "Og"),
    name_forms="one",
    endings="s ' 's",
    titles=("Hr", "Fru", "Frøken", "Doktor", "Professor", "Tante", "Onkel"),
    people=("personer", "karakterer"),
    facts=("Fakta",),
    byline=("af",),
    remarks=Remarks(
        assents=("selvfølgelig", "naturligvis", "gerne", "javist", "klart", "forstået", "med glæde"),
        presents=("her (?:er|kommer|følger)", "nedenfor"),
        promises=("jeg skriver", "jeg vil", "lad mig"),
        work=("kapit(?:el|let)", "fortsættelse"),
        pieces=("scene", "udkast", "afsnit"),
        tales=("fortælling", "historie", "tekst"),
        continued=("fortsættelse",),
        title=("titel", "kapiteltitel"),
        counts=("ord", "antal ord", "ordtælling", "længde"),
        over=("slut", "fortsættelse følger"),
        end_of=("slut(?:ningen)? på ",),
        notes=("not(?:e|er|ater)", "bemærkning(?:er)?", "resumé", "sammenfatning"),
        offers=(
            r"(?:vil du|ønsker du|skal jeg)\b[^\n]*(?:kapit|scenen\b|fortsætte(?: med at skrive)?\?|skrive videre)",
            r"(?:lad mig vide|sig til)\b[^\n]*(?:kapit|scene|ændr|fortsæt)",
        ),
        refusals=(
            (
                "beklager|desværre|jeg kan|undskyld|jeg vil helst",
                r"\b(?:kan|vil)\b",
                "ikke",
                "scene|kapit|anmodning|indhold",
            ),
        ),
        asks=("før jeg (?:begynder|skriver)", "(?:kan du|kunne du) (?:fortælle|sige|give)"),
        missing=(r"fortsæt\w* (?:scene|her)", "resten af (?:kapitlet|scenen)", "næste besked"),
    ),
)

"""Catalan.

Number words: cardinals from num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="ca",
    name="Catalan",
    chapter=("Capítol",),
    part=("Part", "Llibre", "Acte"),
    ordinal_marks=("r", "n", "t", "è", "a"),
    cardinals="""
        un, dos, tres, quatre, cinc, sis, set, vuit, nou, deu, onze, dotze, tretze, catorze, quinze, setze, disset,
        divuit, dinou, vint, vint-i-un, vint-i-dos, vint-i-tres, vint-i-quatre, vint-i-cinc, vint-i-sis, vint-i-set,
        vint-i-vuit, vint-i-nou, trenta, trenta-un, trenta-dos, trenta-tres, trenta-quatre, trenta-cinc, trenta-sis,
        trenta-set, trenta-vuit, trenta-nou, quaranta, quaranta-un, quaranta-dos, quaranta-tres, quaranta-quatre,
        quaranta-cinc, quaranta-sis, quaranta-set, quaranta-vuit, quaranta-nou, cinquanta, cinquanta-un, cinquanta-dos,
        cinquanta-tres, cinquanta-quatre, cinquanta-cinc, cinquanta-sis, cinquanta-set, cinquanta-vuit, cinquanta-nou,
        seixanta, seixanta-un, seixanta-dos, seixanta-tres, seixanta-quatre, seixanta-cinc, seixanta-sis, seixanta-set,
        seixanta-vuit, seixanta-nou, setanta, setanta-un, setanta-dos, setanta-tres, setanta-quatre, setanta-cinc,
        setanta-sis, setanta-set, setanta-vuit, setanta-nou, vuitanta, vuitanta-un, vuitanta-dos, vuitanta-tres,
        vuitanta-quatre, vuitanta-cinc, vuitanta-sis, vuitanta-set, vuitanta-vuit, vuitanta-nou, noranta, noranta-un,
        noranta-dos, noranta-tres, noranta-quatre, noranta-cinc, noranta-sis, noranta-set, noranta-vuit, noranta-nou
    """,
    opening=("Pròleg", "Prefaci", "Introducció"),
    between=("Interludi",),
    closing=("Epíleg", "Agraïments"),
    quotes=("«", "»", "“", "”"),
    dash="—",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Punt de vista",),
        "where": ("On, quan", "On i quan", "On", "Quan", "Lloc"),
        "wants": ("Vol", "Objectiu"),
        "against": ("En contra", "Obstacle"),
        "turn": ("Gir",),
        "ends": ("Acaba amb", "Final"),
        "opens": ("Obre",),
        "closes": ("Tanca",),
    },
    name_forms="one",
    people=("personatges",),
    facts=("Fets",),
    remarks=Remarks(
        assents=("és clar", "i tant", "per descomptat", "amb molt de gust", "d['’]acord", "entesos"),
        presents=("aquí (?:tens|teniu|hi ha|està)", "a continuació", "heus aquí"),
        promises=("escriuré", "vaig a", "deixa['’]?m"),
        work=("capítol", "continuació"),
        pieces=("escena", "esborrany", "passatge"),
        tales=("història", "text"),
        continued=("continuació",),
        title=("títol",),
        counts=("paraules", "nombre de paraules", "recompte de paraules"),
        over=("fi", "continuarà"),
        end_of=("fi (?:del |de la |de l['’]|de )?", "final del "),
        notes=("not(?:a|es)(?: de l['’]autora?)?", "resum(?: del capítol)?"),
        offers=(r"(?:vols|voleu|vol|t['’]agradaria)\b[^\n]*(?:capítol|escena|que continuï)",),
        refusals=(
            ("ho sento|em sap greu|no puc|malauradament", "no puc", "escena|capítol|sol·licitud|petició|contingut"),
        ),
        asks=("abans d['’]escriure", "abans de començar", "(?:podries|pots|podria) (?:dir-me|explicar-me)"),
        missing=(r"continu\w* (?:l['’]escena|aquí)", "resta (?:del capítol|de l['’]escena)", "proper missatge"),
    ),
)

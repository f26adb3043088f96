"""Italian.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="it",
    name="Italian",
    chapter=("Capitolo",),
    part=("Parte", "Atto", "Libro", "Volume"),
    short=("Cap",),
    ordinal_marks=("º", "ª", "o", "a"),
    ordinal_forms=(("o", "a"),),
    cardinals="""
        uno/una, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, undici, dodici, tredici, quattordici,
        quindici, sedici, diciassette, diciotto, diciannove, venti, ventuno, ventidue, ventitré, ventiquattro,
        venticinque, ventisei, ventisette, ventotto, ventinove, trenta, trentuno, trentadue, trentatré, trentaquattro,
        trentacinque, trentasei, trentasette, trentotto, trentanove, quaranta, quarantuno, quarantadue, quarantatré,
        quarantaquattro, quarantacinque, quarantasei, quarantasette, quarantotto, quarantanove, cinquanta, cinquantuno,
        cinquantadue, cinquantatré, cinquantaquattro, cinquantacinque, cinquantasei, cinquantasette, cinquantotto,
        cinquantanove, sessanta, sessantuno, sessantadue, sessantatré, sessantaquattro, sessantacinque, sessantasei,
        sessantasette, sessantotto, sessantanove, settanta, settantuno, settantadue, settantatré, settantaquattro,
        settantacinque, settantasei, settantasette, settantotto, settantanove, ottanta, ottantuno, ottantadue,
        ottantatré, ottantaquattro, ottantacinque, ottantasei, ottantasette, ottantotto, ottantanove, novanta,
        novantuno, novantadue, novantatré, novantaquattro, novantacinque, novantasei, novantasette, novantotto,
        novantanove
    """,
    ordinals="""
        primo, secondo, terzo, quarto, quinto, sesto, settimo, ottavo, nono, decimo, undicesimo, dodicesimo,
        tredicesimo, quattordicesimo, quindicesimo, sedicesimo, diciassettesimo, diciottesimo, diciannovesimo,
        ventesimo, ventunesimo, ventiduesimo, ventitreesimo, ventiquattresimo, venticinquesimo, ventiseiesimo,
        ventisettesimo, ventottesimo, ventinovesimo, trentesimo, trentunesimo, trentaduesimo, trentatreesimo,
        trentaquattresimo, trentacinquesimo, trentaseiesimo, trentasettesimo, trentottesimo, trentanovesimo,
        quarantesimo, quarantunesimo, quarantaduesimo, quarantatreesimo, quarantaquattresimo, quarantacinquesimo,
        quarantaseiesimo, quarantasettesimo, quarantottesimo, quarantanovesimo, cinquantesimo, cinquantunesimo,
        cinquantaduesimo, cinquantatreesimo, cinquantaquattresimo, cinquantacinquesimo, cinquantaseiesimo,
        cinquantasettesimo, cinquantottesimo, cinquantanovesimo, sessantesimo, sessantunesimo, sessantaduesimo,
        sessantatreesimo, sessantaquattresimo, sessantacinquesimo, sessantaseiesimo, sessantasettesimo,
        sessantottesimo, sessantanovesimo, settantesimo, settantunesimo, settantaduesimo, settantatreesimo,
        settantaquattresimo, settantacinquesimo, settantaseiesimo, settantasettesimo, settantottesimo,
        settantanovesimo, ottantesimo, ottantunesimo, ottantaduesimo, ottantatreesimo, ottantaquattresimo,
        ottantacinquesimo, ottantaseiesimo, ottantasettesimo, ottantottesimo, ottantanovesimo, novantesimo,
        novantunesimo, novantaduesimo, novantatreesimo, novantaquattresimo, novantacinquesimo, novantaseiesimo,
        novantasettesimo, novantottesimo, novantanovesimo
    """,
    opening=("Prologo", "Prefazione", "Introduzione", "Premessa"),
    between=("Interludio", "Intermezzo"),
    closing=("Epilogo", "Postfazione", "Ringraziamenti"),
    matter=("Indice", "Dedica", "Ringraziamenti"),
    quotes=("«", "»", "“", "”"),
    dash="— ",
    scripts=("LATIN",),
    articles=("Il", "Lo", "La", "I", "Gli", "Le", "L'", "Di", "Del", "Della", "Un", "Uno", "Una", "E"),
    name_forms="one",
    titles=("Signor", "Signora", "Signorina", "Don", "Donna", "Zia", "Zio"),
    people=("personaggi",),
    facts=("Fatti",),
    byline=("di",),
    remarks=Remarks(
        assents=(
            "certamente",
            "certo",
            "va bene",
            "con piacere",
            "volentieri",
            "naturalmente",
            "d['’]accordo",
            "assolutamente",
            "ma certo",
        ),
        presents=("ecco", "di seguito"),
        promises=("scriverò", "scrivo", "sarò felice", "sarei felice", "lascia che", "procedo", "questo è"),
        work=("capitolo", "continuazione", "seguito *:"),
        pieces=("scena", "bozza", "brano"),
        tales=("storia", "testo"),
        continued=("continuazione",),
        title=("titolo", "titolo del capitolo"),
        counts=("parole", "(?:numero|conteggio|totale) (?:di |delle )?parole", "lunghezza"),
        over=("fine", "continua", "continua nel prossimo capitolo"),
        end_of=("fine (?:del |della |dell['’]|di )?",),
        notes=(
            "note?(?: dell['’]autore| dell['’]autrice)?",
            "riassunto(?: del capitolo)?",
            "elementi chiave",
            "osservazioni",
        ),
        offers=(
            (
                r"(?:vuoi|vuole|desidera|desideri|ti piacerebbe|vorresti)\b"
                r"[^\n]*(?:che (?:io )?(?:continui|prosegua|scriva|riveda)|capitolo|la scena)"
            ),
            r"(?:fammi|mi faccia) sapere\b[^\n]*(?:capitolo|scena|modific|cambi|continu)",
            r"spero che (?:questo|il) capitolo\b",
        ),
        refusals=(
            (
                "mi dispiace|non posso|purtroppo|preferisco non|preferirei non",
                "non posso|prefer",
                "scena|capitolo|richiesta|contenut",
            ),
        ),
        asks=("prima di (?:scrivere|iniziare|cominciare)", "(?:potresti|puoi|potrebbe) (?:dirmi|darmi|raccontarmi)"),
        missing=(
            "continua (?:la scena|qui|nel)",
            "resto (?:del capitolo|della scena)",
            "prossimo messaggio",
            "per (?:motivi|ragioni) di (?:spazio|lunghezza)",
        ),
    ),
)

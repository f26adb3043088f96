"""Spanish.

Number words: cardinals from num2words 0.5.14; ordinals by the Real Academia's Ortografía. Quotation marks and script:
Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="es",
    name="Spanish",
    chapter=("Capítulo",),
    part=("Parte", "Acto", "Libro", "Tomo", "Volumen"),
    short=("Cap",),
    ordinal_marks=("º", "ª", "o", "a", "er", "ro", "ra", "do", "da", "to", "ta", "mo", "ma", "vo", "va", "no", "na"),
    ordinal_forms=(("o", "a"),),
    cardinals="""
        uno/una, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince,
        dieciséis, diecisiete, dieciocho, diecinueve, veinte, veintiuno/veintiuna, veintidós, veintitrés, veinticuatro,
        veinticinco, veintiséis, veintisiete, veintiocho, veintinueve, treinta, treinta y uno/treinta y una, treinta y
        dos, treinta y tres, treinta y cuatro, treinta y cinco, treinta y seis, treinta y siete, treinta y ocho,
        treinta y nueve, cuarenta, cuarenta y uno/cuarenta y una, cuarenta y dos, cuarenta y tres, cuarenta y cuatro,
        cuarenta y cinco, cuarenta y seis, cuarenta y siete, cuarenta y ocho, cuarenta y nueve, cincuenta, cincuenta y
        uno/cincuenta y una, cincuenta y dos, cincuenta y tres, cincuenta y cuatro, cincuenta y cinco, cincuenta y
        seis, cincuenta y siete, cincuenta y ocho, cincuenta y nueve, sesenta, sesenta y uno/sesenta y una, sesenta y
        dos, sesenta y tres, sesenta y cuatro, sesenta y cinco, sesenta y seis, sesenta y siete, sesenta y ocho,
        sesenta y nueve, setenta, setenta y uno/setenta y una, setenta y dos, setenta y tres, setenta y cuatro, setenta
        y cinco, setenta y seis, setenta y siete, setenta y ocho, setenta y nueve, ochenta, ochenta y uno/ochenta y
        una, ochenta y dos, ochenta y tres, ochenta y cuatro, ochenta y cinco, ochenta y seis, ochenta y siete, ochenta
        y ocho, ochenta y nueve, noventa, noventa y uno/noventa y una, noventa y dos, noventa y tres, noventa y cuatro,
        noventa y cinco, noventa y seis, noventa y siete, noventa y ocho, noventa y nueve
    """,
    ordinals="""
        primero/primer, segundo, tercero/tercer, cuarto, quinto, sexto, séptimo, octavo, noveno, décimo,
        undécimo/décimo primero/décimo primer/decimoprimero/decimoprimer, duodécimo/décimo segundo/decimosegundo,
        décimo tercero/décimo tercer/decimotercero/decimotercer, décimo cuarto/decimocuarto, décimo
        quinto/decimoquinto, décimo sexto/decimosexto, décimo séptimo/decimoséptimo, décimo octavo/decimooctavo, décimo
        noveno/decimonoveno, vigésimo, vigésimo primero/vigésimo primer/vigesimoprimero/vigesimoprimer, vigésimo
        segundo/vigesimosegundo, vigésimo tercero/vigésimo tercer/vigesimotercero/vigesimotercer, vigésimo
        cuarto/vigesimocuarto, vigésimo quinto/vigesimoquinto, vigésimo sexto/vigesimosexto, vigésimo
        séptimo/vigesimoséptimo, vigésimo octavo/vigesimooctavo, vigésimo noveno/vigesimonoveno, trigésimo, trigésimo
        primero/trigésimo primer, trigésimo segundo, trigésimo tercero/trigésimo tercer, trigésimo cuarto, trigésimo
        quinto, trigésimo sexto, trigésimo séptimo, trigésimo octavo, trigésimo noveno, cuadragésimo, cuadragésimo
        primero/cuadragésimo primer, cuadragésimo segundo, cuadragésimo tercero/cuadragésimo tercer, cuadragésimo
        cuarto, cuadragésimo quinto, cuadragésimo sexto, cuadragésimo séptimo, cuadragésimo octavo, cuadragésimo
        noveno, quincuagésimo, quincuagésimo primero/quincuagésimo primer, quincuagésimo segundo, quincuagésimo
        tercero/quincuagésimo tercer, quincuagésimo cuarto, quincuagésimo quinto, quincuagésimo sexto, quincuagésimo
        séptimo, quincuagésimo octavo, quincuagésimo noveno, sexagésimo, sexagésimo primero/sexagésimo primer,
        sexagésimo segundo, sexagésimo tercero/sexagésimo tercer, sexagésimo cuarto, sexagésimo quinto, sexagésimo
        sexto, sexagésimo séptimo, sexagésimo octavo, sexagésimo noveno, septuagésimo, septuagésimo
        primero/septuagésimo primer, septuagésimo segundo, septuagésimo tercero/septuagésimo tercer, septuagésimo
        cuarto, septuagésimo quinto, septuagésimo sexto, septuagésimo séptimo, septuagésimo octavo, septuagésimo
        noveno, octogésimo, octogésimo primero/octogésimo primer, octogésimo segundo, octogésimo tercero/octogésimo
        tercer, octogésimo cuarto, octogésimo quinto, octogésimo sexto, octogésimo séptimo, octogésimo octavo,
        octogésimo noveno, nonagésimo, nonagésimo primero/nonagésimo primer, nonagésimo segundo, nonagésimo
        tercero/nonagésimo tercer, nonagésimo cuarto, nonagésimo quinto, nonagésimo sexto, nonagésimo séptimo,
        nonagésimo octavo, nonagésimo noveno
    """,
    opening=("Prólogo", "Prefacio", "Introducción"),
    between=("Interludio", "Intermedio"),
    closing=("Epílogo", "Posfacio", "Agradecimientos"),
    matter=("Índice", "Dedicatoria", "Agradecimientos"),
    pages={
        "also-by": "Otros libros de {}",
        "copyright": "Créditos",
        "dedication": "Dedicatoria",
        "epigraph": "Epígrafe",
        "foreword": "Prólogo del editor",
        "preface": "Prefacio",
        "introduction": "Introducción",
        "afterword": "Posfacio",
        "authors-note": "Nota del autor",
        "acknowledgements": "Agradecimientos",
        "appendix": "Apéndice",
        "glossary": "Glosario",
        "about-the-author": "Sobre el autor",
    },
    chapters=(
        "Capítulos",
        "Esquema",
    ),
    notes=(
        "Temas",
        "Tema",
        "Notas",
        "Nota",
        "Tono",
        "Estilo",
        "Personajes",
        "Sinopsis",
        "Resumen",
        "Premisa",
        "Motivos",
        "Simbolismo",
        "Género",
        "Subtramas",
        "Tramas",
        "Ambientación",
        "Estructura",
        "Cronología",
        "Introducción",
        "Esquema",
        "Apéndice",
    ),
    notes_on=(
        "Clave",
        "Principales",
        "Principal",
        "Centrales",
        "Otros",
        "Otras",
        "Trama",
        "Historia",
        "Novela",
        "Mundo",
        "Atmósfera",
        "Voz",
        "Conflicto",
        "Final",
        "Elementos",
        "Puntos",
        "Ideas",
        "Hilos",
        "Autor",
    ),
    joins=(
        "Sobre",
        "Para",
        "En",
        "Con",
    ),
    quotes=("«", "»", "“", "”"),
    dash="—",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Punto de vista", "PDV"),
        "where": ("Dónde, cuándo", "Dónde y cuándo", "Dónde", "Cuándo", "Lugar", "Momento"),
        "wants": ("Quiere", "Objetivo"),
        "against": ("En contra", "Obstáculo"),
        "turn": ("Giro",),
        "ends": ("Termina con", "Final"),
        "opens": ("Abre",),
        "closes": ("Cierra",),
    },
    articles=("El", "La", "Los", "Las", "De", "Del", "Un", "Una", "Y"),
    name_forms="one",
    tenses=(
        ("era", "eran", "estaba", "estaban", "había", "fue", "dijo"),
        ("es", "son", "está", "están", "hay", "ha", "dice"),
    ),
    first_person=(
        "yo",
        "me",
        "mi",
        "mí",
        "mis",
    ),
    remains=(
        "cuerpo",
        "cadáver",
        "tumba",
        "enterr",
        "entierro",
        "funeral",
        "ataúd",
        "cenizas",
        "fantasma",
        "espíritu",
        "record",
        "recuerd",
        "memoria",
        "sueñ",
        "duelo",
        "carta",
        "testamento",
        "retrato",
        "foto",
        "muert",
        "asesin",
        "heren",
        "hered",
        "estatua",
    ),
    titles=("Señor", "Señora", "Señorita", "Don", "Doña", "Tía", "Tío"),
    people=("personajes",),
    facts=("Hechos", "Datos"),
    fact_keys={
        "where": ("dónde", "lugar"),
        "has": ("tiene", "lleva", "posee"),
        "lost": ("perdió", "ha perdido", "dio", "ha dado", "entregó", "ya no tiene"),
        "nothing": ("nada",),
        "knows": ("sabe",),
        "wants": ("quiere",),
        "since": ("desde",),
        "age": ("edad",),
        "born": ("nacido", "nacida"),
        "date": ("fecha",),
        "dead": ("muerto", "muerta", "murió"),
        "alive": ("vivo", "viva"),
        "hurt": ("herido", "herida"),
        "healed": ("curado", "curada", "ileso", "ilesa"),
        "bound": ("cautivo", "cautiva", "preso", "presa", "atado", "atada"),
        "freed": ("libre",),
        "planted": ("sembrado", "plantado"),
        "due": ("previsto",),
        "paid": ("resuelto", "pagado"),
        "some": ("un", "una", "unos", "unas", "dos", "tres"),
        "and": ("y", "e"),
    },
    byline=("por",),
    remarks=Remarks(
        talk=(
            r"en este (?:capítulo|pasaje|texto|fragmento)\b",
            (
                "(?:el|este) (?:capítulo|pasaje|texto|fragmento|relato) (?:describe|muestra|narra|presenta|"
                "explora|se centra|termina con|comienza con)"
            ),
            "esta escena (?:describe|muestra|narra)",
            "el lector (?:descubre|conoce)",
        ),
        assents=(
            "¡?claro(?: que sí)?",
            "por supuesto",
            "con gusto",
            "muy bien",
            "desde luego",
            "entendido",
            "de acuerdo",
            "con mucho gusto",
            "ciertamente",
        ),
        presents=("aquí (?:está|tienes|tiene|va)", "a continuación"),
        promises=("voy a", "escribiré", "me encantaría", "déjame", "permíteme", "este es"),
        work=("capítulo", "continuación"),
        pieces=("escena", "borrador", "pasaje"),
        tales=("historia", "texto"),
        continued=("continuación",),
        title=("título", "título del capítulo"),
        counts=("palabras", "(?:número|recuento|total) de palabras", "extensión"),
        over=("fin", "continuará"),
        end_of=("fin (?:del |de la |de )?", "final del "),
        notes=("notas?(?: del autor| de la autora)?", "resumen(?: del capítulo)?", "elementos clave"),
        offers=(
            (
                r"¿(?:quieres|quiere|te gustaría|desea|deseas|le gustaría)\b"
                r"[^\n]*(?:capítulo|escena|que (?:continúe|siga)(?:\?| con| escrib))"
            ),
            r"(?:avísame|hazme saber|házmelo saber|dime si)\b[^\n]*(?:capítulo|escena|cambi|ajust|continu)",
            r"espero que (?:este|el) capítulo\b",
            r"si quieres,? puedo\b[^\n]*(?:capítulo|escena|continuar)",
        ),
        refusals=(
            (
                "lo siento|no puedo|lamentablemente|me temo|prefiero no|preferiría no",
                "no puedo|prefier|preferir",
                "escena|capítulo|solicitud|contenido",
            ),
        ),
        asks=(
            "antes de (?:escribir|empezar|comenzar)",
            r"¿(?:podrías|puedes|podría)\b[^\n]*(?:decirme|contarme|darme)",
        ),
        missing=(
            r"contin[uú]\w* (?:la escena|aquí|en el)",
            "resto (?:del capítulo|de la escena)",
            "próximo mensaje",
            "por (?:razones de )?(?:espacio|longitud)",
        ),
    ),
)

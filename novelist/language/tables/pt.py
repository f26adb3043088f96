"""Portuguese.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="pt",
    name="Portuguese",
    chapter=("Capítulo",),
    part=("Parte", "Ato", "Acto", "Livro", "Tomo", "Volume"),
    short=("Cap",),
    ordinal_marks=("º", "ª", "o", "a"),
    ordinal_forms=(("o", "a"),),
    cardinals="""
        um/uma, dois/duas, três, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, catorze/quatorze,
        quinze, dezasseis/dezesseis, dezassete/dezessete, dezoito, dezanove/dezenove, vinte, vinte e um/vinte e uma,
        vinte e dois/vinte e duas, vinte e três, vinte e quatro, vinte e cinco, vinte e seis, vinte e sete, vinte e
        oito, vinte e nove, trinta, trinta e um/trinta e uma, trinta e dois/trinta e duas, trinta e três, trinta e
        quatro, trinta e cinco, trinta e seis, trinta e sete, trinta e oito, trinta e nove, quarenta, quarenta e
        um/quarenta e uma, quarenta e dois/quarenta e duas, quarenta e três, quarenta e quatro, quarenta e cinco,
        quarenta e seis, quarenta e sete, quarenta e oito, quarenta e nove, cinquenta, cinquenta e um/cinquenta e uma,
        cinquenta e dois/cinquenta e duas, cinquenta e três, cinquenta e quatro, cinquenta e cinco, cinquenta e seis,
        cinquenta e sete, cinquenta e oito, cinquenta e nove, sessenta, sessenta e um/sessenta e uma, sessenta e
        dois/sessenta e duas, sessenta e três, sessenta e quatro, sessenta e cinco, sessenta e seis, sessenta e sete,
        sessenta e oito, sessenta e nove, setenta, setenta e um/setenta e uma, setenta e dois/setenta e duas, setenta e
        três, setenta e quatro, setenta e cinco, setenta e seis, setenta e sete, setenta e oito, setenta e nove,
        oitenta, oitenta e um/oitenta e uma, oitenta e dois/oitenta e duas, oitenta e três, oitenta e quatro, oitenta e
        cinco, oitenta e seis, oitenta e sete, oitenta e oito, oitenta e nove, noventa, noventa e um/noventa e uma,
        noventa e dois/noventa e duas, noventa e três, noventa e quatro, noventa e cinco, noventa e seis, noventa e
        sete, noventa e oito, noventa e nove
    """,
    ordinals="""
        primeiro, segundo, terceiro, quarto, quinto, sexto, sétimo, oitavo, nono, décimo, décimo primeiro, décimo
        segundo, décimo terceiro, décimo quarto, décimo quinto, décimo sexto, décimo sétimo, décimo oitavo, décimo
        nono, vigésimo, vigésimo primeiro, vigésimo segundo, vigésimo terceiro, vigésimo quarto, vigésimo quinto,
        vigésimo sexto, vigésimo sétimo, vigésimo oitavo, vigésimo nono, trigésimo, trigésimo primeiro, trigésimo
        segundo, trigésimo terceiro, trigésimo quarto, trigésimo quinto, trigésimo sexto, trigésimo sétimo, trigésimo
        oitavo, trigésimo nono, quadragésimo, quadragésimo primeiro, quadragésimo segundo, quadragésimo terceiro,
        quadragésimo quarto, quadragésimo quinto, quadragésimo sexto, quadragésimo sétimo, quadragésimo oitavo,
        quadragésimo nono, quinquagésimo, quinquagésimo primeiro, quinquagésimo segundo, quinquagésimo terceiro,
        quinquagésimo quarto, quinquagésimo quinto, quinquagésimo sexto, quinquagésimo sétimo, quinquagésimo oitavo,
        quinquagésimo nono, sexagésimo, sexagésimo primeiro, sexagésimo segundo, sexagésimo terceiro, sexagésimo
        quarto, sexagésimo quinto, sexagésimo sexto, sexagésimo sétimo, sexagésimo oitavo, sexagésimo nono,
        septuagésimo, septuagésimo primeiro, septuagésimo segundo, septuagésimo terceiro, septuagésimo quarto,
        septuagésimo quinto, septuagésimo sexto, septuagésimo sétimo, septuagésimo oitavo, septuagésimo nono,
        octogésimo, octogésimo primeiro, octogésimo segundo, octogésimo terceiro, octogésimo quarto, octogésimo quinto,
        octogésimo sexto, octogésimo sétimo, octogésimo oitavo, octogésimo nono, nonagésimo, nonagésimo primeiro,
        nonagésimo segundo, nonagésimo terceiro, nonagésimo quarto, nonagésimo quinto, nonagésimo sexto, nonagésimo
        sétimo, nonagésimo oitavo, nonagésimo nono
    """,
    opening=("Prólogo", "Prefácio", "Introdução"),
    between=("Interlúdio", "Intermédio"),
    closing=("Epílogo", "Posfácio", "Agradecimentos"),
    matter=("Índice", "Sumário", "Dedicatória"),
    pages={
        "also-by": "Outros livros de {}",
        "copyright": "Ficha técnica",
        "dedication": "Dedicatória",
        "epigraph": "Epígrafe",
        "foreword": "Apresentação",
        "preface": "Prefácio",
        "introduction": "Introdução",
        "afterword": "Posfácio",
        "authors-note": "Nota do autor",
        "acknowledgements": "Agradecimentos",
        "appendix": "Apêndice",
        "glossary": "Glossário",
        "about-the-author": "Sobre o autor",
    },
    chapters=(
        "Capítulos",
        "Esboço",
    ),
    notes=(
        "Temas",
        "Tema",
        "Notas",
        "Nota",
        "Tom",
        "Estilo",
        "Personagens",
        "Sinopse",
        "Resumo",
        "Premissa",
        "Motivos",
        "Simbolismo",
        "Gênero",
        "Género",
        "Subtramas",
        "Tramas",
        "Ambientação",
        "Cenário",
        "Estrutura",
        "Cronologia",
        "Introdução",
        "Esboço",
        "Apêndice",
    ),
    notes_on=(
        "Chave",
        "Principais",
        "Principal",
        "Centrais",
        "Outros",
        "Outras",
        "Trama",
        "Enredo",
        "História",
        "Romance",
        "Mundo",
        "Atmosfera",
        "Voz",
        "Conflito",
        "Final",
        "Elementos",
        "Pontos",
        "Ideias",
        "Autor",
    ),
    joins=(
        "Sobre",
        "Para",
        "Em",
        "No",
        "Na",
        "Com",
    ),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Ponto de vista",),
        "where": ("Onde, quando", "Onde e quando", "Onde", "Quando", "Lugar", "Tempo"),
        "wants": ("Quer", "Objetivo"),
        "against": ("Contra", "Obstáculo"),
        "turn": ("Viragem", "Virada"),
        "ends": ("Termina com", "Final"),
        "opens": ("Abre",),
        "closes": ("Fecha",),
    },
    articles=("O", "A", "Os", "As", "De", "Do", "Da", "Dos", "Das", "Um", "Uma", "E"),
    name_forms="one",
    tenses=(("era", "eram", "estava", "estavam", "tinha", "foi", "disse"), ("é", "são", "está", "estão", "tem", "diz")),
    titles=("Senhor", "Senhora", "Dom", "Dona", "Tia", "Tio"),
    people=("personagens",),
    facts=("Fatos", "Factos"),
    fact_keys={
        "where": ("onde", "lugar"),
        "has": ("tem", "possui", "leva"),
        "lost": ("perdeu", "deu", "entregou", "já não tem", "não tem mais"),
        "nothing": ("nada",),
        "knows": ("sabe",),
        "wants": ("quer",),
        "since": ("desde",),
        "age": ("idade",),
        "born": ("nascido", "nascida"),
        "date": ("data",),
        "dead": ("morto", "morta", "morreu"),
        "alive": ("vivo", "viva"),
        "hurt": ("ferido", "ferida"),
        "healed": ("curado", "curada", "ileso", "ilesa"),
        "bound": ("preso", "presa", "amarrado", "amarrada"),
        "freed": ("livre",),
        "planted": ("semeado", "plantado"),
        "due": ("previsto",),
        "paid": ("resolvido", "pago"),
        "some": ("um", "uma", "uns", "umas", "dois", "duas", "três"),
        "and": ("e",),
    },
    byline=("por",),
    remarks=Remarks(
        talk=(
            r"neste (?:capítulo|trecho|texto)\b",
            (
                "(?:o|este) (?:capítulo|trecho|texto) (?:descreve|mostra|narra|apresenta|explora|se concentra|"
                "termina com|começa com)"
            ),
            "esta cena (?:descreve|mostra|narra)",
            "o leitor (?:descobre|fica sabendo)",
        ),
        assents=(
            "claro(?: que sim)?",
            "certo",
            "com certeza",
            "com prazer",
            "muito bem",
            "entendido",
            "certamente",
            "sem problemas",
        ),
        presents=("aqui (?:está|vai|estão)", "segue(?:-se)?", "eis"),
        promises=("vou escrever", "vou", "escreverei", "ficarei feliz", "deixe-me", "terei prazer", "este é"),
        work=("capítulo", "continuação"),
        pieces=("cena", "rascunho", "passagem"),
        tales=("história", "texto"),
        continued=("continuação",),
        title=("título", "título do capítulo"),
        counts=("palavras", "(?:número|contagem|total) de palavras", "extensão"),
        over=("fim", "continua(?: no próximo capítulo)?"),
        end_of=("fim (?:do |da |de )?",),
        notes=("notas?(?: do autor| da autora)?", "resumo(?: do capítulo)?", "elementos-chave", "observações"),
        offers=(
            (
                r"(?:gostaria|você quer|quer|deseja|queres)\b"
                r"[^\n]*(?:que eu (?:continue|escreva|prossiga|revise)|capítulo|a cena)"
            ),
            r"(?:me avise|avise-me|diga-me|me diga|deixe-me saber)\b[^\n]*(?:capítulo|cena|altera|ajust|mudan|continu)",
            r"espero que (?:este|o) capítulo\b",
        ),
        refusals=(
            (
                "desculpe|sinto muito|não posso|infelizmente|prefiro não|lamento",
                "não posso|prefiro não",
                "cena|capítulo|pedido|conteúdo",
            ),
        ),
        asks=(
            "antes de (?:escrever|começar|eu escrever)",
            "(?:poderia|você pode|pode|podias) me (?:dizer|contar|dar|falar)",
        ),
        missing=(
            r"continu\w* (?:a cena|aqui|na próxima)",
            "rest(?:o|ante) (?:do capítulo|da cena)",
            "próxima mensagem",
            "por (?:limite|questão) de (?:espaço|tamanho)",
        ),
    ),
)

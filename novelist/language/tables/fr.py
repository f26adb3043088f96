"""French.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="fr",
    name="French",
    chapter=("Chapitre",),
    part=("Partie", "Acte", "Livre", "Tome"),
    short=("Chap",),
    ordinal_marks=("er", "ère", "re", "e", "ème", "nd", "nde"),
    cardinals="""
        un/une, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize,
        dix-sept, dix-huit, dix-neuf, vingt, vingt et un, vingt-deux, vingt-trois, vingt-quatre, vingt-cinq, vingt-six,
        vingt-sept, vingt-huit, vingt-neuf, trente, trente et un, trente-deux, trente-trois, trente-quatre,
        trente-cinq, trente-six, trente-sept, trente-huit, trente-neuf, quarante, quarante et un, quarante-deux,
        quarante-trois, quarante-quatre, quarante-cinq, quarante-six, quarante-sept, quarante-huit, quarante-neuf,
        cinquante, cinquante et un, cinquante-deux, cinquante-trois, cinquante-quatre, cinquante-cinq, cinquante-six,
        cinquante-sept, cinquante-huit, cinquante-neuf, soixante, soixante et un, soixante-deux, soixante-trois,
        soixante-quatre, soixante-cinq, soixante-six, soixante-sept, soixante-huit, soixante-neuf, soixante-dix,
        soixante et onze, soixante-douze, soixante-treize, soixante-quatorze, soixante-quinze, soixante-seize,
        soixante-dix-sept, soixante-dix-huit, soixante-dix-neuf, quatre-vingts/quatre-vingt, quatre-vingt-un,
        quatre-vingt-deux, quatre-vingt-trois, quatre-vingt-quatre, quatre-vingt-cinq, quatre-vingt-six,
        quatre-vingt-sept, quatre-vingt-huit, quatre-vingt-neuf, quatre-vingt-dix, quatre-vingt-onze,
        quatre-vingt-douze, quatre-vingt-treize, quatre-vingt-quatorze, quatre-vingt-quinze, quatre-vingt-seize,
        quatre-vingt-dix-sept, quatre-vingt-dix-huit, quatre-vingt-dix-neuf
    """,
    ordinals="""
        premier/première, deuxième/second/seconde, troisième, quatrième, cinquième, sixième, septième, huitième,
        neuvième, dixième, onzième, douzième, treizième, quatorzième, quinzième, seizième, dix-septième, dix-huitième,
        dix-neuvième, vingtième, vingt et unième, vingt-deuxième, vingt-troisième, vingt-quatrième, vingt-cinquième,
        vingt-sixième, vingt-septième, vingt-huitième, vingt-neuvième, trentième, trente et unième, trente-deuxième,
        trente-troisième, trente-quatrième, trente-cinquième, trente-sixième, trente-septième, trente-huitième,
        trente-neuvième, quarantième, quarante et unième, quarante-deuxième, quarante-troisième, quarante-quatrième,
        quarante-cinquième, quarante-sixième, quarante-septième, quarante-huitième, quarante-neuvième, cinquantième,
        cinquante et unième, cinquante-deuxième, cinquante-troisième, cinquante-quatrième, cinquante-cinquième,
        cinquante-sixième, cinquante-septième, cinquante-huitième, cinquante-neuvième, soixantième, soixante et unième,
        soixante-deuxième, soixante-troisième, soixante-quatrième, soixante-cinquième, soixante-sixième,
        soixante-septième, soixante-huitième, soixante-neuvième, soixante-dixième, soixante et onzième,
        soixante-douzième, soixante-treizième, soixante-quatorzième, soixante-quinzième, soixante-seizième,
        soixante-dix-septième, soixante-dix-huitième, soixante-dix-neuvième, quatre-vingtième, quatre-vingt-unième,
        quatre-vingt-deuxième, quatre-vingt-troisième, quatre-vingt-quatrième, quatre-vingt-cinquième,
        quatre-vingt-sixième, quatre-vingt-septième, quatre-vingt-huitième, quatre-vingt-neuvième,
        quatre-vingt-dixième, quatre-vingt-onzième, quatre-vingt-douzième, quatre-vingt-treizième,
        quatre-vingt-quatorzième, quatre-vingt-quinzième, quatre-vingt-seizième, quatre-vingt-dix-septième,
        quatre-vingt-dix-huitième, quatre-vingt-dix-neuvième
    """,
    opening=("Prologue", "Préface", "Avant-propos", "Introduction"),
    between=("Interlude", "Intermède"),
    closing=("Épilogue", "Postface", "Remerciements"),
    matter=("Table des matières", "Sommaire", "Dédicace", "Remerciements"),
    pages={
        "also-by": "Du même auteur",
        "copyright": "Copyright",
        "dedication": "Dédicace",
        "epigraph": "Épigraphe",
        "foreword": "Avant-propos",
        "preface": "Préface",
        "introduction": "Introduction",
        "afterword": "Postface",
        "authors-note": "Note de l’auteur",
        "acknowledgements": "Remerciements",
        "appendix": "Annexe",
        "glossary": "Glossaire",
        "about-the-author": "À propos de l’auteur",
    },
    quotes=("«\u00a0", "\u00a0»", "“", "”"),
    scripts=("LATIN",),
    articles=("Le", "La", "Les", "L'", "De", "Du", "Des", "D'", "Un", "Une", "Et"),
    name_forms="one",
    titles=("Monsieur", "Madame", "Mademoiselle", "Oncle", "Tante", "Docteur", "Maître"),
    people=("personnages",),
    facts=("Faits",),
    byline=("par",),
    remarks=Remarks(
        assents=(
            "bien sûr",
            "certainement",
            "d['’]accord",
            "avec plaisir",
            "très bien",
            "volontiers",
            "entendu",
            "absolument",
        ),
        presents=("voici", "ci-dessous"),
        promises=("je vais", "je serais (?:ravie?|heureux|heureuse)", "laissez-moi", "laisse-moi"),
        work=("chapitre", "suite *:", "suite (?:de l|du)"),
        pieces=("scène", "brouillon", "passage"),
        tales=("histoire", "texte"),
        continued=("suite",),
        title=("titre", "titre du chapitre"),
        counts=("mots", "nombre de mots", "longueur"),
        over=("fin", "à suivre"),
        end_of=("fin (?:du |de la |de l['’]|de )?",),
        notes=("notes? de l['’]auteur", "notes?", "remarques?", "résumé(?: du chapitre)?"),
        offers=(
            (
                r"(?:souhaitez-vous|voulez-vous|veux-tu|souhaites-tu)\b"
                r"[^\n]*(?:que je (?:continue|poursuive)|chapitre|la scène)"
            ),
            (
                r"(?:dites-moi|dis-moi|faites-moi savoir|n['’]hésitez pas)\b"
                r"[^\n]*(?:chapitre|scène|modif|continu|suite de)"
            ),
            r"j['’]espère que ce chapitre\b",
        ),
        refusals=(
            (
                "(?:je suis )?(?:vraiment )?désolée?|je ne peux|malheureusement|je préfère|je préférerais",
                "ne peux|préfér",
                "scène|chapitre|demande|contenu",
            ),
        ),
        asks=("avant (?:d['’]écrire|de commencer|que j['’]écrive)", "(?:pourriez-vous|pourrais-tu|peux-tu) me"),
        missing=(
            "suite (?:de la scène|du chapitre|au prochain)",
            "reste (?:du chapitre|de la scène)",
            "continuer (?:la scène|ici)",
            "prochain message",
            "faute de place",
        ),
    ),
)

"""German.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="de",
    name="German",
    chapter=("Kapitel",),
    part=("Teil", "Akt", "Buch", "Band"),
    short=("Kap",),
    dotted=True,
    ordinal_forms=(("e", "er"), ("e", "es"), ("e", "en")),
    cardinals="""
        eins/ein, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, dreizehn, vierzehn, fünfzehn,
        sechzehn, siebzehn, achtzehn, neunzehn, zwanzig, einundzwanzig, zweiundzwanzig, dreiundzwanzig, vierundzwanzig,
        fünfundzwanzig, sechsundzwanzig, siebenundzwanzig, achtundzwanzig, neunundzwanzig, dreißig, einunddreißig,
        zweiunddreißig, dreiunddreißig, vierunddreißig, fünfunddreißig, sechsunddreißig, siebenunddreißig,
        achtunddreißig, neununddreißig, vierzig, einundvierzig, zweiundvierzig, dreiundvierzig, vierundvierzig,
        fünfundvierzig, sechsundvierzig, siebenundvierzig, achtundvierzig, neunundvierzig, fünfzig, einundfünfzig,
        zweiundfünfzig, dreiundfünfzig, vierundfünfzig, fünfundfünfzig, sechsundfünfzig, siebenundfünfzig,
        achtundfünfzig, neunundfünfzig, sechzig, einundsechzig, zweiundsechzig, dreiundsechzig, vierundsechzig,
        fünfundsechzig, sechsundsechzig, siebenundsechzig, achtundsechzig, neunundsechzig, siebzig, einundsiebzig,
        zweiundsiebzig, dreiundsiebzig, vierundsiebzig, fünfundsiebzig, sechsundsiebzig, siebenundsiebzig,
        achtundsiebzig, neunundsiebzig, achtzig, einundachtzig, zweiundachtzig, dreiundachtzig, vierundachtzig,
        fünfundachtzig, sechsundachtzig, siebenundachtzig, achtundachtzig, neunundachtzig, neunzig, einundneunzig,
        zweiundneunzig, dreiundneunzig, vierundneunzig, fünfundneunzig, sechsundneunzig, siebenundneunzig,
        achtundneunzig, neunundneunzig
    """,
    ordinals="""
        erste, zweite, dritte, vierte, fünfte, sechste, siebte/siebente, achte, neunte, zehnte, elfte, zwölfte,
        dreizehnte, vierzehnte, fünfzehnte, sechzehnte, siebzehnte, achtzehnte, neunzehnte, zwanzigste,
        einundzwanzigste, zweiundzwanzigste, dreiundzwanzigste, vierundzwanzigste, fünfundzwanzigste,
        sechsundzwanzigste, siebenundzwanzigste, achtundzwanzigste, neunundzwanzigste, dreißigste, einunddreißigste,
        zweiunddreißigste, dreiunddreißigste, vierunddreißigste, fünfunddreißigste, sechsunddreißigste,
        siebenunddreißigste, achtunddreißigste, neununddreißigste, vierzigste, einundvierzigste, zweiundvierzigste,
        dreiundvierzigste, vierundvierzigste, fünfundvierzigste, sechsundvierzigste, siebenundvierzigste,
        achtundvierzigste, neunundvierzigste, fünfzigste, einundfünfzigste, zweiundfünfzigste, dreiundfünfzigste,
        vierundfünfzigste, fünfundfünfzigste, sechsundfünfzigste, siebenundfünfzigste, achtundfünfzigste,
        neunundfünfzigste, sechzigste, einundsechzigste, zweiundsechzigste, dreiundsechzigste, vierundsechzigste,
        fünfundsechzigste, sechsundsechzigste, siebenundsechzigste, achtundsechzigste, neunundsechzigste, siebzigste,
        einundsiebzigste, zweiundsiebzigste, dreiundsiebzigste, vierundsiebzigste, fünfundsiebzigste,
        sechsundsiebzigste, siebenundsiebzigste, achtundsiebzigste, neunundsiebzigste, achtzigste, einundachtzigste,
        zweiundachtzigste, dreiundachtzigste, vierundachtzigste, fünfundachtzigste, sechsundachtzigste,
        siebenundachtzigste, achtundachtzigste, neunundachtzigste, neunzigste, einundneunzigste, zweiundneunzigste,
        dreiundneunzigste, vierundneunzigste, fünfundneunzigste, sechsundneunzigste, siebenundneunzigste,
        achtundneunzigste, neunundneunzigste
    """,
    opening=("Prolog", "Vorwort", "Einleitung", "Vorspiel"),
    between=("Zwischenspiel", "Intermezzo", "Interludium"),
    closing=("Epilog", "Nachwort", "Danksagung", "Nachspiel"),
    matter=("Inhalt", "Inhaltsverzeichnis", "Widmung", "Impressum", "Vorwort", "Danksagung"),
    quotes=("„", "“", "‚", "‘"),
    scripts=("LATIN",),
    articles=("Der", "Die", "Das", "Des", "Dem", "Den", "Ein", "Eine", "Von", "Und"),
    name_forms="one",
    endings="s ' 's",
    titles=("Herr", "Frau", "Fräulein", "Doktor", "Dr", "Professor", "Tante", "Onkel"),
    people=("personen", "figuren"),
    facts=("Fakten", "Tatsachen"),
    byline=("von",),
    remarks=Remarks(
        assents=(
            "gerne?",
            "natürlich",
            "klar",
            "selbstverständlich",
            "sicher",
            "sehr gerne?",
            "mit vergnügen",
            "in ordnung",
            "alles klar",
        ),
        presents=("hier (?:ist|kommt|sind|folgt)", "anbei", "im folgenden"),
        promises=("ich (?:schreibe|werde|freue)", "lass mich"),
        work=("kapitel", "fortsetzung"),
        pieces=("szene", "entwurf", "abschnitt"),
        tales=("geschichte", "text"),
        continued=("fortsetzung",),
        title=("titel", "kapiteltitel"),
        counts=("wörter", "wortzahl", "wortanzahl", "länge", "anzahl der wörter"),
        over=("ende", "fortsetzung folgt"),
        end_of=("ende (?:des |von |der )?",),
        notes=("anmerkung(?:en)?", "hinweise?", "notiz(?:en)?", "zusammenfassung", "kapitelzusammenfassung"),
        offers=(
            (
                r"(?:möchten sie|möchtest du|soll ich|wollen sie|willst du)\b"
                r"[^\n]*(?:kapitel|szene|weiterschreib|fortfahr|überarbeit)"
            ),
            r"(?:lass mich|lassen sie mich) wissen\b[^\n]*(?:kapitel|szene|änder|anpass|überarbeit)",
            r"sag(?:en sie)? (?:mir )?bescheid\b[^\n]*(?:kapitel|szene|änder|überarbeit)",
            r"ich hoffe,? (?:das|dieses) kapitel\b",
        ),
        refusals=(
            (
                "(?:es )?tut mir leid|leider|entschuldig|ich (?:kann|möchte|werde)",
                r"\b(?:kann|möchte|werde)\b",
                "nicht|kein",
                "szene|kapitel|inhalt|anfrage",
            ),
        ),
        asks=(
            "bevor ich (?:anfange|beginne|schreibe)",
            "(?:könntest du|könnten sie|kannst du) mir",
            "möchtest du lieber",
        ),
        missing=(
            "fortsetzung (?:folgt|der szene)",
            "rest (?:des kapitels|der szene)",
            "hier (?:die szene )?weiter",
            "aus platzgründen",
            "nächsten nachricht",
        ),
    ),
)

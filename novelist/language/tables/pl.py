"""Polish.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="pl",
    name="Polish",
    chapter=("Rozdział",),
    part=("Część", "Tom", "Księga", "Akt"),
    short=("Rozdz",),
    dotted=True,
    ordinal_forms=(("y", "a"), ("y", "e")),
    cardinals="""
        jeden, dwa, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć, dziesięć, jedenaście, dwanaście, trzynaście,
        czternaście, piętnaście, szesnaście, siedemnaście, osiemnaście, dziewiętnaście, dwadzieścia, dwadzieścia jeden,
        dwadzieścia dwa, dwadzieścia trzy, dwadzieścia cztery, dwadzieścia pięć, dwadzieścia sześć, dwadzieścia siedem,
        dwadzieścia osiem, dwadzieścia dziewięć, trzydzieści, trzydzieści jeden, trzydzieści dwa, trzydzieści trzy,
        trzydzieści cztery, trzydzieści pięć, trzydzieści sześć, trzydzieści siedem, trzydzieści osiem, trzydzieści
        dziewięć, czterdzieści, czterdzieści jeden, czterdzieści dwa, czterdzieści trzy, czterdzieści cztery,
        czterdzieści pięć, czterdzieści sześć, czterdzieści siedem, czterdzieści osiem, czterdzieści dziewięć,
        pięćdziesiąt, pięćdziesiąt jeden, pięćdziesiąt dwa, pięćdziesiąt trzy, pięćdziesiąt cztery, pięćdziesiąt pięć,
        pięćdziesiąt sześć, pięćdziesiąt siedem, pięćdziesiąt osiem, pięćdziesiąt dziewięć, sześćdziesiąt,
        sześćdziesiąt jeden, sześćdziesiąt dwa, sześćdziesiąt trzy, sześćdziesiąt cztery, sześćdziesiąt pięć,
        sześćdziesiąt sześć, sześćdziesiąt siedem, sześćdziesiąt osiem, sześćdziesiąt dziewięć, siedemdziesiąt,
        siedemdziesiąt jeden, siedemdziesiąt dwa, siedemdziesiąt trzy, siedemdziesiąt cztery, siedemdziesiąt pięć,
        siedemdziesiąt sześć, siedemdziesiąt siedem, siedemdziesiąt osiem, siedemdziesiąt dziewięć, osiemdziesiąt,
        osiemdziesiąt jeden, osiemdziesiąt dwa, osiemdziesiąt trzy, osiemdziesiąt cztery, osiemdziesiąt pięć,
        osiemdziesiąt sześć, osiemdziesiąt siedem, osiemdziesiąt osiem, osiemdziesiąt dziewięć, dziewięćdziesiąt,
        dziewięćdziesiąt jeden, dziewięćdziesiąt dwa, dziewięćdziesiąt trzy, dziewięćdziesiąt cztery, dziewięćdziesiąt
        pięć, dziewięćdziesiąt sześć, dziewięćdziesiąt siedem, dziewięćdziesiąt osiem, dziewięćdziesiąt dziewięć
    """,
    ordinals="""
        pierwszy, drugi/druga/drugie, trzeci/trzecia/trzecie, czwarty, piąty, szósty, siódmy, ósmy, dziewiąty,
        dziesiąty, jedenasty, dwunasty, trzynasty, czternasty, piętnasty, szesnasty, siedemnasty, osiemnasty,
        dziewiętnasty, dwudziesty, dwudziesty pierwszy, dwudziesty drugi/dwudziesta druga/dwudzieste drugie, dwudziesty
        trzeci/dwudziesta trzecia/dwudzieste trzecie, dwudziesty czwarty, dwudziesty piąty, dwudziesty szósty,
        dwudziesty siódmy, dwudziesty ósmy, dwudziesty dziewiąty, trzydziesty, trzydziesty pierwszy, trzydziesty
        drugi/trzydziesta druga/trzydzieste drugie, trzydziesty trzeci/trzydziesta trzecia/trzydzieste trzecie,
        trzydziesty czwarty, trzydziesty piąty, trzydziesty szósty, trzydziesty siódmy, trzydziesty ósmy, trzydziesty
        dziewiąty, czterdziesty, czterdziesty pierwszy, czterdziesty drugi/czterdziesta druga/czterdzieste drugie,
        czterdziesty trzeci/czterdziesta trzecia/czterdzieste trzecie, czterdziesty czwarty, czterdziesty piąty,
        czterdziesty szósty, czterdziesty siódmy, czterdziesty ósmy, czterdziesty dziewiąty, pięćdziesiąty,
        pięćdziesiąty pierwszy, pięćdziesiąty drugi/pięćdziesiąta druga/pięćdziesiąte drugie, pięćdziesiąty
        trzeci/pięćdziesiąta trzecia/pięćdziesiąte trzecie, pięćdziesiąty czwarty, pięćdziesiąty piąty, pięćdziesiąty
        szósty, pięćdziesiąty siódmy, pięćdziesiąty ósmy, pięćdziesiąty dziewiąty, sześćdziesiąty, sześćdziesiąty
        pierwszy, sześćdziesiąty drugi/sześćdziesiąta druga/sześćdziesiąte drugie, sześćdziesiąty trzeci/sześćdziesiąta
        trzecia/sześćdziesiąte trzecie, sześćdziesiąty czwarty, sześćdziesiąty piąty, sześćdziesiąty szósty,
        sześćdziesiąty siódmy, sześćdziesiąty ósmy, sześćdziesiąty dziewiąty, siedemdziesiąty, siedemdziesiąty
        pierwszy, siedemdziesiąty drugi/siedemdziesiąta druga/siedemdziesiąte drugie, siedemdziesiąty
        trzeci/siedemdziesiąta trzecia/siedemdziesiąte trzecie, siedemdziesiąty czwarty, siedemdziesiąty piąty,
        siedemdziesiąty szósty, siedemdziesiąty siódmy, siedemdziesiąty ósmy, siedemdziesiąty dziewiąty,
        osiemdziesiąty, osiemdziesiąty pierwszy, osiemdziesiąty drugi/osiemdziesiąta druga/osiemdziesiąte drugie,
        osiemdziesiąty trzeci/osiemdziesiąta trzecia/osiemdziesiąte trzecie, osiemdziesiąty czwarty, osiemdziesiąty
        piąty, osiemdziesiąty szósty, osiemdziesiąty siódmy, osiemdziesiąty ósmy, osiemdziesiąty dziewiąty,
        dziewięćdziesiąty, dziewięćdziesiąty pierwszy, dziewięćdziesiąty drugi/dziewięćdziesiąta
        druga/dziewięćdziesiąte drugie, dziewięćdziesiąty trzeci/dziewięćdziesiąta trzecia/dziewięćdziesiąte trzecie,
        dziewięćdziesiąty czwarty, dziewięćdziesiąty piąty, dziewięćdziesiąty szósty, dziewięćdziesiąty siódmy,
        dziewięćdziesiąty ósmy, dziewięćdziesiąty dziewiąty
    """,
    opening=("Prolog", "Przedmowa", "Wstęp", "Wprowadzenie"),
    between=("Interludium", "Intermezzo"),
    closing=("Epilog", "Posłowie", "Podziękowania"),
    matter=("Spis treści", "Dedykacja"),
    pages={
        "also-by": "Tego samego autora",
        "copyright": "Strona redakcyjna",
        "dedication": "Dedykacja",
        "epigraph": "Motto",
        "foreword": "Przedmowa",
        "preface": "Słowo wstępne",
        "introduction": "Wprowadzenie",
        "afterword": "Posłowie",
        "authors-note": "Od autora",
        "acknowledgements": "Podziękowania",
        "appendix": "Dodatek",
        "glossary": "Słowniczek",
        "about-the-author": "O autorze",
    },
    chapters=(
        "Rozdziały",
        "Konspekt",
    ),
    notes=(
        "Motywy",
        "Tematy",
        "Notatki",
        "Uwagi",
        "Ton",
        "Styl",
        "Postacie",
        "Bohaterowie",
        "Streszczenie",
        "Synopsis",
        "Założenie",
        "Przegląd",
        "Symbolika",
        "Gatunek",
        "Wątki",
        "Miejsce akcji",
        "Struktura",
        "Wstęp",
        "Konspekt",
        "Dodatek",
    ),
    notes_on=(
        "Kluczowe",
        "Główne",
        "Główni",
        "Inne",
        "Fabuła",
        "Historia",
        "Powieść",
        "Świat",
        "Atmosfera",
        "Głos",
        "Konflikt",
        "Zakończenie",
        "Elementy",
        "Poboczne",
        "Autora",
    ),
    joins=(
        "Do",
        "Dla",
        "O",
        "W",
        "Z",
        "I",
    ),
    quotes=("„", "”", "«", "»"),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Perspektywa", "Punkt widzenia"),
        "where": ("Gdzie, kiedy", "Gdzie i kiedy", "Gdzie", "Kiedy", "Miejsce", "Czas"),
        "wants": ("Chce", "Cel"),
        "against": ("Przeciw", "Przeszkoda"),
        "turn": ("Zwrot", "Punkt zwrotny"),
        "ends": ("Kończy się", "Koniec"),
        "opens": ("Otwiera",),
        "closes": ("Zamyka",),
    },
    endings="a owi em ie u y i ę ą o om ów ami ach ego emu im ej iem",
    titles=("Pan", "Pani", "Panna", "Doktor", "Profesor", "Ciocia", "Wujek"),
    people=("postaci", "bohaterowie", "osoby"),
    facts=("Fakty",),
    byline=("autor",),
    remarks=Remarks(
        assents=("oczywiście", "jasne", "z przyjemnością", "pewnie", "dobrze", "rozumiem", "chętnie"),
        presents=("oto", "poniżej"),
        promises=("napiszę", "chętnie napiszę", "pozwól", "zaraz", "to jest"),
        work=("rozdział", "kontynuacj", "ciąg dalszy"),
        pieces=("scen[aęy]", "szkic", "fragment"),
        tales=("opowieś", "histori", "tekst"),
        continued=("ciąg dalszy",),
        title=("tytuł", "tytuł rozdziału"),
        counts=("sł(?:owa|ów)", "liczba słów", "długość"),
        over=("koniec", "ciąg dalszy nastąpi"),
        end_of=("koniec ",),
        notes=("notatk[ai]", "uwag[ai]", "przypis(?:y)? autora", "podsumowanie", "streszczenie"),
        offers=(
            (
                r"(?:czy )?(?:chcesz|chciałbyś|chciałabyś|mam|chce pan|chce pani)\b"
                r"[^\n]*(?:rozdział|scen|kontynuowa|pisać dalej|popraw)"
            ),
            r"daj (?:mi )?znać\b[^\n]*(?:rozdział|scen|zmian|popraw|kontynu)",
            r"mam nadzieję, że (?:ten )?rozdział\b",
        ),
        refusals=(
            (
                "przepraszam|przykro mi|niestety|nie mogę|wolę nie|wolałbym nie|wolałabym nie",
                "nie mogę|nie jestem w stanie|wol",
                "scen|rozdział|prośb|treś|pomóc",
            ),
        ),
        asks=("zanim (?:zacznę|napiszę)", "czy (?:możesz|mógłbyś|mogłabyś) (?:mi )?"),
        missing=(
            r"kontynu\w* (?:scen|tutaj)",
            "reszta (?:rozdziału|sceny)",
            "następnej wiadomości",
            "ze względu na długość",
        ),
    ),
)

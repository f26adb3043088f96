"""What differs by language stands in one table each, and labels are read by all of them alike."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novelist.language import labels, lookup, names, numbers
from novelist.language.table import Language

LANGUAGES = [
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sv", "no", "da", "fi", "hu", "tr", "zh", "ja"),
    *("ko", "ar", "he", "fa"),
]
CODES = st.sampled_from(lookup.codes())
COUNTED = st.sampled_from([table.code for table in lookup.every() if table.cardinals])
ROMAN = {1: "I", 4: "IV", 9: "IX", 13: "XIII", 40: "XL", 49: "XLIX", 88: "LXXXVIII", 90: "XC", 99: "XCIX"}


def forms(table: Language, number: int) -> list[str]:
    """Return all words of a table for one number."""
    return [phrase for phrase, value in numbers.words(table.code).items() if value == number]


def test_the_languages_most_novels_are_written_in_have_a_table() -> None:
    assert set(LANGUAGES) <= set(lookup.codes())
    for code in LANGUAGES:
        table = lookup.table(code)
        assert table.chapter, code
        assert table.part, code
        assert table.opening, code
        assert table.closing, code
        assert table.scripts, code
        assert table.people, code
        assert table.facts, code
        assert {numbers.cardinals(code)[words] for words in numbers.cardinals(code)} == set(range(1, 100)), code


def test_a_table_goes_by_its_code() -> None:
    assert [table.code for table in lookup.every()] == list(lookup.codes())
    assert lookup.table("pt_BR").code == "pt"
    assert lookup.table("nn").code == lookup.table("NB-no").code == "no"


def test_a_language_that_is_not_there_has_what_all_have() -> None:
    assert lookup.table("tlh") == lookup.table("") == Language()
    assert lookup.table("ur").rtl


@given(COUNTED, st.integers(1, 99))
def test_number_words_come_back_as_their_number_in_every_form(code: str, number: int) -> None:
    table = lookup.table(code)
    assert forms(table, number)
    for words in forms(table, number):
        assert numbers.number(words, code) == number
        assert numbers.number(words.upper(), code) == number
    if table.ordinals.count(",") == 98:
        assert number in numbers.ordinals(table.code).values()


def test_no_word_of_a_table_is_two_numbers() -> None:
    for table in lookup.every():
        for listed in (table.cardinals, table.ordinals, table.numerals):
            words = [lookup.fold(form) for each in listed.split(",") for form in set(each.split("/"))]
            assert sorted(set(words)) == sorted(words), table.code
        both = numbers.cardinals(table.code).items() | numbers.ordinals(table.code).items()
        assert len(both) == len(dict(both)), table.code


@given(st.integers(1, 3999))
def test_roman_numerals_come_back_as_their_number(number: int) -> None:
    tens = [("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40)]
    text, rest = "", number
    for letters, value in [*tens, ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)]:
        text += letters * (rest // value)
        rest %= value
    assert numbers.roman(text) == number


@pytest.mark.parametrize(("text", "number"), [("一百零八", 108), ("〇", 0), ("二〇", 20), ("廿三", 23), ("千", 1000)])
def test_han_numerals_are_read_beyond_ninety_nine(text: str, number: int) -> None:
    assert numbers.han(text) == number


def written(kind: labels.Kind, words: Language, digits: Language, number: int) -> list[str]:
    """Return the labels of a number that a table's words and another's number words make."""
    listed = words.chapter if kind == "chapter" else words.part
    after = [*forms(digits, number), str(number), *([ROMAN[number]] if number in ROMAN else [])]
    lines = [f"{label} {each}" for label in listed for each in after]
    before = [each for each, value in numbers.ordinals(digits.code).items() if value == number]
    lines += [f"{each} {label}" for label in listed for each in before]
    if words.dotted:
        lines += [f"{number}. {label}" for label in listed]
    if words.around:
        lines += [
            f"{words.around}{each}{label}" for label in listed for each in (str(number), numbers_of(words, number))
        ]
    return lines


def numbers_of(table: Language, number: int) -> str:
    """Return a number in the first form of a table."""
    return table.cardinals.split(",")[number - 1].split("/")[0].strip()


@given(CODES, COUNTED, st.integers(1, 99), st.sampled_from(["", ": The Glass", ". The Glass", " – The Glass"]))
def test_a_label_with_any_number_is_read_as_what_it_labels_and_as_nothing_else(
    code: str, other: str, number: int, title: str
) -> None:
    words, digits = lookup.table(code), lookup.table(other)
    for kind in ("chapter", "part"):
        for text in written(kind, words, digits, number):
            for line in (text + title, text.upper() + title, text.title() + title):
                label = labels.read(line)
                assert label is not None, line
                assert (label.kind, label.bare) == (kind, ""), line
                assert line[label.end :] == title.lstrip(":.– "), line
                if digits == words or text[0].isdecimal():
                    assert label.number == number, line


LABELLED = {
    "Chapter Thirteen: The Glass": ("chapter", 13, "The Glass"),
    "CHAPTER TWENTY-ONE": ("chapter", 21, ""),
    "Chapter Six The Lamp": ("chapter", 6, "The Lamp"),
    "Chapter IV. The Lamp": ("chapter", 4, "The Lamp"),
    "Ch. 3 The Lamp": ("chapter", 3, "The Lamp"),
    "Kapitel Sechs": ("chapter", 6, ""),
    "6. Kapitel – Die Flasche": ("chapter", 6, "Die Flasche"),
    "Erstes Kapitel: Ebbe": ("chapter", 1, "Ebbe"),
    "Глава шестая. Маяк": ("chapter", 6, "Маяк"),
    "Глава 3": ("chapter", 3, ""),
    "1-я глава": ("chapter", 1, ""),
    "Capítulo seis": ("chapter", 6, ""),
    "CAPITULO XIV": ("chapter", 14, ""),
    "Hoofdstuk 6": ("chapter", 6, ""),
    "Rozdział 6": ("chapter", 6, ""),
    "Rozdział szósty": ("chapter", 6, ""),
    "2. Bölüm": ("chapter", 2, ""),
    "İKİNCİ BÖLÜM": ("chapter", 2, ""),
    "IV. fejezet": ("chapter", 4, ""),
    "第十二章 青石": ("chapter", 12, "青石"),
    "第十二章青石村": ("chapter", 12, "青石村"),
    "第3話：港": ("chapter", 3, "港"),
    "제1장": ("chapter", 1, ""),
    "제십이장 바다": ("chapter", 12, "바다"),
    "첫 번째 장": ("chapter", 1, ""),
    "פרק ראשון: הים": ("chapter", 1, "הים"),
    "פרק י״ב": ("chapter", 12, ""),
    "الفصل الأول: البحر": ("chapter", 1, "البحر"),
    "فصل سی\u200cام": ("chapter", 30, ""),
    "Part One: The Arrival": ("part", 1, "The Arrival"),
    "Zweiter Teil": ("part", 2, ""),
    "1. Teil": ("part", 1, ""),
    "Première partie": ("part", 1, ""),
    "2ème partie : La marée": ("part", 2, "La marée"),
    "Часть вторая. Прилив": ("part", 2, "Прилив"),
    "제1부": ("part", 1, ""),
    "第三部分": ("part", 3, ""),
    "卷一 青石": ("part", 1, "青石"),
    "BİRİNCİ KISIM": ("part", 1, ""),
}


@pytest.mark.parametrize("line", LABELLED)
def test_labels_are_read_as_the_books_of_a_language_have_them(line: str) -> None:
    label = labels.read(line)
    assert label is not None
    assert (label.kind, label.number, line[label.end :]) == LABELLED[line]


TITLES = [
    *(
        "Once",
        "Sei",
        "Thirteen",
        "Chapter",
        "Chapter and Verse",
        "The Second Chapter of Her Life",
        "Chapter One-Eyed Jack",
    ),
    *("Chapter On the Road", "Chapter Mix", "Part of the Main", "Book of Sand", "Second Chances", "Chapitre Un Jour"),
    *("Act I, Scene 2", "이장", "일부", "사장의 비밀", "12回目の春", "部屋", "一回", "Teil der Nacht", "", "…", "1"),
]


@pytest.mark.parametrize("line", TITLES)
def test_what_only_looks_like_a_label_is_a_title(line: str) -> None:
    assert labels.read(line) is None


@pytest.mark.parametrize(
    ("line", "language", "number"),
    [("Once", "es", 11), ("Once", "en", None), ("Sei", "it", 6), ("Sei", "de", None), ("Thirteen", "en-GB", 13)],
)
def test_a_number_word_alone_is_a_number_in_the_language_of_the_book_only(
    line: str, language: str, number: int | None
) -> None:
    label = labels.read(line, language)
    assert (label.number if label else None) == number
    assert numbers.number(line, language) == number


def test_digits_alone_number_a_chapter() -> None:
    label = labels.read("12. The Glass")
    assert label == labels.Label("chapter", 12, 4, bare="digits")
    assert labels.read("1. Part of the Main") == labels.Label("chapter", 1, 3, bare="digits")


ANYTHING = st.text(max_size=60) | st.lists(
    st.sampled_from(["Chapter", "Kapitel", "第", "章", "제", "1", "IV", "one", "vingt", "-", " ", ".", ": ", "’", "\t"])
).map("".join)


@given(ANYTHING, st.sampled_from(["", "en", "ko", "xx"]))
def test_any_line_can_be_read(line: str, language: str) -> None:
    label = labels.read(line, language)
    assert label is None or 0 < label.end <= len(line)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Chapter ",
        "Chapter one ",
        "vingt-",
        "第",
        "第一",
        "제",
        "일",
        "'a",
        "’",
        " ",
        "1",
        "1. ",
        ".",
        "- ",
        "IVXLC",
        "\u0301",
    ],
)
def test_a_line_of_any_length_is_read_in_no_time(piece: str) -> None:
    labels.read("")
    for start in ("", "Chapter ", "Chapter One", "第", "1. "):
        line = (start + piece * 20_000)[:20_000]
        began = time.perf_counter()
        labels.read(line, "en")
        numbers.number(line, "en")
        assert time.perf_counter() - began < 0.05


@pytest.mark.slow
def test_nothing_is_loaded_of_a_language_that_nobody_asked_for() -> None:
    code = (
        "import sys; from novelist.language import labels, lookup, names, numbers; lookup.table('de');"
        "print(*sorted(name for name in sys.modules if name.startswith('novelist.language.tables.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "novelist.language.tables.de\n"


def test_a_chapter_without_a_title_is_called_as_its_language_has_it() -> None:
    called = [labels.called("II", code) for code in ("fr", "en", "tr", "zh", "ko", "vi", "tlh")]
    assert called == ["Chapitre II", "Chapter II", "II. Bölüm", "第II章", "제II장", "Chương II", "II"]


def test_the_words_that_are_no_names_are_articles_of_the_tables() -> None:
    assert lookup.words("articles") >= {lookup.fold(word) for word in names.NOT_NAMES}


# As they were before there were tables: marks, scripts and directions that exports and gates go by.
LOW, ANGLED, SLAVIC = ("„", "“", "‚", "‘"), ("«", "»", "“", "”"), ("«", "»", "„", "“")
RIGHT, HIGH = ("”", "”", "’", "’"), ("“", "”", "‘", "’")
QUOTES = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "hr", "is", "lt", "et", "mk"), LOW),
    **dict.fromkeys(("es", "it", "ca", "el"), ANGLED),
    **dict.fromkeys(("ru", "uk", "be"), SLAVIC),
    **dict.fromkeys(("sv", "fi", "he"), RIGHT),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "ro": ("„", "”", "«", "»"),
    "hu": ("„", "”", "»", "«"),
    **dict.fromkeys(("no", "nb", "nn"), ("«", "»", "‘", "’")),
    "sr": ("„", "“", "‘", "’"),
    "ar": ("”", "“", "’", "‘"),
    "fa": ("«", "»", "‹", "›"),
    "ja": ("「", "」", "『", "』"),
}
LATIN = [
    *("en", "de", "fr", "es", "pt", "it", "nl", "sv", "no", "nb", "nn", "da", "fi", "is", "pl", "cs", "sk", "sl", "hr"),
    *("hu", "ro", "et", "lv", "lt", "tr", "id", "vi", "ca"),
]
SCRIPTS = {
    **dict.fromkeys(LATIN, ("LATIN",)),
    **dict.fromkeys(("ru", "uk", "bg", "mk", "be"), ("CYRILLIC",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("ARABIC",)),
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "ko": ("HANGUL", "CJK"),
    "el": ("GREEK",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "th": ("THAI",),
}
RTL = {"ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
ONE_FORM = {"en", "de", "nl", "fr", "es", "pt", "it", "ca", "sv", "no", "nb", "nn", "da", "id"}
WITHIN = {"zh", "ja", "ko", "th", "lo"}


@pytest.mark.parametrize("code", sorted({*QUOTES, *SCRIPTS, *RTL, *ONE_FORM, *WITHIN, "sw"}))
def test_marks_scripts_directions_and_names_are_what_they_were(code: str) -> None:
    table = lookup.table(code)
    forms_of_names = "one" if code in ONE_FORM else "within" if code in WITHIN else "many"
    assert table.quotes == QUOTES.get(code, HIGH)
    assert table.scripts == SCRIPTS.get(code, ())
    assert table.rtl == (code in RTL)
    assert table.name_forms == forms_of_names

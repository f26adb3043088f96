from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.text import digest, normalise, printable, slug
from novelist.words import count_words

# What folding and composing find hardest: marks in another order, ligatures, sharp s, sigmas, iotas below, both i's.
NASTY = st.text(
    st.sampled_from("aZ9-_ .ßſﬁİıΣςᾳͅÅÅé\u0301\u0327\u0345ǰŉΐ한글盐第灯Ёё\u200d\ufeff\n½²Ⅷ…")
    | st.characters(codec="utf-8"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("\ufeffone\r\ntwo  \r\n\r\n", "one\ntwo"),
        ("a\rb\tc \n\n\n", "a\nb\tc"),
        ("\n\n    indented\t\n", "    indented"),
        ("one\n\n\ntwo", "one\n\n\ntwo"),
        ("non-breaking\u00a0\n", "non-breaking"),
        ("a \ufeff b", "a \ufeff b"),
    ],
)
def test_a_text_is_normalised_as_it_always_was(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("", "he3b0c44298fc"),
        ("The Bottle", "hceeec4ad5962"),
        ("  The  Bottle  ", "h96cabdcb2a82"),
        ("one\ntwo", "h21066d108d53"),
        ("\ufeffone\r\ntwo  \r\n\r\n", "h21066d108d53"),
        ("one\n\n\ntwo", "h48dd305a1f47"),
        ("    indented", "hc1ffe5f738da"),
        ("Fünf Öre", "he054f3a1dff2"),
        ("第一章 盐灯", "hab32221b5613"),
        ("\ud800", "h91a681b99855"),
    ],
)
def test_a_digest_is_what_it_always_was(text: str, known: str) -> None:
    assert digest(text) == known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The Bottle", "the-bottle"),
        ("  It's “Quoted” — No! ", "it-s-quoted-no"),
        ("Die Straße", "die-strasse"),
        ("STRASSE", "strasse"),
        ("Cafe\u0301", "caf\u00e9"),
        ("第一章 盐灯", "第一章-盐灯"),
        ("Глава Ёлка", "глава-ёлка"),
        ("हिन्दी", "हिन्दी"),
        ("../../etc/passwd", "etc-passwd"),
        ("a_b.c", "a-b-c"),
        ("{#the-bottle}", "the-bottle"),
        ("1984", "1984"),
        ("ﬁnal", "final"),
        ("\ud800a\x00b\x1b", "a-b"),
        ("", ""),
        ("…", ""),
        ("\u0301", ""),
        ("x" * 100, "x" * 80),
        ("é" * 50, "é" * 40),
        ("盐" * 30, "盐" * 26),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_slug_is_what_it_always_was(text: str, known: str) -> None:
    assert slug(text) == known


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_a_slug_is_short_and_of_letters_digits_marks_and_hyphens(text: str) -> None:
    short = slug(text)
    assert len(short.encode()) <= 80
    assert all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in short)
    assert not short.startswith("-")
    assert not short.endswith("-")
    assert "--" not in short


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_a_file_system_that_folds_case_or_decomposes_finds_the_same_slug(text: str) -> None:
    short = slug(text)
    assert slug(short.casefold()) == short
    assert slug(short.upper()) == slug(slug(short.upper()))
    assert slug(unicodedata.normalize("NFD", short)) == short


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_a_title_composed_or_decomposed_has_one_slug(text: str) -> None:
    assert slug(unicodedata.normalize("NFD", text)) == slug(unicodedata.normalize("NFC", text))


@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_a_normalised_text_is_normal(text: str) -> None:
    text = text.replace("\ufeff", "")
    assert normalise(normalise(text)) == normalise(text)
    assert digest(normalise(text)) == digest(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Mara keeps", "", "  the lamp"]), max_size=6))
def test_line_ends_a_bom_and_trailing_blanks_are_no_edit(lines: list[str]) -> None:
    assert digest("\ufeff" + "".join(f"{line} \t\r\n" for line in lines)) == digest("\n".join(lines))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" — … * * * ", 0),
        ("Mara keeps a lighthouse.", 4),
        ("It's the lighthouse-keeper’s lamp.", 4),
        ("— ‘Yes,’ she said … 3 times.", 5),
        ("**bold** and _light_", 3),
        ("Die Möwe flog über den Leuchtturm; es war spät.", 9),
        ("Wie geht's der E-Mail-Schreiberin?", 4),
        ("Он ушёл.", 2),
        ("盐灯在海边。", 5),
        ("她有 3 盏灯, three lamps", 7),
        ("ランプ", 3),
    ],
)
def test_words_are_counted_as_publishers_count_them(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(("text", "count"), [("re\u0301sume\u0301s", 1), ("Zo\u0308e ging", 2), ("हिन्दी में", 2)])
def test_a_mark_on_a_letter_does_not_part_a_word(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31mred", "31mred"),
        ("a\x00b\x7f\x08c", "abc"),
        ("a\ud800b\udfff", "ab"),
        ("tab\tline\n", "tab\tline\n"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffone\u2028\ufeff\u2029\x85two", "onetwo"),
        ("Zoë — “盐灯” 🜔", "Zoë — “盐灯” 🜔"),
    ],
)
def test_what_is_printable_moves_no_cursor_and_can_be_written(text: str, safe: str) -> None:
    assert printable(text) == safe


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_whatever_a_model_says_is_printable_as_utf_8(text: str) -> None:
    safe = printable(text)
    assert printable(safe) == safe
    assert safe.encode().decode() == safe
    assert not any(unicodedata.category(char) == "Cc" for char in safe if char not in "\n\t")

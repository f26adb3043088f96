"""Numbers as headings have them: words of a table, Roman numerals, Han numerals. Knows no labels."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from novelist.language.lookup import every, fold, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.language.table import Language

LONGEST_NUMBER = 200  # characters of a text that may be a number
MOST_WORDS = 6  # of one number: `quatre vingt dix neuf` has four
ROMAN = re.compile(r"(?=.)(M{0,3})(CM|CD|D?C{0,4})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
ROMAN_DIGITS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
ROMAN_WORD = re.compile(r"(?<![^\W_])[IVXLC]+(?![^\W_])", re.IGNORECASE)
RARE_ROMAN = 400  # from here on words are as likely: Di, Dix, Mix
HAN_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("〇零", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
HAN = "".join([*HAN_DIGITS, *HAN_UNITS])


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral, None for anything else.

    As capitalised words (`Mix`) only small ones are taken for numerals.
    """
    if len(text) > 15 or not ROMAN.fullmatch(text):
        return None
    digits = [VALUES[char] for char in text.casefold()]
    value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
    return value if value < RARE_ROMAN or text.isupper() else None


def han(text: str) -> int | None:
    """Return the value of a number in Han numerals or decimal digits (十二, 一〇二, 12), None for anything else."""
    if not text or len(text) > 9:
        return None
    if text.isdecimal():
        return int(text)
    if all(char in HAN_DIGITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        elif char in ("廿", "卅"):
            total += HAN_UNITS[char]
        elif char in HAN_UNITS:
            total += (digit or 1) * HAN_UNITS[char]
            digit = 0
        else:
            return None
    return total + digit


def _listed(text: str) -> list[list[str]]:
    """Return the forms of each number in a list of a table."""
    return [[form.strip() for form in each.split("/")] for each in text.split(",")] if text.strip() else []


@cache
def cardinals(code: str) -> dict[str, int]:
    """Return the numbers of a table by their words in all forms, and its numerals."""
    language = table(code)
    return {
        fold(form): value
        for listed in (language.cardinals, language.numerals)
        for value, forms in enumerate(_listed(listed), 1)
        for form in forms
    }


@cache
def ordinals(code: str) -> dict[str, int]:
    """Return the ordinals of a table by their words in all forms."""
    language = table(code)
    return {
        fold(form): value
        for value, forms in enumerate(_listed(language.ordinals), 1)
        for listed in forms
        for form in (listed, *(_ending(listed, old, new) for old, new in language.ordinal_forms))
    }


@cache
def words(code: str) -> dict[str, int]:
    """Return the numbers of a table by all their words."""
    return cardinals(code) | ordinals(code)


def number(text: str, language: str = "") -> int | None:
    """Return the number that a text is and nothing else: digits, capital Roman, or words of the book's `language`."""
    text = re.sub(r"[.)]$", "", text[:LONGEST_NUMBER].strip())
    if re.fullmatch("[0-9]{1,4}", text):
        return int(text)
    value = words(table(language).code).get(fold(text)) or (roman(text) if text.isupper() else None)
    return value if value is not None and value < RARE_ROMAN else None


def _ending(phrase: str, old: str, new: str) -> str:
    """Return a phrase with another ending of its words, where they have the `old` one."""
    return " ".join(f"{word[: -len(old)]}{new}" if word.endswith(old) else word for word in phrase.split())


@cache
def any_ordinal() -> dict[str, int]:
    """Return the ordinals of all tables; of one that means more than one number, the first."""
    return {phrase: value for each in reversed(every()) for phrase, value in ordinals(each.code).items()}


@cache
def any_number() -> dict[str, int]:
    """Return the number words of all tables; of one that means more than one number, the first."""
    return {phrase: value for each in reversed(every()) for phrase, value in words(each.code).items()}


def rewritten(text: str, old: int, new: int, language: str) -> Iterator[str]:
    """Yield a text with the number `new` where it first says `old`: in digits, in Roman, in words as the old one is.

    Words of the book's `language` come first. Each is a guess: what stood for a number may have been none.
    """
    digits = re.search(rf"(?<![0-9])0*{old}(?![0-9])", text)
    if digits:
        written = str(new).zfill(len(digits[0]) if digits[0][0] == "0" else 0)
        yield text[: digits.start()] + written + text[digits.end() :]
    for match in ROMAN_WORD.finditer(text):
        if roman(match[0]) == old and new < RARE_ROMAN:
            yield text[: match.start()] + _cased(match[0], _as_roman(new)) + text[match.end() :]
    own = table(language)
    for each in chain([own], (one for one in every() if one is not own)):
        for old_form, new_form in _pairs(each, old, new):
            if word := _phrase(old_form).search(text):
                yield text[: word.start()] + _cased(word[0], new_form) + text[word.end() :]


def _as_roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN_DIGITS:
        written += sign * (number // value)
        number %= value
    return written


def _pairs(language: Language, old: int, new: int) -> Iterator[tuple[str, str]]:
    """Yield the forms of one number in a table, the longest first, each with that of another number like it."""
    pairs = []
    for listed in map(_listed, (language.cardinals, language.numerals, language.ordinals)):
        if 0 < max(old, new) <= len(listed) and min(old, new) > 0:
            before, after = listed[old - 1], listed[new - 1]
            pairs += [(form, after[min(at, len(after) - 1)]) for at, form in enumerate(before)]
    for ending, other in language.ordinal_forms:
        pairs += [(_ending(one, ending, other), _ending(two, ending, other)) for one, two in pairs]
    yield from sorted(pairs, key=lambda pair: -len(pair[0]))


def _phrase(form: str) -> re.Pattern[str]:
    words = r"[ -]".join(map(re.escape, re.split("[ -]", form)))
    around = ("", "") if form[0] in HAN or "가" <= form[0] <= "힣" else (r"(?<![^\W_])", r"(?![^\W_])")
    return re.compile(f"{around[0]}{words}{around[1]}", re.IGNORECASE)


def _cased(like: str, word: str) -> str:
    if like.isupper() and (len(like) > 1 or word.isupper()):
        return word.upper()
    if like.islower():
        return word.lower()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word

"""`Chapter Thirteen`, `6. Kapitel`, `Zweiter Teil`, `第十二章`: the label that a heading begins with.

Behind or before a label any table's numbers count, whatever the book's language; a number word alone counts only in the
book's own, since `Once` and `Sei` are titles too. Knows what labels look like; knows neither outlines nor manuscripts.
All of it is one look at a line's first words: no pattern goes back and forth, whatever the line is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from novelist.language.lookup import every, fold, table
from novelist.language.numbers import HAN, MOST_WORDS, any_number, any_ordinal, cardinals, han, roman, words

Kind = Literal["chapter", "part"]
LONGEST_LINE = 200  # characters of a line that are looked at
LONGEST_WORD = 40  # of a word that is looked up
# What is no part of a word: blanks, and punctuation but for apostrophes and the signs of ordinals.
APART = r"\s\x00-!#-&(-/:-@\[-`{-\xa9\xab-\xb9\xbb-\xbf"  # without ª, º
APART += r"\u2000-\u200b\u200e-\u2018\u201a-\u206f\u3000-\u3004\u3008-\u303f"  # without ’, joiners, 々〆〇
APART += r"\u060c\u061b\u061f\u06d4\u0964\u0965\uff01-\uff0f\uff1a-\uff20"
WORD = re.compile(rf"[^{APART}\"'’׳״]+(?:[\"'’׳״][^{APART}\"'’׳״]+)*['’׳]?")
GAP = re.compile(r"[ \t\xa0\u3000]+")
JOINT = re.compile(r"[ \t\xa0]+|[-\u2010\u2011]")
CLOSED = re.compile(r"[ \t\xa0\u3000]*(?:[.:)|·–—―‒：．、-]+[ \t\xa0\u3000]*|$)")
MARKS = re.compile(r"[ \t\u3000:：、.．–—―-]*")
HYPHEN = re.compile(r"[-\u2010\u2011]\w")
DIGITS = re.compile(r"([0-9]{1,4})(?:[.:)][ \t]+|[ \t]+[-–—][ \t]+)")
BARE_CLOSED = re.compile(r"[ \t]*[.:)][ \t]+|[ \t]+[-–—][ \t]+|[ \t]*(?:[.:][ \t]*)?$")


@dataclass(frozen=True)
class Label:
    """A label: what it numbers, its number, and where (in the line) what it is the label of begins.

    `closed` where a mark or the line's end stands behind it. `bare` is a number without a word that says what of: in
    `digits`, or a `word`.
    """

    kind: Kind
    number: int
    end: int
    closed: bool = True
    bare: Literal["", "digits", "word"] = ""


class _Word(NamedTuple):
    """A label's word: what it labels, the codes of the tables that have it so, and whether a full stop must follow."""

    kind: Kind
    tables: tuple[str, ...]
    short: bool = False


@cache
def _words() -> dict[str, _Word]:
    """Return the words that are labels, as `fold` has them."""
    known: dict[str, _Word] = {}
    for language in every():
        listed: tuple[tuple[Kind, tuple[str, ...], bool], ...] = (
            ("chapter", language.chapter, False),
            ("part", language.part, False),
            ("chapter", language.short, True),
        )
        for kind, titles, short in listed:
            for word in titles:
                old = known.get(fold(word))
                known[fold(word)] = _Word(kind, (*(old.tables if old else ()), language.code), short)
    return known


@cache
def _attached() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Kind]]:
    """Return the patterns of labels that are written together with their number, and what each of them labels."""
    kinds: dict[str, Kind] = {}
    for language in every():
        if language.around:
            kinds.update((word, "part") for word in language.part)
            kinds.update((word, "chapter") for word in language.chapter)
    signs = "|".join(sorted({language.around for language in every() if language.around}))
    labels = "|".join(sorted(kinds, key=len, reverse=True))
    blank = r"[ \t\u3000]{0,3}"
    within = re.compile(
        rf"(?P<sign>{signs})?{blank}(?P<number>\d{{1,4}}|[{HAN}]{{1,9}}|[가-힣]{{1,5}}?){blank}(?P<label>{labels})(?![가-힣])"
    )
    behind = re.compile(rf"(?P<label>{labels})之?{blank}(?P<number>[{HAN}]{{1,9}})(?![^{APART}])")
    return within, behind, kinds


def read(line: str, language: str = "") -> Label | None:
    """Return the label at the beginning of a line, None where there is none; `language` is the book's.

    A part's label must be closed, a chapter's need not: `Chapter 3 The Lamp`.
    """
    text = line[:LONGEST_LINE]
    tokens = list(islice(WORD.finditer(text), MOST_WORDS + 2))
    if not tokens or tokens[0].start():
        return None
    label = _together(line, text) or _before(line, tokens) or _behind(line, tokens)
    if label is not None:
        return label
    return digits(text) or _alone(line, tokens, language)


def digits(line: str) -> Label | None:
    """Return the number in digits at the beginning of a line as a label, whatever stands behind it."""
    match = DIGITS.match(line)
    return Label("chapter", int(match[1]), match.end(), bare="digits") if match else None


def labelled(line: str, kind: Kind) -> bool:
    """Say whether a line begins with the label of a chapter, or of a part."""
    label = read(line)
    return label is not None and label.kind == kind


def only(line: str, kind: Kind) -> bool:
    """Say whether a line is the label of a chapter, or of a part, and nothing else: `Chapter 3`, `6. Kapitel`."""
    label = read(line)
    return label is not None and label.kind == kind and not label.bare and label.end == len(line)


def called(number: int | str, language: str) -> str:
    """Return what a chapter without a title is called in a language; its number alone where that is not known."""
    known = table(language)
    pattern = known.untitled or (f"{known.chapter[0]} {{}}" if known.chapter else "{}")
    return pattern.format(number)


def _past(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Return where a line goes on behind what `pattern` matches at `at`, if it does."""
    match = pattern.match(line, at)
    return match.end() if match else at


def _closed(line: str, at: int, *, word: bool = False) -> int | None:
    """Return where a title begins behind a label that ends at `at`, None where no mark and no end is there.

    Behind a number `word`, a hyphen before a letter is part of a word: One-Eyed.
    """
    closed = CLOSED.match(line, at)
    if closed is None or (word and HYPHEN.match(line, at)):
        return None
    return closed.end()


def _together(line: str, text: str) -> Label | None:
    """Return a label that is written together with its number: 第十二章, 제1장, 卷一."""
    within, behind, kinds = _attached()
    if match := within.match(text):
        figure = match["number"]
        value = cardinals("ko").get(fold(figure)) if "가" <= figure[0] <= "힣" else han(figure)
        start = _past(MARKS, line, match.end())
        closed = start > match.end() or start == len(line)
        # Without a sign, only digits are sure: 이장 is a person, 一回 is once.
        if value is not None and (match["sign"] or (closed and figure.isdecimal())):
            return Label(kinds[match["label"]], value, start, closed)
    if match := behind.match(text):
        value = han(match["number"])
        if value is not None:
            return Label(kinds[match["label"]], value, _past(MARKS, line, match.end()))
    return None


def _before(line: str, tokens: list[re.Match[str]]) -> Label | None:
    """Return the label of a line whose first word is one, and its number behind it: `Chapter Thirteen`."""
    known = _words().get(fold(tokens[0][0])) if len(tokens[0][0]) <= LONGEST_WORD else None
    if known is None or len(tokens) < 2:
        return None
    gap = line[tokens[0].end() : tokens[1].start()]
    if gap.startswith(".") != known.short or not (GAP.fullmatch(gap.removeprefix(".")) or gap == "."):
        return None
    return _worded(line, tokens, known) or _figured(line, tokens[1], known)


def _worded(line: str, tokens: list[re.Match[str]], known: _Word) -> Label | None:
    """Return the label whose number is in words; one of another language counts only where the label is closed."""
    own, articles = _own(known.tables)
    for count in range(len(tokens) - 1, 0, -1):
        phrase, end = _phrase(line, tokens[1 : count + 1]), tokens[count].end()
        if phrase in own:
            value = own[phrase]
        elif phrase in any_number() and not (count == 1 and roman(tokens[1][0])):
            value = any_number()[phrase]
        else:
            continue
        start = _closed(line, end, word=True)
        if start is not None:
            return Label(known.kind, value, start)
        if phrase in own and phrase not in articles and known.kind == "chapter" and not HYPHEN.match(line, end):
            return _open(line, end, value)
    return None


def _figured(line: str, word: re.Match[str], known: _Word) -> Label | None:
    """Return the label whose number is in digits or Roman."""
    figure = word[0]
    plain = figure.isdecimal() and len(figure) <= 4
    value = int(figure) if plain else roman(figure)
    if value is None:
        return None
    start = _closed(line, word.end())
    if start is not None:
        return Label(known.kind, value, start)
    sure = known.kind == "chapter" and (plain or figure[0].isupper())
    return _open(line, word.end(), value) if sure else None


def _open(line: str, at: int, value: int) -> Label | None:
    """Return a chapter's label that nothing closes, where a blank or a mark stands behind it."""
    return Label("chapter", value, _past(GAP, line, at), closed=False)


@cache
def _own(codes: tuple[str, ...]) -> tuple[dict[str, int], frozenset[str]]:
    """Return the number words of some tables, and their articles."""
    known = {phrase: value for code in codes for phrase, value in words(code).items()}
    return known, frozenset(fold(word) for code in codes for word in table(code).articles)


def _phrase(line: str, tokens: list[re.Match[str]]) -> str:
    """Return words that only blanks and hyphens part as `fold` has them, empty where something else does."""
    for one, after in pairwise(tokens):
        if not JOINT.fullmatch(line, one.end(), after.start()):
            return ""
    text = line[tokens[0].start() : tokens[-1].end()]
    return fold(text) if len(text) <= LONGEST_LINE else ""


def _behind(line: str, tokens: list[re.Match[str]]) -> Label | None:
    """Return the label of a line that begins with its number: `6. Kapitel`, `Zweiter Teil`, `1st Chapter`."""
    for place, word in enumerate(tokens[1:], 1):
        known = _words().get(fold(word[0])) if len(word[0]) <= LONGEST_WORD else None
        if known is None or known.short:
            continue
        closed = _closed(line, word.end())
        value = _ordinal(line, tokens[:place], word.start(), known) if closed is not None else None
        if closed is not None and value is not None:
            return Label(known.kind, value, closed)
    return None


def _ordinal(line: str, tokens: list[re.Match[str]], end: int, known: _Word) -> int | None:
    """Return the value of the ordinal that `tokens` are, which stands before a label that begins at `end`."""
    gap = line[tokens[-1].end() : end]
    if GAP.fullmatch(gap):
        value = any_ordinal().get(_phrase(line, tokens))
        return value if value is not None else _marked(line, tokens, known)
    dotted = len(tokens) == 1 and gap[:1] == "." and GAP.fullmatch(gap[1:])
    if dotted and any(table(code).dotted for code in known.tables):
        text = tokens[0][0]
        return int(text) if text.isdecimal() and len(text) <= 4 else roman(text)
    return None


def _marked(line: str, tokens: list[re.Match[str]], known: _Word) -> int | None:
    """Return the value of digits with the mark of an ordinal: `1st`, `2ème`, `1-я`."""
    text = line[tokens[0].start() : tokens[-1].end()]
    match = re.fullmatch(r"(\d{1,4})[-:.]?(\D{1,4})", text)
    marks = {fold(mark) for code in known.tables for mark in table(code).ordinal_marks}
    return int(match[1]) if match and fold(match[2]) in marks else None


def _alone(line: str, tokens: list[re.Match[str]], language: str) -> Label | None:
    """Return the label that a number word of the book's language is, alone or before a mark."""
    known = words(table(language).code)
    for count in range(len(tokens) if known else 0, 0, -1):
        value = known.get(_phrase(line, tokens[:count]))
        if value is not None and (closed := BARE_CLOSED.match(line, tokens[count - 1].end())):
            return Label("chapter", value, closed.end(), bare="word")
    return None

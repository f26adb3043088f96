"""What a text that sums up says and its sources do not: names, numbers, quoted things, and talk about the text itself.

Pure. Knows no chapter and no bible: whoever asks brings the texts that may be summed up. It finds what a model has
invented only where that has a name, a number or quotation marks; shared words were measured to tell nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import lookup, numbers
from novelist.memo import Memo
from novelist.prose import chatter
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from novelist.language.table import Language

MOST_COUNTED = 12  # a summary counts what its chapter lists: three letters, a dozen men
BEGINNING = 3  # letters that all forms of a name have
LONGEST_ENDING, LONGEST_CASE_ENDING = 4, 5  # letters behind what two forms share, where names have one form or many
CHANGED = 2  # letters of a name that its other forms may change: Павел, Павла
ADJECTIVE = 5  # letters that a name shares with a word in small letters: Париж, парижский
SHORT_QUOTE = 3  # words that may stand in another form
LONGEST_SHOWN, MOST_SHOWN = 40, 8  # characters of a quoted thing, and how many of all that is missing

APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`´", " "))
WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
TOKEN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+")
TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)")
HAN = re.compile(f"[{numbers.HAN}]+")
QUOTED = re.compile(
    r"“([^“”\n]+)”|\"([^\"\n]+)\"|«([^«»\n]+)»|„([^„“”\n]+)[“”]|「([^」\n]+)」|『([^』\n]+)』|《([^》\n]+)》"
    r"|(?<![^\W_])‘([^‘’\n]+)’(?![^\W_])"
)
GAP = re.compile(r"…|\.{3}|\[[^\]\n]*\]")
THREAD = re.compile(r"\s*[-*•–]\s+\?")  # its numbers are those of chapters


class Doubts(NamedTuple):
    """What no source has, as the text says it, and what the text says of itself."""

    missing: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return both in one line: `Anna, 1931, “the salt lamp”`."""
        return ", ".join([*self.missing, *self.talk][:MOST_SHOWN])


class Sources:
    """Texts in one language, by the words, the numbers and the names in them."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        """Take the texts, and the code of their language."""
        self.language = language
        self.table = lookup.table(language)
        whole = "\n".join(texts)
        folded = _fold(whole)
        tokens = TOKEN.findall(folded)
        self.text = f" {' '.join(tokens)} "
        self.joined = "".join(tokens)
        self.words = frozenset(tokens)
        self.numbers = {int(re.sub(r"\D", "", match)) for match in NUMBER.findall(whole)}
        self.numbers |= {value for match in HAN.findall(whole) if (value := numbers.han(match)) is not None}
        capitals = {token for word in WORD.findall(whole) if word[0].isupper() for token in TOKEN.findall(_fold(word))}
        self._capitals = _by_beginning(capitals)
        self._all = _by_beginning(self.words)

    def has_name(self, name: str) -> bool:
        """Say whether a word of a name is in them, in whatever form."""
        one_form = self.table.name_forms == "one"
        return all(self._has_word(token, one_form=one_form) for token in TOKEN.findall(_fold(name)))

    def _has_word(self, token: str, *, one_form: bool) -> bool:
        if token in self.words:
            return True
        beginning = token[:BEGINNING]
        if any(alike(token, word, one_form=one_form) for word in self._capitals.get(beginning, ())):
            return True
        return not one_form and any(
            _shared(token, word) >= ADJECTIVE and alike(token, word, one_form=False)
            for word in self._all.get(beginning, ())
        )

    def names_lacking(self, text: str) -> list[str]:
        """Return the words of a text that are certainly names, or as good as, and are not in them in whatever form."""
        return list(dict.fromkeys(name for name in _names(text, self.table) if not self.has_name(name)))

    def has_number(self, value: int) -> bool:
        """Say whether a number is in them, in digits or in words.

        Tables have words up to 99: of 1931 the thirty-one is enough, and of 200 the two.
        """
        if value in self.numbers:
            return True
        while value > 99:
            value = value % 100 or value // 100
        return any(map(self._has_phrase, _phrases(self.table, value)))

    def _has_phrase(self, phrase: str) -> bool:
        if UNSPACED_CHAR.search(phrase):
            return phrase in self.joined
        return f" {phrase} " in self.text or (
            self.table.name_forms == "many"
            and all(
                any(alike(token, word, one_form=False) for word in self._all.get(token[:BEGINNING], ()))
                for token in phrase.split()
            )
        )

    def has_quoted(self, quoted: str) -> bool:
        """Say whether what stands between quotation marks is in them; of a few words, each in whatever form."""
        return all(self._has_piece(TOKEN.findall(_fold(piece))) for piece in GAP.split(quoted))

    def _has_piece(self, tokens: list[str]) -> bool:
        piece = " ".join(tokens)
        if not piece or f" {piece} " in self.text or (UNSPACED_CHAR.search(piece) and "".join(tokens) in self.joined):
            return True
        return len(tokens) <= SHORT_QUOTE and not UNSPACED_CHAR.search(piece) and self.has_name(piece)

    def doubts(self, summary: str) -> Doubts:
        """Return what a text that sums them up says and they do not."""
        missing = [
            *self.names_lacking(summary),
            *(shown for values, shown in _numbers(summary, self.table) if not any(map(self.has_number, values))),
            *(f"“{_shown(quoted)}”" for quoted in _quoted(summary) if not self.has_quoted(quoted)),
        ]
        talk = [phrase for phrase in chatter.talk_of_text(summary, self.language) if not self.has_quoted(phrase)]
        return Doubts(tuple(dict.fromkeys(missing)), tuple(f"“{_shown(phrase)}”" for phrase in dict.fromkeys(talk)))


def names_of(text: str, language: str) -> list[str]:
    """Return the words of a text that are certainly names, or as good as."""
    return list(_names(text, lookup.table(language)))


def numbers_of(text: str, language: str) -> set[int]:
    """Return the numbers of a text that it has not counted itself."""
    return {value for values, _ in _numbers(text, lookup.table(language)) for value in values}


def alike(one: str, other: str, *, one_form: bool) -> bool:
    """Say whether two words without capitals may be forms of one name.

    Where names have one form, the shorter begins the longer (Paris, Parisian). Elsewhere both may have an ending, and
    the shorter may change its last letters (Helsingistä, Helsinkiin): of 58 forms in six languages, a name less its
    last vowel and four letters more finds 52.
    """
    shared, short = _shared(one, other), min(len(one), len(other))
    longest = max(len(one), len(other)) - shared
    if one_form:
        return shared == short >= BEGINNING and longest <= LONGEST_ENDING
    return shared >= min(ADJECTIVE, max(BEGINNING, short - CHANGED)) and longest <= LONGEST_CASE_ENDING


def _shared(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _fold(text: str) -> str:
    return lookup.fold(text.translate(APOSTROPHES))


def _by_beginning(words: Iterable[str]) -> dict[str, list[str]]:
    beginnings: dict[str, list[str]] = {}
    for word in words:
        beginnings.setdefault(word[:BEGINNING], []).append(word)
    return beginnings


def _names(text: str, table: Language) -> Iterator[str]:
    """Yield the words of a text that are certainly names, or as good as: where words have capitals, and not all nouns.

    Such is a word with a capital in the middle of a sentence or behind a title, and one that begins two sentences or
    lines of facts, and is never written small.
    """
    small: set[str] = set()
    middle: set[str] = set()
    first: dict[str, int] = {}
    titles = {lookup.fold(title) for title in table.titles}
    labels = {lookup.fold(label) for label in (*table.chapter, *table.part, *table.articles)}
    no_names, folded = titles | labels, Memo(_fold)
    before, start = "", 0
    for match in WORD.finditer(text.translate(APOSTROPHES)):
        word = match[0]
        if word[0].islower():
            small.add(folded[word])
        elif word[0].isupper() and len(word) > 1 and folded[word] not in no_names:
            behind = text[start : match.start()].rstrip(" \t*_")
            titled = folded[before] in titles and behind.rstrip(".").endswith(before)
            if titled or (not table.nouns and _in_sentence(behind, before)):
                middle.add(word)
            first[word] = first.get(word, 0) + 1
        before, start = word, match.start()
    names = middle | ({word for word, times in first.items() if times > 1} if not table.nouns else _heads(text))
    yield from (word for word in first if word in names and folded[word] not in small)


def _in_sentence(behind: str, before: str) -> bool:
    """Say whether what stands `behind` a word ends within a sentence: not with a mark, but for that of an initial."""
    last = behind[-1:]
    return last.isalnum() or last in {",", "(", "&"} or (last == "." and len(before) == 1 and before.isupper())


def _heads(text: str) -> set[str]:
    """Return the words of who or what the lines of facts are about, and their first word in prose."""
    heads = re.findall(r"^\s*[-*•–]\s+\**([^:：\n]{1,40})[*]*[:：]", text, re.MULTILINE)
    return {word for head in heads for word in WORD.findall(head)}


def _numbers(text: str, table: Language) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield the numbers of a text that it has not counted itself, in digits and in words, and how each stands there.

    Of a time the hour counts, which has two numbers.
    """
    text = "\n".join(line for line in text.split("\n") if not THREAD.match(line))
    label = "|".join(map(re.escape, sorted({*table.chapter, *table.short, "chapter"}, key=len, reverse=True)))
    text = re.sub(
        rf"(?:{label})\w*\.?\s*\d+(?:\s*[-–—]\s*\d+)?|{table.around or 'chapter '}\d+", " ", text, flags=re.IGNORECASE
    )
    for time in TIME.finditer(text):
        hour = int(time[1])
        if hour > MOST_COUNTED:
            yield (hour, hour - 12), time[0]
    text = TIME.sub(" ", text)
    for match in NUMBER.findall(text):
        if (value := int(re.sub(r"\D", "", match))) > MOST_COUNTED:
            yield (value,), match
    if table.name_forms == "within":
        return
    known, tokens = numbers.words(table.code), TOKEN.findall(_fold(text))
    at = 0
    while at < len(tokens):
        phrases = (" ".join(tokens[at : at + length]) for length in range(numbers.MOST_WORDS, 0, -1))
        phrase = next((phrase for phrase in phrases if phrase in known), "")
        if phrase and not phrase.isdecimal() and known[phrase] > MOST_COUNTED:
            yield (known[phrase],), phrase
        at += len(phrase.split()) or 1


def _phrases(table: Language, value: int) -> list[str]:
    """Return the words of a number from 1 to 99."""
    return [phrase for phrase, meant in numbers.words(table.code).items() if meant == value]


def _quoted(text: str) -> Iterator[str]:
    for match in QUOTED.finditer(text):
        yield next(filter(None, match.groups()))


def _shown(quoted: str) -> str:
    text = " ".join(quoted.split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"

"""What a piece of a fact says, by the word it begins with: `has the key`, `knows: Eskil lied`, `持有钥匙`, `dead`.

The words are those of a book's language, and English ones, which a model may keep. Pure. Knows no story.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from novelist.language import lookup
from novelist.words import UNSPACED_CHAR

OTHERS = ("some", "and", "nothing")  # words within a piece, which begin none
OF_THREADS = ("planted", "due", "paid")
MOST_KEY_WORDS = 4
PIECES = re.compile("[;；؛]")
COMMA = re.compile(r"[,，、،]")
COLON = re.compile(r"\s*[*_]{0,3}([^:：=]{1,40}?)[*_]{0,3}\s*[:：=]\s*")
LISTED = re.compile(r"\s*[,，、،]\s+|\s*[，、]\s*")
TOKEN = re.compile(r"\w+")
STEM = 4  # letters that a word keeps at least, of which an ending of two is not compared


class Piece(NamedTuple):
    """One piece: its key, empty for none; the words that say so, as they stand before its value; and that."""

    key: str
    label: str
    value: str

    @property
    def text(self) -> str:
        """The piece as it was told."""
        return f"{self.label}{self.value}".strip()


class Keys:
    """The keys of one language."""

    def __init__(self, language: str) -> None:
        own, english = lookup.table(language), lookup.table("en")
        self._keys = {
            word.rstrip(":： ").casefold(): key
            for table in (english, own)
            for key, words in table.fact_keys.items()
            if key not in OTHERS
            for word in words
        }
        self._within = sorted((word for word in self._keys if UNSPACED_CHAR.match(word)), key=len, reverse=True)
        self._nothing = {lookup.fold(word) for table in (english, own) for word in table.fact_keys.get("nothing", ())}
        self._some = {word for table in (english, own) for word in table.fact_keys.get("some", ())}
        self._articles = {lookup.fold(word) for table in (english, own) for word in table.articles}
        joins = "|".join(map(re.escape, own.fact_keys.get("and", ()) or english.fact_keys["and"]))
        before = sorted(self._some | {word.casefold() for word in (*own.articles, *english.articles)})
        self._joins = re.compile(rf"\s+(?:{joins})\s+(?=(?:{'|'.join(map(re.escape, before))})\s)", re.IGNORECASE)
        self._inflects = own.name_forms == "many" and bool(own.code)

    def pieces(self, text: str, *, thread: bool = False) -> list[Piece]:
        """Return the pieces of what is said of a name, or of a thread of the story, in order.

        Those of a thread may stand between commas: `planted 3, due 9`.
        """
        fragments = [" ".join(each.split()).rstrip(".。 ") for each in PIECES.split(text)]
        if not thread:
            return [self._piece(each, thread=False) for each in fragments if each]
        pieces: list[Piece] = []
        for each in fragments:
            joined = False
            for part in filter(None, map(str.strip, COMMA.split(each))):
                piece = self._piece(part, thread=True)
                if joined and not piece.key and not pieces[-1].key:
                    pieces[-1] = Piece("", "", f"{pieces[-1].value}, {piece.value}")
                else:
                    pieces.append(piece)
                joined = True
        return pieces

    def _piece(self, text: str, *, thread: bool) -> Piece:
        key, start = self._start(text)
        if not key or (key in OF_THREADS) != thread:
            return Piece("", "", text)
        return Piece(key, text[:start], text[start:])

    def _start(self, text: str) -> tuple[str, int]:
        """Return the key that a text begins with, and where its value begins."""
        colon = COLON.match(text)
        if colon and (key := self._keys.get(colon[1].casefold())):
            return key, colon.end()
        words = list(re.finditer(r"\S+", text))[:MOST_KEY_WORDS]
        for last in reversed(words):
            if key := self._keys.get(text[: last.end()].casefold().rstrip(",.")):
                return key, min(last.end() + 1, len(text))
        word = next(filter(text.casefold().startswith, self._within), "")
        return self._keys.get(word, ""), len(word)

    def things(self, value: str) -> list[str]:
        """Return the single things in a list of them."""
        return [thing for each in LISTED.split(value) for thing in self._joins.split(each) if thing]

    def is_nothing(self, value: str) -> bool:
        """Say whether a value is that there is nothing."""
        return lookup.fold(value.strip("*_ ")) in self._nothing

    def is_one(self, thing: str) -> bool:
        """Say whether there is but one such thing: `the key`, and not `a key`, of which another may have another."""
        if UNSPACED_CHAR.match(thing):
            return not thing.startswith(tuple(word for word in self._some if UNSPACED_CHAR.match(word)) or "\0")
        first = thing.split(maxsplit=1)[0].casefold() if thing.split() else ""
        return first not in self._some and not first.isdecimal()

    def bare(self, name: str) -> list[str]:
        """Return the words of a name, as they are compared, without an article before them."""
        words = lookup.fold(name).split()
        return words[1:] if len(words) > 1 and words[0] in self._articles else words

    def stems(self, thing: str) -> tuple[str, ...]:
        """Return what a thing is compared by: its words without articles, and without endings where words have many."""
        words = TOKEN.findall(lookup.fold(thing))
        bare = [word for word in words if word not in self._articles] or words
        return tuple(_stem(word) if self._inflects else word for word in bare)


def _stem(word: str) -> str:
    return word[: max(STEM, len(word) - 2)] if word.isalpha() else word


@lru_cache(maxsize=16)
def keys(language: str) -> Keys:
    """Return the keys of a language."""
    return Keys(language)


def form(language: str) -> dict[str, str]:
    """Return the word that a piece of each key begins with, as a model is asked for it."""
    words = {**lookup.table("en").fact_keys, **lookup.table(language).fact_keys}
    return {key: words[key][0] for key in words}

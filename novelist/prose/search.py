"""Where a text has some words, whatever their case, their accents and the white space between them. Pure.

Words are looked for as they are typed, also within longer ones and over the end of a line, and never over that of a
paragraph; of quotation marks and dashes, one shape is as good as another. Knows no book.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from novelist.prose.quotes import ALIKE
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AROUND = " \t\n\"“”„«»'‘’"
ACCENTS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f"  # of Latin, Greek and Cyrillic, of Hebrew, of Arabic
ACCENT = re.compile(f"[{ACCENTS}]")
# Letters that have cases, accents or other forms; of any other character there is only itself.
LETTERS = (range(0x80, 0x3000), range(0xFB00, 0xFB07), range(0xFF00, 0xFFF0), range(0x80))
WRAPPED = "\n?"  # between any two characters of a script without spaces
GAP = r"[*_]*(?:[^\S\n]|\n(?!\s*?\n))+[*_]*"  # also between words that Markdown sets in italics
NEAR = 60  # characters that are shown on either side
PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
SPACE = re.compile(r"\s+")


class Place(NamedTuple):
    """A place in a text: its line, from 1, and what stands there, in pieces that are looked for or stand around."""

    line: int
    pieces: Sequence[tuple[str, bool]]

    @property
    def text(self) -> str:
        """What stands there."""
        return "".join(piece for piece, _ in self.pieces)


def pattern(query: str) -> re.Pattern[str] | None:
    """Return what matches the words of a query, which may stand in quotation marks; None where it has none."""
    # A word of nothing but marks of italics would be looked for within the gaps, in ever more ways.
    marked = unicodedata.normalize("NFC", query).strip(AROUND).split()
    words = [word for each in marked if (word := each.strip("*_"))]
    return re.compile(GAP.join(map(_word, words))) if words else None


def places(text: str, words: re.Pattern[str]) -> Iterator[Place]:
    """Yield the places where a text with Unix line ends has some words, those that are near each other in one."""
    group: list[re.Match[str]] = []
    line, counted = 1, 0
    for match in words.finditer(text):
        if group and (match.start() - group[-1].end() > NEAR or PARAGRAPH.search(text, group[-1].end(), match.start())):
            yield Place(line, _around(text, group))
            group = []
        if not group:
            line += text.count("\n", counted, match.start())
            counted = match.start()
        group.append(match)
    if group:
        yield Place(line, _around(text, group))


def _around(text: str, group: Sequence[re.Match[str]]) -> list[tuple[str, bool]]:
    """Return what is looked for with the words around it, as far as its paragraph goes."""
    begin, end = group[0].start(), group[-1].end()
    before = PARAGRAPH.split(text[max(begin - NEAR, 0) : begin])[-1]
    after = PARAGRAPH.split(text[end : end + NEAR])[0]
    if len(before) == NEAR < begin:
        before = f"…{before[gap.start() :] if (gap := SPACE.search(before)) else before}"
    if len(after) == NEAR < len(text) - end:
        after = f"{after[: after.rfind(' ') + 1] or after}…"
    pieces = [(before.lstrip(), False)]
    for match, following in zip(group, [*group[1:], None], strict=True):
        between = text[match.end() : following.start()] if following else after.rstrip()
        pieces += [(match[0], True), (between, False)]
    return [(SPACE.sub(" ", piece), sought) for piece, sought in pieces if piece]


def _word(word: str) -> str:
    """Return a pattern for a word: letter by letter, or for several that one sign may stand for, as ß does for ss."""
    letters, signs = "".join(char if char in ALIKE else _folded(char) for char in word), _signs()
    whole, at = "", 0
    while at < len(letters):
        length = next((length for length in (3, 2) if letters[at : at + length] in signs), 1)
        each = "".join(map(_letter, letters[at : at + length]))
        whole += each if length == 1 else f"(?:{each}|[{re.escape(signs[letters[at : at + length]])}])"
        at += length
    return whole.removesuffix(WRAPPED)


def _letter(char: str) -> str:
    if char in ALIKE:
        return ALIKE[char]
    if UNSPACED_CHAR.match(char):
        return char + WRAPPED
    one = f"[{re.escape(_signs()[char])}]" if char in _signs() else re.escape(char)
    return f"{one}[{ACCENTS}]*" if char.isalpha() else one


def _folded(char: str) -> str:
    """Return a character without case, accents and other forms."""
    return unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFKD", char).casefold()))


@cache
def _signs() -> Mapping[str, str]:
    """Return by what it is without them all that a character, or a few, may be written as."""
    signs: dict[str, str] = {}
    for char in map(chr, chain(*LETTERS)):
        folded = _folded(char)
        signs[folded] = signs.get(folded, "") + char
    return signs

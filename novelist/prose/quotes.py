"""Whether a text says what is quoted from it, word for word, and where. Pure.

White space, the shapes of quotation marks and dashes, and the case of the first letter do not count, since who quotes
sets a sentence anew; what is left out stands as an ellipsis. Everything else does: a paraphrase is no quote.
"""

from __future__ import annotations

import re
import unicodedata

FEWEST_CHARACTERS = 8  # of a quote: fewer stand anywhere
LONGEST_GAP = 400  # characters that an ellipsis may leave out
DASHES = re.compile("[-‐‑‒–—―]+")
LONGEST = 1_000  # characters of a quote
MOST_PIECES = 3  # between ellipses
ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
ALIKE = {
    **dict.fromkeys('"“”„«»‟″', '["“”„«»‟″]'),
    **dict.fromkeys("'‘’‚‹›ʼ′", "['‘’‚‹›ʼ′]"),
    **dict.fromkeys("-‐‑‒–—―", "[-‐‑‒–—―]+"),
}
AROUND = " \t\n\"“”„«»'‘’‚‹›*_.,;:"


def find(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a text says what is quoted, from and to which character; None where it does not."""
    quote = unicodedata.normalize("NFC", quote).strip(AROUND)
    pieces = [piece.strip(AROUND) for piece in ELLIPSIS.split(quote)]
    pieces = [piece for piece in pieces if piece]
    if len(quote) > LONGEST or sum(map(len, pieces)) < min(FEWEST_CHARACTERS, len(text.strip(AROUND))):
        return None
    if not 0 < len(pieces) <= MOST_PIECES:
        return None
    first, *rest = ([match.span() for match in re.finditer(_pattern(piece), text)] for piece in pieces)
    for following in rest:
        first = _joined(first, following)
    return first[0] if first else None


def _joined(spans: list[tuple[int, int]], following: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans from the latest of `spans` that ends before one of the `following`, and near it, to its end."""
    joined: list[tuple[int, int]] = []
    at = -1
    for start, end in following:
        while at + 1 < len(spans) and spans[at + 1][1] <= start:
            at += 1
        if at >= 0 and start - spans[at][1] <= LONGEST_GAP:
            joined.append((spans[at][0], end))
    return joined


def _pattern(piece: str) -> str:
    """Return a pattern for one piece of a quote."""
    words = (_letters(word) for word in piece.split())
    whole = r"[\s*_]+".join(words)
    first = piece[0]
    if first.isalpha() and first.lower() != first.upper() and len(first.lower()) == len(first.upper()) == 1:
        return f"[{re.escape(first.lower())}{re.escape(first.upper())}]{whole.removeprefix(re.escape(first))}"
    return whole


def _letters(word: str) -> str:
    return "".join(ALIKE.get(letter) or re.escape(letter) for letter in DASHES.sub("-", word))

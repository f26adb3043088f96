"""How a text begins and how it ends, as an editor shows it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_SENTENCE = 160  # characters of a sentence that is shown
LONGEST_PASSAGE = 500  # characters of a beginning or an end that is shown
HEADING = re.compile(r"\s*#{1,6}\s")


class Edges(NamedTuple):
    """How a text begins and how it ends."""

    opening: str
    ending: str


def edges(texts: Mapping[int, str]) -> dict[int, Edges]:
    """Return the first and the last sentence of texts that say something, by the same numbers."""
    lines = {number: _lines(text) for number, text in texts.items()}
    return {
        number: Edges(_clipped(sentences(each[0])[0][1]), _clipped(sentences(each[-1])[-1][1]))
        for number, each in lines.items()
        if each
    }


def passages(text: str) -> Edges | None:
    """Return the beginning and the end of a text, in whole sentences, None where it says nothing."""
    all_sentences = [sentence.strip() for line in _lines(text) for _, sentence in sentences(line)]
    if not all_sentences:
        return None
    return Edges(" ".join(_up_to(all_sentences)), " ".join(reversed(_up_to(all_sentences[::-1]))))


def _up_to(all_sentences: Sequence[str]) -> list[str]:
    """Return as many of the first sentences as are shown, at least one, clipped if it is longer."""
    shown, left = [all_sentences[0][:LONGEST_PASSAGE]], LONGEST_PASSAGE - len(all_sentences[0])
    for sentence in all_sentences[1:]:
        left -= len(sentence) + 1
        if left < 0:
            break
        shown.append(sentence)
    return shown


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if any(map(str.isalnum, line)) and not HEADING.match(line)]


def _clipped(sentence: str) -> str:
    sentence = " ".join(sentence.split()).strip("*_")
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    return f"{sentence[:LONGEST_SENTENCE].rsplit(' ', 1)[0]} …"

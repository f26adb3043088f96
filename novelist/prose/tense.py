"""In which tense a chapter is told: by a few frequent verbs of its language, outside of speech. Pure."""

from __future__ import annotations

import re
from typing import Literal

from novelist.language import lookup

FEWEST = 12  # verbs; fewer may be chance
SHARE = 0.85  # of them that is one tense: told in the past, a book says now and then what always is
SPEECH = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|«[^»\n]*»?|»[^«\n]*«?|„[^“”\n]*[“”]?|(?m:^\s*[—–-]\s.*$)")
WORD = re.compile(r"[^\W\d_]+")


def tense(text: str, language: str) -> Literal["past", "present", ""]:
    """Return the tense that a text is told in; nothing where that is not plain, or its language has no such verbs."""
    past, present = map(frozenset, lookup.table(language).tenses)
    words = [word.casefold() for word in WORD.findall(SPEECH.sub(" ", text))]
    before, now = sum(word in past for word in words), sum(word in present for word in words)
    if before + now < FEWEST or max(before, now) < SHARE * (before + now):
        return ""
    return "past" if before > now else "present"

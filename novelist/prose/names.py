"""Who and what is named in prose: words with a capital that are never written without. Pure.

Knows no bible. In scripts without capitals it finds nobody, and where all nouns have one, it finds things as well.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from novelist.language import lookup
from novelist.language.inflection import joined
from novelist.language.names import NOT_NAMES
from novelist.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from novelist.language.table import Inflections

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST_NAMES = 40
SHORTEST = 3  # letters: `I` and `Mr` are nobody
OPENS = re.compile(r"[\"'“”„«»‘’「『(:—–]\s*$")  # what a sentence may begin behind, within another
FEWEST = 3  # times: what stands there once or twice may begin a sentence


def counted_names(texts: Iterable[str], inflections: Inflections = ()) -> list[tuple[str, int, int]]:
    """Return the names in texts, the most frequent first: how often each stands in them, and in how many.

    The forms that a language gives a name count as that name.
    """
    words_of_each = [Counter(WORD.findall(text)) for text in texts]
    lower = {word for words in words_of_each for word in words if word[0].islower()}
    all_words: Counter[str] = sum(words_of_each, Counter())
    capitalised = [
        word
        for word, _ in all_words.most_common()
        if word[0].isupper() and len(word) >= SHORTEST and word.casefold() not in lower and word not in NOT_NAMES
    ]
    name_of = dict(joined(capitalised, inflections))
    times: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for words in words_of_each:
        names = {word: name_of[word] for word in words if word in name_of}
        for word, name in names.items():
            times[name] += words[word]
        places.update(set(names.values()))
    frequent = ((name, count, places[name]) for name, count in times.items() if count >= FEWEST)
    return sorted(frequent, key=lambda name: (-name[1], name[0]))[:MOST_NAMES]


def names_within(texts: Iterable[str], language: str) -> frozenset[str]:
    """Return the names that stand within sentences of texts, without capitals; none where all nouns have one."""
    if lookup.table(language).nouns:
        return frozenset()
    names: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        for line in text.split("\n"):
            for _, sentence in sentences(line):
                for place, match in enumerate(WORD.finditer(sentence)):
                    word = match[0]
                    if word[0].islower():
                        lower.add(word)
                    elif (
                        place
                        and len(word) >= SHORTEST
                        and not (word.isupper() or OPENS.search(sentence[: match.start()]))
                    ):
                        names.add(word)
    return frozenset(name.casefold() for name in names - NOT_NAMES) - lower


def without_names(text: str, names: frozenset[str]) -> tuple[str, list[str]]:
    """Return a text without the sentences that have one of `names` (without capitals) in them, and those names."""
    named: dict[str, None] = {}
    lines = []
    for line in text.split("\n"):
        kept = []
        for _, sentence in sentences(line):
            here = [word for word in WORD.findall(sentence) if word[0].isupper() and word.casefold() in names]
            named.update(dict.fromkeys(here))
            kept += [] if here else [sentence]
        lines.append("".join(kept).strip())
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n"), list(named)

"""Who and what is named most often in prose: words with a capital that are never written without. Pure.

Knows no bible. In scripts without capitals it finds nobody, and where all nouns have one, it finds things as well.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from novelist.language.names import NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST_NAMES = 40
SHORTEST = 3  # letters: `I` and `Mr` are nobody
FEWEST = 3  # times: what stands there once or twice may begin a sentence


def counted_names(texts: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return the names in texts, the most frequent first: how often each stands in them, and in how many."""
    times: Counter[str] = Counter()
    places: Counter[str] = Counter()
    lower: set[str] = set()
    for text in texts:
        words = Counter(WORD.findall(text))
        lower.update(word for word in words if word[0].islower())
        capitalised = {word: count for word, count in words.items() if word[0].isupper() and len(word) >= SHORTEST}
        times.update(capitalised)
        places.update(capitalised.keys())
    names = (
        (name, count, places[name])
        for name, count in times.items()
        if count >= FEWEST and name.casefold() not in lower and name not in NOT_NAMES
    )
    return sorted(names, key=lambda name: (-name[1], name[0]))[:MOST_NAMES]

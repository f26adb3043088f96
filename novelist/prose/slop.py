"""Words and phrases that models overuse, listed in slop.txt: how often each stands in a text. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from importlib import resources

LANGUAGE = "en"
TOKEN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def count(text: str) -> tuple[Counter[str], int]:
    """Return how often each entry of the list stands in a text, the longest where two overlap, and the text's words."""
    entries = _entries()
    words = TOKEN.findall(text.replace("’", "'").casefold())
    counts: Counter[str] = Counter()
    at = 0
    while at < len(words):
        for entry, phrase in entries.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                counts[entry] += 1
                at += len(phrase)
                break
        else:
            at += 1
    return counts, len(words)


@cache
def _entries() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the entries by their first word, the longest first, each with the words it is said in."""
    lines = (resources.files("novelist.prose") / "slop.txt").read_text(encoding="utf-8").splitlines()
    by_first = defaultdict(set)
    for line in lines:
        if line and not line.startswith("#"):
            for form in _forms(line):
                phrase = tuple(TOKEN.findall(form))
                by_first[phrase[0]].add((line.rstrip("+"), phrase))
    return {first: sorted(those, key=lambda entry: (-len(entry[1]), entry)) for first, those in by_first.items()}


def _forms(entry: str) -> list[str]:
    """Return the forms of an entry: `delve+` is delve, delves, delved and delving."""
    stem = entry.rstrip("+")
    if stem == entry:
        return [entry]
    bare = stem.removesuffix("e")
    return [stem, f"{stem}s", f"{bare}ed", f"{bare}ing"]

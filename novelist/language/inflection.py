"""The forms of names in languages that inflect, and which names a text has in one of them. Pure; knows no table.

A language says in its table what the end of a name may be replaced with. Only such forms are looked for: a name's stem
with any letters behind it is too often another name (Мара, Марина). A form that is somebody's name as it is written is
nobody else's; one that two names have names both, since it is not known which is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from novelist.language.table import Inflections

WORD = re.compile(r"[^\W_]+")


def forms(word: str, inflections: Inflections) -> frozenset[str]:
    """Return a word and its other forms; a rule that begins with `^` is of what is written before the word."""
    others = {word}
    for end, endings in inflections:
        if end == "^":
            others.update(before + word for before in endings.split())
        elif len(word) > 1 and word.endswith(end) and word != end:
            stem = word.removesuffix(end)
            others.update(stem + ending for ending in endings.split())
    return frozenset(others)


def applying(words: Iterable[str], inflections: Inflections) -> Inflections:
    """Return those rules that apply to any of the words."""
    words = list(words)
    return tuple(rule for rule in inflections if rule[0] == "^" or any(word.endswith(rule[0]) for word in words))


class Names:
    """Names of several bearers, as they are looked for in texts: `names` has those of each."""

    def __init__(self, names: Sequence[Iterable[str]], inflections: Inflections) -> None:
        exact = {name for each in names for name in each}
        # By a form of its first word: those that bear a name, and the forms of its other words.
        self._by_first: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        for bearer, each in enumerate(names):
            for name in each:
                first, *rest = [forms(word, inflections) for word in WORD.findall(name)] or [frozenset[str]()]
                for form in first:
                    if rest or form not in exact or form == name:
                        self._by_first.setdefault(form, []).append((bearer, tuple(rest)))

    def bearers(self, text: str) -> frozenset[int]:
        """Return the numbers, from 0, of those that a text names."""
        words = [(match[0], match.start()) for match in WORD.finditer(text)]
        return frozenset(
            bearer
            for at, (word, _) in enumerate(words)
            for bearer, rest in self._by_first.get(word, ())
            if not rest or _follow(words[at : at + len(rest) + 1], rest)
        )


def _follow(words: Sequence[tuple[str, int]], rest: Sequence[frozenset[str]]) -> bool:
    """Say whether the words behind the first are those of a name, each behind one character of another kind."""
    return len(words) > len(rest) and all(
        word in forms_of_it and start == before_at + len(before) + 1
        for (before, before_at), (word, start), forms_of_it in zip(words, words[1:], rest, strict=False)
    )


def joined(names: Iterable[str], inflections: Inflections) -> Iterator[tuple[str, str]]:
    """Yield each of some words with that one of them of which it is a form: itself, if it is of none.

    Of several, the first. Two words that are forms of one another are not told apart.
    """
    every_form = {word: forms(word, inflections) for word in names}
    bases: dict[str, list[str]] = {}
    for word, others in every_form.items():
        for form in others:
            bases.setdefault(form, []).append(word)
    for word, others in every_form.items():
        yield word, next((base for base in bases[word] if base not in others), word)

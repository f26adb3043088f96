"""A name in its cases, and which form of another name stands for a form of it. Pure; knows no table and no text.

A table says how names are declined (`Cases`). Where it does not say what a form is, an ending by which the language
only finds names (`inflections`) goes behind the new name as it stood behind the old one, if that ends alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import inflection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from novelist.language.table import Cases, Language


UNDECLINED = "x"  # the gender of a name that would be declined, were it not a woman's: only its texts show it


class Form(NamedTuple):
    """A form of a word: in which case, from 1 (0 is the word as it is), and which of several of that case, from 0."""

    text: str
    case: int = 0
    variant: int = 0


class Instead(NamedTuple):
    """What stands for a form of a name, and whether another form might have been meant."""

    text: str
    unsure: bool = False


class Row(NamedTuple):
    """How one word is declined: its gender, and all its forms."""

    gender: str
    forms: tuple[Form, ...]


def rows(word: str, cases: Cases) -> list[Row]:
    """Return how a word may be declined: in one way, unless names that end alike are of two genders."""
    fitting: list[Row] = []
    pattern = ""
    for ends, gender, endings in cases.endings:
        match = re.search(f"{ends}$", word) if not pattern or ends == pattern else None
        if match is not None and (len(word) > 1 or not word.isupper()):
            pattern = ends
            fitting.append(Row(gender, (Form(word), *_forms(word, word[: match.start(1)], endings))))
    return fitting


def _forms(word: str, stem: str, endings: str) -> Iterator[Form]:
    for case, cell in enumerate(endings.split(), 1):
        for variant, ending in enumerate(cell.split("/")):
            if ending != "_":
                yield Form(word if ending == "=" else stem + ending.removeprefix("-"), case, variant)


class Renaming:
    """One name for another in a language, in all forms: the words of the old one, and the new one as it is written.

    `words` are those of the texts: by them it is known how the old name is declined where names that end alike are
    declined in several ways.
    """

    def __init__(self, old: Sequence[str], new: str, language: Language, words: Collection[str]) -> None:
        self._cases = language.cases
        self._inflections = language.inflections
        self._old = old
        self._new = new
        self._rows = [_likely(rows(word, self._cases), words) for word in old]
        genders = {row.gender for each in self._rows for row in each if row.gender}
        self._gender = genders.pop() if len(genders) == 1 else ""

    def forms(self, place: int) -> frozenset[str]:
        """Return the forms that are looked for of the word at a place of the old name."""
        declined = {form.text for row in self._rows[place] for form in row.forms}
        return inflection.forms(self._old[place], self._inflections) | declined

    def instead(self, forms: Sequence[str], before: str) -> Instead:
        """Return what stands for the old name in these forms, one for each word; `before` is the word before it."""
        known = self._known(len(forms) - 1, forms)
        for place in range(len(forms) - 1) if self._cases.every else ():
            cases = {form.case for form in self._known(place, forms)}
            known = [form for form in known if form.case in cases] or known
        if known:
            return self._chosen(known, before)
        return Instead(self._new) if list(forms) == list(self._old) else self._as_it_ended(forms)

    def _known(self, place: int, forms: Sequence[str]) -> list[Form]:
        """Return what the form of one word may be."""
        return [form for row in self._rows[place] for form in row.forms if form.text == forms[place]]

    def _chosen(self, known: Sequence[Form], before: str) -> Instead:
        asked = [name for name, words in self._cases.asked_by.items() if before.casefold() in words.split()]
        names = ["", *self._cases.names.split()]
        fitting = [form for form in known if not names[form.case].endswith("-pl")] or known  # there is one of each
        fitting = [form for form in fitting if names[form.case] in asked] or fitting
        by_text: dict[str, bool] = {}
        for form in sorted(fitting, key=lambda each: each.case):
            for text, unsure in self._spelled(form):
                by_text[text] = by_text.get(text, True) and unsure
        text, unsure = next(iter(by_text.items()))
        return Instead(text, unsure or len(by_text) > 1)

    def _spelled(self, form: Form) -> Iterator[Instead]:
        """Yield how the new name may stand in the case of a form of the old one."""
        places = [match.span() for match in inflection.WORD.finditer(self._new)]
        spelled = [Instead(self._new)]
        for start, end in reversed(places if self._cases.every else places[-1:]):
            word = self._new[start:end]
            if form.case and (word[0].isupper() or not self._cases.every):
                spelled = [
                    Instead(each.text[:start] + declined + each.text[end:], each.unsure or unsure)
                    for each in spelled
                    for declined, unsure in self._in_case(word, form)
                ]
        yield from spelled

    def _in_case(self, word: str, form: Form) -> list[Instead]:
        """Return how a word of the new name may be in the case of a form: as it is, where nobody knows."""
        ways = [row for row in rows(word, self._cases) if row.gender != UNDECLINED or self._gender == UNDECLINED]
        # Most names of either gender are women's: Мара, and not Саша.
        ways.sort(key=lambda row: row.gender != self._gender[-1:])
        ways = [row for row in ways if row.gender == self._gender] or ways
        texts: dict[str, None] = {}
        for row in ways:
            variants = [each.text for each in row.forms if each.case == form.case]
            texts |= dict.fromkeys(variants[form.variant : form.variant + 1] or variants[:1])
        return [Instead(text) for text in texts] or [Instead(word, unsure=True)]

    def _as_it_ended(self, forms: Sequence[str]) -> Instead:
        """Return the new name with what stands before or behind the old one."""
        if forms[0] != self._old[0] and forms[0].endswith(self._old[0]):
            return Instead(forms[0].removesuffix(self._old[0]) + self._new)
        old, form = self._old[-1], forms[-1]
        for end, endings in self._inflections:
            if end != "^" and old.endswith(end) and self._new.endswith(end):
                ending = next((each for each in endings.split() if old.removesuffix(end) + each == form), None)
                if ending is not None:
                    return Instead(self._new.removesuffix(end) + ending, unsure=not end)
        return Instead(self._new, unsure=True)


def _likely(ways: list[Row], words: Collection[str]) -> list[Row]:
    """Return the ways in which a word may be declined: only the one of which the texts have the most forms."""
    counts = [len({form.text for form in row.forms if form.case and form.text in words}) for row in ways]
    best = max(counts, default=0)
    return [row for row, count in zip(ways, counts, strict=True) if count == best]

"""One name for another in a text: where the old one stands, and what stands there then. Pure; knows no file.

A name is whole words, as written or in capitals, never in small letters, in every form that the book's language gives
it. Its words may stand on two lines. What only looks like a name is left alone: addresses, attributes behind a heading,
and the names of others, as the bible has them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import declension, inflection
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from novelist.language.table import Language

# What stands on letters, and is none by itself: combining marks of Latin, Cyrillic, Hebrew, Arabic, Hindi, Thai.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    "\u0900-\u0903\u093a-\u094f\u0e31-\u0e3a\u0e47-\u0e4e"
)
BEGINS, ENDS = r"(?<![^\W_])", rf"(?![^\W_]|[{MARKS}])"
APOSTROPHES = "'’ʼ"
GAP = r"(?:[ \u00a0]|[ \t]*\r?\n[ \t]*(?=\S))"
# Addresses of links and pictures, what a heading says of itself, tags.
UNTOUCHED = re.compile(
    r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[)\s]|(?:https?://|www\.)[^\s<>]+|\{[#.][^{}\n]*\}|\{[^{}\n]*=[^{}\n]*\}"
    r"|</?[A-Za-z][^<>\n]*>|^ {0,3}\[[^\]\n]+\]:[ \t]*\S+",
    re.MULTILINE,
)
BEFORE = re.compile(r"([^\W_]+)[\s«„“\"(]*$")
OPENING = re.compile(r"(?:‘|(?<![^\s(\[—–\"“])')(?=\w)")


class Change(NamedTuple):
    """What stands in place of a piece of a text, and whether a person should look at it."""

    start: int
    end: int
    new: str
    unsure: bool = False


class Written(NamedTuple):
    """A form of a word as it is written: in capitals, or as it is."""

    form: str
    capitals: bool


class Renaming:
    """A name for another in the texts of a book in one language.

    `others` are the names of others in it, `words` those of its texts.
    """

    def __init__(self, old: str, new: str, language: Language, others: Iterable[str], words: Collection[str]) -> None:
        self._old = unicodedata.normalize("NFC", old)
        self._new = unicodedata.normalize("NFC", new)
        self._words = inflection.WORD.findall(self._old)
        self._declension = declension.Renaming(self._words, self._new, language, words)
        self._turkish = language.code in ("tr", "az")
        self._others = {unicodedata.normalize("NFC", name) for name in others} - {self._old}
        self._shared = {
            form
            for name in self._others
            for word in inflection.WORD.findall(name)
            for form in inflection.forms(word, language.inflections)
        }
        longer = [name for name in self._others if _has(name, self._words)]
        self._longer = [re.compile(f"{BEGINS}{_spaced(name)}{ENDS}") for name in longer]
        self._written = [self._spellings(self._declension.forms(place)) for place in range(len(self._words))]
        self._pattern = re.compile(self._regex())

    def renamed(self, text: str) -> str:
        """Return a text with the new name in place of the old one."""
        return applied(text, self.changes(text))

    def changes(self, text: str) -> list[Change]:
        """Return what changes in a text, in order."""
        return [change for match in self._matches(text) if (change := self._change(text, match)) is not None]

    def left(self, text: str) -> list[str]:
        """Return what in a text has the old name, or a form of it, and is somebody else's."""
        return [whole for match in self._pattern.finditer(text) if (whole := self._somebody(text, match))]

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        untouched = [match.span() for match in UNTOUCHED.finditer(text)]
        for match in self._pattern.finditer(text):
            inside = any(start < match.end() and match.start() < end for start, end in untouched)
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            heading = "\n" in match[0] and line.lstrip(" ").startswith("#")
            if not (inside or heading or self._somebody(text, match)):
                yield match

    def _somebody(self, text: str, match: re.Match[str]) -> str:
        """Return whose name a match is, or is a part of, if it is another's."""
        form = " ".join(each.form for each in self._read(match))
        if form in self._others:
            return form
        within = (each for pattern in self._longer for each in pattern.finditer(text, max(0, match.start() - 200)))
        return next((each[0] for each in within if each.start() <= match.start() and match.end() <= each.end()), "")

    def _read(self, match: re.Match[str]) -> list[Written]:
        """Return the words of a match."""
        return [
            written[_straight(unicodedata.normalize("NFC", match[f"w{place}"]))]
            for place, written in enumerate(self._written)
        ]

    def _change(self, text: str, match: re.Match[str]) -> Change | None:
        start, end = match.span()
        read = self._read(match)
        forms = [each.form for each in read]
        unsure = " ".join(forms) != self._old and forms[-1] in self._shared
        if forms[-1].endswith("'") and _is_quoted(text, start):
            forms[-1], end, unsure = forms[-1].removesuffix("'"), end - 1, True
        before = BEFORE.search(text[max(0, start - 40) : start])
        new, doubtful = self._declension.instead(forms, before[1] if before else "")
        compound = re.match(r"[-\u2010\u2011](?=[^\W\d_])(\w)", text[end : end + 2])
        unsure = unsure or doubtful or bool(compound and compound[1].isupper())
        new = self._in_capitals(new, [each.capitals for each in read])
        if new.count("'") > self._new.count("'"):
            mark = next((char for char in match[0] if char in APOSTROPHES), "’" if "’" in text else "'")
            head, _, tail = new.rpartition("'")
            new = f"{head}{mark}{tail}"
        if match[0] != unicodedata.normalize("NFC", match[0]):
            new = unicodedata.normalize("NFD", new)
        return _on_lines(text, Change(start, end, new, unsure), [gap for gap in match.groups()[1:] if gap.isspace()])

    def _in_capitals(self, new: str, capitals: Sequence[bool]) -> str:
        words = new.split(" ")
        each = capitals if len(capitals) == len(words) else [all(capitals)] * len(words)
        return " ".join(self._upper(word) if high else word for word, high in zip(words, each, strict=True))

    def _spellings(self, forms: Iterable[str]) -> dict[str, Written]:
        """Return the forms of a word by all the ways in which they are written."""
        high = {self._upper(form): Written(form, capitals=True) for form in forms}
        mixed = {
            f"{self._upper(name)}'{ending}": Written(form, capitals=True)
            for form in forms
            for name, mark, ending in [form.rpartition("'")]
            if mark
        }
        return high | mixed | {form: Written(form, capitals=False) for form in forms}

    def _upper(self, text: str) -> str:
        return (text.replace("i", "İ") if self._turkish else text).upper()

    def _regex(self) -> str:
        """Return the expression of the name: a group for each word and for what is between two of them."""
        between = re.split(r"[^\W_]+", self._old)[1:-1]
        parts = []
        for place, written in enumerate(self._written):
            spelled = {*written, *(unicodedata.normalize("NFD", each) for each in written)}
            texts = "|".join(map(_escaped, sorted(spelled, key=len, reverse=True)))
            parts += [f"(?P<w{place}>{texts})"]
            parts += (
                [f"({GAP if between[place].isspace() else _any_apostrophe(between[place])})"]
                if place < len(between)
                else []
            )
        whole = "".join(parts)
        return f"({whole})" if UNSPACED_CHAR.search(self._old) else f"({BEGINS}{whole}{ENDS})"


def applied(text: str, changes: Iterable[Change]) -> str:
    """Return a text with changes, which are in order."""
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.start], change.new]
        at = change.end
    return "".join([*pieces, text[at:]])


def words_of(text: str) -> set[str]:
    """Return the words of a text."""
    return set(inflection.WORD.findall(text))


def _has(name: str, words: Sequence[str]) -> bool:
    """Say whether a name has these words in a row, and others; what is somebody's (Mara's Rest) goes by theirs."""
    each = inflection.WORD.findall(re.sub(rf"\w+[{APOSTROPHES}]\w+", "'", name))
    return len(each) > len(words) and any(each[at : at + len(words)] == words for at in range(len(each)))


def _spaced(name: str) -> str:
    return GAP.join(map(_escaped, name.split()))


def _escaped(text: str) -> str:
    """Return an expression for a form. An apostrophe at its end is one only where no quotation may end."""
    behind = r"(?=\s+[^\W_])" if text.endswith("'") else ""
    return _any_apostrophe(text) + behind


def _any_apostrophe(text: str) -> str:
    return f"[{APOSTROPHES}]".join(map(re.escape, text.split("'")))


def _straight(text: str) -> str:
    return re.sub(f"[{APOSTROPHES}]", "'", text)


def _is_quoted(text: str, start: int) -> bool:
    """Say whether what stands at a place may be in single quotation marks, of which one is like an apostrophe."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(OPENING.search(line))


def _on_lines(text: str, change: Change, gaps: Sequence[str]) -> Change:
    """Return a change whose words stand on as many lines as the old ones, with what is between them in `gaps`."""
    words = change.new.split(" ")
    spaced = [*gaps, *[" "] * len(words)][: len(words) - 1]
    new = words[0] + "".join(gap + word for gap, word in zip(spaced, words[1:], strict=True))
    wrapped = next((gap for gap in gaps[len(spaced) :] if "\n" in gap), "")
    if wrapped and text[change.end : change.end + 1] == " ":
        return change._replace(new=new + wrapped, end=change.end + 1)
    if wrapped and text[change.start - 1 : change.start] == " ":
        return change._replace(new=wrapped + new, start=change.start - 1)
    return change._replace(new=new)

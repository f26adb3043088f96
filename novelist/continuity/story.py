"""What the facts of all summaries say, line by line in the order of the story, and where each line stands.

Pure. Knows how facts are read, and which names are one; knows no files, and not what contradicts what.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import lookup
from novelist.language.numbers import cardinals
from novelist.lint.finding import Evidence, Finding
from novelist.lint.pages import shown
from novelist.prose import facts
from novelist.prose.fact_keys import TOKEN, Keys, Piece, keys
from novelist.prose.standing import THREAD, identity_of
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.book.section_lines import SectionLines
    from novelist.lint.finding import Sureness

OFTEN = 3  # times that facts begin with a word which then says where somebody is: at, in, on
SHORTEST_STEM = 3  # letters of a word that tells two places apart
NUMBER = re.compile(r"\d+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
MOST_DIGITS = 6  # of a number that anybody counts


class Page(NamedTuple):
    """The summary of a chapter as it is read: the chapter's number and identity, its file, and the lines above it."""

    number: int
    id: str
    path: Path
    above: int
    text: str


class Planned(NamedTuple):
    """A section of the outline: its chapter's number and identity, where its text begins, that, and its lines."""

    number: int
    id: str
    path: Path
    line: int
    text: str
    lines: SectionLines

    def evidence(self, quote: str) -> Evidence:
        """Return a sentence or a line of it with the line on which it begins."""
        return Evidence(self.path, self.line + self.text.count("\n", 0, max(self.text.find(quote), 0)), shown(quote))

    def found(self, rule: str, sure: Sureness, quote: str, message: str, against: Evidence | None) -> Finding:
        """Return a finding of which this is the line."""
        place = self.evidence(quote)
        return Finding(rule, sure, place.path, place.line, self.id, shown(quote), message, place.quote, against)


@dataclass(frozen=True)
class Statement:
    """What one line of facts says of one name, which is compared by `who`."""

    page: Page
    line: int
    who: str
    name: str
    text: str
    thread: bool
    pieces: tuple[Piece, ...]

    @property
    def chapter(self) -> int:
        """The number of the chapter after which it stands so."""
        return self.page.number

    @property
    def evidence(self) -> Evidence:
        """Where it stands, and its words."""
        return Evidence(self.page.path, self.line, shown(f"{self.name}: {self.text}"))

    @cached_property
    def keyed(self) -> frozenset[str]:
        """The keys of its pieces."""
        return frozenset(piece.key for piece in self.pieces)

    def values(self, key: str) -> list[str]:
        """Return what it says behind a key."""
        return [piece.value for piece in self.pieces if piece.key == key and piece.value]

    def found(self, rule: str, sure: Sureness, what: str, message: str, against: Evidence | None) -> Finding:
        """Return a finding of which this is the line."""
        place = self.evidence
        return Finding(rule, sure, place.path, place.line, self.page.id, shown(what), message, place.quote, against)


@dataclass(frozen=True)
class Story:
    """The summaries of a book in order, and the sections of its outline.

    `aliases` are the names of the bible, each with the heading of its entity.
    """

    language: str
    pages: Sequence[Page]
    sections: Sequence[Planned] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def keys(self) -> Keys:
        """The keys of facts in its language."""
        return keys(self.language)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name: lookup.fold(entity) for name, entity in self.aliases.items()}

    def who(self, name: str) -> str:
        """Return what a name is compared by."""
        return identity_of(name.strip(THREAD + " "), self._folded, self.keys)

    @cached_property
    def statements(self) -> dict[int, list[Statement]]:
        """What the facts of each summary say, by the numbers of chapters that have one, in order."""
        threads: set[str] = set()
        return {page.number: list(self._read(page, threads)) for page in self.pages}

    @property
    def all(self) -> Iterator[Statement]:
        """All statements, in the order of the story."""
        return chain.from_iterable(self.statements.values())

    def _read(self, page: Page, threads: set[str]) -> Iterator[Statement]:
        parts = facts.parts(page.text)
        above = page.above + len(page.text) - len(page.text.lstrip("\n"))  # blank lines are none of its lines
        for (name, text), line in zip(parts.facts, parts.lines, strict=True):
            if not name.strip(THREAD + " "):
                continue
            thread, who = name[0] in THREAD, self.who(name)
            pieces = self.keys.pieces(text, thread=thread)
            if not thread and who in threads:  # that it is paid may be told without the mark
                as_thread = self.keys.pieces(text, thread=True)
                thread = any(piece.key == "paid" for piece in as_thread)
                pieces = as_thread if thread else pieces
            if thread:
                threads.add(who)
            yield Statement(page, above + line + 1, who, name.strip(THREAD + " "), text, thread, tuple(pieces))

    def akin(self, one: str, other: str, who: str) -> bool:
        """Say whether two names of one in the bible are surely of one person.

        A surname alone may be a relative's: the bible has Diana Vance, and Vance is somebody else.
        """
        stems, near = self.keys.stems(one), self.keys.stems(other)
        behind_first = {*who.split()[1:]}
        return bool({*stems} & {*near}) or not any(len(name) == 1 and name[0] in behind_first for name in (stems, near))

    def called(self, who: str, name: str) -> set[str]:
        """Return all that somebody is called who is called `name`."""
        own = {each.name for each in self.all if each.who == who}
        names = own | {alias for alias in self.aliases if self.who(alias) == who}
        return {each for each in names if self.akin(each, name, who)}

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """The stems of the words that each is called by: their own names, and those of the bible."""
        stems: dict[str, set[str]] = {}
        for statement in self.all:
            stems.setdefault(statement.who, set()).update(self.keys.stems(statement.name))
        for name, who in self._folded.items():
            stems.setdefault(who, set()).update(self.keys.stems(name))
        return stems

    @cached_property
    def people(self) -> frozenset[str]:
        """Those of whom facts say what is said of people only."""
        own = {"has", "knows", "wants", "age", "born", "hurt", "healed", "freed", "dead", "alive", "lost"}
        return frozenset(each.who for each in self.all if not each.thread and each.keyed & own)

    @cached_property
    def _texts(self) -> dict[int, str]:
        """What is told of each chapter: its summary and its section."""
        planned = {section.number: section.text for section in self.sections}
        return {page.number: f"{page.text}\n{planned.get(page.number, '')}" for page in self.pages}

    @cached_property
    def _stems(self) -> dict[int, frozenset[str]]:
        return {number: frozenset(self.keys.stems(text)) for number, text in self._texts.items()}

    def present(self, who: str, chapter: int) -> bool:
        """Say whether somebody is named in the summary or the section of a chapter."""
        if chapter not in self._texts:
            return True  # nothing is known of it
        stems = self.named.get(who, set())
        if UNSPACED_CHAR.search(who):
            return who in lookup.fold(self._texts[chapter])
        return bool(stems & self._stems[chapter])

    @cached_property
    def openers(self) -> frozenset[str]:
        """Words that facts begin with where they say where somebody is, as this book has them: at, in, on."""
        words = Counter(
            _first(each.pieces[0].value)
            for each in self.all
            if not each.thread and each.pieces and not each.pieces[0].key
        )
        articles = lookup.words("articles")
        return frozenset(word for word, times in words.items() if word and times >= OFTEN and word not in articles)

    def where(self, statement: Statement) -> str:
        """Return where a statement says that somebody is, empty where that is not plain."""
        for piece in statement.pieces:
            if piece.key == "where" and piece.label.rstrip().endswith((":", "：", "=")):
                return piece.value
        first = next(iter(statement.pieces), Piece("", "", ""))
        return first.value if not first.key and _first(first.value) in self.openers else ""

    def stems(self, text: str) -> set[str]:
        """Return the words of a text that tell it from others."""
        stems = set(self.keys.stems(text)) - self.openers
        return {stem for stem in stems if len(stem) >= SHORTEST_STEM or UNSPACED_CHAR.match(stem)}

    @cached_property
    def places(self) -> list[set[str]]:
        """All that is said of where somebody is."""
        stated = [self.stems(place) for each in self.all if (place := self.where(each))]
        return [*stated, *(self.stems(each.lines.lines.get("where", "")) for each in self.sections)]

    def apart(self, one: str, other: str) -> bool:
        """Say whether two places are not one, nor one of them in the other as far as anything says."""
        here, there = self.stems(one), self.stems(other)
        return bool(here and there and not here & there) and not any(
            place & here and place & there for place in self.places
        )

    def says_dead(self, text: str) -> bool:
        """Say whether a text is of somebody as dead: their body, their grave, a memory."""
        remains = lookup.table(self.language).remains
        return any(word.startswith(remains) for word in TOKEN.findall(text.casefold())) if remains else True


def numbers(text: str, language: str) -> list[int]:
    """Return the numbers in a text, in digits or in words of its language."""
    words = cardinals(lookup.table(language).code)
    values = []
    for match in NUMBER.finditer(text):
        if match[0].isdecimal():
            values += [int(match[0])] if len(match[0]) <= MOST_DIGITS else []
        elif value := words.get(lookup.fold(match[0])):
            values.append(value)
    return values


def _first(text: str) -> str:
    """Return the first word of a text, or its first character where words are not told apart."""
    match = TOKEN.search(text)
    if match is None or not text.startswith(match[0]):
        return ""
    return match[0][0] if UNSPACED_CHAR.match(match[0]) else lookup.fold(match[0])

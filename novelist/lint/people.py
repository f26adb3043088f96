"""Rules about the people of the bible: names that are nearly said, and people who are never named. Pure.

Knows which of the bible's entities are people, and which words of the prose are nearly a name and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from jellyfish import damerau_levenshtein_distance

from novelist.book.bible_text import ENTITY, WORD, called
from novelist.language import lookup
from novelist.language.inflection import Names
from novelist.language.names import NOT_NAMES
from novelist.lint.finding import Finding, NotChecked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from novelist.book.bible import Bible, Entity
    from novelist.book.frontmatter import Page
    from novelist.lint.finding import Sureness
    from novelist.lint.pages import LintChapter

GROUP = re.compile(r"^# +(.+)$", re.MULTILINE)
TOPIC = re.compile(
    r"\b(?:style|voice|tone|rules?|world|settings?|themes?|motifs?|timeline|history|glossary|plot|places?|things?|notes?)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\W\d_][\x00-\u024f]*")  # a word of a script with spaces
SHORTEST_NAME = 5  # letters of a name that another word may be a misspelling of
TIMES_AS_OFTEN = 10  # times more often stands the name than what is taken for a misspelling of it
FEWEST_OF_A_NAME = 2
ENDING = re.compile(r"(?:['’][^\W\d_]{0,2}|['’])$")
PARTS = re.compile("[-'’]")  # Slade-Holt, d’Élise
FORMS = ("s", "n")  # Calhouns, American
CUT_OFF = re.compile(r"[-—–…]|\.\.")
# Always capitalised, and near to names.
DATES = frozenset(
    [
        *("january", "february", "march", "april", "june", "july", "august", "september", "october", "november"),
        *("december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ]
)


@dataclass(frozen=True)
class Person:
    """A person of the bible, and the line of the heading; not `certain` where the bible does not say who are people."""

    entity: Entity
    line: int
    certain: bool

    @cached_property
    def names(self) -> frozenset[str]:
        """What a person goes by, without titles where there is more."""
        names = called(self.entity)
        return names - titles() or names

    @property
    def short(self) -> bool:
        """Whether none of the words can be told from others that are near."""
        return all(len(word) < SHORTEST_NAME for name in self.names for word in WORD.findall(name))

    def in_(self, chapter: LintChapter, vocabulary: Vocabulary) -> bool:
        """Say whether a chapter names them as their names are written."""
        words = vocabulary.words[chapter.section.id]
        return any(
            name in words or (not (NAME.fullmatch(name) and WORD.fullmatch(name)) and name.casefold() in chapter.folded)
            for name in self.names
        )


class Vocabulary:
    """The words of the prose: of each chapter, and of all which begin with a capital, how often and where first."""

    def __init__(self, chapters: Sequence[LintChapter]) -> None:
        self.words: dict[str, frozenset[str]] = {}
        self.lower: set[str] = set()
        self.count: Counter[str] = Counter()
        self.first: dict[str, tuple[LintChapter, int]] = {}
        for chapter in chapters:
            forms: set[str] = set()
            for match in WORD.finditer(chapter.text):
                word = ENDING.sub("", match[0])
                forms.update((match[0], word, *PARTS.split(match[0])))
                if word[0].islower():
                    self.lower.add(word)
                elif not CUT_OFF.match(chapter.text, match.end()):
                    self.count[word] += 1
                    self.first.setdefault(word, (chapter, match.start()))
            self.words[chapter.section.id] = frozenset(forms)


@dataclass(frozen=True)
class Cast:
    """The people of a bible."""

    bible: Bible
    path: Path
    persons: list[Person]

    @cached_property
    def _inflected(self) -> Names:
        return Names([person.names for person in self.persons], self.bible.inflections)

    def in_(self, chapter: LintChapter, vocabulary: Vocabulary) -> frozenset[Person]:
        """Return those whom a chapter names, in any form that the book's language gives their names."""
        inflected = self._inflected.bearers(chapter.text) if self.bible.inflections else frozenset[int]()
        return frozenset(
            person
            for number, person in enumerate(self.persons)
            if number in inflected or person.in_(chapter, vocabulary)
        )


def cast(bible: Bible, path: Path, page: Page) -> Cast:
    """Return the people of the bible at `path`, whose page was `page`.

    They are what stands under a heading such as `# People`; without one, each entity that has a name.
    """
    body = page.body.replace("\r\n", "\n")
    above = page.header.count("\n")
    groups = [(match.start(), match[1]) for match in GROUP.finditer(body)]
    grouped = any(_of_people(name) for _, name in groups)
    persons = []
    for entity, match in zip(bible.entities, ENTITY.finditer(body), strict=False):
        group = next((name for start, name in reversed(groups) if start < match.start()), "")
        is_person = _of_people(group) if grouped else _named(entity.heading)
        if is_person and not entity.always:
            persons.append(Person(entity, above + body.count("\n", 0, match.start()) + 1, grouped))
    return Cast(bible, path, persons)


@cache
def titles() -> frozenset[str]:
    """Return what stands before a name, and is one for want of another, in any language."""
    return frozenset(title for language in lookup.every() for title in language.titles)


def _of_people(group: str) -> bool:
    """Say whether what stands under a heading of the bible are people."""
    return any(word in lookup.fold(group) for word in lookup.words("people"))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts."""
    words = {ENDING.sub("", match[0]) for text in texts for match in WORD.finditer(text)}
    return frozenset(words | {part for word in words for part in PARTS.split(word)})


def _named(heading: str) -> bool:
    """Say whether a heading is a name: capitalised words without an article, and no topic."""
    words = WORD.findall(heading)
    return (
        bool(words)
        and all(word[0].isupper() for word in words)
        and words[0] not in NOT_NAMES | {"My"}
        and not TOPIC.search(heading)
    )


def misspelt(cast: Cast, vocabulary: Vocabulary, others: Collection[str]) -> Iterator[Finding]:
    """Yield the words that are nearly a person's name; `others` are words that are known to be right."""
    by_letter: dict[str, list[str]] = {}
    for word in vocabulary.count:
        if word not in others and word.casefold() not in DATES and word.casefold() not in vocabulary.lower:
            by_letter.setdefault(_plain(word[0]), []).append(word)
    names = sorted({name for person in cast.persons for name in person.names if WORD.fullmatch(name)})
    for name in names:
        if name.casefold() in vocabulary.lower or not vocabulary.count[name]:
            continue
        for word in by_letter.get(_plain(name[0]), ()):
            if near(name, word) and (
                vocabulary.count[word] <= FEWEST_OF_A_NAME
                or vocabulary.count[word] * TIMES_AS_OFTEN <= vocabulary.count[name]
            ):
                chapter, at = vocabulary.first[word]
                often = vocabulary.count[word] <= FEWEST_OF_A_NAME and vocabulary.count[name] >= TIMES_AS_OFTEN
                sure: Sureness = "likely" if often else "maybe"
                times = f"{vocabulary.count[word]} against {vocabulary.count[name]} times"
                yield chapter.found("name", sure, at, word, f"`{word}` may be `{name}` misspelt ({times})")


def near(name: str, word: str) -> bool:
    """Say whether `word` is `name` with other accents, or with one letter more, less, other or moved but the first."""
    if name.casefold() == word.casefold() or abs(len(name) - len(word)) > 1:
        return False
    if _plain(name) == _plain(word):
        return True
    if len(name) < SHORTEST_NAME or word.isupper():
        return False
    short, long = sorted((name.casefold(), word.casefold()), key=len)
    if short[0] != long[0] or long in [short + form for form in FORMS]:
        return False
    return damerau_levenshtein_distance(short, long) <= 1


def _plain(word: str) -> str:
    """Return a word without capitals and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))


def absent(
    cast: Cast, chapters: Sequence[LintChapter], vocabulary: Vocabulary, missing: int
) -> Iterator[Finding | NotChecked]:
    """Yield who is named nowhere, and who is not named in a chapter whose section does; `missing` cannot be read."""
    known = {person.entity: person for person in cast.persons}
    promised = {
        chapter.section.id: [known[entity] for entity in cast.bible.named_in(chapter.section.text) if entity in known]
        for chapter in chapters
    }
    expected = {person for those in promised.values() for person in those}
    named = {chapter.section.id: cast.in_(chapter, vocabulary) for chapter in chapters}
    gone = {person for person in cast.persons if not any(person in those for those in named.values())}
    for person in cast.persons:
        if person in gone and (person in expected or not missing):
            sure: Sureness = "likely" if person.certain else "maybe"
            close = sorted(word for word in vocabulary.count for name in person.names if near(name, word))
            hint = f"; `{close[0]}` does" if close else ""
            text = f"{person.entity.heading} appears in no chapter{hint}"
            yield Finding("absent", sure, cast.path, person.line, "bible", person.entity.heading, text)
    for chapter in chapters:
        for person in promised[chapter.section.id]:
            if person not in gone and person not in named[chapter.section.id]:
                text = f"does not name {person.entity.heading}, as its section does"
                yield chapter.found("absent", "maybe", chapter.start, person.entity.heading, text)
    if missing and (later := [person.entity.heading for person in cast.persons if person in gone - expected]):
        yield NotChecked(("absent",), cast.path, f"{', '.join(later)}: may come in chapters that cannot be read yet")

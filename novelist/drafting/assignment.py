"""What an editor says of a chapter beside what happens in it: whose eyes, when and where, what is due and worn.

Pure. All of it is optional: of a book that says none of it there is nothing to say. Knows no prompt, no file and no
model; texts are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novelist.book import section_lines
from novelist.language import lookup
from novelist.language.lengths import unit
from novelist.prose.fact_keys import keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from novelist.prose.edges import Edges
    from novelist.prose.fact_keys import Keys

NEAREST_EDGES = 5  # chapters whose first and last sentences are shown
MOST_UNKNOWN = 6
FEWEST_LETTERS = 4  # of a word that tells what is known, and of its beginning that stays when its ending changes
FACT = re.compile(r"[-*•]\s+(?P<name>[^:：]+?)\s*[:：]\s*(?P<text>.+)")
NUMBER = re.compile(r"\d+")
THREAD = "?？¿"


@dataclass(frozen=True)
class Assignment:
    """What a chapter's task says beside its section; what is empty is not said.

    `person` is whose point of view it is told from, where facts are told of them; `placed`, `opens` and `closes` say
    whether the section has a line for place and time, for threads that open and for those that close. `unknown` is what
    others know, each with who does, and nothing says that `person` knows; `due` are other threads. `edges` are the
    first and last sentences of the chapters right before, by number; `tense` is what those are told in; `worn` are
    phrases. `old` is how the chapter began and ended before, `former` all of it, where that is sent, `following` how
    the chapter behind it begins, which stays.
    """

    unit: str = "words"
    person: str = ""
    placed: bool = False
    opens: bool = False
    closes: bool = False
    unknown: Sequence[str] = ()
    due: Sequence[str] = ()
    edges: Mapping[int, Edges] = field(default_factory=dict)
    tense: str = ""
    worn: Sequence[str] = ()
    old: Edges | None = None
    former: str = ""
    following: str = ""


def language_name(code: str) -> str:
    """Return a language as a model is told it, `Russian (ru)`: as it was typed where it has no name here."""
    name = lookup.table(code).name
    return f"{name} ({code})" if name else code


def of_section(section: str, language: str, number: int, standing: Sequence[str]) -> Assignment:
    """Return what the lines of a section and how things stand say of chapter `number`."""
    lines = section_lines.read(section, language).lines
    stands = _facts(standing)
    person = _person(lines.get("pov", ""), [name for name in stands if name[0] not in THREAD])
    return Assignment(
        unit(language),
        person,
        placed="where" in lines,
        opens="opens" in lines,
        closes="closes" in lines,
        unknown=unknown(person, stands, keys(language)) if person else (),
        due=due(number, stands, keys(language), lines.get("closes", "")),
    )


def unknown(person: str, stands: Mapping[str, str], keys: Keys) -> list[str]:
    """Return what others know and `person` does not, as far as facts say it, the newest last.

    What is about `person`, or says much the same as anything that stands of them, may be known to them.
    """
    own, name = _stems(f"{person} {stands[person]}"), _stems(person)
    secrets = []
    for other, text in stands.items():
        pieces = keys.pieces(text) if other != person and other[0] not in THREAD else []
        for value in (piece.value for piece in pieces if piece.key == "knows"):
            words = _stems(value)
            if words and not words & name and 2 * len(words & own) < len(words):
                secrets.append(f"{value} (known to {other})")
    return secrets[-MOST_UNKNOWN:]


def due(number: int, stands: Mapping[str, str], keys: Keys, closes: str = "") -> list[str]:
    """Return the open threads that are due by chapter `number`, each with what stands of it; none that it `closes`."""
    threads = {name: text for name, text in stands.items() if name[0] in THREAD}
    chapters = {
        name: NUMBER.search(piece.value)
        for name, text in threads.items()
        for piece in keys.pieces(text, thread=True)
        if piece.key == "due"
    }
    return [
        f"{name.strip(THREAD + ' ')} ({threads[name]})"
        for name, chapter in chapters.items()
        if chapter and int(chapter[0]) <= number and not _stems(name) <= _stems(closes)
    ]


def _facts(standing: Iterable[str]) -> dict[str, str]:
    """Return what stands of each name, by its name."""
    matches = filter(None, map(FACT.match, standing))
    return {match["name"].strip("*_ "): match["text"] for match in matches}


def _person(pov: str, people: Collection[str]) -> str:
    """Return which of people a point of view is, empty where that is not one of them for sure."""
    words = set(lookup.fold(pov).replace(",", " ").split())
    meant = [name for name in people if words & set(lookup.fold(name).split()) - lookup.words("articles")]
    return meant[0] if len(meant) == 1 else ""


def _stems(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", lookup.fold(text))
    return {word[:FEWEST_LETTERS] for word in words if len(word) >= FEWEST_LETTERS}

"""Versions of one chapter beside each other: how long each is, what is found in it, and what it names. Asks no model.

Knows which version is the one in the book. Knows no files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from novelist.prose import evidence
from novelist.prose.edges import Edges, edges
from novelist.prose.evidence import Sources
from novelist.prose.tense import tense
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from novelist.book.bible import Bible
    from novelist.lint.finding import Finding

IN_BOOK = 0  # the number of the version that is in the book


@dataclass(frozen=True)
class Version:
    """One text of a chapter: its number, what was asked for it, who wrote it and when.

    Of an alternative whose brief is no longer that of the chapter, `stale` says why.
    """

    number: int
    text: str
    findings: Sequence[Finding]
    model: str = ""
    at: str = ""
    asked: str = ""
    stale: str = ""


class Plan(NamedTuple):
    """What a chapter was to be: what happens in it, the bible, the language, and all that it may know names from."""

    section: str
    bible: Bible
    language: str
    known: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """What can be said of a version without a model.

    It `lacks` those of the bible whom its section names, and has `others`. Its `new_names` are in no text that a draft
    is told, and not in the book's version; its `new_numbers` are not in that, which has those that are `left_out`.
    """

    words: int
    tense: str
    lacks: Sequence[str]
    others: Sequence[str]
    new_names: Sequence[str]
    new_numbers: Sequence[int]
    left_out: Sequence[int]
    edges: Edges


def facts(versions: Sequence[Version], plan: Plan) -> dict[int, Facts]:
    """Return what can be said of each version, by its number."""
    texts = {version.number: version.text for version in versions}
    in_book = texts.get(IN_BOOK)
    ends = edges(texts)
    sources = Sources([*plan.known, plan.section, plan.bible.text, in_book or ""], plan.language)
    numbers = {number: evidence.numbers_of(text, plan.language) for number, text in texts.items()}
    before = numbers.get(IN_BOOK)
    planned = _named(plan.bible, plan.section)
    return {
        number: Facts(
            count_words(text),
            tense(text, plan.language),
            [name for name in planned if name not in named],
            [name for name in named if name not in planned],
            [] if number == IN_BOOK else sources.names_lacking(text),
            sorted(numbers[number] - (numbers[number] if before is None else before)),
            sorted((before or set()) - numbers[number]),
            ends.get(number, Edges("", "")),
        )
        for number, text in texts.items()
        for named in [_named(plan.bible, text)]
    }


def _named(bible: Bible, text: str) -> list[str]:
    """Return who and what of a bible a text names; not what every chapter is told of."""
    return [entity.heading for entity in bible.named_in(text) if not entity.always]


def lines(versions: Sequence[Version], known: Mapping[int, Facts]) -> list[str]:
    """Return a table of versions, a row for each, and below it what each names, and how it begins and ends."""
    head = ("", "words", "tense", "when", "model", "lint")
    rows = [
        (
            str(version.number),
            f"{known[version.number].words:,}",
            known[version.number].tense or "-",
            version.at or "-",
            version.model or "-",
            counts(version.findings),
        )
        for version in versions
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    table = [_row(each, widths) for each in (head, *rows)]
    return [*table, *(line for version in versions for line in _about(version, known[version.number]))]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    number, words, *others = cells
    shown = [f"{number:>{widths[0]}}", f"{words:>{widths[1]}}"]
    shown += [f"{cell:{width}}" for cell, width in zip(others, widths[2:], strict=True)]
    return "  ".join(shown).rstrip()


def counts(findings: Sequence[Finding]) -> str:
    """Return the rules of findings and how often each found something, the sure ones first."""
    sure = _by_rule(finding.rule for finding in findings if finding.sure == "sure")
    others = _by_rule(finding.rule for finding in findings if finding.sure != "sure")
    parts = [f"sure: {sure}"] if sure else []
    return "; ".join([*parts, *([f"not sure: {others}"] if others else [])]) or "nothing found"


def _by_rule(rules: Iterable[str]) -> str:
    return ", ".join(rule if times == 1 else f"{rule} {times}" for rule, times in Counter(rules).items())


def _about(version: Version, known: Facts) -> list[str]:
    """Return the lines on one version."""
    asked = f"asked: {version.asked}" if version.asked else "nothing asked beside its brief"
    first = "as it is" if version.number == IN_BOOK else asked
    return [
        "",
        f"{version.number}  {first}",
        *(f"   {kind}: {what}" for kind, what in kinds_of(version, known).items()),
    ]


def kinds_of(version: Version, known: Facts) -> dict[str, str]:
    """Return what there is to say of a version, by what it is of."""
    kinds = {
        "of another brief": version.stale,
        "lacks": ", ".join(known.lacks),
        "names beside its section": ", ".join(known.others),
        "new names": ", ".join(known.new_names),
        "numbers that 0 has not": ", ".join(map(str, known.new_numbers)),
        "numbers only in 0": ", ".join(map(str, known.left_out)),
        "begins": known.edges.opening,
        "ends": known.edges.ending,
    }
    return {kind: what for kind, what in kinds.items() if what}


def dump(version: Version, known: Facts) -> dict[str, Any]:
    """Return a version as JSON has it."""
    return {
        "number": version.number,
        "at": version.at,
        "model": version.model,
        "asked": version.asked,
        "stale": version.stale,
        "words": known.words,
        "tense": known.tense,
        "findings": [
            {"rule": each.rule, "sure": each.sure, "line": each.line, "message": each.message}
            for each in version.findings
        ],
        "lacks": list(known.lacks),
        "others": list(known.others),
        "new_names": list(known.new_names),
        "new_numbers": list(known.new_numbers),
        "left_out": list(known.left_out),
        "begins": known.edges.opening,
        "ends": known.edges.ending,
    }

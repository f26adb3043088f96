"""The list of facts below a summary: where it begins, its lines, and the form they are kept in.

`Facts:` on a line of its own, in any language, then lines such as `- Mara: at the Glassworks; has the bottle`. Where no
table of a language has the heading, it is told by its form: a short line that ends in a colon, or a heading, or all in
bold, below which nothing stands to the end of the text but lines that begin with a bullet, most with a name and a
colon, none of them speech. So a list of dialogue is prose: it opens quotation marks, asks, or the story goes on below.

Pure. Knows no chapters and no files, and not what the facts say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from novelist.language import lookup
from novelist.prose import chatter
from novelist.text import normalise
from novelist.words import UNSPACED_CHAR

HEADING = "Facts:"
BULLETS = "-*•‣▪◦●○■□·・–—+"
BULLET = re.compile(rf"(?:[{BULLETS}]|\d{{1,2}}[.)])\s+|[•‣▪◦●○■□・]")
NAMED = re.compile(r"(?P<name>[^:：\s][^:：]{0,59}?)[*_ ]*[:：][*_ ]*(?P<facts>\S.*)")
ABOVE_OTHERS = re.compile(
    r"[*_]*[^:：\s][^:：]{0,59}?[*_ ]*[:：][*_ ]*"
)  # a name whose facts have bullets of their own
BESIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")  # as in `Facts (after chapter 3):`
HEADS = re.compile(r"#{1,6}\s+\S.*|(\*\*|__)(?!\1).+\1[:：]?|.*[:：][*_]*")
SPEECH = re.compile(r"[\"“”„«»‹「『—–]|.*[?!？！][\"”»’」』]*$")
LONGEST_HEADING = 60  # characters
MOST_LINES = 60  # more is a list that does not end
LONGEST_LINE = 1000  # characters
MOST_TIMES = 2  # that one line is there, before the list goes in circles


class Fact(NamedTuple):
    """What is said of one name, in one line; the name is empty where a line has none."""

    name: str
    text: str

    def line(self) -> str:
        """Return it as it stands in a summary."""
        return f"- {self.name}: {self.text}" if self.name else f"- {self.text}"


class Parts(NamedTuple):
    """A summary: its prose, and its facts in order; `listed` says whether a list of them has begun.

    `lines` are those of the normalised summary, from 0, on which the facts begin.
    """

    prose: str
    facts: tuple[Fact, ...]
    listed: bool
    lines: tuple[int, ...] = ()


@lru_cache(maxsize=256)  # chapters in a row are told nearly the same
def parts(summary: str) -> Parts:
    """Return the prose and the facts of a summary, which may be one that is still being written."""
    lines = normalise(summary).split("\n")
    start = next((at for at, line in enumerate(lines) if _opens(line, lines[at + 1 :])), None)
    if start is None:
        return Parts(normalise(summary), (), listed=False)
    placed, below = _listed(lines[start + 1 :])
    prose = "\n\n".join(filter(None, (normalise("\n".join(lines[:start])), *below)))
    facts = tuple(fact for fact, _ in placed)
    return Parts(prose, facts, listed=True, lines=tuple(start + 1 + at for _, at in placed))


def tidy(summary: str, language: str = "") -> str:
    """Return a model's summary with its facts, if it has any, in their form, under the heading of its language."""
    prose, facts, listed, _ = parts(summary)
    if not listed:
        return prose
    lines = list(dict.fromkeys(fact.line() for fact in facts))[:MOST_LINES]
    # A heading with nothing below it is none, and there may be another.
    return normalise("\n".join([prose, "", heading(language), *lines])) if lines else tidy(prose, language)


def heading(language: str) -> str:
    """Return the line above facts in a language; the English one where its table has none."""
    table = lookup.table(language)
    if not table.facts:
        return HEADING
    return f"{table.facts[0]}{'：' if table.characters else ':'}"


def whole_lines(summary: str) -> str:
    """Return a summary that was cut off without the fact that it may have been cut in."""
    above, newline, last = summary.rpartition("\n")
    if not last or not parts(above).listed:
        return summary
    return above + newline


def never_ends(summary: str) -> bool:
    """Say whether a list of facts is longer than any, or goes in circles."""
    facts = parts(summary).facts
    lines = [fact.line() for fact in facts]
    return (
        len(lines) > MOST_LINES
        or any(len(line) > LONGEST_LINE for line in lines[-1:])
        or any(lines.count(line) > MOST_TIMES for line in lines[-2:])
    )


def _opens(line: str, below: list[str]) -> bool:
    """Say whether a line says that facts follow: by its words, or by its form and that of what stands below it."""
    line = line.strip()
    if not line or len(line) > LONGEST_HEADING or BULLET.match(line):
        return False
    words = lookup.words("facts")
    name = lookup.fold(BESIDE.sub("", line).strip("#*_:： \t"))
    if name in words:
        return True
    if not HEADS.fullmatch(line):
        return False
    below = [each for each in below if each.strip()]
    known = bool({*name.split()} & words) or any(word in name for word in words if UNSPACED_CHAR.match(word))
    return bool(below and _bare(below[0])) if known else _is_list(below)


def _is_list(lines: list[str]) -> bool:
    """Say whether these lines are facts by their form."""
    bare = [_bare(line) for line in lines if not line[0].isspace() or BULLET.match(line.strip())]
    named = [match for text in bare if text and (match := NAMED.fullmatch(text))]
    return (
        bool(bare)
        and all(bare)
        and bool(NAMED.fullmatch(bare[0]) or ABOVE_OTHERS.fullmatch(bare[0]))
        and 2 * len(named) >= len(bare)
        and not any(SPEECH.match(match["facts"]) for match in named)
    )


def _bare(line: str) -> str:
    """Return what stands behind the bullet of a line; nothing where it has none."""
    bullet = BULLET.match(line.strip())
    return line.strip()[bullet.end() :] if bullet else ""


def _listed(lines: list[str]) -> tuple[list[tuple[Fact, int]], list[str]]:
    """Return the facts in the lines below their heading, each with its line, and the paragraphs of prose among them."""
    facts: list[tuple[Fact, int]] = []
    prose: list[str] = []
    bulleted = any(map(_bare, lines))
    above, apart = "", True  # the name that bullets of their own stand below; whether a blank line stands before
    for at, line in enumerate(lines):
        text = _bare(line)
        if not line.strip():
            apart = True
            continue
        if text or (not bulleted and NAMED.fullmatch(line.strip())):
            fact = _fact(text or line.strip())
            if not any(map(str.isalnum, fact.text)):
                continue
            if text and ABOVE_OTHERS.fullmatch(text):
                above = text.strip("*_:： ")
            elif above and line[0].isspace():
                _add_below(facts, Fact(above, text), at)
            else:
                above = ""
                facts.append((fact, at))
        elif facts and not apart and not HEADS.fullmatch(line.strip()):
            facts[-1] = _longer(facts[-1], f" {line.strip('*_ ')}")
        elif not HEADS.fullmatch(line.strip()) and not chatter.closes(line):
            if prose and not apart:
                prose[-1] += f"\n{line}"
            else:
                prose.append(line)
        apart = False
    return facts, prose


def _add_below(facts: list[tuple[Fact, int]], fact: Fact, at: int) -> None:
    """Add what has a bullet of its own below a name to what is said of that."""
    if facts and facts[-1][0].name == fact.name:
        facts[-1] = _longer(facts[-1], f"; {fact.text}")
    else:
        facts.append((fact, at))


def _longer(placed: tuple[Fact, int], more: str) -> tuple[Fact, int]:
    """Return a fact that goes on, at its line."""
    (name, text), at = placed
    return Fact(name, f"{text}{more}"), at


def _fact(text: str) -> Fact:
    match = NAMED.fullmatch(text)
    if match is None:
        return Fact("", text.strip("*_ "))
    return Fact(match["name"].strip("*_ "), match["facts"].strip("*_ "))

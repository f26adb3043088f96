"""The findings on a chapter as a file in reviews/ has them: read, written, struck by their author. Pure.

Each is a point of a list: how much it matters, what is wrong and how to mend it, with the quotes that show it on lines
of their own below, and what it proposes below them. Whatever else stands in the file is its author's, and a paragraph
of theirs is a finding, too. Knows no chapter, and not whether a quote is in one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from novelist.book import proposals
from novelist.book.headings import HEADING
from novelist.book.notes import COMMENT, POINT
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from novelist.book.proposals import Proposal

Severity = Literal["must", "should", "may"]
SEVERITIES: tuple[Severity, ...] = ("must", "should", "may")
SEVERITY = re.compile(
    r"(?:(?:\*\*|__|[(\[])(must|should|may)(?:\*\*|__|[)\]]):?|(must|should|may):)\s*", re.IGNORECASE
)  # a bare word may be one of the finding's own: May is angry
NUMBER = re.compile(r"\[[0-9]{1,5}\]\*?\s*")
QUOTE = re.compile(r"\s*>\s?(.*)")
STRUCK = re.compile(r"~~|\[[xX]\]\s")
FIX = re.compile(r"\s*\bFix:\s*")
OPENING, CLOSING = "“\"«„‘'", "”\"»“’'"


class Entry(NamedTuple):
    """One finding: `quotes` are what shows it, the first of the chapter, and `where` says of what file the others are.

    It is `struck` where its author has crossed it out. One on a whole book may have a `proposal`.
    """

    severity: Severity
    what: str
    fix: str = ""
    quotes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    number: int = 0
    struck: bool = False
    proposal: Proposal | None = None

    @property
    def mark(self) -> str:
        """The mark by which a record knows it: that of what it quotes, else of what it says."""
        from novelist.book import paragraphs  # noqa: PLC0415 - an idle build looks at no finding

        return paragraphs.mark(self.quotes[0] if self.quotes else self.what)

    @property
    def own_quote(self) -> str:
        """What it quotes from the chapter, empty for nothing, or where its quote is from elsewhere."""
        return self.quotes[0] if self.quotes and not any(self.where[:1]) else ""

    def lines(self) -> list[str]:
        """Return it as it stands in a file."""
        number = f"[{self.number}] " if self.number else ""
        fix = f" Fix: {self.fix}" if self.fix else ""
        places = [*self.where, *[""] * (len(self.quotes) - len(self.where))]
        quotes = [
            f"  > “{quote}”{f' {place}' if place else ''}" for quote, place in zip(self.quotes, places, strict=True)
        ]
        proposed = self.proposal.lines() if self.proposal is not None else []
        return [f"- **{self.severity}** {number}{self.what}{fix}", *quotes, *proposed]


def read(text: str) -> list[Entry]:
    """Return the findings in a file, in order."""
    entries: list[Entry] = []
    for block in _blocks(normalise(COMMENT.sub("", text)).split("\n")):
        entry = _entry(block)
        if entry is not None:
            entries.append(entry)
    return entries


def struck(text: str, index: int) -> str | None:
    """Return the text of a file in which one finding, counted from 0, is crossed out; None where that is not sure."""
    before, lines = read(text), text.split("\n")
    wanted = [each._replace(struck=each.struck or at == index) for at, each in enumerate(before)]
    word = before[index].what.partition(" ")[0]
    for number, line in enumerate(lines):
        if word in line:
            now = "\n".join([*lines[:number], _crossed(line), *lines[number + 1 :]])
            if read(now) == wanted:
                return now
    return None


def _crossed(line: str) -> str:
    """Return the first line of a finding crossed out, as a person would do it."""
    point, carriage = POINT.match(line), "\r" if line.endswith("\r") else ""
    start = point.end() if point else 0
    severity = SEVERITY.match(line, start)
    if severity is None:
        return f"{line[:start]}~~{line[start:].rstrip()}~~{carriage}"
    return f"{line[:start]}~~{severity[0].rstrip()}~~ {line[severity.end() :]}"


def _blocks(lines: Iterable[str]) -> list[list[str]]:
    """Return the lines of each point of a list, with what stands below it, and of each paragraph."""
    blocks: list[list[str]] = []
    open_block = in_list = False
    for line in lines:
        point = POINT.match(line)
        below = in_list and (line[:1] in (" ", "\t") or (open_block and line.startswith(">")))
        if not line.strip():
            open_block = False
            if in_list and blocks:
                blocks[-1].append("")  # what is proposed may have several paragraphs
        elif HEADING.match(line):
            open_block = in_list = False
        elif blocks and point is None and (open_block or below):
            blocks[-1].append(line)
            open_block = True
        else:
            blocks.append([line[point.end() :] if point else line])
            open_block, in_list = True, point is not None
    return blocks


def _entry(block: Sequence[str]) -> Entry | None:
    """Return the finding that some lines are; None where they say nothing."""
    block, proposal = proposals.parted(block)
    quotes = [match[1].strip() for line in block[1:] if (match := QUOTE.fullmatch(line))]
    whole = " ".join(" ".join(line for line in block if not QUOTE.fullmatch(line)).split())
    struck = STRUCK.match(whole) is not None
    whole = STRUCK.sub("", whole)
    severity = SEVERITY.match(whole)
    rest = whole[severity.end() :] if severity else whole
    struck = struck or rest.startswith("~~")
    rest = rest.replace("~~", "")
    number = NUMBER.match(rest)
    what, _, fix = _parted(rest[number.end() :] if number else rest)
    if not what and not quotes and proposal is None:
        return None
    level: Severity = next(
        (each for each in SEVERITIES if severity and (severity[1] or severity[2]).lower() == each), "should"
    )
    pairs = [_quoted(quote) for quote in quotes if quote]
    texts, places = tuple(text for text, _ in pairs), tuple(place for _, place in pairs)
    at = int(number[0].strip("[]* \t")) if number else 0
    return Entry(level, what, fix, texts, places, at, struck=struck, proposal=proposal)


def _parted(text: str) -> tuple[str, str, str]:
    match = FIX.search(text)
    return (
        (text.strip(), "", "")
        if match is None
        else (text[: match.start()].strip(), match[0], text[match.end() :].strip())
    )


def _quoted(line: str) -> tuple[str, str]:
    """Return what a line quotes, and the place that stands behind it."""
    if line[:1] in OPENING and line[:1]:
        end = max(line.rfind(mark) for mark in CLOSING)
        if end > 0:
            return line[1:end], line[end + 1 :].strip()
    return line, ""
